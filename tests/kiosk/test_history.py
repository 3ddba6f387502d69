"""The running report: what receipts and counts tell, and nothing that they do not."""

from __future__ import annotations

import itertools
import json
import os
import threading
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import sealed
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from served import beat, serving, write

from quangba.cli_kiosk_device import device
from quangba.errors import QuangbaError
from quangba.kiosk.collected import Collected, collect, read_receipt
from quangba.kiosk.counting import Day, Month
from quangba.kiosk.history import FEW, histories, ranges, shown_counts, spans
from quangba.kiosk.history_page import Running, data, html, plain
from quangba.kiosk.history_words import WORDS, Words
from quangba.kiosk.install import Wishes


def receipt(
    when: str,
    previous: int | None,
    shown: int | None,
    gate: str = "mong-cai",
    accepted: bool = True,
    **more: Any,
) -> dict[str, Any]:
    return {
        "format": 1,
        "gate": gate,
        "accepted": accepted,
        "file": "",
        "code": "kiosk-installed" if accepted else "kiosk-older",
        "vi": "Đã cài." if accepted else "Bản này cũ hơn.",
        "en": "Installed." if accepted else "It is older.",
        "serial": shown,
        "release": None,
        "previous": previous,
        "shown": shown,
        "when": when,
        "others": [],
        **more,
    }


def counts(month: str, gate: str = "mong-cai", **days: Day) -> Month:
    """Return the counts of a month; days are named ``d02``."""
    named = {f"{month}-{name[1:]}": day for name, day in days.items()}
    return Month(month, gate, named)


def a_day(
    alive: int = 1380, visits: int = 3, releases: tuple[int, ...] = (122,), **more: Any
) -> Day:
    return Day(Counter({"09": visits}), alive, list(releases), **more)


