"""
Segments: the renderer is the segmenter.

Python-Markdown's block phase leaves a tree whose elements hold raw inline Markdown. Between that
phase and the inline phase every paragraph, heading, list item, table cell, admonition title, tab
label and footnote is one string, whatever block syntax made it. :class:`Segmenter` visits these
strings in document order, in one of two modes: *collect* (record them) and *substitute* (put
another language in their place). Nothing is parsed twice or written back as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocTreeprocessor, unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from quangba.source.text import has_letters, slug

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PRIORITY = 22
"""After every tree processor that finishes blocks (task lists: 25), before ``inline`` (20)."""

OPAQUE = frozenset({"pre", "code", "script", "style", "math", "svg", "textarea", "kbd", "samp"})
"""Elements whose text is not language."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

STASH = re.compile("\x02[^\x03]*\x03")
"""A placeholder of Python-Markdown: ``\\x02wzxhzdk:4\\x03``."""

HTML_STASH = re.compile("\x02wzxhzdk:([0-9]+)\x03")

EDGE = re.compile("^((?:\\s|\x02[^\x03]*\x03)*)(.*?)((?:\\s|\x02[^\x03]*\x03)*)$", re.DOTALL)

FACT = re.compile(r"\{fact:([A-Za-z0-9_]+)\}")
"""A fact in Markdown: ``{fact:visitors_2025}``."""

ATTRIBUTES = re.compile(r"([ \n]+)(\{:?[ ]*(?!fact:)[^}\n ][^\n]*\}[ ]*)$")
"""An attribute list that ends a block: ``## Vé { #ve }``, or on a line of its own."""

SOFT_BREAK = re.compile(r"(?<! {2})(?<!\\)[ ]?\n[ ]*")
"""A line break that renders as a space: ``một dòng\\ndòng nữa``."""

REFERENCE = re.compile(r"(?<![\]!\\`])(!?)\[([^\[\]]+)\](?:\[\])?(?![\[(:])")
"""A reference link that names no label: ``[Hạ Long]`` or ``[Yên Tử][]``."""

NOT_LANGUAGE = re.compile(
    r"""
    (`+)(?!`).*?(?<!`)\1(?!`)                   # `code`
    | \{fact:[A-Za-z0-9_]+\}                    # {fact:visitors_2025}
    | <(?:https?|ftp|mailto)[^>\s]*>            # <https://evisa.gov.vn>
    | \b(?:https?://|www\.)\S+                  # https://evisa.gov.vn
    | </?[a-zA-Z][^>]*> | <!--.*?-->            # <br>
    | :[a-z0-9_+-]+:(?:\{[^}]*\})?              # :material-ferry:{ .big }
    | &[A-Za-z0-9\#]+;                          # &nbsp;
    | \[\^[^\]]+\]                              # [^1]
    | \{:?[ ]*[.\#][^}\n]*\}                    # { .card }
    | \{\d+\}                                   # a token of ours
    """,
    re.VERBOSE | re.DOTALL,
)
"""What is left to translate after these are gone decides whether a string is a segment."""

DIRECTIVE = re.compile(r"^<!--\s*i18n:\s*(skip|note|context)\s*(?::\s*(.*?))?\s*-->\s*$", re.DOTALL)
"""``<!-- i18n:skip -->``, ``<!-- i18n:note: … -->``, ``<!-- i18n:context: … -->``."""

FILENAME = re.compile(r'(<span class="filename">)(.*?)(</span>)', re.DOTALL)
"""Where superfences prints the ``title=`` of a code fence."""

HIGHLIGHTED = re.compile(
    r'\s*<(?:div|table)\b[^>]*class="[^"]*\b(?:highlight|codehilite|highlighttable)\b'
)
"""How a stashed block of highlighted code begins."""

DEFAULT_TITLES = frozenset(
    "Abstract Attention Bug Caution Check Cite Danger Done Error Example Fail Failure Faq Hint "
    "Important Info Missing Note Question Quote Seealso Success Summary Tip Tldr Warning".split()
)
"""Titles that admonitions and details get from their class when the editor gives none."""

BACKLINK_TITLE = "Jump back to footnote {} in the text"
PERMALINK_TITLE = "Permanent link"
INTERFACE_TEXTS = (*sorted(DEFAULT_TITLES), BACKLINK_TITLE, PERMALINK_TITLE)
"""Texts that Markdown extensions add by themselves; their translations live in ``ui.po``."""

