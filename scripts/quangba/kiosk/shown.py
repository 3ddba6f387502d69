"""
What is shown: the release that ``current`` names, or a build that an editor looks at.

``current`` is read at every request, so that a switch needs no signal and no restart. If it is
gone or points nowhere, the newest release that was kept, and is neither bad nor recalled, is
shown: a screen never goes dark because of a link.
"""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from quangba.errors import QuangbaError
from quangba.kiosk.clock import read_stamp

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CURRENT = re.compile(r"(?:\./)?releases/(?P<serial>0|[1-9][0-9]{0,11})/?")
"""``releases/123``: what the link ``current`` holds."""

SERIAL = re.compile(r"0|[1-9][0-9]{0,11}")

GATE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

LARGEST = 64 * 1024 * 1024
"""Bytes of ``release.json`` that are read."""

LONGEST = 86_400
"""Seconds that a screen may wait for a touch."""

OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
OPEN |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""No link is followed, and a pipe that lies there does not hold a thread."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What stands at an address: an open file, or a folder."""

    handle: int = -1
    """File descriptor; -1 for a folder. Whoever takes it closes it."""
    status: os.stat_result | None = None

    def close(self) -> None:
        """Give the file back."""
        if self.status is not None:
            os.close(self.handle)


@dataclass(frozen=True)
class Release:
    """Files under one number. Those of a later layer are hidden by those of an earlier one."""

    serial: int
    base: Path
    """Where the layers lie; it may be reached through links, what is below may not."""
    layers: tuple[tuple[str, ...], ...]

    def find(self, parts: tuple[str, ...]) -> Found | None:
        """Open a file, or tell that it is a folder; None for neither. ``_…`` is never shown."""
        if parts and parts[0].startswith("_"):
            return None
        folder = None
        for layer in self.layers:
            found = open_below(self.base, layer + parts)
            if found is not None and found.status:
                return found
            folder = folder or found
        return folder

    def read(self, name: str, most: int = 1 << 20) -> bytes | None:
        """Return a small file of the site, also one that is not shown; None without it."""
        for layer in self.layers:
            found = open_below(self.base, (*layer, name))
            if found is not None and found.status:
                with os.fdopen(found.handle, "rb") as stream:
                    return stream.read(most)
        return None

    def has_page(self, page: str) -> bool:
        """
        Tell whether a page is in the release, by the path that heartbeats name.

        ``visit/`` is ``visit/index.html``; the empty path is the home of the gate.
        """
        parts = tuple(part for part in page.split("/") if part)
        if not page or page.endswith("/"):
            parts = (*parts, "index.html")
        if any(part.startswith(".") for part in parts) or not parts[-1].endswith(".html"):
            return False
        found = self.find(parts)
        if found is None or not found.status:
            return False
        found.close()
        return True


@dataclass(frozen=True)
class Facts:
    """What the agent needs to know of a release; every part may be missing."""

    created: datetime | None = None
    expires: datetime | None = None
    languages: tuple[str, ...] = ()
    idle: float = 80.0
    """Seconds without a touch after which a page goes back to the attract loop by itself."""


class Shows(Protocol):
    """Where releases come from."""

    def current(self) -> Release | None:
        """Return the release to show now; None when there is none yet."""

    def kept(self, serial: int) -> Release | None:
        """Return a release by its number, as long as it is there."""

    def facts(self, release: Release) -> Facts:
        """Return what is known of a release."""


