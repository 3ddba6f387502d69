"""Names: those that no glossary settles are carried over, and former districts are not named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from babel import Locale

from quangba.catalogs.glossary import Term
from quangba.catalogs.terms import SOURCE
from quangba.errors import Severity
from quangba.mt.markup import MARK
from quangba.review.checking import Values, check
from quangba.review.checks.language import is_foreign
from quangba.review.checks.terms import forbidden_forms
from quangba.review.entry import Entry
from quangba.source.names import spelled, vietnamese_names
from quangba.source.scripts import LATIN, is_latin, words_of
from quangba.source.text import unaccent

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

DISTRICTS = {
    "en": re.compile(
        r"\b(?:(?:[A-Z]\w+ ){1,3}(?:rural |urban )?[Dd]istrict"
        r"|[Dd]istricts? of (?:[A-Z]\w+ ?){1,3})"
    ),
    "fr": re.compile(
        r"\b(?:[Dd]istricts? (?:de |d’|du )?(?:[A-ZÀ-Þ]\w+ ?){1,3}|chef-lieu de district)"
    ),
    "zh": re.compile(r"[\u3400-\u9fff]{1,3}县(?!级)|[\u3400-\u9fff]{2}市社"),
    "ja": re.compile(r"[ァ-ヺー]{2,}(?:県|郡)"),
    "ko": re.compile(r"[가-힣]{2,5}(?:현|군)(?=[ 은는이가을를의에,.)]|$)"),
}
"""Districts of a name, which Quảng Ninh does not have since 1 July 2025."""

DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã|cấp huyện|thành phố|TP|đô thị)\b", re.IGNORECASE)
"""Where the source speaks of districts or cities itself."""

CITY = {
    "en": r"{0} City\b|\b(?:[Cc]ity|[Tt]own) of {0}\b",
    "fr": r"\bville (?:de |d’){0}\b",
    "zh": "{0}市",
    "ja": "{0}市",
    "ko": "{0}시(?!장|[간작내설])",
}
"""Places as cities, of which Quảng Ninh has none since then either."""

MONTH = re.compile(
    r"(?:Tháng )?(?:Giêng|Chạp|Một|Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười(?: Một| Hai)?)"
)

ALIKE = 0.8
"""Likeness from which two spellings are one name with a mistake: ``Mao Kho``, ``Mao Khe``."""

# ----------------------------------------------------------------------------
# Checks
# ----------------------------------------------------------------------------


@check(
    Severity.WARNING,
    "“{written}” có vẻ là tên “{name}” viết sai. Hãy viết, ví dụ, “{form}”.",
    "“{written}” seems to be the name “{name}” misspelled. Write, for example, “{form}”.",
)
def name_spelling(entry: Entry) -> Iterator[Values]:
    """Find names that the glossary does not know, with another letter than the source has."""
    for found in unlisted(entry) if is_latin(entry.language) and not is_foreign(entry) else ():
        written = None if is_said(found, entry) else likest(found, entry.after)
        if written:
            yield {"written": written, "name": found, "form": spelled(found, entry.language)}


@check(
    Severity.NOTE,
    "tên “{name}” chưa có trong bảng thuật ngữ. Hãy kiểm tra cách viết trong bản dịch.",
    "the name “{name}” is not in the glossary. See how the translation writes it.",
)
def unknown_name(entry: Entry) -> Iterator[Values]:
    """Find names that nobody has settled for the language and that are not carried over."""
    for found in absent_names(entry):
        if not is_latin(entry.language) or not likest(found, entry.after):
            yield {"name": found}


@check(
    Severity.WARNING,
    "“{form}” là đơn vị cấp huyện (huyện, thành phố), đã bỏ từ ngày 1/7/2025. "
    "Hãy viết đơn vị hiện nay.",
    "“{form}” is a district or city, and there are none since 1 July 2025. Write the present unit.",
)
def former_district(entry: Entry) -> Iterator[Values]:
    """Find districts in a translation where the source speaks of none."""
    pattern = DISTRICTS.get(entry.language)
    if pattern is None or DISTRICT.search(entry.before) or forbidden_forms(entry):
        return
    match = pattern.search(entry.after)
    former = match[0] if match and is_of_place(match[0], entry) else former_city(entry)
    if former:
        yield {"form": former}


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def former_city(entry: Entry) -> str:
    """Return a place of the source that the translation calls a city, or nothing."""
    for match in entry.terms:
        forms = match.term.accepted(entry.language)
        if match.term.kind == "place" and forms and is_vietnamese(match.term):
            pattern = CITY[entry.language].format(f"(?:{'|'.join(map(re.escape, forms))})")
            found = re.search(pattern, entry.after)
            if found:
                return found[0]
    return ""


def is_vietnamese(term: Term) -> bool:
    """Tell whether a place is in Việt Nam: Dongxing is not “Dong Hung”."""
    own = {unaccent(form) for form in term.forms.get(SOURCE, ())}
    return not own.isdisjoint(term.forms.get("en", ()))


def is_of_place(text: str, entry: Entry) -> bool:
    """Tell whether a text holds the name of a place of the glossary."""
    places = (term for term in entry.site.glossary.terms if term.kind == "place")
    return any(form in text for term in places for form in term.accepted(entry.language))


def absent_names(entry: Entry) -> list[str]:
    """Return the names that the glossary does not know and that a translation does not carry."""
    names = unlisted(entry)
    if not names or is_foreign(entry):
        return []
    # The first word may only be the beginning of a sentence: “Đến Hà Nội”.
    return [name for name in names if not any(is_said(part, entry) for part in parts_of(name))]


def is_said(name: str, entry: Entry) -> bool:
    """Tell whether a translation has a name in any spelling: “Hanoï” is “Hà Nội”."""
    return "".join(words_of(name)) in "".join(words_of(entry.after))


def parts_of(name: str) -> tuple[str, ...]:
    """Return a name, and what is left of it without a first word that may be none of it."""
    rest = name.partition(" ")[2]
    return (name, rest) if " " in rest else (name,)


def unlisted(entry: Entry) -> list[str]:
    """Return the names of the source that the glossary has no form for."""
    if not vietnamese_names(entry.spoken[0]):
        return []
    rest = MARK.sub("/", entry.before)
    for match in reversed(entry.terms):
        if match.term.preferred(entry.language):
            rest = f"{rest[: match.start]}/{rest[match.end :]}"
    return [name for name in vietnamese_names(rest) if not known_everywhere(name)]


def known_everywhere(name: str) -> bool:
    """
    Tell whether a name is a month or a country, by CLDR: every language has its own word.

    >>> [known_everywhere(name) for name in ('Đan Mạch', 'Tháng Bảy', 'Mạo Khê')]
    [True, True, False]
    """
    return name in countries() or MONTH.fullmatch(name) is not None


@cache
def countries() -> frozenset[str]:
    """Return the Vietnamese names of countries."""
    return frozenset(Locale(SOURCE).territories.values())


def likest(name: str, text: str) -> str | None:
    """
    Return the words of a text that are a name but for a letter or two.

    >>> likest('Mạo Khê', 'the ward of Mao Khe is not Mao Kho')
    >>> likest('Mạo Khê', 'the ward of Mao Kho')
    'Mao Kho'
    """
    return next(filter(None, (likest_run(part, text) for part in parts_of(name))), None)


def likest_run(name: str, text: str) -> str | None:
    """Return the words of a text that are nearly a name; None where the name itself is there."""
    wanted, size = unaccent(name).lower(), len(name.split())
    words = [] if name.isascii() else LATIN.findall(text)
    close = None
    for start in range(len(words) - size + 1):
        run = words[start : start + size]
        written = unaccent(" ".join(run)).lower()
        if written == wanted:
            return None
        if run[0][0].isupper() and is_close(written, wanted):
            close = close or " ".join(run)
    return close


def is_close(written: str, wanted: str) -> bool:
    """Tell whether two spellings are one name with a mistake, word by word and as a whole."""
    pairs = zip(written.split(), wanted.split(), strict=True)
    return likeness(written, wanted) >= ALIKE and all(likeness(*pair) >= 0.5 for pair in pairs)


def likeness(one: str, other: str) -> float:
    """Return how much two words have in common, from 0 to 1."""
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.ratio() if match.real_quick_ratio() and match.quick_ratio() >= 0.5 else 0
