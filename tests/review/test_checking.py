"""The framework of checks: others may bring theirs, and one that fails silences no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from catalog_site import Site

from quangba.errors import Severity
from quangba.messages import MESSAGES
from quangba.review import checking
from quangba.review.checking import Check, Checker, Finding, Values, all_checks, check
from quangba.review.entry import Entry

SOURCE = "Giá vé là 50.000 đồng."


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path, "en")
    site.page("ve.md", SOURCE)
    site.sync()
    site.translate("ve.md", lambda text: "The ticket costs 60,000 dong.", review=False)
    return site


def found(site: Site) -> list[Finding]:
    return list(Checker(site.workspace()).catalog(site.language("en"), "ve.md"))


class Point:
    """An entry point of another package."""

    def __init__(self, made: object) -> None:
        self.made = made

    def load(self) -> object:
        return self.made


def with_check(monkeypatch: pytest.MonkeyPatch, made: Check) -> None:
    monkeypatch.setattr(checking, "entry_points", lambda group: [Point(made), Point("no check")])
    all_checks.cache_clear()


@pytest.fixture(autouse=True)
def only_ours_again() -> Iterator[None]:
    yield
    all_checks.cache_clear()
    for code in ("check-ours", "check-broken"):
        MESSAGES.pop(code, None)


def test_another_package_brings_a_check(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    @check(Severity.WARNING, "có chữ {file} {code}. Hãy xem.", "it says {file} {code}. Look.")
    def ours(entry: Entry) -> Iterator[Values]:
        # Names that a problem has itself are a check's to use.
        yield {"file": "dong", "code": entry.language}

    with_check(monkeypatch, ours)
    finding = next(each for each in found(site) if each.check == "ours")
    assert finding.severity is Severity.WARNING
    assert finding.problem.text("en").endswith(": it says dong en. Look.")


def test_a_check_that_fails_silences_no_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [each.check for each in found(site) if each.severity is Severity.ERROR]
    assert before

    @check(Severity.ERROR, "không bao giờ. Bỏ.", "never said. Drop it.")
    def broken(entry: Entry) -> Iterator[Values]:
        raise RuntimeError("oh")
        yield {}

    with_check(monkeypatch, broken)
    after = found(site)
    assert [each.check for each in after if each.severity is Severity.ERROR] == before
    failed = next(each for each in after if each.check == "broken")
    assert failed.problem.code == "review-failed"
    assert "oh" in failed.problem.text("vi")


def test_the_worst_comes_first(site: Site) -> None:
    severities = [each.severity for each in found(site)]
    assert severities == sorted(severities, reverse=True)


def test_every_check_has_whole_sentences_in_both_languages() -> None:
    for each in all_checks().values():
        severity, vietnamese, english = MESSAGES[each.code]
        assert severity == each.severity.name
        assert vietnamese != english
        assert "%" not in english, "gettext would format it"
