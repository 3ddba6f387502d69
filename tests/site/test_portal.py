"""Our own site, built as it is: every page of every language, every link, every promise."""

from __future__ import annotations

import gzip
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from xml.etree import ElementTree

import polib
import pytest
import yaml
from crawler import Document, Node, css_urls, file_of, read

from quangba.source.facts import PRECISIONS, Facts, read_facts
from quangba.source.pages import read_page
from quangba.source.segment import FACT

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ORIGIN = "https://quangninh.example"
NAMES = {"vi": "Tiếng Việt", "en": "English", "zh": "简体中文", "ja": "日本語", "ko": "한국어"}
NAMES["fr"] = "Français"
LANGUAGES = list(NAMES)
TARGETS = LANGUAGES[1:]
HTML_LANG = {code: "zh-Hans" if code == "zh" else code for code in LANGUAGES}
SAMPLE = "Sample edition: not an official publication"

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"

VISITORS = {
    "vi": "21,28 triệu",
    "en": "21.28 million",
    "zh": "2128万",
    "ja": "2128万",
    "ko": "2128만",
    "fr": "21,28 millions",
}
"""One figure as each language writes it."""

MARKUP = re.compile(r"\{fact:\w+\}|\]\([^)]*\)|\]\[[^\]]*\]|[\[\]*_`{}]|<[^>]*>|!\[")

# ----------------------------------------------------------------------------
# The site
# ----------------------------------------------------------------------------


@dataclass
class Portal:
    """The built site and where it came from."""

    root: Path
    folder: Path
    documents: dict[str, Document]
    sources: list[str]
    facts: Facts

    def page(self, name: str, code: str) -> Document:
        return self.documents[address(name, code)]

    def language(self, code: str, *, errors: bool = True) -> Iterator[Document]:
        """Yield the pages of a language."""
        for path, document in self.documents.items():
            first = path.split("/")[0]
            if (first if first in TARGETS else "vi") == code and (errors or "404" not in path):
                yield document

    def catalog(self, code: str, name: str) -> polib.POFile:
        return polib.pofile(str(self.root / "locales" / code / "LC_MESSAGES" / f"{name}.po"))

    def interface(self, code: str) -> dict[str, str]:
        return {entry.msgid: entry.msgstr for entry in self.catalog(code, "ui")}


def address(name: str, code: str) -> str:
    """Return the file that a page of ``content/`` becomes: static-i18n's suffix structure."""
    stem = name.removesuffix(".md")
    stem = stem.removesuffix("index").rstrip("/")
    return "/".join(part for part in ("" if code == "vi" else code, stem, "index.html") if part)


@pytest.fixture(scope="module")
def site(portal: Path) -> Portal:
    content, folder = portal / "content", portal / "site" / "portal"
    sources = sorted(
        path.relative_to(content).as_posix()
        for path in content.rglob("*.md")
        if "_data" not in path.parts
    )
    facts = read_facts(content / "_data" / "facts.yml", "facts.yml")
    return Portal(portal, folder, read(folder), sources, facts)


by_language = pytest.mark.parametrize("code", LANGUAGES)
by_target = pytest.mark.parametrize("code", TARGETS)


def wrong(found: Iterator[object]) -> list[str]:
    """Return what a check found, for an assertion that shows it all."""
    return sorted({str(item) for item in found})


# ----------------------------------------------------------------------------
# Pages and files
# ----------------------------------------------------------------------------


def test_every_page_of_content_and_a_404_in_every_language_and_no_other(site: Portal) -> None:
    assert len(site.sources) >= 90
    expected = {address(name, code) for name in site.sources for code in LANGUAGES}
    expected |= {"404.html", *(f"{code}/404.html" for code in TARGETS)}
    expected |= {"search/index.html", *(f"{code}/search/index.html" for code in TARGETS)}
    assert set(site.documents) == expected


def test_every_page_is_published_in_every_language(site: Portal) -> None:
    standing = re.compile(r"404|(^|/)search/")
    short = [d.path for d in site.documents.values() if d.noindex and not standing.search(d.path)]
    assert short == []


