"""
Rules: what every page of a built site has to keep, each a tiny function that names what does not.

A rule looks at files as they are. What needs a browser (contrast, order of the focus, what a
reader hears) is the matter of axe and of the tests, and no rule here claims it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from quangba.site.headers import TRUSTED_TYPES
from quangba.site.proof.glyphs import missing_glyphs
from quangba.site.proof.reading import Document
from quangba.site.proof.subject import MADE, Subject

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

EXAMPLES = 20
"""Findings of a rule that are listed; the others are counted."""

SAFE_SOURCE = re.compile(r"'self'|'none'|'sha(?:256|384|512)-[A-Za-z0-9+/=]+'")
"""Sources of a policy that let in nothing from elsewhere and nothing unseen."""

ASKED_POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""Directives and the only source they may have."""

ASKED_HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": ""}
"""Headers, and the value they must have; empty for any."""

SCRIPT_ADDRESSES = ("javascript:", "vbscript:", "data:")

PASSED_OVER = dict.fromkeys((*range(0x21), 0x7F))
"""Blanks and control characters, which may stand before the scheme of an address and in it."""

CSS_ADDRESS = re.compile(r"""(?:url\(|@import\s)\s*["']?([^"')\s]+)""")

LOCATION = re.compile(r"<loc>([^<]*)</loc>")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """One thing that is demanded of a site."""

    name: str
    group: str
    """``access``, ``links``, ``languages``, ``safety``, ``approval`` or ``letters``."""
    vietnamese: str
    """What is demanded, as a sentence."""
    english: str
    over: Callable[[Subject], Iterable[tuple[str, Any]]]
    """What it is asked about: files with what was read of them."""
    judge: Callable[[Subject, str, Any], Iterator[str]]
    """Yields what is wrong, in words that need no translation: a tag, an address."""


# ----------------------------------------------------------------------------
# Accessibility
# ----------------------------------------------------------------------------


def tag_rule(name: str) -> Callable[[Subject, str, Document], Iterator[str]]:
    """Return the judge of a rule that one tag can break: the reader notes these."""

    def judge(subject: Subject, file: str, page: Document) -> Iterator[str]:
        return (tag for rule, tag in page.wrong if rule == name)

    return judge


