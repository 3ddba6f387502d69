"""Counting: how much a screen is used, and nothing about anybody."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bench import Bench, visit
from hypothesis import given, settings
from hypothesis import strategies as st
from served import CREATED, FakeClock, device

from quangba.kiosk.counting import PAGES, Counts, read_month

pytestmark = pytest.mark.skipif(os.name == "nt", reason="releases are switched by a link")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(device(tmp_path / "root", 1, 2))


def test_what_is_counted(bench: Bench) -> None:
    visit(bench, "ja", "ja/", "ja/visit/")
    visit(bench, "zh-Hans", "visit/", "visit/index.html", "index.html")
    bench.clock.pass_by(3600)
    visit(bench, "ja", "ja/visit/", "nothing/", "assets/kiosk.css", "_gates/mong-cai/index.html")
    bench.agent.close()
    month = bench.month()
    assert month.gate == "mong-cai"
    assert month.languages == {"ja": 2, "zh": 1}
    assert month.pages == {"": 2, "visit/": 3}
    day = month.days["2026-11-27"]
    # 10:00 UTC is 17:00 in Viet Nam.
    assert day.hours == {"17": 2, "18": 1}
    assert day.releases == [2]
    assert day.clock is True
    assert 3 <= day.alive <= 6


def test_nothing_that_is_kept_tells_one_visitor_from_another(bench: Bench) -> None:
    visit(bench, "ja", "ja/", "ja/visit/")
    visit(bench, "zh", "visit/", "")
    bench.agent.close()
    kept = (bench.root / "counts/2026-11.jsonl").read_text()
    for line in map(json.loads, kept.splitlines()):
        # A page or a language never stands beside a day or an hour.
        assert len({"day", "language", "page"} & line.keys()) <= 1
        assert not {"at", "time", "session", "id", "touched", "size"} & line.keys()
    assert not re.search(r"\d\d:\d\d", kept)
    # The order of lines does not tell the order of visits.
    assert kept.index('"ja"') < kept.index('"zh"')
    assert (bench.root / "counts").is_dir()
    assert {path.name for path in (bench.root / "counts").iterdir()} == {
        "2026-11.jsonl",
        "last-time.json",
    }


def test_a_visit_that_the_agent_did_not_see_begin_is_none(bench: Bench) -> None:
    bench.stay(60, page="ja/visit/", release=2, touched=1)
    bench.agent.close()
    assert not bench.month().languages


def test_a_visit_ends_when_the_page_falls_silent(bench: Bench) -> None:
    bench.stay(10, state="attract", page="attract/", release=2)
    bench.stay(20, page="ja/", release=2, touched=1)
    bench.silence(70)
    bench.agent.save(bench.clock.now)
    assert bench.month().languages == {"ja": 1}


def test_counts_go_on_after_a_restart_and_are_written_rarely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = device(tmp_path / "root", 1, 2)
    first = Bench(root)
    saves = []
    save = Counts.save
    monkeypatch.setattr(Counts, "save", lambda self: (saves.append(self.dirty), save(self)))
    for _ in range(30):
        visit(first, "ja", "ja/")
    assert sum(saves) <= 2
    first.agent.close()
    second = Bench(root, clock=first.clock)
    visit(second, "ja", "ja/")
    second.agent.close()
    assert second.month().languages == {"ja": 31}


def test_a_month_ends_in_viet_nam(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 30, 16, 58, tzinfo=UTC))
    bench = Bench(device(tmp_path / "root", 1, 2), clock=clock)
    visit(bench, "ja", "ja/")
    bench.clock.pass_by(300)
    visit(bench, "vi", "visit/")
    bench.agent.close()
    assert bench.month("2026-11").languages == {"ja": 1}
    assert bench.month("2026-12").languages == {"vi": 1}
    assert bench.month("2026-12").days.keys() == {"2026-12-01"}


def test_a_day_with_a_clock_that_is_not_believed_says_so(tmp_path: Path) -> None:
    for wall in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)):
        root = device(tmp_path / f"root-{wall.year}", 1, 2)
        bench = Bench(root, clock=FakeClock(wall))
        visit(bench, "ja", "ja/")
        bench.agent.close()
        day = bench.month().days["2026-11-26"]
        assert day.clock is False
        assert sum(day.hours.values()) == 1


def test_counts_are_capped(tmp_path: Path) -> None:
    counts = Counts(tmp_path, "mong-cai")
    counts.begin(CREATED, "ja")
    for number in range(PAGES + 50):
        counts.see(CREATED, "ja", f"page-{number}/", use=True)
    counts.end()
    counts.save()
    month = read_month((tmp_path / "2026-11.jsonl").read_bytes(), "2026-11")
    assert len(month.pages) == PAGES + 1
    assert month.pages["…"] == 50
    for number in range(60):
        counts.alive(CREATED + timedelta(days=31 * number), 1, 1, clock=True)
        counts.save()
    assert len(list(tmp_path.glob("*.jsonl"))) == 36


@settings(deadline=None)
@given(
    st.lists(
        st.binary(max_size=80)
        | st.sampled_from(
            [
                b'{"kind": "day", "day": "2026-11-02", "hours": {"09": 1}, "alive": 5,'
                b' "releases": [1], "trouble": {}, "clock": true}',
                b'{"kind": "day", "day": "2026-10-02", "hours": {}, "alive": 5, "releases": []}',
                b'{"kind": "day", "day": "2026-11-02", "hours": {"24": 1}, "alive": -5}',
                b'{"kind": "language", "language": "ja", "sessions": true}',
                b'{"kind": "page", "page": null, "opened": 1e9}',
            ]
        ),
        max_size=12,
    )
)
def test_damaged_counts_break_nothing(lines: list[bytes]) -> None:
    month = read_month(b"\n".join(lines), "2026-11")
    assert read_month(month.data(), "2026-11").data() == month.data()
