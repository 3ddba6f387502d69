"""Keys and signatures: made with care, read strictly, and every bit counts."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from sealed import NEW_KEY, OLD_KEY, STRANGER, write

from quangba.errors import QuangbaError
from quangba.kiosk.keys import key_id, public_line, read_keys, signers
from quangba.kiosk.refusal import Refusal
from quangba.kiosk.signing import load_key, make_key, sign

MANIFEST = b'{"serial":120}\n'
TRUSTED = {key_id(key.public_key()): key.public_key() for key in (OLD_KEY, NEW_KEY)}


def code(error: pytest.ExceptionInfo[QuangbaError]) -> str:
    return error.value.problem.code


def never(path: Path) -> str:
    raise AssertionError("no passphrase is needed")


# Private keys


def test_a_key_is_made_loaded_and_signs(tmp_path: Path) -> None:
    private, public = make_key(tmp_path / "keys", "release-2026", "")
    assert (private.name, public.name) == ("release-2026.pem", "release-2026.pub")
    if os.name != "nt":
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    trusted = read_keys(public.parent)
    signature = sign(MANIFEST, [load_key(private, never)])
    assert signers(MANIFEST, signature, trusted, "a") == tuple(trusted)


def test_the_umask_does_not_open_a_private_key(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        private, _ = make_key(tmp_path, "open", "")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(private.stat().st_mode) == 0o600


def test_a_passphrase_is_asked_for_and_must_be_right(tmp_path: Path) -> None:
    private, _ = make_key(tmp_path, "release", "chìa khóa")
    assert b"ENCRYPTED" in private.read_bytes()
    load_key(private, lambda path: "chìa khóa")
    for wrong in ("", "chia khoa"):
        with pytest.raises(QuangbaError) as error:
            load_key(private, lambda path, answer=wrong: answer)
        assert code(error) == "kiosk-key-passphrase"


@pytest.mark.parametrize("name", ["", "a b", "../a", "A", "a.pem", "-"])
def test_a_name_that_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuangbaError) as error:
        make_key(tmp_path, name, "")
    assert code(error) == "kiosk-key-name"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["release.pem", "release.pub"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    write(tmp_path, {there: b"mine"})
    with pytest.raises(QuangbaError) as error:
        make_key(tmp_path, "release", "")
    assert code(error) == "kiosk-key-exists"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"mine"]


@pytest.mark.parametrize("git", ["folder", "file"], ids=["clone", "worktree"])
def test_no_private_key_in_a_work_tree(tmp_path: Path, git: str) -> None:
    outside, inside = tmp_path / "safe", tmp_path / "clone" / "keys"
    inside.mkdir(parents=True)
    if git == "folder":
        (inside.parent / ".git").mkdir()
    else:
        (inside.parent / ".git").write_text("gitdir: elsewhere\n")
    with pytest.raises(QuangbaError) as error:
        make_key(inside, "release", "")
    assert code(error) == "kiosk-key-inside"
    assert list(inside.iterdir()) == []
    private, _ = make_key(outside, "release", "")
    private.rename(inside / "moved.pem")
    with pytest.raises(QuangbaError) as error:
        load_key(inside / "moved.pem", never)
    assert code(error) == "kiosk-key-inside"


def test_a_link_into_a_work_tree_is_seen(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    (clone / ".git").mkdir(parents=True)
    (tmp_path / "keys").symlink_to(clone)
    with pytest.raises(QuangbaError) as error:
        make_key(tmp_path / "keys", "release", "")
    assert code(error) == "kiosk-key-inside"


ELLIPTIC = ec.generate_private_key(ec.SECP256R1()).private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0" * 100_000, id="zeros"),
        pytest.param(public_line(OLD_KEY.public_key()).encode(), id="public"),
        pytest.param(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", id="cut"),
        pytest.param(ELLIPTIC, id="another-kind"),
    ],
)
def test_a_file_that_is_no_key(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"key.pem": data})
    with pytest.raises(QuangbaError) as error:
        load_key(tmp_path / "key.pem", never)
    assert code(error) == "kiosk-key-wrong"


def test_a_key_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuangbaError) as error:
        load_key(tmp_path / "key.pem", never)
    assert code(error) == "file-missing"


# Public keys


def test_other_files_among_the_keys_do_not_count(tmp_path: Path) -> None:
    line = public_line(OLD_KEY.public_key())
    other = public_line(NEW_KEY.public_key())
    write(
        tmp_path,
        {
            "good.pub": line.replace("\n", "\r\n").encode(),
            "note.txt": other.encode(),
            "id.pub": (line[:8] + other[8:24] + line[24:]).encode(),
            "cut.pub": other[:40].encode(),
            "empty.pub": b"",
        },
    )
    (tmp_path / "folder.pub").mkdir()
    assert list(read_keys(tmp_path)) == [key_id(OLD_KEY.public_key())]
    assert read_keys(tmp_path / "none") == {}


# Signatures


def test_two_keys_sign_while_keys_change() -> None:
    signature = sign(MANIFEST, [OLD_KEY, NEW_KEY])
    assert signature == sign(MANIFEST, [NEW_KEY, OLD_KEY])
    assert signers(MANIFEST, signature, TRUSTED, "a") == tuple(sorted(TRUSTED))
    for name in TRUSTED:
        assert signers(MANIFEST, signature, {name: TRUSTED[name]}, "a") == (name,)


def test_every_bit_of_a_signature_counts() -> None:
    good = sign(MANIFEST, [OLD_KEY])
    for bit in range(8 * len(good)):
        data = bytearray(good)
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refusal):
            signers(MANIFEST, bytes(data), TRUSTED, "a")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_signature(data: bytes) -> None:
    with pytest.raises(Refusal) as error:
        signers(MANIFEST, data, TRUSTED, "a")
    assert code(error) == "kiosk-signature"


def line(key: str, value: bytes) -> bytes:
    return f"ed25519 {key} {base64.b64encode(value).decode()}\n".encode()


def test_signatures_that_are_refused() -> None:
    good = sign(MANIFEST, [OLD_KEY])
    old, new = (key_id(key.public_key()) for key in (OLD_KEY, NEW_KEY))
    wrong = line(new, bytes(64))
    for data in (
        good * 2,
        good + good.replace(old.encode(), new.encode()),
        good + wrong,
        sign(MANIFEST, [OLD_KEY, NEW_KEY, STRANGER]),
        good + b"\n",
        good.replace(b"\n", b"\r\n"),
        good.upper(),
        b"",
    ):
        with pytest.raises(Refusal) as error:
            signers(MANIFEST, data, TRUSTED, "a")
        assert code(error) == "kiosk-signature"
    with pytest.raises(Refusal) as error:
        signers(MANIFEST, sign(b"other bytes", [OLD_KEY]), TRUSTED, "a")
    assert code(error) == "kiosk-signature"
    with pytest.raises(Refusal) as error:
        signers(MANIFEST, sign(MANIFEST, [STRANGER]), TRUSTED, "a")
    assert code(error) == "kiosk-key-unknown"
