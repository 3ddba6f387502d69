"""
The same bytes twice: one commit, built in two rooms of the world.

The second room has another time zone, another locale, another umask, another hash seed, no home,
another folder to stand in, and a clock that is a day and some hours ahead (``ahead/``). What is
built must not tell the rooms apart, not even by the modes of files.

``python tests/faults/twice.py`` does it to the real site, in both editions.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

sys.path.insert(0, str(HERE.parent))

from faulty import tree  # noqa: E402 (as a script it has no other path)

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Room:
    """Where a build runs."""

    environment: dict[str, str]
    umask: int
    stands_in: str
    """Folder that the command is run in, from that of the site."""


# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOMS = (
    Room({"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1", "HOME": "/root"}, 0o077, "."),
    Room(
        {
            "LANG": "vi_VN.UTF-8",
            "TZ": "Pacific/Kiritimati",
            "PYTHONHASHSEED": "2",
            "PYTHONPATH": str(HERE / "ahead"),
        },
        0o000,
        "..",
    ),
)
"""In Kiribati it is tomorrow for most of the day."""

LEFT_OUT = ("HOME", "LANG", "LANGUAGE", "LC_ALL", "TZ", "SITE_URL", "SOURCE_DATE_EPOCH")
"""What rooms have by themselves or not at all."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def build_in(room: Room, root: Path, config: str) -> None:
    """Build an edition as people do; raises ``RuntimeError`` when it fails."""
    own = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    python = [path for path in (room.environment.get("PYTHONPATH"), own.get("PYTHONPATH")) if path]
    environment = {**own, **room.environment, "NO_MKDOCS_2_WARNING": "1", "QUANGBA_LANG": "vi"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(root / config)],
        cwd=root / room.stands_in,
        env={**environment, "PYTHONPATH": os.pathsep.join(python)},
        umask=room.umask,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def differences(first: Path, second: Path) -> Iterator[str]:
    """Yield what tells two folders apart; locks are nobody's work."""
    one, other = tree(first), tree(second)
    for name in sorted(one.keys() | other.keys()):
        if one.get(name) != other.get(name) and not name.endswith(".lock"):
            kept = [folder / name for folder in (first, second) if os.path.lexists(folder / name)]
            modes = " ".join(oct(path.lstat().st_mode & 0o7777) for path in kept)
            yield f"{name}: in {len(kept)} of 2, modes {modes}"


def main() -> None:
    """Build the real site twice; say what differs."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        roots = [Path(folder, f"room {number}", "site") for number in (1, 2)]
        for room, root in zip(ROOMS, roots, strict=True):
            for name in ("content", "locales", "overrides", "kiosk"):
                shutil.copytree(ROOT / name, root / name)
            for config in ("mkdocs.yml", "mkdocs.kiosk.yml"):
                shutil.copy(ROOT / config, root)
                build_in(room, root, config)
        found = list(differences(*(root / "site" for root in roots)))
        files = len(tree(roots[0] / "site"))
    print(*found, sep="\n")
    print(f"{files} files and folders, {len(found)} differ")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
