"""Commands that write, on sites that are as small as can be: what a fault may leave of them."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from dulwich import porcelain
from installing import Install, InstallOnTrial, Resume
from small import PUBLIC, UNITS, approve, page

from faulty import KILL, Ended, Point, Subject, tree
from models.demo import demo
from quangba.catalogs.approval import approve_page
from quangba.cli import main as quangba
from quangba.kiosk.signing import make_key
from support import make_site, open_workspace, sync, translate

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OTHERS = re.compile(r"(^|/)(\.cache|reports|\.git)(/|$)|(^|/)\.[^/]*\.lock$")
"""What is nobody's work: it can be made again, and a lock that nobody holds says nothing."""

STRAY = re.compile(r"(^|/)\.[^/]*\.(tmp|new|old)$")
"""What a run that was interrupted may leave until the next one."""

THEME = {"main.html": "<title>{{ page.title }}</title>{{ page.content }}", "a.css": "a{}"}
"""A theme of two files: those of real ones are copied by MkDocs, each as the other."""

# ----------------------------------------------------------------------------
# Sites
# ----------------------------------------------------------------------------


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def small_site(
    root: Path, *, languages: tuple[str, ...] = ("vi", "en"), **quangba_options: object
) -> Path:
    """Write a site of two pages in two languages, with a theme of its own."""
    files = {
        "content/_data/units.yml": UNITS,
        "content/index.md": page("Bản cũ"),
        "content/a.md": page("Trang", "Đoạn hai."),
    }
    config = make_site(root, files, languages=languages, quangba=quangba_options)
    write(root / "theme", THEME)
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings["theme"] = {"name": None, "custom_dir": "theme", "static_templates": ["404.html"]}
    write(root / "theme", {"404.html": "404", "sitemap.xml": "<urlset/>"})
    settings["theme"]["static_templates"] = ["404.html", "sitemap.xml"]
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return config


def translated_site(root: Path, **quangba_options: object) -> Path:
    """Write a small site that is translated and not reviewed."""
    config = small_site(root, **quangba_options)
    translate(config, lambda language, message: f"{language.code} {message.msgid}")
    return config


# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Command(Subject):
    """A command of ``quangba`` whose files are each old or new, whatever happens."""

    arguments: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.make(self.model)
        self.warm()
        self.old, self.new = mine(self.model), mine(self.work)
        self.between: list[dict[str, object]] = []
        """What the command leaves on its way, for those that keep what they have done so far."""

    def make(self, root: Path) -> None:
        """Make what the command works on."""
        raise NotImplementedError

    def command(self) -> None:
        sys.argv = ["quangba", *self.arguments]
        quangba()

    def wrong(self, fault: str, ended: Ended) -> Iterator[str]:
        yield from self.neither()
        if ended.code == 0 and mine(self.work) != self.new:
            yield "success was told, and the files are not the new ones"
        if ended.code > 0 and any(STRAY.search(name) for name in mine(self.work)):
            yield "a failed run left a temporary file"
        again = self.run()
        if again.code not in self.repeated:
            yield f"the next run failed: {again.said}"
        yield from self.differences()

    repeated = (0,)
    """Exit codes of a second run."""

    def neither(self) -> Iterator[str]:
        """Yield the files that are neither old nor new."""
        for name, found in mine(self.work).items():
            known = [state[name] for state in (self.old, self.new, *self.between) if name in state]
            if found not in known and not STRAY.search(name):
                yield f"{name} is neither old nor new"

    def differences(self) -> Iterator[str]:
        """Yield what is not as after a run without a fault."""
        found = mine(self.work)
        for name in sorted(found.keys() | self.new.keys()):
            if name not in self.new:
                yield f"the next run left {name}"
            elif found.get(name) != self.new[name]:
                yield f"the next run did not make {name} new"


class Sync(Command):
    """``quangba sync`` after an edit, a new page, and a page that was renamed."""

    arguments = ("sync",)

    def make(self, root: Path) -> None:
        config = translated_site(root)
        approve(config, "a.md")
        (root / "content/a.md").rename(root / "content/b.md")
        write(root, {"content/index.md": page("Bản mới", "Một đoạn.\n\nĐoạn nữa.")})
        write(root, {"content/new.md": page("Mới", "Đoạn mới.")})

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        catalogs = "locales/en/LC_MESSAGES"
        self.between = [{f"{catalogs}/b.po": self.old[f"{catalogs}/a.po"]}]


class Translate(Command):
    """``quangba translate`` with the tiny packages."""

    arguments = ("translate", "--lang", "en", "--lang", "ja")

    def make(self, root: Path) -> None:
        files = {"content/index.md": "# Hai cây cầu\n\nVé mèo.\n"}
        config = make_site(root, files, languages=("vi", "en", "ja"))
        self.models = root.parent / "packages"
        os.environ["QUANGBA_MODELS"] = str(self.models)
        sums = (demo.MODELS / "SHA256SUMS").read_text(encoding="utf-8").split()[::2]
        trusted = [word for digest in sums for word in ("--trust-sha256", digest)]
        arguments, self.arguments = (
            self.arguments,
            ("models", "install", "--from", str(demo.MODELS), *trusted),
        )
        shutil.copytree(root, self.work)
        ended = self.run()
        self.arguments = arguments
        if ended.code:
            raise RuntimeError(ended.said)
        sync(config)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.renew()
        sync(self.work / "mkdocs.yml")
        self.between = [mine(self.work)]


