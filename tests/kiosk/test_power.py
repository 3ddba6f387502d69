"""Power goes, disks fail: after any operation the screen shows the old release or the new one."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from power import Crash, Disk, on
from sealed import (
    OLD_KEY,
    Files,
    device,
    leftovers,
    notices,
    pack,
    run,
    tree,
    unpack,
    write,
)

from quangba.errors import QuangbaError
from quangba.kiosk.keys import key_id
from quangba.kiosk.rollback import roll_back
from quangba.kiosk.store import Store

OLD, NEW = 121, 122

FILES = {"index.html": b"", "assets/a.js": b"a();", "ja/index.html": "ハロン湾".encode()}

VOLATILE = ("run", "log", "receipts")
"""Folders of which a release does not depend."""

ERRORS = (errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EROFS)

Fresh = Callable[[], tuple[Path, Path]]

# ----------------------------------------------------------------------------
# Before, and after
# ----------------------------------------------------------------------------


def small(serial: int) -> Files:
    """Return a site of three files, of which one is new."""
    return {**FILES, "index.html": str(serial).encode()}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a device that shows the old release, and a stick with the new one."""
    folder = tmp_path_factory.mktemp("prepared")
    root = device(folder / "device")
    for serial in (119, 120, OLD):
        write(folder / "old", {"a.qbk": pack(serial, small(serial))})
        assert run(root, folder / "old").accepted
    write(root / "counts", {"2026-11.jsonl": b"{}\n"})
    write(folder / "stick", {"a.qbk": pack(NEW, small(NEW))})
    return folder


@pytest.fixture
def fresh(prepared: Path, in_memory: Path) -> Fresh:
    """Return a function that copies them to a new place."""

    def copied() -> tuple[Path, Path]:
        folder = Path(mkdtemp(dir=in_memory)) / "copy"
        shutil.copytree(prepared, folder, symlinks=True)
        return folder / "device", folder / "stick"

    return copied


@pytest.fixture(scope="module")
def wholes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """Return what ``current`` may hold, byte for byte, by where it leads to."""
    folder = tmp_path_factory.mktemp("wholes")
    return {
        f"releases/{serial}": tree(unpack(folder / str(serial), serial, small(serial)))
        for serial in (OLD, NEW)
    }


def is_old_or_new(root: Path, wholes: dict[str, Files]) -> bool:
    """Tell whether a device shows the old release or the new one, every byte of it."""
    current = root / "current"
    return current.is_dir() and tree(current) == wholes[current.readlink().as_posix()]


def is_completed(root: Path, stick: Path, wholes: dict[str, Files]) -> bool:
    """Tell whether the next run completes the work and clears everything away."""
    return (
        run(root, stick).accepted
        and is_old_or_new(root, wholes)
        and Store(root).shown == NEW
        and Store(root).read_state().highest == {key_id(OLD_KEY.public_key()): NEW}
        and leftovers(root) == []
        and len(list((root / "releases").iterdir())) == 3
    )


def operations(fresh: Fresh, *, reads: bool = False) -> list[str]:
    """Return what an installation does to the disk."""
    root, stick = fresh()
    with on(Disk(root, stick, reads=reads)) as disk:
        assert run(root, stick).accepted
    return disk.operations


def crashes(
    fresh: Fresh, numbers: Iterable[int], *, deaf: bool = False
) -> Iterator[tuple[int, Disk, Path, Path]]:
    """Yield every device whose power went at one of these operations."""
    for number in numbers:
        root, stick = fresh()
        with on(Disk(root, stick, fail_at=number, deaf=deaf)) as disk, pytest.raises(Crash):
            run(root, stick)
        yield number, disk, root, stick


# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


def test_power_goes_at_every_operation(fresh: Fresh, wholes: dict[str, Files]) -> None:
    done = operations(fresh)
    for number, _, root, stick in crashes(fresh, range(1, len(done) + 1)):
        assert is_old_or_new(root, wholes), (number, done[number - 1])
        assert is_completed(root, stick, wholes), (number, done[number - 1])


