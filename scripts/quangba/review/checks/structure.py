"""
Structure: links, images, code, tags, facts, footnotes and numbers of documents stay as they are.

Each check compares what stands in both texts as multisets. The inspector that the site itself asks
(:meth:`quangba.source.markup.Inspector.difference`) has the last word in :data:`structure`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from quangba.errors import Severity
from quangba.mt.loops import UNSPACED
from quangba.mt.markup import CLOSE, LEFT, TARGET, Literal, Marked
from quangba.review.checking import Values, check
from quangba.review.entry import Entry

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LITERAL = frozenset({"decree", "phone", "email", "url", "file"})
"""Kinds of masks that are the same in every language, and that the site does not compare."""

KINDS: Mapping[str, str] = {
    "fact": "fact",
    "token": "placeholder",
    "field": "placeholder",
    "note": "footnote",
    "code": "code",
    "keys": "code",
    "emoji": "code",
    "opaque": "tag",
    "comment": "tag",
    "tag": "tag",
    "attributes": "attributes",
    "auto": "link",
    "road": "road",
    **dict.fromkeys(LITERAL, "literal"),
}
"""Category by kind of mask; images and spans are told apart by what is in them."""

CATEGORIES = frozenset({*KINDS.values(), "image"})
"""What a translation may not change; emphasis and stray signs are another matter."""

REFERENCE = re.compile(rf"\]({TARGET}|\[[^\[\]]*\])(.*)", re.DOTALL)
"""The end of a link or image: its target, and the attribute list behind it."""

GLUED = re.compile(f"^[{UNSPACED}\uac00-\ud7a3]+|[{UNSPACED}\uac00-\ud7a3]+$")

TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')?\s*\Z""")

RANGE = "~"
"""``2020~2025`` in Korean is no markup."""

HIDDEN = re.compile(r"\+U\+([0-9A-F]+)")

REFUSED = re.compile(r"[−+](?:(?P<fact>fact) |html |token |a href=|img src=|\w+ \w+=)?(?P<what>.*)")
"""What the inspector says: ``−a href=visit/yen-tu.md``."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Change(NamedTuple):
    """Something that stands on one side only, or another thing on each side."""

    category: str
    lost: str
    """What only the source has; empty when nothing was lost."""
    added: str
    """What only the translation has; empty when nothing was added."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def parts(marked: Marked) -> Iterator[tuple[str, str]]:
    """
    Yield category and text of everything that stands in a text besides words.

    >>> from quangba.mt.markup import mark
    >>> sorted(parts(mark('**Vé**: [cảng](a.md "Cảng"){ .go }, `x`')))
    [('attributes', '{ .go }'), ('bold', '**'), ('code', '`x`'), ('link', 'a.md')]
    """
    for sign, literal in marked.literals.items():
        if literal.kind == "image":
            yield from reference("image", literal)
        elif literal.kind != "span":
            category = KINDS.get(literal.kind, "rest" if literal.kind == "rest" else "")
            yield category, "".join(literal.parts[::2])
        elif ord(sign) >= CLOSE:
            if literal.parts[0].startswith("]"):
                yield from reference("link", literal)
        elif literal.parts[0].startswith("<"):
            yield "tag", "".join(literal.parts[::2])
        elif literal.parts[0] != "[":
            yield "bold" if literal.parts[0] in ("**", "__", "***") else "italics", literal.parts[0]


def reference(category: str, literal: Literal) -> Iterator[tuple[str, str]]:
    """Yield where a link or an image leads, and its attribute list without words."""
    found = REFERENCE.search("".join(literal.parts[::2]))
    if not found:
        return
    target, attributes = found.groups()
    # Whether a label is a link depends on the page: that is for the inspector.
    if target[0] == "(":
        yield category, TITLE.sub("", target[1:-1].strip()).strip("<>")
    if attributes:
        yield "attributes", attributes


def counted(entry: Entry) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]] | None:
    """Count what both sides hold; None for texts whose markup could not be told apart."""
    for side in entry.marked:
        if not side.literals and LEFT.search(side.text):
            return None
    before, after = entry.marked
    return Counter(parts(before)), Counter(parts(after))


def changes(entry: Entry, *categories: str) -> list[Change]:
    """Return what was lost, added or changed, the same category by the same category."""
    before, after = entry.marked
    if not before.literals and not after.literals:
        return []
    both = counted(entry)
    if both is None or both[0] == both[1]:
        return []
    found = []
    gone, new = both[0] - both[1], both[1] - both[0]
    for category in categories:
        lost, added = (
            [what for (kind, what), times in side.items() for _ in range(times) if kind == category]
            for side in (gone, new)
        )
        if category == "literal":
            lost = missing(lost, entry.source, entry.target)
            added = missing(added, entry.target, entry.source)
        found += [Change(category, *pair) for pair in zip_longest(lost, added, fillvalue="")]
    return found


