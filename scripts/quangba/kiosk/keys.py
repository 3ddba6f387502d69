"""
Keys: whose releases a device takes. Ed25519 (RFC 8032), public part only.

A public key is a line of text, ``ed25519 <id> <base64>``, in a file ``<name>.pub``; its id is the
first 16 hexadecimal digits of the SHA-256 of its 32 bytes. A signature file holds a line
``ed25519 <id> <base64>`` for each key that signed, at most two: the old key and the new one.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from quangba.errors import QuangbaError
from quangba.kiosk.refusal import Refusal

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PUBLIC = re.compile(rb"ed25519 ([0-9a-f]{16}) ([A-Za-z0-9+/]{43}=)\r?\n?")
"""``ed25519 0123456789abcdef <44 characters>``; an editor on Windows may end it its own way."""

SIGNATURE = re.compile(rb"ed25519 ([0-9a-f]{16}) ([A-Za-z0-9+/]{86}==)\n")

SIGNATURES = 2
"""Lines that a signature file may have."""

SIGNATURE_LARGEST = 512
"""Bytes that a signature file may have; two lines have 228."""

Keys = dict[str, Ed25519PublicKey]
"""Trusted keys by their ids."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def key_id(key: Ed25519PublicKey) -> str:
    """Return the id of a key: 16 hexadecimal digits."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def public_line(key: Ed25519PublicKey) -> str:
    """Return the content of a ``.pub`` file."""
    return f"ed25519 {key_id(key)} {base64.b64encode(key.public_bytes_raw()).decode()}\n"


def read_keys(folder: Path) -> Keys:
    """
    Return the keys in a folder; a file that holds none is none, and others still count.

    Raises ``QuangbaError`` (``file-unreadable``) for a file that cannot be read.
    """
    found = {}
    for path in sorted(folder.glob("*.pub")):
        try:
            data = path.read_bytes() if path.is_file() else b""
        except OSError as error:
            what = error.strerror or str(error)
            raise QuangbaError("file-unreadable", path, what=what) from error
        matched = PUBLIC.fullmatch(data)
        if matched:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(matched[2]))
            if key_id(key).encode() == matched[1]:
                found[key_id(key)] = key
    return found


def signers(manifest: bytes, signature: bytes, keys: Keys, file: str) -> tuple[str, ...]:
    """
    Verify a signature file over the bytes of a manifest; return the ids of the keys that signed.

    Every line by a trusted key must be right, and there must be one: a line by another key says
    nothing here. Raises :class:`Refusal` (``kiosk-signature``, ``kiosk-key-unknown``).
    """
    lines = signature.splitlines(keepends=True)
    matched = [SIGNATURE.fullmatch(line) for line in lines]
    ids = [found[1].decode() for found in matched if found]
    if not 1 <= len(lines) <= SIGNATURES or len(set(ids)) != len(lines):
        raise Refusal("kiosk-signature", file)
    trusted = [found for found in matched if found and found[1].decode() in keys]
    if not trusted:
        raise Refusal("kiosk-key-unknown", file, key=", ".join(ids))
    for found in trusted:
        value = base64.b64decode(found[2])
        # The last character holds four bits that belong to no byte.
        if base64.b64encode(value) != found[2]:
            raise Refusal("kiosk-signature", file)
        try:
            keys[found[1].decode()].verify(value, manifest)
        except InvalidSignature as error:
            raise Refusal("kiosk-signature", file) from error
    return tuple(found[1].decode() for found in trusted)
