from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quangba.cli_statement import statement
from quangba.errors import QuangbaError, Severity
from quangba.source.facts import Fact, Facts
from quangba.source.lunar import today
from quangba.source.pages import Page, parse_page
from quangba.source.statements import (
    Version,
    add_version,
    new_version,
    statement_problems,
    versions,
)
from support import make_site

TODAY = date(2026, 11, 26)
FACTS = Facts("facts.yml", {"visits": Fact("visits", "Lượt khách", 21, "number")})

TEXT = """---
title: "Không có dịch"   # đầu đề
type: statement
date: 2026-11-20
claim: Có dịch.
truth: >
  Không có dịch;
  có {fact:visits} lượt khách.
sources: [{title: Sở Y tế, publisher: Sở, date: 2026-11-19}]
owner: so
---

Nội dung   giữ nguyên.
"""


def read(text: str, name: str = "press/a.md") -> Page:
    return parse_page(Page(name, f"content/{name}", ""), text)


def signed(text: str = TEXT, what: str = "Công bố lần đầu", today: date = TODAY) -> str:
    """Record a version."""
    page = read(text)
    return add_version(text, new_version(page, FACTS, what, today), page.file)


def codes(text: str, facts: Facts = FACTS) -> list[str]:
    return [problem.code for problem in statement_problems(read(text), facts)]


def test_the_first_version() -> None:
    text = signed()
    (version,) = versions(read(text).meta)
    assert (version.date, version.what) == ("2026-11-26", "Công bố lần đầu")
    assert codes(text) == []
    lines = text.split("\n")
    added = [line for line in lines if line not in TEXT.split("\n")]
    assert added == [
        "versions:",
        "  - date: 2026-11-26",
        '    what: "Công bố lần đầu"',
        f'    digest: "{version.digest}"',
    ]
    assert [line for line in lines if line not in added] == TEXT.split("\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Không có dịch;", "Không hề có dịch;", id="truth"),
        pytest.param("claim: Có dịch.", "claim: Có dịch lớn.", id="claim"),
        pytest.param("giữ nguyên", "đã sửa", id="body"),
        pytest.param('"Không có dịch"', '"Dịch đã hết"', id="title"),
        pytest.param("2026-11-20", "2026-11-21", id="date"),
        pytest.param("Sở Y tế", "Bộ Y tế", id="source"),
        pytest.param('what: "Công bố lần đầu"', 'what: "Công bố"', id="history"),
    ],
)
def test_nothing_changes_silently(old: str, new: str) -> None:
    text = signed()
    changed = text.replace(old, new, 1)
    assert changed != text
    (problem,) = statement_problems(read(changed), FACTS)
    assert (problem.code, problem.severity) == ("statement-changed", Severity.ERROR)
    assert changed.split("\n")[problem.line - 1] == "  - date: 2026-11-26"
    assert "quangba statement press/a.md" in problem.text("vi")
    assert codes(signed(changed, "Sửa")) == []
    assert codes(changed.replace(new, old, 1)) == []


def test_a_fact_that_changes_is_a_change() -> None:
    facts = Facts("facts.yml", {"visits": Fact("visits", "Lượt khách", 22, "number")})
    assert codes(signed(), facts) == ["statement-changed"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("owner: so", "owner: so-khac", id="owner"),
        pytest.param("nguyên.\n", "nguyên.   \n\n\n", id="blanks_at_the_end"),
        pytest.param("   # đầu đề", "", id="comment"),
    ],
)
def test_what_readers_do_not_read_may_change(old: str, new: str) -> None:
    assert codes(signed().replace(old, new, 1)) == []


def test_history_cannot_lose_a_version() -> None:
    first = signed()
    second = signed(first.replace("giữ nguyên", "đã sửa"), "Sửa")
    assert len(versions(read(second).meta)) == 2
    start = second.index("  - date")
    end = second.index("  - date", start + 1)
    assert codes(second[:start] + second[end:]) == ["statement-changed"]


def test_versions_stand_in_the_order_of_time() -> None:
    second = signed(signed().replace("giữ nguyên", "đã sửa"), "Sửa", date(2026, 11, 27))
    wrong = second.replace("date: 2026-11-26", "date: 2026-12-24")
    assert codes(wrong) == ["statement-order", "statement-changed"]


@pytest.mark.parametrize(
    ("versions_", "code"),
    [
        pytest.param("", "statement-no-version", id="none"),
        pytest.param("versions: []\n", "statement-no-version", id="empty"),
        pytest.param("versions: tốt\n", "statement-no-version", id="no_list"),
        pytest.param(
            "versions:\n- {date: 2026-11-26, what: Đầu}\n", "statement-unsigned", id="by_hand"
        ),
    ],
)
def test_a_statement_needs_a_version(versions_: str, code: str) -> None:
    assert codes(TEXT.replace("owner: so\n", f"{versions_}owner: so\n")) == [code]


def test_other_kinds_need_none() -> None:
    assert codes(TEXT.replace("type: statement", "type: news")) == []


@pytest.mark.parametrize(
    ("prepared", "code"),
    [
        pytest.param(TEXT.replace("type: statement", "type: news"), "statement-not", id="news"),
        pytest.param(signed(), "statement-same", id="nothing_changed"),
        pytest.param(
            signed(today=date(2026, 11, 27)).replace("giữ nguyên", "đã sửa"),
            "statement-order",
            id="clock_behind",
        ),
    ],
)
def test_refusals(prepared: str, code: str) -> None:
    with pytest.raises(QuangbaError) as caught:
        new_version(read(prepared), FACTS, "Sửa", TODAY)
    assert caught.value.problem.code == code


