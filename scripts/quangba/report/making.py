"""Making: from a site's folder to the files of its yearly report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from quangba.errors import Problem, QuangbaError
from quangba.report.figures import Figures, Period
from quangba.report.history import History
from quangba.report.mirror import settings_of
from quangba.report.phrases import Phrases
from quangba.report.repository import Moment, Repository
from quangba.report.tables import Names
from quangba.report.writing import html, markdown, workbook
from quangba.report.yearly import Yearly, cut
from quangba.settings import Settings
from quangba.source.lunar import today

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Order:
    """What kind of report somebody wants."""

    year: int
    until: str = "HEAD"
    """The revision that it ends with."""
    language: str = "vi"
    """``vi`` or ``en``."""
    roles_only: bool = False
    """True: no names of people."""


@dataclass
class Made:
    """A report as files, and what the person who made it should know."""

    files: dict[str, bytes]
    """By name: ``report.vi.html``."""
    problems: list[Problem]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def make(
    settings: Settings,
    order: Order,
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> Made:
    """
    Make the yearly report of a site.

    Raises ``QuangbaError`` when there is no history to report: no repository, no commit, an unknown
    revision, or a year before the first commit.
    """
    with Repository(settings.root) as repository, TemporaryDirectory() as folder:
        line = repository.main_line(repository.resolve(order.until))
        moments, end = cut(line, order.year)
        if not moments:
            first = line[0].when.date().isoformat() if line else "?"
            raise QuangbaError("report-too-early", year=order.year, first=first)
        if order.year > max(today().year, line[-1].when.year):
            last_day = line[-1].when.date().isoformat()
            raise QuangbaError("report-too-late", year=order.year, last=last_day)
        last = repository.site_tree(moments[-1])
        problems = uncommitted(repository, settings, line[-1]) if order.until == "HEAD" else []
        content = Path(folder).resolve() / settings.relative(settings.content)
        content.mkdir(parents=True)
        try:
            config_file = Path(settings.config.config_file_path).name
            known = settings_of(repository, last, Path(folder).resolve(), config_file)
        except QuangbaError as error:
            problems.append(error.problem)
            known = settings
        history = History(repository, known, content)
        history.walk(moments, progress)
        say = Phrases(order.language)
        period = Period(order.year, moments)
        report = Yearly(Figures(history, period, end, say, Names(order.roles_only)))
        stem = f"report.{order.language}"
        files = {
            f"{stem}.html": html(report, settings.shared_templates).encode("utf-8"),
            f"{stem}.xlsx": workbook(report),
            f"{stem}.md": markdown(report).encode("utf-8"),
        }
    return Made(files, problems)


def uncommitted(repository: Repository, settings: Settings, moment: Moment) -> list[Problem]:
    """Say that changed files on the disk are not in the report."""
    folders = (
        settings.relative(settings.content),
        settings.options.catalogs.strip("/"),
        Path(settings.config.config_file_path).name,
    )
    files = repository.uncommitted(settings.root, repository.site_tree(moment), folders)
    return [Problem.at("report-uncommitted", count=len(files), first=files[0])] if files else []
