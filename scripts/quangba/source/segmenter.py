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
from copy import copy
from dataclasses import dataclass, field
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from quangba.source.anchors import (
    HEADINGS,
    attribute_list,
    processor,
    set_heading_ids,
    source_slugs,
)
from quangba.source.directives import Directives, leading_directives
from quangba.source.lines import LineFinder
from quangba.source.references import expand_references
from quangba.source.segment import (
    FACT,
    PLACEHOLDER,
    STASH,
    TOKEN,
    Collected,
    Segment,
    Untranslatable,
)
from quangba.source.text import has_letters, unescape
from quangba.source.visible import SPOKEN, visible_texts

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PRIORITY = 22
"""After every tree processor that finishes blocks (task lists: 25), before ``inline`` (20)."""

OPAQUE = frozenset({"pre", "code", "script", "style", "math", "svg", "textarea", "kbd", "samp"})
"""Elements whose text is not language."""

HTML_STASH = re.compile("\x02wzxhzdk:([0-9]+)\x03")

EDGE = re.compile("^((?:\\s|\x02[^\x03]*\x03)*)(.*?)((?:\\s|\x02[^\x03]*\x03)*)$", re.DOTALL)

LEADING_ATTRIBUTES = re.compile(r"\{:?[ ]*(?!fact:)[^}\n ][^\n}]*\}")
"""``{ .big }`` right behind an inline element."""

SPOKEN_VALUE = re.compile(rf"""(\b(?:{"|".join(SPOKEN)})=)("[^"]*"|'[^']*')""")
"""A tooltip in an attribute list or tag: ``title="Bảng giờ tàu"``."""

SOFT_BREAK = re.compile(r"(?<![ \\])[ ]?\n[ ]*")
"""A line break that renders as a space: ``một dòng\\ndòng nữa``."""

