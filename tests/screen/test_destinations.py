"""Where links lead: as browsers read them, however they are written."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from quangba.site.screen.destinations import destination

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PORTAL = "https://quangninh.example/"

WEB = {
    "https://evisa.gov.vn": "https://evisa.gov.vn",
    " https://evisa.gov.vn/ \n": "https://evisa.gov.vn/",
    "HTTPS://EVISA.gov.vn/A?b=1&c#d": "https://evisa.gov.vn/A?b=1&c#d",
    "ht\ntps:evisa.gov.vn": "https://evisa.gov.vn",
    "https:\\\\evisa.gov.vn\\a": "https://evisa.gov.vn/a",
    "//evisa.gov.vn/a": "https://evisa.gov.vn/a",
    "\\\\evisa.gov.vn": "https://evisa.gov.vn",
    "/\t/evisa.gov.vn": "https://evisa.gov.vn",
    "\x00\x1f//evisa.gov.vn": "https://evisa.gov.vn",
    "https://evisa.gov.vn@evil.example/": "https://evil.example/",
    "https://a:b@evil.example:8443/": "https://evil.example:8443/",
    "https://evіsa.gov.vn/": "https://xn--evsa-m9d.gov.vn/",
    "https://例え.テスト/": "https://xn--r8jz45g.xn--zckzah/",
    "https://ｅｖｉｓａ.gov.vn/": "https://evisa.gov.vn/",
    "https://vi.wikipedia.org/wiki/Hạ Long": "https://vi.wikipedia.org/wiki/H%E1%BA%A1%20Long",
    'https://a.vn/?q="<é>"': "https://a.vn/?q=%22%3C%C3%A9%3E%22",
    "https://a.vn/100%": "https://a.vn/100%",
}
"""Addresses and what is opened."""

NOWHERE = (
    *("javascript:alert(1)", "JAVA\nSCRIPT:x", "data:text/html,x", "ftp://a.vn/x", "blob:x"),
    *("file:///etc/passwd", "about:blank", "sms:113", "chrome://settings", "a.b+c:x", "vbscript:x"),
    *("https://", "https:///", "http://localhost/", "https://[::1]/", "https://a b.vn/"),
    *("https://a.vn:99999/", "https://-.vn/", "https://a..vn/", "https://%00.vn/", "//"),
    *("mailto:", "mailto:a", "mailto:a@b.vn,c@d.vn", "mailto:a@b.vn%0abcc:c@d.vn"),
    *("evisa.gov.vn", "www.a.com", "../yen-tu.md"),
    *("tel:", "tel:*#06#", "tel:+84abc", "tel:12", "tel:1234567890123456"),
)

INSIDE = (
    "",
    "#ve",
    "?a=1",
    ".",
    "../",
    "../visit/",
    "/ja/visit/",
    "a/b.html#c",
    "visit/v1.2/",
    "%2f%2f",
)

# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(("href", "address"), WEB.items())
def test_a_web_address_is_what_will_be_opened(href: str, address: str) -> None:
    found = destination(href, "visit/yen-tu/", PORTAL)
    assert (found.kind, found.address, found.text) == ("web", address, address)
    assert found.address.isascii()


@pytest.mark.parametrize("href", NOWHERE)
def test_what_no_reader_should_follow_leads_nowhere(href: str) -> None:
    assert destination(href, "visit/", PORTAL).kind == "none"


@pytest.mark.parametrize("href", INSIDE)
def test_pages_of_the_kiosk_stay_links(href: str) -> None:
    found = destination(href, "visit/", PORTAL)
    assert (found.kind, found.address) == ("inside", href)


@pytest.mark.parametrize(
    ("here", "href", "address"),
    [
        pytest.param("invest/", "../data/projects.csv", "data/projects.csv", id="data"),
        pytest.param("ja/events/", "events.ics#x", "ja/events/events.ics#x", id="calendar"),
        pytest.param("", "feeds/news.atom", "feeds/news.atom", id="feed"),
        pytest.param("a/b/", "/images/a b.svg", "images/a%20b.svg", id="from_the_root"),
        pytest.param("a/", "../../../../x.pdf", "x.pdf", id="above_the_root"),
        pytest.param("a/", "..\\x.PDF", "x.PDF", id="backslash"),
    ],
)
@pytest.mark.parametrize("portal", [PORTAL, "https://province.example/quang-ninh/"])
def test_a_file_is_taken_from_the_portal(here: str, href: str, address: str, portal: str) -> None:
    found = destination(href, here, portal)
    assert (found.kind, found.address) == ("web", f"{portal}{address}")


def test_a_file_of_a_portal_without_address_leads_nowhere() -> None:
    assert destination("data/projects.csv", "", "").kind == "none"


@pytest.mark.parametrize(
    ("href", "address", "text"),
    [
        pytest.param("mailto:a.b@c.vn", "mailto:a.b@c.vn", "a.b@c.vn", id="mail"),
        pytest.param("MAILTO:a@C.VN?bcc=x@y.vn", "mailto:a@c.vn", "a@c.vn", id="no_headers"),
        pytest.param("mailto:a%2Bb@c.vn", "mailto:a+b@c.vn", "a+b@c.vn", id="encoded"),
        pytest.param("mailto:a@b@c.vn", "", "", id="two_at_signs"),
        pytest.param("mailto:a@thư.vn", "mailto:a@xn--th-e0a.vn", "a@xn--th-e0a.vn", id="idn"),
        pytest.param("tel:+84 203.384-6592", "tel:+842033846592", "+842033846592", id="phone"),
        pytest.param("tel:113", "tel:113", "113", id="short_number"),
        pytest.param("tel:+84203;ext=5", "tel:+84203", "+84203", id="no_parameters"),
    ],
)
def test_mail_and_telephone(href: str, address: str, text: str) -> None:
    found = destination(href, "", PORTAL)
    assert (found.address, found.text) == (address, text)


@pytest.mark.parametrize(
    ("href", "label", "shown"),
    [
        pytest.param("https://evisa.gov.vn/", "evisa.gov.vn", True, id="host"),
        pytest.param("https://www.evisa.gov.vn/a/b", "ở EVISA.gov.vn.", True, id="without_www"),
        pytest.param("https://evisa.gov.vn/", "在evisa.gov.vn申请", True, id="among_han"),
        pytest.param("https://evisa.gov.vn/", "Thị thực điện tử", False, id="words"),
        pytest.param("https://evil.example/", "evisa.gov.vn", False, id="lie"),
        pytest.param("https://evisa.gov.vn/", "evisa.gov.vn.evil.example", False, id="longer"),
        pytest.param("https://evisa.gov.vn/", "my-evisa.gov.vn", False, id="other_begin"),
        pytest.param("https://evisa.gov.vn/", "evisa.gov.vn@evil.example", False, id="at_sign"),
        pytest.param("https://evіsa.gov.vn/", "evіsa.gov.vn", False, id="homoglyph"),
        pytest.param("mailto:A@b.vn", "thư: a@B.vn", True, id="mail"),
        pytest.param("tel:+842033846592", "0203 384 6592", True, id="national_number"),
        pytest.param("tel:113", "Gọi 113", True, id="short_number"),
        pytest.param("tel:+842033846592", "Gọi chúng tôi", False, id="call_us"),
    ],
)
def test_a_label_shows_the_address_or_it_is_added(href: str, label: str, shown: bool) -> None:
    assert destination(href, "", PORTAL).shown_in(label) is shown


@pytest.mark.parametrize(
    ("href", "short"),
    [
        pytest.param("https://evisa.gov.vn/", "evisa.gov.vn", id="host"),
        pytest.param("https://evisa.gov.vn/vi?a=b#c", "evisa.gov.vn/vi", id="no_query"),
        pytest.param(f"https://vnanet.vn/{'a/' * 30}236.html", "vnanet.vn/…/236.html", id="last"),
        pytest.param(f"https://vnanet.vn/{'a' * 50}", "vnanet.vn/…", id="long_name"),
        pytest.param(f"https://{'a' * 50}.vn/b", f"{'a' * 50}.vn/…", id="host_is_never_cut"),
        pytest.param("https://evisa.gov.vn:8443/", "evisa.gov.vn:8443", id="port"),
    ],
)
def test_an_address_in_running_text_is_short(href: str, short: str) -> None:
    assert destination(href, "", PORTAL).short == short


@pytest.mark.browser
def test_chromium_reads_every_address_as_we_do(browser: Browser) -> None:
    page = browser.new_page()
    page.route("**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("http://kiosk.test/visit/yen-tu/")
    hrefs = [*WEB, *NOWHERE, *INSIDE, "..\\x.PDF", "/\\a.vn", "a:b", "\ttel:1", "x//y", "/.//a.vn"]
    found = page.evaluate(
        """hrefs => hrefs.map(href => {
             const link = document.createElement('a');
             link.href = href;
             return [link.origin === location.origin, link.hostname, link.protocol];
           })""",
        hrefs,
    )
    page.close()
    for href, (same, host, protocol) in zip(hrefs, found, strict=True):
        ours = destination(href, "visit/yen-tu/", PORTAL)
        if ours.kind == "inside":
            assert same, href
        elif ours.kind == "web" and not ours.address.startswith(PORTAL):
            assert (host, protocol in ("http:", "https:")) == (host_of(ours.address), True), href


def host_of(address: str) -> str:
    """Return the host of an address that was made here."""
    return address.split("/")[2].partition(":")[0]
