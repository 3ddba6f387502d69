"""Fixtures of the tests of the source room."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from quangba.source.markup import Inspector
from quangba.source.segmenter import SegmentExtension
from support import markdown_of

STRANGER = Path(__file__).parents[1] / "sites" / "stranger"


@pytest.fixture(scope="session")
def extension() -> SegmentExtension:
    return SegmentExtension()


@pytest.fixture(scope="session")
def markdown(extension: SegmentExtension) -> Markdown:
    """Markdown with everything that a stranger's site has, and our extension."""
    return markdown_of(STRANGER / "mkdocs.yml", extension)


@pytest.fixture(scope="session")
def inspector() -> Inspector:
    return Inspector(markdown_of(STRANGER / "mkdocs.yml"))