def missing(literals: list[str], here: str, there: str) -> list[str]:
    """
    Return the literals that one text has more often than the other.

    Han, kana and Hangul are taken off: they stand right beside a literal and are no part of it.

    >>> missing(['a@b.vn으로'], 'a@b.vn으로', 'gửi a@b.vn')
    []
    """
    bare = [GLUED.sub("", literal) for literal in literals]
    return [literal for literal in bare if here.count(literal) > there.count(literal)]


def strays(entry: Entry) -> list[str]:
    """Return signs of Markdown that mark nothing, and that the source does not have."""
    if not entry.marked[1].literals or changes(entry, *sorted(CATEGORIES)):
        return []
    before, after = (
        Counter("".join(what for kind, what in parts(side) if kind == "rest"))
        for side in entry.marked
    )
    return [sign for sign in after - before if sign != RANGE]


def emphasised(entry: Entry, category: str) -> tuple[int, int]:
    """Count the places that are bold or in italics; equal where markup is torn as well."""
    if not any(side.literals for side in entry.marked) or strays(entry):
        return 0, 0
    both = counted(entry)
    if both is None:
        return 0, 0
    before, after = (
        sum(times for (kind, _), times in side.items() if kind == category) for side in both
    )
    return before, after


def readable(refusal: str) -> str:
    """
    Say what the inspector refused as it stands in Markdown.

    >>> readable('−a href=visit/yen-tu.md'), readable('+html <b>'), readable('−fact giá')
    ('visit/yen-tu.md', '<b>', '{fact:giá}')
    """
    found = REFUSED.fullmatch(refusal)
    if not found:
        return refusal
    return f"{{fact:{found['what']}}}" if found["fact"] else found["what"]


def lost(entry: Entry, *categories: str) -> Iterator[Values]:
    """Name what only the source has."""
    for change in changes(entry, *categories):
        if change.lost and not change.added:
            yield {"what": change.lost}


# Links and pictures -----------------------------------------------------------


@check(
    Severity.ERROR,
    "mất liên kết tới {what}. Hãy đặt lại liên kết này vào bản dịch.",
    "the link to {what} is lost. Put it back into the translation.",
)
def links(entry: Entry) -> Iterator[Values]:
    """Find links that only the source has."""
    yield from lost(entry, "link")


@check(
    Severity.ERROR,
    "mất hình {what}. Hãy đặt lại hình này vào bản dịch.",
    "the picture {what} is lost. Put it back into the translation.",
)
def images(entry: Entry) -> Iterator[Values]:
    """Find pictures that only the source has."""
    yield from lost(entry, "image")


# Facts, footnotes, code and tags ----------------------------------------------


@check(
    Severity.ERROR,
    "mất số liệu {what}. Hãy đặt lại đúng như trong bản gốc.",
    "the fact {what} is lost. Put it back exactly as it stands in the source.",
)
def facts(entry: Entry) -> Iterator[Values]:
    """Find facts that only the source has."""
    yield from lost(entry, "fact")


@check(
    Severity.ERROR,
    "mất chú thích {what}. Hãy đặt lại vào đúng chỗ trong bản dịch.",
    "the footnote {what} is lost. Put it back in its place in the translation.",
)
def footnotes(entry: Entry) -> Iterator[Values]:
    """Find footnotes that only the source has."""
    yield from lost(entry, "footnote")


@check(
    Severity.ERROR,
    "mất “{what}”. Hãy chép lại đúng như trong bản gốc, không dịch.",
    "“{what}” is lost. Copy it from the source as it is; it is not translated.",
)
def codes(entry: Entry) -> Iterator[Values]:
    """Find code, tags, attribute lists and placeholders that only the source has."""
    yield from lost(entry, "code", "tag", "attributes", "placeholder")


@check(
    Severity.ERROR,
    "có thêm “{what}” mà bản gốc không có. Hãy bỏ đi.",
    "“{what}” was added; the source does not have it. Take it out.",
)
def added(entry: Entry) -> Iterator[Values]:
    """Find links, pictures, facts, footnotes, code and tags that only the translation has."""
    for change in changes(entry, *sorted(CATEGORIES - {"literal", "road"})):
        if change.added and not change.lost:
            yield {"what": change.added}


