"""Power goes, disks fail: after any operation the screen shows the old release or the new one."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

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
from quangba.kiosk.install import Wishes
from quangba.kiosk.keys import key_id
from quangba.kiosk.resume import resume
from quangba.kiosk.rollback import roll_back
from quangba.kiosk.screen import Screen
from quangba.kiosk.store import TRIAL, Store

OLD, NEW = 121, 122

FILES = {"index.html": b"", "assets/a.js": b"a();", "ja/index.html": "ハロン湾".encode()}

VOLATILE = ("run", "log", "receipts")
"""Folders of which a release does not depend."""

ERRORS = (errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EROFS)

Fresh = Callable[[], tuple[Path, Path]]

ON_TRIAL = b'{"previous":%d,"serial":%d}\n' % (OLD, NEW)


class Told(Screen):
    """A screen on which a new release comes up, or does not."""

    def __init__(self, root: Path, *, up: bool) -> None:
        super().__init__(root)
        self.up = up

    def comes_up(self, serial: int, before: dict[str, Any]) -> bool:
        return self.up


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


# ----------------------------------------------------------------------------
# On trial
# ----------------------------------------------------------------------------


def condition(root: Path) -> tuple[int | None, bool]:
    """Return what is shown, and whether a trial is written down; it is a whole one, then."""
    path = root / TRIAL
    if not path.exists():
        return Store(root).shown, False
    assert path.read_bytes() == ON_TRIAL
    return Store(root).shown, True


def tried(*, up: bool) -> Callable[[Path, Path], object]:
    """Return what installs a release on trial."""
    return lambda root, stick: run(root, stick, wishes=Wishes(), screen=Told(root, up=up))


def gone_on(root: Path, *, up: bool) -> str | None:
    """Go on with a trial; return what became of it."""
    outcome = resume(Store(root), Told(root, up=up), notices(root))
    return outcome.problem.code if outcome else None


def cut(
    fresh: Fresh, work: Callable[[Path, Path], object]
) -> Iterator[tuple[str, tuple[int | None, bool], Path, Path]]:
    """Yield every device whose power went while something was done, and its condition."""
    root, stick = fresh()
    with on(Disk(root, stick)) as disk:
        work(root, stick)
    for number, name in enumerate(disk.operations, 1):
        root, stick = fresh()
        with on(Disk(root, stick, fail_at=number)), pytest.raises(Crash):
            work(root, stick)
        yield f"{number}: {name}", condition(root), root, stick


@pytest.mark.parametrize("up", [True, False])
def test_power_goes_in_a_trial(fresh: Fresh, wholes: dict[str, Files], up: bool) -> None:
    seen = []
    for place, found, root, stick in cut(fresh, tried(up=True)):
        assert is_old_or_new(root, wholes), place
        seen.append(found)
        code = gone_on(root, up=up)
        if found != (NEW, True):
            # The old one without a consequence, or the new one when all is over.
            assert (code, condition(root)) == (None, (found[0], False)), place
        elif up:
            assert (code, condition(root)) == ("kiosk-installed", (NEW, False)), place
        else:
            assert (code, condition(root)) == ("kiosk-unconfirmed", (OLD, False)), place
            assert Store(root).read_state().bad == {NEW}
            continue
        assert Store(root).read_state().bad == set()
        assert is_completed(root, stick, wholes), place
    assert list(dict.fromkeys(seen)) == [(OLD, False), (OLD, True), (NEW, True), (NEW, False)]


def test_power_goes_when_a_release_does_not_come_up(fresh: Fresh, wholes: dict[str, Files]) -> None:
    seen = []
    for place, found, root, _ in cut(fresh, tried(up=False)):
        assert is_old_or_new(root, wholes), place
        seen.append(found)
        assert gone_on(root, up=False) == ("kiosk-unconfirmed" if found == (NEW, True) else None)
        assert condition(root) == (OLD, False), place
    assert list(dict.fromkeys(seen)) == [(OLD, False), (OLD, True), (NEW, True)]


@pytest.mark.parametrize("up", [True, False])
def test_power_goes_while_a_trial_is_gone_on_with(
    fresh: Fresh, wholes: dict[str, Files], up: bool
) -> None:
    def on_trial() -> tuple[Path, Path]:
        root, stick = fresh()
        with on(Disk(root, stick, fail_at=switch)), pytest.raises(Crash):
            tried(up=True)(root, stick)
        assert condition(root) == (NEW, True)
        return root, stick

    root, stick = fresh()
    with on(Disk(root, stick)) as disk:
        tried(up=True)(root, stick)
    switch = disk.operations.index("replace current") + 2
    for place, found, root, _ in cut(on_trial, lambda root, stick: gone_on(root, up=up)):
        assert is_old_or_new(root, wholes), place
        highest = Store(root).read_state().highest
        assert highest == {key_id(OLD_KEY.public_key()): NEW}, place
        gone_on(root, up=up)
        assert condition(root) == (NEW if up else OLD, False), place
        # Only what was waited for to the end is known not to come up.
        assert up or found != (NEW, True) or Store(root).read_state().bad == {NEW}, place


def test_what_was_not_flushed_of_a_trial_is_forgotten(
    fresh: Fresh, wholes: dict[str, Files]
) -> None:
    root, stick = fresh()
    with on(Disk(root, stick)) as disk:
        tried(up=True)(root, stick)
    first = disk.operations.index(f"replace {TRIAL}") + 1
    for number in range(first, len(disk.operations) + 1):
        for folder in ("contents", "names"):
            root, stick = fresh()
            with on(Disk(root, stick, fail_at=number)) as dying, pytest.raises(Crash):
                tried(up=True)(root, stick)
            if folder == "contents":
                dying.forget_contents()
            elif root in dying.pending:
                dying.forget_names(root)
            # A new release is on trial or was confirmed before, whatever is forgotten.
            assert condition(root) in {(OLD, False), (OLD, True), (NEW, True)} or (
                f"unlink {TRIAL}" in dying.operations
            ), number
            assert is_old_or_new(root, wholes)


def test_every_operation_of_a_trial_fails(fresh: Fresh) -> None:
    root, stick = fresh()
    with on(Disk(root, stick, reads=True)) as disk:
        tried(up=False)(root, stick)
    for number, name in enumerate(disk.operations, 1):
        root, stick = fresh()
        error = ERRORS[number % len(ERRORS)]
        with (
            on(Disk(root, stick, fail_at=number, error=error, reads=True)),
            suppress(QuangbaError),
        ):
            tried(up=False)(root, stick)
        # Nothing stays on the screen that did not come up.
        assert condition(root) != (NEW, False), (number, name)
        gone_on(root, up=False)
        # Where the release before could not be read, the one before that is shown.
        current = Store(root).current()
        assert current, (number, name)
        assert current.manifest.serial in (OLD, OLD - 1), (number, name)
        assert current.is_whole(), (number, name)
        assert not (root / TRIAL).exists(), (number, name)