KINDS = {
    "p": "paragraph",
    "li": "list item",
    "td": "table cell",
    "th": "table header",
    "dt": "term",
    "dd": "definition",
    "summary": "summary",
    "figcaption": "caption",
    "caption": "caption",
    "label": "tab label",
}

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Segment:
    """One string that readers see, as inline Markdown."""

    msgid: str
    """The source text: soft breaks are spaces, block placeholders are tokens ``{1}``, ``{2}``."""
    kind: str = "paragraph"
    """What it is on the page, e.g. ``heading 2``; becomes the PO comment ``#.``."""
    msgctxt: str | None = None
    """Context that the editor gave, or the field of front matter."""
    notes: tuple[str, ...] = ()
    """Notes of the editor to translators."""
    line: int = 0
    """Line in the source file, from 1; 0 when it could not be told."""
    plain: bool = False
    """True for texts that are not Markdown: front matter, titles, captions in raw HTML."""
    tag: str = "p"
    """The element that holds the text; some inline rules depend on it."""

    @property
    def key(self) -> tuple[str | None, str]:
        """What a catalog finds the segment by."""
        return (self.msgctxt, self.msgid)


@dataclass(frozen=True)
class Untranslatable:
    """Visible text inside raw HTML, which no catalog can reach."""

    text: str
    line: int


