from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fake_outputs import output, rendered
from hypothesis import given
from hypothesis import strategies as st

from quangba.site.feeds import FEEDS, MOST, clean, write_feeds
from quangba.site.outputs import Output, Rendered

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00\+07:00")
SAMPLE = "Sample edition: not an official publication"


def news(name: str, date: str, **meta: Any) -> Rendered:
    return rendered(name, "news", f"Tin {name}", date=date, description="Có gì mới.", **meta)


def read(made: Output, kind: str = "news") -> ElementTree.Element:
    write_feeds(made)
    return ElementTree.fromstring(made.path(FEEDS[kind]).read_bytes())


def text(element: ElementTree.Element, name: str) -> str:
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, name
    return found[0].text or ""


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def check(feed: ElementTree.Element) -> list[ElementTree.Element]:
    """Check what RFC 4287 §4.1 demands; return the entries."""
    assert feed.tag == f"{ATOM}feed"
    assert text(feed, "id").startswith("https://")
    assert text(feed, "title")
    assert MOMENT.fullmatch(text(feed, "updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert links(feed).keys() == {"self", "alternate"}
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        assert text(entry, "id") == links(entry)["alternate"]
        assert text(entry, "title")
        assert text(entry, "summary")
        assert MOMENT.fullmatch(text(entry, "published"))
        assert text(entry, "published") <= text(entry, "updated") <= text(feed, "updated")
    assert len({text(entry, "id") for entry in entries}) == len(entries)
    return entries


def test_news(tmp_path: Path) -> None:
    hub = rendered("news/index.md", "hub", "Tin tức", shelves=[{"kind": "news"}])
    made = output(
        tmp_path, news("news/a.md", "2026-11-02"), news("news/b.md", "2026-11-20"), hub, code="ja"
    )
    feed = read(made)
    entries = check(feed)
    assert [text(entry, "title") for entry in entries] == ["Tin news/b.md", "Tin news/a.md"]
    assert feed.attrib[LANG] == "ja"
    assert text(feed, "title") == "News – Quảng Ninh (sample edition)"
    assert text(feed, "subtitle") == SAMPLE
    assert text(feed, "rights") == "CC BY 4.0"
    assert text(feed, "updated") == "2026-11-20T00:00:00+07:00"
    assert links(feed) == {
        "self": "https://quangninh.example/ja/feeds/news.atom",
        "alternate": "https://quangninh.example/ja/news/",
    }
    assert text(entries[0], "id") == "https://quangninh.example/ja/news/b/"
    assert text(entries[0], "summary") == "Có gì mới."


def test_an_official_feed_is_no_sample(tmp_path: Path) -> None:
    write_feeds(output(tmp_path, news("a.md", "2026-11-02"), sample=False))
    for path in FEEDS.values():
        assert "sample edition" not in (tmp_path / path).read_text(encoding="utf-8").lower()


def test_a_statement_has_the_date_of_its_last_version(tmp_path: Path) -> None:
    versions = [{"date": "2026-11-02", "what": "Đầu"}, {"date": "2026-11-10", "what": "Sửa"}]
    page = rendered(
        "press/a.md",
        "statement",
        "Không có dịch",
        date="2026-11-02",
        claim="Có dịch.",
        truth="Không có dịch.",
        versions=versions,
    )
    (entry,) = check(read(output(tmp_path, page), "statement"))
    assert text(entry, "published") == "2026-11-02T00:00:00+07:00"
    assert text(entry, "updated") == "2026-11-10T00:00:00+07:00"
    assert text(entry, "summary") == "Có dịch.\nKhông có dịch."


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        pytest.param("2025", "2025-01-01", id="year"),
        pytest.param("2025-06", "2025-06-01", id="month"),
        pytest.param("2025-06-07", "2025-06-07", id="day"),
        pytest.param(None, "2026-11-25", id="approval"),
    ],
)
def test_a_project(tmp_path: Path, as_of: str | None, day: str) -> None:
    page = rendered("invest/projects/a.md", "project", "Cảng", sector="energy", as_of=as_of)
    made = output(tmp_path, page, texts={"Energy": "Năng lượng"})
    made.context.changed[page.name] = "2026-11-25"  # type: ignore[attr-defined]
    (entry,) = check(read(made, "project"))
    assert text(entry, "updated") == f"{day}T00:00:00+07:00"
    categories = [item.attrib for item in entry.findall(f"{ATOM}category")]
    assert {"term": "energy", "label": "Năng lượng"} in categories
    assert text(entry, "summary") == "Cảng"


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        pytest.param({"news/index.md": "2026-11-24"}, "2026-11-24", id="approved"),
        pytest.param({}, "2026-11-20", id="reviewed"),
    ],
)
def test_an_empty_feed_has_the_date_of_its_list(
    tmp_path: Path, changed: dict[str, str], day: str
) -> None:
    hubs = [
        rendered("index.md", "hub", "Mọi thứ", shelves=[{"kind": "news"}, {"kind": "event"}]),
        rendered("news/index.md", "hub", "Tin tức", shelves=[{"kind": "news"}]),
    ]
    made = output(tmp_path, *hubs)
    made.context.changed.update(changed)  # type: ignore[attr-defined]
    feed = read(made)
    assert check(feed) == []
    assert text(feed, "updated") == f"{day}T00:00:00+07:00"
    assert links(feed)["alternate"] == "https://quangninh.example/news/"


def test_the_newest_are_kept(tmp_path: Path) -> None:
    pages = [news(f"news/{i:03}.md", f"2026-{i % 12 + 1:02}-01") for i in range(MOST + 9)]
    entries = check(read(output(tmp_path, *pages)))
    assert len(entries) == MOST
    dates = [text(entry, "published") for entry in entries]
    assert dates == sorted(dates, reverse=True)


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    pages = [news("news/a.md", "2026-11-02"), news("news/b.md", "2026-11-02")]
    one, two = output(tmp_path / "1", *pages), output(tmp_path / "2", *reversed(pages))
    write_feeds(one)
    write_feeds(two)
    assert one.path(FEEDS["news"]).read_bytes() == two.path(FEEDS["news"]).read_bytes()


@given(st.text(max_size=200))
def test_any_text_makes_a_feed_that_can_be_read(tmp_path_factory: Any, title: str) -> None:
    made = output(
        tmp_path_factory.mktemp("atom"),
        rendered("a.md", "news", f"A{title}", date="2026-11-02", description=f"{title}]]><b>"),
    )
    (entry,) = check(read(made))
    assert text(entry, "title").split() == clean(f"A{title}").split()


def test_front_matter_that_no_gate_has_seen_does_not_stop_it(tmp_path: Path) -> None:
    hub = rendered("news/index.md", "hub", "Tin", shelves=3)
    odd = rendered("press/a.md", "statement", "Tin", date="mai", versions=3, claim=["a"])
    (entry,) = check(read(output(tmp_path, hub, odd), "statement"))
    assert text(entry, "updated") == "2026-11-20T00:00:00+07:00"


def test_the_list_of_projects_is_where_readers_go(tmp_path: Path) -> None:
    made = output(tmp_path, rendered("invest/projects/index.md", "projects", "Dự án"))
    assert links(read(made, "project"))["alternate"].endswith("/invest/projects/")


def test_what_xml_may_not_hold_is_left_out() -> None:
    assert clean("a\x00\ud800\uffff\x0bb\n") == "ab"
