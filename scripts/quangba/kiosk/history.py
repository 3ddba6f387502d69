"""
The running report of the gates (row R24), from what sticks bring back.

Receipts tell what became of installations, counts how the screens were used and whether they were
well. Nothing is made up: what no receipt and no count says is unknown, and said to be.

Figures of languages and pages that fewer than :data:`FEW` visits stand behind are put together
with the next larger ones, so that none can be told from the total: a single visitor at a quiet
gate is not a row of an official report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from quangba.errors import QuangbaError
from quangba.kiosk.clock import ZONE
from quangba.kiosk.collected import Collected, Receipt
from quangba.kiosk.counting import MONTH, OTHER, Day

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FEW = 5
"""Visits below which a figure is not given by itself."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """A release on a screen."""

    serial: int
    start: datetime | None = None
    """None: no receipt tells."""
    end: datetime | None = None
    """None: it is still shown, or no receipt tells."""
    lost: bool = False
    """True when something else was shown afterwards and no receipt tells since when."""
    first: date | None = None
    last: date | None = None
    """The first and the last day on which the device itself counted it."""


@dataclass
class GateHistory:
    """What is known of one screen in a period."""

    gate: str
    receipts: list[Receipt] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    days: dict[date, Day | None] = field(default_factory=dict)
    """Every day of the period that is known of; None for one without a heartbeat."""
    unknown: list[date] = field(default_factory=list)
    """Days of the period of which nothing came back."""
    languages: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)

    @property
    def silent(self) -> list[date]:
        """Days without a heartbeat."""
        return [day for day, seen in self.days.items() if seen is None or not seen.alive]

    @property
    def seen(self) -> list[Day]:
        """Days with counts."""
        return [day for day in self.days.values() if day is not None]

    @property
    def sessions(self) -> int:
        """Visits."""
        return sum(day.hours.total() for day in self.seen)

    @property
    def minutes(self) -> int:
        """Minutes in which the right page was seen painted."""
        return sum(day.alive for day in self.seen)

    @property
    def hours(self) -> Counter[str]:
        """Visits by the hour of the day."""
        return sum((day.hours for day in self.seen), Counter())

    @property
    def trouble(self) -> Counter[str]:
        """What the watchdog did."""
        return sum((day.trouble for day in self.seen), Counter())

    @property
    def doubtful(self) -> list[date]:
        """Days on which the clock of the device was not believed."""
        return [day for day, seen in self.days.items() if seen is not None and not seen.clock]

    @property
    def refusals(self) -> Iterator[tuple[datetime, str, str]]:
        """When something was refused, with the sentence in Vietnamese and English."""
        for receipt in self.receipts:
            if not receipt.accepted:
                yield receipt.when, receipt.vi, receipt.en
            for vi, en in receipt.others:
                yield receipt.when, vi, en


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def histories(found: Collected, month: str | None) -> list[GateHistory]:
    """
    Return what is known of each gate, in a month or in all the time of which something is known.

    Raises ``QuangbaError`` (``history-month``) for what is no month.
    """
    if month is not None and not MONTH.fullmatch(month):
        raise QuangbaError("history-month", month=month)
    return [history(found, gate, month) for gate in found.gates]


def history(found: Collected, gate: str, month: str | None) -> GateHistory:
    """Return what is known of a gate."""
    receipts = [receipt for receipt in found.receipts if receipt.gate == gate]
    months = {name: counts for (of, name), counts in found.counts.items() if of == gate}
    days = {
        date.fromisoformat(name): day
        for counts in months.values()
        for name, day in counts.days.items()
    }
    result = GateHistory(gate)
    result.receipts = [one for one in receipts if month in (None, f"{local(one.when):%Y-%m}")]
    result.spans = [span for span in spans(receipts, days) if month is None or touches(span, month)]
    known = sorted({*days, *(local(one.when).date() for one in receipts)})
    for day in period(known, month):
        # A month of which no counts came back says nothing about its days.
        if known and known[0] <= day <= known[-1] and f"{day:%Y-%m}" in months:
            result.days[day] = days.get(day)
        else:
            result.unknown.append(day)
    for name, counts in months.items():
        if month in (None, name):
            result.languages += counts.languages
            result.pages += counts.pages
    return result


def period(known: list[date], month: str | None) -> Iterator[date]:
    """Yield the days of a month, or from the first to the last of some days."""
    if month is not None:
        first = date.fromisoformat(f"{month}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    elif known:
        first, last = known[0], known[-1]
    else:
        return
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def spans(receipts: list[Receipt], days: dict[date, Day]) -> list[Span]:
    """Return which release was on a screen from when to when, as far as receipts tell."""
    found: list[Span] = []
    now: Span | None = None
    for receipt in receipts:
        if now is not None and receipt.previous != now.serial:
            # Somebody stepped back by hand, or a receipt was lost.
            found.append(replace(now, lost=True))
            now = None
        if now is None and receipt.previous is not None:
            now = Span(receipt.previous)
        if now is not None and receipt.shown != now.serial:
            found.append(replace(now, end=receipt.when))
            now = None
        if now is None and receipt.shown is not None:
            now = Span(receipt.shown, start=receipt.when)
    found += [now] if now is not None else []
    counted = {serial for day in days.values() for serial in day.releases}
    found += [Span(serial) for serial in sorted(counted - {span.serial for span in found})]
    return [proven(span, days) for span in found]


def proven(span: Span, days: dict[date, Day]) -> Span:
    """Add the days on which the device itself counted a release within its time."""
    seen = [
        day
        for day, counts in days.items()
        if span.serial in counts.releases
        and (span.start is None or day >= local(span.start).date())
        and (span.end is None or day <= local(span.end).date())
    ]
    return replace(span, first=min(seen, default=None), last=max(seen, default=None))


def touches(span: Span, month: str) -> bool:
    """Tell whether a release was on the screen in a month, as far as is known."""
    start = span.first if span.start is None else local(span.start).date()
    end = span.last if span.lost or span.start is None else None
    end = local(span.end).date() if span.end is not None else end
    early, late = (start is None or f"{start:%Y-%m}" <= month), (end and f"{end:%Y-%m}" < month)
    return early and not late


def local(moment: datetime) -> datetime:
    """Return a time as it is in Viet Nam."""
    return moment.astimezone(ZONE)


def shown_counts(counts: Counter[str]) -> list[tuple[str, int | None]]:
    """
    Return figures that may be given, the largest first; None stands for “fewer than 5”.

    Small ones are put together, with the next larger ones if need be, until they are enough.

    >>> shown_counts(Counter({'vi': 40, 'zh': 12, 'ja': 3, 'ko': 1}))
    [('vi', 40), ('…', 16)]
    >>> shown_counts(Counter({'vi': 40, 'ja': 3, 'ko': 4})), shown_counts(Counter({'ja': 2}))
    ([('vi', 40), ('…', 7)], [('…', None)])
    """
    rows = sorted(counts.items(), key=lambda row: (row[0] == OTHER, -row[1], row[0]))
    rows = [row for row in rows if row[1]]
    together, merged = 0, False
    while rows and (rows[-1][1] < FEW or rows[-1][0] == OTHER or (merged and together < FEW)):
        together += rows.pop()[1]
        merged = True
    end: list[tuple[str, int | None]] = []
    if merged:
        end = [(OTHER, together if together >= FEW else None)]
    return [*rows, *end]


def ranges(days: list[date]) -> list[tuple[date, date]]:
    """
    Put days that follow each other together.

    >>> found = ranges([date(2026, 11, day) for day in (5, 2, 1)])
    >>> [(first.day, last.day) for first, last in found]
    [(1, 2), (5, 5)]
    """
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
