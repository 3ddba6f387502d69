"""
Targets: everything that reads what people, programs or strangers wrote, as functions of bytes.

A target returns, or raises what its surface documents: that is caught here. Whatever else it raises
is a finding, and so is a property that does not hold (``AssertionError``). Nothing is written but
in a folder of the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from fuzz import of_catalogs, of_kiosk, of_site, of_source, samples
from fuzz.oracles import (
    CUT,
    rendered,
)
from fuzz.samples import ROOT
from quangba.catalogs.tbx import write_tbx

# ----------------------------------------------------------------------------
# All of them
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Target:
    """A function of bytes, and what to start from."""

    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    tokens: tuple[str, ...] = ()
    """Pieces that mean something to it."""
    largest: int = 4000
    """Bytes of a case."""


def pairs(*, code: bool) -> Callable[[], list[bytes]]:
    """Return real texts with their translations, as cases."""

    def seeds() -> list[bytes]:
        return [
            CUT.join((*(("en",) if code else ()), source, target)).encode()
            for source, target in samples.translations()[:150]
        ]

    return seeds


def files(*patterns: str, largest: int = 20_000) -> Callable[[], list[bytes]]:
    """Return files of this repository, as cases."""
    return lambda: samples.contents(*patterns, largest=largest)


def changes() -> list[bytes]:
    """Return some changes to a sound file."""
    return [
        b"",
        bytes([0, 40, 0, 1]) + b"x",
        bytes([1, 0, 9, 0]),
        bytes([0, 99, 0, 250]),
        bytes([2, 7, 3, 3]) + b"999",
    ]


def pieces() -> list[bytes]:
    """Return the paragraphs of the stranger's pages: everything that the extensions know."""
    found = samples.contents("tests/sites/stranger/docs/**/*.md", largest=200_000)
    return [part[:1500] for data in found for part in data.split(b"\n\n## ")][:300]


MARKDOWN = (
    "**", "*", "_", "`", "```\n", "[", "](", ")", "![", "\n\n", "> ", "- ", "1. ", "    ",
    "{fact:a}", "{ .a }", "{: #b }", "[^1]", "[^1]: ", "*[a]: b", "!!! note ", '??? note "',
    '=== "', "| a | b |", "<div markdown>", "</div>", "<b>", "<!--", "-->", "<!-- i18n:skip -->",
    "&nbsp;", "$x$", "\\", "[a]: /x/ 'b'", "~~", "^^", "==", "{++", "++}", ":smile:", "# ",
    "\x1f", "javascript:", "\u202e", "onclick=", "/// caption\n", "///\n", "<details>",
    "<summary>", "{1}", "\ue000", "~~~ ", "--8<--",
)  # fmt: skip
YAML = (
    ": ", "- ", "\n", "\n  ", "[", "]", "{", "}", "&a ", "*a", "!!python/object:os.system ",
    "!!int ", "|\n", ">\n", '"', "'", "0x", "1e400", ".inf", ".nan", "2026-02-30", "12:30:45",
    "~", "null", "true", "title: ", "type: ", "when: ", "value: ", "kind: ", "unit: ", "source: ",
    "expires: ", "-", "9" * 40, "---\n", "...\n", "? ", "<<: ", "!!set ", "!!binary ",
    "!!timestamp ", "!!omap ",
)  # fmt: skip
XML = (
    "<", ">", "/>", "</", "<![a", "&amp;", "&#x0;", "&#xD800;", "<![CDATA[", "]]>", "<?x?>",
    "<!--", "-->", '="', '"', "xmlns:", 'encoding="', "UTF-16", "<!DOCTYPE a [", "<!ENTITY ",
    "⟦1⟧", "⟦/1⟧", "1e999", "99999999999999999999", "-1",
)  # fmt: skip
JSON = (
    "{", "}", "[", "]", ":", ",", '"', "\\u0000", "\\ud800", "1e999", "-0", "NaN", "Infinity",
    "null", "true", "9" * 30, '"gate":', '"serial":', '"files":', '"profile":', '"idle":',
    '"min_serial":',
)  # fmt: skip
WORDS = (
    "\x1f", "1.500.000", "12 tỷ", "2/9/2025", "百分之", "万", "億", "XIX", "½", "³", "²", "٣",
    "-", "−", "%", "thứ 2", "{fact:a}", "⟦1⟧", "⟦/1⟧", "\ue000", "\ue200", "MẬT", "M Ậ T", "[",
    "](", ")", "**", "<b>", "`", "\u0301", "\u200b", "9" * 60, "a.m.", "10:30", "+84 203",
    "vịnh Hạ Long", ". ", "…", "«",
)  # fmt: skip
CATALOG = (
    'msgid "', 'msgstr "', 'msgctxt "', "#~ ", "#| ", "#~| ", "#, fuzzy", "# mt: ",
    "# reviewed: ", "fp:12345678", '"', "\\", "\\n", "\\777", "\n", "\n\n", "#-#-#-#-#",
    "<<<<<<<", "# pivot: ", "# unsure: ", "# waived: ", "#: a", "#. b", "\u2028", "\r",
    "msgid_plural", "msgstr[0]",
)  # fmt: skip
TABLE = (
    ",", ";", "\t", '"', "\n", "|", "required", "keep", "forbidden", "=", "x", "mp", "vi", "note",
)  # fmt: skip
ADDRESS = (
    "/r/", "12/", "..", "%2e", "%2f", "%5c", "%00", "//", "\\", "?", "#", "@", ":", "[::1]",
    "http://", "https://", "javascript:", "data:", "mailto:", "tel:", "127.0.0.1", "localhost",
    ":8080", "xn--", "%zz", "。", "ß", "\u200d", "%C3%AA",
)  # fmt: skip


