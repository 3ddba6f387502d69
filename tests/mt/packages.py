"""Helpers of the tests: translation packages made on the spot, good and hostile."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quangba.mt import manifest
from quangba.mt.manifest import Release

FILES: dict[str, bytes] = {
    "README.md": b"# Test package\n",
    "sentencepiece.model": b"pieces",
    "model/config.json": b"{}",
    "model/model.bin": bytes(range(256)) * 40,
    "model/shared_vocabulary.json": b'["<s>", "</s>"]',
}
"""What every real package has, beside ``metadata.json``; enough for the store, not to translate."""


def make_metadata(source: str, target: str, version: str, **more: Any) -> dict[str, Any]:
    """Return the metadata of a package as the real ones write it."""
    return {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": source,
        "from_name": source.upper(),
        "to_code": target,
        "to_name": target.upper(),
        **more,
    }


def make_archive(
    path: Path,
    *,
    source: str,
    target: str,
    version: str,
    folder: str | None = None,
    files: Mapping[str, bytes | None] | None = None,
    metadata: Mapping[str, Any] | bytes | None = None,
) -> Path:
    """
    Write an ``.argosmodel`` file and return its path.

    ``folder`` is the zip's top folder; ``files`` are added to :data:`FILES`, or removed by None;
    ``metadata`` is added to the usual entries, or is the whole file.
    """
    if not isinstance(metadata, bytes):
        metadata = json.dumps(make_metadata(source, target, version, **metadata or {})).encode()
    top = folder or f"translate-{source}_{target}-{version.replace('.', '_')}"
    content = {"metadata.json": metadata, **FILES, **(files or {})}
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            if data is not None:
                archive.writestr(f"{top}/{name}", data)
    return path


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def release_of(path: Path, source: str, target: str, version: str) -> Release:
    """Return the release that a file would be, if it were published."""
    size = path.stat().st_size
    return Release(source, target, version, size, digest_of(path), manifest.CC_BY, "Somebody")
