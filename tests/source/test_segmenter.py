from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from quangba.source.segment import Collected, Segment
from quangba.source.segmenter import SegmentExtension, collect

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


class Forced(str):
    """A msgstr that is written although it equals the msgid."""

    __slots__ = ()

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


@pytest.fixture
def found(markdown: Markdown, extension: SegmentExtension):
    """Return what a page holds."""

    def run(source: str, first_line: int = 1) -> Collected:
        return collect(markdown, extension, source, first_line)

    return run


@pytest.fixture
def html(markdown: Markdown, extension: SegmentExtension):
    """Render a page with translations; what has none stays."""

    def run(source: str, texts: dict[str, str] | None = None, **options: object) -> str:
        markdown.reset()
        known = texts or {}
        extension.begin(source, translate=lambda s: known.get(s.msgid, s.msgid), **options)
        return markdown.convert(source)

    return run


def brief(page: Collected) -> list[tuple[str, str]]:
    """Return kind and text of each segment, the glossary that the site appends aside."""
    return [(s.kind, s.msgid) for s in page.segments if s.kind != "abbreviation"]


# ----------------------------------------------------------------------------
# What is a segment
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("Một *hai*\nba.", [("paragraph", "Một *hai* ba.")], id="paragraph"),
        pytest.param(
            "# Một\n\nHai\n---", [("heading 1", "Một"), ("heading 2", "Hai")], id="headings"
        ),
        pytest.param(
            "- một\n- hai\n    - ba", [("list item", t) for t in ("một", "hai", "ba")], id="list"
        ),
        pytest.param(
            "- một\n\n    hai", [("paragraph", "một"), ("paragraph", "hai")], id="loose_list"
        ),
        pytest.param(
            "| A | B |\n| - | - |\n| `x | y` | c \\| d |",
            [("table header", "A"), ("table header", "B"), ("table cell", "c \\| d")],
            id="table",
        ),
        pytest.param(
            '!!! note "Chú ý"\n    Thân', [("box title", "Chú ý"), ("paragraph", "Thân")], id="box"
        ),
        pytest.param("!!! note\n    Thân", [("paragraph", "Thân")], id="box_default_title"),
        pytest.param('!!! note ""\n    Thân', [("paragraph", "Thân")], id="box_no_title"),
        pytest.param(
            "!!! thac\n    Thân", [("box title", "Thac"), ("paragraph", "Thân")], id="box_own_class"
        ),
        pytest.param(
            '??? tip "Mẹo"\n    Thân', [("summary", "Mẹo"), ("paragraph", "Thân")], id="details"
        ),
        pytest.param(
            '=== "Xe"\n    Thân\n\n=== "Tàu"\n    Thân',
            [
                ("tab label", "Xe"),
                ("tab label", "Tàu"),
                ("paragraph", "Thân"),
                ("paragraph", "Thân"),
            ],
            id="tabs",
        ),
        pytest.param(
            "Một[^1]\n\n[^1]: Hai\n\n    Ba",
            [("paragraph", "Một[^1]"), ("paragraph", "Hai"), ("paragraph", "Ba")],
            id="footnote",
        ),
        pytest.param("Vé\n:   Giá", [("term", "Vé"), ("definition", "Giá")], id="definition_list"),
        pytest.param("- [x] việc", [("list item", "việc")], id="task"),
        pytest.param("> trích", [("paragraph", "trích")], id="quote"),
        pytest.param("`mã`", [], id="code_alone"),
        pytest.param("    mã", [], id="code_block"),
        pytest.param("```\nmã\n```", [], id="fence"),
        pytest.param('```py title="Tệp"\nmã\n```', [("code title", "Tệp")], id="fence_title"),
        pytest.param("12,5 %", [], id="number"),
        pytest.param("<https://evisa.gov.vn/>", [], id="autolink"),
        pytest.param(":material-ferry:", [], id="icon"),
        pytest.param(
            ':smile:{ title="Vui" }', [("paragraph", ':smile:{ title="Vui" }')], id="icon_title"
        ),
        pytest.param("{fact:visitors}", [], id="fact_alone"),
        pytest.param("$a + b$", [("paragraph", "$a + b$")], id="inline_math"),
        pytest.param("$$\na\n$$", [], id="display_math"),
        pytest.param("[TOC]", [], id="toc"),
        pytest.param("***", [], id="rule"),
        pytest.param(
            '<figure markdown="span">\n![a](b.svg)\n<figcaption>Chú thích</figcaption>\n</figure>',
            [("text", "![a](b.svg)"), ("caption", "Chú thích")],
            id="figcaption",
        ),
        pytest.param(
            "<details markdown>\n<summary>Tóm tắt</summary>\nThân\n</details>",
            [("summary", "Tóm tắt"), ("paragraph", "Thân")],
            id="summary",
        ),
        pytest.param(
            "UBND tỉnh\n\n*[UBND]: Ủy ban", [("paragraph", "UBND tỉnh")], id="abbreviation"
        ),
        pytest.param(
            '[a][x]\n\n[x]: y.md "Tên"',
            [("paragraph", "[a][x]"), ("link title", "Tên")],
            id="link_title",
        ),
        pytest.param('[a]\n\n[x]: y.md "Tên"', [("paragraph", "[a]")], id="unused_link_title"),
        pytest.param(
            'Một\n{ title="Mẹo" }', [("paragraph", "Một"), ("tooltip", "Mẹo")], id="attribute_title"
        ),
        pytest.param(
            '<div markdown title="Mẹo">\nMột\n</div>',
            [("tooltip", "Mẹo"), ("paragraph", "Một")],
            id="element_title",
        ),
        pytest.param(
            "![a](b.svg)\n/// figure-caption\nHình\n///",
            [
                ("paragraph", "![a](b.svg)"),
                ("paragraph", "Hình"),
                ("caption prefix", "Figure {1}."),
            ],
            id="block_caption",
        ),
        pytest.param("Một  \nhai", [("paragraph", "Một  \nhai")], id="hard_break"),
        pytest.param("Một\\\nhai", [("paragraph", "Một\\\nhai")], id="backslash_break"),
        pytest.param("Một \nhai", [("paragraph", "Một hai")], id="one_blank"),
    ],
)
def test_kinds_in_order(found, source: str, expected: list[tuple[str, str]]) -> None:
    assert brief(found(source)) == expected


