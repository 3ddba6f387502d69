"""A new page of every kind: what is in it is allowed, what is not filled in is asked for."""

from __future__ import annotations

import pytest

from quangba.source.kinds import Checker, kinds
from quangba.source.pages import Page, parse_page
from quangba.source.skeletons import skeleton


@pytest.mark.parametrize("kind", kinds())
def test_only_what_nobody_can_guess_is_wrong_in_a_new_page(kind: str) -> None:
    lines = ["---", 'title: "Tên"', f"type: {kind}", *skeleton(kind, "2026-11-26"), "---", ""]
    page = parse_page(Page("a.md", "a.md", ""), "\n".join(lines))
    assert page.problems == []
    problems = Checker(["a.md"]).problems(page)
    wrong = {problem.code for problem in problems}
    assert wrong <= {"front-matter-value", "kind-page"}
    asked = {page.text.split("\n")[problem.line - 1].split(":")[0] for problem in problems}
    guessed = {"sector", "status", "as_of", "date", "days", "area", "communes", "features"}
    assert not asked & guessed, problems
