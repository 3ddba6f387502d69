"""
Signing: private keys, which stay with the people who release and never enter a repository.

A private key is a PKCS #8 file in PEM form, with or without a passphrase. Ed25519 needs no chance
to sign: the same release signed twice has the same bytes.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from quangba.errors import QuangbaError
from quangba.files import opener, sync_folders, unwritable
from quangba.kiosk.keys import key_id, public_line

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A key's name is that of its files: ``release-2026``."""

ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
"""How a PKCS #8 file with a passphrase begins (RFC 7468 §11)."""

KEY_LARGEST = 64 << 10
"""Bytes of a file that may be a key; real ones have some hundred."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def make_key(folder: Path, name: str, passphrase: str) -> tuple[Path, Path]:
    """
    Make a key; return its private file ``<name>.pem`` (mode 0600) and its public ``<name>.pub``.

    Without a passphrase the private key is readable for whoever has the file. Raises
    ``QuangbaError`` for a name that is none, for files that are there already, and for a folder
    in a git work tree, where a private key would sooner or later be published.
    """
    if not NAME.fullmatch(name):
        raise QuangbaError("kiosk-key-name", name)
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    refuse_repository(private)
    for path in (private, public):
        if os.path.lexists(path):
            raise QuangbaError("kiosk-key-exists", path)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode("utf-8"))
        if passphrase
        else serialization.NoEncryption(),
    )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(private, pem, 0o600)
        write_new(public, public_line(key.public_key()).encode(), 0o644)
    except OSError as error:
        raise unwritable(private, error) from error
    sync_folders([folder])
    return private, public


def write_new(path: Path, data: bytes, mode: int) -> None:
    """Write a file that must not be there yet."""
    with open(path, "xb", opener=opener(mode)) as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def load_key(path: Path, ask: Callable[[Path], str]) -> Ed25519PrivateKey:
    """
    Read a private key; ``ask(path)`` is called for its passphrase when it has one.

    Raises ``QuangbaError``: no such file, inside a repository, no Ed25519 key, wrong passphrase.
    """
    if not path.is_file():
        raise QuangbaError("file-missing", path)
    refuse_repository(path)
    with path.open("rb") as stream:
        data = stream.read(KEY_LARGEST)
    password = ask(path).encode("utf-8") if data.lstrip().startswith(ENCRYPTED) else None
    try:
        key = serialization.load_pem_private_key(data, password or None)
    except (TypeError, ValueError, UnsupportedAlgorithm) as error:
        # A key with a passphrase is a TypeError without one, and a ValueError with a wrong one.
        code = "kiosk-key-wrong" if password is None else "kiosk-key-passphrase"
        raise QuangbaError(code, path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise QuangbaError("kiosk-key-wrong", path)
    return key


def refuse_repository(path: Path) -> None:
    """Raise ``QuangbaError`` (``kiosk-key-inside``) for a path in a git work tree."""
    for folder in path.resolve().parents:
        if (folder / ".git").exists():
            raise QuangbaError("kiosk-key-inside", path, folder=folder)


def sign(manifest: bytes, keys: Sequence[Ed25519PrivateKey]) -> bytes:
    """Return the signature file for the bytes of a manifest, a line for each key, by their ids."""
    lines = {}
    for key in keys:
        value = base64.b64encode(key.sign(manifest)).decode()
        name = key_id(key.public_key())
        lines[name] = f"ed25519 {name} {value}\n"
    return "".join(lines[name] for name in sorted(lines)).encode()
