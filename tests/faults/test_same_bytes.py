"""The same commit gives the same bytes and the same modes, wherever and whenever it is built."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from twice import ROOMS, build_in, differences

from faulty import tree
from quangba import cli_init
from quangba.catalogs.approval import approve_page
from support import sync

SITE = Path(__file__).parents[1] / "sites" / "thanh-hoa"

OTHERS = re.compile(r"^ +- \{locale: (?:en|ko|ium),.*\n", re.MULTILINE)

EDITIONS = ("mkdocs.yml", "mkdocs.kiosk.yml")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither umask nor TZ")
def test_two_rooms_build_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small province, with both editions, pictures, cards, cut fonts, feeds and calendars."""
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    project = tmp_path / "project"
    shutil.copytree(SITE, project)
    # Two languages tell as much as five, in half the time.
    config = project / "mkdocs.yml"
    config.write_text(OTHERS.sub("", config.read_text(encoding="utf-8")), encoding="utf-8")
    cli_init.lay_templates(project, ["vi", "lo"])
    workspace = sync(config)
    for name in workspace.names:
        assert approve_page(workspace, name, "Bài thử", "") == [], name
    built = []
    for number, room in enumerate(ROOMS):
        root = shutil.copytree(project, tmp_path / f"room {number}" / "site")
        for edition in EDITIONS:
            build_in(room, root, edition)
        built.append(root / "site")
    assert list(differences(*built)) == []
    files = [found for name, found in tree(built[0]).items() if not name.endswith(".lock")]
    modes = {found[0] for found in files if isinstance(found, tuple)}
    assert modes == {0o644, 0o755}, "web servers must be able to read"
