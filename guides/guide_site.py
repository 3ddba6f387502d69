"""
The site of the guides: a copy in which things happen, so that there is something to show.

Nothing here touches the project. Sentences are changed, a draft and mistakes are put in, and the
real commands are run; what they print goes into the guides.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from dulwich import porcelain
from openpyxl import load_workbook

from guide_tables import ROOT, choose
from quangba.catalogs.message import Catalog, Message, Stamp
from quangba.catalogs.workspace import Workspace
from quangba.settings import Language, load_settings
from quangba.source.lunar import today
from quangba.source.skeletons import PLACEHOLDERS

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PARTS = ("content", "locales", "overrides", "mkdocs.yml")
"""What is copied."""

CACHE = ".cache"
"""Copied too, so that pictures and cards need not be made again."""

PAGE, CODE, NEW_PAGE = "visit/yen-tu.md", "ja", "visit/cai-chien.md"

BARS = re.compile(
    r"^(Đồng bộ|Sync|Kiểm tra bản dịch|Checking translations|Đọc lịch sử|Reading history)\n", re.M
)
"""What a progress bar leaves where there is no terminal."""

FESTIVAL = "events/yen-tu-spring-festival.md"
"""The event that the guides show."""

OLD = "Hãy mang áo mưa và giày có đế bám."
NEW = "Hãy mang áo ấm, áo mưa và giày có đế bám."
"""A sentence of :data:`PAGE` that an editor changes."""

DRAFT = "Hãy lên núi từ sáng sớm và xuống trước khi trời tối."
WRONG = "Mỗi nhóm nên có ít nhất 2 người."
ALONE = "Đừng đi một mình."
MISSING = "Hãy để lại lối đi cho người xuống núi."
"""Sentences that an editor adds to :data:`PAGE`."""

JAPANESE = {
    DRAFT: "早朝に山に登り、暗くなる前に下りてください。",
    WRONG: "グループは3人以上が望ましいです。",
    ALONE: "一人では行かず、2人以上で歩いてください。",
}
"""Translations in the copy: a draft, one with a wrong number, one that only looks wrong."""

EXCUSED = "added-number"
"""The check that speaks of :data:`ALONE`."""

ENGLISH = "Go up the mountain early in the morning and come down before dark."
"""The English in between of the draft."""

MISTAKES = """
## Đến đảo

Tàu ra đảo mất {fact:cai_chien_boat}. Xem [giờ tàu](gio-tau.md).

