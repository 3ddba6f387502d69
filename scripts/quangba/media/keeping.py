"""Keeping: files that can be made again, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from quangba.files import discard, unwritable


def keep(path: Path, data: bytes) -> None:
    """
    Replace a file of a cache by rename, without waiting for the disk.

    A power cut may leave it empty: who reads it looks whether it is whole. Raises ``QuangbaError``
    (``file-unwritable``).
    """
    temporary = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        discard(str(temporary))


def keep_sealed(path: Path, data: bytes) -> None:
    """Keep a file with the SHA-256 of its bytes in front of them; raises as :func:`keep`."""
    keep(path, hashlib.sha256(data).digest() + data)


def sealed(path: Path) -> bytes | None:
    """Return what :func:`keep_sealed` kept; None when it is not there or not as it was written."""
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    checksum, data = stored[:32], stored[32:]
    return data if hashlib.sha256(data).digest() == checksum else None
