"""
Writing the running report: tables, and from them a web page, text for a terminal, or JSON.

The same receipts always give the same bytes: nothing in it tells when it was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quangba.kiosk.clock import stamp
from quangba.kiosk.collected import Collected
from quangba.kiosk.counting import OTHER
from quangba.kiosk.history import FEW, GateHistory, Span, ranges, shown_counts
from quangba.kiosk.history_words import Words

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

TOP = 30
"""Pages of a gate that are listed."""

NUMBERS = frozenset(
    {
        "release", "now", "installed", "refused", "visits", "days well", "days silent",
        "days unknown", "well", "count", "reload", "restart", "reboot", "doubtful", "opened",
    }
)  # fmt: skip
"""Columns of figures, which are set to the right."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Table:
    """Rows under columns; the names of both are words of the report, or gates."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass
class Running:
    """The running report."""

    say: Words
    found: Collected
    gates: list[GateHistory]
    month: str | None
    sample: bool = False

    @property
    def period(self) -> str:
        """The time that it is about."""
        if self.month is None:
            return self.say("all")
        year, _, month = self.month.partition("-")
        return self.say(
            "month", month=self.month if self.say.language == "en" else f"{month}/{year}"
        )

    def tables(self) -> list[Table]:
        """Return all tables."""
        found = [
            self.overview(),
            self.releases(),
            self.refusals(),
            self.silence(),
            self.trouble(),
            self.languages(),
            self.pages(),
            self.hours(),
        ]
        if self.month is not None:
            found.append(self.days())
        return [*found, self.unread()]

    def method(self) -> list[str]:
        """Return how it is to be read."""
        names = ("m source", "m gap", "m visit", "m few", "m alive")
        return [self.say(name, few=FEW) if name == "m few" else self.say(name) for name in names]

    def overview(self) -> Table:
        """One row for each gate."""
        days = ("days well", "days silent", "days unknown")
        columns = ("gate", "now", "since", "installed", "refused", "visits", "well", *days)
        rows = []
        for gate in self.gates:
            last = gate.spans[-1] if gate.spans else None
            silent = len(gate.silent)
            rows.append(
                self.row(
                    gate.gate,
                    None if last is None else str(last.serial),
                    None if last is None else last.start or self.say("unknown"),
                    sum(receipt.accepted for receipt in gate.receipts),
                    len(list(gate.refusals)),
                    gate.sessions,
                    gate.minutes // 60,
                    len(gate.days) - silent,
                    silent,
                    len(gate.unknown),
                )
            )
        return Table("overview", columns, rows)

    def releases(self) -> Table:
        """Which release was on the screen from when to when."""
        rows = [
            self.row(gate.gate, str(span.serial), *self.ends(span), self.between(span))
            for gate in self.gates
            for span in gate.spans
        ]
        return Table("releases", ("gate", "release", "from", "to", "counted"), rows)

    def ends(self, span: Span) -> tuple[object, object]:
        """Return since when and until when, or why that is not known."""
        if span.start is None and span.end is None and not span.lost:
            return self.say("no receipt"), self.say("no receipt")
        end: object = span.end
        if end is None:
            end = self.say("lost" if span.lost else "still")
        return span.start or self.say("unknown"), end

    def between(self, span: Span) -> str:
        """Return the days on which the device itself counted a release."""
        if span.first is None or span.last is None:
            return "–"
        return self.days_of(span.first, span.last)

    def days_of(self, first: date, last: date) -> str:
        """Write a range of days."""
        if first == last:
            return self.say.cell(first)
        return self.say("until", first=first, last=last)

    def refusals(self) -> Table:
        """What was refused, and why."""
        english = self.say.language == "en"
        rows = [
            self.row(gate.gate, when, en if english else vi)
            for gate in self.gates
            for when, vi, en in gate.refusals
        ]
        return Table("refusals", ("gate", "when", "why"), rows)

    def silence(self) -> Table:
        """Days without a heartbeat, and days of which nothing is known."""
        rows = [
            self.row(gate.gate, self.say(what), self.days_of(first, last), (last - first).days + 1)
            for gate in self.gates
            for what, days in (("silent", gate.silent), ("not known", gate.unknown))
            for first, last in ranges(days)
        ]
        return Table("silence", ("gate", "what", "day", "count"), rows)

    def trouble(self) -> Table:
        """What the watchdogs did."""
        steps = ("reload", "restart", "reboot")
        rows = [
            self.row(gate.gate, *(gate.trouble[step] for step in steps), len(gate.doubtful))
            for gate in self.gates
            if gate.trouble.total() or gate.doubtful
        ]
        return Table("trouble", ("gate", *steps, "doubtful"), rows)

    def languages(self) -> Table:
        """Visits by language."""
        rows = [
            self.row(gate.gate, self.name(code, self.say.language_name(code)), self.figure(count))
            for gate in self.gates
            for code, count in shown_counts(gate.languages)
        ]
        return Table("languages", ("gate", "language", "visits"), rows)

    def pages(self) -> Table:
        """Pages by how often they were opened; nothing where hardly anybody came."""
        rows = [
            self.row(gate.gate, self.name(path, path or self.say("home")), self.figure(count))
            for gate in self.gates
            if gate.sessions >= FEW
            for path, count in shown_counts(gate.pages)[:TOP]
        ]
        return Table("pages", ("gate", "page", "opened"), rows)

    def hours(self) -> Table:
        """Visits by the hour of the day, one column for each gate."""
        hours = {gate.gate: gate.hours for gate in self.gates}
        used = sorted({hour for counts in hours.values() for hour in counts})
        rows = [
            self.row(f"{hour}:00", *(counts[hour] for counts in hours.values())) for hour in used
        ]
        return Table("hours", ("hour", *hours), rows)

    def days(self) -> Table:
        """Every day of a month of which something is known."""
        rows = []
        for gate in self.gates:
            for day, seen in gate.days.items():
                releases = ", ".join(map(str, seen.releases)) if seen else "–"
                visits, minutes = (seen.hours.total(), seen.alive) if seen else (0, 0)
                rows.append(self.row(gate.gate, day, visits, minutes // 60, releases))
        return Table("days", ("gate", "day", "visits", "well", "release"), rows)

    def unread(self) -> Table:
        """Files that could not be read."""
        rows = [
            self.row(problem.file, replace(problem, file="").text(self.say.language))
            for problem in self.found.problems
        ]
        return Table("unread", ("file", "why"), rows)

    def row(self, *values: object) -> tuple[str, ...]:
        """Write the cells of a row."""
        return tuple(self.say.cell(value) if value is not None else "–" for value in values)

    def name(self, key: str, name: str) -> str:
        """Return a name; that of the small ones put together is a phrase."""
        return self.say("other") if key == OTHER else name

    def figure(self, count: int | None) -> object:
        """Return a figure, or that it is too small to be given."""
        return self.say("few", few=FEW) if count is None else count

    def heading(self, column: str) -> str:
        """Return the title of a column; gates are their own."""
        return column if column in {gate.gate for gate in self.gates} else self.say(column)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def html(report: Running) -> str:
    """Return the report as a web page that needs no other file."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("quangba.kiosk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("history.html").render(
        report=report, say=report.say, numbers=NUMBERS
    )