def test_abbreviation_has_its_term_as_context(found) -> None:
    page = found("Tỉnh và KKT\n\n*[KKT]: Khu kinh tế\n\n*[ABC]: Không dùng")
    assert [(s.msgctxt, s.msgid) for s in page.segments if s.kind == "abbreviation"] == [
        ("abbr: KKT", "Khu kinh tế")
    ]


def test_lines_are_those_of_the_file(found) -> None:
    page = found("# Một\n\nHai\nba\n\n- bốn\n- hai\n\n| Năm |\n| --- |\n| sáu |\n", first_line=10)
    assert [(s.msgid, s.line) for s in page.segments] == [
        ("Một", 10),
        ("Hai ba", 12),
        ("bốn", 15),
        ("hai", 16),
        ("Năm", 18),
        ("sáu", 20),
    ]


def test_equal_texts_have_their_own_lines(found) -> None:
    assert [s.line for s in found("Một\n\nMột\n\nMột").segments] == [1, 3, 5]


# ----------------------------------------------------------------------------
# Directives
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<!-- i18n:skip -->\nMột\n\nHai", [("Hai", None, ())], id="skip"),
        pytest.param("<!-- i18n:note: A b. -->\nMột", [("Một", None, ("A b.",))], id="note"),
        pytest.param(
            "<!-- i18n:context: nút -->\nMở\n\nMở",
            [("Mở", "nút", ()), ("Mở", None, ())],
            id="context",
        ),
        pytest.param(
            "<!-- i18n:note: A. -->\n<!-- i18n:note: B. -->\n\n- một\n- hai\n\nBa",
            [("một", None, ("A.", "B.")), ("hai", None, ("A.", "B.")), ("Ba", None, ())],
            id="whole_list",
        ),
        pytest.param(
            "- một\n\n    <!-- i18n:skip -->\n    hai", [("một", None, ())], id="skip_in_list"
        ),
        pytest.param("- <!-- i18n:note: A. --> một", [("một", None, ("A.",))], id="note_in_item"),
        pytest.param(
            '!!! note "T"\n    <!-- i18n:context: c -->\n\n    một',
            [("T", None, ()), ("một", "c", ())],
            id="context_in_box",
        ),
        pytest.param(
            '<!-- i18n:skip -->\n```py title="Tệp"\nx\n```\n\nMột',
            [("Một", None, ())],
            id="skip_fence",
        ),
        pytest.param(
            "<!-- i18n:skip -->\n<div>chữ</div>\n\nMột", [("Một", None, ())], id="skip_html"
        ),
        pytest.param("<!-- một -->\nHai", [("Hai", None, ())], id="other_comment"),
    ],
)
def test_directives(
    found, source: str, expected: list[tuple[str, str | None, tuple[str, ...]]]
) -> None:
    page = found(source)
    assert [(s.msgid, s.msgctxt, s.notes) for s in page.segments] == expected
    assert page.untranslatable == []


