"""Running text for fingers: nothing small to touch, nothing lost, whatever an editor wrote."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.site.screen.prose import prose, sections

TOUCHED = re.compile(r"<(?:a|button|summary|details)\b", re.IGNORECASE)


def only(html: str) -> tuple[str, list[str]]:
    """Return the HTML and the addresses of a text of one section."""
    [section] = sections(html)
    return section.html, [way.url for way in section.ways]


class Text(HTMLParser):
    """What a reader reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    @property
    def letters(self) -> str:
        """All words, without what lies between them."""
        return "".join(self.words)


# ----------------------------------------------------------------------------
# Links
# ----------------------------------------------------------------------------


def test_a_link_becomes_a_name_and_a_way() -> None:
    html, ways = only('<p>Xem <a href="../visas/">trang <em>thị thực</em></a> trước.</p>')
    assert html == '<p>Xem <span class="named">trang <em>thị thực</em></span> trước.</p>'
    assert ways == ["../visas/"]


def test_ways_stand_at_the_end_of_the_section_that_names_them() -> None:
    found = sections(
        '<p><a href="a/">A</a></p><h2 id="b">B</h2><ul><li><a href="b/">B</a></li></ul>'
        '<div class="admonition"><h3>no section</h3></div><h3>C</h3><p><a href="c/">C</a></p>'
    )
    assert [[way.url for way in section.ways] for section in found] == [["a/"], ["b/"], ["c/"]]
    assert found[1].html.startswith('<h2 id="b">B</h2>')
    assert "no section" in found[1].html


def test_a_page_that_is_named_twice_has_one_way() -> None:
    assert only('<p><a href="a/">A</a> <a href="a/">á</a> <a href="b/">B</a></p>')[1] == [
        "a/",
        "b/",
    ]


@pytest.mark.parametrize(
    "address",
    ["#top", "https://evisa.gov.vn", "//host/x", "mailto:a@b.vn", "tel:+84", "JavaScript:x()"],
)
def test_what_no_screen_can_open_is_text(address: str) -> None:
    html, ways = only(f'<p>Xem <a href="{address}">đây</a>.</p>')
    assert (html, ways) == ("<p>Xem <span>đây</span>.</p>", [])


def test_helps_for_a_mouse_are_gone() -> None:
    html, ways = only(
        '<h2 id="x">Giá<a class="headerlink" href="#x" title="Link"><svg><path d="M0"/></svg>¶</a>'
        '</h2><p>Vé <sup><a class="footnote-ref" href="#fn:1">1</a></sup>'
        '<a class="footnote-backref" href="#fnref:1">↩</a></p>'
    )
    assert html == '<h2 id="x">Giá</h2><p>Vé <sup><span>1</span></sup></p>'
    assert ways == []


def test_a_button_to_take_along_goes_the_same_way() -> None:
    button = '<button type="button" class="take" data-qr="../qr/1.svg" data-text="x &amp; y">'
    [section] = prose(f"<p>Ở {button}<span>evisa.gov.vn</span></button>.</p>", lambda url: None)
    assert section["html"] == '<p>Ở <span class="named"><span>evisa.gov.vn</span></span>.</p>'
    assert section["ways"] == [
        {"url": None, "button": f"{button}<span>evisa.gov.vn</span></button>"}
    ]


def test_a_way_says_the_title_of_its_page_else_the_words_of_the_text() -> None:
    titles = {"../visas/?a=1&b=2": "Thị thực"}
    html = '<p><a href="../visas/?a=1&amp;b=2">x</a> <a href="z/">hai <b>từ</b></a></p>'
    [section] = prose(html, titles.get)
    assert [way["title"] for way in section["ways"]] == ["Thị thực", "hai từ"]
    assert section["ways"][0]["url"] == "../visas/?a=1&amp;b=2"


# ----------------------------------------------------------------------------
# Everything else
# ----------------------------------------------------------------------------


def test_what_is_folded_lies_open() -> None:
    html, _ = only('<details class="note"><summary>Thêm</summary><p>Chữ</p></details>')
    assert html == '<div class="fold note"><p class="fold__title">Thêm</p><p>Chữ</p></div>'
    assert only("<details><summary>A</summary>B</details>")[0].startswith('<div class="fold">')


def test_cells_know_the_head_of_their_column() -> None:
    html, _ = only(
        "<table><thead><tr><th>Nước &amp; vùng</th><th>Số <b>ngày</b></th></tr></thead><tbody>"
        '<tr><td>Pháp</td><td align="right">45</td></tr></tbody></table>'
        "<table><tbody><tr><td>không</td></tr></tbody></table>"
    )
    assert '<td data-label="Nước &amp; vùng">Pháp</td>' in html
    assert '<td align="right" data-label="Số ngày">45</td>' in html
    assert "<td>không</td>" in html


def test_a_second_heading_of_the_page_is_left_out() -> None:
    assert only("<h1>Hạ <em>Long</em></h1><p>Chữ</p>")[0] == "<p>Chữ</p>"


def test_narrow_spaces_and_references_stay_as_they_are() -> None:
    text = "<p>Combien\u202f? 5&nbsp;km &#8211; «\u00a0oui\u00a0» &lt;a href=x&gt;</p>"
    assert only(text) == (text, [])


def test_drawings_in_the_text_stay_whole() -> None:
    text = '<p><svg viewBox="0 0 9 9"><path d="M0 0"/><circle r="1"/></svg> Chữ</p>'
    assert only(text) == (text, [])


def test_empty_sections_are_none() -> None:
    assert sections("") == []
    assert sections(" \n ") == []


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="a/">offen',
        '<p><a href="a/"><a href="b/">x</a></a></p>',
        "</a></p></h2>",
        '<A HREF="a/">X</A>',
        '<a href>leer</a><a href="">leer</a>',
        "<details><summary>x",
        '<button class="take">x</button><button>y</button>',
        "<table><tr><th>x<td>y",
        '<a name="x">Anker</a>',
    ],
)
def test_broken_html_leaves_nothing_to_touch_in_the_text(html: str) -> None:
    for section in sections(html):
        assert not re.search(r"<a\b[^>]*href|<summary|<details|class=\"take", section.html, re.I)


PIECES = (
    *("<p>", "</p>", "<h2>", "</h2>", '<a href="a/">', "</a>", "<b>", "</b>", "<ul><li>", "<br/>"),
    *("</li></ul>", '<button class="take">', "</button>", "<table><tr><td>", "</td></tr></table>"),
    *("Hạ", "Long", "&amp;", "<details><summary>", "</details>"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_word_is_lost_and_none_is_added(parts: list[str]) -> None:
    html = "".join(parts)
    found = sections(html)
    assert Text("".join(section.html for section in found)).letters == Text(html).letters