BEAT = (
    b'{"release": 7, "language": "ja", "page": "ja/visit/", "state": "use", "touched": 1.5,'
    b' "painted": true, "media": false, "size": [1080, 1920]}'
)
STATE = (
    b'{"highest":{"0011223344556677":7},"bad":[3],"min_serial":2,"gate":"mong-cai",'
    b'"reserve_mb":256,"last_time":"2026-11-26T10:05:00Z"}'
)
RECEIPT = (
    b'{"format":1,"when":"2026-11-26T10:05:00Z","gate":"mong-cai","accepted":true,"code":"a",'
    b'"vi":"Xong","en":"Done","serial":7,"previous":6,"shown":7,"others":[{"vi":"a","en":"b"}]}'
)
MONTH = (
    b'{"kind": "month", "gate": "mong-cai"}\n{"kind": "page", "page": "ja/", "opened": 3}\n'
    b'{"kind": "day", "day": "2026-11-26", "hours": {"07": 3}, "alive": 60, "releases": [7],'
    b' "trouble": {"reload": 1}, "clock": true}\n'
)


def split_facts(name: str) -> list[bytes]:
    """Return facts one by one."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [part.encode() for part in re.split(r"\n(?=\w)", text)][:60]


def split_catalogs() -> list[bytes]:
    """Return entries of catalogs, each with a header."""
    head = b'msgid ""\nmsgstr ""\n"X-Active-Entries: 1\\n"\n"X-Obsolete-Entries: 0\\n"\n\n'
    found = samples.contents("locales/*/LC_MESSAGES/**/*.po", largest=60_000)
    return [head + part for data in found for part in data.split(b"\n\n")[1:6]][:200]


def lines_of(name: str, count: int) -> list[bytes]:
    """Return pieces of a table, each with its first line."""
    head, *rows = (ROOT / name).read_bytes().splitlines(keepends=True)
    return [head + b"".join(rows[at : at + count]) for at in range(0, 300, count)]


def tbx_seed() -> bytes:
    """Return some terms as TBX."""
    return write_tbx(samples.glossary().terms[:4], "a").encode("utf-8")


def key_seeds() -> list[bytes]:
    """Return a public key and a signature."""
    from sealed import NEW_KEY, STRANGER, public_line, sign

    return [public_line(NEW_KEY.public_key()).encode(), sign(b"manifest", [STRANGER])]


def html_seeds() -> list[bytes]:
    """Return rendered pieces of the stranger's pages."""
    return [rendered(part.decode("utf-8", "replace"), None).encode() for part in pieces()[:60]]


