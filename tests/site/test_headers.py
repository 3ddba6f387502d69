"""What servers, robots and people who find weaknesses are told."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from small import approve, new_site, page, report

from quangba.site.headers import hashes
from support import build

FILES = {"content/index.md": page("Trang chủ", "Chào.", "type: home\n")}


def policy(folder: Path) -> dict[str, list[str]]:
    text = (folder / "_headers").read_text(encoding="utf-8")
    line = next(part for part in text.split("\n") if "Content-Security-Policy" in part)
    directives = (part.split() for part in line.partition(": ")[2].split(";"))
    return {name: sources for name, *sources in directives}


def test_the_policy_allows_the_own_files_and_nothing_else(tmp_path: Path) -> None:
    found = policy(build(new_site(tmp_path, FILES)))
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == found["style-src"] == ["'self'"]
    assert not any("unsafe" in source or "http" in source for s in found.values() for source in s)


def test_only_scripts_of_our_own_templates_keep_to_trusted_types(tmp_path: Path) -> None:
    ours = policy(build(new_site(tmp_path / "ours", FILES)))
    assert ours["require-trusted-types-for"] == ["'script'"]
    assert ours["trusted-types"] == ["quangba"]
    plain = {"quangba": {"templates": ""}, "theme": {"name": "material", "font": False}}
    theirs = policy(build(new_site(tmp_path / "theirs", FILES, **plain)))
    assert "trusted-types" not in theirs, "a theme's scripts would stop"


def test_an_inline_script_is_allowed_by_its_hash_and_data_blocks_are_not_named() -> None:
    code = "console.log('a')"
    text = (
        f'<script type="application/ld+json">{{}}</script><script>{code}</script>'
        '<script src="a.js"></script>'
    )
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert list(hashes(text.encode("utf-8"))) == [f"'sha256-{digest}'"]


def test_a_script_that_came_with_a_text_is_said_and_its_hash_does_not_let_it_run(
    tmp_path: Path,
) -> None:
    files = {"content/index.md": "# Trang\n\n<SCRIPT>console.log(1)</SCRIPT>\n"}
    config = new_site(tmp_path, files, languages=("vi",))
    assert policy(build(config))["script-src"] == ["'self'"]
    assert "index.html: trang dựng ra có mã viết ngay trong trang" in report(config)
    with pytest.raises(Abort):
        build(config, strict=True)


def test_robots_are_led_to_the_sitemap_only_by_its_address(tmp_path: Path) -> None:
    robots = (build(new_site(tmp_path / "a", FILES)) / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://example.test/sitemap.xml" in robots
    robots = (build(new_site(tmp_path / "b", FILES, site_url="")) / "robots.txt").read_text()
    assert "Sitemap" not in robots


def test_security_txt_exists_only_with_a_contact_and_expires_a_year_after_the_last_approval(
    tmp_path: Path,
) -> None:
    files = {**FILES, "content/_data/units.yml": 'so-du-lich: {name: "Sở Du lịch"}\n'}
    options = {"gate": True, "sample": True}
    config = new_site(tmp_path / "a", files, quangba=options)
    approve(config)
    assert not (build(config) / ".well-known").exists()
    contact = {**options, "security_contact": "mailto:an-ninh@example.test"}
    config = new_site(tmp_path / "b", files, quangba=contact)
    approve(config)
    text = (build(config) / ".well-known" / "security.txt").read_text(encoding="utf-8")
    fields = dict(line.split(": ", 1) for line in text.strip().split("\n")[1:])
    assert text.startswith("#"), "a comment, by which the next build knows it"
    assert fields["Contact"] == "mailto:an-ninh@example.test"
    assert fields["Expires"].endswith("T00:00:00Z")
    assert fields["Canonical"] == "https://example.test/.well-known/security.txt"
    # Without the contact it goes; what a server keeps there stays.
    (tmp_path / "b/site/.well-known/token").write_text("token", encoding="utf-8")
    text = config.read_text(encoding="utf-8").replace("mailto:an-ninh@example.test", "")
    config.write_text(text, encoding="utf-8")
    hidden = build(config) / ".well-known"
    assert [path.name for path in hidden.iterdir()] == ["token"]
