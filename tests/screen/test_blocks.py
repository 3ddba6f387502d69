"""Running text as blocks: what paper shows of it, in the same order in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.site.screen.blocks import blocks, sections


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Vịnh <a href='x'>Hạ Long</a>.</p>", [("text", "Vịnh Hạ Long.")]),
        ("<ol><li>Một</li><li>Hai</li></ol>", [("step", "Một"), ("step", "Hai")]),
        ("<ul><li><p>Một</p><p>Hai</p></li></ul>", [("item", "Một"), ("text", "Hai")]),
        ("<ul><li>a<ol><li>b</li></ol></li></ul>", [("item", "a"), ("step", "b")]),
        ("<h2>A<a class='headerlink' href='#a'>¶</a></h2>", [("heading", "A")]),
        ("<p>a\n   b\u00a0c\u202f!</p>", [("text", "a b\u00a0c\u202f!")]),
        ("<p>1 &lt; 2 &amp; <em>x</em></p>", [("text", "1 &lt; 2 &amp; <em>x</em>")]),
        ("<p><span lang='fr' class='y'>Bé</span></p>", [("text", '<span lang="fr">Bé</span>')]),
        ("<p>a<br>b<img src='x'></p>", [("text", "a<br>b")]),
        (
            "<p>a</p><div class='admonition note'><p>b</p><ul><li>c</li></ul></div><p>d</p>",
            [("text", "a"), ("text", "d")],
        ),
        ("<table><tr><td>a</td></tr></table><p>b</p>", [("text", "b")]),
        ("<button><svg><path d='M0'/></svg><span>a</span></button>", [("text", "a")]),
        ("<script>x</script><p> </p>", []),
        ("", []),
    ],
)
def test_blocks_are_what_paper_shows(html: str, found: list[tuple[str, str]]) -> None:
    assert [(block.kind, str(block.html)) for block in blocks(html)] == found


def test_sections_begin_with_headings_of_the_second_level() -> None:
    found = sections("<p>a</p><h2>B</h2><p>c</p><h3>d</h3><ul><li>e</li></ul><h2>Empty</h2>")
    assert [(section.title, section.of("text", "item")) for section in found] == [
        ("", ["a"]),
        ("B", ["c", "e"]),
    ]


PIECES = [*"ab<>&/'\"= ", "<p>", "</p>", "<li>", "<ol>", "</ol>", "<em>", "</em>", "<svg>", "<br>"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_nothing_but_emphasis_comes_through(html: str) -> None:
    for block in blocks(html):
        bare = str(block.html)
        for tag in ("<em>", "</em>", "<br>"):
            bare = bare.replace(tag, "")
        assert "<" not in bare
        assert bare.strip()
