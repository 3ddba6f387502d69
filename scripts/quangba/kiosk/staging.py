"""Staging: a release is written beside the others, read again, flushed, and then one of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from quangba.errors import QuangbaError
from quangba.files import flush_tree, opener
from quangba.kiosk.durable import rename
from quangba.kiosk.manifest import MANIFEST, SIGNATURE, SITE
from quangba.kiosk.refusal import Refusal
from quangba.kiosk.releases import SignedRelease, read_release
from quangba.kiosk.store import COMING, Store

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Progress = Callable[[int, int], None]
"""Told how many bytes are done, and how many there are."""

READ_ONLY = 0o444

INODES = 1 << 40
"""What a file system has that does not count them."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def make_room(store: Store, release: SignedRelease) -> None:
    """
    See that a release fits, with a fifth and the reserve to spare.

    Old releases are removed, the oldest first, if that is enough; the one that is shown stays.
    Raises ``QuangbaError`` (``kiosk-full``) before anything is removed.
    """
    # A folder needs an inode as well, and there are fewer folders than files.
    needed = release.manifest.total * 12 // 10 + store.reserve, 2 * len(release.manifest.files)
    old = [kept.manifest for kept in reversed(store.kept()) if kept.manifest.serial != store.shown]
    space, inodes = free(store.root)
    possible = space + sum(kept.total for kept in old), inodes + sum(len(k.files) for k in old)
    if not fits(needed, possible):
        raise QuangbaError("kiosk-full", needed=needed[0] >> 20, free=space >> 20)
    if not fits(needed, (space, inodes)):
        # Nothing that works is given up for a release that turns out to be broken.
        release.verify()
    for kept in old:
        if fits(needed, free(store.root)):
            break
        store.retire(kept.serial)


def free(folder: Path) -> tuple[int, int]:
    """Return the bytes and the inodes that are free on the disk of a folder."""
    status = os.statvfs(folder)
    # File systems that make inodes as they need them say that there are none.
    inodes = status.f_favail if status.f_files else INODES
    return status.f_bavail * status.f_frsize, inodes


def fits(needed: tuple[int, int], there: tuple[int, int]) -> bool:
    """Tell whether bytes and inodes are enough."""
    return needed[0] <= there[0] and needed[1] <= there[1]


def stage(store: Store, release: SignedRelease, progress: Progress) -> None:
    """
    Write a release beside the others, read it again, and flush it to the disk.

    Raises :class:`Refusal` if it is not as it was signed, ``QuangbaError`` (``kiosk-miscopied``)
    if the disk gives back something else than was written, and ``OSError``. Nothing is left then.
    """
    folder = staged(store, release)
    total, done = 2 * release.manifest.total, 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total)

    try:
        folder.mkdir()
        write(folder / MANIFEST, [release.raw])
        write(folder / SIGNATURE, [release.signature])
        (folder / SITE).mkdir()
        for entry, chunks in release.contents():
            path = folder / SITE / entry.path
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, counted(chunks, count))
        try:
            read_release(folder, store.keys).verify(count)
        except Refusal as error:
            raise QuangbaError("kiosk-miscopied") from error
        flush_tree(folder)
    except (QuangbaError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        raise


def staged(store: Store, release: SignedRelease) -> Path:
    """Return the folder that a release is written to."""
    return store.root / "releases" / f"{COMING}{release.manifest.serial}"


def write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a new file that nobody changes any more."""
    with open(path, "xb", opener=opener(READ_ONLY)) as stream:
        stream.writelines(chunks)


def counted(chunks: Iterable[bytes], count: Callable[[int], None]) -> Iterator[bytes]:
    """Pass a content on and count it."""
    for data in chunks:
        yield data
        count(len(data))


def adopt(store: Store, release: SignedRelease) -> None:
    """Make a staged release one of those on the device; raises ``OSError``."""
    serial = release.manifest.serial
    if store.folder(serial).exists():
        store.retire(serial)
    rename(staged(store, release), store.folder(serial))


def mend(store: Store, release: SignedRelease) -> None:
    """
    Put staged files in the places of those of the same release, which is shown and damaged.

    File by file, each in one step: what was sound stays sound whatever happens. Raises ``OSError``.
    """
    source, target = staged(store, release), store.folder(release.manifest.serial)
    wanted = {MANIFEST, SIGNATURE, *(f"{SITE}/{entry.path}" for entry in release.manifest.files)}
    for top, folders, names in os.walk(target):
        for name in [*folders, *names]:
            path = Path(top, name)
            known = path.relative_to(target).as_posix() in wanted
            if path.is_dir() and not path.is_symlink():
                if known:
                    shutil.rmtree(path)
            elif not known:
                path.unlink()
    for name in sorted(wanted):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(source / name, target / name)
    flush_tree(target)
    shutil.rmtree(source, ignore_errors=True)