def test_nothing_but_pages_assets_and_pictures_reaches_the_site(site: Portal) -> None:
    top = {path.name for path in site.folder.iterdir()}
    folders = {name.split("/")[0] for name in site.sources if "/" in name}
    allowed = {"404.html", "index.html", "sitemap.xml", "sitemap.xml.gz", "assets", "images"}
    allowed |= {"_headers", "robots.txt", "search", "cards", "data", "feeds", "media"}
    assert top <= {*allowed, *folders, *TARGETS}
    for path in site.folder.rglob("*"):
        name = path.relative_to(site.folder).as_posix()
        assert not path.name.startswith((".", "_")) or name == "_headers", name
        assert path.suffix not in (".md", ".yml", ".yaml", ".po", ".py"), name
        assert "approvals" not in name, name
        assert path.name != "build.txt", name


def test_nothing_that_only_the_gate_knows_is_on_a_page(site: Portal) -> None:
    secrets = set()
    for path in (site.root / "content" / "_data" / "approvals").rglob("*.yml"):
        approval = yaml.safe_load(path.read_text(encoding="utf-8"))
        secrets |= {approval["fingerprint"], approval["document"], approval["approved_by"]}
    # Pages about the site name the team that made it; that is no secret there.
    said = "".join((site.root / "content" / name).read_text("utf-8") for name in site.sources)
    secrets = {secret for secret in secrets if secret not in said}
    secrets |= {"role:sample", "fp:", "người đọc thứ hai"}
    found = [
        (s, d.path) for s in secrets if len(s) > 2 for d in site.documents.values() if s in d.raw
    ]
    assert found == []


def test_only_pictures_that_pages_use_are_there(site: Portal) -> None:
    there = {path.name for path in (site.folder / "images").iterdir()}
    used = {
        Path(urlsplit(url).path).name
        for document in site.documents.values()
        for url in document.resources()
        if "/images/" in url
    }
    assert there == used


# ----------------------------------------------------------------------------
# HTML
# ----------------------------------------------------------------------------


@by_language
def test_html_is_nested_well_and_has_no_id_twice(site: Portal, code: str) -> None:
    for document in site.language(code):
        assert document.wrong == [], document.path
        assert document.raw.lstrip().lower().startswith("<!doctype html>"), document.path
        assert len(document.ids) == len(set(document.ids)), document.path


@by_language
def test_head_says_language_title_and_description(site: Portal, code: str) -> None:
    titles, descriptions = [], []
    for document in site.language(code):
        assert document.root.one("html").get("lang") == HTML_LANG[code], document.path
        assert document.h1, document.path
        title = document.root.one("title").text()
        assert title.startswith(document.h1), document.path
        assert title != document.h1, "the name of the site is missing"
        if document.noindex:
            continue
        titles.append(title)
        descriptions.append(document.root.one("meta", name="description").get("content"))
        assert len(descriptions[-1]) > 15, document.path
    assert len(titles) == len(set(titles))
    assert len(descriptions) == len(set(descriptions))


@by_language
def test_headings_go_down_by_one_level(site: Portal, code: str) -> None:
    for document in site.language(code):
        levels = [int(n.tag[1]) for n in document.root.all() if re.fullmatch("h[1-6]", n.tag)]
        # A notice or “at a glance” may stand beside the title: sections begin at 2.
        jumps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
        assert levels[0] == 1, document.path
        assert jumps == [], document.path


@by_language
def test_nothing_inline_that_a_strict_security_policy_refuses(site: Portal, code: str) -> None:
    def offences() -> Iterator[str]:
        for document in site.language(code):
            for node in document.root.walk():
                data = node.tag == "script" and node.get("type") == "application/ld+json"
                ours = node.tag == "script" and node.get("src") and not node.children
                wanted = ("script", "style", "iframe", "object", "embed", "base")
                if node.tag in wanted and not (data or ours):
                    yield f"{document.path}: <{node.tag}>"
                for name, value in node.attributes.items():
                    if name == "style" or name.startswith("on") or "javascript:" in value.lower():
                        yield f"{document.path}: <{node.tag} {name}>"

    assert wrong(offences()) == []