def test_directives_do_not_reach_the_reader(html) -> None:
    assert "i18n" not in html("<!-- i18n:note: A. -->\nMột\n\n- <!-- i18n:skip --> hai")


# ----------------------------------------------------------------------------
# Tokens, references, attribute lists
# ----------------------------------------------------------------------------


def test_block_placeholders_are_tokens(found, html) -> None:
    source = "Một {++hai++} ba {--bốn--} năm"
    page = found(source)
    (segment,) = page.segments
    assert segment.msgid == "Một {1}hai{2} ba {3}bốn{4} năm"
    shown = html(source, {segment.msgid: "{3}four{4} one {1}two{2}"})
    assert shown == '<p><del class="critic">four</del> one <ins class="critic">two</ins></p>'


def test_tokens_of_the_editor_stay(found, html) -> None:
    source = "Chọn {1} hoặc {++hai++} nhé"
    assert found(source).segments[0].msgid == "Chọn {1} hoặc {2}hai{3} nhé"
    assert ">two</ins> {1}" in html(source, {"Chọn {1} hoặc {2}hai{3} nhé": "{2}two{3} {1}"})


def test_placeholders_at_the_edges_are_trimmed(found) -> None:
    assert found("{++hai++}").segments[0].msgid == "hai"


@pytest.mark.parametrize(
    ("source", "msgid", "after"),
    [
        pytest.param("## Vé { #ve }", "Vé", " { #ve }", id="heading"),
        pytest.param("## Vé ## {#ve}", "Vé", " ## {#ve}", id="closed_heading"),
        pytest.param("Vé\n{ .a }", "Vé", "\n{ .a }", id="paragraph"),
        pytest.param("Vé { .a }", "Vé { .a }", "", id="not_in_paragraph"),
        pytest.param("## Vé {a} tàu {#ve}", "Vé {a} tàu {#ve}", "", id="two_lists_are_none"),
        pytest.param("## Vé {fact:x} đồng {#ve}", "Vé {fact:x} đồng", " {#ve}", id="fact_before"),
        pytest.param("## Vé {fact:x}", "Vé {fact:x}", "", id="fact_at_end"),
        pytest.param("*Vé*{ .a } tàu", "*Vé*{ .a } tàu", "", id="inline"),
    ],
)
def test_attribute_lists(found, source: str, msgid: str, after: str) -> None:
    (segment,) = found(source).segments
    assert (segment.msgid, segment.after) == (msgid, after)


def test_tooltip_in_attribute_list_is_inert(html) -> None:
    shown = html('Vé\n{ title="Mẹo" }', {"Mẹo": '`x` [a](b) " } onclick=y'})
    assert shown == '<p title="`x` [a](b) &quot; } onclick=y">Vé</p>'


def test_reference_link_keeps_its_target(found, html) -> None:
    source = "Xem [Hạ Long].\n\n[hạ long]: a.md"
    assert found(source).segments[0].msgid == "Xem [Hạ Long][Hạ Long]."
    shown = html(source, {"Xem [Hạ Long][Hạ Long].": "See [Ha Long][Hạ Long]."})
    assert shown == '<p>See <a href="a.md">Ha Long</a>.</p>'


class InlineChild(Extension):
    """An extension whose block phase leaves text behind an inline element."""

    def extendMarkdown(self, md: Markdown) -> None:
        class Processor(Treeprocessor):
            def run(self, root: Element) -> None:
                icon = SubElement(SubElement(root, "p"), "i")
                icon.tail = "Vé"

        md.treeprocessors.register(Processor(md), "inline-child", 90)


def test_text_behind_inline_element_cannot_give_it_attributes() -> None:
    extension = SegmentExtension()
    md = Markdown(extensions=["attr_list", InlineChild(), extension])
    extension.begin("Một", translate=lambda segment: "{: onclick=x } Vé")
    assert md.convert("Một").endswith("<p><i></i>{: onclick=x } Vé</p>")