def plain(report: Running) -> str:
    """Return the report as text."""
    lines = [report.say("title").upper(), report.period, ""]
    lines[2:2] = [report.say("sample")] if report.sample else []
    for table in report.tables():
        lines.append(report.say(table.name))
        lines += [f"  {line}" for line in columns(report, table)] or [f"  {report.say('none')}"]
        lines.append("")
    return "\n".join([*lines, *(f"- {line}" for line in report.method())]) + "\n"


def columns(report: Running, table: Table) -> Iterator[str]:
    """Yield the lines of a table, each column as wide as it must be."""
    if not table.rows:
        return
    rows = [tuple(report.heading(column) for column in table.columns), *table.rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def data(report: Running) -> str:
    """Return the report as JSON, with the same figures left out as in the others."""
    told = {
        "format": 1,
        "month": report.month,
        "sample": report.sample,
        "few": FEW,
        "gates": [gate_data(gate) for gate in report.gates],
        "unread": [problem.file for problem in report.found.problems],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def gate_data(gate: GateHistory) -> dict[str, Any]:
    """Return what is known of a gate; ``null`` stands for unknown, or for a figure too small."""
    pages = shown_counts(gate.pages) if gate.sessions >= FEW else []
    return {
        "gate": gate.gate,
        "releases": [
            {
                "serial": span.serial,
                "from": stamp(span.start) if span.start else None,
                "to": stamp(span.end) if span.end else None,
                "receipt_missing": span.lost,
                "counted": [day.isoformat() if day else None for day in (span.first, span.last)],
            }
            for span in gate.spans
        ],
        "installed": sum(receipt.accepted for receipt in gate.receipts),
        "refusals": [{"when": stamp(when), "vi": vi, "en": en} for when, vi, en in gate.refusals],
        "visits": gate.sessions,
        "minutes_right": gate.minutes,
        "days": len(gate.days),
        "days_silent": [day.isoformat() for day in gate.silent],
        "days_unknown": [day.isoformat() for day in gate.unknown],
        "days_doubtful": [day.isoformat() for day in gate.doubtful],
        "trouble": dict(sorted(gate.trouble.items())),
        "languages": dict(shown_counts(gate.languages)),
        "pages": dict(pages),
        "hours": dict(sorted(gate.hours.items())),
    }
