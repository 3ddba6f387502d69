"""
Terms: what the glossary asks for stands in a translation, and what it forbids does not.

A finding speaks of one term. Reviewed prose says things once where Vietnamese repeats them, so
only a term that is nowhere in the translation is owed; names are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from babel import Locale

from quangba.catalogs.glossary import Match, Rule, Term
from quangba.catalogs.terms import SOURCE
from quangba.errors import Severity
from quangba.mt.markup import MARK
from quangba.review.checking import Values, check
from quangba.review.checks.characters import is_damaged
from quangba.review.checks.language import Verdict, verdict
from quangba.review.entry import Entry, once
from quangba.source.names import spelled, vietnamese_names
from quangba.source.scripts import LATIN, is_latin, words_of
from quangba.source.text import unaccent

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NAMED = ("place", "heritage", "transport", "institution", "tourism", "investment", "people")
"""Kinds of terms that are names where their case matters; countries have adjectives."""

LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\.md(?:#[^()\s]*)?\)")
"""A link to a page, whose words are the title of that page."""

INNER = re.compile(r"(?<=\w[ ’-])[A-ZÀ-Þ]")
"""A capital within a title: a name."""

SUMMARY = "front matter"
"""Beginning of the kind of titles and descriptions, which sum a page up."""

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

DISTRICT = re.compile(
    r"\b(?:huyện|quận|thị xã|cấp huyện)\b|Trung Quốc|Nhật Bản|Hàn Quốc", re.IGNORECASE
)
"""Where the source speaks of districts itself, or of other countries."""

MONTH = re.compile(
    r"(?:Tháng )?(?:Giêng|Chạp|Một|Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười(?: Một| Hai)?)"
)

ALIKE = 0.8
"""Likeness from which two spellings are one name with a mistake: ``Mao Kho``, ``Mao Khe``."""

# ----------------------------------------------------------------------------
# Checks
# ----------------------------------------------------------------------------


@check(
    Severity.ERROR,
    "thiếu “{form}” cho “{term}”{instead}. Hãy viết một trong các dạng: {accepted}.",
    "“{form}” is missing for “{term}”{instead}. Write one of: {accepted}.",
)
def name(entry: Entry) -> Iterator[Values]:
    """Find names of the glossary that a translation lacks, or has another name for."""
    old = {form for term in forbidden_forms(entry).values() for form in term.forms.get(SOURCE, ())}
    missing = [
        term
        for term in lacking(entry)
        if is_name(term) and old.isdisjoint(term.forms.get(SOURCE, ()))
    ]
    strangers = added_names(entry) if missing else []
    for term in missing:
        other = strangers.pop(0) if strangers else None
        yield {**named(term, entry.language), "instead": f" (≠ “{other}”)" if other else ""}


@check(
    Severity.WARNING,
    "thiếu thuật ngữ “{form}” cho “{term}”. Hãy viết một trong các dạng: {accepted}.",
    "the term “{form}” is missing for “{term}”. Write one of: {accepted}.",
)
def term(entry: Entry) -> Iterator[Values]:
    """Find terms of the glossary that a translation lacks."""
    for each in lacking(entry):
        if not is_name(each) and each.rule is not Rule.KEEP:
            yield named(each, entry.language)


@check(
    Severity.ERROR,
    "“{form}” phải giữ nguyên trong mọi ngôn ngữ. Hãy viết đúng như câu nguồn.",
    "“{form}” stays as it is in every language. Write it as in the source.",
)
def kept_term(entry: Entry) -> Iterator[Values]:
    """Find brands and codes that were changed."""
    for each in lacking(entry):
        if each.rule is Rule.KEEP:
            yield {"form": each.preferred(entry.language)}


@check(
    Severity.ERROR,
    "không dùng “{form}” (“{term}”). Hãy viết: {accepted}.",
    "“{form}” is not to be used (“{term}”). Write: {accepted}.",
)
def forbidden(entry: Entry) -> Iterator[Values]:
    """Find forms that the glossary forbids; what the source itself writes is quoted."""
    terms = entry.site.glossary.terms
    for form, each in forbidden_forms(entry).items():
        right = (t.preferred(entry.language) for t in terms if is_wanted(t, each))
        yield {"form": form, "term": each.name, "accepted": next(filter(None, right), "…")}


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
    "“{form}” là đơn vị cấp huyện, đã bỏ từ ngày 1/7/2025. Hãy viết đơn vị hiện nay.",
    "“{form}” is a district, and there are none since 1 July 2025. Write the present unit.",
)
def former_district(entry: Entry) -> Iterator[Values]:
    """Find districts in a translation where the source speaks of none."""
    pattern = DISTRICTS.get(entry.language)
    if pattern is None or DISTRICT.search(entry.before):
        return
    match = pattern.search(entry.after)
    if match and not forbidden_forms(entry) and is_of_place(match[0], entry):
        yield {"form": match[0]}


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def is_foreign(entry: Entry) -> bool:
    """Tell whether a text is not in its language at all, of which its own checks speak."""
    found = verdict(entry)
    return found is not None and found.kind in ("copy", "other", "script")


def is_of_place(text: str, entry: Entry) -> bool:
    """Tell whether a text holds the name of a place of the glossary."""
    places = (term for term in entry.site.glossary.terms if term.kind == "place")
    return any(form in text for term in places for form in term.accepted(entry.language))


def is_name(term: Term) -> bool:
    """Tell whether a term names one thing."""
    return term.case and term.kind in NAMED and term.rule is Rule.REQUIRED


def named(term: Term, language: str) -> dict[str, object]:
    """Return how a term is called in the source and what a language accepts."""
    forms = term.accepted(language)
    accepted = ", ".join(f"“{form}”" for form in forms[:4])
    return {"form": forms[0], "term": term.name, "accepted": accepted}


@once
def lacking(entry: Entry) -> list[Term]:
    """Return the terms that a translation lacks, in the order of the glossary."""
    glossary, language = entry.site.glossary, entry.language
    found = entry.terms
    if not found or is_foreign(entry) or is_damaged(entry):
        return []
    owed = Counter(match.term for match in found if match.term.accepted(language))
    full = dict(owed)
    absent: list[Term] = []
    while owed:
        left = Counter(owed)
        each = glossary.missing(left, entry.after, language)
        if each is None:
            break
        if is_owed(each, left[each], full, entry):
            absent.append(each)
        del owed[each]
    return absent


def is_owed(term: Term, missing: int, full: dict[Term, int], entry: Entry) -> bool:
    """Tell whether a term that is said less often than in the source had to be said."""
    summary = entry.segment.kind.startswith(SUMMARY)
    counted = is_name(term) or term.rule is Rule.KEEP
    if missing < full[term] and (not counted or (summary and not added_names(entry))):
        return False
    if any(each != term and contains(each, term) for each in full):
        # “cảng tàu khách” after “cảng tàu khách quốc tế Hạ Long”: that port.
        return is_name(term) and not any(f in entry.after for f in term.accepted(entry.language))
    wrong = verdict(entry)
    if wrong and any(form in entry.after for form in shapes(term, wrong, entry.language)):
        return False
    # “Baie et parc national de Bai Tu Long”: the name is there, its common noun is shared.
    shared = summary and is_latin(entry.language)
    if shared and proper(term.accepted(entry.language)[0]) in entry.after:
        return False
    return not is_title(term, entry)


def shapes(term: Term, wrong: Verdict, language: str) -> Iterator[str]:
    """Yield what a term may look like where another check has spoken of it already."""
    yield from term.forms.get(SOURCE, ())
    if wrong.kind == "han":
        for form in term.accepted(language):
            yield from (form[:at] + wrong.what + form[at + 1 :] for at in range(len(form)))


def contains(longer: Term, shorter: Term) -> bool:
    """Tell whether a term says another one and more."""
    forms = [form.lower() for form in shorter.forms.get(SOURCE, ())]
    return any(f in form.lower() for form in longer.forms.get(SOURCE, ()) for f in forms)


def is_title(term: Term, entry: Entry) -> bool:
    """
    Tell whether a name is only said in a link to a page whose title has no name in the language.

    “Cách đến Quảng Ninh” may be “Getting here”.
    """
    titles = LINK.findall(entry.target)
    if not titles or not is_latin(entry.language) or any(INNER.search(title) for title in titles):
        return False
    forms = term.forms.get(SOURCE, ())
    linked = sum(title.count(form) for title in LINK.findall(entry.source) for form in forms)
    return bool(0 < linked == sum(entry.source.count(form) for form in forms))


def proper(form: str) -> str:
    """
    Return the capitalised part of a form.

    >>> proper('grotte Thiên Cung'), proper('baie de Bai Tu Long')
    ('Thiên Cung', 'Bai Tu Long')
    """
    words = form.split()
    first = next((n for n, word in enumerate(words) if word[0].isupper()), 0)
    return " ".join(words[first:])


def added_names(entry: Entry) -> list[str]:
    """Return the names of a translation whose source form the source does not have."""
    glossary, language = entry.site.glossary, entry.language
    if is_foreign(entry):
        return []
    source = entry.before.lower()
    found: list[str] = []
    for match in glossary.matches(entry.after, language):
        if (match.term.kind != "place" and match.term.kind != "heritage") or not match.term.case:
            continue
        if match.form.lower() in source or said_in(match, entry, source):
            continue
        found.append(entry.after[match.start : match.end])
    return list(dict.fromkeys(found))


def said_in(match: Match, entry: Entry, source: str) -> bool:
    """Tell whether the source has a term whose form is, or holds, what a translation says."""
    return any(
        form.lower() in source
        for term in entry.site.glossary.terms
        if any(match.form in accepted for accepted in term.accepted(entry.language))
        for form in term.forms.get(SOURCE, ())
    )


@once
def forbidden_forms(entry: Entry) -> dict[str, Term]:
    """Return the forbidden forms in a translation that the source does not have itself."""
    return {
        entry.after[match.start : match.end]: match.term
        for match in entry.site.glossary.found(entry.after, entry.language)
        if match.term.rule is Rule.FORBIDDEN
        and entry.after[match.start : match.end] not in entry.before
    }


def is_wanted(term: Term, forbidden: Term) -> bool:
    """Tell whether a term is what a forbidden one is to be called."""
    names = forbidden.forms.get(SOURCE, ())
    return term.rule is Rule.REQUIRED and any(name in names for name in term.forms.get(SOURCE, ()))


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