TARGETS = {
    "segments": Target(of_source.segments, pieces, MARKDOWN),
    "markup": Target(of_source.markup, pairs(code=False), MARKDOWN, 1500),
    "front-matter": Target(
        of_source.front_matter, files("content/**/*.md", largest=6000), YAML, 6000
    ),
    "statement": Target(of_source.statement, files("content/statements/*.md"), YAML, 6000),
    "yaml": Target(of_source.yaml_data, files("content/_data/**/*.yml", "content/**/*.yml"), YAML),
    "facts": Target(of_source.facts, lambda: split_facts("content/_data/facts.yml"), YAML),
    "settings": Target(
        of_source.settings,
        files(
            "content/_data/*.yml",
            "content/_data/approvals/*.yml",
            "tests/sites/thanh-hoa/content/_data/**/*.yml",
        ),
        YAML,
        12_000,
    ),
    "numbers": Target(of_source.figures, pairs(code=True), WORDS, 1500),
    "pictures": Target(of_source.pictures, files("content/images/*.svg"), XML, 9000),
    "words": Target(of_source.words, pairs(code=True), (*WORDS, *MARKDOWN), 1500),
    "po": Target(
        of_catalogs.po,
        split_catalogs,
        CATALOG,
    ),
    "check": Target(of_catalogs.check, pairs(code=True), (*WORDS, *MARKDOWN), 1000),
    "glossary": Target(
        of_catalogs.glossary,
        lambda: lines_of("locales/glossary.csv", 12),
        TABLE,
    ),
    "terms": Target(of_catalogs.terms, pairs(code=True), WORDS, 1000),
    "tbx": Target(
        of_catalogs.tbx,
        lambda: [tbx_seed()],
        (*XML, "conceptEntry", "langSec", "termSec", "martif"),
    ),
    "xlsx": Target(of_catalogs.xlsx, changes, XML, 300),
    "xlsx-zip": Target(of_catalogs.xlsx_zip, changes, (), 200),
    "xliff": Target(of_catalogs.xliff, lambda: [samples.xliff()[:3900]], XML),
    "xliff-edited": Target(of_catalogs.xliff_edited, changes, XML, 300),
    "protect": Target(of_catalogs.protect, pairs(code=False), (*WORDS, *MARKDOWN), 1500),
    "adopt": Target(of_catalogs.adopt, pieces, MARKDOWN),
    "package": Target(of_source.package, changes, JSON, 400),
    "manifest": Target(of_kiosk.manifest, changes, JSON, 300),
    "canonical": Target(of_kiosk.canonical_json, lambda: [samples.manifest()], JSON),
    "release": Target(of_kiosk.release, changes, (), 200),
    "keys": Target(of_kiosk.keys, key_seeds, ("ed25519 ", "=", "\n", "+", "/"), 400),
    "address": Target(
        of_kiosk.address, lambda: [b"/r/12/ja/visit/", b"/assets/a.css?q=1"], ADDRESS, 300
    ),
    "beat": Target(of_kiosk.beat, lambda: [BEAT], JSON, 2100),
    "remembered": Target(of_kiosk.remembered, lambda: [BEAT, STATE, RECEIPT, MONTH], JSON, 3000),
    "search": Target(of_site.search, html_seeds, (*XML, "<script>", "<h2 id=", "</h2>", "<br/>")),
    "destination": Target(
        of_site.destination, lambda: [b"https://evisa.gov.vn/vi?a#b"], ADDRESS, 600
    ),
    "header": Target(of_site.header, html_seeds, ("<script", "</script>", ' type="', "src=", "\n")),
    "running-text": Target(of_site.running_text, html_seeds, XML),
}
