"""
Dashboard: how far every page is in every language, on one page for managers.

States come from the files as they are now. Where a git repository is there, its history
(``report/history.py``) says since when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from quangba.catalogs.message import Message, State
from quangba.catalogs.workspace import Workspace
from quangba.errors import Problem, QuangbaError
from quangba.report.history import History
from quangba.report.phrases import Phrases
from quangba.report.repository import Repository
from quangba.report.tables import Cell, Names, Table, day_or_text
from quangba.report.writing import page
from quangba.review.effort import EDITING, READING, WRITING, minutes, words
from quangba.settings import Language
from quangba.site.publishing import Edition
from quangba.site.status import Row, rows

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STATES = ("reviewed", "translated", "draft", "stale", "missing")
"""The parts of a bar, the best first."""

NAMED = {
    State.REVIEWED: "reviewed",
    State.TRANSLATED: "translated",
    State.DRAFT: "draft",
    State.MISSING: "missing",
}

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Since:
    """What only a history knows."""

    known: bool = False
    changed: dict[str, date] = field(default_factory=dict)
    """When each page changed last."""
    behind: dict[tuple[str, str], date] = field(default_factory=dict)
    """Since when a page lags behind in a language: its oldest text."""


@dataclass
class Coverage:
    """A page in a language."""

    language: Language
    shown: bool
    counts: Counter[str]
    """Texts by :data:`STATES`."""
    left: Counter[str]
    """Words by :data:`STATES`."""
    reviews: list[Message]
    since: date | None
    """Since when its oldest text lags behind."""

    @property
    def total(self) -> int:
        """How many texts there are."""
        return sum(self.counts.values())

    @property
    def words_left(self) -> int:
        """Words that nobody has reviewed as they are."""
        return sum(count for state, count in self.left.items() if state != "reviewed")

    @property
    def parts(self) -> list[tuple[str, float, float]]:
        """The parts of its bar: state, start and width in percent."""
        found, start = [], 0.0
        for state in STATES:
            width = 100 * self.counts[state] / (self.total or 1)
            if width:
                found.append((state, round(start, 2), round(width, 2)))
            start += width
        return found

    def notes(self, say: Phrases) -> list[str]:
        """Say what is open."""
        found = [] if self.shown else [say("not shown")]
        for state in STATES[1:]:
            count = self.counts[state]
            if count and state == "stale" and self.since:
                found.append(say("short stale since", n=count, day=self.since))
            elif count:
                found.append(say(f"short {state}", n=count))
        return found


class Dashboard:
    """The page for managers."""

    def __init__(self, workspace: Workspace, since: Since, say: Phrases, names: Names) -> None:
        self.workspace, self.since, self.say, self.names = workspace, since, say, names
        self.rows = rows(workspace)
        self.languages = workspace.settings.targets
        self.titles = {lang.code: say.language_name(lang) for lang in self.languages}
        self.paces = {"reading": READING, "editing": EDITING, "writing": WRITING}

    @property
    def sample(self) -> bool:
        """Tell whether nothing on the page is official."""
        return bool(self.workspace.settings.options.sample)

    @cached_property
    def coverage(self) -> list[tuple[Row, str, list[Coverage]]]:
        """Every page with its title and languages."""
        return [
            (row, self.title(row.page), [self.cover(row, edition) for edition in row.editions])
            for row in self.rows
        ]

    @property
    def cells(self) -> list[tuple[Row, Coverage]]:
        """Every page in every language."""
        return [(row, cell) for row, _, cells in self.coverage for cell in cells]

    def title(self, name: str) -> str:
        """Return the title of a page."""
        return str(self.workspace.page(name).meta.get("title") or name)

    def cover(self, row: Row, edition: Edition) -> Coverage:
        """Count the texts of a page in a language."""
        language, name = edition.language, row.page
        catalog = None
        with suppress(QuangbaError):  # told among the problems of the edition
            catalog = self.workspace.catalog(language, name)
        index = catalog.index() if catalog else {}
        counts, left, reviews = Counter[str](), Counter[str](), []
        keys = dict.fromkeys(segment.key for segment in self.workspace.collected(name).segments)
        for key in keys:
            message = index.get(key)
            state = NAMED[message.state] if message else "missing"
            state = "stale" if message and message.stale else state
            counts[state] += 1
            left[state] += words(key[1])
            if message and state == "reviewed":
                reviews.append(message)
        since = self.since.behind.get((name, language.code)) if counts["stale"] else None
        shown = row.gate == "open" and edition.complete
        return Coverage(language, shown, counts, left, reviews, since)

    def figures(self) -> list[tuple[int, str]]:
        """Return the figures at the top, each with what it counts."""
        left = sum(cell.words_left for _, cell in self.cells)
        shown = sum(row.gate == "open" for row in self.rows)
        say = self.say
        return [
            (shown, say("dash pages", all=len(self.rows))),
            (sum(c.shown for _, c in self.cells), say("dash editions", all=len(self.cells))),
            (left, say("dash words")),
            (spent(cell for _, cell in self.cells), say("dash minutes")),
            (sum(c.counts["stale"] for _, c in self.cells), say("dash stale")),
        ]

    def left(self) -> Table:
        """Say by language what is left."""
        found: list[tuple[Cell, ...]] = []
        for code, title in self.titles.items():
            cells = [cell for _, cell in self.cells if cell.language.code == code]
            left = sum(cell.words_left for cell in cells)
            stamps = [m.reviewed.date for c in cells for m in c.reviews if m.reviewed]
            found.append(
                (
                    title,
                    sum(cell.shown for cell in cells),
                    left,
                    sum(cell.left["missing"] for cell in cells),
                    spent(cells),
                    sum(cell.counts["stale"] for cell in cells),
                    min((cell.since for cell in cells if cell.since), default=None),
                    day_or_text(max(stamps, default="")),
                )
            )
        columns = (
            *("language", "shown", "words left", "to translate", "minutes"),
            *("behind", "oldest", "last review"),
        )
        return Table("left by language", columns, found, "no left")

    def units(self) -> Table:
        """Say by unit what is shown and what is left."""
        pages: dict[str, list[tuple[Row, list[Coverage]]]] = {}
        for row, _, cells in self.coverage:
            owner = str(self.workspace.page(row.page).meta.get("owner") or "")
            pages.setdefault(owner, []).append((row, cells))
        found: list[tuple[Cell, ...]] = []
        for owner, owned in sorted(pages.items()):
            left = sum(cell.words_left for _, cells in owned for cell in cells)
            name = self.workspace.units.get(owner, {}).get("name") or owner
            shown = sum(row.gate == "open" for row, _ in owned)
            texts = sum(cell.counts["stale"] for _, cells in owned for cell in cells)
            title = str(name) or self.say("no unit")
            time = spent(cell for _, cells in owned for cell in cells)
            found.append((title, len(owned), shown, left, time, texts))
        columns = ("unit", "pages", "shown", "words left", "minutes", "behind")
        return Table("units", columns, found, "no age")

    def reviewers(self) -> Table:
        """Say who reviewed what stands now."""
        found: dict[tuple[str, str], list[Message]] = {}
        for _, cell in self.cells:
            for message in cell.reviews:
                who = message.reviewed.who if message.reviewed else ""
                found.setdefault((who, cell.language.code), []).append(message)
        order = list(self.titles)
        rows: list[tuple[Cell, ...]] = [
            (
                self.person("reviewer", who),
                self.titles[code],
                len(messages),
                sum(words(message.msgid) for message in messages),
                day_or_text(max(m.reviewed.date for m in messages if m.reviewed)),
            )
            for (who, code), messages in sorted(
                found.items(), key=lambda item: (item[0][0], order.index(item[0][1]))
            )
        ]
        columns = ("who", "language", "texts", "words", "last review")
        return Table("reviewed by", columns, rows, "sum review none")

    def age(self) -> Table:
        """List the pages, those first that nobody has read for longest."""
        rows: list[tuple[Cell, ...]] = []
        for row, title, _ in self.coverage:
            page, approval = self.workspace.page(row.page), None
            with suppress(QuangbaError):
                approval = self.workspace.decision(row.page).approval
            rows.append(
                (
                    title,
                    row.page,
                    day_or_text(str(page.meta.get("reviewed_on") or "")),
                    day_or_text(approval.date if approval else ""),
                    self.since.changed.get(row.page),
                )
            )
        rows.sort(key=lambda cells: (str(cells[2] or ""), str(cells[1])))
        columns = ("page", "path", "source read", "approved on", "changed on")
        return Table("pages by age", columns, rows, "no age")

    def problems(self) -> list[str]:
        """Return what has to be mended, in the language of the page."""
        found: dict[Problem, None] = {}
        for row in self.rows:
            found.update(dict.fromkeys(self.workspace.decision(row.page).problems))
            for edition in row.editions:
                found.update(dict.fromkeys(edition.problems))
        return [self.nameless(problem).text(self.say.language) for problem in found]

    def nameless(self, problem: Problem) -> Problem:
        """Put a number for the person that a problem names, where no names are wanted."""
        if not self.names.roles_only:
            return problem
        values = tuple(
            (name, self.person("approver", str(value)) if name == "by" else value)
            for name, value in problem.values
        )
        return replace(problem, values=values)

    def person(self, part: str, who: str) -> str:
        """Name a person, or give a number."""
        return self.names.shown(self.say, part, who)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def spent(cells: Iterable[Coverage]) -> int:
    """Return the minutes that what is left in some pages takes."""
    return minutes(sum((cell.left for cell in cells), Counter[str]()))


def read_since(
    workspace: Workspace, progress: Callable[[int, int], None] = lambda done, all: None
) -> Since:
    """Ask git's history since when; nothing where there is none."""
    settings = workspace.settings
    try:
        repository = Repository(settings.root)
        line = repository.main_line(repository.resolve("HEAD"))
    except QuangbaError:
        return Since()
    with repository, TemporaryDirectory() as folder:
        history = History(repository, settings, Path(folder).resolve())
        history.walk(line, progress)
    since = Since(known=True)
    since.changed = {name: states[-1][0] for name, states in history.versions.items() if states}
    for run in history.told.stale:
        if run.ended is None:
            key = (run.page, run.language)
            since.behind[key] = min(since.behind.get(key, run.since), run.since)
    return since


def dashboard(workspace: Workspace, since: Since, language: str, *, roles_only: bool) -> str:
    """Return the page for managers as HTML that needs no other file."""
    say = Phrases(language)
    shown = Dashboard(workspace, since, say, Names(roles_only))
    theme = workspace.settings.shared_templates
    return page(say, "dashboard.html", theme, board=shown, states=STATES)
