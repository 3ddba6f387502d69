"""Markup as marks: everything comes back, and a model never sees what Markdown may read."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quangba.mt.markup import (
    CLOSE,
    LEFT,
    MARK,
    MOST,
    OPEN,
    Marked,
    MarkupError,
    balanced,
    mark,
    spans,
    without_spans,
)

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WORDS = ["Vịnh", "Hạ Long", "vé tàu", "đẹp", "cảng", "và", "12 tỷ đồng", "giá < 5", "a & b", "100%"]

LITERALS = [
    "`ls -l`",
    "``a ` b``",
    "`**không**`",
    "{fact:gia_ve}",
    "{1}",
    "[^1]",
    "[^ghi-chú]",
    ":smile:",
    ":material-ferry:{ .big }",
    "++ctrl+alt+del++",
    "&nbsp;",
    "&#160;",
    r"\*",
    r"\[",
    "https://a.vn/x_y?b=1&c=2",
    "www.quangninh.gov.vn",
    "evisa.gov.vn",
    "<https://a.vn/x_y>",
    "<a@b.vn>",
    "dulich@quangninh.gov.vn",
    "76/2020/NĐ-CP",
    "143/2025/QH15",
    "31/NQ-HĐND",
    "0203 3825 161",
    "+84 203 3825 161",
    "km²",
    "30°C",
    "<br>",
    "<!-- chú thích -->",
    "<kbd>Ctrl</kbd>",
    "![Tàu](a.jpg)",
    '![Tàu](a.jpg "Tên"){ .big }',
    '<img src="a.png" alt="Ảnh">',
    "{ .lead }",
    "ten_tep_dai",
]

LOOSE = ["*", "**", "_", "`", "[", "]", "](", "![", "<", ">", "{", "}", "|", "~", "^", "==", "\\"]
"""Unbalanced pieces."""

PRIVATE = ["\ue000", "\ue0ff", "\ue400", "\uf8ff"]
"""Private-use characters that are no marks."""

SPANS = [
    ("**", "**"),
    ("*", "*"),
    ("***", "***"),
    ("__", "__"),
    ("~~", "~~"),
    ("==", "=="),
    ("^^", "^^"),
    ("[", "](a.md)"),
    ("[", '](a_b.md "Giờ tàu")'),
    ("[", "](<a b.md> 'Giờ')"),
    ("[", "](https://a.vn/x_(y))"),
    ("[", "][đảo]"),
    ("[", "](a.md){ .md-button }"),
    ('<abbr title="Ủy ban">', "</abbr>"),
    ('<span class="x" markdown>', "</span>"),
    ("<b>", "</b>"),
]

HOSTILE = {
    "stars": "*" * 4000,
    "stars_letters": "*a" * 2000,
    "stars_blanks": "*a " * 1300,
    "strong": "**a " * 1000,
    "underscores": " _a" * 1300,
    "brackets": "[" * 4000,
    "links_open": "[a](" * 1000,
    "links_nested": "[" * 1000 + "a" + "](b)" * 700,
    "link_brackets": "[a](" + "()" * 1990,
    "tags_open": "<a" * 2000,
    "tags": "<a>" * 1300,
    "elements": "<b>" * 60 + "a" + "</b>" * 60,
    "kbd": "<kbd>" * 800,
    "backticks": "`" * 4000,
    "backticks_letters": "`a" * 2000,
    "backticks_growing": "".join("`" * n + "a" for n in range(1, 88)),
    "images": "![[" * 1300,
    "images_code": "![`" * 1300,
    "titles": "![x](y " + '"a" ' * 900,
    "attributes": '<a title="' * 390,
    "lists": "[a](b){" + " .a" * 1300,
    "facts": "{fact:a}" * 500,
    "entities": "&a" * 2000,
    "comments": "<!--" * 1000,
    "backslashes": "\\" * 4000,
    "mail": "a@" + "a-." * 1300,
    "digits": "0 " * 2000,
    "decrees": "1/" + "A-" * 1999,
    "units": "a" * 3999,
    "keys": "++a" * 1300,
}

TRANSLATED = {
    "quote_and_attribute": '" onclick="alert(1)',
    "single_quote": "' onclick='alert(1)",
    "tag": '"><script>alert(1)</script>',
    "end_of_link": "](javascript:alert(1))",
    "end_of_title": '") [x](javascript:alert(1)',
    "attribute_list": '" } { onclick="x',
    "ampersand": "a & b",
}
"""What a hostile model may answer for words inside a mask."""

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


def markdown() -> st.SearchStrategy[str]:
    """Generate inline Markdown: words, literals, loose characters, spans in spans."""
    leaf = st.sampled_from([*WORDS, *LITERALS, *LOOSE, *PRIVATE])

    def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        some = st.lists(inner, min_size=1, max_size=4).map(" ".join)
        glued = st.lists(inner, min_size=1, max_size=3).map("".join)
        words = some | glued
        return words | st.builds(
            lambda span, t: span[0] + t + span[1], st.sampled_from(SPANS), words
        )

    return st.recursive(leaf, wrapped, max_leaves=12)


def shown(marked: Marked) -> str:
    """Write masks as ``#`` and spans as ``<…>``."""
    return "".join(
        "<"
        if OPEN <= ord(c) < CLOSE
        else ">"
        if CLOSE <= ord(c) <= 0xE3FF
        else "#"
        if MARK.match(c)
        else c
        for c in marked.text
    )