# ----------------------------------------------------------------------------
# Ids
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("# Giờ mở cửa", ["gio-mo-cua"], id="vietnamese"),
        pytest.param("# A\n# A\n# A", ["a", "a_1", "a_2"], id="duplicates"),
        pytest.param("# A\n# B {#a}", ["a_1", "a"], id="explicit_first"),
        pytest.param("# A\n\n[x](y.md){ #a }", ["a_1"], id="explicit_elsewhere"),
        pytest.param('# A\n\nb <a id="a"></a>', ["a_1"], id="html_elsewhere"),
        pytest.param("# A\n# A_1\n# A", ["a", "a-1", "a_1"], id="no_clash_with_made_ones"),
        pytest.param("# 下龍\n# !!!", ["muc", "muc_1"], id="no_latin"),
        pytest.param(
            "# **Vé** `a` [b](c.md) :smile: {fact:x}[^1]\n\n[^1]: x", ["ve-a-b"], id="markup"
        ),
        pytest.param("# A & B &amp; C", ["a-b-c"], id="entities"),
        pytest.param('# A {: title="C# x" }', ["a"], id="sign_in_value"),
        pytest.param('<h2 markdown id="x">A</h2>', ["x"], id="html_heading"),
    ],
)
def test_heading_ids(found, html, source: str, expected: list[str]) -> None:
    assert found(source).anchors == expected
    texts = {s.msgid: s.msgid.replace("A", "Zed") for s in found(source).segments}
    assert re.findall(r'<h\d[^>]* id="([^"]*)"', html(source, texts)) == expected


def test_tab_ids_survive_translation(html) -> None:
    source = '=== "Đường bộ"\n    a\n\n=== "Tàu"\n    b'
    ids = re.findall(r'<input[^>]* id="([^"]*)"', html(source))
    assert ids == ["đường-bộ", "tàu"]
    translated = html(source, {"Đường bộ": "By road", "Tàu": "By sea"})
    assert re.findall(r'<input[^>]* id="([^"]*)"', translated) == ids


# ----------------------------------------------------------------------------
# Facts and interface texts
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("Giá {fact:x}.", "<p>Giá 1&lt;2 *a* ~b~.</p>", id="paragraph"),
        pytest.param("# Giá {fact:x} { #gia }", "1&lt;2 *a* ~b~<a", id="heading"),
        pytest.param("**{fact:x}** người", "<strong>1&lt;2 *a* ~b~</strong>", id="emphasis"),
        pytest.param("| A |\n| - |\n| {fact:x} |", "<td>1&lt;2 *a* ~b~</td>", id="cell"),
        pytest.param('[a](b.md "{fact:x}")', 'title="1&lt;2 *a* ~b~"', id="title"),
    ],
)
def test_fact_is_put_in_as_text(html, source: str, expected: str) -> None:
    assert expected in html(source, fact=lambda name, line: "1<2 *a* ~b~")


def test_unknown_fact_stays(html) -> None:
    assert html("Giá {fact:x}.", fact=lambda name, line: None) == "<p>Giá {fact:x}.</p>"


def test_fact_knows_its_line(html) -> None:
    seen = []
    html("Một\n\nGiá {fact:x}.", fact=lambda name, line: seen.append((name, line)) or "1")
    assert seen == [("x", 3)]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("!!! warning\n    a", id="box"),
        pytest.param("??? warning\n    a", id="details"),
        pytest.param("/// warning\na\n///", id="block"),
    ],
)
def test_default_title_comes_from_the_interface(html, source: str) -> None:
    shown = html(source, interface=lambda text: {"Warning": "<b>Chú</b> *ý*"}.get(text, text))
    assert "&lt;b&gt;Chú&lt;/b&gt; *ý*" in shown


def test_permalink_and_backlink_titles_come_from_the_interface(html) -> None:
    texts = {
        "Permanent link": "Liên kết",
        "Jump back to footnote {} in the text": "Về chú thích {}",
    }
    shown = html("# A\n\nb[^1]\n\n[^1]: c", interface=lambda text: texts.get(text, text))
    assert 'title="Liên kết"' in shown
    assert 'title="Về chú thích 1"' in shown


def test_caption_prefix_cannot_reach_into_objects(html) -> None:
    source = "![a](b.svg)\n/// figure-caption\nHình\n///"
    shown = html(source, {"Figure {1}.": "{0.__class__} {1} {x}"})
    assert '<span class="caption-prefix">{0.__class__} 1 {x}</span>' in shown