NOT_LANGUAGE = re.compile(
    r"""
    (?<!`)(`++).*?(?<!`)\1(?!`)                 # `code`
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

SUSPECT = re.compile(r"[`{<:&\[]|www\.")
"""What each of these has."""

FILENAME = re.compile(r'(<span class="filename">)(.*?)(</span>)', re.DOTALL)
"""Where superfences prints the ``title=`` of a code fence."""

HIGHLIGHTED = re.compile(
    r'\s*<(?:div|table)\b[^>]*class="[^"]*\b(?:highlight|codehilite|highlighttable)\b'
)
"""How a stashed block of highlighted code begins."""

DEFAULT_TITLES = frozenset(
    {
        "Abstract",
        "Attention",
        "Bug",
        "Caution",
        "Check",
        "Cite",
        "Danger",
        "Done",
        "Error",
        "Example",
        "Fail",
        "Failure",
        "Faq",
        "Hint",
        "Important",
        "Info",
        "Missing",
        "Note",
        "Question",
        "Quote",
        "Seealso",
        "Success",
        "Summary",
        "Tip",
        "Tldr",
        "Warning",
    }
)
"""Titles that admonitions and details get from their class when the editor gives none."""

BACKLINK_TITLE = "Jump back to footnote {} in the text"
PERMALINK_TITLE = "Permanent link"
INTERFACE_TEXTS = (*sorted(DEFAULT_TITLES), BACKLINK_TITLE, PERMALINK_TITLE)
"""Texts that Markdown extensions add by themselves; their translations live in ``ui.po``."""

CHANGED = (("tab_slugs", "slugify"), ("caption-auto", "fig_types"), ("toc", "permalink_title"))
"""Settings of other tree processors that a page's language changes."""

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

SEGMENT_NAMES = "data-segment"
"""Attribute of elements with the names of the segments in them, for previews."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Holder:
    """A place in the tree that holds a segment, and how to write another text into it."""

    element: Element
    attribute: str
    before: str
    core: str
    after: str
    attributes: str = ""
    """The attribute list in ``after``."""
    guarded: bool = False
    """True where a leading ``{`` would begin the attribute list of the element before."""
    tokens: dict[str, str] = field(default_factory=dict)

    def write(self, text: str) -> None:
        """Put the text in place, with edges and placeholders back where they were."""
        text = TOKEN.sub(lambda match: self.tokens.get(match[0], match[0]), text)
        if self.guarded and text.startswith("{"):
            text = "\\" + text
        old = getattr(self.element, self.attribute)
        value = self.before + text + self.after
        setattr(
            self.element,
            self.attribute,
            AtomicString(value) if isinstance(old, AtomicString) else value,
        )


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
        self.defaults: dict[tuple[str, str], Any] = {}

    def reset_defaults(self) -> None:
        """Undo what the last page of this Markdown instance changed in other extensions."""
        for name, attribute in CHANGED:
            other = processor(self.md, name)
            if other is not None:
                first = self.defaults.setdefault((name, attribute), copy(getattr(other, attribute)))
                setattr(other, attribute, copy(first))

    def run(self, root: Element) -> None:
        state = self.extension
        state.found = Collected(
            references={label: url for label, (url, _) in self.md.references.items()},
            footnotes=footnote_labels(self.md),
        )
        self.lines = LineFinder(state.source, state.first_line)
        toc = processor(self.md, "toc")
        self.marker = toc.marker if isinstance(toc, TocTreeprocessor) else None
        self.soft_breaks = "nl" not in self.md.inlinePatterns
        self.attributes = "attr_list" in self.md.treeprocessors
        self.stash_done: set[int] = set()
        self.said: set[Element] = set()
        words = " ".join(" ".join(root.itertext()).split())
        state.found.anchors = set_heading_ids(root, self.md)
        self.reset_defaults()
        tabs = processor(self.md, "tab_slugs")
        if tabs and state.translate is not None:
            tabs.slugify = source_slugs(root, tabs.slugify)
        self.walk(root, directives=None)
        for index in range(len(self.md.htmlStash.rawHtmlBlocks)):
            self.stashed(index)
        self.critic_comments()
        self.definitions(words)
        self.captions(root)
        if isinstance(toc, TocTreeprocessor) and state.found.anchors:
            self.permalinks(toc)

    # Walking the tree

    def walk(self, element: Element, directives: Directives | None) -> None:
        """Visit an element's text, its children and their tails, in document order."""
        if element.tag in OPAQUE:
            return
        if not self.interface_text(element):
            self.tooltips(element, directives)
            self.visit(element, "text", element, directives)
        pending: Directives | None = None
        for child in list(element):
            directive = self.directive(child)
            if directive:
                pending = pending.with_(directive) if pending else directive
                element.remove(child)
                continue
            inherited = (
                directives.with_(pending) if directives and pending else pending or directives
            )
            self.walk(child, inherited)
            if child.tail and child.tail.strip():
                self.visit(child, "tail", element, directives)
            pending = None

    def directive(self, element: Element) -> Directives | None:
        """Read the editor's directive that an element consists of, if it does."""
        if element.tag != "p" or len(element):
            return None
        text = (element.text or "").strip()
        found = HTML_STASH.fullmatch(text)
        if found:
            raw = self.md.htmlStash.rawHtmlBlocks[int(found[1])]
            text = raw.strip() if isinstance(raw, str) else ""
        directives, rest = leading_directives(text)
        return None if rest else directives

    def interface_text(self, element: Element) -> bool:
        """Put texts that extensions add by themselves into the reader's language."""
        if element in self.said:
            return True
        classes = element.get("class", "").split()
        if element.tag == "a" and "footnote-backref" in classes:
            self.backlink(element)
            return True
        if element.tag == "span" and classes == ["caption-prefix"]:
            self.caption_prefix(element)
            return True
        title: Element | None = element
        alert = element.get("data-alert")
        if alert:
            # > [!note] of pymdownx.quotes: its title becomes one after the inline phase.
            title = element.find("p")
        elif "admonition-title" not in classes and element.tag != "summary":
            return False
        text = title.text if title is not None else None
        if title is None or text not in DEFAULT_TITLES or len(title):
            return False
        if alert and text != alert.split()[0].title():
            return False
        assert text is not None
        self.said.add(title)
        self.say(title, text)
        return title is element

    def say(self, element: Element, text: str) -> None:
        """Write an interface text, in which no Markdown counts, into an element."""
        shown = self.extension.interface(text)
        if shown != text:
            element.text = AtomicString(shown)

    def backlink(self, element: Element) -> None:
        """Translate the title of the link from a footnote back into the text."""
        number = re.search(r"\d+(?=\D*$)", element.get("title", ""))
        if not number:
            return
        title = element.get("title", "")
        pattern = title[: number.start()] + "{}" + title[number.end() :]
        if pattern == BACKLINK_TITLE:
            shown = self.extension.interface(BACKLINK_TITLE)
        else:
            shown = self.template(pattern, "footnote link")
        element.set("title", shown.replace("{}", number[0]))

    def tooltips(self, element: Element, directives: Directives | None) -> None:
        """Translate attributes of elements whose value readers see or hear."""
        if directives and directives.skip:
            return
        for name in SPOKEN:
            value = element.get(name, "")
            if has_letters(value):
                element.set(name, self.plain(value, "tooltip", directives=directives))

    def visit(
        self, element: Element, attribute: str, owner: Element, directives: Directives | None
    ) -> None:
        """Collect one string, substitute it, and put facts in their places."""
        raw = getattr(element, attribute)
        if not raw or not raw.strip():
            return
        own, rest = leading_directives(raw)
        if own:
            setattr(element, attribute, rest)
            raw = rest
            directives = directives.with_(own) if directives else own
        skip = directives is not None and directives.skip
        for index in HTML_STASH.findall(raw) if "\x02" in raw else ():
            self.stashed(int(index), skip=skip)
        atomic = isinstance(raw, AtomicString)
        if atomic and owner.tag not in ("figcaption", "summary"):
            if not skip:
                self.report_atomic(raw, owner)
            return
        if skip or raw.strip() == self.marker:
            self.write_facts(element, attribute)
            return
        holder = self.hold(element, attribute, owner, atomic)
        msgid = self.msgid(holder, atomic)
        if has_letters(msgid) and (atomic or has_words(msgid) or SPOKEN_VALUE.search(msgid)):
            segment = Segment(
                msgid,
                kind_of(owner),
                directives.context if directives else None,
                directives.notes if directives else (),
                self.lines.find(holder.core),
                plain=atomic,
                tag=owner.tag,
                before=STASH.sub(PLACEHOLDER, holder.before).lstrip(),
                after=STASH.sub(PLACEHOLDER, holder.after).rstrip(),
                nested=len(owner) > 0,
            )
            self.substitute(segment, holder)
            self.name(owner, segment)
        if SPOKEN_VALUE.search(holder.attributes):
            self.attribute_words(holder, directives)
        self.write_facts(element, attribute)

    def substitute(self, segment: Segment, holder: Holder) -> None:
        """Record a segment and, in substitute mode, show its translation."""
        self.extension.found.segments.append(segment)
        if self.extension.translate is None:
            return
        text = self.extension.translate(segment)
        if text is None:
            if self.extension.foreign and holder.attribute == "text":
                holder.element.set("lang", self.extension.foreign)
        elif text != segment.msgid:
            holder.write(text)

    def name(self, element: Element, segment: Segment) -> None:
        """Write on an element which segments stand in it, where somebody asked for their names."""
        if self.extension.identify:
            names = f"{element.get(SEGMENT_NAMES, '')} {self.extension.identify(segment)}"
            element.set(SEGMENT_NAMES, names.strip())

    def hold(self, element: Element, attribute: str, owner: Element, atomic: bool) -> Holder:
        """Split a raw string into edges, which stay, and the core, which is translated."""
        raw = getattr(element, attribute)
        holder = Holder(element, attribute, *edges(raw))
        if not self.attributes or atomic:
            return holder
        if attribute == "tail" and not self.md.is_block_level(element.tag):
            holder.guarded = not holder.before
            leading = LEADING_ATTRIBUTES.match(holder.core) if holder.guarded else None
            if leading:
                holder.before, holder.core = leading[0], holder.core[leading.end() :]
                holder.guarded = False
        heading = owner.tag in HEADINGS
        start = attribute_list(holder.core, at_end=heading or owner.tag in ("dt", "td", "th"))
        if start > 0:
            kept = holder.core[:start].rstrip("#").rstrip() if heading else holder.core[:start]
            holder.attributes = holder.core[len(kept) :]
            holder.core, holder.after = kept, holder.attributes + holder.after
        return holder

    def msgid(self, holder: Holder, atomic: bool) -> str:
        """Write the core as translators see it."""
        text = holder.core
        stashed = dict.fromkeys(STASH.findall(text)) if "\x02" in text else ()
        for number, placeholder in enumerate(stashed, free_token(text) if stashed else 1):
            token = f"{{{number}}}"
            holder.tokens[token] = placeholder
            text = text.replace(placeholder, token)
        if self.soft_breaks and "\n" in text:
            text = SOFT_BREAK.sub(" ", text)
        return text if atomic else expand_references(text, self.md.references)

    def write_facts(self, element: Element, attribute: str) -> None:
        """
        Put facts in before the inline phase; ``attr_list`` would silently delete them.

        They go in as placeholders, so that no sign in them is taken for Markdown.
        """
        text = getattr(element, attribute)
        if "{fact:" not in text:
            return
        line = 0

        def value(match: re.Match[str]) -> str:
            nonlocal line
            line = line or self.lines.find(match[0])
            shown = self.extension.fact(match[1], line)
            return match[0] if shown is None else self.md.htmlStash.store(escape(shown))

        written = FACT.sub(value, text)
        setattr(
            element, attribute, AtomicString(written) if isinstance(text, AtomicString) else written
        )

    # What is not one string of the tree

    def plain(
        self,
        text: str,
        kind: str,
        *,
        context: str | None = None,
        directives: Directives | None = None,
    ) -> str:
        """Translate a text in which no Markdown counts: a title, a tooltip, a definition."""
        holder = Element("span")
        holder.text = text
        segment = Segment(
            " ".join(text.split()),
            kind,
            context or (directives.context if directives else None),
            directives.notes if directives else (),
            self.lines.find(text),
            plain=True,
        )
        self.substitute(segment, Holder(holder, "text", "", text, ""))
        return holder.text or text

    def template(self, text: str, kind: str) -> str:
        """Translate a text with a number in it, ``Hình {}.``, which translators see as a token."""
        if not has_letters(text):
            return text
        token = f"{{{free_token(text)}}}"
        return self.plain(text.replace("{}", token), kind).replace(token, "{}")

    def attribute_words(self, holder: Holder, directives: Directives | None) -> None:
        """Translate the tooltips in the attribute list that ends a block."""

        def translate(match: re.Match[str]) -> str:
            value = match[2][1:-1]
            shown = (
                self.plain(value, "tooltip", directives=directives) if has_letters(value) else value
            )
            if shown == value:
                return match[0]
            # A placeholder, because the inline phase reads attribute lists too.
            return f'{match[1]}"{self.md.htmlStash.store(escape(shown))}"'

        text = getattr(holder.element, holder.attribute)
        end = text.rindex(holder.after)
        written = text[:end] + SPOKEN_VALUE.sub(translate, holder.after)
        setattr(holder.element, holder.attribute, written)

    def report_atomic(self, text: str, owner: Element) -> None:
        """Report text of HTML without ``markdown="1"`` inside a block that has it."""
        if "arithmatex" in owner.get("class", "").split():
            return
        self.report(" ".join(STASH.sub(" ", text).split()))

    def report(self, text: str) -> None:
        """Report a text that no catalog reaches."""
        if has_letters(text):
            self.extension.found.untranslatable.append(Untranslatable(text, self.lines.find(text)))

    def stashed(self, index: int, *, skip: bool = False) -> None:
        """Translate titles of a stashed code fence; report text in stashed HTML."""
        if index in self.stash_done:
            return
        self.stash_done.add(index)
        blocks = self.md.htmlStash.rawHtmlBlocks
        raw = blocks[index]
        if skip:
            return
        if not isinstance(raw, str):
            raw = "".join(raw.itertext())
        elif HIGHLIGHTED.match(raw):
            blocks[index] = FILENAME.sub(self.fence_title, raw)
            return
        for text in visible_texts(raw):
            self.report(text)

    def critic_comments(self) -> None:
        """Report ``{>>comments<<}``, which pymdownx.critic keeps in a stash of its own."""
        names = self.md.preprocessors
        critic: Any = names["critic"] if "critic" in names else None  # noqa: SIM401 (no get)
        stash = getattr(critic, "critic_stash", None)
        for raw in stash.stash.values() if stash else ():
            for text in visible_texts(raw):
                self.report(text)

    def fence_title(self, match: re.Match[str]) -> str:
        """Translate one ``title=`` of a code fence."""
        title = unescape(match[2])
        if not has_letters(title):
            return match[0]
        shown = self.plain(title, "code title")
        return match[0] if shown == title else match[1] + escape(shown) + match[3]

    def definitions(self, words: str) -> None:
        """Translate the abbreviations and titles of reference links that the words may use."""
        abbr = processor(self.md, "abbr")
        for term, title in list(getattr(abbr, "abbrs", {}).items()):
            if term in words and has_letters(title):
                abbr.abbrs[term] = self.definition(title, "abbreviation", f"abbr: {term}")
        lowered = words.lower()
        for label, (url, title) in list(self.md.references.items()):
            if title and label in lowered and has_letters(title):
                self.md.references[label] = (url, self.definition(title, "link title", None))

    def definition(self, text: str, kind: str, context: str | None) -> str:
        """Translate a text that is defined once and shown elsewhere."""
        holder = Element("span")
        holder.text = self.plain(text, kind, context=context)
        self.write_facts(holder, "text")
        return holder.text or text

    def caption_prefix(self, element: Element) -> None:
        """Translate “Figure 3.” of a caption that was numbered by hand (pymdownx.blocks)."""
        found = HTML_STASH.fullmatch((element.text or "").strip())
        if not found:
            return
        raw = self.md.htmlStash.rawHtmlBlocks[int(found[1])]
        number = re.search(r"\d[\d.]*\d|\d", raw) if isinstance(raw, str) else None
        if number and isinstance(raw, str):
            shown = self.template(raw.replace(number[0], "{}", 1), "caption prefix")
            written = raw if shown.replace("{}", number[0], 1) == raw else escape(shown)
            self.md.htmlStash.rawHtmlBlocks[int(found[1])] = written.replace("{}", number[0], 1)

    def captions(self, root: Element) -> None:
        """Translate “Figure {}.” of captions that are numbered after the inline phase."""
        numbering = processor(self.md, "caption-auto")
        used = {element.get("__figure_type") for element in root.iter("figure")}
        for name, prefix in list(numbering.fig_types.items()) if numbering else []:
            if name in used and prefix:
                shown = self.template(prefix, "caption prefix")
                if shown != prefix:
                    # The extension calls str.format on it and takes the result for HTML.
                    parts = (
                        escape(p.replace("{", "{{").replace("}", "}}")) for p in shown.split("{}")
                    )
                    numbering.fig_types[name] = "{}".join(parts)

    def permalinks(self, toc: TocTreeprocessor) -> None:
        """Translate what a reader sees on pointing at the sign behind a heading."""
        if not toc.use_permalinks:
            return
        if toc.permalink_title == PERMALINK_TITLE:
            toc.permalink_title = self.extension.interface(PERMALINK_TITLE)
        elif has_letters(toc.permalink_title):
            toc.permalink_title = self.plain(toc.permalink_title, "heading link")


class SegmentExtension(Extension):
    """
    The Markdown extension that carries :class:`Segmenter`.

    One instance serves many pages: :meth:`begin` sets the page, ``found`` holds what the last
    conversion met.
    """

    def __init__(self) -> None:
        super().__init__()
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
        identify: Callable[[Segment], str] | None = None,
    ) -> None:
        """
        Set the page that is converted next.

        ``source`` is its Markdown, whose first line is line ``first_line`` of the file;
        ``interface`` translates :data:`INTERFACE_TEXTS`; ``fact(name, line)`` formats a fact or
        returns None; ``foreign`` is the language to mark source text with that is left in place;
        ``identify`` names segments on their elements (:data:`SEGMENT_NAMES`).
        """
        self.found = Collected()
        self.source, self.first_line = source, first_line
        self.translate, self.interface, self.fact = translate, interface, fact
        self.foreign, self.identify = foreign, identify

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor."""
        md.treeprocessors.register(Segmenter(md, self), "quangba", PRIORITY)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def edges(text: str) -> tuple[str, str, str]:
    """
    Return the blanks and placeholders before a text, the text, and those behind it.

    >>> edges(' Vé\\x021\\x03 '), edges('Vé\\n')
    ((' ', 'Vé', '\\x021\\x03 '), ('', 'Vé', '\\n'))
    """
    if "\x02" in text:
        match = EDGE.match(text)
        assert match is not None
        return match[1], match[2], match[3]
    core = text.strip()
    start = text.find(core)
    return text[:start], core, text[start + len(core) :]


def has_words(text: str) -> bool:
    """
    Tell whether there is language in a text besides code, links and tags.

    >>> has_words('Vé `a`'), has_words('`a` <b>'), has_words('https://evisa.gov.vn')
    (True, False, False)
    """
    if SUSPECT.search(text):
        text = NOT_LANGUAGE.sub("", text)
    return has_letters(text)


def free_token(text: str) -> int:
    """
    Return the number of the first token that can stand in a text beside its own.

    >>> free_token('Vé'), free_token('Vé {1} và {3}'), free_token('{999999}')
    (1, 4, 1)
    """
    taken = (int(token[1:-1]) for token in TOKEN.findall(text))
    return max((number for number in taken if number < 100_000), default=0) + 1


def kind_of(element: Element) -> str:
    """Name what an element is to a reader."""
    if element.tag in HEADINGS:
        return f"heading {element.tag[1]}"
    if "admonition-title" in element.get("class", "").split():
        return "box title"
    return KINDS.get(element.tag, "text")


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
    if not source.strip():
        return extension.found
    lines = source.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root: Any = md.parser.parseDocument(lines).getroot()
    for step in md.treeprocessors:
        changed = step.run(root)
        root = root if changed is None else changed
        if isinstance(step, Segmenter):
            break
    return extension.found