def check(text: str, marked: Marked) -> None:
    """Check what holds for any marked text."""
    assert marked.restore(marked.text) == text
    assert not LEFT.search(MARK.sub("", marked.text))
    assert balanced(marked.text)
    assert set(MARK.findall(marked.text)) == set(marked.literals)
    assert len(MARK.findall(marked.text)) == len(marked.literals)


# ----------------------------------------------------------------------------
# There and back
# ----------------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(text=markdown())
@example("**a *b*** và [**c**](d_e.md)")
@example("a **b** c** d")
@example("[a [b](c) d](e)")
@example("<b>a <b>c</b> d</b>")
def test_markdown_comes_back(text: str) -> None:
    try:
        marked = mark(text)
    except MarkupError:
        return
    check(text, marked)


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from("ab *_`[]()<>{}!\"'\\/&;:=#|~^1@.\n\ue000đ"), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    try:
        marked = mark(text)
    except MarkupError:
        return
    check(text, marked)


@settings(max_examples=200, deadline=None)
@given(text=markdown())
def test_plain_text_comes_back(text: str) -> None:
    try:
        marked = mark(text, plain=True)
    except MarkupError:
        return
    assert marked.restore(marked.text) == text
    assert not re.search("[<>{}]", marked.text)


@pytest.mark.parametrize("literal", LITERALS)
def test_literal_is_hidden(literal: str) -> None:
    marked = mark(f"Xem {literal} nhé")
    check(f"Xem {literal} nhé", marked)
    if literal == "ten_tep_dai":
        return
    digits = "30" if literal == "30°C" else ""
    assert shown(marked) == f"Xem {digits}# nhé"


@pytest.mark.parametrize(("opening", "closing"), SPANS)
def test_words_of_a_span_are_shown(opening: str, closing: str) -> None:
    text = f"Xem {opening}vé tàu{closing} nhé"
    marked = mark(text)
    check(text, marked)
    assert shown(marked) == "Xem <vé tàu> nhé"
    assert without_spans(marked.text) == "Xem vé tàu nhé"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**a *b* c**", "<a <b> c>", id="em_in_strong"),
        pytest.param("**a *b***", "<a <b>>", id="em_at_the_end"),
        pytest.param("***a***", "<a>", id="strong_em"),
        pytest.param("**[a](b)**", "<<a>>", id="link_in_strong"),
        pytest.param("[**a**](b)", "<<a>>", id="strong_in_link"),
        pytest.param("[`a`](b.md)", "<#>", id="code_in_link"),
        pytest.param("[![A](a.jpg)](b.md)", "<#>", id="image_in_link"),
        pytest.param("**Giờ:** 7h", "<Giờ:> 7h", id="label"),
        pytest.param("2 * 3 * 4", "2 # 3 # 4", id="no_emphasis"),
        pytest.param("** không **", "# không #", id="blanks_inside"),
        pytest.param("<b>a</b> <b>c</b>", "<a> <c>", id="two_elements"),
        pytest.param("[x](y", "#x#(y", id="torn_link"),
        pytest.param("*a* **b** _c_ __d__", "<a> <b> <c> <d>", id="all_emphasis"),
        pytest.param("(xem [a](b))", "(xem <a>)", id="link_in_brackets"),
    ],
)
def test_spans(text: str, expected: str) -> None:
    marked = mark(text)
    check(text, marked)
    assert shown(marked) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[a *b](c) d*", id="link_and_em"),
        pytest.param("**a <b>c** d</b>", id="strong_and_html"),
        pytest.param("`a` " * (MOST + 1), id="too_many_masks"),
        pytest.param("*a* " * (MOST + 1), id="too_many_spans"),
    ],
)
def test_what_cannot_be_told_apart_is_left_to_people(text: str) -> None:
    with pytest.raises(MarkupError):
        mark(text)


