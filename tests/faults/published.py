"""A published site whose source was edited since: what becomes of it when it is built again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from subjects import small_site

from faulty import Ended, tree
from support import build, translate

LANGUAGES = ("vi", "en", "fr")


@dataclass
class Published:
    """A project with its published site."""

    root: Path
    place: str = "site"
    """``site_dir``, as the command line gives it."""

    @classmethod
    def make(cls, root: Path) -> Published:
        """Make a site, build it, and edit its first page."""
        config = small_site(root, languages=LANGUAGES)
        translate(config, lambda language, message: f"{language.code} {message.msgid}")
        build(config)
        page = root / "content/index.md"
        page.write_text(page.read_text(encoding="utf-8").replace("cũ", "mới"), encoding="utf-8")
        return cls(root)

    def copied(self, root: Path) -> Published:
        """Return a copy in another folder."""
        shutil.copytree(self.root, root, symlinks=True)
        return Published(root)

    @property
    def site(self) -> Path:
        return self.root / self.place

    @property
    def state(self) -> str:
        """``old``, ``new``, or what else there is."""
        home = self.site / "index.html"
        text = home.read_text(encoding="utf-8") if home.is_file() else ""
        names = {path.relative_to(self.site).as_posix() for path in self.site.rglob("*.html")}
        wanted = {f"{code}{name}" for code in ("", "en/", "fr/") for name in ("", "a/")}
        missing = {f"{name}index.html" for name in wanted} - names
        return next((word for word in ("old", "new") if TITLES[word] in text and not missing), text)

    @property
    def leftovers(self) -> list[str]:
        """What a build must not leave beside the site."""
        place = Path(os.path.realpath(self.site))  # a link to itself leads nowhere
        names = {path.name for path in place.parent.glob(f".{place.name}*")}
        return sorted(names - {f".{place.name}.lock"})

    def tree(self) -> dict[str, object]:
        return tree(self.site)

    def hook(self, text: str) -> None:
        """Give the build a hook."""
        (self.root / "hook.py").write_text(text, encoding="utf-8")
        with (self.root / "mkdocs.yml").open("a", encoding="utf-8") as stream:
            stream.write("hooks: [hook.py]\n")

    def start(self, *options: str, **more: Any) -> subprocess.Popen[str]:
        """Start ``mkdocs build`` as people do, in a session of its own."""
        environment = {"NO_MKDOCS_2_WARNING": "1", "QUANGBA_LANG": "vi", "QUANGBA_JOBS": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "-d", self.place, *options],
            cwd=self.root,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            **more,
        )

    def run(self, *options: str, **more: Any) -> Ended:
        """Build."""
        return ended(self.start(*options, **more))


def ended(process: subprocess.Popen[str]) -> Ended:
    """Wait for a build; one that hangs is killed, with all that it started."""
    try:
        said = process.communicate(timeout=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said = f"it hung: {process.communicate()[0]}"
    return Ended(process.returncode, said)


PATIENCE = 120
"""Seconds, on a machine that has much else to do."""

TITLES = {"old": "<title>Bản cũ</title>", "new": "<title>Bản mới</title>"}
"""How the first page tells which edition it is of."""
