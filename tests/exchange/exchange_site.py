"""A site with one entry of every state, and short ways to send it out and take it back."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from catalog_site import Site
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from quangba.catalogs.message import Message, Stamp
from quangba.exchange.replies import Importer, Result, Returned, Reviewer
from quangba.exchange.rows import Collector, Sheet
from quangba.exchange.sheets import read_workbook
from quangba.exchange.workbook import COLUMNS, FIRST, write_workbook

PAGE = "visit/yen-tu.md"
STATES = ("missing", "draft", "stale", "translated", "reviewed")

REVIEWED = "Núi Yên Tử"
DRAFT = "Vé mua tại [cảng](../index.md), giá **rẻ**."
MISSING = "Có 12 chùa."
STALE = "Đi tàu từ Hạ Long, mất hai giờ."
TRANSLATED = "Lễ hội mở vào mùa xuân."


def make(root: Path) -> Site:
    """Write the site; its English catalog has an entry in every state."""
    site = Site(root, "en ja", sample=True)
    site.page("index.md", "# Chào")
    site.page(PAGE, f"# {REVIEWED}", DRAFT, MISSING, "Đi tàu từ Hạ Long.", TRANSLATED)
    site.sync()
    change(site, REVIEWED, msgstr="Mount Yen Tu")
    change(site, DRAFT, msgstr="Tickets at the [port](../index.md), **cheap**.", fuzzy=True)
    change(site, DRAFT, pivot="Tickets at the port", comments=["xem lại"])
    change(site, "Đi tàu từ Hạ Long.", msgstr="Go by boat from Ha Long.")
    change(site, TRANSLATED, msgstr="The festival opens in spring.")

    def finish(message: Message) -> None:
        message.approve("Chị Hoa", "2026-11-22", "sample")

    edit(site, REVIEWED, finish)
    draft = entry(site, DRAFT)
    stamp = Stamp.make("vi_en-1.9", "2026-11-20", None, draft.msgid, draft.msgstr)
    change(site, DRAFT, mt=stamp)
    site.page(PAGE, f"# {REVIEWED}", DRAFT, MISSING, STALE, TRANSLATED)
    site.sync()
    return site


def edit(site: Site, msgid: str, change: Callable[[Message], None], code: str = "en") -> None:
    """Change an entry as somebody with an editor would."""
    workspace = site.workspace()
    language = site.language(code, workspace)
    catalog = workspace.catalog(language, PAGE)
    assert catalog is not None
    change(catalog.index()[(None, msgid)])
    workspace.write_catalogs([(language, PAGE, catalog)])


def change(site: Site, msgid: str, code: str = "en", **values: object) -> None:
    edit(site, msgid, lambda message: vars(message).update(values), code)


def entry(site: Site, msgid: str, code: str = "en") -> Message:
    return site.catalog("visit/yen-tu.po", code).index()[(None, msgid)]


def collect(site: Site, code: str = "en", states: tuple[str, ...] = STATES) -> list[Sheet]:
    workspace = site.workspace()
    return Collector(workspace, site.language(code, workspace)).sheets([PAGE], states)


def take(
    site: Site, returned: Returned, code: str = "en", *, dry_run: bool = False, **who: object
) -> Result:
    reviewer = Reviewer(str(who.get("name", "")), bool(who.get("stamps", False)))
    workspace = site.workspace()
    importer = Importer(workspace, site.language(code, workspace), reviewer)
    return importer.run(returned, dry_run=dry_run)


class Book:
    """An exported workbook on somebody's desk."""

    def __init__(self, site: Site, code: str = "en") -> None:
        self.code = code
        self.book: Workbook = load_workbook(
            io.BytesIO(write_workbook(collect(site, code), site.language(code)))
        )
        self.sheet: Worksheet = self.book.worksheets[1]

    def column(self, name: str) -> int:
        return 1 + [column.name for column in COLUMNS].index(name)

    def row(self, source: str) -> int:
        """Return the row of the entry whose source begins like this."""
        for number in range(FIRST, self.sheet.max_row + 1):
            if str(self.sheet.cell(number, self.column("source")).value).startswith(source):
                return number
        raise AssertionError(source)

    def get(self, source: str, name: str = "target") -> object:
        return self.sheet.cell(self.row(source), self.column(name)).value

    def write(self, source: str, value: object, name: str = "target") -> None:
        self.sheet.cell(self.row(source), self.column(name)).value = value  # type: ignore[assignment]

    def data(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def read(self) -> Returned:
        return read_workbook(self.data(), "a.xlsx")


def codes(result: Result) -> list[str]:
    return [refusal.problem.code for refusal in result.refusals]
