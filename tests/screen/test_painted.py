"""What a built site paints: every character under its language, whatever the HTML is like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from font_site import write
from hypothesis import given
from hypothesis import strategies as st

from quangba.site.screen.code_texts import texts_of_script, texts_of_styles
from quangba.site.screen.page_reader import read_page
from quangba.site.screen.painted import Painted, read_site

ROOTS = {"": "vi", "ja/": "ja", "zh/": "zh"}


def found(html: str) -> dict[str, str]:
    """Return the characters of a page by language, in order, blanks left out."""
    read = read_page(html).found
    texts = {code: "".join(sorted(chars - {" ", "\n"})) for code, chars in read.items()}
    return {code: text for code, text in texts.items() if text}


def painted(folder: Path, files: dict[str, str | bytes]) -> Painted:
    write(folder, files)
    return read_site(folder, ROOTS)


def needed(painted: Painted, language: str) -> str:
    """Return what is needed in a language."""
    return "".join(sorted(c for code, c in painted.needed if code == language and c != " "))


# ----------------------------------------------------------------------------
# Languages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<html lang=vi><p>a<b lang=ja>海</b>b", {"vi": "ab", "ja": "海"}, id="nested"),
        pytest.param("<html lang='zh-Hans'>山", {"zh": "山"}, id="subtag"),
        pytest.param("<html LANG=JA>山", {"ja": "山"}, id="capitals"),
        pytest.param("<html lang=vi><i lang=''>x</i>y", {"und": "x", "vi": "y"}, id="none"),
        pytest.param("山", {"und": "山"}, id="no-html-element"),
        pytest.param("<html lang=vi><p lang=ja>山<p>a", {"ja": "山", "vi": "a"}, id="open-p"),
        pytest.param(
            "<html lang=vi><ul><li lang=ja>山<li>a</ul>", {"ja": "山", "vi": "a"}, id="open-li"
        ),
        pytest.param(
            "<html lang=vi><ul><li lang=ja>山<ul><li>海</ul><li>a</ul>",
            {"ja": "山海", "vi": "a"},
            id="list-in-a-list",
        ),
        pytest.param(
            "<html lang=vi><table><tr><td lang=zh>山<td>a<tr><td>b</table>",
            {"zh": "山", "vi": "ab"},
            id="open-cells",
        ),
        pytest.param(
            "<html lang=vi><dl><dt lang=zh>山<dd>a</dl>", {"zh": "山", "vi": "a"}, id="open-dt"
        ),
        pytest.param(
            "<html lang=vi><br lang=ja>a<img lang=ja>b<br lang=ja/>c", {"vi": "abc"}, id="void"
        ),
        pytest.param("<html lang=vi><span lang=ja />山", {"ja": "山"}, id="slash-says-nothing"),
        pytest.param(
            "<html lang=vi><svg><path lang=ja /><text>a</text></svg>b", {"vi": "ab"}, id="drawing"
        ),
        pytest.param("<html lang=vi><p lang=ja>山</b></i></div>海</p>a", {"ja": "山海", "vi": "a"},
                     id="wrong-end-tags"),
        pytest.param("<html lang=vi></body></html>a", {"vi": "a"}, id="after-the-end"),
        pytest.param("<html lang=vi><i lang=ja lang=zh>山</i>", {"ja": "山"}, id="twice"),
    ],
)  # fmt: skip
def test_a_character_belongs_to_the_language_of_its_element(
    html: str, expected: dict[str, str]
) -> None:
    assert found(html) == {code: "".join(sorted(text)) for code, text in expected.items()}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("&#28023;&amp;&eacute;", "&é海", id="references"),
        pytest.param("<script>海</script><style>山</style><title>川</title>", "", id="silent"),
        pytest.param("<!-- 海 -->", "", id="comment"),
        pytest.param("<template><p>海</p></template>", "海", id="template"),
        pytest.param("<img alt=海 title=山>", "", id="not-painted"),
        pytest.param("<input placeholder=海 value=山>", "山海", id="field"),
        pytest.param("<button value=山>海</button><data value=川>", "山海", id="button"),
        pytest.param("<optgroup label=海><option>山</optgroup>", "山海", id="label"),
        pytest.param("<a data-text=海 data-plain-text='山'>", "山海", id="data"),
        pytest.param("<a data-names='[\"\\u6d77\"]'>", '"[]海', id="data-escaped"),
        pytest.param(
            '<script type="application/json">{"a": ["\\u6d77"]}</script>', "a海", id="json"
        ),
        pytest.param('<script type="application/json">{海</script>山', "{山海", id="broken-json"),
        pytest.param("<textarea>海</textarea>", "海", id="textarea"),
        pytest.param("<svg><title>海</title><text>山</text></svg>", "山", id="title-of-a-drawing"),
    ],
)
def test_what_is_painted(body: str, expected: str) -> None:
    text = found(f"<html lang=vi><body>{body}").get("vi", "")
    assert text == "".join(sorted(set(expected)))


# ----------------------------------------------------------------------------
# Hostile pages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    [
        *("<![if x]>", "<!ELEMENT br EMPTY>", "<![x[", "<!DOCTYPE [", "<?php ?>", "</", "</ p>"),
        *("<!", "<a b='", "<p <", "<!-- x", "<!--x--!>", "<![CDATA[x]]>", "<title>", "<plaintext>"),
    ],
)
def test_nothing_after_an_odd_tag_is_lost(start: str) -> None:
    assert {"a", "海"} <= set(found(f"<html lang=vi><p>a</p>{start}<p>海</p>")["vi"])


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 100_000 + "海", id="deep"),
        pytest.param("<b>" * 50_000 + "</i>" * 50_000 + "海", id="ends-that-close-nothing"),
        pytest.param("<p><button>" + "<div>" * 200_000 + "海", id="bounded"),
        pytest.param("<li>" * 50_000 + "海", id="items"),
        pytest.param("<p lang=vi>" * 50_000 + "海", id="paragraphs"),
    ],
)
def test_a_page_that_is_very_deep_is_read(html: str) -> None:
    assert "海" in "".join(found(html).values())


@given(st.text(alphabet="<>/!-[]='\" ab海p\x00\ufffd&;#x", max_size=60))
def test_no_page_is_an_error(html: str) -> None:
    read_page(html)


def test_bytes_that_are_no_text_are_seen(tmp_path: Path) -> None:
    read = painted(tmp_path, {"a.html": b"<html lang=vi>V\xe9"})
    assert needed(read, "vi") == "V\ufffd"


# ----------------------------------------------------------------------------
# Styles and scripts
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('a::after{content:"→"}', ["→"]),
        ("a::after { color: red; content: '' }", [""]),
        ('a { content: "\\2192 x" }', ["→x"]),
        ('a { content: "\\"" attr(data-x) "b" }', ['"', "b"]),
        ('a { content: "a;b}c" }', ["a;b}c"]),
        ('a { content: url("x.svg") / "海" }', ["海"]),
        ('/* content: "no" */ a { --mark: "▸" }', ["▸"]),
        ('a { content: "\\110000 " "\\0 " }', ["\ufffd", "\ufffd"]),
        ('a { font-family: "Noto Sans SC"; background: url("海.png") }', []),
        ('[data-x="海"] { color: red }', []),
        ('ul { list-style: "–  " inside } q { quotes: "«" "»" }', ["–  ", "«", "»"]),
        ('a { content: "never closed', []),
    ],
)
def test_texts_of_styles(code: str, expected: list[str]) -> None:
    assert list(texts_of_styles(code)) == expected


def test_styles_count_in_the_languages_of_their_pages(tmp_path: Path) -> None:
    read = painted(
        tmp_path,
        {
            "a.html": '<html lang=vi><link rel=stylesheet href="assets/a.css"><i title=山 x=川>',
            "ja/a/index.html": '<html lang=ja><link rel="Stylesheet" href="../../assets/a.css?1">',
            "assets/a.css": 'i::after { content: "→" attr(title) }',
            "assets/b.css": 'i::after { content: "☃" }',
        },
    )
    assert needed(read, "vi") == "→山"
    assert needed(read, "ja") == "→"
    assert read.needed["vi", "→"].first == "assets/a.css"


def test_data_that_scripts_show_counts_in_the_language_of_its_folder(tmp_path: Path) -> None:
    index = json.dumps(
        {"texts": {"none": "無"}, "pages": [["海"]], "terms": "ㅎ", "postings": "ㅂ"}
    )
    escaped = index.replace("海", "\\u6d77")
    read = painted(
        tmp_path,
        {
            "ja/search/index.js": f'"use strict";window.quangbaSearch={index};\n',
            "zh/search/index.js": f"window.quangbaSearch={escaped};",
            "_gates/mong-cai/zh/gate.js": "say('山 \\u5ddd')",
            "assets/javascripts/keys.js": "const keys = 'ㅂㅈ'; // あ",
            "assets/javascripts/lunr/tinyseg.js": "'ん'",
        },
    )
    assert {"無", "海"} <= set(needed(read, "ja"))
    assert {"無", "海", "山", "川"} <= set(needed(read, "zh"))
    assert not {"ㅎ", "ㅂ", "ん"} & {character for _, character in read.needed}
    assert {"ㅂ", "ㅈ", "あ"} <= read.wished
    assert "ん" not in read.wished


@pytest.mark.parametrize("code", ["x={broken", "x=" + "[" * 100_000 + "]", "海", "", "x={};y='海'"])
def test_a_script_that_is_no_data_counts_as_a_whole(code: str) -> None:
    assert set("".join(texts_of_script(code))) >= set(code) - set("x=") - set("[]{};y'")


def test_the_first_file_and_how_many_have_a_character(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{name}/index.html": "<html lang=vi>é é" for name in "cab"}
    files["b/index.html"] = "<html lang=ja>é"
    read = painted(tmp_path, files)
    assert (read.needed["vi", "é"].first, read.needed["vi", "é"].count) == ("a/index.html", 2)
    assert read.needed["ja", "é"].count == 1


def test_letters_in_drawings_are_found(tmp_path: Path) -> None:
    read = painted(
        tmp_path,
        {
            "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text x="1">Vé</text></svg>',
            "b.svg": "<svg><title>text</title><textPath/></svg>",
            "c.svg": "<s:svg><s:text>x</s:text></s:svg>",
        },
    )
    assert read.drawings == ["a.svg", "c.svg"]
