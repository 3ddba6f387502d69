from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fake_outputs import output, rendered
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from quangba.errors import QuangbaError
from quangba.site.calendars import calendar_path, clean, write_calendars
from quangba.site.outputs import Output, Rendered

SOURCE = {"title": "Hội xuân Yên Tử", "publisher": "VietNamNet", "date": "2018-02"}
LUNAR = {"calendar": "lunar", "month": 1, "day": 10, "end_month": 3, "end_day": 30}


def festival(name: str = "visit/events/yen-tu.md", **meta: Any) -> Rendered:
    given = {"when": LUNAR, "status": "usual", "source": SOURCE, "description": "Hội lớn."}
    return rendered(name, "event", "Hội xuân Yên Tử", **{**given, **meta})


def read(made: Output, path: str) -> Component:
    return Calendar.from_ical(made.path(path).read_bytes())


def entries(made: Output, path: str) -> list[Component]:
    return read(made, path).walk("VEVENT")


def test_an_event(tmp_path: Path) -> None:
    place = rendered("visit/yen-tu.md", "place", "Yên Tử")
    made = output(tmp_path, festival(place="visit/yen-tu.md", communes=["phường Yên Tử"]), place)
    made.context.changed["visit/events/yen-tu.md"] = "2026-11-25"  # type: ignore[attr-defined]
    write_calendars(made)
    calendar = read(made, "events/yen-tu.ics")
    assert str(calendar["X-WR-CALNAME"]) == "Hội xuân Yên Tử"
    assert str(calendar["X-WR-CALDESC"]) == "Sample edition: not an official publication"
    first, second = calendar.walk("VEVENT")
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (date(2026, 2, 26), date(2026, 5, 17))
    assert second["DTSTART"].dt == date(2027, 2, 15)
    assert str(first["UID"]) == "visit/events/yen-tu/2026@quangninh.example"
    assert str(first["URL"]) == "https://quangninh.example/visit/events/yen-tu/"
    assert str(first["LOCATION"]) == "Yên Tử, phường Yên Tử, Quảng Ninh"
    assert str(first["STATUS"]) == "CONFIRMED"
    assert first["SUMMARY"].params["LANGUAGE"] == "vi"
    assert str(first["DESCRIPTION"]).split("\n") == [
        "Hội lớn.",
        "từ ngày 10 tháng Giêng đến hết tháng Ba âm lịch",
        "Source: Hội xuân Yên Tử, VietNamNet, tháng 2 năm 2018",
        "Sample edition: not an official publication",
        "https://quangninh.example/visit/events/yen-tu/",
    ]
    raw = made.path("events/yen-tu.ics").read_bytes()
    assert b"DTSTART;VALUE=DATE:20260226\r\n" in raw
    assert b"DTSTAMP:20261125T000000Z\r\n" in raw


def test_an_official_calendar_is_no_sample(tmp_path: Path) -> None:
    made = output(tmp_path, festival(), sample=False)
    write_calendars(made)
    raw = made.path("events/events.ics").read_bytes()
    assert b"Sample" not in raw
    assert b"CALDESC" not in raw


@pytest.mark.parametrize(
    ("more", "status", "note"),
    [
        pytest.param({}, "CONFIRMED", None, id="usual"),
        pytest.param({"about": True}, "TENTATIVE", "Held around these days.", id="around"),
        pytest.param(
            {"status": "unconfirmed"},
            "TENTATIVE",
            "These days have not been confirmed.",
            id="unconfirmed",
        ),
        pytest.param(
            {
                "status": "unconfirmed",
                "about": True,
                "editions": [{"start": "2026-02-26", "source": {"title": "Kế hoạch 12"}}],
            },
            "CONFIRMED",
            "Source: Kế hoạch 12",
            id="announced",
        ),
    ],
)
def test_how_sure_a_day_is(
    tmp_path: Path, more: dict[str, Any], status: str, note: str | None
) -> None:
    made = output(tmp_path, festival(**more))
    write_calendars(made)
    first = entries(made, "events/yen-tu.ics")[0]
    assert str(first["STATUS"]) == status
    assert note is None or note in str(first["DESCRIPTION"]).split("\n")


