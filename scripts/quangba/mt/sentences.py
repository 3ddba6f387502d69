"""
Sentences: models are trained on single ones, and lose the rest of a longer text.

The text may hold marks (:mod:`quangba.mt.markup`). When in doubt a text is *not* split: two
sentences in one are translated a little worse, half a sentence is translated wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OPENERS = "(\\[“‘«\"'"
CLOSERS = ")\\]”’»\"'"
"""Brackets and quotation marks, for a character class."""

END = re.compile(
    rf"""
    (?<![.!?…])(?P<stop>[.!?…]++)
    (?P<note>[\ue100-\ue1ff]*+)              # a footnote stands after the full stop
    (?P<tail>(?:[{CLOSERS}]|[ ]*[\ue300-\ue3ff])*+)
    \s++
    (?=(?P<open>(?:(?:[-–•]|[a-zđ]\)|[a-e]\.)\s)?[{OPENERS}\ue200-\ue2ff]*+)(?P<next>[^\W_]|[\ue100-\ue1ff]))
    """,
    re.VERBOSE,
)
"""``.” `` before ``(Xem``: where a sentence may end; the split is after the blanks."""

WORD = re.compile(r"(?:[^\W_]+[./-])*[^\W_]+\Z")
"""``km``, ``v.v`` or ``76/2020/NĐ-CP`` before its last full stop."""

SOUND = re.compile("[^\\W_]|[\ue100-\ue1ff]")
"""What a sentence must have to be one."""

NEXT = re.compile(r"[^\W\d_]+")

LIST_MARK = re.compile(
    rf"""
    (?:\A|[:;]\s)[\s{OPENERS}\ue200-\ue2ff•*+–-]*
    (?:
        \d{{1,3}}(?:\.\d{{1,3}})*               # 1.  3.10.
        | [IVXL]{{1,6}} | [^\W\d_]             # IV.  a.
        | (?:Điều|Khoản|Mục|Chương|Phần|Bước|Bảng|Hình|Câu|Phụ\ lục|Ngày
            |Article|Chapter|Section|Part|Step|Table|Figure|Annex|Day)
          \s(?:\d{{1,3}}|[IVXL]{{1,6}}|[A-Z])   # Điều 5.  Chương II.
    )\Z
    """,
    re.VERBOSE,
)
"""What numbers the words after it, at the beginning of a sentence or of a part of it."""

REACH = 32
"""How many characters before a full stop are looked at; longer than any list mark."""

TITLES = {
    language: frozenset(words.split())
    for language, words in {
        "vi": "TP Tp tp T.P TX Tx tx TT Tt tt Q q P p H h X x Đ Th Ths ThS TS PGS GS BS CN KS LS "
        "NCS NS NSND NSƯT NGND NGƯT Mr Mrs Ms Dr St vd VD Vd NXB Nxb",
        "en": "Mr Mrs Ms Dr Prof St Mt Ft Rev Hon Gen Col Capt Lt Sgt Gov Sen Rep e.g E.g "
        "i.e I.e vs approx Approx ca cf viz incl",
    }.items()
}
"""Abbreviations before a name or an example: no sentence ends with them."""

UNITS = {
    language: frozenset(words.split())
    for language, words in {
        "vi": "v.v vv km m ha cm mm kg g l đ tr số Số No no etc",
        "en": "etc al km m ha cm mm kg No Nos no p pp Vol vol Fig fig Art Sec Ch ch Tel Fax "
        "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
    }.items()
}
"""Abbreviations before a number or at an end: a sentence ends with them before a capital only."""

FIRMS = {
    language: frozenset(words.split())
    for language, words in {
        "vi": "UBND HĐND KCN KKT KĐT Inc Co Ltd Corp a.m p.m",
        "en": "Inc Co Ltd Corp Bros Dept Univ a.m p.m Ave Blvd Rd",
    }.items()
}
"""Abbreviations before a name or at an end: a sentence ends with them before a starter only."""

STARTERS = {
    language: frozenset(words.split())
    for language, words in {
        "vi": "Các Những Đây Đó Khi Nếu Trong Ngoài Từ Theo Tuy Sau Trước Hiện Tại Vì Do Bạn Hãy "
        "Chúng Tôi Ông Bà Họ Nó Mỗi Một Nhưng Để Đồng Cụ Ngày Việc Với Cùng Đến Riêng Bên",
        "en": "The This That These Those It Its He She We They You Your Our Their His Her I In On "
        "At By A An But And Or If For From To As There When While Since After Before However All "
        "Each Both Please Ask See",
    }.items()
}
"""Words whose capital means the beginning of a sentence; hardly a name begins with them."""

NONE: frozenset[str] = frozenset()

ENCLOSING = {")": "(", "]": "["}

CLOSING_MARKS = "".join(map(chr, range(0xE300, 0xE400)))

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def split(text: str, language: str) -> list[str]:
    """
    Split a text of one block into sentences; joined, they are the text again.

    Blanks stay at the end of the sentence before. A sentence in brackets, or in a span that does
    not cover the whole text, is not taken apart.

    >>> split('TP. Hạ Long rộng 1.119,12 km². Khách đến TX. Quảng Yên, v.v. Xem tr. 5.', 'vi')
    ['TP. Hạ Long rộng 1.119,12 km². ', 'Khách đến TX. Quảng Yên, v.v. ', 'Xem tr. 5.']
    """
    return list(sentences(text, language))


def sentences(text: str, language: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    brackets = pairs(text)
    held = inside(text, brackets)
    start, first = 0, SOUND.search(text)
    for match in END.finditer(text):
        if first is None or first.start() >= match.start() or held[match.end()]:
            continue
        if aside(match, brackets, first.start()) or not ends(match, start, language):
            continue
        yield text[start : match.end()]
        start, first = match.end(), SOUND.search(text, match.end())
    if start < len(text):
        yield text[start:]


def aside(match: re.Match[str], brackets: dict[int, int], first: int) -> bool:
    """Tell whether the end is that of a remark in brackets, in a sentence that goes on."""
    tail = range(*match.span("tail"))
    return any(match.string[at] in ENCLOSING and brackets.get(at, 0) > first for at in tail)


def ends(match: re.Match[str], start: int, language: str) -> bool:
    """Tell whether a sentence that began at ``start`` ends at a place where it may."""
    stop, following = match["stop"], match["next"]
    capital = following.isalpha() and not following.islower()
    if following.islower() and not (match["open"] and stop == "."):
        return False
    if stop != ".":
        return capital or set(stop) <= set("!?")
    at = match.start()
    text = match.string
    head = text[start:at] if at - start <= REACH else f"…{text[at - REACH : at]}"
    if LIST_MARK.search(head):
        return False
    if any(closer in CLOSERS for closer in match["tail"]):
        return True
    word = WORD.search(head)
    return word is None or full(word[0], capital, starter(match), language)


def full(word: str, capital: bool, starter: str, language: str) -> bool:
    """
    Tell whether the full stop after a word is one, and not that of an abbreviation.

    A single capital letter is an initial (“Nguyễn V. A.”, “Đ. Trần Phú”), except the numeral I.

    >>> full('Ltd', True, 'The', 'en'), full('Ltd', True, 'Hanoi', 'en')
    (True, False)
    """
    if (len(word) == 1 and word.isupper() and word != "I") or word in TITLES.get(language, NONE):
        return False
    if word in UNITS.get(language, NONE):
        return capital
    dotted = "." in word and all(len(part) <= 2 and part[0].isupper() for part in word.split("."))
    if dotted or word in FIRMS.get(language, NONE):
        return starter in STARTERS.get(language, NONE)
    return True


def starter(match: re.Match[str]) -> str:
    """Return the word that follows, or nothing before a number or a mark."""
    word = NEXT.match(match.string, match.end("open"))
    return word[0] if word else ""


def pairs(text: str) -> dict[int, int]:
    """Return where each closing bracket or mark was opened, by its own place."""
    opened: dict[str, list[int]] = {}
    found = {}
    for at, char in enumerate(text):
        if char in "([" or "\ue200" <= char <= "\ue2ff":
            opened.setdefault(char, []).append(at)
        elif char in ")]" or "\ue300" <= char <= "\ue3ff":
            opening = ENCLOSING.get(char) or chr(ord(char) - 0x100)
            if opened.get(opening):
                found[at] = opened[opening].pop()
    return found


def inside(text: str, pairs: dict[int, int]) -> list[bool]:
    """Tell for each place whether a split there would take a span or a bracket apart."""
    lead = re.match("[\\s\ue200-\ue2ff]*", text)
    trail = len(text.rstrip(f" \t{CLOSING_MARKS}"))
    change = [0] * (len(text) + 2)
    for closing, opening in pairs.items():
        if not (lead and opening < lead.end() and closing >= trail):
            change[opening + 1] += 1
            change[closing + 1] -= 1
    held, depth = [], 0
    for step in change[:-1]:
        depth += step
        held.append(depth > 0)
    return held