def language(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Compare the language that a page names with the folder it is in."""
    wanted = subject.tag_of(file)
    if not page.language or (wanted and page.language != wanted):
        yield f'<html lang="{page.language}">' + (f" ≠ {wanted}" if wanted else "")


def title(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Ask for a title."""
    if not page.title:
        yield "<title>"


def description(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Ask for a description."""
    if not page.metas.get("description", "").strip():
        yield '<meta name="description">'


def one_heading(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Count the headings of the first level."""
    count = page.headings.count(1)
    if count != 1:
        yield f"{count} × <h1>"


def heading_order(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for levels that are skipped on the way down."""
    for before, after in itertools.pairwise(page.headings):
        if after > before + 1:
            yield f"<h{before}> → <h{after}>"


def one_main(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Count the main parts."""
    if page.mains != 1:
        yield f"{page.mains} × <main>"


def ids_named(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for ids that the page names and does not have."""
    for name, identity in page.asked:
        if identity not in page.ids:
            yield f'{name}="{identity}"'


# ----------------------------------------------------------------------------
# Links
# ----------------------------------------------------------------------------


def files_there(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for links and pictures that lead to no file."""
    yield from subject.ways[file].lost


def anchors_there(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for links to places that a page does not have."""
    for address, there, fragment in subject.ways[file].places:
        page_there = subject.documents.get(there)
        if page_there and fragment != "top" and fragment not in page_there.ids:
            yield address


def no_way_out(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for links that a reader at a gate could not follow."""
    away = subject.ways[file].away
    yield from (address for address in page.links if address in away)


# ----------------------------------------------------------------------------
# Languages
# ----------------------------------------------------------------------------


def own_address(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Compare the canonical address with the address."""
    address = subject.built.address(file)
    if page.canonical != [address]:
        yield f"canonical {' '.join(page.canonical) or '–'} ≠ {address}"


def own_alternate(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Ask a page that lists versions for itself among them."""
    if page.alternates and (page.language, subject.built.address(file)) not in page.alternates:
        yield f'hreflang="{page.language}"'


def both_ways(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Ask every version that is listed for the same list."""
    for code, address in page.alternates:
        there = subject.version(address)
        if there is None:
            yield f"{code} → {address} (404)"
        elif there.alternates != page.alternates and (
            set(there.alternates) != set(page.alternates)
        ):
            yield f"{code} → {address}"
        elif code not in ("x-default", there.language):
            yield f"{code} → {address} (lang={there.language})"


def default_version(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Ask for one ``x-default`` that is one of the versions."""
    found = [address for code, address in page.alternates if code == "x-default"]
    others = {address for code, address in page.alternates if code != "x-default"}
    if page.alternates and (len(found) != 1 or found[0] not in others):
        yield f"{len(found)} × x-default"


def listed_only(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for versions that search engines may not list."""
    for code, address in page.alternates:
        there = subject.version(address)
        if there and not there.indexed:
            yield f"{code} → {address}"


def sitemap(subject: Subject, file: str, item: Any) -> Iterator[str]:
    """Compare the sitemap with the pages that search engines may list."""
    path = subject.built.folder / "sitemap.xml"
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    there = {unescape(address) for address in LOCATION.findall(text)}
    wanted = {subject.built.address(name) for name, _ in subject.listed()}
    yield from (f"− {address}" for address in sorted(wanted - there))
    yield from (f"+ {address}" for address in sorted(there - wanted))


def headers(subject: Subject) -> Iterator[tuple[str, Subject]]:
    """Yield the site, by the file of its headers."""
    yield "_headers", subject


def public(subject: Subject) -> Iterator[tuple[str, Subject]]:
    """Yield the site where it has a public address."""
    if subject.built.site_url and not subject.kiosk:
        yield "sitemap.xml", subject


# ----------------------------------------------------------------------------
# Safety
# ----------------------------------------------------------------------------


def own_files(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for files that a browser would fetch from elsewhere, or that the policy forbids."""
    for fetched in page.fetched:
        address = fetched.address
        if address not in subject.ways[file].away:
            continue
        directive = "img-src" if fetched.tag.name in ("img", "source", "link", "image") else ""
        if not (address.startswith("data:") and "data:" in subject.policy.get(directive, [])):
            yield address[:120]


def no_script_links(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for links that run a script."""
    for address in subject.ways[file].away:
        seen = address[:120].translate(PASSED_OVER).lower()
        if seen.startswith(SCRIPT_ADDRESSES) and address in page.links:
            yield address[:120]


def content_policy(subject: Subject, file: str, item: Any) -> Iterator[str]:
    """Judge the content security policy in ``_headers``."""
    policy = subject.policy
    if not policy:
        yield "Content-Security-Policy: –"
        return
    for name, source in ASKED_POLICY.items():
        if policy.get(name) != [source]:
            yield f"{name} {' '.join(policy.get(name, ['–']))}"
    for name, sources in policy.items():
        if name in TRUSTED_TYPES:
            continue  # it names no sources
        unsafe = [one for one in sources if not SAFE_SOURCE.fullmatch(one)]
        if unsafe and not (name == "img-src" and unsafe == ["data:"]):
            yield f"{name} {' '.join(unsafe)}"


def other_headers(subject: Subject, file: str, item: Any) -> Iterator[str]:
    """Ask for the other headers that protect readers."""
    for name, value in ASKED_HEADERS.items():
        found = subject.headers.get(name)
        if not found or (value and found != value):
            yield f"{name}: {found or '–'}"


def style_sheets(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the style sheets of the site."""
    return subject.built.style_sheets()


def style_files(subject: Subject, file: str, text: str) -> Iterator[str]:
    """Look for files that a style sheet fetches and the site does not have."""
    for address in CSS_ADDRESS.findall(text):
        target = subject.built.target(file, address)
        data = address.startswith("data:image/")
        if not address.startswith("#") and not target.file and not data:
            yield address[:120]


def drawings(subject: Subject) -> Iterator[tuple[str, bytes | None]]:
    """Yield the drawings, with their bytes where something in them looks alive."""
    for name in subject.built.sizes:
        if name.endswith(".svg"):
            yield name, subject.built.svgs.get(name)


def still_drawing(subject: Subject, file: str, data: bytes | None) -> Iterator[str]:
    """Tell of drawings that hold a script, an entity or an address elsewhere."""
    if data is not None:
        yield file


# ----------------------------------------------------------------------------
# Approval: the folder against the ledger
# ----------------------------------------------------------------------------


def promised(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the files that the ledger says are there."""
    return iter(subject.promised.items())


def kept_promise(subject: Subject, file: str, state: str) -> Iterator[str]:
    """Compare a file with what the ledger says of it."""
    page = subject.documents.get(file)
    if page is None:
        yield f"{state}: 404"
    elif state != "published" and page.indexed:
        yield f"{state}: index"
    elif state == "published" and not subject.kiosk and not page.indexed:
        yield f"{state}: noindex"


def closed(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the files of pages that may not be there."""
    return iter(subject.closed.items())


def stays_out(subject: Subject, file: str, name: str) -> Iterator[str]:
    """Look for a page that the gate refused."""
    page = subject.documents.get(file)
    if page is not None and not page.moved:
        yield name


def answered_for(subject: Subject, file: str, page: Document) -> Iterator[str]:
    """Look for pages that nobody let out: they are in no ledger."""
    known = file in subject.promised or file in subject.standing or page.moved
    if not (known or (subject.kiosk and MADE.match(file))):
        yield page.title or file


# ----------------------------------------------------------------------------
# Letters
# ----------------------------------------------------------------------------


def letters(subject: Subject) -> Iterator[tuple[str, list[str]]]:
    """Yield for each language of a kiosk the characters that none of its fonts has."""
    if subject.kiosk:
        yield from missing_glyphs(subject)


def drawn(subject: Subject, file: str, characters: list[str]) -> Iterator[str]:
    """Tell of characters that would be empty boxes on the glass."""
    for character in characters:
        yield f"U+{ord(character):04X} {character}"


# ----------------------------------------------------------------------------
# All of them
# ----------------------------------------------------------------------------


def rule(
    name: str,
    group: str,
    vietnamese: str,
    english: str,
    over: Callable[[Subject], Iterable[tuple[str, Any]]],
    judge: Callable[[Subject, str, Any], Iterator[str]] | None = None,
) -> Rule:
    """Make a rule; without a judge it is one that a single tag breaks."""
    return Rule(name, group, vietnamese, english, over, judge or tag_rule(name))


READ, PAGES = Subject.read_by_people, Subject.pages

RULES: tuple[Rule, ...] = (
    rule(
        "answered-for",
        "approval",
        "Mọi trang trong thư mục đều có trong danh sách trang đã duyệt.",
        "Every page in the folder is on the list of approved pages.",
        PAGES,
        answered_for,
    ),
    rule(
        "stays-out",
        "approval",
        "Trang bị cổng duyệt giữ lại không có trong thư mục.",
        "A page that the gate keeps back is not in the folder.",
        closed,
        stays_out,
    ),
    rule(
        "kept-promise",
        "approval",
        "Trang đã phát hành thì có tệp; trang chưa có bản dịch hoặc đã rút chỉ còn thông báo ngắn, "
        "không cho máy tìm kiếm ghi.",
        "What is published has its file; a page not translated yet or withdrawn is a short notice "
        "that search engines do not list.",
        promised,
        kept_promise,
    ),
    rule(
        "inline-script",
        "safety",
        "Không có mã lệnh viết trong trang.",
        "No script is written into a page.",
        PAGES,
    ),
    rule(
        "inline-style",
        "safety",
        "Không có kiểu trình bày viết trong trang.",
        "No style is written into a page.",
        PAGES,
    ),
    rule(
        "own-files",
        "safety",
        "Trình duyệt không phải tải gì từ nơi khác.",
        "A browser fetches nothing from elsewhere.",
        PAGES,
        own_files,
    ),
    rule(
        "script-link",
        "safety",
        "Không có liên kết chạy mã lệnh.",
        "No link runs a script.",
        PAGES,
        no_script_links,
    ),
    rule(
        "style-files",
        "safety",
        "Tệp kiểu chỉ dùng tệp của trang web.",
        "Style sheets use only files of the site.",
        style_sheets,
        style_files,
    ),
    rule(
        "still-drawing",
        "safety",
        "Hình vẽ SVG không chứa mã lệnh và không gọi ra ngoài.",
        "Drawings (SVG) hold no script and call nothing elsewhere.",
        drawings,
        still_drawing,
    ),
    rule(
        "content-policy",
        "safety",
        "Chính sách an toàn nội dung (CSP) trong _headers chỉ cho phép tệp của trang web.",
        "The content security policy in _headers lets in nothing but the site's own files.",
        headers,
        content_policy,
    ),
    rule(
        "other-headers",
        "safety",
        "Có các tiêu đề HTTP bảo vệ khác.",
        "The other protective HTTP headers are there.",
        headers,
        other_headers,
    ),
    rule(
        "files-there",
        "links",
        "Mọi liên kết, hình và tệp trong trang web đều có thật.",
        "Every link, picture and file within the site exists.",
        PAGES,
        files_there,
    ),
    rule(
        "anchors-there",
        "links",
        "Liên kết tới một mục thì mục đó có trong trang.",
        "A link to a part of a page finds that part.",
        PAGES,
        anchors_there,
    ),
    rule(
        "no-way-out",
        "links",
        "Màn hình ở cửa khẩu không có liên kết ra ngoài.",
        "Screens at gates have no link that leads away.",
        lambda subject: subject.pages() if subject.kiosk else (),
        no_way_out,
    ),
    rule(
        "language",
        "languages",
        "Mỗi trang ghi đúng ngôn ngữ của mình.",
        "Every page names its language, and rightly.",
        PAGES,
        language,
    ),
    rule(
        "canonical",
        "languages",
        "Địa chỉ chính thức (canonical) đúng là địa chỉ của trang.",
        "The canonical address is the page's own.",
        Subject.listed,
        own_address,
    ),
    rule(
        "hreflang-self",
        "languages",
        "Danh sách bản ngôn ngữ (hreflang) có chính trang đó.",
        "The list of language versions (hreflang) has the page itself.",
        Subject.listed,
        own_alternate,
    ),
    rule(
        "hreflang-both-ways",
        "languages",
        "Các bản ngôn ngữ chỉ tới nhau, hai chiều.",
        "Language versions point at each other, both ways.",
        Subject.listed,
        both_ways,
    ),
    rule(
        "hreflang-default",
        "languages",
        "Mỗi danh sách có đúng một bản mặc định (x-default).",
        "Every list has one default version (x-default).",
        Subject.listed,
        default_version,
    ),
    rule(
        "hreflang-listed",
        "languages",
        "Danh sách chỉ có trang được máy tìm kiếm ghi.",
        "Lists hold only pages that search engines may list.",
        Subject.listed,
        listed_only,
    ),
    rule(
        "sitemap",
        "languages",
        "Sơ đồ trang (sitemap.xml) có đủ và chỉ có các trang được ghi.",
        "sitemap.xml has all pages that may be listed and no others.",
        public,
        sitemap,
    ),
    rule("title", "access", "Mỗi trang có tiêu đề.", "Every page has a title.", PAGES, title),
    rule(
        "description",
        "access",
        "Trang được máy tìm kiếm ghi thì có mô tả.",
        "A page that search engines list has a description.",
        Subject.listed,
        description,
    ),
    rule(
        "one-heading",
        "access",
        "Mỗi trang có đúng một tiêu đề cấp một.",
        "Every page has one heading of the first level.",
        READ,
        one_heading,
    ),
    rule(
        "heading-order",
        "access",
        "Tiêu đề không bỏ cấp.",
        "Headings skip no level.",
        READ,
        heading_order,
    ),
    rule(
        "one-main",
        "access",
        "Mỗi trang có đúng một phần chính.",
        "Every page has one main part.",
        READ,
        one_main,
    ),
    rule("alt", "access", "Mọi hình có chữ thay thế.", "Every picture has an alternative.", PAGES),
    rule(
        "nameless",
        "access",
        "Mọi liên kết, nút và khung có tên.",
        "Every link, button and frame has a name.",
        PAGES,
    ),
    rule("label", "access", "Mọi ô nhập có nhãn.", "Every field has a label.", PAGES),
    rule(
        "id-twice",
        "access",
        "Không có hai phần trùng id trong một trang.",
        "No two parts of a page have one id.",
        PAGES,
    ),
    rule(
        "ids-named",
        "access",
        "Nhãn và mô tả chỉ tới phần có thật.",
        "Labels and descriptions point at parts that exist.",
        PAGES,
        ids_named,
    ),
    rule(
        "tabindex",
        "access",
        "Thứ tự bàn phím theo thứ tự đọc.",
        "The order of the keyboard is the order of reading.",
        PAGES,
    ),
    rule(
        "zoom",
        "access",
        "Người đọc phóng to được trang.",
        "Readers may zoom the page.",
        lambda subject: () if subject.kiosk else subject.pages(),
    ),
    rule(
        "letters",
        "letters",
        "Phông chữ mang theo có đủ chữ của mọi trang.",
        "The fonts that are shipped have every character of the pages.",
        letters,
        drawn,
    ),
)
"""Every rule, what matters most first."""


def ask(subject: Subject) -> list[dict[str, Any]]:
    """
    Ask every rule; return the results in the form of the report.

    ``checked`` counts what was asked about, ``failed`` those with something wrong; at most
    :data:`EXAMPLES` findings are listed.
    """
    found = []
    for one in RULES:
        checked, failed = 0, 0
        findings: list[dict[str, str]] = []
        for file, item in one.over(subject):
            checked += 1
            wrong = list(dict.fromkeys(one.judge(subject, file, item)))
            failed += bool(wrong)
            findings += [{"file": file, "what": what} for what in wrong]
        found.append(
            {
                "rule": one.name,
                "group": one.group,
                "vi": one.vietnamese,
                "en": one.english,
                "checked": checked,
                "failed": failed,
                "findings": findings[:EXAMPLES],
                "more": max(0, len(findings) - EXAMPLES),
            }
        )
    return found
