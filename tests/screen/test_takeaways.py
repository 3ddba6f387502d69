"""On a kiosk no link leads off the machine; each becomes a text and a code."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup
from taken import EVISA, HERE, PORTAL, VISAS, buttons, context_of, text_of, tree, ways_out

from quangba.site.outputs import Output
from quangba.site.screen import qr
from quangba.site.screen.plain_texts import sample_note
from quangba.site.screen.takeaways import (
    ICON,
    Takeaways,
    finish_takeaways,
    takeaways_view,
)

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


@pytest.fixture
def takeaways() -> Takeaways:
    return Takeaways(PORTAL)


def bare(html: str) -> str:
    """Return HTML without the icon."""
    return html.replace(ICON, "")


# ----------------------------------------------------------------------------
# The HTML of a page
# ----------------------------------------------------------------------------


def test_a_link_becomes_a_button_with_its_address_and_code(takeaways: Takeaways) -> None:
    html = takeaways.use(f'<p>Xem <a href="{EVISA}/vi">thị thực</a>.</p>', HERE)
    [button] = buttons(html)
    assert button == {
        "type": "button",
        "class": "take",
        "aria-haspopup": "dialog",
        "data-label": "thị thực",
        "data-qr": f"../../{qr.file_name(f'{EVISA}/vi')}",
        "data-text": f"{EVISA}/vi",
    }
    assert bare(html).partition(">")[0] == "<p"
    assert '<span class="take__label">thị thực</span><bdi ' in html
    assert 'translate="no"> evisa.gov.vn/vi</bdi></button>.</p>' in html
    assert takeaways.codes == {qr.file_name(f"{EVISA}/vi"): f"{EVISA}/vi"}


@pytest.mark.parametrize(
    "html",
    [
        pytest.param('<a href="../">A</a>', id="page"),
        pytest.param('<a class="footnote-ref" href="#fn:1">1</a>', id="anchor"),
        pytest.param('<a id="ve"></a>', id="name"),
        pytest.param("<p>a &amp; b &lt; c<br>d</p>", id="text"),
        pytest.param('<svg viewbox="0 0 1 1"><path d="M0 0"/></svg>', id="drawing"),
        pytest.param('<pre><code class="x">&lt;a href="https://a.vn"&gt;</code></pre>', id="code"),
        pytest.param('<img alt="" src="../images/a.svg">', id="picture"),
        pytest.param("<ul><li>a<li>b</ul><p>c<p>d", id="omitted_ends"),
    ],
)
def test_what_stays_on_the_kiosk_stays_as_it_is(takeaways: Takeaways, html: str) -> None:
    assert takeaways.use(html, HERE) == html
    assert takeaways.codes == {}


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(f"<a href='{EVISA}'>x</a>", id="single_quotes"),
        pytest.param(f"<a href={EVISA}>x</a>", id="no_quotes"),
        pytest.param(f'<A CLASS="a" HREF="{EVISA}">x</A>', id="capitals"),
        pytest.param(f'<a title="a > b" rel="x" href="{EVISA}" target="_blank">x</a>', id="order"),
        pytest.param('<a href="&#104;ttps&colon;//evisa.gov.vn">x</a>', id="entities"),
        pytest.param(f'<a href="{EVISA}" href="../">x</a>', id="twice"),
        pytest.param(f'<a href="../"><a href="{EVISA}">x</a></a>', id="nested"),
        pytest.param(f'<h2><a href="{EVISA}">x</a></h2>', id="heading"),
        pytest.param(f'<table><tr><td><a href="{EVISA}">x</a></td></tr></table>', id="table"),
        pytest.param(f'<ul><li><a href="{EVISA}">x</a></li></ul>', id="list"),
        pytest.param(f'<a\nhref\n=\n"{EVISA}"\n>x</a\n>', id="line_ends"),
    ],
)
def test_a_link_is_found_however_it_is_written(takeaways: Takeaways, link: str) -> None:
    html = takeaways.use(link, HERE)
    assert [button["data-text"] for button in buttons(html)] == [EVISA]
    assert ways_out(html) == []
    assert text_of(html) == "x"


def test_markup_in_a_label_stays_and_what_would_open_windows_goes(takeaways: Takeaways) -> None:
    html = takeaways.use(
        f'<a id="a" lang="en" class="more" title="T" target="_blank" rel="x" onclick="y" '
        f'href="{EVISA}"><strong>e<em>-Visa</em></strong> &amp; <img src="a.svg" alt="b"></a>',
        HERE,
    )
    [button] = buttons(html)
    assert (button["id"], button["lang"], button["title"]) == ("a", "en", "T")
    assert button["class"] == "take more"
    assert not {"href", "target", "rel", "onclick"} & button.keys()
    assert button["data-label"] == "e-Visa &"
    assert '<strong>e<em>-Visa</em></strong> &amp; <img src="a.svg" alt="b"></span>' in html
    inside = takeaways.use('<a target="_blank" ping="x" download href="a/" lang="en">A</a>', HERE)
    assert inside == '<a href="a/" lang="en">A</a>'


@pytest.mark.parametrize(
    ("link", "added"),
    [
        pytest.param(f'<a href="{EVISA}">evisa.gov.vn</a>', [], id="shown"),
        pytest.param(f'<a href="{EVISA}">{EVISA}</a>', [], id="automatic_link"),
        pytest.param(f'<a href="{EVISA}">thị thực</a>', ["evisa.gov.vn"], id="words"),
        pytest.param(
            f'<a href="{EVISA}"><img alt="e" src="a.svg"></a>', ["evisa.gov.vn"], id="image"
        ),
        pytest.param(f'<a href="{EVISA}"></a>', ["evisa.gov.vn"], id="empty"),
        pytest.param(
            '<a href="https://evіsa.gov.vn">evіsa.gov.vn</a>',
            ["xn--evsa-m9d.gov.vn"],
            id="homoglyph",
        ),
        pytest.param('<a href="mailto:a@b.vn">a@b.vn</a>', [], id="mail"),
        pytest.param('<a href="mailto:a@b.vn">thư</a>', ["a@b.vn"], id="mail_in_words"),
        pytest.param('<a href="javascript:x">x</a>', [], id="nowhere"),
    ],
)
def test_the_address_is_shown_once(takeaways: Takeaways, link: str, added: list[str]) -> None:
    root = tree(takeaways.use(link, HERE))
    assert [each.text.strip() for each in root.iter("bdi")] == added


def test_a_file_of_the_portal_is_taken_from_there(takeaways: Takeaways) -> None:
    html = takeaways.use(
        '<a href="../../data/projects.csv" download>CSV</a>', "ja/invest/projects/"
    )
    [button] = buttons(html)
    assert button["data-text"] == f"{PORTAL}ja/data/projects.csv"
    assert "quangninh.example/ja/data/projects.csv" in text_of_all(html)
    nowhere = Takeaways(None).use('<a href="../../data/projects.csv">CSV</a>', HERE)
    assert nowhere == "<span>CSV</span>"


def text_of_all(html: str) -> str:
    """Return all that a reader sees."""
    return "".join(tree(html).itertext())


def test_mail_and_telephone_give_a_code_and_a_contact_card(takeaways: Takeaways) -> None:
    html = takeaways.use(
        '<a href="mailto:a@b.vn">Bàn hỗ trợ</a> <a href="tel:0203-384">0203 384</a>',
        HERE,
        "Bản mẫu",
    )
    mail, phone = buttons(html)
    assert mail["data-text"] == "a@b.vn"
    assert takeaways.codes[mail["data-qr"].removeprefix("../../")] == "mailto:a@b.vn"
    assert takeaways.codes[mail["data-plain"].removeprefix("../../")] == (
        "MECARD:N:Bàn hỗ trợ;EMAIL:a@b.vn;NOTE:Bản mẫu;;"
    )
    assert mail["data-plain-text"] == "Bàn hỗ trợ\na@b.vn\nBản mẫu"
    assert takeaways.codes[phone["data-qr"].removeprefix("../../")] == "tel:0203384"
    assert "TEL:0203384;NOTE:Bản mẫu" in takeaways.codes[phone["data-plain"].removeprefix("../../")]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "ftp://a.vn", "x:y", "https://"]
)
def test_what_leads_nowhere_is_text_without_a_code(takeaways: Takeaways, href: str) -> None:
    html = takeaways.use(f'<a class="b" id="c" href="{href}">nhãn <b>đậm</b></a>', HERE)
    assert html == '<span id="c" class="b">nhãn <b>đậm</b></span>'
    assert takeaways.codes == {}


def test_an_address_too_long_for_a_code_is_said_in_words(takeaways: Takeaways) -> None:
    html = takeaways.use(f'<a href="{EVISA}/{"a" * 500}">x</a>', HERE)
    assert html.startswith("<span>x</span><bdi")
    assert "evisa.gov.vn/…" in html
    assert takeaways.codes == {}


def test_same_page_same_bytes(takeaways: Takeaways) -> None:
    html = f'<p><a href="{EVISA}">a</a> <a href="tel:113">b</a></p>'
    assert takeaways.use(html, HERE) == Takeaways(PORTAL).use(html, HERE)


# ----------------------------------------------------------------------------
# Drawings
# ----------------------------------------------------------------------------


def test_only_codes_that_pages_asked_for_are_written_once(
    takeaways: Takeaways, tmp_path: Path
) -> None:
    takeaways.use(f'<a href="{EVISA}">a</a>', HERE)
    takeaways.use(f'<a href="{EVISA}">b</a> <a href="../">c</a>', "ja/visit/visas/")
    context: Any = SimpleNamespace(takeaways=takeaways)
    finish_takeaways([Output(context, tmp_path)])
    [file] = (path for path in tmp_path.rglob("*") if path.is_file())
    assert file == tmp_path / qr.file_name(EVISA)
    assert file.read_bytes() == qr.drawing(EVISA)
    file.write_bytes(b"kept")
    finish_takeaways([Output(context, tmp_path)])
    assert file.read_bytes() == b"kept"


def test_drawings_come_from_the_cache_when_they_are_whole(tmp_path: Path) -> None:
    cache, html = tmp_path / "cache", f'<a href="{EVISA}">a</a>'

    def write(site: str) -> bytes:
        takeaways = Takeaways(PORTAL, cache)
        takeaways.use(html, HERE)
        takeaways.write(tmp_path / site)
        return (tmp_path / site / qr.file_name(EVISA)).read_bytes()

    assert write("first") == qr.drawing(EVISA)
    [kept] = cache.iterdir()
    kept.write_bytes(b"<svg>from the cache</svg>\n")
    assert write("second") == b"<svg>from the cache</svg>\n"
    for broken in (b"", b"<svg"):  # a power cut
        kept.write_bytes(broken)
        assert write(f"after{len(broken)}") == qr.drawing(EVISA)
    kept.unlink()
    cache.rmdir()
    cache.write_text("no folder")
    assert write("without") == qr.drawing(EVISA)


# ----------------------------------------------------------------------------
# Templates
# ----------------------------------------------------------------------------


def test_templates_ask_for_a_link_as_the_kiosk_shows_it(takeaways: Takeaways) -> None:
    context = context_of(takeaways, VISAS)
    take = takeaways_view(context, lambda url: f"../../{url}", HERE)["take"]()
    given = take(Markup("https://a.vn/?b=1&amp;c=2"), Markup("A &lt; B"), "Hỏi tại bàn.")
    assert takeaways.codes[given["qr"].removeprefix("../../")] == "https://a.vn/?b=1&c=2"
    assert given["text"] == "https://a.vn/?b=1&amp;c=2"
    assert '<span class="take__label">A &lt; B</span><bdi' in given["html"]
    assert given["plain_text"] == f"Hỏi tại bàn.\n{sample_note(context)}"
    [button] = buttons(given["html"])
    assert button["data-plain-text"] == given["plain_text"]
    assert str(given["data"]).strip() in given["html"]
    assert str(given) == given["html"]


def test_templates_may_ask_for_what_needs_no_code(takeaways: Takeaways) -> None:
    take = takeaways_view(context_of(takeaways, VISAS), lambda url: url, HERE)["take"]()
    inside = take("../../visit/", "Tham quan")
    assert (inside["html"], inside["qr"]) == ('<a href="../../visit/">Tham quan</a>', None)
    nowhere = take("javascript:x", "<b>")
    assert (nowhere["html"], nowhere["qr"]) == ("<span>&lt;b&gt;</span>", None)
    file = take("../../data/projects.csv", "CSV")
    assert file["text"] == f"{PORTAL}data/projects.csv"
    assert takeaways.codes == {qr.file_name(file["text"]): file["text"]}
