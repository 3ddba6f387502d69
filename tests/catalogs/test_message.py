"""Who made a translation, and is it fresh: the table of the design, row by row."""

from __future__ import annotations

import pytest

from quangba.catalogs.message import Message, Stamp, State
from quangba.source.text import fingerprint

OLD, NEW, NEWER = "Vé mua tại cảng.", "Vé mua trên mạng.", "Vé mua trên mạng hoặc tại cảng."
TEXT = "Tickets at the port."


def mt(source: str = OLD, target: str = TEXT) -> Stamp:
    return Stamp.make("vi_en-1.9", "2026-11-22", None, source, target)


def review(source: str = OLD, target: str = TEXT) -> Stamp:
    return Stamp.make("Chị Hoa", "2026-11-22", "sample", source, target)


@pytest.mark.parametrize(
    ("message", "state", "stale"),
    [
        pytest.param(Message(OLD), State.MISSING, False, id="nobody"),
        pytest.param(Message(OLD, fuzzy=True), State.MISSING, False, id="nobody-fuzzy"),
        pytest.param(Message(OLD, TEXT, mt=mt(), fuzzy=True), State.DRAFT, False, id="draft"),
        pytest.param(Message(OLD, TEXT, mt=mt()), State.TRANSLATED, False, id="accepted-draft"),
        pytest.param(Message(OLD, "Edited", mt=mt()), State.TRANSLATED, False, id="edited-draft"),
        pytest.param(
            Message(OLD, "Edited", mt=mt(), fuzzy=True),
            State.DRAFT,
            False,
            id="edited-not-accepted",
        ),
        pytest.param(Message(OLD, TEXT), State.TRANSLATED, False, id="person"),
        pytest.param(Message(OLD, TEXT, fuzzy=True), State.DRAFT, False, id="unsure-person"),
        pytest.param(Message(OLD, TEXT, reviewed=review()), State.REVIEWED, False, id="reviewed"),
        pytest.param(
            Message(OLD, TEXT, reviewed=review(), fuzzy=True),
            State.DRAFT,
            False,
            id="doubted-again",
        ),
        pytest.param(
            Message(OLD, "Edited", reviewed=review()),
            State.TRANSLATED,
            False,
            id="expired-by-target",
        ),
        pytest.param(
            Message(NEW, TEXT, reviewed=review()), State.TRANSLATED, False, id="expired-by-source"
        ),
        pytest.param(
            Message(NEW, TEXT, previous=OLD, fuzzy=True), State.TRANSLATED, True, id="stale-person"
        ),
        pytest.param(
            Message(NEW, TEXT, previous=OLD, fuzzy=True, mt=mt()),
            State.DRAFT,
            True,
            id="stale-draft",
        ),
        pytest.param(
            Message(NEW, TEXT, previous=OLD, fuzzy=True, unsure=True),
            State.DRAFT,
            True,
            id="stale-unsure",
        ),
        pytest.param(
            Message(NEW, TEXT, previous=OLD), State.TRANSLATED, False, id="previous-left-behind"
        ),
    ],
)
def test_states(message: Message, state: State, stale: bool) -> None:
    assert (message.state, message.stale) == (state, stale)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("Vé  mua\ntại cảng.", TEXT, id="source-rewrapped"),
        pytest.param(OLD, "Tickets\n  at the port. ", id="target-rewrapped"),
        pytest.param("Ve\u0301 mua tại cảng.", TEXT, id="source-decomposed"),
    ],
)
def test_blanks_do_not_expire_an_approval(source: str, target: str) -> None:
    assert Message(source, target, reviewed=review()).state is State.REVIEWED


def test_an_accepted_draft_is_never_reviewed_by_itself() -> None:
    message = Message(OLD, TEXT, mt=mt())
    assert message.machine
    assert message.state is State.TRANSLATED
    message.approve("Chị Hoa", "2026-11-22", "sample")
    assert message.state is State.REVIEWED
    assert message.machine, "its origin is still known"


def test_several_edits_keep_the_first_source() -> None:
    message = Message(OLD, TEXT, reviewed=review())
    message.change_source(NEW)
    message.change_source(NEWER)
    assert (message.previous, message.stale, message.was_reviewed) == (OLD, True, True)


def test_a_new_translation_starts_a_new_history() -> None:
    message = Message(OLD, TEXT, reviewed=review())
    message.change_source(NEW)
    message.msgstr, message.fuzzy = "Tickets online.", False  # as Poedit does, with #| left
    message.settle()
    assert (message.previous, message.state) == (None, State.TRANSLATED)
    message.change_source(NEWER)
    assert (message.previous, message.was_reviewed) == (NEW, False)


@pytest.mark.parametrize(
    ("message", "state"),
    [
        pytest.param(Message(OLD, TEXT, reviewed=review()), State.REVIEWED, id="reviewed"),
        pytest.param(Message(OLD, TEXT), State.TRANSLATED, id="person"),
        pytest.param(Message(OLD, TEXT, fuzzy=True), State.DRAFT, id="unsure"),
        pytest.param(Message(OLD, TEXT, mt=mt(), fuzzy=True), State.DRAFT, id="draft"),
        pytest.param(Message(OLD, TEXT, mt=mt()), State.TRANSLATED, id="accepted-draft"),
    ],
)
def test_back_at_the_first_source_all_is_as_it_was(message: Message, state: State) -> None:
    before = vars(message).copy()
    for source in (NEW, NEWER, OLD):
        message.change_source(source)
    assert message.state is state
    assert vars(message) == before


def test_an_unsure_text_is_not_promoted_by_an_edit_of_its_source() -> None:
    message = Message(OLD, TEXT, fuzzy=True)
    message.change_source(NEW)
    assert message.state is State.DRAFT


def test_blanks_alone_are_no_change_of_the_source() -> None:
    message = Message("Vé  mua\ntại cảng.", TEXT, reviewed=review())
    message.change_source(OLD)
    assert (message.stale, message.state) == (False, State.REVIEWED)


def test_a_source_without_translation_is_never_stale() -> None:
    message = Message(OLD)
    message.change_source(NEW)
    assert (message.msgid, message.previous, message.fuzzy) == (NEW, None, False)


@pytest.mark.parametrize(
    "who",
    [
        pytest.param("Hoa role:official", id="role"),
        pytest.param("Hoa fp:00000000", id="fingerprint"),
        pytest.param("Hoa 1999-01-01", id="date"),
        pytest.param('Hoa\n#, fuzzy\nmsgid "x"', id="lines"),
        pytest.param("", id="nobody"),
    ],
)
def test_a_name_passes_for_nothing_else(who: str) -> None:
    stamp = Stamp.make(who, "2026-11-22", "sample", OLD, TEXT)
    assert (stamp.role, stamp.date) == ("sample", "2026-11-22")
    assert stamp.fingerprint == fingerprint(OLD, TEXT)
    assert "\n" not in stamp.text
    assert stamp.who == " ".join(who.split())


@pytest.mark.parametrize(
    "text",
    ["", "Hoa", "2026-11-22", "fp:zz", "fp:123"],
    ids=["empty", "name", "date", "hex", "short"],
)
def test_a_broken_stamp_proves_nothing(text: str) -> None:
    assert Message(OLD, TEXT, reviewed=Stamp(text)).state is State.TRANSLATED