def test_defaults_come_back_for_the_next_page(html) -> None:
    html("# A", interface=lambda text: "Liên kết")
    assert 'title="Permanent link"' in html("# A")


def test_untranslated_text_is_marked(markdown: Markdown, extension: SegmentExtension) -> None:
    markdown.reset()
    extension.begin("Một", translate=lambda segment: None, foreign="vi")
    assert markdown.convert("Một") == '<p lang="vi">Một</p>'


# ----------------------------------------------------------------------------
# What no catalog reaches
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<div>Chữ <b>đậm</b></div>", [("Chữ", 1), ("đậm", 1)], id="block"),
        pytest.param('a\n\n<p title="Mẹo">Chữ</p>', [("Mẹo", 3), ("Chữ", 3)], id="tooltip"),
        pytest.param("<!-- x --><div>Chữ</div>", [("Chữ", 1)], id="after_comment"),
        pytest.param(
            "<script>chữ</script>\n\n<style>chữ</style>\n\n<pre>chữ</pre>", [], id="silent"
        ),
        pytest.param("<!-- chữ -->", [], id="comment"),
        pytest.param("<div markdown><aside>Chữ</aside></div>", [("Chữ", 1)], id="inside_markdown"),
        pytest.param("```mermaid\nA[Chữ] --> B\n```", [("A[Chữ] --> B", 2)], id="diagram"),
        pytest.param("a {>>Chữ<<} b", [("Chữ", 1)], id="critic_comment"),
        pytest.param("<div>present</div>", [("present", 1)], id="no_substring_tricks"),
        pytest.param("<![foo[bar]]>\n\na", [], id="odd_declaration"),
    ],
)
def test_untranslatable(found, source: str, expected: list[tuple[str, int]]) -> None:
    assert [(item.text, item.line) for item in found(source).untranslatable] == expected


# ----------------------------------------------------------------------------
# Properties
# ----------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "Vé tàu",
        "*",
        "**",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](a.md)",
        "{ .a }",
        "\n",
        "\n\n",
        "  \n",
        "\n    ",
        "- ",
        "1. ",
        "> ",
        "# ",
        "| ",
        "\n| - |\n",
        "!!! note\n    ",
        '=== "T"\n    ',
        "[^1]",
        "\n\n[^1]: ",
        "\n\n[a]: b.md 'c'\n\n",
        "[a]",
        "<b>",
        "</b>",
        "<div>",
        "<div markdown>",
        "</div>",
        "<!-- i18n:skip -->",
        "<!--",
        "-->",
        "{fact:x}",
        "{1}",
        "$",
        "\\",
        "```\n",
        ":smile:",
        "++a++",
        "{++",
        "++}",
        "~",
        "^",
        "==",
        "&amp;",
        "@a",
        "\n:   ",
        "///",
        "\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(source=st.lists(PIECES, max_size=14).map("".join))
def test_any_page_can_be_collected(
    markdown: Markdown, extension: SegmentExtension, source: str
) -> None:
    collected = collect(markdown, extension, source, 1).segments
    markdown.reset()
    extension.begin(source, translate=lambda segment: segment.msgid)
    markdown.convert(source)
    assert extension.found.segments == collected
    assert all("\x02" not in segment.msgid for segment in collected)


# No braces: where lines are joined, two of them can become one attribute list.
@settings(max_examples=200, deadline=None)
@given(
    source=st.lists(PIECES.filter(lambda p: p not in ("{ .a }", "{1}")), max_size=14).map("".join)
)
def test_written_identity_renders_the_same(
    markdown: Markdown, extension: SegmentExtension, source: str
) -> None:
    shown = []
    for text in (lambda segment: segment.msgid, lambda segment: Forced(segment.msgid)):
        markdown.reset()
        extension.begin(source, translate=text, fact=lambda name, line: "1")
        shown.append(" ".join(markdown.convert(source).split()))
    assert shown[0] == shown[1]


def test_begin_forgets_the_page_before(markdown: Markdown, extension: SegmentExtension) -> None:
    collect(markdown, extension, "Một", 1)
    extension.begin("")
    assert extension.found == Collected()


def test_key_is_context_and_text() -> None:
    assert Segment("a", msgctxt="b").key == ("b", "a")
