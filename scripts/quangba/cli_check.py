"""``quangba check`` and ``quangba waive``: what is wrong, and what is not although it looks so."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from quangba.catalogs.approval import known_page
from quangba.catalogs.edits import Edit, edit, version
from quangba.catalogs.message import Message
from quangba.catalogs.workspace import SITE, Workspace
from quangba.console import bar, not_empty, page_argument, target_language
from quangba.errors import Problem, QuangbaError, Severity, say
from quangba.files import write_text
from quangba.review.checking import Checker, all_checks
from quangba.review.results import (
    Result,
    as_github,
    as_gitlab,
    as_html,
    as_json,
    counts,
    findings,
)
from quangba.settings import Language, load_settings
from quangba.site.checks import check as check_site
from quangba.site.checks import check_catalog, check_page, compose_pages
from quangba.site.publishing import Publisher

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FORMATS = {
    "text": lambda results: "".join(f"{result.text}\n" for result in results),
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "html": as_html,
}

PLACE = re.compile(r"(?P<file>.+\.po):(?P<line>\d+):?")
"""A place as `quangba check` prints it: ``locales/ja/LC_MESSAGES/visit/yen-tu.po:120``."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "Tìm mọi lỗi có thể biết mà không cần người dịch. Không nêu trang: toàn bộ.",
        "Find everything that can be known to be wrong without a translator. No page: all.",
    )
)
@click.argument("pages", nargs=-1)
@click.option("--lang", "codes", multiple=True, help=say("Ngôn ngữ, ví dụ ja.", "E.g. ja."))
@click.option("--hints", is_flag=True, help=say("Hiện cả gợi ý.", "Show hints too."))
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help=say(
        "Dạng kết quả; github và gitlab để máy chủ Git ghi chú cạnh dòng sai.",
        "Form of the results; github and gitlab put them beside the lines on the Git host.",
    ),
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help=say("Ghi ra tệp này.", "To this file.")
)
@click.option(
    "--fix",
    is_flag=True,
    help=say("Ghép dấu chữ Việt bị tách (NFD).", "Compose decomposed Vietnamese (NFD)."),
)
@click.pass_obj
def check(
    config_file: str,
    pages: tuple[str, ...],
    codes: tuple[str, ...],
    hints: bool,
    form: str,
    output: str | None,
    fix: bool,
) -> None:
    """Check the whole site, or some pages and languages."""
    workspace = Workspace(load_settings(config_file))
    languages = [target_language(workspace, code) for code in dict.fromkeys(codes)]
    names = [page_argument(workspace, page) for page in pages]
    for name in names:
        known_page(workspace, name)
    if fix:
        for file in compose_pages(workspace):
            click.echo(say(f"Đã sửa: {file}", f"Mended: {file}"), err=True)
        workspace = Workspace(workspace.settings)
    results = collect(workspace, languages, names)
    found = counts(results)
    results = [
        result
        for result in results
        if hints or form in ("json", "html") or result.severity > Severity.NOTE or not result.check
    ]
    if output:
        write_text(Path(output), FORMATS[form](results))
    elif form != "text":
        click.echo(FORMATS[form](results), nl=False)
    else:
        tell(results)
    if form == "text" or output:
        click.echo(
            say(
                f"{found['errors']} lỗi, {found['warnings']} cảnh báo, {found['hints']} gợi ý, "
                f"{found['waived']} đã miễn trừ.",
                f"{found['errors']} errors, {found['warnings']} warnings, {found['hints']} hints, "
                f"{found['waived']} waived.",
            )
        )
    if found["errors"]:
        sys.exit(1)


def collect(
    workspace: Workspace, languages: Sequence[Language], names: Sequence[str]
) -> list[Result]:
    """Return what is wrong with pages, data and catalogs, then with translations."""
    some = languages or names
    found = check_some(workspace, languages, names) if some else check_site(workspace)
    results = [Result(problem) for problem in dict.fromkeys(found)]
    with bar(say("Kiểm tra bản dịch", "Checking translations")) as progress:
        results += findings(
            workspace,
            languages or workspace.settings.targets,
            names or [SITE, *workspace.names],
            progress,
        )
    return results


def check_some(
    workspace: Workspace, languages: Sequence[Language], names: Sequence[str]
) -> Iterator[Problem]:
    """Yield what is wrong with some pages and with their catalogs."""
    for name in names:
        yield from check_page(workspace, name)
    publisher = Publisher(workspace)
    for language in languages or workspace.settings.targets:
        for name in names or [SITE, *workspace.names]:
            yield from check_catalog(workspace, publisher, language, name)


def tell(results: Sequence[Result]) -> None:
    """Print results, the name of the check behind its sentence."""
    colours = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
    for result in results:
        click.secho(result.text, fg=colours.get(result.severity), err=True)


@click.command(
    help=say(
        "Ghi rằng một phát hiện không phải là lỗi, kèm lý do. Hết hiệu lực khi đoạn thay đổi. "
        "PLACE là tệp:dòng như `quangba check` in ra.",
        "Record that a finding is no mistake, and why. It expires when the text changes. "
        "PLACE is file:line as `quangba check` prints it.",
    )
)
@click.argument("place")
@click.argument("name", metavar="CHECK")
@click.option("--reason", required=True, callback=not_empty, help=say("Lý do.", "Why."))
@click.option("--by", required=True, callback=not_empty, help=say("Người quyết định.", "Who."))
@click.pass_obj
def waive(config_file: str, place: str, name: str, reason: str, by: str) -> None:
    """Waive the findings of a check in one entry."""
    workspace = Workspace(load_settings(config_file))
    if name not in all_checks():
        raise QuangbaError("waiver-check", check=name, known=", ".join(sorted(all_checks())))
    language, page, message = entry_at(workspace, place)
    if name not in found_in(workspace, language, page, message):
        raise QuangbaError("waiver-needless", place, check=name)
    day = workspace.today.isoformat()

    def change(entry: Message) -> None:
        entry.waive(name, reason, by, day)

    done = edit(workspace, language, page, [Edit(message.key, version(message), change)])
    if done.conflicts:
        raise QuangbaError("waiver-place", place)
    click.echo(say(f"Đã miễn trừ “{name}”: {place}", f"Waived “{name}”: {place}"))


def entry_at(workspace: Workspace, place: str) -> tuple[Language, str, Message]:
    """Return the entry that stands at a line of a catalog; raises ``QuangbaError`` for none."""
    match = PLACE.fullmatch(place.replace("\\", "/").removeprefix("./"))
    found = catalog_at(workspace, match["file"]) if match else None
    if match and found:
        language, name = found
        line = int(match["line"])
        catalog, data = workspace.read_catalog(language, name)
        before = [m for m in catalog.active if m.line <= line] if catalog else []
        if before and line <= data.count(b"\n"):
            return language, name, before[-1]
    raise QuangbaError("waiver-place", place)


def catalog_at(workspace: Workspace, file: str) -> tuple[Language, str] | None:
    """Return the language and the page of a catalog by its path."""
    for language in workspace.settings.targets:
        for name in (SITE, *workspace.names):
            if workspace.catalog_file(language, name) == file:
                return language, name
    return None


def found_in(workspace: Workspace, language: Language, name: str, message: Message) -> set[str]:
    """Return the names of the checks that find something in an entry."""
    return {
        finding.check
        for finding in Checker(workspace).catalog(language, name)
        if finding.message.key == message.key
    }
