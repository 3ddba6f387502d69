"""``quangba build``: both editions by one command, what was done, and one sentence when not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quangba.cli import commands
from quangba.errors import QuangbaError
from support import make_site

FILES = {"content/index.md": "# A\n\nMột câu.\n", "content/b.md": "# B\n"}


def build(folder: Path, *options: str) -> Result:
    """Run the command in a folder, as English reads it."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner(env={"QUANGBA_LANG": "en"}).invoke(commands, ["build", *options])
    finally:
        os.chdir(here)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    make_site(tmp_path, FILES, languages=("vi", "en", "fr"))
    return tmp_path


def test_it_says_where_the_site_is_and_how_many_pages_were_rendered(site: Path) -> None:
    first = build(site)
    assert first.exit_code == 0
    assert "site: 6 of 6 pages rendered" in first.stdout
    assert (site / "site" / "fr" / "b" / "index.html").is_file()
    assert "site: 0 of 6 pages rendered" in build(site).stdout
    (site / "content" / "b.md").write_text("---\ntitle: B\n---\nHai.\n", encoding="utf-8")
    assert "site: 6 of 6 pages rendered" in build(site).stdout
    (site / "content" / "b.md").write_text("---\ntitle: B\n---\nBa.\n", encoding="utf-8")
    assert "site: 3 of 6 pages rendered" in build(site).stdout
    assert "Ba." in (site / "site" / "b" / "index.html").read_text(encoding="utf-8")


def test_nothing_of_before_is_used_when_asked(site: Path) -> None:
    build(site)
    assert "site: 6 of 6 pages rendered" in build(site, "--anew", "--jobs", "1").stdout


def test_every_edition_is_built_that_has_settings(site: Path) -> None:
    second = "INHERIT: mkdocs.yml\nsite_dir: second\n"
    (site / "mkdocs.kiosk.yml").write_text(second, encoding="utf-8")
    said = build(site).stdout
    assert "site: 6 of 6" in said
    assert "second: 6 of 6" in said
    assert (site / "second" / "index.html").is_file()
    assert "second" not in build(site, "-f", "mkdocs.yml").stdout


def test_a_warning_is_seen_and_ends_a_strict_build_with_the_old_site(site: Path) -> None:
    build(site)
    old = (site / "site" / "index.html").read_bytes()
    (site / "content" / "index.md").write_text("# A\n\n[c](gone.md)\n", encoding="utf-8")
    strict = build(site, "--strict")
    assert strict.exit_code == 1
    assert "gone.md" in strict.stderr
    assert "The old site stays" in strict.stderr
    assert "Traceback" not in strict.output
    assert (site / "site" / "index.html").read_bytes() == old
    loose = build(site)
    assert loose.exit_code == 0
    assert "gone.md" in loose.stderr


def test_what_was_published_before_an_edition_that_fails_is_said(site: Path) -> None:
    (site / "mkdocs.kiosk.yml").write_text("INHERIT: mkdocs.yml\nnav: [\n", encoding="utf-8")
    failed = build(site)
    assert failed.exit_code == 1
    assert "Published before that, and still the new one: site." in failed.stderr
    assert (site / "site" / "index.html").is_file()


@pytest.mark.parametrize(
    ("text", "line"), [("site_name: A\nplugins: [\n", 2), ("site_name: A\n b: c\n", 2)]
)
def test_settings_that_are_no_yaml_are_said_with_their_line(
    tmp_path: Path, text: str, line: int
) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    wrong = build(tmp_path).exception
    assert isinstance(wrong, QuangbaError)
    assert (wrong.problem.code, wrong.problem.file) == ("data-yaml", "mkdocs.yml")
    assert line <= wrong.problem.line <= line + 1
    assert "while parsing" not in wrong.problem.text("vi")


def test_settings_that_are_not_there_are_one_sentence(tmp_path: Path) -> None:
    for options in ([], ["-f", "other.yml"]):
        result = build(tmp_path, *options)
        assert isinstance(result.exception, QuangbaError)
        assert result.exception.problem.code == "config-missing"
    (tmp_path / "mkdocs.yml").write_text("site_name: A\ntheme: {name: none}\n", encoding="utf-8")
    wrong = build(tmp_path).exception
    assert isinstance(wrong, QuangbaError)
    assert wrong.problem.code == "config-wrong"
