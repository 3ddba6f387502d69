"""Rows that come back: what is taken, what is refused, and what a second import does."""

from __future__ import annotations

from typing import Any

import pytest
from catalog_site import Site
from exchange_site import (
    DRAFT,
    MISSING,
    PAGE,
    REVIEWED,
    STALE,
    TRANSLATED,
    change,
    codes,
    collect,
    entry,
    take,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quangba.catalogs.edits import Edited, edit
from quangba.catalogs.message import Message, State
from quangba.exchange import replies
from quangba.exchange.replies import Reply, Returned, normal
from quangba.exchange.rows import Decision, Row


def rows(site: Site) -> dict[str, Row]:
    return {row.message.msgid: row for row in collect(site)[0].rows}


def reply(row: Row, text: str | None = None, **values: object) -> Reply:
    given = {"decision": Decision.NONE, "comment": "", **values}
    shown = row.target if text is None else text
    return Reply("Yên Tử!C3", row.id, row.version, shown, **given)  # type: ignore[arg-type]


def returned(*replies: Reply) -> Returned:
    found = Returned("a.xlsx", "en", list(replies))
    found.unique()
    return found


def test_rows_go_out_in_the_order_of_the_page_with_their_states(site: Site) -> None:
    sheet = collect(site)[0]
    assert sheet.title == REVIEWED
    assert [row.message.msgid for row in sheet.rows] == [
        REVIEWED,
        DRAFT,
        MISSING,
        STALE,
        TRANSLATED,
    ]
    assert [row.message.msgid for row in collect(site, states=("stale",))[0].rows] == [STALE]
    assert rows(site)[STALE].previous == "Đi tàu từ Hạ Long."
    assert rows(site)[DRAFT].protected.source == "Vé mua tại ⟦1⟧cảng⟦/1⟧, giá ⟦2⟧rẻ⟦/2⟧."
    assert rows(site)[DRAFT].legend[0] == "⟦1⟧…⟦/1⟧ = link to ../index.md"


def test_untouched_rows_change_nothing(site: Site) -> None:
    before = site.snapshot()
    result = take(site, returned(*map(reply, rows(site).values())))
    assert (result.same, result.refusals) == (5, [])
    assert site.snapshot() == before


def test_a_changed_text_becomes_translated(site: Site) -> None:
    row = rows(site)[STALE]
    result = take(site, returned(reply(row, "Go by boat from Ha Long in two hours.")))
    assert result.changed == 1
    message = entry(site, STALE)
    assert (message.state, message.stale, message.previous) == (State.TRANSLATED, False, None)
    assert message.msgstr == "Go by boat from Ha Long in two hours."


def test_a_changed_review_expires(site: Site) -> None:
    take(site, returned(reply(rows(site)[REVIEWED], "Mt Yen Tu")))
    assert entry(site, REVIEWED).state is State.TRANSLATED


def test_a_draft_is_accepted_as_it_is(site: Site) -> None:
    result = take(site, returned(reply(rows(site)[DRAFT], decision=Decision.ACCEPT)))
    assert (result.changed, result.accepted) == (0, 1)
    message = entry(site, DRAFT)
    assert message.state is State.TRANSLATED
    assert (message.pivot, message.comments) == ("Tickets at the port", ["xem lại"])


def test_reviewed_is_stamped_only_with_a_name(site: Site) -> None:
    sent = returned(reply(rows(site)[DRAFT], decision=Decision.REVIEWED))
    result = take(site, sent)
    assert (result.stamped, result.unstamped) == (0, 1)
    assert entry(site, DRAFT).state is State.TRANSLATED
    # The entry is another version now, but says what the reviewer read.
    result = take(site, sent, name="Cô Lan", stamps=True)
    assert (result.stamped, codes(result)) == (1, [])
    stamp = entry(site, DRAFT).reviewed
    assert stamp is not None
    assert (stamp.who, stamp.role) == ("Cô Lan", "sample")
    assert entry(site, DRAFT).state is State.REVIEWED


def test_a_name_is_one_line_and_no_stamp(site: Site) -> None:
    sent = returned(reply(rows(site)[DRAFT], decision=Decision.REVIEWED, comment="a\nb"))
    name = "<b>Lan</b>\n#-#-#-#-# reviewed: x fp:12345678"
    take(site, sent, name=name, stamps=True)
    assert entry(site, DRAFT).state is State.REVIEWED
    assert len(entry(site, DRAFT).comments) == 2


def test_an_error_that_nobody_waived_keeps_the_stamp_back(site: Site) -> None:
    sent = returned(reply(rows(site)[MISSING], "There are 13 pagodas.", decision=Decision.REVIEWED))
    result = take(site, sent, name="Cô Lan", stamps=True)
    assert (result.changed, result.stamped, codes(result)) == (1, 0, ["import-unstamped"])
    assert result.findings == []
    assert entry(site, MISSING).state is State.TRANSLATED
    message = entry(site, MISSING)
    message.waive("numbers", "một chùa mới", "Chị Hoa", "2026-11-22")
    change(site, MISSING, waived=message.waived)
    assert take(site, sent, name="Cô Lan", stamps=True).stamped == 1


def test_a_comment_goes_to_the_editor_once(site: Site) -> None:
    sent = returned(reply(rows(site)[MISSING], comment="Chùa nào?\r\n#-#-#-#-#  Xin ghi rõ."))
    assert take(site, sent, name="Cô Lan").comments == 1
    said = entry(site, MISSING).comments
    assert len(said) == 1
    assert said[0].startswith("to editor: Cô Lan 20")
    assert said[0].endswith(" Chùa nào? # Xin ghi rõ.")
    assert take(site, sent, name="Ai khác").same == 1
    assert entry(site, MISSING).comments == said


def test_a_second_import_changes_nothing(site: Site) -> None:
    found = rows(site)
    sent = returned(
        reply(found[MISSING], "There are 12 pagodas."),
        reply(found[DRAFT], decision=Decision.REVIEWED, comment="Tốt"),
        reply(found[STALE], "Two hours by boat from Ha Long.", decision=Decision.ACCEPT),
    )
    first = take(site, sent, name="Cô Lan", stamps=True)
    assert (first.changed, first.stamped, first.refusals) == (2, 1, [])
    before = site.snapshot()
    second = take(site, sent, name="Cô Lan", stamps=True)
    assert (second.same, second.refusals, second.written) == (3, [], [])
    assert site.snapshot() == before


def test_what_somebody_else_changed_is_never_overwritten(site: Site) -> None:
    found = rows(site)
    change(site, TRANSLATED, msgstr="The festival begins in spring.")
    change(site, STALE, msgstr="By boat from Ha Long, two hours.", fuzzy=False, previous=None)
    before = site.snapshot()
    result = take(
        site,
        returned(
            reply(found[TRANSLATED], "The feast opens in spring."),
            reply(found[STALE], decision=Decision.REVIEWED),
            reply(found[REVIEWED]),
        ),
        name="Cô Lan",
        stamps=True,
    )
    assert codes(result) == ["import-conflict", "import-conflict"]
    assert "The festival begins" in result.refusals[0].problem.text("en")
    assert site.snapshot() == before


def test_a_change_between_judging_and_writing_is_a_conflict(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = returned(
        reply(rows(site)[TRANSLATED], "The feast opens in spring."),
        reply(rows(site)[MISSING], "Twelve pagodas: 12."),
    )

    def late(*arguments: Any) -> Edited:
        change(site, TRANSLATED, msgstr="The festival begins in spring.")
        return edit(*arguments)

    monkeypatch.setattr(replies, "edit", late)
    result = take(site, sent)
    assert (result.changed, codes(result)) == (1, ["import-conflict"])
    assert entry(site, TRANSLATED).msgstr == "The festival begins in spring."


def test_an_error_in_a_text_that_is_taken_is_said(site: Site) -> None:
    result = take(site, returned(reply(rows(site)[MISSING], "There are 13 pagodas.")))
    assert (result.changed, codes(result)) == (1, [])
    assert {problem.code for problem in result.findings} == {"import-finding"}


def test_blanks_inside_tags_are_no_change(site: Site) -> None:
    text = "Tickets at the⟦1⟧ port⟦/1⟧, ⟦2⟧cheap ⟦/2⟧."
    take(site, returned(reply(rows(site)[DRAFT], text)))
    assert entry(site, DRAFT).msgstr == "Tickets at the [port](../index.md), **cheap** ."
    bold = "**Đậm** ở đầu."
    site.page(PAGE, bold)
    site.sync()
    change(site, bold, msgstr="**Bold** first.")
    result = take(site, returned(reply(rows(site)[bold], "⟦1⟧ Bold⟦/1⟧ first.")))
    assert (result.same, entry(site, bold).msgstr) == (1, "**Bold** first.")


def test_an_untouched_row_is_no_conflict(site: Site) -> None:
    found = rows(site)
    change(site, TRANSLATED, msgstr="The festival begins in spring.")
    result = take(site, returned(reply(found[TRANSLATED])))
    assert (result.same, codes(result)) == (1, [])


def test_the_same_correction_made_elsewhere_is_no_conflict(site: Site) -> None:
    found = rows(site)
    change(site, TRANSLATED, msgstr="The feast opens in spring.")
    result = take(site, returned(reply(found[TRANSLATED], "The feast opens in spring.")))
    assert (result.same, codes(result)) == (1, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "import-empty", id="emptied"),
        pytest.param(" \u200b ", "import-empty", id="nothing-to-see"),
        pytest.param("At the ⟦7⟧port⟦/7⟧", "import-tag-unknown", id="unknown-tag"),
        pytest.param("At the ⟦1⟧port", "import-tag-torn", id="torn"),
        pytest.param("Tickets at the port.", "import-tag-missing", id="lost-link"),
        pytest.param("⟦1⟧port⟦/1⟧ <script>x</script>", "import-unsound", id="script"),
        pytest.param("⟦1⟧port⟦/1⟧ [a](//b.test)", "import-unsound", id="new-link"),
        pytest.param("#-#-#-#-# ⟦1⟧port⟦/1⟧", "import-unsound", id="mark-of-msgcat"),
    ],
)
def test_what_is_unsound_is_refused(site: Site, text: str, code: str) -> None:
    before = site.snapshot()
    assert codes(take(site, returned(reply(rows(site)[DRAFT], text)))) == [code]
    assert site.snapshot() == before


