"""Durable files: old or new, never half."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import stat
from pathlib import Path

import pytest

from quangba.errors import QuangbaError
from quangba.files import (
    Volume,
    kernel,
    move,
    remove_leftovers,
    sync_folders,
    write_bytes,
    write_text,
)


def fail(number: int) -> None:
    raise OSError(number, os.strerror(number))


def test_write_makes_folders_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b c" / "tệp.txt"
    write_text(path, "một\n")
    write_text(path, "hai\n")
    assert path.read_bytes() == b"hai\n"
    assert [p.name for p in path.parent.iterdir()] == ["tệp.txt"]


def test_the_file_is_flushed_before_it_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, n=name, f=real: (calls.append(n), f(*a)))
    write_text(tmp_path / "a", "x" * 100_000)
    assert calls == ["fsync", "replace", "fsync"], "the file, its name, its folder"


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_permissions_stay(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(mode)
    old = os.umask(0)
    try:
        write_bytes(path, b"new")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    """A rename asks only the folder, and root is never refused."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(QuangbaError) as caught:
        write_bytes(path, b"new")
    assert caught.value.problem.code == "file-unwritable"
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS], ids=["full", "io", "ro"])
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, lambda *a, **k: fail(number))
        with pytest.raises(QuangbaError) as caught:
            write_bytes(path, b"new")
    assert caught.value.problem.code == "file-unwritable"
    assert os.strerror(number) in caught.value.problem.text("en")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("place", ["folder", "file-as-folder"])
def test_something_in_the_way(tmp_path: Path, place: str) -> None:
    path = tmp_path / "a"
    if place == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"")
        path = path / "b"
    with pytest.raises(QuangbaError):
        write_bytes(path, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_move(tmp_path: Path) -> None:
    old, new = tmp_path / "a", tmp_path / "b" / "c"
    old.write_bytes(b"x")
    move(old, new)
    assert new.read_bytes() == b"x"
    with pytest.raises(QuangbaError):
        move(old, new)
    assert new.read_bytes() == b"x"


def test_a_folder_that_cannot_be_flushed_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: fail(errno.EINVAL))
    sync_folders([tmp_path, tmp_path / "missing"])


def test_a_volume_is_flushed_in_one_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    volume = Volume(tmp_path)
    if volume.call is None:
        pytest.skip("THIS SYSTEM HAS NO syncfs THAT TELLS FAILURES")
    assert volume.flush()

    def failing(handle: int) -> int:
        assert os.path.samestat(os.fstat(handle), tmp_path.stat())
        ctypes.set_errno(errno.EIO)
        return -1

    monkeypatch.setattr(volume, "call", failing)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        volume.flush()
    os.close(volume.handle)
    volume.close()  # the system says that it failed: what was flushed was flushed
    volume.close()
    assert not volume.flush(), "nobody watched any longer"


@pytest.mark.parametrize("release", ["5.10.0-33-amd64", "5.16.20", "4.19.0", "", "unknown"])
def test_an_older_system_does_not_say_whether_all_arrived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str
) -> None:
    monkeypatch.setattr(platform, "release", lambda: release)
    volume = Volume(tmp_path)
    assert not volume.flush()
    volume.close()


@pytest.mark.parametrize(
    ("release", "version"), [("6.12.8-amd64", (6, 12)), ("5.17", (5, 17)), ("x", ())]
)
def test_the_version_of_the_kernel(
    monkeypatch: pytest.MonkeyPatch, release: str, version: tuple[int, ...]
) -> None:
    monkeypatch.setattr(platform, "release", lambda: release)
    assert kernel() == version


def test_leftovers_are_removed_and_nothing_else(tmp_path: Path) -> None:
    names = [".a.po.1234.tmp", "x/.b.po.abcd.tmp", "a.po", "x/b.tmp", ".hidden"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    remove_leftovers(tmp_path)
    left = [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()]
    assert sorted(left) == [".hidden", "a.po", "x/b.tmp"]
    remove_leftovers(tmp_path / "none")
