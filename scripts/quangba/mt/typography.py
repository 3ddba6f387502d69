"""
Typography: a draft is set as the reviewed texts of its language are.

Tokenizers of packages normalise (NFKC): full-width punctuation becomes ASCII, no-break spaces
become blanks, and odd blanks come back. The text may hold marks (:mod:`quangba.mt.markup`): they
are kept, in number and order. Numbers, addresses and what is markup are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from quangba.mt.sentences import FIRMS, REACH, TITLES

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

KEPT = re.compile(
    r"""
    (?P<aside>
        \]\((?:[^()\n]|\([^()\n]*\))*\)                     # ](../visit/visas.md)
        | </?[a-zA-Z][^<>]*>                                # <abbr title="Ủy ban">
    )
    | `[^`]*`
    | \{[^{}]*\}                                            # {fact:visitors_2025}
    | https?://[!-'*-;=?-~]*[A-Za-z0-9/]                     # https://evisa.gov.vn/
    | (?<![A-Za-z0-9.-])(?:[A-Za-z]\.){2,}+(?![A-Za-z0-9])  # U.S.
    | (?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)*
    | (?<![A-Za-z0-9.-])[A-Za-z0-9-]++(?:(?:\.|[,:](?=\d))[A-Za-z0-9-]++)++ # evisa.gov.vn  v1.5
    | (?<!\d)\d++(?:[.,:]\d+)+                              # 1,500,000  12:30
    | &\#?\w+;                                              # &amp;
    | (?<!\w):[a-z0-9_+-]+:                                 # :material-ferry:
    | [\U000f0000\U000f0001]
    """,
    re.VERBOSE,
)
"""What is not touched; an ``aside`` is no word of the sentence."""

THING, ASIDE = "\U000f0000", "\U000f0001"
"""Private-use characters that stand for what is kept."""

STAND_IN = re.compile(f"[{THING}{ASIDE}]")

CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
"""Han, kana and full-width signs, for a character class."""

IS_CJK = re.compile(f"[{CJK}]")

THROUGH = re.compile(rf"[ \t()\[\]“”‘’\"'*.,;:!?{ASIDE}\ue200-\ue3ff]")
"""What is looked through to find the words on both sides of a sign."""

AFTER = rf"[*)\]”’\"'{ASIDE}\ue300-\ue3ff]*+"
"""What may stand between a word and the blank after it."""

TIDY = (
    (re.compile(r"(?<![ \t])(?:[ \t]{2,}+(?!\n)|\t)"), " "),
    (re.compile(r"(?<=\() +"), ""),
)
"""Double blanks, and blanks after ``(``."""

BEFORE_STOP = re.compile(
    rf"(?<![ *{ASIDE}\ue300-\ue3ff])[ *{ASIDE}\ue300-\ue3ff]++(?=[,)](?!\d)|\.(?![.\w{THING}]))"
)
"""Blanks, and the ends of spans among them, before ``, . )``."""

CLOSE_UP = (
    (re.compile(rf"(?<=[^\s(]) +(?=[;!?]+(?:{AFTER}(?:\s|$))|:(?:{AFTER}(?:\s|$)))"), ""),
    (re.compile("(?<=[“‘]) +|(?<! ) +(?=”)"), ""),
)
"""Blanks before ``; : ! ?`` and inside curly quotation marks."""

APOSTROPHE = re.compile(
    rf"(?<=[^\W\d_])'|(?<=[\w*)\]{THING}{ASIDE}\ue100-\ue1ff\ue300-\ue3ff])'(?=s\b)"
)
"""``l'île``, ``the gates' names``, ``evisa.gov.vn's``; not the feet of ``5'``."""

SINGLE = re.compile(r"(?<![^\s(\[“—–\ue200-\ue2ff])'(?=\S)([^'’\n]*[^\s'’])'(?!\w)")
"""``'open'``."""

ELISION = re.compile(
    r"(?<!\w)(l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|quoiqu)['’] +(?=[^\W\d_])", re.IGNORECASE
)
"""``l' île``, as a BPE package gives it back."""

GUILLEMETS = (
    (re.compile("«[ \u00a0\u202f]*"), "«\u202f"),
    (re.compile("(?<![ \u00a0\u202f])[ \u00a0\u202f]*»"), "\u202f»"),
)

FRENCH = tuple(
    (
        re.compile(
            rf"(?<=[^\s?!;:(\[«])[ \u00a0\u202f]*([{signs}]++)"
            rf"(?=\s|$|[*)\]”’»{ASIDE}\ue100-\ue1ff\ue300-\ue3ff])"
        ),
        rf"{blank}\1",
    )
    for signs, blank in (("?!;", "\u202f"), (":", "\u00a0"))
)
"""Blanks before high punctuation, as in the reviewed catalogs."""

NARROW = str.maketrans("，、。；：！？（）", ",,.;:!?()")

WIDE_MARK = re.compile(
    rf"(?<! ) *([，、。；：！？])[ \u3000]*(?=([\w“‘\"(（\[{THING}\ue100-\ue2ff])?)"
)
"""Full-width punctuation, and whether a word or the beginning of something follows."""

FULL_WIDTH = {
    "zh": dict(zip(",;:!?", "，；：！？", strict=True)),
    "ja": dict(zip(",;:!?", "、；：！？", strict=True)),
}

SIGN = re.compile(
    rf"[,;:?]|!(?!\[)|(?<!\.)\.{{3,}}+|(?P<last>(?<!\.)\.(?={AFTER}\Z))|(?<!\.)\.(?![.\w])"
    r"|(?<!\.)\.(?=[ぁ-ヿ々一-鿿])"
)
"""What may be full width between Han or kana."""

NUMBERED = re.compile(r"\s*(?:[-•*+–]|(?:\d{1,3}|[A-Za-z]|[IVX]{1,5})[.)])(?: +|(?=\S))")
"""A list mark at the beginning of a text."""

LIST_NUMBER = re.compile(r"[。！？；：.!?;:]\s*\d{1,3}\Z")
"""``。2`` before a full stop that is none."""

LATIN_WORD = re.compile(r"[A-Za-z]+\Z")

BETWEEN = {
    "～": re.compile(r"(?<![~/])~(?![~/])"),
    "－": re.compile("(?<=[ぁ-ヿ々一-鿿])-(?=[ぁ-ヿ々一-鿿])"),
}
"""What NFKC makes of Japanese ranges and of the dash between two places."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def finish(text: str, language: str) -> str:
    """
    Give a draft the typography of its language; a finished text stays as it is.

    Blanks at both ends go. A language that we do not know gets what is right in any.

    >>> finish('2025 年, 下龙湾 (Ha Long) 接待 1,500,000 人次.', 'zh')
    '2025年，下龙湾（Ha Long）接待1,500,000人次。'
    >>> finish("L' île est ouverte ?", 'fr')
    'L’île est ouverte\\u202f?'
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return ASIDE if match["aside"] else THING

    held = KEPT.sub(keep, text)
    held = LANGUAGES.get(language, str)(tidy(held)).strip(" \t")
    back = iter(kept)
    return STAND_IN.sub(lambda _: next(back), held)


def join(sentences: Sequence[str], language: str) -> str:
    """
    Put sentences together again: without blanks next to Han and kana, else with one.

    >>> join(['下龙湾很美。', '请来！'], 'zh'), join(['Ha Long is near. ', 'Come!'], 'en')
    ('下龙湾很美。请来！', 'Ha Long is near. Come!')
    """
    joined: list[str] = []
    for part in filter(None, (sentence.strip() for sentence in sentences)):
        edges = outer(joined[-1])[-1:] + outer(part)[:1] if joined else ""
        close = language in FULL_WIDTH and IS_CJK.search(edges)
        joined += [part] if close or not joined else [" ", part]
    return "".join(joined)


def outer(text: str) -> str:
    """Return the text without what stands around its words and signs."""
    return text.strip(f" “”‘’\"'*{''.join(map(chr, range(0xE200, 0xE400)))}")


def tidy(text: str) -> str:
    """Mend what is wrong in any language."""
    text = replace(text, TIDY)
    return BEFORE_STOP.sub(lambda match: match[0].replace(" ", ""), text).strip(" \t")


def replace(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    """Apply replacements in their order."""
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


# Alphabets -------------------------------------------------------------------


def western(text: str) -> str:
    """Set English or Vietnamese."""
    text = SINGLE.sub(r"‘\1’", quoted(text, "“”"))
    return replace(APOSTROPHE.sub("’", text), CLOSE_UP)


def korean(text: str) -> str:
    """Set Korean: ASCII punctuation, ordinary blanks."""

    def narrow(match: re.Match[str]) -> str:
        return match[1].translate(NARROW) + (" " if match[2] else "")

    return western(tidy(WIDE_MARK.sub(narrow, text).translate(NARROW)))


def french(text: str) -> str:
    """Set French: narrow no-break spaces, no-break spaces before colons, guillemets."""
    if "«" not in text:
        text = re.sub("“([^“”]*)”", r"«\1»", text)
    text = APOSTROPHE.sub("’", quoted(text, "«»"))
    text = ELISION.sub(r"\1’", text)
    return replace(replace(text, GUILLEMETS), FRENCH)


def quoted(text: str, quotes: str) -> str:
    """Curl straight double quotation marks, when they are pairs."""
    parts = text.split('"')
    if len(parts) % 2 == 0 or any(re.search(r"\w\Z", part) for part in parts[:-1:2]):
        return text
    opened = (part + quotes[at % 2] for at, part in enumerate(parts[:-1]))
    return "".join(opened) + parts[-1]


# Han and kana ----------------------------------------------------------------


def chinese(text: str) -> str:
    """Set Chinese."""
    return east_asian(quoted(text, "“”"), "zh")


def japanese(text: str) -> str:
    """Set Japanese."""
    for sign, pattern in BETWEEN.items():
        text = pattern.sub(sign, text)
    text = re.sub("“([^“”]*)”", r"「\1」", quoted(text, "「」"))
    return east_asian(text, "ja")


def east_asian(text: str, language: str) -> str:
    """Make punctuation full width and take out blanks, where the words around are Han or kana."""
    if not IS_CJK.search(text):
        return text
    number = NUMBERED.match(text)
    lead = number[0] if number else ""
    body = text[len(lead) :]
    return lead + close_up(widen(widen_brackets(body), FULL_WIDTH[language]))


def widen_brackets(text: str) -> str:
    """Make pairs of brackets full width that hold Han or kana or stand beside them."""
    left, right = neighbours(text)
    seen = [0]
    for char in text:
        seen.append(seen[-1] + bool(IS_CJK.match(char)))
    chars, opened = list(text), []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            start = opened.pop()
            if seen[at] > seen[start] or wide(left[start], right[at]):
                chars[start], chars[at] = "（", "）"
    return "".join(chars)


def widen(text: str, signs: dict[str, str]) -> str:
    """Make punctuation full width; a sign that is may make the sign beside it so."""
    left, right = neighbours(text)

    def sign(match: re.Match[str]) -> str:
        at = match.start()
        if not match["last"] and not wide(left[at], right[match.end() - 1]):
            return match[0]
        if match[0][0] != ".":
            return signs[match[0]]
        if len(match[0]) > 1:
            return "……"
        before = text[max(0, at - REACH) : at]
        return "." if short(before) or (right[at] and LIST_NUMBER.search(before)) else "。"

    widened = SIGN.sub(sign, text)
    return widened if widened == text else widen(widened, signs)


def short(text: str) -> bool:
    """Tell whether a text ends with a Latin abbreviation that lacks its full stop."""
    word = LATIN_WORD.search(text)
    return word is not None and (len(word[0]) == 1 or word[0] in TITLES["en"] | FIRMS["en"])


def close_up(text: str) -> str:
    """Take out blanks beside Han and kana."""
    left, right = neighbours(text)
    return re.sub(
        r"[ \t\u3000]+",
        lambda match: (
            "" if IS_CJK.search(left[match.start()] + right[match.end() - 1]) else match[0]
        ),
        text,
    )


def wide(left: str, right: str) -> bool:
    """Tell whether a sign between two words is full width: not between Latin words or numbers."""
    if IS_CJK.search(left + right):
        return True
    return not ((left.isalnum() or not left) and (right.isalnum() or not right))


def neighbours(text: str) -> tuple[list[str], list[str]]:
    """Return the next word character on the left and on the right of each place, or nothing."""
    return scan(text), scan(text[::-1])[::-1]


def scan(text: str) -> list[str]:
    """Return the last word character before each place."""
    found, last = [], ""
    for char in text:
        found.append(last)
        if not THROUGH.match(char):
            last = char
    return found


LANGUAGES: dict[str, Callable[[str], str]] = {
    "en": western,
    "vi": western,
    "ko": korean,
    "fr": french,
    "zh": chinese,
    "ja": japanese,
}
"""What sets each language that the site has."""
