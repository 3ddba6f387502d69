"""A translation can never add HTML, a script or a new link target, wherever it is shown."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from quangba.source.markup import Inspector, is_simple
from quangba.source.segment import Collected, Segment
from quangba.source.segmenter import SegmentExtension, collect

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SOURCE = "Vé tàu"
"""The text that stands everywhere on :data:`EVERYWHERE`."""

EVERYWHERE = """\
# Vé tàu

Vé tàu

## Vé tàu { #ve .lead }

- Vé tàu
- Vé tàu
    - Vé tàu

1. [x] Vé tàu

    Vé tàu

> Vé tàu

| Vé tàu |
| ------ |
| Vé tàu |
| Vé tàu { .red } |

Vé tàu
:   Vé tàu

!!! note "Vé tàu"

    Vé tàu
    {: .small }

??? note "Vé tàu"

    Vé tàu

=== "Vé tàu"

    Vé tàu

``` python title="Vé tàu"
pass
```

<figure markdown="span">
  ![Vé tàu](ve.svg "Vé tàu")
  <figcaption>Vé tàu</figcaption>
</figure>

<details markdown>
<summary>Vé tàu</summary>
Vé tàu
</details>

<p markdown><span class="icon" markdown>Vé tàu</span>Vé tàu</p>

<div title="Vé tàu" markdown>

Vé tàu
{ title="Vé tàu" }

</div>

![Ảnh](ve.svg)
/// figure-caption
Vé tàu
///

Một[^1] [liên kết][đảo] {fact:price}

[^1]: Vé tàu

