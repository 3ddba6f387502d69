"""Workbooks out and in: what Excel and people do to them, and what is refused."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

import pytest
from catalog_site import Site
from exchange_site import (
    DRAFT,
    MISSING,
    PAGE,
    REVIEWED,
    STALE,
    STATES,
    Book,
    codes,
    collect,
    entry,
    take,
)
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from quangba.catalogs.message import State
from quangba.catalogs.workspace import UI
from quangba.cli_exchange import read
from quangba.errors import QuangbaError
from quangba.exchange.arrival import LAST_ROW
from quangba.exchange.cells import put, sheet_names
from quangba.exchange.replies import Returned
from quangba.exchange.rows import Collector, Decision
from quangba.exchange.sheets import read_workbook
from quangba.exchange.workbook import COLUMNS, FIRST, LABELS, NAMES, write_workbook

# ----------------------------------------------------------------------------
# Out
# ----------------------------------------------------------------------------


def test_only_three_columns_can_be_written_in(site: Site) -> None:
    book = Book(site)
    assert book.sheet.title == REVIEWED
    assert book.sheet.protection.sheet
    assert not book.sheet.protection.password
    unlocked = {
        column.name
        for index, column in enumerate(COLUMNS, 1)
        if not book.sheet.cell(FIRST, index).protection.locked
    }
    assert unlocked == {"target", "decision", "comment"}


def test_a_sheet_is_ready_for_reading_and_printing(site: Site) -> None:
    sheet = Book(site).sheet
    assert sheet.freeze_panes == f"C{FIRST}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${LABELS}:${LABELS}"
    assert sheet.row_dimensions[NAMES].hidden
    hidden = {c.name for c in COLUMNS if sheet.column_dimensions[letter(c.name)].hidden}
    assert {"id", "version", "notes"} <= hidden
    assert not hidden & {"kind", "source", "target", "state", "previous", "pivot"} - {"state"}
    offered = sheet.data_validations.dataValidation[0]
    assert str(offered.sqref) == "D3:D7"
    assert "chấp nhận / accept" in offered.formula1


def letter(name: str) -> str:
    return "ABCDEFGHIJKLMN"[[column.name for column in COLUMNS].index(name)]


def test_a_row_says_what_a_reviewer_wants_to_know(site: Site) -> None:
    book = Book(site)
    assert book.get("Đi tàu", "state") == "đã cũ / stale: đã dịch / translated"
    assert book.get("Đi tàu", "previous") == "Đi tàu từ Hạ Long."
    assert book.get("Vé mua", "pivot") == "Tickets at the port"
    assert book.get("Vé mua", "target") == "Tickets at the ⟦1⟧port⟦/1⟧, ⟦2⟧cheap⟦/2⟧."
    assert book.get("Có 12") is None


def test_english_texts_of_the_interface_are_no_copies_of_their_source(site: Site) -> None:
    workspace = site.workspace()
    english = site.language("en", workspace)
    catalog = workspace.catalog(english, UI)
    assert catalog is not None
    for message in catalog.active:
        message.msgstr = message.msgid
    workspace.write_catalogs([(english, UI, catalog)])
    (sheet,) = Collector(workspace, english).sheets([UI], STATES)
    assert {row.findings for row in sheet.rows} == {()}
    book = load_workbook(io.BytesIO(write_workbook([sheet], english)))
    heads = [cell.value for cell in book.worksheets[1][LABELS]]
    assert "Tiếng Anh\nSource" in heads
    assert "Tiếng Việt\nSource" not in heads
    returned = read_workbook(write_workbook([sheet], english), "a.xlsx")
    returned.replies = [replace(each, decision=Decision.REVIEWED) for each in returned.replies]
    assert codes(take(site, returned, name="Chị Hoa", stamps=True)) == []


def test_japanese_texts_of_the_interface_are_compared_with_english(site: Site) -> None:
    workspace = site.workspace()
    japanese = site.language("ja", workspace)
    catalog = workspace.catalog(japanese, UI)
    assert catalog is not None
    for message in catalog.active:
        message.msgstr = "the 21 thousand things"
    workspace.write_catalogs([(japanese, UI, catalog)])
    (sheet,) = Collector(workspace, japanese).sheets([UI], STATES)
    assert all(row.findings for row in sheet.rows)


def test_the_bytes_depend_on_the_rows_alone(site: Site) -> None:
    first, second = (write_workbook(collect(site), site.language("en")) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        core = book.read("docProps/core.xml").decode()
        assert {member.date_time for member in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert ">quangba</dc:creator>" in core
    assert core.count("1980-01-01T00:00:00Z") == core.count("W3CDTF") == 2


@pytest.mark.parametrize("text", ["=1+1", "+84 203", "-5 °C", "@home", "#REF!", "2/9/2025", "TRUE"])
def test_no_text_is_a_formula_or_a_number(text: str) -> None:
    book = Workbook()
    put(book.worksheets[0]["A1"], text, font=Font())
    stream = io.BytesIO()
    book.save(stream)
    cell = load_workbook(stream).worksheets[0]["A1"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")
    assert cell.quotePrefix is (text[0] in "=+-@")


def test_names_of_sheets_are_what_excel_takes() -> None:
    long = "Các khu kinh tế và khu công nghiệp ven biển"
    names = sheet_names([long, long, "a/b:c*?[d]", "History", "'x'", ""], ["yên tử"])
    assert len(set(map(str.casefold, names))) == 6
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'" != name[-1]
        assert name.casefold() != "history"


# ----------------------------------------------------------------------------
# In
# ----------------------------------------------------------------------------


def test_a_teacher_edits_and_nothing_else_changes(site: Site) -> None:
    book = Book(site)
    book.write("Có 12", "There are 12 pagodas.")
    book.write("Vé mua", "Chấp nhận", "decision")
    book.write("Đi tàu", "bỏ qua / skip", "decision")
    result = take(site, book.read())
    assert (result.changed, result.accepted, result.same, codes(result)) == (1, 1, 3, [])
    assert entry(site, MISSING).msgstr == "There are 12 pagodas."
    assert entry(site, DRAFT).state is State.TRANSLATED
    assert entry(site, STALE).stale


def test_sorted_filtered_and_moved_columns_are_fine(site: Site) -> None:
    book = Book(site)
    book.write("Có 12", "12 pagodas.")
    values = [list(row) for row in book.sheet.iter_rows(values_only=True)]
    heads, entries = values[:2], values[2:]
    entries.reverse()
    for number, row in enumerate([*heads, *entries], 1):
        for column, value in enumerate(reversed(row), 1):
            book.sheet.cell(number, column).value = value  # type: ignore[assignment]
    result = take(site, book.read())
    assert (result.changed, result.same, codes(result)) == (1, 4, [])


def test_deleted_rows_are_reported(site: Site) -> None:
    book = Book(site)
    book.sheet.delete_rows(book.row("Có 12"))
    returned = book.read()
    assert [p.code for p in returned.problems] == ["import-missing"]
    assert take(site, returned).same == 4


def set_formula(book: Book) -> None:
    book.write("Có 12", "=A1&B2")


def set_number(book: Book) -> None:
    book.write("Có 12", 12.5)


def set_date(book: Book) -> None:
    book.write("Có 12", datetime.datetime(2025, 9, 2))


def set_truth(book: Book) -> None:
    book.write("Có 12", True)


def set_error(book: Book) -> None:
    book.write("Có 12", "#NAME?")


def set_decision(book: Book) -> None:
    book.write("Có 12", "ok", "decision")


def merge(book: Book) -> None:
    book.write("Có 12", "12 pagodas.")
    row = book.row("Có 12")
    book.sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=5)


def lose_id(book: Book) -> None:
    book.write("Có 12", "12 pagodas.")
    book.write("Có 12", None, "id")


def add_row(book: Book) -> None:
    book.sheet.cell(book.sheet.max_row + 2, 3).value = "One more"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(set_formula, "import-formula", id="formula"),
        pytest.param(set_error, "import-formula", id="error"),
        pytest.param(set_number, "import-number", id="number"),
        pytest.param(set_date, "import-number", id="date"),
        pytest.param(set_truth, "import-number", id="truth"),
        pytest.param(set_decision, "import-decision", id="decision"),
        pytest.param(merge, "import-merged", id="merged"),
        pytest.param(lose_id, "import-unknown", id="lost-id"),
        pytest.param(add_row, "import-unknown", id="added-row"),
    ],
)
def test_a_spoilt_row_is_refused_and_the_others_are_taken(
    site: Site, spoil: Callable[[Book], None], code: str
) -> None:
    book = Book(site)
    book.write("Đi tàu", "Two hours by boat.")
    spoil(book)
    result = take(site, book.read())
    assert codes(result) == [code]
    assert result.refusals[0].problem.file.startswith(f"a.xlsx, {REVIEWED}!C")
    assert result.changed == 1
    assert entry(site, MISSING).msgstr == ""


def test_numbers_that_say_the_same_are_no_change(site: Site) -> None:
    site.page(PAGE, "# 2025 Hạ Long", "Năm 2025.")
    site.sync()
    book = Book(site)
    book.write("Năm", "2025")
    take(site, book.read())
    book = Book(site)
    book.write("Năm", 2025)
    result = take(site, book.read())
    assert (result.same, codes(result)) == (2, [])


def test_notes_and_rich_text_and_returns_of_excel(site: Site) -> None:
    book = Book(site)
    book.write("Có 12", "There are_x000D_\n12 pagodas.")
    cell = book.sheet.cell(book.row("Có 12"), 3)
    cell.comment = Comment("Xem lại số", "Lan")
    result = take(site, book.read())
    assert (result.changed, result.comments) == (1, 1)
    assert entry(site, MISSING).msgstr == "There are 12 pagodas."
    assert entry(site, MISSING).comments[0].endswith("Xem lại số")


def drop_column(book: Book) -> None:
    book.sheet.delete_cols(book.column("version"))


def copy_column(book: Book) -> None:
    book.sheet.cell(NAMES, 20).value = "quangba:target:en"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(drop_column, "import-column", id="deleted"),
        pytest.param(copy_column, "import-column-twice", id="copied"),
    ],
)
def test_a_sheet_without_its_columns_is_reported(
    site: Site, spoil: Callable[[Book], None], code: str
) -> None:
    book = Book(site)
    spoil(book)
    returned = book.read()
    assert [problem.code for problem in returned.problems] == [code]
    assert returned.replies == []


def test_rows_of_another_language_are_refused(site: Site) -> None:
    book, other = Book(site), Book(site, "ja")
    other.write("Có 12", "12の寺。")
    row = [cell.value for cell in other.sheet[other.row("Có 12")]]
    for column, value in enumerate(row, 1):
        book.sheet.cell(book.sheet.max_row + (column == 1), column).value = value
    assert codes(take(site, book.read())) == ["import-foreign"]


# ----------------------------------------------------------------------------
# Files that are not what they say
# ----------------------------------------------------------------------------


def packed(**members: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in members.items():
            book.writestr(name, data)
    return stream.getvalue()


def repacked(data: bytes, **members: str | bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        old = {name: book.read(name) for name in book.namelist()}
    return packed(**{**old, **members})


def sheet_xml(content: str, before: str = "") -> str:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{namespace}">{content}</worksheet>'


SHEET = "xl/worksheets/sheet2.xml"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
CELL = '<sheetData><row r="{0}"><c r="A{0}"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"a;b\n1;2\n", "import-kind", id="csv"),
        pytest.param(b"", "import-kind", id="empty"),
        pytest.param(OLE + bytes(512), "import-old", id="xls"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "import-encrypted", id="locked"),
        pytest.param(b"PK\x03\x04 cut", "import-broken", id="cut"),
        pytest.param(packed(**{"word/document.xml": "<a/>"}), "import-kind", id="docx"),
    ],
)
def test_files_of_another_kind(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(QuangbaError) as caught:
        read(path)
    assert caught.value.problem.code == code
    assert caught.value.problem.file == "a.xlsx"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        pytest.param({"xl/vbaProject.bin": b"x"}, "import-macros", id="macros"),
        pytest.param({SHEET: sheet_xml(CELL.format(1_048_576))}, "import-large", id="far-cell"),
        pytest.param(
            {SHEET: sheet_xml('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')},
            "import-large",
            id="merged-everything",
        ),
        pytest.param(
            {SHEET: sheet_xml('<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>')},
            "import-large",
            id="link-on-everything",
        ),
        pytest.param({"xl/a.bin": bytes(101 << 20)}, "import-large", id="zip-bomb"),
        pytest.param({SHEET: sheet_xml("<a>" * 99)}, "import-large", id="deep"),
        pytest.param(
            {SHEET: sheet_xml("", '<!DOCTYPE a [<!ENTITY b "c">]>')}, "import-hostile", id="entity"
        ),
        pytest.param({"xl/workbook.xml": "<workbook"}, "import-broken", id="malformed"),
        pytest.param({"xl/workbook.xml": "<workbook/>"}, "import-sheetless", id="foreign-xml"),
        pytest.param({SHEET: sheet_xml(CELL.format("x"))}, "import-broken", id="no-number"),
    ],
)
def test_hostile_and_broken_workbooks(
    site: Site, members: dict[str, str | bytes], code: str
) -> None:
    data = repacked(Book(site).data(), **members)
    with pytest.raises(QuangbaError) as caught:
        read_workbook(data, "a.xlsx")
    assert caught.value.problem.code == code
    assert caught.value.problem.file == "a.xlsx"


def test_a_declared_dimension_costs_nothing(site: Site) -> None:
    book = Book(site)
    with zipfile.ZipFile(io.BytesIO(book.data())) as old:
        text = old.read(SHEET).decode()
    wide = text.replace('<dimension ref="A1:N7"', '<dimension ref="A1:XFD1048576"')
    assert wide != text
    returned = read_workbook(repacked(book.data(), **{SHEET: wide}), "a.xlsx")
    assert len(returned.replies) == 5
    assert LAST_ROW < 1_048_576


def test_links_to_other_files_are_not_followed(site: Site) -> None:
    data = repacked(Book(site).data(), **{"xl/externalLinks/externalLink1.xml": "<a/>"})
    returned = read_workbook(data, "a.xlsx")
    assert [problem.code for problem in returned.problems] == ["import-links"]
    assert len(returned.replies) == 5


def test_a_workbook_of_somebody_else() -> None:
    stream = io.BytesIO()
    Workbook().save(stream)
    with pytest.raises(QuangbaError) as caught:
        read_workbook(stream.getvalue(), "a.xlsx")
    assert caught.value.problem.code == "import-sheetless"


def as_excel_saves(data: bytes) -> bytes:
    """Move all texts to shared strings in runs with readings, as Excel in Japanese writes them."""
    texts: list[str] = []

    def shared(match: re.Match[str]) -> str:
        texts.append(unescape(match[2]))
        return f'<c{match[1]} t="s"><v>{len(texts) - 1}</v></c>'

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        members = {name: book.read(name).decode() for name in book.namelist()}
    for name in members:
        if name.startswith("xl/worksheets/sheet"):
            members[name] = re.sub(
                r'<c([^>]*?) t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>',
                shared,
                members[name],
                flags=re.DOTALL,
            )
    items = "".join(
        f'<si><r><t xml:space="preserve">{escape(text[:3])}</t></r><r><rPr><b/></rPr>'
        f'<t xml:space="preserve">{escape(text[3:])}</t></r>'
        '<rPh sb="0" eb="1"><t>ヨミ</t></rPh><phoneticPr fontId="1"/></si>'
        for text in texts
    )
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{items}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    types = members["[Content_Types].xml"]
    members["[Content_Types].xml"] = types.replace("</Types>", part)
    return packed(**members)


def test_a_workbook_saved_by_excel(site: Site) -> None:
    book = Book(site)
    book.write("Có 12", "There are 12 pagodas.")
    data = as_excel_saves(book.data())
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert b"inlineStr" not in found.read(SHEET)
    result = take(site, read_workbook(data, "a.xlsx"))
    assert (result.changed, result.same, codes(result)) == (1, 4, [])
    assert entry(site, MISSING).msgstr == "There are 12 pagodas."


def test_a_workbook_without_any_style(site: Site) -> None:
    book = Book(site)
    plain = Workbook()
    for row in book.sheet.iter_rows(values_only=True):
        plain.worksheets[0].append(row)
    stream = io.BytesIO()
    plain.save(stream)
    returned: Returned = read_workbook(stream.getvalue(), "a.xlsx")
    assert take(site, returned).same == 5
