"""Yearly report: the figures of one year, from what a history tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from quangba import __version__
from quangba.report.events import Kind
from quangba.report.figures import Figures
from quangba.report.repository import Moment
from quangba.report.tables import Section, Table

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Yearly:
    """The report on one year."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.history, self.period = figures.history, figures.period
        self.say, self.names, self.end = figures.say, figures.names, figures.end
        self.told = self.history.told
        self.sections = self.make_sections()

    @property
    def sample(self) -> bool:
        """Tell whether nothing in the report is official."""
        return bool(self.history.settings.options.sample)

    @property
    def site(self) -> str:
        """The name of the site."""
        return str(self.history.settings.config.site_name or "")

    def head(self) -> list[str]:
        """Return what the report covers."""
        say, period = self.say, self.period
        lines = [say("period", start=period.start, end=self.end)]
        if self.end < date(period.year, 12, 31):
            lines.append(say("partial", end=self.end))
        return [*lines, say("at commit", commit=period.last.commit)]

    def make_sections(self) -> list[Section]:
        """Return the chapters with their tables."""
        figures = self.figures
        return [
            Section(
                "publication",
                [figures.by_language(), figures.by_unit(), figures.day_by_day()],
                "publication about",
            ),
            Section("end state", [figures.pages(), figures.amount()]),
            Section("translation", [figures.work()], "translation about"),
            Section("review", [figures.reviewers()], "review about"),
            Section("stale", [figures.lag(), figures.still_behind()], "stale about"),
            Section("decisions", [figures.approvals(), figures.withdrawals()]),
        ]

    # Summary and method

    def summary(self) -> list[str]:
        """Return the report in a few sentences."""
        say, source = self.say, self.figures.languages[0].code
        if not self.period.commits:
            return [say("nothing")]
        force = [key for key, standing in self.history.standing.items() if standing.in_force]
        translations = [key for key in force if key[1] != source]
        happened = Counter(event.kind for event in self.figures.events)
        held = sum(s.in_force and not s.visible for s in self.history.standing.values())
        work = self.tables["work"].rows[-1:]
        people, machine = (int(str(work[0][at])) if work else 0 for at in (5, 2))
        reviews = [review for review in self.told.reviews if self.period.holds(review.day)]
        read = {(review.language, review.text): review.words for review in reviews}
        renewed = sum(
            run.outcome == "renewed" and self.period.holds(run.ended) for run in self.told.stale
        )
        sentences = [
            say(
                "sum pages",
                pages=len(force) - len(translations),
                editions=len(translations),
                languages=len({language for _, language in translations}),
            ),
            say(
                "sum events",
                published=happened[Kind.PUBLISHED] + happened[Kind.RETURNED],
                changed=happened[Kind.CHANGED],
                withdrawn=happened[Kind.WITHDRAWN],
            ),
            say("sum held", held=held) if held else "",
            say("sum work", people=people, machine=machine),
            say("sum review", reviewers=len({r.who for r in reviews}), words=sum(read.values()))
            if reviews
            else say("sum review none"),
            say("sum stale", renewed=renewed, open=len(self.figures.open_runs())),
        ]
        return [sentence for sentence in sentences if sentence]

    @property
    def tables(self) -> dict[str, Table]:
        """All tables by name."""
        return {table.name: table for section in self.sections for table in section.tables}

    def method(self) -> list[str]:
        """Return how the figures were made, and what they cannot say."""
        say, period = self.say, self.period
        repository, first = self.history.repository, period.moments[0]
        notes: list[tuple[bool, Callable[[], str]]] = [
            (True, lambda: say("m source", commit=period.last.commit, version=__version__)),
            (True, lambda: say("m time", commits=period.commits)),
            (True, lambda: say("m published")),
            (not self.history.settings.options.gate, lambda: say("m open")),
            (True, lambda: say("m changed")),
            (True, lambda: say("m words")),
            (True, lambda: say("m stale")),
            (True, lambda: say("m roles" if self.names.roles_only else "m names")),
            (
                repository.cut,
                lambda: say("m shallow", commit=first.short, day=first.when.date()),
            ),
            (bool(repository.disordered), lambda: say("m clock", count=repository.disordered)),
            (bool(self.told.unread), lambda: say("m unread", count=len(self.told.unread))),
        ]
        return [make() for wanted, make in notes if wanted]

    def unread(self) -> Table:
        """List what could not be read."""
        rows = [
            (
                entry.day,
                entry.commit,
                entry.file or self.say("whole commit"),
                entry.problem.text(self.say.language) if entry.problem else self.say("damaged"),
            )
            for entry in self.told.unread
        ]
        return Table("unread", ("day", "commit", "path", "problem"), list(rows), "no unread")


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def cut(moments: list[Moment], year: int) -> tuple[list[Moment], date]:
    """
    Return the commits up to the end of a year, and the last day that a report on it covers.

    That is the end of the year, or the day of the last commit while the year is not over.
    """
    close = date(year, 12, 31)
    found = [moment for moment in moments if moment.when.date() <= close]
    over = len(found) < len(moments)
    last = moments[-1].when.date()
    return found, close if over or last > close else max(last, date(year, 1, 1))
