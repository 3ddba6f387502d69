"""Mistakes put into correct translations are found, and correct translations are left alone."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from mistakes import FAMILIES, Family
from pairs import PAIRS
from seeding import NUMBER, OWN, SEED, Error, Seeding, alarm, open_seeding

from quangba.errors import Severity

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ALL, EACH, ALARMS = 0.98, 0.80, 0.01
"""
Share of errors that are found in all and of each family, and of false alarms at most.

A family has ten errors here, so that one more or less is a tenth.
"""

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeding() -> Seeding:
    return open_seeding()


@pytest.fixture(scope="module")
def errors(seeding: Seeding) -> list[Error]:
    return seeding.errors(NUMBER, SEED)


@pytest.fixture(scope="module")
def misses(seeding: Seeding, errors: list[Error]) -> list[Error]:
    return seeding.misses(errors)


def by_family(errors: list[Error]) -> Counter[str]:
    """Count errors by the name of their family."""
    return Counter(error.family.name for error in errors)


def pasted(seeding: Seeding, code: str, *, twins: bool) -> list[Error]:
    """
    Put the translation of one text in the place of another's, in one language.

    ``twins``: the other text is the same as one elsewhere, which is now translated otherwise.
    """
    random = Random(f"{SEED}:{code}:{twins}")
    cleans = [c for c in seeding.cleans if c.language.code == code and c.file != OWN]
    often = Counter(clean.message.key for clean in cleans)
    long = [clean for clean in cleans if clean.text.long]
    family = Family("pasted", lambda *_: None, hint=False, area="consistency")
    places = [c for c in cleans if often[c.message.key] > 1] if twins else long
    found = []
    for clean in random.sample(places, 10):
        others = [c.text.target for c in long if c.message.msgid != clean.message.msgid]
        found.append(Error(family, clean, random.choice(others)))
    return found


# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


def test_the_corpus_is_large_and_every_family_and_language_is_in_it(errors: list[Error]) -> None:
    assert len(errors) >= 700
    assert set(by_family(errors)) == set(FAMILIES)
    assert min(by_family(errors).values()) >= 5
    assert {error.clean.language.code for error in errors} == {"en", "zh", "ja", "ko", "fr"}


def test_every_error_changes_a_text_that_was_correct(errors: list[Error]) -> None:
    assert [error for error in errors if error.target == error.clean.text.target] == []


def test_the_same_seed_makes_the_same_errors(errors: list[Error]) -> None:
    again = open_seeding().errors(NUMBER, SEED)
    assert [error.target for error in again] == [error.target for error in errors]


def test_another_seed_makes_others(seeding: Seeding, errors: list[Error]) -> None:
    others = seeding.errors(NUMBER, SEED + 1)
    assert {error.target for error in others} != {error.target for error in errors}


def test_there_are_pairs_enough_in_every_language() -> None:
    assert len(PAIRS) >= 24
    assert all(list(pair) == ["vi", "en", "zh", "ja", "ko", "fr"] for pair in PAIRS)


def test_nearly_all_errors_are_found(errors: list[Error], misses: list[Error]) -> None:
    found = 1 - len(misses) / len(errors)
    assert found >= ALL, "\n".join(["not found:", *map(str, misses)])


def test_most_errors_of_every_family_are_found(errors: list[Error], misses: list[Error]) -> None:
    made, missed = by_family(errors), by_family(misses)
    weak = {name for name in made if made[name] - missed[name] < EACH * made[name]}
    assert not weak, "\n".join(str(error) for error in misses if error.family.name in weak)


def test_hardly_any_correct_translation_is_said_to_be_wrong(seeding: Seeding) -> None:
    alarms = seeding.alarms()
    said = "\n".join(["false alarms:", *(alarm(clean, found) for clean, found in alarms)])
    assert len(alarms) <= ALARMS * len(seeding.cleans), said


@pytest.mark.parametrize("twins", [False, True], ids=["two-sources", "two-translations"])
@pytest.mark.parametrize("code", ["en", "zh", "ja", "ko", "fr"])
def test_translations_that_contradict_others_are_found(
    seeding: Seeding, code: str, twins: bool
) -> None:
    known = seeding.contradictions(code)
    errors = pasted(seeding, code, twins=twins)
    missed = [error for error in errors if not seeding.contradictions(code, error) - known]
    assert len(missed) <= 1, "\n".join(map(str, missed))


@pytest.mark.parametrize("code", ["en", "zh", "ja", "ko", "fr"])
def test_reviewed_translations_hardly_contradict_each_other(seeding: Seeding, code: str) -> None:
    said = [
        problem.text("en")
        for _, problem in seeding.contradictions(code)
        if problem.severity > Severity.NOTE
    ]
    cleans = [clean for clean in seeding.cleans if clean.language.code == code]
    assert len(said) <= ALARMS * len(cleans), "\n".join(sorted(said))