@dataclass
class Device:
    """The releases in a device folder."""

    root: Path
    known: dict[int, tuple[tuple[int, ...], Facts]] = field(default_factory=dict)
    """Facts by serial, with the identity of the ``release.json`` that they were read from."""

    def current(self) -> Release | None:
        """Read the link; without a good one fall back to the newest release that may be shown."""
        try:
            named = CURRENT.fullmatch((self.root / "current").readlink().as_posix())
        except (OSError, ValueError):
            named = None
        return (self.kept(int(named["serial"])) if named else None) or self.newest()

    def newest(self) -> Release | None:
        """Return the newest release that is neither bad nor recalled."""
        state = read_object(self.root / "state.json")
        bad, least = state.get("bad"), state.get("min_serial")
        try:
            names = [path.name for path in (self.root / "releases").iterdir()]
        except OSError:
            return None
        serials = sorted((int(name) for name in names if SERIAL.fullmatch(name)), reverse=True)
        for serial in serials:
            refused = isinstance(bad, list) and serial in bad
            recalled = isinstance(least, int) and serial < least
            complete = (self.root / "releases" / str(serial) / "release.json").is_file()
            if complete and not refused and not recalled and (found := self.kept(serial)):
                return found
        return None

    def kept(self, serial: int) -> Release | None:
        """Return a release by its number, as long as its files are there."""
        layer = ("releases", str(serial), "site")
        found = open_below(self.root, layer)
        if found is not None and not found.status:
            return Release(serial, self.root, (layer,))
        if found is not None:
            found.close()
        return None

    def facts(self, release: Release) -> Facts:
        """Read the manifest, once for as long as it stays the same file."""
        path = self.root / "releases" / str(release.serial) / "release.json"
        try:
            status = path.stat()
        except OSError:
            return Facts()
        identity = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        held = self.known.get(release.serial)
        if held is None or held[0] != identity:
            self.known = {release.serial: (identity, read_facts(read_object(path)))}
        return self.known[release.serial][1]


@dataclass
class Preview:
    """
    A build as one gate will show it: its overlay first, then what all gates share.

    Raises ``QuangbaError`` (``kiosk-serve-site``, ``kiosk-serve-gate``) for a folder that is no
    build of the kiosk edition, and for a gate that the build does not have.
    """

    site: Path
    gate: str | None = None

    def __post_init__(self) -> None:
        if not (self.site / "index.html").is_file():
            raise QuangbaError("kiosk-serve-site", self.site)
        gates = sorted(
            path.name for path in (self.site / "_gates").glob("*") if GATE.fullmatch(path.name)
        )
        if self.gate is not None and self.gate not in gates:
            known = ", ".join(gates) or "–"
            raise QuangbaError("kiosk-serve-gate", self.site, gate=self.gate, known=known)

    def current(self) -> Release | None:
        """Return the build as it is now; its number is 0."""
        layers: tuple[tuple[str, ...], ...] = ((),)
        if self.gate is not None:
            layers = (("_gates", self.gate), ())
        return Release(0, self.site, layers)

    def kept(self, serial: int) -> Release | None:
        """There is only one."""
        return self.current() if serial == 0 else None

    def facts(self, release: Release) -> Facts:
        """Nothing is known of a build that is no release."""
        return Facts(languages=tuple(sorted(languages_of(self.site))))


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def open_below(base: Path, parts: tuple[str, ...]) -> Found | None:
    """
    Open a regular file below a folder without following any link on the way.

    A folder is told, everything else (links, devices, pipes, what is not there) is None.
    """
    path = str(base)
    try:
        for part in parts[:-1]:
            path = os.path.join(path, part)  # noqa: PTH118 (many thousand times a day)
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                return None
        path = os.path.join(path, *parts[-1:])  # noqa: PTH118
        mode = os.lstat(path).st_mode if parts else stat.S_IFDIR
        if stat.S_ISDIR(mode):
            return Found()
        if not stat.S_ISREG(mode):
            return None
        handle = os.open(path, OPEN)
    except (OSError, ValueError):
        return None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        return None
    return Found(handle, status)


def languages_of(site: Path) -> set[str]:
    """Return the folders of languages in a build: those that have a home of their own."""
    return {path.parent.name for path in site.glob("[a-z][a-z]*/404.html")} | {"vi"}


def read_object(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file; an empty one where it cannot be read."""
    try:
        with path.open("rb") as stream:
            found = json.loads(stream.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_facts(manifest: dict[str, Any]) -> Facts:
    """Take from a manifest what is needed here; its signature was verified when it came."""
    profile = manifest.get("profile")
    idle = profile.get("idle") if isinstance(profile, dict) else None
    times = idle if isinstance(idle, dict) else {}
    seconds = [times.get(name) for name in ("question_s", "answer_s")]
    known = [float(one) for one in seconds if isinstance(one, int | float) and 0 < one <= LONGEST]
    languages = manifest.get("languages")
    return Facts(
        read_stamp(manifest.get("created")),
        read_stamp(manifest.get("expires")),
        tuple(str(code) for code in languages) if isinstance(languages, list) else (),
        sum(known) if len(known) == 2 else Facts.idle,
    )
