"""Files from a bad world: half a table sorted, letters damaged, rows and heads removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_site import Site
from click.testing import CliRunner
from exchange_site import MISSING, TRANSLATED, Book, codes, collect, entry, take
from openpyxl.comments import Comment

from quangba.cli import commands
from quangba.errors import QuangbaError
from quangba.exchange.arrival import LARGEST, read_file
from quangba.exchange.workbook import FIRST, NAMES
from quangba.exchange.xliff import read_xliff, write_xliff

# ----------------------------------------------------------------------------
# Workbooks
# ----------------------------------------------------------------------------


def test_half_a_table_that_was_sorted_gives_no_text_to_another_entry(site: Site) -> None:
    """Source and translation are sorted, the hidden ids stay where they are."""
    book = Book(site)
    book.write(MISSING, "There are 12 pagodas.")
    columns = [book.column("source"), book.column("target")]
    last = book.sheet.max_row
    pairs = [[book.sheet.cell(row, c).value for c in columns] for row in range(FIRST, last + 1)]
    for row, pair in enumerate([*pairs[1:], pairs[0]], FIRST):
        for column, value in zip(columns, pair, strict=True):
            book.sheet.cell(row, column).value = value
    before = site.snapshot()
    result = take(site, book.read())
    assert set(codes(result)) == {"import-source"}
    assert "There are 12 pagodas." in [refusal.reply.text for refusal in result.refusals]
    assert site.snapshot() == before


def test_a_comment_beside_another_source_is_not_taken(site: Site) -> None:
    book = Book(site)
    book.write(TRANSLATED, "Xem lại.", "comment")
    book.write(TRANSLATED, "Câu khác.", "source")
    book.sheet.cell(book.row("Câu khác."), book.column("comment")).value = "Xem lại."
    assert codes(take(site, book.read())) == ["import-source"]
    assert entry(site, TRANSLATED).comments == []


def test_a_deleted_column_of_sources_hinders_nothing(site: Site) -> None:
    book = Book(site)
    book.write(MISSING, "There are 12 pagodas.")
    book.sheet.delete_cols(book.column("source"))
    assert take(site, book.read()).changed == 1


def test_a_sheet_without_names_of_columns_is_told(site: Site) -> None:
    book = Book(site)
    copy = book.book.copy_worksheet(book.sheet)
    book.sheet.delete_rows(NAMES)
    returned = book.read()
    assert [problem.code for problem in returned.problems] == ["import-headless"]
    assert book.sheet.title in returned.problems[0].file
    assert copy.title not in returned.problems[0].file


@pytest.mark.parametrize("count", ["9" * 5000, "²", "-1", "٣" * 9], ids=range(4))
def test_a_count_that_is_none(site: Site, count: str) -> None:
    book = Book(site)
    cell = book.sheet.cell(NAMES, book.column("id"))
    cell.value = f"quangba:id:en:{count}"
    assert book.read().problems == []


def test_a_note_in_a_conversation(site: Site) -> None:
    book = Book(site)
    said = (
        "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
        "however, any edits to it will get removed.\n\nComment:\n    Câu này lạ quá."
    )
    book.sheet.cell(book.row(TRANSLATED), book.column("target")).comment = Comment(said, "Hoa")
    take(site, book.read())
    (comment,) = entry(site, TRANSLATED).comments
    assert comment.startswith("to editor:")
    assert comment.endswith("Câu này lạ quá.")
    assert "Threaded" not in comment


# ----------------------------------------------------------------------------
# XLIFF
# ----------------------------------------------------------------------------


def test_a_unit_whose_letters_were_damaged_is_not_taken(site: Site) -> None:
    data = write_xliff(collect(site, "ja"), site.language("ja"), site.language("vi"))
    text = data.decode().replace("<target", "<target>vé</target><target-was")
    text = text.replace("</target>\n", "</target-was>\n").replace("UTF-8", "ISO-8859-1")
    result = take(site, read_xliff(text.encode("latin-1", "replace"), "a.xlf"), "ja")
    assert set(codes(result)) == {"import-source"}
    assert entry(site, TRANSLATED, "ja").msgstr == ""


# ----------------------------------------------------------------------------
# Files
# ----------------------------------------------------------------------------


def test_a_file_without_end() -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("no file without end here")
    with pytest.raises(QuangbaError) as caught:
        read_file(endless)
    assert caught.value.problem.code == "import-large"


def test_a_file_as_large_as_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * LARGEST)
    assert len(read_file(path)) == LARGEST
    path.write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(QuangbaError):
        read_file(path)


def test_sentences_of_checks_go_to_the_file_that_was_named(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "found.txt"
    config = str(site.root / "mkdocs.yml")
    result = CliRunner().invoke(commands, ["-f", config, "check", "--hints", "-o", str(path)])
    assert "errors" in result.output
    assert "locales/en/LC_MESSAGES/visit/yen-tu.po:" in path.read_text(encoding="utf-8")
