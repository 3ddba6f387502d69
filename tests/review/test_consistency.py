"""The same text, translated in two ways, and one translation of two texts."""

from __future__ import annotations

import pytest

from quangba.catalogs.message import Message
from quangba.review.consistency import inconsistencies

SOURCE = "Hãy hỏi bến tàu trong ngày đi."


def found(*entries: tuple[str, Message]) -> list[tuple[str, str, dict[str, object]]]:
    """Return check, place and values of every finding."""
    return [
        (finding.check, finding.problem.place, dict(finding.problem.values))
        for finding in inconsistencies(entries)
    ]


def test_the_rarer_wording_is_named_with_the_other_place() -> None:
    assert found(
        ("a.po", Message(SOURCE, "Ask at the pier on the day.", line=3)),
        ("b.po", Message(SOURCE, "Ask the pier.", line=9)),
        ("c.po", Message(SOURCE, "Ask at the pier on the day.", line=5)),
    ) == [
        (
            "same-source",
            "b.po:9",
            {"msgid": SOURCE, "other": "Ask at the pier on the day.", "place": "a.po:3"},
        )
    ]


def test_one_translation_of_two_texts_is_found() -> None:
    [(check, place, values)] = found(
        ("a.po", Message(SOURCE, "Ask at the pier on the day.", line=3)),
        ("b.po", Message("Không có tàu vào mùa bão.", "Ask at the pier on the day.", line=7)),
    )
    assert (check, place) == ("same-target", "b.po:7")
    assert (values["other"], values["place"]) == (SOURCE, "a.po:3")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Message(SOURCE, "Ask elsewhere.", msgctxt="button"), id="other-context"),
        pytest.param(Message(SOURCE, "ask at the pier, on the day"), id="punctuation-and-case"),
        pytest.param(Message(SOURCE.upper(), "Ask at the pier on the day."), id="case-of-source"),
        pytest.param(Message(SOURCE, ""), id="no-translation"),
        pytest.param(Message("Vé đi.", "A ticket to go."), id="something-else"),
    ],
)
def test_what_does_not_contradict_passes(other: Message) -> None:
    first = Message(SOURCE, "Ask at the pier on the day.")
    assert found(("a.po", first), ("b.po", other)) == []


def test_short_translations_may_stand_for_two_texts() -> None:
    assert (
        found(
            ("a.po", Message("Cửa khẩu", "국경관문")), ("b.po", Message("Tại cửa khẩu", "국경관문"))
        )
        == []
    )


def test_a_stale_text_counts_for_the_source_it_was_made_for() -> None:
    stale = Message("Vé mới", "Ask at the pier on the day.", previous=SOURCE, fuzzy=True)
    assert found(("a.po", Message(SOURCE, "Ask at the pier on the day.")), ("b.po", stale)) == []


def test_a_waiver_makes_it_worth_knowing_only() -> None:
    waived = Message(SOURCE, "Ask the pier.", line=9)
    waived.waive("same-source", "ý khác", "Chị Hoa", "2026-11-22")
    entries = [("a.po", Message(SOURCE, "Ask at the pier.")), ("b.po", waived)]
    assert [finding.severity.name for finding in inconsistencies(entries)] == ["NOTE"]
