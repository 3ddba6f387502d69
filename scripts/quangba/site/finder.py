"""
The project finder: what the table of projects shows, and what a browser filters and sorts by.

The page is whole without JavaScript. Each row carries raw numbers, so that the script compares
numbers and never texts. Amounts are shown in the currency of the source; another currency appears
only with a dated rate in ``content/_data/rates.yml``. Issue 5 §2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import floor, log10
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from quangba.errors import Problem, QuangbaError
from quangba.site.projects import Project, faults, one_line, project_of, projects
from quangba.source.data import DataError, load
from quangba.source.facts import WHOLE_DAY, format_day, is_day
from quangba.source.labels import LABELS
from quangba.source.text import slug

if TYPE_CHECKING:
    from quangba.catalogs.workspace import Workspace
    from quangba.site.context import SiteContext
    from quangba.site.outputs import Output

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

BILLION = 10**9

CAPITAL_STEPS = (1_000, 10_000, 100_000)
"""Where the ranges of capital part, in billions of VND: the address says ``capital=1000-10000``."""

LAND_STEPS = (50, 250, 1_000)
"""Where the ranges of land part, in hectares."""

STATUS_ORDER = ("calling", "planned", "under_way", "done")
"""What somebody who looks for a project wants to see first."""

SORTS = (
    "name-asc",
    "capital-desc",
    "capital-asc",
    "land-desc",
    "land-asc",
    "date-desc",
    "date-asc",
)
"""Orders in an address: ``sort=capital-desc``. Without one, by status and then by capital."""

RATE_RANGE = (10_000, 100_000)
"""What one US dollar can cost in VND; a rate outside is a slip (turned round, thousands lost)."""

MARKS = re.compile("[\u0300-\u036f]")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Rate:
    """The rate at which amounts are converted, with its day."""

    value: float
    """VND for one US dollar."""
    date: str
    """ISO date."""
    source: str


# ----------------------------------------------------------------------------
# Rates
# ----------------------------------------------------------------------------


def read_rate(workspace: Workspace) -> tuple[Rate | None, list[Problem]]:
    """Read ``content/_data/rates.yml``; without the file nothing is converted."""
    path = workspace.settings.data / "rates.yml"
    file = workspace.settings.relative(path)
    if not path.is_file():
        return None, []
    try:
        data = load(path.read_text(encoding="utf-8-sig")) or {}
    except DataError as error:
        return None, [Problem.at("data-yaml", file, error.line, what=error.what)]
    except (OSError, UnicodeDecodeError):
        return None, [Problem.at("data-yaml", file, what="UTF-8")]
    entry = data.get("usd_vnd") if isinstance(data, dict) else None
    what = wrong_rate(entry, workspace.today)
    if what:
        return None, [Problem.at("rate-wrong", file, what=what)]
    assert isinstance(entry, dict)
    source = entry["source"]
    source = source["title"] if isinstance(source, dict) else source
    return Rate(entry["value"], str(entry["date"]), one_line(source)), []


def check_rate(output: Output) -> None:
    """Say that a rate cannot be used (a writer: ``site/outputs.py``)."""
    for problem in read_rate(output.context.workspace)[1]:
        raise QuangbaError(problem.code, problem.file, problem.line, **dict(problem.values))


def wrong_rate(entry: Any, today: date) -> str:
    """
    Say what is wrong with a rate; nothing when it can be used.

    >>> wrong_rate({'value': 0.00004, 'date': '2026-01-05', 'source': 'x'}, date(2026, 2, 1))
    'usd_vnd: value: 4e-05'
    """
    if not isinstance(entry, dict):
        return "usd_vnd: {value, date, source}"
    value, day, source = entry.get("value"), str(entry.get("date")), entry.get("source")
    low, high = RATE_RANGE
    if not isinstance(value, int | float) or not low <= value <= high:
        return f"usd_vnd: value: {value}"
    if not WHOLE_DAY.fullmatch(day) or not is_day(day) or day > today.isoformat():
        return f"usd_vnd: date: {day}"
    title = source.get("title") if isinstance(source, dict) else source
    if not isinstance(title, str) or not title.strip():
        return "usd_vnd: source"
    return ""


def converted(context: SiteContext, project: Project, rate: Rate | None) -> str:
    """Write the capital in the other currency, where the source gives one and a rate is there."""
    if rate is None or bool(project.capital_vnd) == bool(project.capital_usd):
        return ""
    if project.capital_vnd:
        value, currency = project.capital_vnd / rate.value, "USD"
    else:
        assert project.capital_usd
        value, currency = project.capital_usd * rate.value, "VND"
    amount = context.money(rounded(value), currency)
    day = format_day(rate.date, context.language.code)
    text = context.label("finder", "approximate")
    return text.replace("{amount}", amount).replace("{date}", day)


def rounded(value: float, digits: int = 3) -> int:
    """
    Return a number to a few digits: a converted amount is no more exact than that.

    >>> rounded(1528614457.83), rounded(51234)
    (1530000000, 51200)
    """
    return int(round(value, digits - 1 - floor(log10(abs(value)))))


# ----------------------------------------------------------------------------
# Rows
# ----------------------------------------------------------------------------


def finder(context: SiteContext, link: Callable[[str], str]) -> dict[str, Any]:
    """Return what the page of projects shows, every text escaped for HTML."""
    rate, _ = read_rate(context.workspace)
    listed = sorted(projects(context), key=order)
    return {
        "rows": [row(context, link, project, rate) for project in listed],
        "sectors": options(context, "sector", (p.sector for p in listed)),
        "statuses": options(context, "project_status", (p.status for p in listed)),
        "places": places(listed),
        "capitals": ranges(context, CAPITAL_STEPS, capital=True),
        "lands": ranges(context, LAND_STEPS, capital=False),
        "sorts": SORTS,
        "only_usd": any(p.capital_usd and not p.capital_vnd for p in listed) and not rate,
        "no_capital": any(not p.capital_usd and not p.capital_vnd for p in listed),
        "no_land": any(not p.area_ha for p in listed),
        "no_place": any(not p.communes for p in listed),
        "newest": escape(newest(context, listed)),
    }


def project_row(
    context: SiteContext, link: Callable[[str], str], name: str
) -> dict[str, Any] | None:
    """Return one project as the finder shows it; None for a page that is no sound project."""
    meta = context.workspace.page(name).meta
    if meta.get("type") != "project" or faults(meta):
        return None
    return row(context, link, project_of(context, name), read_rate(context.workspace)[0])


def order(project: Project) -> tuple[bool, int, float, str]:
    """Return what sorts projects at first: earlier lists last, open ones first, then by capital."""
    return (
        project.historic,
        STATUS_ORDER.index(project.status),
        -(project.capital_vnd or 0),
        project.id,
    )


def row(
    context: SiteContext, link: Callable[[str], str], project: Project, rate: Rate | None
) -> dict[str, Any]:
    """Return one project for templates: texts for people, numbers for the script."""
    language = context.language.code
    amounts = (("VND", project.capital_vnd), ("USD", project.capital_usd))
    usd = project.capital_usd
    vnd = project.capital_vnd or (usd * rate.value if usd and rate else None)
    zone = project.zone
    source = project.source
    return {
        "name": project.name,
        "id": project.id,
        "url": escape(link(context.url(project.name))),
        "title": escape(project.title),
        "sector": project.sector,
        "sector_text": escape(context.label("sector", project.sector)),
        "status": project.status,
        "status_text": escape(status_text(context, project)),
        "mark": "earlier" if project.historic else project.status,
        "places": [escape(name) for name, _ in project.communes],
        "place_keys": " ".join(slug(official) for _, official in project.communes),
        "former_place": escape(project.former_place),
        "capital": [
            escape(context.money(value, currency, project.precision))
            for currency, value in amounts
            if value
        ],
        "converted": escape(converted(context, project, rate)),
        "vnd": vnd and round(vnd),
        "usd": usd,
        "land": escape(context.measure(project.area_ha, "ha")) if project.area_ha else "",
        "area": project.area_ha,
        "as_of": escape(format_day(project.as_of, language)),
        "day": project.as_of,
        "note": escape(project.note),
        "historic": project.historic,
        "zone": {"title": escape(zone[0]), "url": escape(link(context.url(zone[1])))}
        if zone
        else None,
        "source": {
            "title": escape(source["title"]),
            "title_lang": escape(source.get("lang", "")) or None,
            "publisher": escape(source["publisher"]),
            "url": escape(source.get("url", "")) or None,
            "date": escape(source_day(context, source)),
        },
        "words": escape(words(context, project)),
    }


def source_day(context: SiteContext, source: dict[str, str]) -> str:
    """Return the day of a source; for one without a date, that on which it was read."""
    if "date" in source:
        return format_day(source["date"], context.language.code)
    day = format_day(source["seen"], context.language.code)
    return context.label("event_note", "seen").replace("{date}", day)


def status_text(context: SiteContext, project: Project) -> str:
    """Return the status; a project of an earlier list called for investment then, not today."""
    if project.historic and project.status == "calling":
        return context.label("finder", "called").replace("{year}", project.as_of[:4])
    return context.label("project_status", project.status)


def words(context: SiteContext, project: Project) -> str:
    """Return what a search finds besides the words of the row: Vietnamese and former names."""
    shown = (
        project.title,
        context.label("sector", project.sector),
        context.label("project_status", project.status),
        *(name for name, _ in project.communes),
        project.former_place,
    )
    seen = set(fold(" ".join(shown)).split())
    more = dict.fromkeys(fold(project.words).split())
    return " ".join(word for word in more if word not in seen)


def fold(text: str) -> str:
    """
    Return a text as the list is searched: without marks and capitals. ``finder.js`` does the same.

    >>> fold('Điện gió Hải Hà'), fold('ＬＮＧ'), fold('ガス'), fold('하이하')
    ('dien gio hai ha', 'lng', 'ガス', '하이하')
    """
    lower = unicodedata.normalize("NFKC", text).lower().replace("đ", "d")
    stripped = MARKS.sub("", unicodedata.normalize("NFD", lower))
    return unicodedata.normalize("NFC", stripped)


# ----------------------------------------------------------------------------
# Filters
# ----------------------------------------------------------------------------


def options(context: SiteContext, family: str, used: Iterable[str]) -> list[dict[str, Any]]:
    """Return the values that occur, in the order of the labels."""
    found = set(used)
    names = STATUS_ORDER if family == "project_status" else LABELS[family]
    return [
        {"value": value, "text": escape(context.label(family, value))}
        for value in names
        if value in found
    ]


def places(listed: Iterable[Project]) -> list[dict[str, Any]]:
    """Return the present-day units that occur, by their Vietnamese names without the kind."""
    units = {official: name for project in listed for name, official in project.communes}
    return [
        {"value": slug(official), "text": escape(name)}
        for official, name in sorted(units.items(), key=lambda item: place_order(item[0]))
    ]


def place_order(official: str) -> str:
    """
    Return what sorts a unit: its own name before its kind.

    >>> place_order('phường Hạ Long'), place_order('đặc khu Vân Đồn')
    ('ha-long phuong', 'van-don dac-khu')
    """
    match = re.fullmatch(r"(phường|xã|đặc khu) (.+)", official)
    return f"{slug(match[2])} {slug(match[1])}" if match else slug(official)


def ranges(context: SiteContext, steps: tuple[int, ...], *, capital: bool) -> list[dict[str, Any]]:
    """Return ranges to choose from; the lower end belongs to a range, the upper one does not."""

    kind, unit, style = ("currency", "VND", "compact") if capital else ("measure", "ha", "plain")

    def written(value: Any, precision: str | None = None) -> str:
        return context.figure(value, kind, unit, style, precision)

    factor = BILLION if capital else 1
    first, last = steps[0], steps[-1]
    under = context.label("finder", "under").replace("{number}", written(first * factor))
    found = [(f"0-{first}", under)]
    found += [
        (f"{low}-{high}", written([low * factor, high * factor])) for low, high in pairwise(steps)
    ]
    found += [(f"{last}-", written(last * factor, "from"))]
    return [{"value": value, "text": escape(text)} for value, text in found]


def newest(context: SiteContext, listed: Iterable[Project]) -> str:
    """Return the latest day for which anything in the list holds."""
    day = max((project.as_of for project in listed), default="")
    return format_day(day, context.language.code) if day else ""