def test_skip_leaves_the_entry_but_takes_the_comment(site: Site) -> None:
    sent = returned(reply(rows(site)[DRAFT], "broken ⟦9⟧", decision=Decision.SKIP, comment="hm"))
    result = take(site, sent)
    assert (result.changed, result.comments, codes(result)) == (0, 1, [])


def test_rows_that_belong_elsewhere_are_listed(site: Site) -> None:
    row = rows(site)[DRAFT]
    foreign = Reply("A!C3", row.id.replace("en:", "ja:"), row.version, "x")
    gone = Reply("A!C4", "en:000000000000:visit/yen-tu.md", row.version, "x")
    no_page = Reply("A!C5", f"en:000000000000:../../{PAGE}", row.version, "x")
    result = take(site, returned(foreign, gone, no_page))
    assert sorted(codes(result)) == ["import-foreign", "import-gone", "import-gone"]


def test_a_text_that_left_the_page_is_listed(site: Site) -> None:
    row = rows(site)[TRANSLATED]
    site.page(PAGE, f"# {REVIEWED}")
    site.sync()
    assert codes(take(site, returned(reply(row, "The feast.")))) == ["import-gone"]


def test_copies_of_a_row_count_once_and_contradictions_not_at_all(site: Site) -> None:
    found = rows(site)
    one, other = reply(found[MISSING], "12 pagodas."), reply(found[MISSING], "Pagodas: 12.")
    assert take(site, returned(one, one), dry_run=True).changed == 1
    result = take(site, returned(one, other))
    assert codes(result) == ["import-duplicate", "import-duplicate"]
    assert entry(site, MISSING).msgstr == ""