@by_language
def test_every_picture_has_alt_and_size(site: Portal, code: str) -> None:
    for document in site.language(code):
        for image in document.root.all("img"):
            assert "alt" in image.attributes, document.path
            assert image.get("width").isdigit(), document.path
            assert image.get("height").isdigit(), document.path
    for name in site.sources:
        document = site.page(name, code)
        if document.root.all(class_="picture"):
            assert len(document.root.one(class_="picture").one("img").get("alt")) > 5


@by_language
def test_no_fact_or_token_is_left(site: Portal, code: str) -> None:
    for document in site.language(code):
        assert not re.search(r"\{fact|\{:? ?[#.]|\{\d+\}|\x02|\x03|wzxhzdk|i18n:", document.raw)


@by_language
def test_the_sample_line_is_on_every_page(site: Portal, code: str) -> None:
    line = site.interface(code)[SAMPLE]
    assert (line == SAMPLE) == (code == "en")
    for document in site.language(code):
        assert document.root.one(class_="masthead").text() == line, document.path
        assert line in document.root.one("footer").text(), document.path


# ----------------------------------------------------------------------------
# Links
# ----------------------------------------------------------------------------


@by_language
def test_every_link_leads_to_a_file_and_an_id(site: Portal, code: str) -> None:
    def broken() -> Iterator[str]:
        for document in site.language(code):
            for link in document.links():
                target, fragment = urldefrag(document.to(link.get("href")))
                if urlsplit(target).netloc:
                    if urlsplit(target).scheme not in ("https", "http"):
                        yield f"{document.path}: {target}"
                    continue
                file = file_of(target)
                found = (site.folder / file).is_file()
                if not found or (fragment and fragment not in site.documents[file].ids):
                    yield f"{document.path}: {link.get('href')}"

    assert wrong(broken()) == []


@by_language
def test_links_stay_in_the_language(site: Portal, code: str) -> None:
    for document in site.language(code):
        for link in document.links():
            target = urlsplit(document.to(link.get("href")))
            if target.netloc or link.get("hreflang") or target.path.startswith("/assets/"):
                continue
            if target.path == "/data/project.schema.json":
                continue  # one for all languages
            first = target.path.split("/")[1]
            assert (first if first in TARGETS else "vi") == code, (document.path, link.get("href"))


@by_language
def test_every_resource_is_ours_and_there(site: Portal, code: str) -> None:
    def missing() -> Iterator[str]:
        for document in site.language(code):
            sheets = [
                document.to(n.get("href")) for n in document.root.all("link", rel="stylesheet")
            ]
            assert sheets, document.path
            for url in [
                *document.resources(),
                *(u for s in sheets for u in css_urls(site.folder, s)),
            ]:
                if urlsplit(url).netloc or not (site.folder / file_of(url)).is_file():
                    yield f"{document.path}: {url}"

    assert wrong(missing()) == []


def test_pictures_fetch_nothing(site: Portal) -> None:
    for path in site.folder.rglob("*.svg"):
        text = path.read_text(encoding="utf-8")
        ElementTree.fromstring(text)
        assert not re.search(r"<script|<foreignObject|\son\w+=|(href|src)=\"(?!#)|url\((?!#)", text)


@by_language
def test_404_has_links_that_hold_at_any_address(site: Portal, code: str) -> None:
    document = site.documents["404.html" if code == "vi" else f"{code}/404.html"]
    assert document.h1 == site.interface(code)["Page not found"]
    assert document.noindex
    home = "/" if code == "vi" else f"/{code}/"
    assert document.root.one("a", class_="brand").get("href") == home
    relative = [
        node.get(name)
        for node in document.root.walk()
        for name in ("href", "src")
        if node.get(name) and not node.get(name).startswith(("/", "#", "https:"))
    ]
    assert relative == []
    languages = document.root.all("ul", class_="languages")[0].all("a")
    assert [a.get("href") for a in languages] == ["/", *(f"/{other}/" for other in TARGETS)]