@dataclass
class Collected:
    """What a page holds for translators, and what its translations may refer to."""

    segments: list[Segment] = field(default_factory=list)
    untranslatable: list[Untranslatable] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Labels of reference links and where they lead."""
    footnotes: list[str] = field(default_factory=list)
    """Labels of footnotes."""
    anchors: list[str] = field(default_factory=list)
    """Ids of headings."""


@dataclass
class Holder:
    """A place in the tree that holds a segment, and how to write another text into it."""

    element: Element
    attribute: str
    before: str
    core: str
    after: str
    tokens: dict[str, str] = field(default_factory=dict)

    def write(self, text: str) -> None:
        """Put the text in place, with edges and placeholders back where they were."""
        for token, placeholder in self.tokens.items():
            text = text.replace(token, placeholder)
        old = getattr(self.element, self.attribute)
        value = self.before + text + self.after
        setattr(
            self.element,
            self.attribute,
            AtomicString(value) if isinstance(old, AtomicString) else value,
        )


class VisibleText(HTMLParser):
    """Gather the text of a piece of raw HTML that a browser would show."""

    SILENT = frozenset({"script", "style", "template", "code", "pre", "title", "svg", "math"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.SILENT:
            self._silent += 1
        if not self._silent:
            self.texts += [
                value
                for name, value in attrs
                if name in ("alt", "title", "placeholder", "aria-label") and value
            ]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent and has_letters(data):
            self.texts.append(" ".join(data.split()))


class Segmenter(Treeprocessor):
    """
    Visit the segments of one page.

    In collect mode (``translate`` is None) the tree only gets its heading ids. In substitute mode
    ``translate(segment)`` returns the text to show, or None to leave the source in place.
    """

    md: Markdown

    def __init__(self, md: Markdown, extension: SegmentExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        state = self.extension
        state.found = Collected(
            references={label: url for label, (url, _) in self.md.references.items()},
            footnotes=footnote_labels(self.md),
        )
        self.lines = LineFinder(state.source, state.first_line)
        toc = self.md.treeprocessors["toc"] if "toc" in self.md.treeprocessors else None
        self.marker = toc.marker if isinstance(toc, TocTreeprocessor) else None
        self.soft_breaks = "nl" not in self.md.inlinePatterns
        self.attributes = "attr_list" in self.md.treeprocessors
        state.found.anchors = set_heading_ids(root, self.md)
        self.walk(root, directives=None)
        self.stashed()
        self.definitions()
        if isinstance(toc, TocTreeprocessor) and toc.permalink_title == PERMALINK_TITLE:
            toc.permalink_title = state.interface(PERMALINK_TITLE)

    # Walking the tree

    def walk(self, element: Element, directives: Directives | None) -> None:
        """Visit an element's text, its children and their tails, in document order."""
        if element.tag in OPAQUE:
            return
        if not self.interface_text(element):
            self.visit(element, "text", element, directives)
        pending: Directives | None = None
        for child in list(element):
            directive = self.directive(child)
            if directive:
                pending = pending.with_(directive) if pending else directive
                element.remove(child)
                continue
            inherited = directives.with_(pending) if directives and pending else pending or directives
            self.walk(child, inherited)
            if child.tail and child.tail.strip():
                self.visit(child, "tail", element, directives)
            pending = None

    def directive(self, element: Element) -> Directives | None:
        """Read the editor's directive that an element consists of, if it does."""
        found = HTML_STASH.fullmatch((element.text or "").strip()) if element.tag == "p" else None
        if not found or len(element):
            return None
        raw = self.md.htmlStash.rawHtmlBlocks[int(found[1])]
        match = DIRECTIVE.match(raw.strip()) if isinstance(raw, str) else None
        if not match:
            return None
        name, value = match[1], " ".join((match[2] or "").split())
        return Directives(
            skip=name == "skip",
            notes=(value,) if name == "note" and value else (),
            context=value if name == "context" and value else None,
        )

    def interface_text(self, element: Element) -> bool:
        """Put texts that extensions add by themselves into the reader's language."""
        classes = element.get("class", "").split()
        if element.tag == "a" and "footnote-backref" in classes:
            number = re.fullmatch(
                BACKLINK_TITLE.replace("{}", "([0-9]+)"), element.get("title", "")
            )
            if number:
                title = self.extension.interface(BACKLINK_TITLE)
                element.set("title", title.replace("{}", number[1]))
            return True
        if "admonition-title" in classes or element.tag == "summary":
            text = element.text or ""
            if text in DEFAULT_TITLES and not len(element):
                element.text = self.extension.interface(text)
                return True
        return False

    def visit(
        self, element: Element, attribute: str, owner: Element, directives: Directives | None
    ) -> None:
        """Collect one string, substitute it, and put facts in their places."""
        raw = getattr(element, attribute)
        if not raw or not raw.strip():
            return
        atomic = isinstance(raw, AtomicString)
        if atomic and owner.tag not in ("figcaption", "summary"):
            self.report_atomic(raw, owner)
            return
        if (directives and directives.skip) or raw.strip() == self.marker:
            self.write_facts(element, attribute)
            return
        holder = self.hold(element, attribute, owner, atomic)
        msgid = self.msgid(holder, atomic)
        if has_letters(msgid if atomic else NOT_LANGUAGE.sub("", msgid)):
            segment = Segment(
                msgid,
                kind_of(owner),
                directives.context if directives else None,
                directives.notes if directives else (),
                self.lines.find(holder.core),
                plain=atomic,
                tag=owner.tag,
            )
            self.substitute(segment, holder)
        self.write_facts(element, attribute)

    def substitute(self, segment: Segment, holder: Holder) -> None:
        """Record a segment and, in substitute mode, show its translation."""
        self.extension.found.segments.append(segment)
        if self.extension.translate is None:
            return
        text = self.extension.translate(segment)
        if text is None:
            if self.extension.foreign:
                holder.element.set("lang", self.extension.foreign)
        elif text != segment.msgid:
            holder.write(text)

    def hold(self, element: Element, attribute: str, owner: Element, atomic: bool) -> Holder:
        """Split a raw string into edges, which stay, and the core, which is translated."""
        raw = getattr(element, attribute)
        match = EDGE.match(raw)
        assert match is not None
        before, core, after = match[1], match[2], match[3]
        if self.attributes and not atomic:
            # As attr_list itself decides: headings and cells end in one, other blocks have it on
            # a line of its own.
            ends = ATTRIBUTES.search(core)
            inline = owner.tag in HEADINGS or owner.tag in ("dt", "td", "th")
            if ends and ends.start() and (inline or "\n" in ends[1]):
                core, after = core[: ends.start()], core[ends.start() :] + after
        return Holder(element, attribute, before, core, after)

    def msgid(self, holder: Holder, atomic: bool) -> str:
        """Write the core as translators see it."""
        text = holder.core
        number = max((int(n) for n in re.findall(r"\{(\d+)\}", text)), default=0)
        for placeholder in dict.fromkeys(STASH.findall(text)):
            number += 1
            token = f"{{{number}}}"
            holder.tokens[token] = placeholder
            text = text.replace(placeholder, token)
        if self.soft_breaks:
            text = SOFT_BREAK.sub(" ", text)
        return text if atomic else self.expand_references(text)

    def expand_references(self, text: str) -> str:
        """Give reference links their label, so that a translated text keeps its target."""
        if "[" not in text or not self.md.references:
            return text
        code = [match.span() for match in re.finditer(r"(`+)(?!`).*?(?<!`)\1(?!`)", text)]

        def expand(match: re.Match[str]) -> str:
            if any(start <= match.start() < end for start, end in code):
                return match[0]
            label = " ".join(match[2].split())
            if label.lower() not in self.md.references:
                return match[0]
            return f"{match[1]}[{match[2]}][{label}]"

        return REFERENCE.sub(expand, text)

    def write_facts(self, element: Element, attribute: str) -> None:
        """Format facts before the inline phase; ``attr_list`` would silently delete them."""
        text = getattr(element, attribute)
        if "{fact:" not in text:
            return
        line = 0

        def value(match: re.Match[str]) -> str:
            nonlocal line
            line = line or self.lines.find(match[0])
            return self.extension.fact(match[1], line) or match[0]

        setattr(element, attribute, FACT.sub(value, text))

    # What is not in the tree

    def report_atomic(self, text: str, owner: Element) -> None:
        """Report text of HTML without ``markdown="1"`` inside a block that has it."""
        if "arithmatex" in owner.get("class", "").split():
            return
        shown = " ".join(STASH.sub(" ", text).split())
        if has_letters(shown):
            self.extension.found.untranslatable.append(Untranslatable(shown, self.lines.find(shown)))

    def stashed(self) -> None:
        """Translate titles of code fences; report text in raw HTML."""
        blocks = self.md.htmlStash.rawHtmlBlocks
        for index, raw in enumerate(blocks):
            if not isinstance(raw, str):
                raw = "".join(raw.itertext())
                self.report_html(raw)
            elif HIGHLIGHTED.match(raw):
                blocks[index] = FILENAME.sub(self.fence_title, raw)
            elif raw.startswith('<pre class="mermaid"'):
                self.report_html(raw.replace("pre", "div"))
            elif not raw.lstrip().startswith(("<!--", "<pre", "<input", "<label", "<code", "<svg")):
                self.report_html(raw)

    def fence_title(self, match: re.Match[str]) -> str:
        """Translate one ``title=`` of a code fence."""
        title = unescape(match[2])
        if not has_letters(title):
            return match[0]
        segment = Segment(title, "code title", line=self.lines.find(title), plain=True)
        shown = Element("span")
        shown.text = AtomicString(title)
        self.substitute(segment, Holder(shown, "text", "", title, ""))
        return match[1] + escape(shown.text or title) + match[3]

    def report_html(self, raw: str) -> None:
        """Report every visible text of a raw HTML block."""
        if "<" not in raw or not has_letters(raw):
            return
        reader = VisibleText()
        reader.feed(raw)
        reader.close()
        self.extension.found.untranslatable += [
            Untranslatable(text, self.lines.find(text)) for text in reader.texts
        ]

    def definitions(self) -> None:
        """Translate abbreviations and the titles of reference links."""
        abbr = self.md.treeprocessors["abbr"] if "abbr" in self.md.treeprocessors else None
        for term, title in list(getattr(abbr, "abbrs", {}).items()):
            if has_letters(title):
                abbr.abbrs[term] = self.definition(title, "abbreviation", f"abbr: {term}")
        for label, (url, title) in list(self.md.references.items()):
            if title and has_letters(title):
                self.md.references[label] = (url, self.definition(title, "link title", None))

    def definition(self, text: str, kind: str, context: str | None) -> str:
        """Translate a text that is defined once and shown elsewhere."""
        holder = Element("span")
        holder.text = text
        line = self.lines.find(text)
        self.substitute(
            Segment(text, kind, context, line=line, plain=True),
            Holder(holder, "text", "", text, ""),
        )
        self.write_facts(holder, "text")
        return holder.text or text


