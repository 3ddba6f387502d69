from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor

from quangba.source.quick import BLOCKS, NAME, PINNED, SIGNS, QuickInline, quicken, signs_of

EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.details"),
)
TEXTS = st.lists(
    st.sampled_from(
        [
            *"`*_[]()!<>&;\\:{}#|^~=\n ",
            *("  \n", "Vé", "a", "x/y", "http://a", "b@c.vn", "![", "](a)", "[^1]", "&amp;", "<b>"),
            *("\n\n", "---", "\n===", "# ", "* * *", " _", "- "),
            *("\n\n[^1]: Chú thích", "</b>", "<!--", "-->", "**", "__", "{ .x }"),
        ]
    ),
    max_size=24,
).map("".join)


def converter(*more: object) -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, *more])  # type: ignore[list-item]


SLOW, QUICK = converter(), quicken(converter())


def test_versions() -> None:
    assert version("markdown") == PINNED, "read InlineProcessor again, then set PINNED"
    project = Path(__file__).parents[2] / "pyproject.toml"
    assert f'"markdown=={PINNED}"' in project.read_text(encoding="utf-8")


def test_the_way_is_taken_for_all_patterns_that_come_with_markdown() -> None:
    inline = QUICK.treeprocessors[NAME]
    assert type(inline) is QuickInline
    assert list(QUICK.treeprocessors).index(inline) == list(SLOW.treeprocessors).index(
        SLOW.treeprocessors[NAME]
    )
    assert [p for p in QUICK.inlinePatterns if signs_of(p) is None] == []
    assert {p.pattern for p in SLOW.inlinePatterns} >= set(SIGNS)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_nothing_changes(text: str) -> None:
    assert QUICK.reset().convert(text) == SLOW.reset().convert(text)


@pytest.mark.parametrize("pattern", SIGNS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_pattern_matches_nothing_without_its_sign(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.DOTALL)))
    assert SIGNS[pattern] in text


@pytest.mark.parametrize("name", BLOCKS)
def test_the_way_is_taken_for_blocks(name: str) -> None:
    kind, possible = BLOCKS[name]
    plain, quick = SLOW.parser.blockprocessors[name], QUICK.parser.blockprocessors[name]
    assert type(plain) is type(quick) is kind
    assert "test" in vars(quick)
    blocks = ["# Vé", "Vé\n##", "Vé\n===", "Vé\n-", "- - -", "a\n ___", "***", "- a\n- b\n- c"]
    said = [plain.test(Element("p"), block) for block in blocks]
    assert [quick.test(Element("p"), block) for block in blocks] == said
    assert any(said)
    assert not possible("Vé tàu: 1.000 đồng/người.")


def test_patterns_of_others_are_always_tried() -> None:
    def own() -> Markdown:
        md = converter()
        md.inlinePatterns.register(SimpleTagInlineProcessor("()%(.*?)%", "mark"), "own", 75)
        return md

    md = quicken(own())
    assert signs_of(md.inlinePatterns["own"]) is None
    text = "%một% *hai %ba%* `%bốn%`"
    assert md.convert(text) == own().convert(text)
    assert "<mark>một</mark>" in md.convert(text)


def test_an_inline_phase_of_an_extension_stays() -> None:
    class Other(InlineProcessor):
        pass

    md = converter()
    md.treeprocessors.register(Other(md), NAME, 20)
    assert type(quicken(md).treeprocessors[NAME]) is Other
