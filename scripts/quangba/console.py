"""What commands have in common: problems, progress and names on the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from quangba.catalogs.workspace import Workspace
from quangba.errors import Problem, QuangbaError, Severity
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def show(problems: Iterable[Problem]) -> None:
    """Print problems, errors in red where the terminal has colours."""
    for problem in problems:
        colour = {Severity.ERROR: "red", Severity.WARNING: "yellow"}.get(problem.severity)
        click.secho(problem.text(), fg=colour, err=True)


def page_argument(workspace: Workspace, value: str) -> str:
    """Return a page's name, however the user wrote its path."""
    prefix = workspace.settings.relative(workspace.settings.content) + "/"
    return value.replace(os.sep, "/").removeprefix("./").removeprefix(prefix)


def target_language(workspace: Workspace, code: str) -> Language:
    """Return a language of the site; raises ``QuangbaError`` for another."""
    for language in workspace.settings.targets:
        if language.code == code:
            return language
    known = ", ".join(language.code for language in workspace.settings.targets)
    raise QuangbaError("language-unknown", language=code, known=known)


def not_empty(context: click.Context, option: click.Parameter, value: str) -> str:
    """Refuse a name that says nothing."""
    if not value.strip():
        raise QuangbaError("name-empty", option=f"--{option.name}")
    return value.strip()


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar with the time left; yields ``progress(done, total)``."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as shown:

        def progress(done: int, total: int) -> None:
            # A bar that was full once would stay so when more turns up.
            shown.finished = False
            shown.length = total
            shown.update(done - shown.pos)

        yield progress