@dataclass(frozen=True)
class Directives:
    """What an editor asked of the next block."""

    skip: bool = False
    notes: tuple[str, ...] = ()
    context: str | None = None

    def with_(self, other: Directives) -> Directives:
        """Join two directives before the same block."""
        return Directives(
            self.skip or other.skip, self.notes + other.notes, other.context or self.context
        )


class SegmentExtension(Extension):
    """
    The Markdown extension that carries :class:`Segmenter`.

    One instance serves many pages: :meth:`begin` sets the page, ``found`` holds what the last
    conversion met.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found = Collected()
        self.begin("")

    def begin(
        self,
        source: str,
        *,
        first_line: int = 1,
        translate: Callable[[Segment], str | None] | None = None,
        interface: Callable[[str], str] = str,
        fact: Callable[[str, int], str | None] = lambda name, line: None,
        foreign: str | None = None,
    ) -> None:
        """
        Set the page that is converted next.

        ``source`` is its Markdown, whose first line is line ``first_line`` of the file;
        ``interface`` translates :data:`INTERFACE_TEXTS`; ``fact(name, line)`` formats a fact or
        returns None; ``foreign`` is the language to mark source text with that is left in place.
        """
        self.source, self.first_line = source, first_line
        self.translate, self.interface, self.fact = translate, interface, fact
        self.foreign = foreign

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor."""
        md.treeprocessors.register(Segmenter(md, self), "quangba", PRIORITY)