# ----------------------------------------------------------------------------
# Languages
# ----------------------------------------------------------------------------


@by_language
def test_canonical_and_alternates_are_absolute_and_complete(site: Portal, code: str) -> None:
    for name in site.sources:
        document = site.page(name, code)
        assert document.root.one("link", rel="canonical").get("href") == ORIGIN + document.url
        expected = {HTML_LANG[c]: ORIGIN + site.page(name, c).url for c in LANGUAGES}
        expected["x-default"] = expected["vi"]
        assert document.alternates == expected, document.path


@by_language
def test_alternates_are_reciprocal(site: Portal, code: str) -> None:
    for document in site.language(code, errors=False):
        for href in document.alternates.values():
            other = site.documents[file_of(href)]
            assert other.alternates == document.alternates, (document.path, other.path)


@by_language
def test_language_switch_leads_to_the_same_page(site: Portal, code: str) -> None:
    for name in site.sources:
        document = site.page(name, code)
        lists = document.root.all("ul", class_="languages")
        assert lists, document.path
        for entries in lists:
            links = entries.all("a")
            assert [document.to(a.get("href")) for a in links] == [
                site.page(name, other).url for other in LANGUAGES
            ]
            assert [a.get("hreflang") for a in links] == list(HTML_LANG.values())
            assert [a.get("hreflang") for a in links if a.get("aria-current")] == [HTML_LANG[code]]
            spans = [a.all("span")[0] for a in links]
            assert [(s.get("lang"), s.text()) for s in spans] == [
                (HTML_LANG[c], n) for c, n in NAMES.items()
            ]
            # What the switch marks as “not yet” is what hreflang leaves out.
            published = {a.get("hreflang") for a in links if not a.all("small")}
            assert published == set(document.alternates) - {"x-default"}


def test_sitemap_lists_what_is_indexed_with_the_same_alternates(site: Portal) -> None:
    raw = (site.folder / "sitemap.xml").read_bytes()
    assert gzip.decompress((site.folder / "sitemap.xml.gz").read_bytes()) == raw
    listed = {}
    for entry in ElementTree.fromstring(raw).findall(f"{SITEMAP}url"):
        loc = entry.findtext(f"{SITEMAP}loc")
        assert loc is not None
        assert loc not in listed
        links = entry.findall(f"{XHTML}link")
        assert {link.get("rel") for link in links} == {"alternate"}
        listed[loc] = {str(link.get("hreflang")): str(link.get("href")) for link in links}
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry.findtext(f"{SITEMAP}lastmod") or "")
    assert listed == {
        ORIGIN + d.url: d.alternates for d in site.documents.values() if not d.noindex
    }


def test_pages_that_are_not_indexed_have_no_canonical_and_no_alternates(site: Portal) -> None:
    for document in site.documents.values():
        if document.noindex:
            assert document.alternates == {}, document.path
            assert document.root.all("link", rel="canonical") == [], document.path


@by_target
def test_ids_of_headings_are_the_same_in_every_language(site: Portal, code: str) -> None:
    for name in site.sources:
        ids = [heading_ids(site.page(name, c)) for c in ("vi", code)]
        assert ids[0] == ids[1], name
        assert all(re.fullmatch(r"[a-z0-9_-]+", i) for i in ids[0]), name


def written(document: Document) -> list[Node]:
    """Return the elements of what editors wrote; a record may be front matter alone."""
    return [node for prose in document.main.all(class_="prose") for node in prose.all()]


def heading_ids(document: Document) -> list[str]:
    """Return the ids of the headings that editors wrote."""
    found = [n.get("id") for n in written(document) if re.fullmatch("h[1-6]", n.tag)]
    assert all(found)
    return found


@by_target
def test_the_structure_of_the_text_is_the_same_in_every_language(site: Portal, code: str) -> None:
    free = {"em", "strong", "b", "i", "br"}
    for name in site.sources:
        tags = [
            [n.tag for n in written(site.page(name, c)) if n.tag not in free] for c in ("vi", code)
        ]
        assert tags[0] == tags[1], name


