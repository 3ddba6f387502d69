"""Pages of events, news and statements, as they are built, and past days in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page
from small import new_site

from quangba.source.facts import Facts
from quangba.source.pages import Page as SourcePage
from quangba.source.pages import parse_page
from quangba.source.statements import add_version, new_version
from support import build, open_workspace

HEAD = "owner: so-du-lich\nclassification: public\nreviewed_on: 2026-11-26\npublish: machine\n"
SOURCE = "{title: Kế hoạch <b>số 1</b> & khác, publisher: Sở, date: 2026-01-02}"

EVENT = f"""---
title: Hội <i>xuân</i>
description: Hội lớn.
type: event
{HEAD}when:
  dates:
    - {{start: 2020-02-01, end: 2020-02-03}}
    - {{start: 2098-02-01, end: 2098-02-03, source: {SOURCE}}}
status: unconfirmed
source: {{title: Báo, publisher: Nhà báo, seen: 2026-11-22, lang: en}}
---

Một đoạn văn.
"""

RULE = f"""---
title: Hội mùa
type: event
{HEAD}when: {{calendar: lunar, month: 1, day: 10, end_month: 3}}
about: true
status: usual
source: {SOURCE}
---
"""

HUB = f"""---
title: Sự kiện
description: Mọi sự kiện.
type: hub
{HEAD}shelves: [{{title: Sắp tới, kind: event}}]
---
"""

NEWS = f"""---
title: Tin mới
description: Có gì mới.
type: news
{HEAD}date: 2026-11-21
source: {SOURCE}
---

Một đoạn văn.
"""

STATEMENT = f"""---
title: Không có dịch
description: Tin đồn sai.
type: statement
{HEAD}date: 2026-11-20
claim: Có dịch & <b>đóng cửa</b>.
truth: Không có dịch.
sources: [{SOURCE}]
---

Chi tiết.
"""


def versioned(text: str, what: str) -> str:
    page = parse_page(SourcePage("press/a.md", "content/press/a.md", ""), text)
    version = new_version(page, Facts(""), what, datetime(2026, 11, 26).date())
    return add_version(text, version, page.file)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    statement = versioned(STATEMENT, "Công bố <b>lần đầu</b>")
    statement = versioned(statement.replace("Chi tiết.", "Chi tiết mới."), "Thêm chi tiết")
    config = new_site(
        tmp_path_factory.mktemp("events"),
        {
            "content/index.md": "---\ntitle: Trang\n---\nChữ.\n",
            "content/_data/units.yml": "so-du-lich: {name: Sở Du lịch}\n",
            "content/events/index.md": HUB,
            "content/events/xuan.md": EVENT,
            "content/events/mua.md": RULE,
            "content/news/a.md": NEWS,
            "content/press/a.md": statement,
        },
        languages=("vi", "en"),
        quangba={"gate": False, "sample": True},
    )
    assert open_workspace(config).page("press/a.md").problems == []
    return build(config)


def html(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_the_page_of_an_event(site: Path) -> None:
    text = html(site, "events/xuan")
    assert "<i>xuân</i>" not in text
    assert 'href="../xuan.ics"' in text
    assert '<li class="dates__day past" data-end="2020-02-03">' in text
    assert '<li class="dates__day" data-end="2098-02-03">' in text
    assert '<time datetime="2098-02-01">1–3 tháng 2 năm 2098</time>' in text
    assert "Kế hoạch &lt;b&gt;số 1&lt;/b&gt; &amp; khác" in text
    assert "22 tháng 11 năm 2026" in text
    assert Calendar.from_ical((site / "events/xuan.ics").read_bytes()).walk("VEVENT")


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        pytest.param("", "từ ngày 10 tháng Giêng đến hết tháng Ba âm lịch", id="vi"),
        pytest.param("en/", "10th day of the first lunar month to the end of the third", id="en"),
    ],
)
def test_a_lunar_date_is_said_in_words(site: Path, folder: str, words: str) -> None:
    for path in ("events/mua", "events"):
        assert words in html(site, folder + path)


def test_the_list_of_events(site: Path) -> None:
    text = html(site, "events")
    # What comes next stands first; the one of 2098 only with the day that is still to come.
    assert text.index("Hội mùa") < text.index("Hội &lt;i&gt;xuân")
    assert "2020" not in text.partition("<main")[2].partition("</main")[0]
    assert 'href="events.ics"' in text


def test_news(site: Path) -> None:
    text = html(site, "news/a")
    assert '<time datetime="2026-11-21">21 tháng 11 năm 2026</time>' in text
    assert "Kế hoạch &lt;b&gt;" in text


def test_a_statement_shows_all_its_versions(site: Path) -> None:
    text = html(site, "press/a")
    assert "<blockquote>Có dịch &amp; &lt;b&gt;đóng cửa&lt;/b&gt;.</blockquote>" in text
    assert text.index("Thêm chi tiết") < text.index("Công bố &lt;b&gt;lần đầu")
    assert 'href="#qb-history"' in text
    assert text.count('<time datetime="2026-11-26">26 tháng 11 năm 2026</time>') == 2


def test_events_js_is_small_and_asks_for_nothing() -> None:
    path = Path(__file__).parents[2] / "overrides/portal/assets/javascripts/events.js"
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) <= 2048
    assert not any(word in text for word in ("fetch", "XMLHttpRequest", "import", "innerHTML"))


# In a browser


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    # The visitor is far from Việt Nam: half a day behind it.
    context = browser.new_context(timezone_id="America/New_York")
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_days_pass_by_the_visitors_clock(site: Path, tab: Page) -> None:
    address = (site / "events/xuan/index.html").as_uri()
    found = []
    for moment in ("2098-02-03T16:59:00Z", "2098-02-03T17:01:00Z"):
        tab.clock.set_fixed_time(moment)
        tab.goto(address)
        found.append(tab.locator(".dates__day.past").count())
    assert found == [1, 2]
    assert tab.locator(".dates__over[hidden]").count() == 0
    tab.goto((site / "events/index.html").as_uri())
    assert tab.locator(".event.past").count() == 2