[đảo]: dao.md "Vé tàu"
"""

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "tag": "<b>Vé</b>",
    "image_event": "<img src=x onerror=alert(1)>",
    "closing_tag": "</div>",
    "comment": "<!-- x -->",
    "processing": "<?php x ?>",
    "declaration": "<!DOCTYPE x>",
    "cdata": "<![CDATA[x]]>",
    "link": "[vé](https://evil.example)",
    "javascript": "[vé](javascript:alert(1))",
    "javascript_spaced": "[vé](java\nscript:alert(1))",
    "data": "[vé](data:text/html;base64,PHNjcmlwdD4=)",
    "angle_link": "[vé](<https://evil.example>)",
    "titled_link": "[vé](https://evil.example 'x')",
    "reference": "[vé][đảo]",
    "short_reference": "[đảo]",
    "collapsed_reference": "[đảo][]",
    "image_reference": "![đảo]",
    "autolink": "<https://evil.example>",
    "autolink_javascript": "<javascript://evil.example/%0aalert(1)>",
    "automail": "<a@evil.example>",
    "bare_url": "https://evil.example",
    "bare_url_on_second_reading": "*Vé*&lt;https://evil.example",
    "bare_www": "www.evil.example",
    "bare_www_upper": "WWW.evil.example",
    "bare_mail": "a@evil.example",
    "mention": "@squidfunk",
    "issue": "#12",
    "pull": "!12",
    "discussion": "?12",
    "commit": "0123456789abcdef0123456789abcdef01234567",
    "image": "![vé](https://evil.example/track.png)",
    "attributes_inline": "Vé {: onclick=alert(1) }",
    "attributes_line": "Vé\n{: onclick=alert(1) }",
    "attributes_emphasis": "*Vé*{: onclick=alert(1) }",
    "attributes_style": "Vé { style=position:fixed }",
    "attributes_word": "Vé {autofocus}",
    "footnote": "Vé[^1]",
    "code": "`rm -rf`",
    "math": r"$\href{javascript:alert(1)}{x}$",
    "math_round": r"\(\href{javascript:alert(1)}{x}\)",
    "emoji": ":smile:",
    "icon": ":material-ferry:",
    "keys": "++ctrl+w++",
    "progress": '[=50% "x"]',
    "toc": "[TOC]",
    "toc_with_break": "[TOC]  \n",
    "toc_emphasis": "~[TOC]~",
    "fact": "{fact:price}",
    "token": "{1}",
    "stash": "\x02wzxhzdk:0\x03",
    "inline_stash": "\x02klzzwxh:0001\x03",
    "control": "Vé\x08",
    "c1_control": "Vé\x9b",
    "bidi": "Vé \u202etxet\u202c",
    "control by number": "Vé &#2;wzxhzdk:0&#3;",
    "bidi_entity": "Vé &#x202E;txet",
    "isolate": "\u2066Vé\u2069",
    "zero_width": "V\u200bé",
    "zero_width_entity": "V&#8203;é",
    "named_entity": "V&zwj;é&rlm;",
    "soft_hyphen": "V\u00adé",
    "tag_characters": "Vé\U000e0041",
    "line_separator": "Vé\u2028tàu",
    "meta_refresh": '0;url=https://evil.example" http-equiv="refresh',
}
"""What somebody could write into a msgstr."""

HARMLESS = {
    "attributes_first": "{: onclick=alert(1) } Vé",
    "words": "Boat tickets",
    "emphasis": "**Boat** *tickets*",
    "break": "Boat<br>tickets".replace("<br>", "  \n"),
    "entity": "Boat &amp; tickets&nbsp;",
    "quotes": "“Boat” 'tickets' \"now\"",
    "chinese": "船票，网上购买。",
    "japanese": "船のチケット（オンライン）",
    "korean": "배표 예매",
    "equals": "1 + 1 = 2",
    "braces_escaped": r"\{boat\}",
    "percent": "100% boat",
    "apostrophe": "L’entrée de l'île",
}

FRAGMENTS = [
    *ATTACKS.values(),
    *HARMLESS.values(),
    *"<>[](){}!*_`\"'=:#&\\|~^+$@\n",
    "onclick=alert(1)",
    "javascript:alert(1)",
    "{: ",
    " }",
    "](",
    "][",
    "title=",
    "&lt;",
    "  \n",
    "\n\n",
    "đảo",
    "ve.svg",
    "x",
]

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


class Structure(HTMLParser):
    """Count tags with every attribute that is not language."""

    FREE = frozenset({"em", "strong", "del", "ins", "mark", "sub", "sup", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[tuple[object, ...]] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [(n, v) for n, v in attrs if n not in ("title", "alt")]
        if kept or tag not in self.FREE:
            self.found[(tag, *kept)] += 1
        self.found.update(("event", n) for n, _ in attrs if n.startswith("on"))

    def handle_comment(self, data: str) -> None:
        self.found[("comment", data)] += 1

    def handle_decl(self, decl: str) -> None:
        self.found[("declaration", decl)] += 1

    def handle_pi(self, data: str) -> None:
        self.found[("processing", data)] += 1


def structure(html: str) -> Counter[tuple[object, ...]]:
    """Return the structure of HTML."""
    reader = Structure()
    reader.feed(html)
    reader.close()
    return reader.found


def render(markdown: Markdown, extension: SegmentExtension, source: str, target: str | None) -> str:
    """Render a page with one text for every segment that says :data:`SOURCE`."""
    markdown.reset()
    extension.begin(
        source,
        translate=lambda segment: target if segment.msgid == SOURCE else segment.msgid,
        fact=lambda name, line: "120",
    )
    return markdown.convert(source)


def accepted(inspector: Inspector, page: Collected, target: str) -> bool:
    """Tell whether the translation may be shown."""
    segment = next(segment for segment in page.segments if segment.msgid == SOURCE)
    return inspector.difference(segment, target, page) is None


@pytest.fixture(scope="module")
def everywhere(markdown: Markdown, extension: SegmentExtension) -> Collected:
    page = collect(markdown, extension, EVERYWHERE, 1)
    shown = [segment.tag for segment in page.segments if segment.msgid == SOURCE]
    assert len(shown) > 25
    return page


# ----------------------------------------------------------------------------
# Attacks
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("attack", [pytest.param(v, id=k) for k, v in ATTACKS.items()])
def test_attack_is_refused(inspector: Inspector, everywhere: Collected, attack: str) -> None:
    assert not accepted(inspector, everywhere, attack)
    if "{" not in attack and "TOC" not in attack:
        assert not accepted(inspector, everywhere, f"Boat {attack}")


@pytest.mark.parametrize("target", [pytest.param(v, id=k) for k, v in HARMLESS.items()])
def test_harmless_text_is_accepted(
    markdown: Markdown,
    extension: SegmentExtension,
    inspector: Inspector,
    everywhere: Collected,
    target: str,
) -> None:
    assert accepted(inspector, everywhere, target)
    before = structure(render(markdown, extension, EVERYWHERE, SOURCE))
    assert structure(render(markdown, extension, EVERYWHERE, target)) == before


@settings(max_examples=250, deadline=None)
@given(target=st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=5).map("".join))
def test_what_is_accepted_adds_nothing(
    markdown: Markdown,
    extension: SegmentExtension,
    inspector: Inspector,
    everywhere: Collected,
    target: str,
) -> None:
    if not accepted(inspector, everywhere, target):
        return
    before = structure(render(markdown, extension, EVERYWHERE, SOURCE))
    assert structure(render(markdown, extension, EVERYWHERE, target)) == before


def difference(
    markdown: Markdown, extension: SegmentExtension, inspector: Inspector, source: str, target: str
) -> str | None:
    """Compare the first segment of a page with a translation."""
    page = collect(markdown, extension, source, 1)
    return inspector.difference(page.segments[0], target, page)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param("Xem [vé](a.md) nhé", "See [it](a.md)", None, id="link_stays"),
        pytest.param("Xem [vé](a.md) nhé", "[It](a.md): see", None, id="link_moves"),
        pytest.param("Xem [vé](a.md) nhé", "See it", "−a href=a.md", id="link_lost"),
        pytest.param("Xem [vé](a.md) nhé", "See [it](b.md)", "−a href=a.md", id="target_changed"),
        pytest.param("Xem [vé](a.md) nhé", "[a](a.md) [b](a.md)", "+a href=a.md", id="link_twice"),
        pytest.param(
            'Xem [vé](a.md "Giá") nhé', 'See [it](a.md "Price")', None, id="title_changes"
        ),
        pytest.param("![Ảnh](a.svg) đẹp", "Fine ![Picture](a.svg)", None, id="alt_changes"),
        pytest.param(
            "![Ảnh](a.svg) đẹp", "![Picture](b.svg)", "−img src=a.svg", id="image_changed"
        ),
        pytest.param("Gõ `ls -l` đi", "Type `ls -l`", None, id="code_stays"),
        pytest.param("Gõ `ls -l` đi", "Type `rm -l`", "−html ls -l", id="code_changed"),
        pytest.param("Có {fact:a} và {fact:b}", "{fact:b}, {fact:a}", None, id="facts_move"),
        pytest.param("Có {fact:a} và {fact:b}", "{fact:a}, {fact:a}", "−fact b", id="fact_swapped"),
        pytest.param("Có {fact:a} người", "5 people", "−fact a", id="fact_typed"),
        pytest.param("Một {++hai++} ba", "{1}two{2}", None, id="tokens_stay"),
        pytest.param("Một {++hai++} ba", "two{2}", "−token {1}", id="token_lost"),
        pytest.param(
            'Một {++hai++} [ba](a.md "c")',
            '{2} [x](a.md "{1}")',
            "−a href=a.md",
            id="token_in_title",
        ),
        pytest.param("Một[^1] hai\n\n[^1]: x", "One[^1]", None, id="footnote_stays"),
        pytest.param("Một[^1] hai\n\n[^1]: x", "One[^2]", "−a class", id="footnote_changed"),
        pytest.param("Một $a$ hai", "One $b$", "−span class=arithmatex", id="math_changed"),
        pytest.param(
            '<abbr title="Ủy ban">UB</abbr> tỉnh',
            'Provincial <abbr title="Committee">PC</abbr>',
            None,
            id="tag_title_changes",
        ),
        pytest.param(
            '<abbr title="Ủy ban">UB</abbr> tỉnh',
            '<abbr title="a" onclick="b">PC</abbr>',
            '−html <abbr title="">',
            id="tag_gets_event",
        ),
        pytest.param("Một *hai* ba", "One two three", None, id="emphasis_lost"),
        pytest.param("A &nbsp; B &copy;", "A B", None, id="entities_lost"),
    ],
)
def test_difference(
    markdown: Markdown,
    extension: SegmentExtension,
    inspector: Inspector,
    source: str,
    target: str,
    expected: str | None,
) -> None:
    found = difference(markdown, extension, inspector, source, target)
    assert found is None if expected is None else (found or "").startswith(expected)


@pytest.mark.parametrize(
    ("source", "target", "sound"),
    [
        pytest.param("Vé", "Tickets & more", True, id="ampersand"),
        pytest.param("Vé", 'The "ticket"', True, id="quotes"),
        pytest.param("Vé", "<script>alert(1)</script>", False, id="script"),
        pytest.param("a < b", "a < b < c", False, id="one_more"),
        pytest.param("a < b", "a < c", True, id="as_many"),
        pytest.param("Vé", 'x" onload="alert(1)', False, id="attribute"),
        pytest.param("Vé {fact:a}", "Tickets {fact:a}", True, id="fact"),
        pytest.param("Vé {fact:a}", "Tickets", False, id="fact_lost"),
        pytest.param("Vé", "Tickets\u202e", False, id="bidi"),
    ],
)
def test_plain_text(inspector: Inspector, source: str, target: str, sound: bool) -> None:
    segment = Segment(source, msgctxt="front matter: title", plain=True)
    assert (inspector.difference(segment, target, Collected()) is None) is sound


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=40), tag=st.sampled_from(["p", "h1", "td", "li", "label"]))
def test_inspector_never_raises_and_accepts_identity(
    inspector: Inspector, text: str, tag: str
) -> None:
    segment = Segment(text, tag=tag)
    assert inspector.difference(segment, text, Collected()) is None
    other = inspector.difference(Segment("Vé", tag=tag), text, Collected())
    assert other is None or other[0] in "+−"


@pytest.mark.parametrize("text", ["Vé tàu, vé xe.", "船票，网上。", "1.969 đảo"])
def test_simple_text(text: str) -> None:
    assert is_simple(text)