![](../images/cai-chien.jpg)
"""
"""What an editor wrote on :data:`NEW_PAGE` and `quangba check` complains about."""

EVENT, STATEMENT = "events/hoi-lang.md", "statements/tin-don.md"
"""Pages that editors add in the copy; nothing of them is published."""

SLIPS = {
    'status: ""': "status: chac-chan",
    "source:": 'communes: ["huyện Cô Tô"]\nplace: visit/yentu.md\nsource:',
}
"""What an editor got wrong in the lines at the top of :data:`EVENT`."""

SAID = {
    'title: ""': 'title: "…"',
    'publisher: ""': 'publisher: "…"',
    'claim: ""': 'claim: "…"',
    'truth: ""': 'truth: "…"',
    'owner: ""': "owner: so-van-hoa-the-thao-du-lich",
    'date: ""': "date: 2026-11-20",
    'calendar: "", month: "", day: ""': "calendar: lunar, month: 1, day: 1",
    'area: ""': "area: van-don-co-to",
    'features: [""]': "features: [island]",
    'glance: [{label: "", text: ""}]': "glance: []",
    **dict.fromkeys(PLACEHOLDERS.values(), "…"),
    PLACEHOLDERS["heading"]: "## …",
}
"""What an editor filled in; dots, since there is nothing to state in an example."""

ROWS = r"^(Trang|Page|visit/[s-y][\w-]+\.md|$)"
"""Rows of the overview that the guides show: head, some pages, legend."""

MONTH = 30 * 24 * 3600
"""Seconds between the commits of the copy; the last is made today."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Site:
    """A copy of the site, and what was printed in it."""

    root: Path
    language: str
    """Language of the guide, and of what commands print."""
    outputs: dict[str, str] = field(default_factory=dict)
    """What goes into the guides, by the name in the marker."""

    @classmethod
    def copy(cls, root: Path, language: str) -> Site:
        """Copy the project's site into a folder."""
        root.mkdir(parents=True)
        for part in PARTS:
            source = ROOT / part
            take = shutil.copytree if source.is_dir() else shutil.copy2
            take(source, root / part)
        if (ROOT / CACHE).is_dir():
            shutil.copytree(ROOT / CACHE, root / CACHE)
        return cls(root, language)

    # Commands

    @property
    def environment(self) -> dict[str, str]:
        """Environment of commands: quiet, and in the language of the guide."""
        return {
            **os.environ,
            "QUANGBA_LANG": self.language,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONUTF8": "1",
        }

    def run(self, *arguments: str) -> str:
        """Run ``quangba`` and return what it prints; whether it is content does not matter here."""
        done = subprocess.run(
            [sys.executable, "-m", "quangba.cli", *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if "Traceback" in done.stderr:
            raise RuntimeError(f"quangba {' '.join(arguments)}: {done.stderr}")
        return (BARS.sub("", done.stderr) + done.stdout).strip("\n")

    def show(self, name: str, *arguments: str, only: str = "") -> str:
        """Run a command for the guides; ``only`` keeps the lines that it matches, and the last."""
        text = self.run(*arguments)
        lines = text.splitlines()
        kept = [line for line in lines if re.search(only, line)]
        if only and lines[-1] not in kept:
            kept.append(lines[-1])
        line = " ".join(quoted(word) for word in arguments)
        self.keep(name, f"$ quangba {line}\n" + "\n".join(kept))
        return text

    def keep(self, name: str, text: str) -> None:
        """Keep what a command printed for the guides."""
        self.outputs[name] = f"```console\n{text}\n```"

    # Files

    def workspace(self) -> Workspace:
        """Return the workspace as the files are now."""
        return Workspace(load_settings(str(self.root / "mkdocs.yml")))

    def commit(self, text: str, before: int) -> None:
        """Commit everything, by a role, as if some seconds before now."""
        moment = int(time.time()) - before
        repository = str(self.root)
        porcelain.add(repository, [str(self.root / part) for part in PARTS])
        who = choose(self.language, "Phòng Biên tập", "Editors' office")
        who = f"{who} <bien-tap@example.test>".encode()
        porcelain.commit(
            repository,
            text.encode(),
            author=who,
            committer=who,
            author_timestamp=moment,
            commit_timestamp=moment,
            author_timezone=7 * 3600,
            commit_timezone=7 * 3600,
        )

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a text of a page."""
        path = self.root / "content" / name
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise ValueError(f"{name}: “{old}” is not there any more; change {Path(__file__).name}")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def fill(self, name: str) -> None:
        """Fill in what a new page leaves to its author."""
        path = self.root / "content" / name
        text = path.read_text(encoding="utf-8")
        for before, after in SAID.items():
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")

    def catalog(self, workspace: Workspace) -> tuple[Language, Catalog]:
        """Return the Japanese of the page that the guides show."""
        language = next(each for each in workspace.settings.targets if each.code == CODE)
        catalog = workspace.catalog(language, PAGE)
        assert catalog is not None
        return language, catalog


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def quoted(word: str) -> str:
    """
    Return a word of a command line as people type it.

    >>> quoted('Bàn Nhật Bản'), quoted('--by')
    ('"Bàn Nhật Bản"', '--by')
    """
    return f'"{word}"' if re.search(r"\s", word) else word


def write(site: Site) -> None:
    """Let an editor work: change a page, add another, check, look at what is behind."""
    porcelain.init(str(site.root))
    site.run("sync")
    site.commit("Trang web", MONTH)
    created = ["new", "page", NEW_PAGE, "--title", "Cái Chiên", "--type", "place"]
    site.show("new page", *created)
    site.fill(NEW_PAGE)
    path = site.root / "content" / NEW_PAGE
    head, _, _ = path.read_text(encoding="utf-8").rpartition("## ")
    path.write_text(head.rstrip() + "\n" + MISTAKES, encoding="utf-8")
    site.edit(PAGE, OLD, f"{NEW}\n\n{DRAFT}\n\n{WRONG}\n\n{ALONE}\n\n{MISSING}")
    site.show("sync", "sync")
    site.show("check page", "check", only=re.escape(f"content/{NEW_PAGE}"))
    path.unlink()
    site.run("sync")
    site.show("status", "status", only=ROWS)
    describe(site)


def describe(site: Site) -> None:
    """Let an editor make an event with slips at its top, and a statement with two versions."""
    site.show("new event", "new", "page", EVENT, "--title", "Hội làng", "--type", "event")
    event = site.root / "content" / EVENT
    lines = event.read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("when:"))
    own = "\n".join(lines[start : lines.index("---", start)])
    site.outputs["new event"] += f"\n\n```yaml\n{own}\n```"
    site.fill(EVENT)
    for before, after in SLIPS.items():
        site.edit(EVENT, before, after)
    text = site.run("check")
    told = [line for line in text.splitlines() if re.match(rf"content/{EVENT}:\d", line)]
    site.keep("check event", "$ quangba check\n" + "\n".join(told))
    event.unlink()
    site.run("new", "page", STATEMENT, "--title", "Tin đồn", "--type", "statement")
    statement = site.root / "content" / STATEMENT
    site.fill(STATEMENT)
    first = choose(site.language, "công bố lần đầu", "first published")
    again = choose(site.language, "bổ sung nguồn", "a source was added")
    site.show("statement", "statement", STATEMENT, "--what", first)
    site.edit(STATEMENT, "## ", "…\n\n## ")
    site.show("check statement", "check", only=rf"content/{STATEMENT}:\d")
    site.show("statement again", "statement", STATEMENT, "--what", again)
    statement.unlink()


def translate(site: Site) -> None:
    """Put translations into the Japanese of the page: a draft, a wrong one, one to waive."""
    workspace = site.workspace()
    language, catalog = site.catalog(workspace)
    for message in catalog.active:
        if message.msgid in JAPANESE:
            message.msgstr = JAPANESE[message.msgid]
        if message.msgid == DRAFT:
            draft(message, workspace.today.isoformat())
    workspace.write_catalogs([(language, PAGE, catalog)])


def draft(message: Message, day: str) -> None:
    """Make a message what `quangba translate` would leave."""
    message.fuzzy, message.pivot = True, ENGLISH
    message.mt = Stamp.make("vi_en-1.9+en_ja-1.1", day, None, message.msgid, message.msgstr)


def review(site: Site) -> None:
    """Let a reviewer work without the desk: check, waive, Excel."""
    catalog = f"locales/{CODE}/LC_MESSAGES/{PAGE.replace('.md', '.po')}"
    site.show("check", "check", PAGE, "--lang", CODE)
    found = json.loads(site.run("check", PAGE, "--lang", CODE, "--format", "json"))
    place = next(
        f"{each['file']}:{each['line']}"
        for each in found["findings"]
        if each["check"] == EXCUSED and each["line"] == line_of(site, ALONE)
    )
    reason = choose(
        site.language,
        "“đừng đi một mình” viết thành “2 người trở lên”",
        "“do not go alone” is said as “two or more people”",
    )
    who = choose(site.language, "Bàn Nhật Bản", "Japan Desk")
    site.show("waive", "waive", place, EXCUSED, "--reason", reason, "--by", who)
    site.keep("entry", entry_text(site.root / catalog, line_of(site, ALONE)))
    book = f"reports/review-{CODE}.xlsx"
    site.show("export", "export", "--lang", CODE, "--page", PAGE)
    answer(site.root / book)
    site.show("import", "import", book, "--by", who)
    site.show("import again", "import", book, "--by", who)


def line_of(site: Site, msgid: str) -> int:
    """Return the line of an entry in the Japanese of the page."""
    _, catalog = site.catalog(site.workspace())
    return next(message.line for message in catalog.active if message.msgid == msgid)


def entry_text(path: Path, line: int) -> str:
    """Return an entry of a PO file as it stands there."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = line - 1
    while start and lines[start - 1]:
        start -= 1
    end = lines.index("", start) if "" in lines[start:] else len(lines)
    return "\n".join(lines[start:end])


def answer(path: Path) -> None:
    """Fill a workbook as a reviewer may: a correction, a draft accepted, and a slip."""
    book = load_workbook(path)
    sheet = book.worksheets[1]
    names = {str(cell.value).split(":")[1]: cell.column for cell in sheet[1] if cell.value}
    for row in range(3, sheet.max_row + 1):
        source = sheet.cell(row, names["source"]).value
        target = sheet.cell(row, names["target"])
        decision = sheet.cell(row, names["decision"])
        if source == WRONG:
            target.value = "グループは2人以上が望ましいです。"
        elif source == DRAFT:
            decision.value = "chấp nhận / accept"
        elif source == MISSING:
            target.value = "=下山する人に道を譲ってください。"
        elif source and NEW in source:
            target.value = str(target.value).replace("雨具", "防寒着、雨具")
    book.save(path)


def decide(site: Site) -> None:
    """Let the person in charge work: approve, withdraw, look at the year."""
    who = choose(site.language, "Lãnh đạo Phòng Nội dung", "Head of content")
    desk = choose(site.language, "Bàn Nhật Bản", "Japan Desk")
    document = choose(site.language, "Phiếu trình số …", "Memo no. …")
    site.show("check gate", "check", only=re.escape(f"content/{PAGE}"))
    site.show("approve", "approve", PAGE, "--by", who, "--document", document)
    site.show("approve language", "approve", PAGE, "--lang", CODE, "--by", desk)
    reason = choose(site.language, "Đang cập nhật thủ tục", "Being brought up to date")
    site.show("withdraw", "withdraw", "visit/visas.md", "--by", who, "--reason", reason)
    site.commit("Công việc trong năm", 0)
    site.show("dashboard", "status", "--html")
    report = ["report", "--year", str(today().year)]
    site.show("report", *report, *choose(site.language, "", "--lang en").split())
