"""The file of a release: no bit of it is free, and others read it as a tar."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sealed import NEW_KEY, OLD_KEY, STRANGER, manifest, pack, put, site, unpack, write

from quangba.kiosk.archive import BLOCK, head, header
from quangba.kiosk.keys import key_id
from quangba.kiosk.manifest import MANIFEST, SIGNATURE, SITE
from quangba.kiosk.refusal import Refusal
from quangba.kiosk.releases import SignedRelease, find, read_release
from quangba.kiosk.signing import sign

KEYS = {key_id(key.public_key()): key.public_key() for key in (OLD_KEY, NEW_KEY)}
GOOD = pack(120)


def verify(path: Path) -> SignedRelease:
    found = read_release(path, KEYS)
    found.verify()
    return found


def refused(path: Path) -> str:
    """Return the code of the refusal of a release."""
    with pytest.raises(Refusal) as error:
        verify(path)
    return error.value.problem.code


def refused_bytes(folder: Path, data: bytes) -> str:
    write(folder, {"a.qbk": data})
    return refused(folder / "a.qbk")


def repacked(change: str) -> bytes:
    """Pack the good release again by another program, with one thing changed."""
    source = tarfile.open(fileobj=io.BytesIO(GOOD))  # noqa: SIM115
    target = io.BytesIO()
    members = [(member, source.extractfile(member)) for member in source.getmembers()]
    if change == "reordered":
        members[3], members[4] = members[4], members[3]
    if change == "missing":
        del members[4]
    if change == "twice":
        members.insert(4, members[3])
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for number, (member, content) in enumerate(members):
            if number == 4:
                if change in ("symlink", "hardlink"):
                    member.type = {"symlink": tarfile.SYMTYPE, "hardlink": tarfile.LNKTYPE}[change]
                    member.linkname, member.size, content = "/etc/passwd", 0, None
                if change in ("device", "fifo", "folder"):
                    kinds = {"device": tarfile.CHRTYPE, "fifo": tarfile.FIFOTYPE}
                    member.type = kinds.get(change, tarfile.DIRTYPE)
                    member.size, content = 0, None
                names = {"absolute": "/etc/cron.d/x", "escaping": "../../x", "renamed": "site/x"}
                member.name = names.get(change, member.name)
                if change == "setuid":
                    member.mode = 0o4755
                if change == "owner":
                    member.uname = "root"
                if change == "later":
                    member.mtime += 1
            archive.addfile(member, content)
        if change == "extra":
            archive.addfile(tarfile.TarInfo("site/extra.html"), io.BytesIO())
    return target.getvalue()


# Sound releases


def test_a_release_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, 120, keys=[OLD_KEY, NEW_KEY])
    found = verify(path)
    assert found.manifest == manifest(120)
    assert found.signers == tuple(sorted(KEYS))


def test_it_is_a_plain_tar_for_everybody_else() -> None:
    with tarfile.open(fileobj=io.BytesIO(GOOD)) as archive:
        members = archive.getmembers()
        assert [member.name for member in members[:2]] == [MANIFEST, SIGNATURE]
        files = {member.name: archive.extractfile(member) for member in members[2:]}
    assert list(files) == [f"{SITE}/{path}" for path in sorted(site(120))]
    assert {name: file.read() for name, file in files.items() if file} == {
        f"{SITE}/{path}": data for path, data in site(120).items()
    }
    for member in members:
        assert (member.mode, member.uid, member.gid, member.uname, member.gname) == (
            420,
            0,
            0,
            "",
            "",
        )
        assert member.mtime == manifest(120).created.timestamp()


def test_long_names_are_as_the_standard_has_them() -> None:
    for path in ("a" * 100, "d" * 90 + "/" + "f" * 100, "đ/" * 60 + "ảnh.webp"):
        block = header(path, 0, 0)
        assert len(block) == BLOCK
        assert tarfile.TarInfo.frombuf(block, "utf-8", "strict").name == path
    with pytest.raises(ValueError, match="x"):
        header("x" * 101, 0, 0)


def test_an_unpacked_release_is_read(tmp_path: Path) -> None:
    assert verify(unpack(tmp_path / "a", 120)).manifest == manifest(120)


def test_what_lies_on_a_stick(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "b.qbk": b"",
            "A.QBK": b"",
            "._a.qbk": b"",
            "a.qbk.part": b"",
            "x/c.qbk": b"",
            "d.txt": b"",
        },
    )
    assert [path.name for path in find(tmp_path)] == ["A.QBK", "b.qbk"]
    assert find(tmp_path / "d.txt") == [tmp_path / "d.txt"]
    folder = unpack(tmp_path / "e", 120)
    assert find(folder) == [folder]


# Altered releases


@pytest.fixture
def flip(tmp_path: Path) -> Iterator[Callable[[int, int], Path]]:
    """Flip one bit of the good release, and the one before back; return the file."""
    path = tmp_path / "flipped.qbk"
    path.write_bytes(GOOD)
    before: list[int] = []
    with path.open("r+b", buffering=0) as stream:

        def flipped(place: int, bit: int) -> Path:
            for old in before:
                os.pwrite(stream.fileno(), GOOD[old : old + 1], old)
            os.pwrite(stream.fileno(), bytes([GOOD[place] ^ 1 << bit]), place)
            before[:] = [place]
            return path

        yield flipped


def test_every_bit_of_the_signed_part_counts(flip: Callable[[int, int], Path]) -> None:
    signed = len(head(manifest(120).encode(), sign(manifest(120).encode(), [OLD_KEY]), 0))
    for place in range(signed):
        for bit in range(place % 3, 8, 3):
            with pytest.raises(Refusal):
                read_release(flip(place, bit), KEYS)


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, len(GOOD) - 1), bit=st.integers(0, 7))
def test_every_bit_counts(place: int, bit: int) -> None:
    data = bytearray(GOOD)
    data[place] ^= 1 << bit
    with TemporaryDirectory() as folder:
        refused_bytes(Path(folder), bytes(data))


def test_headers_and_paddings_count_too(flip: Callable[[int, int], Path]) -> None:
    with tarfile.open(fileobj=io.BytesIO(GOOD)) as archive:
        contents = [range(m.offset_data, m.offset_data + m.size) for m in archive.getmembers()]
    free = set(range(len(GOOD))) - {place for content in contents for place in content}
    for place in sorted(free)[::13]:
        assert refused(flip(place, place % 8)) == "kiosk-altered"


def test_a_file_that_ends_too_early(tmp_path: Path) -> None:
    for size in range(0, len(GOOD), 131):
        assert refused_bytes(tmp_path, GOOD[:size]) == "kiosk-cut"


def test_a_file_that_goes_on(tmp_path: Path) -> None:
    for more in (b"\0", bytes(512), b"x", GOOD):
        assert refused_bytes(tmp_path, GOOD + more) == "kiosk-altered"


@pytest.mark.parametrize(
    "change",
    [
        "absolute", "device", "escaping", "extra", "fifo", "folder", "hardlink", "later", "missing",
        "owner", "renamed", "reordered", "setuid", "symlink", "twice",
    ],
)  # fmt: skip
def test_a_tar_with_something_else_in_it(tmp_path: Path, change: str) -> None:
    assert refused_bytes(tmp_path, repacked(change)) in ("kiosk-altered", "kiosk-cut")


def test_a_pax_or_gnu_header_is_not_followed(tmp_path: Path) -> None:
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode="w", format=form) as archive:
            archive.addfile(tarfile.TarInfo("x/" * 90 + MANIFEST), io.BytesIO())
        assert refused_bytes(tmp_path, target.getvalue()) == "kiosk-altered"


def test_sizes_that_nobody_could_store_are_not_believed(tmp_path: Path) -> None:
    for size in (17 << 20, 8**11 - 1):
        assert refused_bytes(tmp_path, header(MANIFEST, size, 0) + bytes(1024)) == "kiosk-altered"
    huge = header(MANIFEST, 0, 0)[:124] + b"\x80" + b"\xff" * 11 + header(MANIFEST, 0, 0)[136:]
    assert refused_bytes(tmp_path, huge) == "kiosk-altered"


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_bytes_that_are_no_release(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        assert refused_bytes(Path(folder), data) in ("kiosk-cut", "kiosk-altered")


def test_a_signature_over_other_bytes(tmp_path: Path) -> None:
    other = pack(121)
    start, end = other.index(b"ed25519 "), other.index(b"ed25519 ") + 114
    place = GOOD.index(b"ed25519 ")
    assert refused_bytes(tmp_path, GOOD[:place] + other[start:end] + GOOD[place + 114 :]) == (
        "kiosk-signature"
    )


def test_a_key_that_nobody_trusts(tmp_path: Path) -> None:
    assert refused(put(tmp_path, 120, keys=[STRANGER])) == "kiosk-key-unknown"


# What is no file


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_links_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    good = put(tmp_path / "elsewhere", 120)
    (tmp_path / "link.qbk").symlink_to(good)
    os.mkfifo(tmp_path / "pipe.qbk")
    (tmp_path / "device.qbk").symlink_to("/dev/zero")
    for path in find(tmp_path):
        assert refused(path) == "kiosk-not-a-file"
    assert refused(Path("/dev/zero")) == "kiosk-not-a-file"


def test_an_empty_folder_with_the_name_of_a_release(tmp_path: Path) -> None:
    (tmp_path / "a.qbk").mkdir()
    assert refused(tmp_path / "a.qbk") == "kiosk-unreadable"


# Unpacked releases


def test_an_unpacked_release_is_judged_like_a_packed_one(tmp_path: Path) -> None:
    folder = unpack(tmp_path / "a", 120)
    page = folder / SITE / "index.html"
    good = page.read_bytes()
    for bad in (good[:-1], good + b"x", good[:-1] + b"?", b""):
        page.write_bytes(bad)
        assert refused(folder) in ("kiosk-altered", "kiosk-cut")
    page.unlink()
    assert refused(folder) == "kiosk-altered"
    page.symlink_to(tmp_path / "a" / MANIFEST)
    assert refused(folder) == "kiosk-altered"
    page.unlink()
    page.write_bytes(good)
    assert verify(folder)
    (folder / SITE / "extra.html").write_bytes(b"")
    assert refused(folder) == "kiosk-altered"


def test_folders_of_an_unpacked_release_are_no_links(tmp_path: Path) -> None:
    folder = unpack(tmp_path / "a", 120)
    (folder / SITE / "ja").rename(tmp_path / "ja")
    (folder / SITE / "ja").symlink_to(tmp_path / "ja")
    assert refused(folder) == "kiosk-altered"


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE])
def test_the_signed_part_of_an_unpacked_release(tmp_path: Path, name: str) -> None:
    folder = unpack(tmp_path / "a", 120)
    path = folder / name
    good = path.read_bytes()
    path.write_bytes(good + b"\n")
    assert refused(folder) == "kiosk-signature"
    with path.open("wb") as stream:
        stream.truncate(17 << 20)
    assert refused(folder) == "kiosk-altered"
    path.unlink()
    assert refused(folder) == "kiosk-unreadable"
    path.symlink_to("/dev/zero")
    assert refused(folder) == "kiosk-not-a-file"


# Sticks that fail


class Failing(io.FileIO):
    """A file on a stick that is pulled out after some bytes."""

    left = 2000

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if Failing.left <= 0:
            raise OSError(5, "Input/output error")
        count = super().readinto(buffer[: min(len(buffer), 700)])
        Failing.left -= count
        return count


def test_short_reads_and_read_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, 120)

    def failing(name: Path, mode: str, opener: object) -> io.BufferedReader:
        return io.BufferedReader(Failing(name, mode), 512)

    monkeypatch.setattr("quangba.kiosk.archive.open", failing, raising=False)
    Failing.left = 10**9
    assert verify(path)
    for left in range(0, len(GOOD), 701):
        Failing.left = left
        assert refused(path) == "kiosk-unreadable"
