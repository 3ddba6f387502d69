"""
Terms: what the glossary asks for stands in a translation, and what it forbids does not.

A finding speaks of one term. Reviewed prose says things once where Vietnamese repeats them, so
only a term that is nowhere in the translation is owed; names are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from quangba.catalogs.glossary import Match, Rule, Term
from quangba.catalogs.terms import SOURCE
from quangba.errors import Severity
from quangba.review.checking import Values, check
from quangba.review.checks.characters import is_damaged
from quangba.review.checks.language import Verdict, is_foreign, verdict
from quangba.review.checks.prose import LAST_WORDS
from quangba.review.entry import Entry, once
from quangba.review.precedence import unless
from quangba.source.scripts import is_latin

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

JOINED = re.compile(r"\b(?:and|et)\b|[&/]")
"""Stands between two names that share a noun."""

TITLES = ("front matter: title", "heading 1")
"""Kinds of the titles of pages."""


# ----------------------------------------------------------------------------
# Checks
# ----------------------------------------------------------------------------


@check(
    Severity.ERROR,
    "thiếu “{form}” cho “{term}”{instead}. Hãy viết một trong các dạng: {accepted}.",
    "“{form}” is missing for “{term}”{instead}. Write one of: {accepted}.",
)
@unless("han")
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
@unless("han", "kana", "lunar-dates", "lost-sentences", "no-end", "breaks-off", "source-left")
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


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


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
    longer = [each for each in full if each != term and contains(each, term)]
    if longer and not is_lost_beside(term, longer, entry):
        return False
    if not longer and not counted and re.search(any_form([term], entry), entry.after.lower()):
        # “特区” in “姑苏特区”, which is a form of another term.
        return False
    wrong = verdict(entry)
    if wrong and any(form in entry.after for form in shapes(term, wrong, entry.language)):
        return False
    # “Baie et parc national de Bai Tu Long”: the name is there, its common noun is shared.
    shared = summary and is_latin(entry.language) and JOINED.search(entry.after)
    if shared and proper(term.accepted(entry.language)[0]) in entry.after:
        return False
    return not is_title(term, entry)


def is_lost_beside(term: Term, longer: list[Term], entry: Entry) -> bool:
    """
    Tell whether a term was lost of which a longer one stands in the same text.

    “Cảng tàu khách” after “cảng tàu khách quốc tế Hạ Long” is that port.
    """
    said = [match.term for match in entry.terms]
    if is_name(term):
        wanted = sum(each == term or each in longer for each in said)
        return len(re.findall(any_form([term], entry), entry.after.lower())) < wanted
    if said.index(term) > min(said.index(each) for each in longer):
        return False
    rest = re.sub(any_form(longer, entry), " ", entry.after.lower())
    return not re.search(any_form([term], entry), rest)


def any_form(terms: Iterable[Term], entry: Entry) -> str:
    """Return the expression of what terms are called in small letters, the longest first."""
    forms = {form.lower() for term in terms for form in term.accepted(entry.language)}
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)"


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
    if not is_latin(entry.language):
        return False
    if entry.segment.kind in TITLES:
        last = entry.after.split()[-1:] or [""]
        return not INNER.search(entry.after) and last[0] not in LAST_WORDS[entry.language]
    titles = LINK.findall(entry.target)
    if not titles or any(INNER.search(title) for title in titles):
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