def test_marks_are_numbered_in_the_order_of_the_text() -> None:
    marked = mark("`a` {fact:b} **c** [d](e) `f`")
    masks = [c for c in MARK.findall(marked.text) if ord(c) < OPEN]
    assert masks == sorted(masks)
    assert [ord(c) - OPEN for c, _, _ in spans(marked.text)] == [0, 1]


def test_attribute_list_belongs_to_its_span() -> None:
    marked = mark('[Vé](a.md){ .md-button title="Mua vé" } nhé')
    assert shown(marked) == "<Vé> nhé"
    assert marked.words == ["Mua vé"]


# ----------------------------------------------------------------------------
# Hostile input
# ----------------------------------------------------------------------------


def test_hostile_input_ends() -> None:
    program = (
        "import sys\n"
        "from quangba.mt.markup import MarkupError, mark\n"
        "for text in sys.stdin.read().split(chr(0)):\n"
        "    for plain in (False, True):\n"
        "        try:\n"
        "            marked = mark(text, plain=plain)\n"
        "        except MarkupError:\n"
        "            continue\n"
        "        assert marked.restore(marked.text) == text, text[:20]\n"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        input="\0".join(HOSTILE.values()).encode(),
        timeout=60,
        check=True,
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a \ue101 \ue100 b", id="masks_swapped"),
        pytest.param("\ue100" * 30, id="run"),
    ],
)
def test_marks_in_the_source_end(text: str) -> None:
    program = (
        "import sys, resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
        "from quangba.mt.markup import MarkupError, mark\n"
        "text = sys.stdin.buffer.read().decode()\n"
        "for plain in (False, True):\n"
        "    try:\n"
        "        marked = mark(text, plain=plain)\n"
        "    except MarkupError:\n"
        "        continue\n"
        "    assert marked.restore(marked.text) == text\n"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        input=text.encode(),
        timeout=3,
        check=True,
        stderr=subprocess.DEVNULL,
    )


# ----------------------------------------------------------------------------
# Words inside masks
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("![Tàu trên vịnh](a.jpg)", ["Tàu trên vịnh"], id="alt"),
        pytest.param('![Tàu](a.jpg "Ảnh")', ["Tàu", "Ảnh"], id="alt_and_title"),
        pytest.param("![123](a.jpg)", [], id="alt_without_letters"),
        pytest.param('[Vé](a.md "Giờ tàu") nhé', ["Giờ tàu"], id="title"),
        pytest.param("[Vé](a.md 'Giờ tàu') nhé", ["Giờ tàu"], id="title_single"),
        pytest.param('<abbr title="Ủy ban">UB</abbr>', ["Ủy ban"], id="abbr"),
        pytest.param("<abbr title='Ủy ban'>UB</abbr>", ["Ủy ban"], id="abbr_single"),
        pytest.param('<img src="a.png" alt="Ảnh" title="Tên">', ["Ảnh", "Tên"], id="html_image"),
        pytest.param('<span data-x="Ảnh">Vé</span>', [], id="other_attribute"),
        pytest.param('`title="a"`', [], id="code"),
    ],
)
def test_words_are_found(text: str, words: list[str]) -> None:
    marked = mark(text)
    check(text, marked)
    assert marked.words == words
    written = marked.restore(marked.text, str.upper)
    for word in words:
        assert word.upper() in written