class ApprovePage(Command):
    """``quangba approve PAGE``: a page may be published."""

    arguments = ("approve", "a.md", "--by", "Nguyễn Văn A", "--document", "01/QĐ")

    def make(self, root: Path) -> None:
        translated_site(root, gate=True)


class ApproveLanguage(Command):
    """``quangba approve PAGE --lang``: a translation was reviewed."""

    arguments = ("approve", "a.md", "--lang", "en", "--by", "Nguyễn Văn A")

    def make(self, root: Path) -> None:
        english = {"Trang": "Page", "Đoạn hai.": "The second part."}
        translate(small_site(root), lambda language, message: english.get(message.msgid), "a.md")


class Withdraw(Command):
    """``quangba withdraw PAGE``."""

    arguments = ("withdraw", "a.md", "--by", "Nguyễn Văn A", "--reason", "Sai số liệu")

    def make(self, root: Path) -> None:
        approve(translated_site(root, gate=True), "a.md")


class Release(Command):
    """``quangba kiosk release`` over an older release of the same name."""

    arguments = ("kiosk", "release", "--gate", "mong-cai", "--key", "../safe/release.pem")

    def make(self, root: Path) -> None:
        os.environ["QUANGBA_KEY_PASSPHRASE"] = ""
        config = make_site(
            root,
            {
                ".gitignore": "site/\n.cache/\nreleases/\n",
                "requirements.lock": "a==1\n",
                "content/_data/units.yml": UNITS,
                "content/gates/mong-cai.md": f"---\ntitle: Móng Cái\n{PUBLIC}---\nCửa khẩu.\n",
            },
            quangba={"gate": True, "sample": True},
        )
        assert approve_page(open_workspace(config), "gates/mong-cai.md", "A", "12/QĐ") == []
        private, public = make_key(root.parent / "safe", "release", "")
        assert private.is_file()
        (root / "kiosk/keys").mkdir(parents=True)
        shutil.copy(public, root / "kiosk/keys")
        porcelain.init(str(root)).close()
        who = b"A <a@example.test>"
        porcelain.add(str(root))
        porcelain.commit(
            str(root), b"x", author=who, committer=who, commit_timestamp=1_790_000_000, sign=False
        )
        profile = '{"id": "mong-cai", "page": "gates/mong-cai.md", "languages": ["vi"]}'
        write(
            root / "site/kiosk",
            {
                "index.html": "home",
                "_gates/mong-cai/gate.json": profile,
                "_gates/mong-cai/index.html": "home",
                "assets/a.js": "a();" * 30_000,
            },
        )
        write(root, {"releases/mong-cai-1.qbk": "an older one"})


class Build(Command):
    """``mkdocs build`` over an older site that has hidden files of its server."""

    arguments = ("build",)
    languages = 2

    def make(self, root: Path) -> None:
        config = translated_site(root, gate=True, sample=True)
        approve(config)
        self.work = root
        ended = self.run()
        self.work = self.folder / "work"
        if ended.code:
            raise RuntimeError(ended.said)
        write(root / "site", {".well-known/acme/token": "token"})
        (root / "site/.well-known/link").symlink_to("acme")
        text = (root / "content/index.md").read_text(encoding="utf-8")
        write(root, {"content/index.md": text.replace("Bản cũ", "Bản mới")})
        approve(config)

    def command(self) -> None:
        from mkdocs.__main__ import cli

        sys.argv = ["mkdocs", *self.arguments]
        cli()

    def points(self) -> list[Point]:
        # What happens when MkDocs reads its settings is told by MkDocs: nothing of ours is there.
        found = super().points()
        return [one for one in found if not (one.number == 1 and "/mkdocs.yml" in one.text)]

    def neither(self) -> Iterator[str]:
        site = tree(self.work / "site")
        if site not in (tree(self.model / "site"), self.whole):
            files = {name for name, _ in site.items() ^ self.whole.items()}
            yield f"the site is neither the old one nor the new one: {sorted(files)}"

    @property
    def whole(self) -> dict[str, object]:
        """The new site."""
        top = "site/"
        return {n.removeprefix(top): f for n, f in self.new.items() if n.startswith(top)}

    def wrong(self, fault: str, ended: Ended) -> Iterator[str]:
        if fault != KILL and ended.code and tree(self.work / "site") != tree(self.model / "site"):
            yield "a failure was told, and the old site is gone"
        yield from super().wrong(fault, ended)


class OwnBuild(Build):
    """``quangba build``, which reads the settings itself."""

    def command(self) -> None:
        Command.command(self)

    def points(self) -> list[Point]:
        return Command.points(self)


class Strict(Build):
    """``mkdocs build --strict``."""

    arguments = ("build", "--strict")


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def mine(folder: Path) -> dict[str, object]:
    """Return the files that matter."""
    return {name: found for name, found in tree(folder).items() if not OTHERS.search(name)}


SUBJECTS: dict[str, Callable[[Path], Subject]] = {
    "build": Build,
    "own-build": OwnBuild,
    "strict": Strict,
    "sync": Sync,
    "translate": Translate,
    "approve-page": ApprovePage,
    "approve-language": ApproveLanguage,
    "withdraw": Withdraw,
    "release": Release,
    "install": Install,
    "install-on-trial": InstallOnTrial,
    "resume": Resume,
}
"""What can be swept."""