class LineFinder:
    """Find the line of a text in the source; texts come mostly in order."""

    def __init__(self, source: str, first_line: int) -> None:
        self.source, self.first_line = source, first_line
        self.position = 0
        self.counted = (0, first_line)

    def find(self, text: str) -> int:
        """Return the line on which the text starts, 0 when it is not in the source."""
        needle = STASH.split(text.strip())[0].split("\n")[0].strip()[:60]
        if not needle:
            return 0
        at = self.source.find(needle, self.position)
        if at < 0:
            at = self.source.find(needle)
        if at < 0:
            return 0
        self.position = at + len(needle)
        start, line = self.counted if self.counted[0] <= at else (0, self.first_line)
        line += self.source.count("\n", start, at)
        self.counted = (at, line)
        return line


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def kind_of(element: Element) -> str:
    """Name what an element is to a reader."""
    if element.tag in HEADINGS:
        return f"heading {element.tag[1]}"
    if "admonition-title" in element.get("class", "").split():
        return "box title"
    return KINDS.get(element.tag, "text")


def set_heading_ids(root: Element, md: Markdown) -> list[str]:
    """
    Give headings ids from their source text, so that deep links survive translation.

    Ids that editors set (``{ #id }``, ``id=`` in HTML) come first. Returns all ids of headings.
    """
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    explicit = {}
    for heading in headings:
        attributes = ATTRIBUTES.search(heading.text or "")
        given = re.search(r"#([^\s}]+)", attributes[2]) if attributes else None
        if given and "attr_list" in md.treeprocessors:
            explicit[heading] = given[1]
            used.add(given[1])
    for heading in headings:
        if heading in explicit or "id" in heading.attrib:
            continue
        heading.set("id", unique(slug(heading_text(heading)) or "muc", used))
    return [explicit.get(heading, heading.get("id", "")) for heading in headings]


def heading_text(heading: Element) -> str:
    """Return a heading's text without markup, attribute lists and facts."""
    text = STASH.sub("", "".join(heading.itertext()))
    text = ATTRIBUTES.sub("", FACT.sub("", text))
    text = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"\[\^[^\]]+\]|<[^>]+>|:[a-z0-9_+-]+:", "", text)
    return re.sub(r"\{:?[ ]*[.#][^}\n]*\}", "", text)


def footnote_labels(md: Markdown) -> list[str]:
    """Return the labels of the footnotes that a page defines."""
    extension = next((e for e in md.registeredExtensions if isinstance(e, FootnoteExtension)), None)
    return list(extension.footnotes) if extension else []


def collect(md: Markdown, extension: SegmentExtension, source: str, first_line: int) -> Collected:
    """
    Run only the block phase over a page and return what it holds.

    ``md`` must have been made with ``extension`` in its extensions.
    """
    md.reset()
    extension.begin(source, first_line=first_line)
    extension.found = Collected()
    if not source.strip():
        return extension.found
    lines = source.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    for processor in md.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
        if isinstance(processor, Segmenter):
            break
    return extension.found