def put(folder: Path, *receipts: dict[str, Any], months: tuple[Month, ...] = ()) -> Path:
    """Write receipts and counts as a stick has them."""
    for number, told in enumerate(receipts, 1):
        name = f"{told['gate']}-{told['serial'] or 0}-{number}.json"
        write(folder, {name: json.dumps(told, ensure_ascii=False)})
    for month in months:
        write(folder, {f"counts-{month.gate}-{month.month}.jsonl": month.data()})
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gate over a month: two releases, a stick that was refused, five days without power."""
    days = {f"d{day:02}": a_day(releases=(121,) if day < 8 else (122,)) for day in range(1, 21)}
    days |= {
        f"d{day:02}": a_day(releases=(122,), trouble=Counter({"restart": 2}))
        for day in range(26, 29)
    }
    month = counts("2026-11", **days)
    month.languages.update({"zh": 40, "vi": 25, "ja": 4})
    month.pages.update({"": 60, "visit/": 41, "invest/": 2})
    return put(
        tmp_path / "receipts",
        receipt("2026-11-08T02:00:00Z", 121, 122),
        receipt("2026-11-29T02:00:00Z", 122, 122, accepted=False),
        months=(month,),
    )


def made(folder: Path, month: str | None = None, language: str = "en") -> Running:
    found = collect(folder)
    return Running(Words(language), found, histories(found, month), month)


def rows(report: Running, name: str) -> list[tuple[str, ...]]:
    (table,) = [table for table in report.tables() if table.name == name]
    return table.rows


# What is known


def test_what_was_on_the_screen_and_when(folder: Path) -> None:
    report = made(folder, "2026-11")
    assert rows(report, "releases") == [
        ("mong-cai", "121", "unknown", "2026-11-08 09:00", "2026-11-01 – 2026-11-07"),
        ("mong-cai", "122", "2026-11-08 09:00", "still shown", "2026-11-08 – 2026-11-28"),
    ]
    assert rows(report, "refusals") == [("mong-cai", "2026-11-29 09:00", "It is older.")]
    assert rows(report, "silence") == [
        ("mong-cai", "no heartbeat", "2026-11-21 – 2026-11-25", "5"),
        ("mong-cai", "no heartbeat", "2026-11-29", "1"),
        ("mong-cai", "no counts came back", "2026-11-30", "1"),
    ]
    assert rows(report, "overview") == [
        ("mong-cai", "122", "2026-11-08 09:00", "1", "1", "69", "529", "23", "6", "1")
    ]
    assert rows(report, "trouble") == [("mong-cai", "0", "6", "0", "0")]
    assert rows(report, "hours") == [("09:00", "69")]
    assert len(rows(report, "days")) == 29


def test_small_figures_are_put_together(folder: Path) -> None:
    report = made(folder, "2026-11")
    assert rows(report, "languages") == [
        ("mong-cai", "Chinese", "40"),
        ("mong-cai", "(small ones, together)", "29"),
    ]
    assert rows(report, "pages") == [
        ("mong-cai", "(the gate's home)", "60"),
        ("mong-cai", "(small ones, together)", "43"),
    ]


def test_hardly_anybody_came(tmp_path: Path) -> None:
    month = counts("2026-11", d02=a_day(visits=2))
    month.languages.update({"ja": 2})
    month.pages.update({"invest/": 9})
    report = made(put(tmp_path, months=(month,)))
    assert rows(report, "pages") == []
    assert rows(report, "languages") == [("mong-cai", "(small ones, together)", "fewer than 5")]
    told = json.loads(data(report))["gates"][0]
    assert told["pages"] == {}
    assert told["languages"] == {"…": None}
    for text in (plain(report), html(report), data(report)):
        assert "invest/" not in text
        assert '"ja"' not in text


@settings(deadline=None)
@given(st.dictionaries(st.text("abc…", min_size=1, max_size=3), st.integers(0, 30), max_size=8))
def test_no_small_figure_can_be_told(figures: dict[str, int]) -> None:
    shown = shown_counts(Counter(figures))
    named = {name: count for name, count in shown if name != "…"}
    assert all(count is not None and count >= FEW for count in named.values())
    assert all(figures[name] == count for name, count in named.items())
    rest = sum(figures.values()) - sum(count or 0 for count in named.values())
    if "…" in dict(shown):
        # What is left over is too much for one, or nothing else is told that it could be
        # subtracted from.
        assert rest >= FEW or not named
        assert dict(shown)["…"] == (rest if rest >= FEW else None)
    else:
        assert rest == 0


def test_the_same_on_several_sticks_counts_once(folder: Path, tmp_path: Path) -> None:
    earlier = counts("2026-11", d01=a_day(), d02=a_day())
    earlier.languages.update({"zh": 3})
    put(tmp_path / "receipts/a stick", receipt("2026-11-08T02:00:00Z", 121, 122), months=(earlier,))
    put(tmp_path / "receipts/z stick/receipts", months=(earlier,))
    once, again = made(folder, "2026-11"), made(tmp_path / "receipts", "2026-11")
    assert once.tables() == again.tables()


def test_a_receipt_that_is_missing_is_said(tmp_path: Path) -> None:
    report = made(
        put(
            tmp_path,
            receipt("2026-11-01T02:00:00Z", None, 120),
            receipt("2026-11-10T02:00:00Z", 121, 122),
            receipt("2026-11-12T02:00:00Z", 122, 122),
        )
    )
    assert [(row[1:4]) for row in rows(report, "releases")] == [
        ("120", "2026-11-01 09:00", "unknown (a receipt is missing)"),
        ("121", "unknown", "2026-11-10 09:00"),
        ("122", "2026-11-10 09:00", "still shown"),
    ]
    # No counts came back at all: nothing is known of the days.
    assert [row[1:] for row in rows(report, "silence")] == [
        ("no counts came back", "2026-11-01 – 2026-11-12", "12")
    ]


def test_a_release_that_only_the_device_counted(tmp_path: Path) -> None:
    report = made(put(tmp_path, months=(counts("2026-11", d05=a_day(releases=(77,))),)))
    assert rows(report, "releases") == [
        ("mong-cai", "77", "unknown (no receipt)", "unknown (no receipt)", "2026-11-05")
    ]


def test_a_month_knows_what_was_on_the_screen_before(tmp_path: Path) -> None:
    put(
        tmp_path,
        receipt("2026-09-01T02:00:00Z", None, 100),
        receipt("2026-10-15T02:00:00Z", 100, 110),
        receipt("2027-01-05T02:00:00Z", 110, 120),
    )
    for month, serials in {
        "2026-08": [],
        "2026-09": ["100"],
        "2026-10": ["100", "110"],
        "2026-12": ["110"],
        "2027-01": ["110", "120"],
        "2027-05": ["120"],
    }.items():
        report = made(tmp_path, month)
        assert [row[1] for row in rows(report, "releases")] == serials, month
        installed = {"2026-09": "1", "2026-10": "1", "2027-01": "1"}.get(month, "0")
        assert rows(report, "overview")[0][3] == installed


def test_several_gates_and_a_device_without_one(tmp_path: Path) -> None:
    put(tmp_path / "one", receipt("2026-11-01T02:00:00Z", None, 5, gate="tuan-chau"))
    put(tmp_path / "two", receipt("2026-11-01T02:00:00Z", None, None, gate="none", accepted=False))
    put(tmp_path / "three", months=(counts("2026-11", gate="mong-cai", d01=a_day()),))
    report = made(tmp_path)
    assert [gate.gate for gate in report.gates] == ["mong-cai", "none", "tuan-chau"]
    assert [row[0] for row in rows(report, "releases")] == ["mong-cai", "tuan-chau"]


def test_why_other_files_were_refused(tmp_path: Path) -> None:
    others = [{"file": "b.qbk", "code": "x", "vi": "Sai khóa.", "en": "An unknown key."}]
    report = made(put(tmp_path, receipt("2026-11-01T02:00:00Z", 1, 2, others=others)))
    assert rows(report, "refusals") == [("mong-cai", "2026-11-01 09:00", "An unknown key.")]
    assert rows(report, "overview")[0][3:5] == ("1", "1")


def test_days_with_a_clock_that_was_not_believed(tmp_path: Path) -> None:
    report = made(put(tmp_path, months=(counts("2026-11", d01=a_day(clock=False)),)))
    assert rows(report, "trouble") == [("mong-cai", "0", "0", "0", "1")]


# Bad input


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": 2},
        {"when": "hôm qua"},
        {"when": None},
        {"gate": "../x"},
        {"gate": 5},
        {"accepted": 1},
        {"vi": None},
        {"shown": "122"},
        {"shown": True},
        {"previous": -1},
        {"others": {}},
        {"others": ["x"]},
        {"others": [{}]},
    ],
    ids=str,
)
def test_a_receipt_that_is_wrong_is_said_and_passed_over(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    good = receipt("2026-11-01T02:00:00Z", 1, 2)
    put(tmp_path / "a", good)
    write(tmp_path, {"mong-cai-9-1.json": json.dumps({**good, **wrong})})
    found = collect(tmp_path)
    assert len(found.receipts) == 1
    assert [problem.code for problem in found.problems] == ["history-unread"]
    assert rows(made(tmp_path), "unread")[0][0] == "mong-cai-9-1.json"


def test_a_folder_with_anything_in_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "mong-cai-1-1.json": b"\xff\x00",
            "mong-cai-2-1.json": b"[" * 100_000,
            "mong-cai-3-1.json": b" " * (2 << 20),
            "counts-mong-cai-2026-13.jsonl": b"",
            "counts-mong-cai-2026-11.jsonl": b'{"kind": "day"}\n\x00\xff\n',
            "counts-mong-cai-2026-12.jsonl": b"x" * (2 << 20),
            "holiday.jpg": b"jpg",
            "notes.json": b"{}",
        },
    )
    (tmp_path / "mong-cai-4-1.json").mkdir()
    (tmp_path / "mong-cai-5-1.json").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = collect(tmp_path)
    assert found.receipts == []
    assert sorted(problem.file for problem in found.problems) == [
        "counts-mong-cai-2026-11.jsonl",
        "counts-mong-cai-2026-12.jsonl",
        "counts-mong-cai-2026-13.jsonl",
        "mong-cai-1-1.json",
        "mong-cai-2-1.json",
        "mong-cai-3-1.json",
    ]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"JSON|format"):
        read_receipt(body)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.none() | st.integers(1, 4), st.none() | st.integers(1, 4)),
        max_size=12,
    )
)
def test_the_course_of_a_screen_has_no_overlaps(course: list[tuple[int, Any, Any]]) -> None:
    receipts = [
        read_receipt(json.dumps(receipt(f"2026-11-26T10:{minute:02}:00Z", before, after)).encode())
        for minute, before, after in sorted(course, key=lambda step: step[0])
    ]
    found = spans(receipts, {})
    for span, following in itertools.pairwise(found):
        assert span.end is not None or span.lost
        if span.start and span.end:
            assert span.start <= span.end
        if span.end and following.start:
            assert span.end <= following.start
    assert {one.shown for one in receipts} - {None} <= {span.serial for span in found}


def test_ranges_of_days() -> None:
    assert ranges([]) == []
    assert ranges([date(2026, 12, 31), date(2027, 1, 1)]) == [
        (date(2026, 12, 31), date(2027, 1, 1))
    ]


# Forms


class Checker(HTMLParser):
    """Notes what a page asks for and whether it closes what it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.asked += [value for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_whole_and_needs_nothing_else(folder: Path, language: str) -> None:
    hostile = receipt(
        "2026-11-28T02:00:00Z", 122, 122, accepted=False,
        vi="<script>alert(1)</script>", en="<script>alert(1)</script>",
    )  # fmt: skip
    put(folder / "hostile", hostile)
    page = html(made(folder, "2026-11", language))
    checker = Checker()
    checker.feed(page)
    assert checker.open == []
    assert checker.asked == []
    assert "<script" not in page
    assert f'<html lang="{language}">' in page
    assert page == html(made(folder, "2026-11", language))
    assert ("11/2026" if language == "vi" else "2026-11") in page
    assert ("08/11/2026 09:00" if language == "vi" else "2026-11-08 09:00") in page


def test_all_words_are_there_in_both_languages() -> None:
    for vietnamese, english in WORDS.values():
        assert vietnamese
        assert english
    report = Running(Words("vi"), Collected(), [], None)
    assert [table.rows for table in report.tables()] == [[]] * len(report.tables())
    assert plain(report)


# The command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(device, ["history", *arguments], env={"QUANGBA_LANG": "en"})


def test_the_command(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "out.html"
    done = run(str(folder), "--month", "2026-11", "--html", str(target), "--lang", "vi")
    assert done.exit_code == 0
    assert "Móng" not in done.output
    assert "Nhật ký vận hành" in target.read_text(encoding="utf-8")
    done = run(str(folder), "--json")
    assert json.loads(done.stdout)["gates"][0]["visits"] == 69
    assert "69" in run(str(folder)).stdout
    (tmp_path / "empty").mkdir()
    assert "no receipts" in run(str(tmp_path / "empty")).stderr
    for arguments, code in (
        ([str(tmp_path / "none")], "history-folder"),
        ([str(folder), "--month", "2026-13"], "history-month"),
        ([str(folder), "--month", "November"], "history-month"),
    ):
        done = run(*arguments)
        assert isinstance(done.exception, QuangbaError)
        assert done.exception.problem.code == code


def test_sample_mode_is_said(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert run(str(folder)).stdout.splitlines()[2].startswith("SAMPLE")


# All together


@pytest.mark.skipif(os.name == "nt", reason="releases are switched by a link")
def test_from_the_stick_to_the_screen_to_the_report(tmp_path: Path) -> None:
    root = sealed.device(tmp_path / "device", 120)
    stick = tmp_path / "stick"
    sealed.put(stick, 121)
    over = threading.Event()
    with serving(root) as server:

        def page() -> None:
            """A page in the loop, that loads again when it is told to."""
            loaded = 120
            while not over.wait(0.05):
                answer = json.loads(beat(server, f"/r/{loaded}/").body)
                loaded = answer["release"] if answer["reload"] else loaded

        shown = threading.Thread(target=page)
        shown.start()
        while not (root / "run/beat.json").exists():
            over.wait(0.01)
        outcome = sealed.run(root, stick, wishes=Wishes())
        over.set()
        shown.join(20)
    assert outcome.accepted, outcome.problem
    assert (root / "current").readlink().as_posix() == "releases/121"
    report = made(stick / "receipts")
    assert [row[1] for row in rows(report, "releases")][-1] == "121"
    assert rows(report, "overview")[0][3:5] == ("1", "0")
    # The counts are on the stick after the next installation.
    sealed.run(root, stick)
    report = made(stick / "receipts")
    assert report.gates[0].seen[0].releases == [120, 121]