def test_a_dry_run_counts_and_writes_nothing(site: Site) -> None:
    before = site.snapshot()
    result = take(site, returned(reply(rows(site)[MISSING], "12 pagodas.")), dry_run=True)
    assert (result.changed, result.written) == (1, [])
    assert site.snapshot() == before


def test_a_broken_catalog_keeps_its_rows(site: Site) -> None:
    row = rows(site)[MISSING]
    site.po("visit/yen-tu.po").write_text('msgid "', encoding="utf-8")
    assert codes(take(site, returned(reply(row, "12 pagodas.")))) == ["po-syntax"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Cafe\u0301", "Café", id="nfd"),
        pytest.param(" a\r\nb \r c\t", "a b c", id="lines"),
        pytest.param("東京\n観光", "東京観光", id="lines-of-a-script-without-blanks"),
        pytest.param("하롱\n베이", "하롱 베이", id="lines-of-korean"),
        pytest.param("a\u00a0b\ufeff", "a b", id="hidden"),
        pytest.param("“a” ‘b’ …", "“a” ‘b’ …", id="typography-stays"),
    ],
)
def test_what_programs_do_to_a_text_is_undone(text: str, expected: str) -> None:
    assert normal(text, Message("x")) == expected


def test_hard_blanks_that_the_entry_has_stay() -> None:
    assert normal("Vrai\u202f!\u00a0", Message("x", "Oui\u202f!")) == "Vrai\u202f!"


TEXTS = st.text(st.sampled_from("ab ⟦⟧/12*[](){}<>\r\n\u00a0\u200bé=+-@#\"'"), max_size=20)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    TEXTS,
    st.sampled_from(Decision),
    st.text(st.characters(codec="utf-8"), max_size=15),
)
def test_whatever_is_sent_the_catalog_stays_sound(
    site: Site, text: str, decision: Decision, comment: str
) -> None:
    sent = returned(reply(rows(site)[DRAFT], text, decision=decision, comment=comment))
    take(site, sent, name="Lan", stamps=True)
    message = entry(site, DRAFT)
    workspace = site.workspace()
    collected = workspace.collected(PAGE)
    segment = next(s for s in collected.segments if s.msgid == DRAFT)
    assert workspace.inspector.difference(segment, message.msgstr, collected) is None
    before = site.snapshot()
    take(site, sent, name="Lan", stamps=True)
    assert site.snapshot() == before