@check(
    Severity.ERROR,
    "“{what}” trong bản gốc thành “{other}” trong bản dịch. Hãy sửa lại đúng như bản gốc.",
    "“{what}” in the source became “{other}”. Correct it to what stands in the source.",
)
def changed(entry: Entry) -> Iterator[Values]:
    """Find link targets, pictures, facts, code, phones and the like that became others."""
    for change in changes(entry, *sorted(CATEGORIES - {"road"})):
        if change.lost and change.added:
            yield {"what": change.lost, "other": change.added}


@check(
    Severity.ERROR,
    "dấu Markdown, liên kết hoặc thẻ khác bản gốc ở “{what}”, nên trang web không nhận bản dịch. "
    "Hãy viết lại chỗ này theo bản gốc.",
    "Markdown, links or tags differ from the source at “{what}”, so that the site does not take "
    "the translation. Write this place as the source does.",
)
def structure(entry: Entry) -> Iterator[Values]:
    """Find what the site itself refuses, where no other check names it."""
    refusal = entry.site.inspector.difference(entry.segment, entry.target, entry.page)
    hidden = HIDDEN.fullmatch(refusal or "")
    if hidden and chr(int(hidden[1], 16)) in entry.target:
        # `hidden-character` says so; an entity for it is not seen there.
        return
    if refusal and not changes(entry, *sorted(CATEGORIES - {"literal", "road"})):
        yield {"what": readable(refusal)}


# Literals ---------------------------------------------------------------------


@check(
    Severity.ERROR,
    "mất “{what}” (số văn bản, điện thoại hoặc địa chỉ). Hãy ghi lại đúng như bản gốc.",
    "“{what}” is lost: the number of a document or phone, or an address. Write it as the source.",
)
def literals(entry: Entry) -> Iterator[Values]:
    """Find decree numbers, phones, e-mail and web addresses that only the source has."""
    yield from lost(entry, "literal")


@check(
    Severity.WARNING,
    "có thêm “{what}” mà bản gốc không có. Hãy kiểm tra, rồi bỏ đi hoặc bổ sung bản gốc.",
    "“{what}” does not stand in the source. Check it, then take it out or add it to the source.",
)
def literals_added(entry: Entry) -> Iterator[Values]:
    """Find decree numbers, phones, e-mail and web addresses that only the translation has."""
    for change in changes(entry, "literal"):
        if change.added and not change.lost:
            yield {"what": change.added}


@check(
    Severity.NOTE,
    "tên đường hoặc mã “{what}” thành “{other}”. Hãy xem đó có phải là một không.",
    "the road or code “{what}” became “{other}”. See whether they are the same.",
)
def roads(entry: Entry) -> Iterator[Values]:
    """Find names of roads and other short codes that differ: QL18 may be a national highway 18."""
    for change in changes(entry, "road"):
        yield {"what": change.lost or "—", "other": change.added or "—"}


# Emphasis ---------------------------------------------------------------------


@check(
    Severity.WARNING,
    "còn sót dấu “{sign}” mà bản gốc không có, người đọc sẽ thấy dấu này. Hãy khép hoặc bỏ nó.",
    "there is a stray “{sign}” that the source does not have and readers will see. Close or "
    "remove it.",
)
def stray_signs(entry: Entry) -> Iterator[Values]:
    """Find asterisks, backticks and brackets that mark nothing."""
    for sign in strays(entry):
        yield {"sign": sign}


@check(
    Severity.WARNING,
    "bản gốc có {before} chỗ in đậm, bản dịch có {after}. Hãy in đậm đúng những chữ tương ứng.",
    "the source has {before} places in bold, the translation {after}. Make the same words bold.",
)
def bold(entry: Entry) -> Iterator[Values]:
    """Find bold that was lost or added."""
    before, after = emphasised(entry, "bold")
    if before != after:
        yield {"before": before, "after": after}


@check(
    Severity.NOTE,
    "bản gốc có {before} chỗ in nghiêng hoặc đánh dấu, bản dịch có {after}. Hãy xem có đúng ý "
    "không.",
    "the source has {before} places in italics or marked, the translation {after}. See whether "
    "that is meant.",
)
def italics(entry: Entry) -> Iterator[Values]:
    """Find italics that were lost or added; Chinese, Japanese and Korean need none."""
    before, after = emphasised(entry, "italics")
    if before < after or (before > after and entry.language not in ("zh", "ja", "ko")):
        yield {"before": before, "after": after}