@by_target
def test_no_vietnamese_sentence_is_left(site: Portal, code: str) -> None:
    sentences: set[str] = set()
    for name in ["site", *(name.removesuffix(".md") for name in site.sources)]:
        for entry in site.catalog(code, name):
            parts = [part.strip(" .,:;") for part in MARKUP.split(entry.msgid)]
            sentences |= {p for p in parts if len(p) > 18 and p not in entry.msgstr}
    assert len(sentences) > 300

    def left() -> Iterator[str]:
        for document in site.language(code):
            shown = document.root.text("vi") + " ".join(attributes(document.root))
            yield from (f"{document.path}: {s}" for s in sentences if s in shown)

    assert wrong(left()) == []


def attributes(root: Node) -> Iterator[str]:
    """Yield the values of attributes that readers see or hear."""
    for node in root.walk():
        for name in ("alt", "title", "content", "aria-label"):
            yield node.get(name)


@pytest.mark.parametrize("code", ["zh", "ja", "ko"])
def test_no_vietnamese_letter_stands_unmarked_on_pages_in_other_scripts(
    site: Portal, code: str
) -> None:
    """Names of places may stand inside a sentence, names of newspapers alone."""
    letters = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    other = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")

    def unmarked(node: Node) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, Node):
                marked = child.get("lang") in ("vi", "en", "fr")
                if not marked and child.get("class") != "reference__part":
                    yield from unmarked(child)
            elif letters.search(child) and not other.search(child):
                yield child.strip()

    found = [text for d in site.language(code) for text in unmarked(d.root.one("body"))]
    assert wrong(iter(found)) == []


@by_language
def test_every_figure_stands_in_the_text_in_every_language(site: Portal, code: str) -> None:
    interface = site.interface(code)
    used = 0
    for name in site.sources:
        source = (site.root / "content" / name).read_text(encoding="utf-8")
        text = plain(site.page(name, code).main.text("provenance", "figures"))
        for fact in dict.fromkeys(FACT.findall(source)):
            value = site.facts.entries[fact].format(code, lambda text: interface[text])
            assert plain(value) in text, (name, fact, value)
            used += 1
    assert used > 30


@by_language
def test_one_figure_as_people_of_the_language_write_it(site: Portal, code: str) -> None:
    text = site.page("index.md", code).main.one(class_="numbers").text()
    assert VISITORS[code] in plain(text)


@by_language
def test_every_figure_is_listed_with_its_source(site: Portal, code: str) -> None:
    for name in site.sources:
        facts = read_page(site.root / "content", name).facts
        listed = site.page(name, code).main.all("ol", class_="references")
        rows = listed[0].all("li") if listed else []
        assert len(rows) == len(facts), name
        for row in rows:
            assert row.one("strong").text(), name
            assert row.all(class_="reference"), name
    figures = site.page("about/sources.md", code).main.one(class_="figures")
    everywhere = {f for name in site.sources for f in read_page(site.root / "content", name).facts}
    assert len(figures.one("tbody").all("tr")) == len(everywhere)


def test_precision_words_are_translated(site: Portal) -> None:
    for code in LANGUAGES:
        for word in PRECISIONS.values():
            assert "{number}" in site.interface(code)[word], (code, word)


def plain(text: str) -> str:
    """Make all spaces alike."""
    return " ".join(text.split())


def test_french_has_thin_spaces_before_high_punctuation(site: Portal) -> None:
    def naked() -> Iterator[str]:
        for document in site.language("fr"):
            text = document.root.text("vi", "en", "reference")
            for match in re.finditer(r".{0,20}(.)([;!?:])(?=[\s»)]|$)", text):
                if match[1] != ("\u00a0" if match[2] == ":" else "\u202f"):
                    yield f"{document.path}: {match[0]!r}"

    assert "\u202f" in site.page("visit/visas.md", "fr").main.text()
    assert wrong(naked()) == []


# ----------------------------------------------------------------------------
# Navigation
# ----------------------------------------------------------------------------


