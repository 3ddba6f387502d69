from __future__ import annotations

from pathlib import Path

import pytest
from photos import SIDECAR, Maker, scene
from PIL import Image


@pytest.fixture
def photo(tmp_path: Path) -> Maker:
    """Make a picture below ``content/images`` with its licence, and return its path."""

    def make(name: str = "a.jpg", image: Image.Image | None = None, **options: object) -> Path:
        path = tmp_path / "content" / "images" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (image or scene(900, 600)).save(path, **options)
        path.with_name(f"{name}.yml").write_text(SIDECAR, encoding="utf-8")
        return path

    return make
