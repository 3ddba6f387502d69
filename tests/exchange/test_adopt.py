"""Adopting translated Markdown: what fits is taken, what does not is told, nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_site import Site
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quangba.catalogs.message import State
from quangba.cli import commands
from quangba.exchange.adopt import Adopted, Adopter, align
from quangba.source.segment import Segment

PAGE = ("# Vịnh", "Vé mua [tại cảng](port.md).", "## Đường đi", "- Tàu", "- Xe", "Đi sớm.")
OTHER = ("# Bay", "Buy tickets [at the port](port.md).", "## Ways", "- Boat", "- Bus", "Go early.")

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site", "en ja")
    site.page("port.md", "# Cảng")
    site.page("bay.md", *PAGE, meta='title: "Vịnh đẹp"')
    site.sync()
    return site


def old(site: Site, name: str, *paragraphs: str, meta: str = "") -> Path:
    """Write a file of the old site."""
    path = site.root / "old" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"---\n{meta}\n---\n" if meta else ""
    path.write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return path


def adopt(site: Site, code: str = "en", *, write: bool = True) -> Adopted:
    workspace = site.workspace()
    adopter = Adopter(workspace, site.root / "old")
    return adopter.run(site.language(code), workspace.names, write=write)


def codes(result: Adopted) -> list[str]:
    return [problem.code for problem in result.report.problems]


# ----------------------------------------------------------------------------
# What fits
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bay.en.md", "en/bay.md", "bay.md"])
def test_a_translation_is_found_under_the_names_that_sites_use(site: Site, name: str) -> None:
    old(site, name, *OTHER, meta='title: "Beautiful bay"')
    result = adopt(site)
    assert (result.files, result.taken, result.left, codes(result)) == (1, 7, 0, [])
    assert site.texts("bay.po")["Vịnh đẹp"] == "Beautiful bay"
    assert site.texts("bay.po")["Đi sớm."] == "Go early."


def test_what_is_taken_is_translated_and_says_where_it_is_from(site: Site) -> None:
    old(site, "bay.en.md", *OTHER)
    adopt(site)
    message = site.catalog("bay.po").index()[(None, "Đi sớm.")]
    assert message.state is State.TRANSLATED
    assert message.comments == ["from: old/bay.en.md:11"]


def test_nobodys_own_folders_are_told_to_everybody(site: Site, tmp_path: Path) -> None:
    old(site, "bay.en.md", *OTHER)
    (site.root / "old").rename(tmp_path / "mine")
    workspace = site.workspace()
    Adopter(workspace, tmp_path / "mine").run(site.language("en"), workspace.names)
    message = site.catalog("bay.po").index()[(None, "Đi sớm.")]
    assert message.comments == ["from: mine/bay.en.md:11"]


def test_a_second_time_changes_nothing(site: Site) -> None:
    old(site, "bay.en.md", *OTHER)
    adopt(site)
    before = site.snapshot()
    result = adopt(site)
    assert (result.taken, result.kept) == (0, 0)
    assert site.snapshot() == before


def test_links_to_pages_in_the_language_become_links_to_pages(site: Site) -> None:
    old(site, "bay.en.md", *(p.replace("(port.md)", "(port.en.md)") for p in OTHER))
    adopt(site)
    assert site.texts("bay.po")[PAGE[1]] == OTHER[1]


def test_the_old_source_decides_what_a_text_was_made_from(site: Site) -> None:
    # The old page said something else at this place: the same structure is not the same text.
    old(site, "bay.vi.md", *PAGE[:-1], "Đi muộn.")
    old(site, "bay.en.md", *OTHER[:-1], "Go late.")
    result = adopt(site)
    assert site.texts("bay.po")["Đi sớm."] == ""
    assert (result.taken, result.left, codes(result)) == (5, 1, ["adopt-gone"])


# ----------------------------------------------------------------------------
# What does not
# ----------------------------------------------------------------------------


def test_a_section_that_differs_is_told_and_the_others_are_taken(site: Site) -> None:
    old(site, "bay.en.md", *OTHER[:3], "- Boat", "- Bus", "- Train", "Go early.")
    result = adopt(site)
    assert (result.taken, codes(result)) == (2, ["adopt-unaligned"])
    assert result.left == 5
    problem = result.report.problems[0]
    assert problem.place == "old/bay.en.md:5"
    assert "content/bay.md:7" in problem.text("en") or "content/bay.md:8" in problem.text("en")


def test_headings_that_differ_leave_the_whole_body(site: Site) -> None:
    old(site, "bay.en.md", *OTHER, "## More", meta='title: "Beautiful bay"')
    result = adopt(site)
    assert (result.taken, codes(result)) == (1, ["adopt-unaligned"])


def test_a_lost_link_is_not_taken(site: Site) -> None:
    old(site, "bay.en.md", "# Bay", "Buy tickets at the port.", *OTHER[2:])
    result = adopt(site)
    assert codes(result) == ["adopt-unsound"]
    assert site.texts("bay.po")[PAGE[1]] == ""


def test_html_from_outside_is_not_taken(site: Site) -> None:
    old(site, "bay.en.md", *OTHER[:-1], "Go <b onclick='x()'>early</b>.")
    assert codes(adopt(site)) == ["adopt-unsound"]


def test_what_people_wrote_here_stays(site: Site) -> None:
    site.translate("bay.md", "Ours {}".format, review=False)
    old(site, "bay.en.md", *OTHER)
    before = site.snapshot()
    result = adopt(site)
    assert result.taken == 0
    assert result.kept == 6
    assert site.snapshot() == before


def test_without_writing_nothing_is_written(site: Site) -> None:
    old(site, "bay.en.md", *OTHER)
    before = site.snapshot()
    assert adopt(site, write=False).taken == 6
    assert site.snapshot() == before


def test_a_file_of_no_page_is_told(site: Site) -> None:
    old(site, "bay.en.md", *OTHER)
    old(site, "island.en.md", "# Island")
    old(site, "island.ja.md", "# 島")
    problems = adopt(site).report.problems
    assert [(p.code, p.file) for p in problems] == [("adopt-unknown", "old/island.en.md")]


def test_a_file_that_is_not_utf8_is_told(site: Site) -> None:
    old(site, "bay.en.md").write_bytes("# Baie d'Along é".encode("latin-1"))
    result = adopt(site)
    assert (result.taken, codes(result)) == (0, ["page-charset"])


# ----------------------------------------------------------------------------
# The command
# ----------------------------------------------------------------------------


def run(site: Site, *arguments: str) -> tuple[int, str]:
    config = str(site.root / "mkdocs.yml")
    result = CliRunner().invoke(commands, ["-f", config, "adopt", *arguments])
    said = result.output + (result.exception.args[0] if result.exception and
                            result.exception.args else "")  # fmt: skip
    return result.exit_code, str(said)


def test_the_command_says_what_it_did(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")
    old(site, "bay.en.md", *OTHER)
    code, said = run(site, str(site.root / "old"), "--lang", "en")
    assert code == 0
    assert "en: 1 files, 6 texts taken" in said


@pytest.mark.parametrize(
    ("folder", "language", "expected"),
    [
        pytest.param("nowhere", "en", "no such folder", id="no-folder"),
        pytest.param("content", "ja", "holds no [ja] file", id="nothing-there"),
        pytest.param("content", "de", "“de”", id="no-language"),
    ],
)
def test_bad_arguments_get_one_sentence(
    site: Site, monkeypatch: pytest.MonkeyPatch, folder: str, language: str, expected: str
) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")
    if folder == "content":
        old(site, "bay.en.md", *OTHER)
        folder = "old"
    code, said = run(site, str(site.root / folder), "--lang", language)
    assert code == 1
    assert expected in said


# ----------------------------------------------------------------------------
# Alignment
# ----------------------------------------------------------------------------

kinds = st.lists(st.sampled_from(["paragraph", "list item", "heading 2", "heading 3"]), max_size=12)


def page(kinds: list[str]) -> list[Segment]:
    return [Segment(str(number), kind) for number, kind in enumerate(kinds)]


@given(kinds, kinds)
def test_every_text_is_paired_once_or_left(here: list[str], there: list[str]) -> None:
    source, target = page(here), page(there)
    aligned = align(source, target)
    ours = [a.msgid for a, _ in aligned.pairs] + [s.msgid for part, _ in aligned.left for s in part]
    theirs = [b.msgid for _, b in aligned.pairs] + [s.msgid for _, o in aligned.left for s in o]
    assert sorted(ours) == sorted(s.msgid for s in source)
    assert sorted(theirs) == sorted(s.msgid for s in target)
    assert all(a.kind == b.kind for a, b in aligned.pairs)


@given(kinds)
def test_equal_structures_are_paired_whole(here: list[str]) -> None:
    aligned = align(page(here), page(here))
    assert not aligned.left
    assert all(a.msgid == b.msgid for a, b in aligned.pairs)
