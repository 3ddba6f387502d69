"""No HTML leads off a kiosk, however hostile or broken it is, and no text of it is lost."""

from __future__ import annotations

import random
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from taken import EVISA, HERE, PORTAL, buttons, text_of, tree, ways_out

from quangba.site.screen.takeaways import Takeaways

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SOUP = (
    *('<a href="https://a.vn">', "<a class=b href='mailto:a@b.vn'>", "<A HREF=\\\\a.vn/b.html>"),
    *(
        '<a href="https://a.vn">x</a>',
        '<a\thref="javascript:x">',
        '<a href="../">',
        "<a id=c>",
        "</a>",
    ),
    *("<a href=", "<a ", "<A HREF=", "</a>", "<a/href=", '<a href="b/">', "<area href=", "<svg>"),
    *("https://a.vn", "//a.vn", "\\\\a.vn", "java\tscript:x", "&#104;ttp://a.vn", "mailto:a@b.vn"),
    *('"', "'", ">", "/>", "<", " ", "=", "\n", "&", "&amp;", "&lt;", "x", "\x00", "<!--", "-->"),
    *("<!", "<![CDATA[", "]]>", "<?", "</", "<script>", "</script>", "<style>", "</style>"),
    *("<textarea>", "</textarea>", "<title>", "<p>", "</p>", "<b>", "</b>", "<table>", "<td>"),
    *("<base href=", "<form action=", "<button formaction=", "<math>", "</svg>", "<math><mi>"),
    *("<noscript>", "<iframe>", "<xmp>", "<template>", "<select>", "<plaintext>", "<svg><style>"),
    *("<foreignObject>", "<use xlink:href=", "<link href=", "<![foo[bar]]>", "<a<b", "<!-->"),
)

# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f"<base href='{EVISA}'>a", id="base"),
        pytest.param(f"<meta http-equiv=refresh content='0;url={EVISA}'>a", id="refresh"),
        pytest.param(f"<map><area href='{EVISA}' alt=x></map>a", id="area"),
        pytest.param(f"<svg><a xlink:href='{EVISA}'><text>a</text></a></svg>", id="drawing"),
        pytest.param(
            f"<svg><style><a href='{EVISA}'>b</a></style></svg>a", id="style_in_a_drawing"
        ),
        pytest.param(f"<svg><p><a href='{EVISA}'>a</a></p></svg>", id="break_out"),
        pytest.param(f"<form action='{EVISA}'>a</form>", id="form"),
        pytest.param(f"<button formaction='{EVISA}'>a</button>", id="button"),
        pytest.param(f"<a href='b/' ping='{EVISA}'>a</a>", id="ping"),
        pytest.param(f"<!--><img alt='<a href={EVISA}>'>-->a", id="comment_that_ends_at_once"),
        pytest.param(f"<![CDATA[<a href='{EVISA}'>a</a>]]>", id="cdata"),
        pytest.param(f"<script>'<a href={EVISA}>'</script>a", id="script"),
        pytest.param(f"<noscript><p title=\"</noscript><a href='{EVISA}'>\">a", id="noscript"),
        pytest.param(f"<a/href='{EVISA}'/>a", id="slashes"),
        pytest.param(f"<a\x00 href='{EVISA}'>a</a>", id="nul"),
        pytest.param(f"<a href='{EVISA}'>a", id="no_end"),
        pytest.param(f"<a href='{EVISA}", id="no_end_of_the_tag"),
        pytest.param(f"<a<b href='{EVISA}'>a", id="broken_name"),
    ],
)
def test_hostile_html_leads_nowhere_either(html: str) -> None:
    found = Takeaways(PORTAL).use(html, HERE)
    assert ways_out(found) == []
    assert not [e for e in tree(found).iter() if e.tag in ("base", "meta", "script", "style")]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=30).map("".join))
def test_no_soup_of_tags_leads_off_the_kiosk(html: str) -> None:
    takeaways = Takeaways(PORTAL)
    found = takeaways.use(html, HERE)
    assert ways_out(found) == []
    # Nothing is left to be changed; browsers know viewBox in small letters too.
    assert takeaways.use(found, HERE).lower() == found.lower()
    assert set(takeaways.codes.values()) >= {
        unescape(button["data-text"]) for button in buttons(found) if "@" not in button["data-text"]
    }


HREFS = (
    "https://a.vn/b?c=d&e",
    "../",
    "#x",
    "javascript:x",
    "tel:113",
    "mailto:a@b.vn",
    "x.csv",
    "",
)
TEXT = st.text(st.sampled_from('ab ệ界<>&"\u00a0'), max_size=6).map(
    lambda t: escape(t, quote=False)
)
QUOTES = st.sampled_from(("'", '"'))


def element(name: str, inner: str) -> str:
    """Return an element."""
    return f"<{name}>{inner}</{name}>"


def link(href: str, quote: str, inner: str) -> str:
    """Return a link."""
    return f"<a class=x href={quote}{escape(href)}{quote}>{inner}</a>"


INLINE = st.recursive(
    TEXT,
    lambda inner: (
        st.builds(element, st.sampled_from(("em", "strong", "code", "span")), inner)
        | st.lists(inner, max_size=3).map("".join)
    ),
    max_leaves=4,
)
PHRASES = st.lists(
    INLINE | st.builds(link, st.sampled_from(HREFS), QUOTES, INLINE), max_size=4
).map("".join)
BLOCKS = st.lists(
    st.builds(element, st.sampled_from(("p", "h2", "blockquote", "pre")), PHRASES)
    | st.lists(PHRASES.map(lambda x: element("li", x)), max_size=3).map(
        lambda items: element("ul", "".join(items))
    )
    | PHRASES.map(lambda x: f"<table><tbody><tr><td>{x}</td></tr></tbody></table>"),
    max_size=4,
).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(BLOCKS)
def test_no_text_of_a_page_is_lost(html: str) -> None:
    found = Takeaways(PORTAL).use(html, HERE)
    assert text_of(found) == text_of(html)
    assert ways_out(found) == []
    inside = [e.get("href") for e in tree(html).iter("a") if e.get("href") in ("../", "#x", "")]
    assert [e.get("href") for e in tree(found).iter("a")] == inside


@pytest.mark.browser
def test_chromium_finds_no_way_out_of_any_soup(browser: Browser) -> None:
    chance = random.Random(6)
    pages = ["".join(chance.choices(SOUP, k=chance.randint(3, 25))) for _ in range(1500)]
    page = browser.new_page()
    page.route("**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("http://kiosk.test/visit/visas/")
    found = page.evaluate(
        """pages => pages.filter(html => {
             const parsed = new DOMParser().parseFromString(html, 'text/html');
             const off = name => [...parsed.querySelectorAll(`[${name}]`)].some(
               e => new URL(e.getAttribute(name), location.href).origin !== location.origin);
             const svg = [...parsed.querySelectorAll('*')].some(
               e => /^https?:/.test(e.getAttribute('xlink:href') ?? ''));
             return off('href') || off('action') || off('formaction') || off('ping') || svg;
           })""",
        [Takeaways(PORTAL).use(html, HERE) for html in pages],
    )
    page.close()
    assert found == []