def forgetful(
    fresh: Fresh, numbers: Iterable[int], *, deaf: bool
) -> Iterator[tuple[str, Path, Path]]:
    """Yield devices that forgot what was not flushed when power went, in every possible way."""
    for number in numbers:
        ways = 1
        way = 0
        while way < ways:
            ((_, disk, root, stick),) = crashes(fresh, [number], deaf=deaf)
            folders = sorted(folder for folder in disk.pending if folder.name not in VOLATILE)
            ways = len(folders) + 1
            if way == 0:
                disk.forget_contents()
                yield f"{number}: contents", root, stick
            else:
                disk.forget_names(folders[way - 1])
                yield f"{number}: {folders[way - 1].name}", root, stick
            way += 1


def test_what_was_not_flushed_is_forgotten(fresh: Fresh, wholes: dict[str, Files]) -> None:
    done = operations(fresh)
    numbers = range(done.index(f"replace {NEW}") + 1, len(done) + 1)
    for name, root, stick in forgetful(fresh, numbers, deaf=False):
        assert is_old_or_new(root, wholes), name
        assert is_completed(root, stick, wholes), name


def test_without_flushing_it_would_not_hold(fresh: Fresh, wholes: dict[str, Files]) -> None:
    number = operations(fresh).index("replace current") + 2
    broken = {
        name.split(": ")[1]
        for name, root, _ in forgetful(fresh, [number], deaf=True)
        if not is_old_or_new(root, wholes)
    }
    assert broken == {"contents", "releases", str(NEW), "site", "assets", "ja"}


def test_every_operation_fails(fresh: Fresh, wholes: dict[str, Files]) -> None:
    done = operations(fresh, reads=True)
    for number in range(1, len(done) + 1):
        root, stick = fresh()
        error = ERRORS[number % len(ERRORS)]
        with on(Disk(root, stick, fail_at=number, error=error, reads=True)):
            try:
                accepted = run(root, stick).accepted
            except QuangbaError:
                accepted = False
        assert is_old_or_new(root, wholes), (number, done[number - 1])
        assert Store(root).shown == NEW or not accepted
        assert is_completed(root, stick, wholes), (number, done[number - 1])


def test_power_goes_while_a_damaged_release_is_mended(
    fresh: Fresh, wholes: dict[str, Files]
) -> None:
    right = wholes[f"releases/{OLD}"]

    def damaged() -> tuple[Path, Path]:
        root, stick = fresh()
        for name in ("index.html", "ja/index.html"):
            path = root / "current/site" / name
            path.chmod(0o644)
            path.write_bytes(b"damaged")
        (root / "current/site/assets/a.js").unlink()
        write(stick, {"a.qbk": pack(OLD, small(OLD))})
        return root, stick

    count = len(operations(damaged))
    for number, _, root, stick in crashes(damaged, range(1, count + 1)):
        # What was sound stays sound; what was not is as it was, or right.
        found = tree(root / "current")
        assert found.keys() - {"site/assets/a.js"} == right.keys() - {"site/assets/a.js"}
        assert {found[name] for name in found if found[name] != right[name]} <= {b"damaged"}, number
        assert run(root, stick).accepted
        assert tree(root / "current") == right
        assert leftovers(root) == []


def test_power_goes_while_going_back(fresh: Fresh, wholes: dict[str, Files]) -> None:
    def newer() -> tuple[Path, Path]:
        root, stick = fresh()
        assert run(root, stick).accepted
        return root, stick

    root, _ = newer()
    with on(Disk(root)) as disk:
        roll_back(Store(root), notices(root))
    for number in range(1, len(disk.operations) + 1):
        root, stick = newer()
        with on(Disk(root, fail_at=number)), pytest.raises(Crash):
            roll_back(Store(root), notices(root), OLD)
        assert is_old_or_new(root, wholes)
        assert is_completed(root, stick, wholes)
