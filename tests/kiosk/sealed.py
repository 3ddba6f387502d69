"""Helpers of the tests of releases: keys, small signed releases, devices, and what they show."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from quangba.errors import Problem
from quangba.kiosk import archive
from quangba.kiosk.install import Outcome, Wishes, install
from quangba.kiosk.keys import public_line
from quangba.kiosk.manifest import MANIFEST, SIGNATURE, SITE, Entry, Manifest
from quangba.kiosk.notices import Notices
from quangba.kiosk.screen import Screen
from quangba.kiosk.signing import sign
from quangba.kiosk.store import Store

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GATE = "mong-cai"
OLD_KEY, NEW_KEY, STRANGER = (
    Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n in (1, 2, 3)
)
CREATED = datetime(2026, 11, 26, 10, 5, tzinfo=UTC)

NO_SCREEN = Wishes(first=True, confirm=False)
"""How releases are installed where no screen runs."""

Files = dict[str, bytes]

# ----------------------------------------------------------------------------
# Releases
# ----------------------------------------------------------------------------


def site(serial: int) -> Files:
    """Return a small site of which two files change with every release."""
    return {
        "_headers": b"/*\n  X-Frame-Options: DENY\n",
        "assets/empty.css": b"",
        "assets/shared.js": b"shared();\n" * 300,
        "gate.css": b":root{--mm:2.71px}",
        "index.html": f"<title>Trang chủ {serial}</title>".encode(),
        "ja/visit/vịnh/index.html": f"<title>ハロン湾 {serial}</title>".encode(),
    }


def manifest(serial: int, files: Mapping[str, bytes] | None = None, **changes: Any) -> Manifest:
    """Return what a release says about itself."""
    files = site(serial) if files is None else files
    created = CREATED + timedelta(hours=min(serial, 1000))
    whole = Manifest(
        site="Thử",
        gate=GATE,
        serial=serial,
        created=created,
        expires=created + timedelta(days=90),
        min_serial=0,
        commit="0" * 40,
        dirty=False,
        lock="0" * 64,
        profile={"id": GATE, "languages": ["zh", "vi"]},
        languages=("zh", "vi"),
        approvals={"index.md": {"date": "2026-11-26", "role": "sample", "document": ""}},
        files=tuple(
            Entry(path, len(data), hashlib.sha256(data).hexdigest())
            for path, data in sorted(files.items())
        ),
    )
    return replace(whole, **changes)


def pack(
    serial: int,
    files: Files | None = None,
    keys: Sequence[Ed25519PrivateKey] = (OLD_KEY,),
    **changes: Any,
) -> bytes:
    """Return the file of a release."""
    files = site(serial) if files is None else files
    made = manifest(serial, files, **changes)
    stream = io.BytesIO()
    contents = [[files[entry.path]] for entry in made.files]
    archive.write(stream, made, sign(made.encode(), keys), contents)
    return stream.getvalue()


def put(stick: Path, serial: int, *args: Any, name: str = "", **more: Any) -> Path:
    """Put a release onto a stick."""
    stick.mkdir(parents=True, exist_ok=True)
    path = stick / (name or f"{more.get('gate', GATE)}-{serial}.qbk")
    path.write_bytes(pack(serial, *args, **more))
    return path


def unpack(
    folder: Path,
    serial: int,
    files: Files | None = None,
    keys: Sequence[Ed25519PrivateKey] = (OLD_KEY,),
    **changes: Any,
) -> Path:
    """Write an unpacked release, as rsync brings it."""
    files = site(serial) if files is None else files
    raw = manifest(serial, files, **changes).encode()
    write(folder, {MANIFEST: raw, SIGNATURE: sign(raw, keys)})
    write(folder / SITE, files)
    return folder


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


# ----------------------------------------------------------------------------
# Devices
# ----------------------------------------------------------------------------


def device(root: Path, *serials: int, keys: Sequence[Ed25519PrivateKey] = (OLD_KEY,)) -> Path:
    """Make a device folder without a reserve, on which releases were installed in order."""
    for number, key in enumerate(keys):
        write(root, {f"keys/{number}.pub": public_line(key.public_key()).encode()})
    write(root, {"device.json": b'{"reserve_mb": 0}\n'})
    for serial in serials:
        path = put(root.parent / f"{root.name}-stick", serial, keys=keys[:1])
        assert run(root, path).accepted
    return root


def run(
    root: Path, *paths: Path, wishes: Wishes = NO_SCREEN, screen: Screen | None = None
) -> Outcome:
    """Install."""
    store = Store(root)
    return install(paths, store, screen or Screen(root), notices(root), wishes)


def notices(
    root: Path, echo: Callable[[str, Problem], None] = lambda kind, problem: None
) -> Notices:
    """Return notices that say nothing in the terminal."""
    return Notices(root, echo)


def refusal(outcome: Outcome) -> str:
    """Return the code of what was refused."""
    assert not outcome.accepted
    return outcome.problem.code


def tree(folder: Path) -> Files:
    """Return everything in a folder; what is neither file nor folder is an error."""
    found = {}
    for top, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            path = Path(top, name)
            mode = path.lstat().st_mode
            assert stat.S_ISREG(mode) or stat.S_ISDIR(mode), path
            if stat.S_ISREG(mode):
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def shown(root: Path) -> Files:
    """Return the site that a device shows."""
    return tree(root / "current" / SITE)


def leftovers(root: Path) -> list[str]:
    """Return what an installation must not leave behind."""
    found = [path.name for path in (root / "releases").iterdir() if not path.name.isdigit()]
    found += [path.name for folder in (root, root / "run") for path in folder.glob(".*")]
    return found