def navigation(site: Portal) -> list[str]:
    """Return the pages that the navigation of ``mkdocs.yml`` names, in order."""
    config = re.sub(r"!ENV.*", "x", (site.root / "mkdocs.yml").read_text(encoding="utf-8"))
    return list(leaves(yaml.safe_load(config)["nav"]))


def test_every_page_is_in_the_navigation_or_a_record_that_a_list_shows(site: Portal) -> None:
    """No page can be reached by its address alone."""
    listed = set(navigation(site))
    assert listed <= set(site.sources)
    for code in LANGUAGES:
        linked = {
            file_of(document.to(link.get("href")))
            for document in site.language(code)
            for link in document.main.all("a")
            if link.get("href") and not link.get("hreflang")
        }
        alone = [n for n in site.sources if n not in listed and address(n, code) not in linked]
        assert alone == [], code


@by_language
def test_an_article_leads_on_to_the_next_page_of_the_navigation(site: Portal, code: str) -> None:
    order, seen = navigation(site), 0
    for name, after in itertools.pairwise(order):
        document = site.page(name, code)
        for onward in document.root.all("nav", class_="onward"):
            assert document.to(onward.one("a").get("href")) == site.page(after, code).url, name
            seen += 1
    assert seen > 10


def leaves(nav: object) -> Iterator[str]:
    """Yield the pages of a ``nav``."""
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav if isinstance(nav, list) else nav.values():  # type: ignore[attr-defined]
            yield from leaves(item)


@by_language
def test_the_menu_lists_the_whole_navigation_and_marks_the_present_page(
    site: Portal, code: str
) -> None:
    expected = {site.page(name, code).url for name in navigation(site) if name != "index.md"}
    for document in site.language(code):
        for tree in document.root.all("ul", class_="tree"):
            links = tree.all("a")
            assert {document.to(a.get("href")) for a in links} == expected, document.path
            assert all(a.text() for a in links)
            current = {document.to(a.get("href")) for a in links if a.get("aria-current")}
            assert current == ({document.url} & expected), document.path


@by_target
def test_menu_and_site_name_are_translated(site: Portal, code: str) -> None:
    config = re.sub(r"!ENV.*", "x", (site.root / "mkdocs.yml").read_text(encoding="utf-8"))
    top = [next(iter(item)) for item in yaml.safe_load(config)["nav"] if isinstance(item, dict)]
    known = {e.msgid: e.msgstr for e in site.catalog(code, "site") if e.msgctxt == "navigation"}
    wanted = {title: known[title] for title in top}
    assert len(wanted) == 5
    name = next(e.msgstr for e in site.catalog(code, "site") if e.msgctxt == "site name")
    for document in site.language(code):
        header = document.root.one("nav", class_="sections")
        assert [a.text() for a in header.all("a")] == list(wanted.values()), document.path
        assert document.root.one(class_="brand__name").text() == name


@by_language
def test_home_shows_doors_gates_places_trips_figures_and_events(site: Portal, code: str) -> None:
    home = site.page("index.md", code)
    assert len(home.main.one("ul", class_="doors").all("a")) == 2
    gates = home.main.one("ul", class_="gates__row").all("a")
    assert {home.to(a.get("href")) for a in gates} == {
        site.page(name, code).url
        for name in site.sources
        if name.startswith("gates/") and name != "gates/index.md"
    }
    assert len(home.main.one("section", class_="numbers").all("strong")) == 4
    assert len(home.main.all("li", class_="card--place")) == 6
    assert len(home.main.all("li", class_="card--itinerary")) == 3
    assert home.main.all("li", class_="event")
    for card in home.main.all("li", class_="card"):
        link = card.one("a")
        assert link.text() == site.documents[file_of(home.to(link.get("href")))].h1


@by_target
def test_text_in_another_language_is_marked(site: Portal, code: str) -> None:
    """Titles of sources and names of languages say which language they are in (WCAG 3.1.2)."""
    for document in site.language(code):
        for node in document.root.walk():
            if "reference" in node.get("class").split():
                assert any(isinstance(c, Node) and c.get("lang") for c in node.children)
