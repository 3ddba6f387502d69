"""The commands export and import, as people run them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from catalog_site import Site
from click.testing import CliRunner, Result
from exchange_site import DRAFT, MISSING, PAGE, TRANSLATED, change, entry
from openpyxl import load_workbook

from quangba.cli import commands
from quangba.errors import QuangbaError

Run = Callable[..., Result]


@pytest.fixture
def run(site: Site) -> Run:
    def command(*arguments: object) -> Result:
        config = ("-f", str(site.root / "mkdocs.yml"))
        return CliRunner().invoke(commands, [*config, *map(str, arguments)])

    return command


def code_of(result: Result) -> str:
    assert isinstance(result.exception, QuangbaError), result.output
    return result.exception.problem.code


def fill(path: Path, source: str, text: object, column: int = 3) -> None:
    """Write into the row of a source text, wherever it is in a workbook."""
    book = load_workbook(path)
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=3):
            if str(row[1].value).startswith(source):
                row[column - 1].value = text
    book.save(path)


def test_export_writes_what_is_open(site: Site, run: Run) -> None:
    result = run("export", "--lang", "en", "--page", f"content/{PAGE}")
    assert result.exit_code == 0, result.output
    assert "4 texts of 1 pages in reports/review-en.xlsx" in result.output
    # The same again is no new file.
    assert run("export", "--lang", "en", "--page", PAGE).exit_code == 0


@pytest.mark.parametrize(
    ("states", "count"), [("all", 5), ("reviewed", 1), ("draft,stale", 2), ("open", 4)]
)
def test_export_by_state(site: Site, run: Run, states: str, count: int) -> None:
    result = run("export", "--lang", "en", "--page", PAGE, "--state", states, "--format", "xliff")
    assert f"{count} texts of 1 pages in reports/review-en.xlf" in result.output


def test_export_by_unit(site: Site, run: Run) -> None:
    units = site.root / "content" / "_data" / "units.yml"
    units.parent.mkdir(exist_ok=True)
    units.write_text("so-du-lich:\n  name: Sở Du lịch\n", encoding="utf-8")
    site.page("index.md", "# Chào", meta="owner: so-du-lich")
    site.sync()
    result = run("export", "--lang", "en", "--unit", "so-du-lich")
    assert "1 texts of 1 pages" in result.output
    assert code_of(run("export", "--lang", "en", "--unit", "x")) == "export-unit"


def test_export_that_cannot_be(site: Site, run: Run) -> None:
    assert code_of(run("export", "--lang", "de")) == "language-unknown"
    assert code_of(run("export", "--lang", "en", "--page", "no.md")) == "page-missing"
    assert code_of(run("export", "--lang", "en", "--state", "done")) == "export-state"
    nothing = run("export", "--lang", "en", "--page", "index.md", "--state", "reviewed")
    assert "nothing to export" in nothing.output


def test_export_does_not_write_over_a_reviewers_file(site: Site, run: Run) -> None:
    run("export", "--lang", "en")
    path = site.root / "reports" / "review-en.xlsx"
    fill(path, "Có 12", "12 pagodas.")
    before = path.read_bytes()
    assert code_of(run("export", "--lang", "en")) == "export-exists"
    assert path.read_bytes() == before


def test_there_and_back(site: Site, run: Run) -> None:
    path = site.root / "reports" / "review-en.xlsx"
    run("export", "--lang", "en")
    fill(path, "Có 12", "There are 12 pagodas.")
    fill(path, "Vé mua", "đã duyệt", 4)
    dry = run("import", path, "--dry-run")
    assert "1 changed, 1 accepted" in dry.output
    assert entry(site, MISSING).msgstr == ""
    result = run("import", path, "--reviewed", "--by", "Cô Lan")
    assert result.exit_code == 0, result.output
    assert "1 changed, 1 accepted, 1 stamped" in result.output
    assert entry(site, DRAFT).reviewed is not None
    assert "nothing changed" in run("import", path, "--reviewed", "--by", "Cô Lan").output
    assert not list((site.root / "reports").glob("import-*"))


def test_what_is_refused_comes_back_and_can_be_corrected(site: Site, run: Run) -> None:
    path = site.root / "reports" / "review-en.xlsx"
    run("export", "--lang", "en")
    fill(path, "Vé mua", "At the port.")
    fill(path, "Có 12", "=1+1")
    fill(path, "Lễ hội", "The feast opens in spring.")
    change(site, TRANSLATED, msgstr="The festival begins in spring.")
    result = run("import", path)
    assert result.exit_code == 1
    assert "review-en.xlsx, Núi Yên Tử!C" in result.output
    back = site.root / "reports" / "import-review-en.xlsx"
    rows = list(load_workbook(back).worksheets[1].iter_rows(min_row=3, values_only=True))
    assert sorted(str(row[2]) for row in rows) == [
        "=1+1",
        "At the port.",
        "The feast opens in spring.",
    ]
    assert all(row[6] for row in rows)
    before = site.snapshot()
    # Sent back as it is, it asks for nothing.
    assert "nothing changed" in run("import", back).output
    assert site.snapshot() == before
    fill(back, "Vé mua", "At the ⟦1⟧port⟦/1⟧, ⟦2⟧cheap⟦/2⟧.")
    fill(back, "Có 12", "12 pagodas.")
    fill(back, "Lễ hội", "chấp nhận / accept", 4)
    result = run("import", back)
    assert result.exit_code == 0, result.output
    assert entry(site, TRANSLATED).msgstr == "The feast opens in spring."
    assert entry(site, MISSING).msgstr == "12 pagodas."
    # What was given back once is not written over.
    run("import", path)
    assert (site.root / "reports" / "import-review-en-2.xlsx").exists()


def test_rows_of_nobody_come_back_too(site: Site, run: Run) -> None:
    path = site.root / "reports" / "review-en.xlsx"
    run("export", "--lang", "en")
    book = load_workbook(path)
    book.worksheets[1].cell(50, 3).value = "=evil()"
    book.save(path)
    run("import", path)
    sheet = load_workbook(site.root / "reports" / "import-review-en.xlsx").worksheets[-1]
    cell = sheet.cell(2, 2)
    assert (cell.value, cell.data_type) == ("=evil()", "s")


def test_one_bad_file_does_not_keep_the_others_out(site: Site, run: Run, tmp_path: Path) -> None:
    path = site.root / "reports" / "review-en.xlsx"
    run("export", "--lang", "en")
    fill(path, "Có 12", "12 pagodas.")
    (tmp_path / "bad.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(99))
    result = run("import", tmp_path / "bad.xls", tmp_path / "none.xlsx", path)
    assert result.exit_code == 1
    assert "bad.xls: this is an old workbook" in result.output
    assert "none.xlsx: there is no such file" in result.output
    assert entry(site, MISSING).msgstr == "12 pagodas."


def test_reviewed_needs_a_name(site: Site, run: Run) -> None:
    assert code_of(run("import", "a.xlsx", "--reviewed", "--by", " ")) == "name-empty"
