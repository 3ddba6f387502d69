"""
ProperDocs goes on with MkDocs 1; our plugin and static-i18n must build the same site there.

It runs in a process of its own: it answers every ``import mkdocs`` with its own modules.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from support import make_site, translate

FILES = {
    "content/index.md": "# Vịnh Hạ Long\n\nVé tàu: {fact:ticket}.\n\n!!! note\n    Mang áo mưa.\n",
    "content/visit/co-to.md": "# Cô Tô\n\n[Về trang đầu](../index.md)\n",
    "content/_data/facts.yml": (
        "ticket: {label: Giá vé, value: 300000, kind: number, as_of: 2026,"
        " source: {title: Bảng giá, publisher: Cảng}}\n"
    ),
    "overrides/main.html": (
        "<!doctype html><title>{{ page.title }}</title>{{ page.content }}"
        "{% for item in nav %}<a href='{{ item.url | url }}'>{{ item.title }}</a>{% endfor %}"
    ),
}


def built(program: str, config: Path, folder: Path) -> dict[str, bytes]:
    """Build a site with a program; return its files by path."""
    command = [sys.executable, "-m", program, "build", "--strict", "-f", str(config)]
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "SOURCE_DATE_EPOCH": "1795000000",
    }
    done = subprocess.run(
        [*command, "-d", str(folder)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.skipif(find_spec("properdocs") is None, reason="ProperDocs is not installed")
def test_properdocs_builds_the_same_site(tmp_path: Path) -> None:
    config = make_site(
        tmp_path / "site",
        FILES,
        theme={"name": None, "custom_dir": str(tmp_path / "site/overrides")},
        quangba={"publish": "translated"},
    )
    translate(config, lambda language, message: f"EN {message.msgid}")
    ours = built("mkdocs", config, tmp_path / "mkdocs")
    assert "EN Vịnh Hạ Long".encode() in ours["en/index.html"]
    assert b"300,000" in ours["en/index.html"]
    assert built("properdocs", config, tmp_path / "properdocs") == ours
