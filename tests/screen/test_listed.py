"""Every file of the screens is on the list of what is shipped, or made by the build."""

from __future__ import annotations

from pathlib import Path

from quangba.supply.parts import read_parts, unlisted
from quangba.supply.reuse import read_statements

ROOT = Path(__file__).parents[2]


def test_nothing_is_published_that_is_not_listed(kiosk: Path) -> None:
    parts = read_parts(ROOT, read_statements(ROOT))
    assert [each.file for each in unlisted(kiosk, parts)] == []