@pytest.mark.parametrize("code", ["vi", "en", "zh", "ja", "ko", "fr"])
def test_all_events_of_a_language(tmp_path: Path, code: str) -> None:
    title = {"zh": "安子春季庙会", "ja": "イエントゥ春祭り", "ko": "옌뜨 봄축제"}.get(
        code, "Yên Tử"
    )
    long = rendered(
        "events/a.md", "event", title * 30, when=LUNAR, status="usual", description=title * 60
    )
    made = output(tmp_path, long, festival("events/b.md"), code=code, texts={"Events": title})
    write_calendars(made)
    folder = "" if code == "vi" else f"{code}/"
    raw = (tmp_path / folder / "events/events.ics").read_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0
    for line in raw.split(b"\r\n"):
        line.decode("utf-8")  # no character is cut in two
    calendar = Calendar.from_ical(raw)
    assert str(calendar["X-WR-CALNAME"]) == f"{title} – Quảng Ninh"
    found = calendar.walk("VEVENT")
    assert [entry["DTSTART"].dt.year for entry in found] == [2026, 2026, 2027, 2027]
    assert str(found[0]["SUMMARY"]) == title * 30
    assert len({str(entry["UID"]) for entry in found}) == 4


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    pages = [festival("events/b.md"), festival("events/a.md")]
    one, two = output(tmp_path / "1", *pages), output(tmp_path / "2", *pages)
    write_calendars(one)
    write_calendars(two)
    for name in ("a", "b", "events"):
        path = f"events/{name}.ics"
        assert one.path(path).read_bytes() == two.path(path).read_bytes()


def test_names_of_entries_are_the_same_in_all_languages(tmp_path: Path) -> None:
    names = []
    for code in ("vi", "ja"):
        made = output(tmp_path, festival(), code=code)
        write_calendars(made)
        names.append([str(entry["UID"]) for entry in entries(made, "events/yen-tu.ics")])
    assert names[0] == names[1]


def test_without_dated_events_there_is_no_calendar(tmp_path: Path) -> None:
    write_calendars(output(tmp_path, rendered("a.md", "place", "A"), festival(when={"dates": []})))
    assert not list(tmp_path.rglob("*.ics"))


@pytest.mark.parametrize("name", ["visit/yen-tu.md", "events/events.md"])
def test_two_events_do_not_share_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuangbaError) as caught:
        write_calendars(output(tmp_path, festival("events/yen-tu.md"), festival(name)))
    assert caught.value.problem.code == "kind-twin"


def test_front_matter_that_no_gate_has_seen_does_not_stop_it(tmp_path: Path) -> None:
    odd = festival(communes=3, place=[], source="a", reviewed_on="gần đây", editions={}, id=7)
    made = output(tmp_path, odd)
    write_calendars(made)
    assert b"DTSTAMP:20261126T000000Z" in made.path("events/7.ics").read_bytes()


def test_an_id_names_the_file() -> None:
    assert calendar_path("events/yen-tu.md", {"id": "hoi-xuan"}) == "events/hoi-xuan.ics"


@given(st.text(max_size=120))
def test_no_text_can_add_a_line_of_its_own(tmp_path_factory: Any, text: str) -> None:
    made = output(
        tmp_path_factory.mktemp("ics"),
        festival(description=f"{text}\rEND:VEVENT\nBEGIN:VALARM\r\nX: {text}"),
    )
    write_calendars(made)
    raw = made.path("events/yen-tu.ics").read_bytes()
    unfolded = raw.replace(b"\r\n ", b"")
    assert unfolded.count(b"\r") == unfolded.count(b"\n") == unfolded.count(b"\r\n")
    assert unfolded.count(b"\r\nEND:VEVENT") == 2
    assert b"\r\nBEGIN:VALARM" not in unfolded


def test_what_a_calendar_may_not_hold_is_left_out() -> None:
    assert clean(" a\x00b\u2028c\nd\re ") == "abc\nd e"


def test_a_title_of_two_lines_is_one_line(tmp_path: Path) -> None:
    title = 'Hội; "A",\n  =1+1'
    made = output(tmp_path, Rendered("events/a.md", "", "event", title, "", {"when": LUNAR}, ""))
    write_calendars(made)
    assert str(entries(made, "events/a.ics")[0]["SUMMARY"]) == 'Hội; "A", =1+1'
    raw = made.path("events/a.ics").read_text(encoding="utf-8")
    assert 'NAME;LANGUAGE=vi:Hội\\; "A"\\, =1+1' in raw  # RFC 7986: a text, escaped


def test_a_site_without_an_address_gives_none(tmp_path: Path) -> None:
    made = output(tmp_path, festival("events/a.md"))
    made.context.config.site_url = ""
    write_calendars(made)
    found = entries(made, "events/a.ics")[0]
    assert "URL" not in found
    assert "/events/a" not in found["DESCRIPTION"]
