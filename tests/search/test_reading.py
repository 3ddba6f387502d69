"""Reading: of a page's HTML, the text that readers see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.search.reading import Section, read


@pytest.mark.parametrize(
    ("html", "sections"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("<p>Vé &amp; tàu</p>", [("", "", "Vé & tàu")], id="paragraph"),
        pytest.param(
            '<p>A.</p><h2 id="b">B <em>c</em><a class="headerlink" href="#b">¶</a></h2><p>D</p>',
            [("", "", "A."), ("B c", "b", "D")],
            id="sections",
        ),
        pytest.param(
            "<table><tr><th>Mùa<td>Xuân<tr><th>Giá<td>0</table>",
            [("", "", "Mùa · Xuân · Giá · 0")],
            id="cells_are_parted",
        ),
        pytest.param(
            "<p>Một câu.</p><p>Hai câu.</p>", [("", "", "Một câu. Hai câu.")], id="sentences"
        ),
        pytest.param(
            '<p>A<sup><a class="footnote-ref" href="#f">1</a></sup>B</p>',
            [("", "", "AB")],
            id="signs_of_footnotes",
        ),
        pytest.param(
            "<p>A</p><script>x = '<p>B</p>'</script><style>p{}</style><svg><text>C</text></svg>",
            [("", "", "A")],
            id="silent_elements",
        ),
        pytest.param("<p>A<br>B<br/>C</p>", [("", "", "A · B · C")], id="line_ends"),
        pytest.param(
            "<p>V\u1ecbnh Ha\u0323\u200b Long</p>", [("", "", "Vịnh Hạ Long")], id="normal_form"
        ),
        pytest.param("<p>A<![foo[bar]]>", [("", "", "A")], id="broken_declaration"),
        pytest.param("<h2>A</h2>", [("A", "", "")], id="heading_without_anchor"),
    ],
)
def test_sections(html: str, sections: list[tuple[str, str, str]]) -> None:
    assert read(html) == [Section(*section) for section in sections]


@given(st.text())
def test_any_text_can_be_read(html: str) -> None:
    for section in read(html):
        assert "\n" not in section.text
