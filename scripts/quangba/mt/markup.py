"""
Markup as marks: what a model may see of a text.

A *mark* is one private-use character. A **mask** stands for something that no model may change: a
link target, an image, code, an HTML tag, a fact, a decree number. A **span** is a pair of marks
around words that are translated in their sentence: bold, italics, the words of a link. A text with
marks is *marked*; putting back what the marks stand for gives the Markdown again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from quangba.source.segment import FACT, TOKEN
from quangba.source.segmenter import OPAQUE
from quangba.source.visible import SPOKEN

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

MASK, SILENT, EXTRA, OPEN, CLOSE = 0xE100, 0xE140, 0xE180, 0xE200, 0xE300
"""
First private-use characters of masks that stand for words, of masks that are no part of the
sentence, of masks that one attempt at a translation adds, of beginnings and of ends of spans.
"""

MOST = 0x40
"""How many marks of each kind a text can have."""

MARK = re.compile("[\ue100-\ue3ff]")

SPANS = re.compile("[\ue200-\ue3ff]")

TARGET = r"\((?:[^()\\\n]|\\.|\((?:[^()\\\n]|\\.)*\))*\)"
"""``(a.md "Tên")``, with one level of brackets inside."""

ATTRIBUTES = r"\{:?[ ]*[.#A-Za-z][^{}\n]*\}"
"""``{ .card title="Tên" }``."""

ADDRESSES = r"""
    (?<![A-Za-z0-9_.+-])
    (?P<email>(?:mailto:)?[A-Za-z0-9_.+-]++@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)  # a@b.vn
    | (?P<url>
        (?: (?:https?|ftp|mailto):/* | (?<![A-Za-z0-9])www\.
          | (?<![A-Za-z0-9-])(?<![A-Za-z0-9-]\.)(?:[A-Za-z0-9-]++\.)+
            (?:vn|com|net|org|info|asia|cn|jp|kr|fr|xyz)(?![A-Za-z0-9]) )
        (?:[\w\-.~:/?\#@!$&'*+,;=%]*[A-Za-z0-9/_])?
      )                                                             # https://evisa.gov.vn/
"""
"""
E-mail and web addresses, also those that are not links.

One begins where its run of letters and dots does: looked for at every place of a long run, it would
take a minute.
"""

LATIN = r"0-9A-Za-z_\u00c0-\u024f\u1e00-\u1eff"
"""Letters and digits that are one word with what stands beside them; 로 and に are not."""

LITERALS = rf"""
    {ADDRESSES}
    | (?P<decree>(?<![A-Za-z\dĐ/.,])\d+/(?:\d{{4}}/)?[A-ZĐ]+\d*(?:-[A-ZĐ]+\d*)*(?![A-Za-zÀ-ỹ\d/]))
    | (?P<phone>
        (?<![{LATIN}.])(?:\+\d{{1,3}}[ .-]?|0|\(0\d{{1,4}}\)[ .-]?)\d(?:[ .-]?\d){{5,9}}
        (?![{LATIN}])
      | (?<![{LATIN}.])1[89]00[ .]?\d{{4,6}}(?![{LATIN}]))                        # 0203 3825 161
    | (?P<road>(?<![{LATIN}-])[A-ZĐ]{{1,4}}[.-]?\d+(?:\.\d+)*[A-Z]?(?![{LATIN}-]))  # QL18
    | (?P<file>(?<![^\W_])[^\W_]+(?:_[^\W_]+)+)                    # ten_tep_dai
    | (?P<unit>(?:(?<![^\W\d_])[^\W\d_]+)?[²³°º][^\W\d_]?)                            # km², °C
"""
"""What is the same in every language."""

LONGEST = 10_000
"""Characters of a text whose markup is told apart; the longest paragraph of ours has 600."""

PLAIN = re.compile(
    rf"""
    (?P<fact>{FACT.pattern}) | (?P<token>{TOKEN.pattern})
    | (?P<code>`[^`\n]+`)                                            # `quangba check`
    | (?P<field>\{{[\w!:.,]*\}}|%\(\w+\)\w|%[sd]\b)              # {{date}} of a template
    | {LITERALS}
    | (?P<rest>[<>{{}}\ue100-\ue3ff]+)
    """,
    re.VERBOSE,
)
"""Masks of a text that is not Markdown."""

INLINE = re.compile(
    rf"""
    (?P<escape>\\[^\w\s])                                           # \*
    | (?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))                           # `code`
    | (?P<image>!\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\](?:{TARGET}|\[[^\[\]]*\])(?:{ATTRIBUTES})?)
    | (?P<note>\[\^[^\]]+\])                                        # [^1]
    | (?P<fact>{FACT.pattern}) | (?P<token>{TOKEN.pattern})
    | (?P<auto><(?:https?|ftp|mailto):[^>\s]*>|<[^\s<>@]+@[^\s<>@]+>)
    | (?P<comment><!--.*?-->)
    | (?P<opaque><(?P<name>{"|".join(sorted(OPAQUE))})\b[^<>]*>.*?</(?P=name)>)   # <kbd>A</kbd>
    | (?P<emoji>:[a-z0-9_+-]+:(?:{ATTRIBUTES})?)                    # :material-ferry:{{ .big }}
    | (?P<keys>\+\+[^+\s]+(?:\+[^+\s]+)*\+\+)                       # ++ctrl+c++
    | (?P<script>(?<![^\W_])[^\W_]+(?:~[^~\s]+~|\^[^^\s]+\^)[^\W_]*)             # H~2~O
    | (?P<entity>&\#?[A-Za-z0-9]+;)                                 # &nbsp;
    | {LITERALS}
    """,
    re.VERBOSE | re.DOTALL,
)
"""Masks of inline Markdown; links, emphasis and HTML elements are spans and come later."""

WORDLESS = frozenset({"image", "note", "comment", "emoji", "attributes", "tag", "token"})
"""Masks that are no part of the sentence's grammar."""

LINK = re.compile(
    rf"(?<![!\\])\[(?!\s*\])((?:[^\[\]\\]|\\.)+)\]({TARGET}|\[[^\[\]]*\])((?:{ATTRIBUTES})?)"
)

EMPTY = re.compile(rf"(?<!\\)\[\s*\](?:{TARGET}|\[[^\[\]]*\])(?:{ATTRIBUTES})?")
"""A link without words."""

ELEMENT = re.compile(r"(<([a-zA-Z][\w-]*)\b[^<>]*>)((?:(?!<\2\b).)*?)(</\2\s*>)", re.DOTALL)
"""``<abbr title="Ủy ban nhân dân">UBND</abbr>``."""

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

LIST = re.compile(ATTRIBUTES)

EMPHASIS = tuple(
    re.compile(
        rf"(?<![{char}{before}])({char * count})(?=[^\s{char}])(.+?)(?<=[^\s\\])"
        rf"({char * count})(?![{char}{after}])",
        re.DOTALL,
    )
    for char, count, before, after in (
        (r"\*", 3, r"\\", ""),
        (r"\*", 2, r"\\", ""),
        ("_", 2, r"\w", r"\w"),
        ("~", 2, r"\\", ""),
        ("=", 2, r"\\", ""),
        (r"\^", 2, r"\\", ""),
        (r"\*", 1, r"\\", ""),
        ("_", 1, r"\w", r"\w"),
    )
)
"""Emphasis of Markdown and PyMdown, longer marks first; Vietnamese_file_names are none."""

LEFT = re.compile(r"[*_`\[\]<>{}|\\~^=]+")
"""Characters that Markdown may read as something: no model is shown them."""

BARE = re.compile(r"&(?!#?\w+;)")
"""An ampersand that begins no entity."""

ROUND = str.maketrans("[]", "()")

SAID = re.compile(
    rf"""(?:\b(?:{"|".join(SPOKEN)})=)("[^"<>]*"|'[^'<>]*')|^!\[((?:[^\[\]\\]|\\.)*)\]"""
    r"""|(?<=\s)("[^"]*"|'[^']*')(?=\s*\))"""
)
"""Words inside a mask: a tooltip, the text of an image, the title of a link."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class MarkupError(Exception):
    """Raised for markup that cannot be told apart; the text is left to people."""


@dataclass(frozen=True)
class Literal:
    """What a mark stands for: text that stays, and at odd places words that are translated."""

    parts: tuple[str, ...]
    """``('![', 'Tàu trên vịnh', '](a.jpg)')``; one part when there are no words."""
    kind: str
    """Name of the group of :data:`INLINE`, ``span``, ``tag``, ``attributes`` or ``rest``."""
    quotes: tuple[str, ...] = ()
    """The quotation mark around each of the words; empty for the text of an image."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are translated by themselves."""
        return self.parts[1::2]

    def write(self, translated: Callable[[str], str] = str) -> str:
        """Return the Markdown, with its words translated."""
        written = []
        for number, part in enumerate(self.parts):
            text = translated(part) if number % 2 else part
            written.append(text if text == part else escaped(text, self.quotes[number // 2]))
        return "".join(written)


@dataclass
class Marked:
    """A text with marks, and what they stand for."""

    text: str
    literals: dict[str, Literal] = field(default_factory=dict)
    """By mark: every mask, every beginning and every end of a span."""

    @property
    def words(self) -> list[str]:
        """Words inside marks, which are translated by themselves."""
        return [word for literal in self.literals.values() for word in literal.words]

    def restore(self, text: str, translated: Callable[[str], str] = str) -> str:
        """Put back what the marks of a text stand for."""
        apart = MARK.sub(self.apart, text)
        return MARK.sub(lambda match: self.literals[match[0]].write(translated), apart)

    def apart(self, match: re.Match[str]) -> str:
        """
        Put a blank where two things would be read as one: emphasis side by side, and an address
        and letters, as extensions make links of all that is glued to it.
        """
        mark, text, (start, end) = match[0], match.string, match.span()
        if ord(mark) >= CLOSE and OPEN <= ord(text[end:][:1] or " ") < CLOSE:
            # ``*a**b*`` are no two italics.
            pair = self.literals[mark].parts[0], self.literals[text[end]].parts[0]
            return mark + " " * (pair[0][:1] == pair[1][:1] == "*")
        if self.literals[mark].kind not in ("url", "email") or mark not in self.text:
            return mark
        at = self.text.index(mark)
        before = is_letter(text[:start][-1:]) and not is_letter(self.text[:at][-1:])
        after = is_letter(text[end:][:1]) and not is_letter(self.text[at + 1 :][:1])
        return f"{' ' * before}{mark}{' ' * after}"


class Marker:
    """Finds the markup of one text."""

    def __init__(self) -> None:
        self.literals: dict[str, Literal] = {}
        self.spans = 0

    def mask(self, raw: str, kind: str) -> str:
        """Return the mask that stands for a piece of text."""
        base = SILENT if kind in WORDLESS else MASK
        number = sum(base <= ord(mark) < base + MOST for mark in self.literals)
        if number == MOST:
            raise MarkupError
        mark = chr(base + number)
        self.literals[mark] = literal(raw, kind)
        return mark

    def span(self, opening: str, words: str, closing: str) -> str:
        """Return words between the marks that stand for what is around them."""
        if self.spans == MOST:
            raise MarkupError
        begin, end = chr(OPEN + self.spans), chr(CLOSE + self.spans)
        self.spans += 1
        self.literals[begin] = literal(opening, "span")
        self.literals[end] = literal(closing, "span")
        return f"{begin}{words}{end}"

    def found(self, match: re.Match[str]) -> str:
        """Mask a match by the name of its group."""
        return self.mask(match[0], match.lastgroup or "rest")

    def inline(self, text: str) -> str:
        """Mark inline Markdown."""
        text = INLINE.sub(self.found, text)
        text = again(LINK, lambda m: self.span("[", m[1], f"]{m[2]}{m[3]}"), text)
        text = EMPTY.sub(lambda match: self.mask(match[0], "image"), text)
        text = again(ELEMENT, lambda m: self.span(m[1], m[3], m[4]), text)
        text = TAG.sub(lambda match: self.mask(match[0], "tag"), text)
        text = LIST.sub(lambda match: self.mask(match[0], "attributes"), text)
        for pattern in EMPHASIS:
            text = again(pattern, lambda m: self.span(m[1], m[2], m[3]), text)
        text = LEFT.sub(lambda match: self.mask(match[0], "rest"), text)
        return self.attach(text)

    def attach(self, text: str) -> str:
        """Let an attribute list be one with the span that it stands behind."""
        for mark in [m for m, lit in self.literals.items() if lit.kind == "attributes"]:
            at = text.find(mark)
            if at > 0 and SPANS.match(text[at - 1]) and ord(text[at - 1]) >= CLOSE:
                end, tail = text[at - 1], self.literals[mark]
                parts = self.literals[end].parts
                self.literals[end] = Literal(
                    (*parts[:-1], parts[-1] + tail.parts[0], *tail.parts[1:]),
                    "span",
                    self.literals[end].quotes + tail.quotes,
                )
                text = text[:at] + text[at + 1 :]
        return text


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def mark(text: str, *, plain: bool = False) -> Marked:
    """
    Put marks in the place of a text's markup.

    Raises :class:`MarkupError` for spans that cross each other, and for a text that is too long.

    >>> marked = mark('**Vé** mua tại [cảng](a.md), {fact:gia_ve}.')
    >>> [f'{ord(m):X}' for m in MARK.findall(marked.text)]
    ['E200', 'E300', 'E201', 'E301', 'E100']
    >>> marked.restore(marked.text)
    '**Vé** mua tại [cảng](a.md), {fact:gia_ve}.'
    """
    if MARK.search(text) or len(text) > LONGEST:
        raise MarkupError
    marker = Marker()
    found = PLAIN.sub(marker.found, text) if plain else marker.inline(text)
    found, literals = renumbered(found, marker.literals)
    if not balanced(found):
        raise MarkupError
    return Marked(found, literals)


def again(pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], text: str) -> str:
    """Replace until nothing is left to replace: what was inside another match is found too."""
    while True:
        text, count = pattern.subn(replace, text)
        if not count:
            return text


def escaped(text: str, quote: str) -> str:
    """Keep words from ending the brackets or the quotation marks around them."""
    if not quote:
        return text.translate(ROUND)
    text = BARE.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return text.replace(quote, "’")


def literal(raw: str, kind: str) -> Literal:
    """
    Split raw Markdown into what stays and words that are translated.

    >>> literal('](a.md "Bảng giờ")', 'span').words
    ('Bảng giờ',)
    """
    parts: list[str] = []
    quotes: list[str] = []
    done = 0
    for match in SAID.finditer(raw) if kind in ("image", "span", "tag", "attributes") else ():
        group = match.lastindex or 0
        start, end = match.span(group)
        quote = "" if group == 2 else raw[start]
        start, end = start + len(quote), end - len(quote)
        if any(char.isalpha() for char in raw[start:end]):
            parts += [raw[done:start], raw[start:end]]
            quotes.append(quote)
            done = end
    return Literal((*parts, raw[done:]), kind, tuple(quotes))


def renumbered(text: str, literals: dict[str, Literal]) -> tuple[str, dict[str, Literal]]:
    """Number marks in the order of the text, and drop those that ended up inside others."""
    new: dict[str, str] = {}
    next_of = dict.fromkeys((MASK, SILENT, OPEN), 0)
    for char in MARK.findall(text):
        base = max((base for base in next_of if base <= ord(char) < CLOSE), default=0)
        if base:
            new[char] = chr(base + next_of[base])
            next_of[base] += 1
            if base == OPEN:
                new[closing(char)] = closing(new[char])
    missing = [char for char in MARK.findall(text) if char not in new]
    if missing:
        raise MarkupError
    found = {
        new[char]: Literal(tuple(unmarked(p, literals) for p in lit.parts), lit.kind, lit.quotes)
        for char, lit in literals.items()
        if char in new
    }
    return MARK.sub(lambda match: new[match[0]], text), found


def is_letter(char: str) -> bool:
    """Tell whether a character may be taken for a part of an address: a letter, a wide sign."""
    return char.isalpha() or char >= "\u3000"


def unmarked(text: str, literals: dict[str, Literal]) -> str:
    """Put back marks inside what another mark stands for: a URL inside a link's target."""
    while MARK.search(text):
        changed = MARK.sub(
            lambda match: literals[match[0]].write() if match[0] in literals else match[0], text
        )
        if changed == text:
            break
        text = changed
    return text


def closing(opening: str) -> str:
    """Return the mark that ends a span."""
    return chr(ord(opening) - OPEN + CLOSE)


def balanced(text: str) -> bool:
    """
    Tell whether spans are closed in order and hold something.

    >>> balanced('\\ue200Vé\\ue300'), balanced('\\ue300Vé\\ue200'), balanced('\\ue200\\ue300')
    (True, False, False)
    """
    stack: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if OPEN <= ord(char) < CLOSE:
            stack.append((char, at))
        elif CLOSE <= ord(char) <= 0xE3FF:
            if not stack or closing(stack[-1][0]) != char:
                return False
            _, start = stack.pop()
            if not text[start + 1 : at].strip():
                return False
    return not stack


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the spans of a balanced text: opening mark, where the words begin and end."""
    for at, char in enumerate(text):
        if OPEN <= ord(char) < CLOSE:
            yield char, at + 1, text.index(closing(char), at)


def without_spans(text: str) -> str:
    """Return the text as it reads, masks in place."""
    return SPANS.sub("", text)