FORMS = [
    pytest.param(
        "versions:\n", 'versions:\n  - date: D\n    what: "W"\n    digest: "X"\n', id="key"
    ),
    pytest.param(
        "versions: [] # chưa có\n",
        'versions: # chưa có\n  - date: D\n    what: "W"\n    digest: "X"\n',
        id="empty_list",
    ),
    pytest.param(
        "versions:\n- date: 2026-01-01 # một\n  what: a\n  digest: b # hai\n\n# ba\n",
        "versions:\n- date: 2026-01-01 # một\n  what: a\n  digest: b # hai\n"
        '- date: D\n  what: "W"\n  digest: "X"\n\n# ba\n',
        id="no_indent_and_comments",
    ),
    pytest.param(
        "versions:\n    - digest: b\n      date: 2026-01-01\n      what: |\n       x\n       y\n",
        "versions:\n    - digest: b\n      date: 2026-01-01\n      what: |\n       x\n       y\n"
        '    - date: D\n      what: "W"\n      digest: "X"\n',
        id="literal_at_the_end",
    ),
    pytest.param(
        "versions:\n  - what: >-\n      dài\n\n      hơn\n    date: 2026-01-01\n    digest:\n",
        "versions:\n  - what: >-\n      dài\n\n      hơn\n    date: 2026-01-01\n    digest:\n"
        '  - date: D\n    what: "W"\n    digest: "X"\n',
        id="nothing_at_the_end",
    ),
    pytest.param(
        "versions:\n  - {date: 2026-01-01, what: a}\n",
        'versions:\n  - {date: 2026-01-01, what: a}\n  - {date: D, what: "W", digest: "X"}\n',
        id="one_line_each",
    ),
    pytest.param(
        "versions: [{date: 2026-01-01, what: a}]  # hết\n",
        'versions: [{date: 2026-01-01, what: a}, {date: D, what: "W", digest: "X"}]  # hết\n',
        id="one_line_for_all",
    ),
    pytest.param(
        "versions: [\n  {date: 2026-01-01, what: a},\n]\n",
        'versions: [\n  {date: 2026-01-01, what: a}, {date: D, what: "W", digest: "X"}\n]\n',
        id="comma_at_the_end",
    ),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("before", "after"), FORMS)
@pytest.mark.parametrize("place", ["middle", "end"])
def test_only_the_version_is_added(
    before: str, after: str, mark: str, newline: str, place: str
) -> None:
    version = Version("2026-11-26", 'Sửa "chữ": một', "0123456789012345")
    after = after.replace("D", version.date).replace('"W"', '"Sửa \\"chữ\\": một"')
    after = after.replace("X", version.digest)
    old, new = (
        TEXT.replace("owner: so\n", f"{part}owner: so\n")
        if place == "middle"
        else TEXT.replace("owner: so\n", f"owner: so\n{part}")
        for part in (before, after)
    )
    made = add_version(mark + old.replace("\n", newline), version, "a.md")
    assert made == mark + new.replace("\n", newline)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Không có phần đầu.\n", id="no_front_matter"),
        pytest.param("---\nversions: tốt\n---\n", id="text"),
        pytest.param("---\nversions: {a: 1}\n---\n", id="mapping"),
        pytest.param("---\nversions: [\n---\n", id="open_list"),
        pytest.param("---\n- versions\n---\n", id="list"),
        pytest.param("---\na: 1\r\nb: 2\n---\n", id="mixed_line_ends"),
    ],
)
def test_what_it_cannot_add_to_is_refused(text: str) -> None:
    version = Version("2026-11-26", "Sửa", "0123456789012345")
    with pytest.raises(QuangbaError) as caught:
        add_version(text, version, "a.md")
    assert caught.value.problem.code == "statement-shape"


@given(st.text(max_size=80))
def test_any_words_can_be_written(what: str) -> None:
    text = signed(what=f"{what} x")
    assert codes(text) == []
    assert not read(text).problems


def test_a_version_says_what_is_new() -> None:
    with pytest.raises(QuangbaError):
        signed(what="\u200b \x7f")


def test_the_command(tmp_path: Path) -> None:
    files = {
        "content/press/a.md": TEXT,
        "content/index.md": "# Trang",
        "content/_data/facts.yml": "visits: {label: Khách, value: 21, kind: number, "
        "as_of: 2025, source: {title: Niên giám}}\n",
    }
    config = make_site(tmp_path, files)
    path = tmp_path / "content/press/a.md"
    arguments = ["content/press/a.md", "--what", "Công bố lần đầu"]
    result = CliRunner().invoke(statement, arguments, obj=str(config))
    assert result.exit_code == 0, result.output
    first = path.read_text(encoding="utf-8")
    assert versions(read(first).meta)[0].date == today().isoformat()
    again = CliRunner().invoke(statement, arguments, obj=str(config))
    assert isinstance(again.exception, QuangbaError)
    assert again.exception.problem.code == "statement-same"
    assert path.read_text(encoding="utf-8") == first
    path.write_text(first.replace("giữ nguyên", "đã sửa"), encoding="utf-8")
    result = CliRunner().invoke(statement, ["press/a.md", "--what", "Sửa"], obj=str(config))
    assert result.exit_code == 0, result.output
    assert [item.what for item in versions(read(path.read_text(encoding="utf-8")).meta)] == [
        "Công bố lần đầu",
        "Sửa",
    ]
    unknown = CliRunner().invoke(statement, ["press/b.md", "--what", "Sửa"], obj=str(config))
    assert isinstance(unknown.exception, QuangbaError)
    empty = CliRunner().invoke(statement, ["press/a.md", "--what", " "], obj=str(config))
    assert isinstance(empty.exception, QuangbaError)