@pytest.mark.parametrize("answer", [pytest.param(v, id=k) for k, v in TRANSLATED.items()])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_words_cannot_break_out_of_quotes(answer: str, quote: str) -> None:
    for before, after in (("[Vé](a.md ", ")"), ("<abbr title=", ">UB</abbr>")):
        text = f"{before}{quote}Giờ tàu{quote}{after} nhé"
        written = mark(text).restore(mark(text).text, lambda words: answer)
        inside = written.removeprefix(before).removesuffix(f"{after} nhé")
        assert inside[0] == inside[-1] == quote
        assert quote not in inside[1:-1]
        assert "<" not in inside
        assert ">" not in inside


@pytest.mark.parametrize("answer", ["](javascript:alert(1))", "a]b", "[a"])
def test_words_cannot_break_out_of_brackets(answer: str) -> None:
    marked = mark("![Tàu](a.jpg) nhé")
    written = marked.restore(marked.text, lambda words: answer)
    alt = written.removeprefix("![").removesuffix("](a.jpg) nhé")
    assert not re.search(r"(?<!\\)[\[\]]", alt)


def test_each_word_has_its_own_quotation_mark() -> None:
    marked = mark("![Tàu](a.jpg \"Ảnh\"){ title='Hình' } nhé")
    written = marked.restore(marked.text, lambda words: 'Boat" x')
    assert '"Boat" x"' not in written


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[x](b.md "Giá &quot;rẻ&quot;") nhé', id="entity_in_title"),
        pytest.param('<abbr title="Ăn &amp; uống">AU</abbr> nhé', id="entity_in_attribute"),
        pytest.param('![Ăn & uống](a.jpg "Ảnh") nhé', id="ampersand_in_alt"),
        pytest.param(r'[x](b.md "Giờ \"tàu\"") nhé', id="escaped_quotes"),
    ],
)
def test_words_come_back_as_they_were(text: str) -> None:
    assert mark(text).restore(mark(text).text) == text


# ----------------------------------------------------------------------------
# What is shown
# ----------------------------------------------------------------------------


def test_name_with_underscores_is_one_mask() -> None:
    assert shown(mark("Tệp ten_tep_dai ở đây")) == "Tệp # ở đây"


@pytest.mark.parametrize("text", ["H~2~O", "x^2^", "CO~2~"])
def test_subscript_is_one_mask(text: str) -> None:
    assert "2" not in shown(mark(f"Nước {text} sạch"))


@pytest.mark.parametrize("text", ["[](e.md)", "[][đảo]", "[ ](e.md)"])
def test_link_without_words_is_a_mask(text: str) -> None:
    assert shown(mark(f"Xem {text} nhé")) == "Xem # nhé"


@pytest.mark.parametrize("text", ["QL18", "ĐT.334", "PM2.5", "A320"])
def test_code_is_a_mask(text: str) -> None:
    assert shown(mark(f"Đường {text} đẹp")) == "Đường # đẹp"


@pytest.mark.parametrize("text", ["120.000/NGƯỜI", "50.000/HK"])
def test_price_is_no_decree(text: str) -> None:
    assert shown(mark(f"Giá {text} nhé")) == f"Giá {text} nhé"


@pytest.mark.parametrize("text", ["ftp://a.vn/x", "(0203) 3825 161", "1900 1234"])
def test_address_is_a_mask(text: str) -> None:
    assert shown(mark(f"Gọi {text} nhé")).replace("()", "") == "Gọi # nhé"


def test_strong_at_the_end_of_emphasis_is_left_to_people() -> None:
    with pytest.raises(MarkupError):
        mark("*a **b***")


@pytest.mark.parametrize("field", ["%s", "%d", "%(count)i", "{name!r}", "{0:,}"])
def test_template_field_is_a_mask(field: str) -> None:
    assert shown(mark(f"Có {field} vé", plain=True)) == "Có # vé"


@pytest.mark.parametrize("field", ["{date}", "{}", "%(owner)s", "%(count)d", "{1}", "{fact:x}"])
def test_template_field_with_a_name_is_a_mask(field: str) -> None:
    assert shown(mark(f"Có {field} vé", plain=True)) == "Có # vé"
