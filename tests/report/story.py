"""A small site whose history is written commit by commit, on days that the test says."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from dulwich.index import commit_tree
from dulwich.objects import Blob, Commit
from dulwich.repo import Repo

from quangba.catalogs.approval import approve_page, withdraw_page
from quangba.catalogs.message import Message, Stamp
from quangba.catalogs.update import Updater
from quangba.catalogs.workspace import Workspace
from quangba.report.making import Made, Order, make
from quangba.settings import load_settings
from support import make_site

UNITS = "so-du-lich: {name: Sở Du lịch}\nso-ngoai-vu: {name: Sở Ngoại vụ}\n"


class Story:
    """A site in a repository; nothing is committed before :meth:`commit`."""

    def __init__(self, root: Path, top: Path | None = None, **options: Any) -> None:
        self.root, self.top = root, top or root
        self.top.mkdir(parents=True, exist_ok=True)
        settings = {"gate": True, "sample": True, **options}
        self.config = make_site(
            root, {"content/_data/units.yml": UNITS}, languages=("vi", "en", "ja"), quangba=settings
        )
        self.repo = Repo.init(str(self.top))

    # Files

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def page(self, name: str, *paragraphs: str, title: str = "", owner: str = "so-du-lich") -> None:
        quoted = (title or name).replace("\\", "\\\\").replace('"', '\\"')
        head = f'---\ntitle: "{quoted}"\nowner: {owner}\nclassification: public\n---\n'
        self.write(f"content/{name}", head + "\n\n".join(paragraphs) + "\n")

    def workspace(self, day: str = "2026-01-01") -> Workspace:
        return Workspace(load_settings(str(self.config)), today=date.fromisoformat(day))

    def sync(self) -> None:
        Updater(self.workspace()).run()

    def approve(
        self, name: str, day: str, by: str = "Ông Nam", document: str = "12/QĐ-SDL"
    ) -> None:
        assert approve_page(self.workspace(day), name, by, document) == []

    def withdraw(self, name: str, day: str, by: str = "Bà Lan", reason: str = "Hết hạn") -> None:
        withdraw_page(self.workspace(day), name, by, reason)

    def translate(
        self, name: str, code: str, day: str, who: str | None = "Chị Hoa", suffix: str = ""
    ) -> None:
        """Translate what is missing or stale; ``who`` reviews it, None leaves it unreviewed."""

        def person(message: Message) -> None:
            if not message.msgstr or message.stale:
                message.msgstr = f"{code}: {message.msgid}{suffix}"
                message.fuzzy, message.previous = False, None
            if who is not None:
                message.approve(who, day, "sample")

        self.each(name, code, person)

    def draft(self, name: str, code: str, day: str) -> None:
        """Let a machine translate what is missing."""

        def machine(message: Message) -> None:
            if not message.msgstr:
                message.msgstr = f"MT {message.msgid}"
                message.mt = Stamp.make("vi_en-1.9", day, None, message.msgid, message.msgstr)
                message.fuzzy = True

        self.each(name, code, machine)

    def each(self, name: str, code: str, change: Any) -> None:
        workspace = self.workspace()
        language = next(lang for lang in workspace.settings.targets if lang.code == code)
        catalog = workspace.catalog(language, name)
        assert catalog is not None
        for message in catalog.active:
            change(message)
        workspace.write_catalogs([(language, name, catalog)])

    def publish(self, name: str, *paragraphs: str, day: str, **more: Any) -> None:
        """Write a page, approve it, have it translated and reviewed in both languages."""
        self.page(name, *paragraphs, **more)
        self.sync()
        self.approve(name, day)
        for code in ("en", "ja"):
            self.translate(name, code, day)

    # History

    def commit(self, when: str, *parents: bytes, branch: str = "master") -> bytes:
        """Commit all files at a time (ISO 8601; a day means nine in the morning in Việt Nam)."""
        text = when if "T" in when else f"{when}T09:00:00+07:00"
        at = datetime.fromisoformat(text).timestamp()
        entries = []
        for path in sorted(self.top.rglob("*")):
            name = path.relative_to(self.top).as_posix()
            if path.is_file() and not name.startswith(".git/") and "/.cache/" not in f"/{name}":
                blob = Blob.from_string(path.read_bytes())
                self.repo.object_store.add_object(blob)
                entries.append((name.encode("utf-8"), blob.id, 0o100644))
        ref = f"refs/heads/{branch}".encode()
        commit = Commit()
        commit.tree = commit_tree(self.repo.object_store, entries)
        before = [self.repo.refs[ref]] if ref in self.repo.refs else []
        commit.parents = list(parents) or before
        commit.author = commit.committer = b"Test <test@example.test>"
        commit.author_time = commit.commit_time = int(at)
        commit.author_timezone = commit.commit_timezone = 0
        commit.message = b"x"
        self.repo.object_store.add_object(commit)
        self.repo.refs[ref] = commit.id
        self.repo.refs.set_symbolic_ref(b"HEAD", b"refs/heads/master")
        return commit.id

    def made(self, year: int = 2026, **order: Any) -> Made:
        return make(load_settings(str(self.config)), Order(year, **order))
