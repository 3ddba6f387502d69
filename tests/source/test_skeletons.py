"""A new page of every kind: nothing in it is guessed, and what is not filled in is asked for."""

from __future__ import annotations

import re

import pytest

from quangba.source.gate import marks
from quangba.source.kinds import Checker, kinds
from quangba.source.pages import Page, parse_page
from quangba.source.skeletons import PLACEHOLDERS, new_page, skeleton


def parsed(text: str) -> Page:
    return parse_page(Page("a.md", "a.md", ""), text)


@pytest.mark.parametrize("kind", kinds())
def test_every_line_of_a_new_page_waits_for_a_person(kind: str) -> None:
    page = parsed(new_page('Tên "A"', kind, "so-van-hoa", "2026-11-26"))
    assert page.problems == []
    problems = Checker(["a.md"]).problems(page)
    assert {problem.code for problem in problems} <= {"front-matter-value"}
    asked = {page.text.split("\n")[problem.line - 1] for problem in problems}
    claims_nothing = "communes: []"
    assert asked == set(skeleton(kind)) - {claims_nothing}


@pytest.mark.parametrize("kind", kinds())
def test_a_new_page_states_no_value(kind: str) -> None:
    for line in skeleton(kind):
        value = line.partition(": ")[2].partition(" # ")[0]
        assert not re.sub(r'\w+: |""|[][{}, ]', "", value), line


def test_values_to_choose_from_stand_behind_also_in_a_group() -> None:
    assert skeleton("event")[:2] == [
        'when: {calendar: "", month: "", day: ""} # lunar, solar',
        'status: "" # confirmed, usual, unconfirmed',
    ]


def test_what_a_new_page_says_to_its_author_is_a_mark_of_a_draft() -> None:
    page = parsed(new_page("Tên", "article", "so-van-hoa", "2026-11-26"))
    found = [(problem.code, problem.line) for problem in marks(page)]
    assert found == [("gate-draft", line) for line in (3, 5, 10, 12, 12)]
    assert dict(marks(page)[0].values)["mark"] == PLACEHOLDERS["description"]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        pytest.param("Vé. Viết câu ngắn, mỗi câu một ý,\nnêu rõ chủ thể.", 1, id="wrapped"),
        pytest.param("Số liệu viết bằng tên trong facts.yml.", 1, id="one-sentence"),
        pytest.param("### Mục đầu tiên của hội", 0, id="another-heading"),
        pytest.param("Mục đầu tiên là lễ rước.", 0, id="running-text"),
        pytest.param("Viết câu ngắn.", 0, id="part"),
    ],
)
def test_only_sentences_of_the_template_count(body: str, count: int) -> None:
    assert len(marks(parsed(f"---\ntitle: A\n---\n{body}\n"))) == count
