"""The command line of exchange: ``quangba export`` and ``quangba import``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.console import page_argument, show, target_language
from quangba.errors import QuangbaError, Severity, say
from quangba.exchange.arrival import is_workbook, read_file
from quangba.exchange.giving_back import give_back
from quangba.exchange.replies import Importer, Result, Returned, Reviewer
from quangba.exchange.rows import OPEN, STALE, STATES, TITLES, Collector
from quangba.exchange.sheets import read_workbook
from quangba.exchange.workbook import write_workbook
from quangba.exchange.xliff import read_xliff, write_xliff
from quangba.files import write_bytes
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ANY = tuple(dict.fromkeys((*OPEN, *(english for _, english in STATES.values()), STALE[1])))
"""Names of states."""

ENDINGS = {"xlsx": ".xlsx", "xliff": ".xlf"}

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "Xuất các đoạn của một ngôn ngữ ra sổ tính Excel hoặc XLIFF cho người thẩm định.",
        "Write the texts of a language as an Excel workbook or XLIFF for reviewers.",
    )
)
@click.option("--lang", "code", required=True, help=say("Ngôn ngữ, ví dụ ja.", "E.g. ja."))
@click.option(
    "--page", "pages", multiple=True, help=say("Chỉ trang này (lặp lại được).", "Only this page.")
)
@click.option(
    "--unit",
    "units",
    multiple=True,
    help=say("Chỉ trang của đơn vị này.", "Only pages of this unit."),
)
@click.option(
    "--state",
    default="open",
    show_default=True,
    help=say(
        "open (chưa thẩm định), all, hoặc: missing,draft,stale,translated,reviewed.",
        "open (not reviewed), all, or: missing,draft,stale,translated,reviewed.",
    ),
)
@click.option(
    "--format", "form", type=click.Choice(tuple(ENDINGS)), default="xlsx", show_default=True
)
@click.option("-o", "--output", metavar="FILE", help=say("Tệp kết quả.", "Where to write."))
@click.pass_obj
def export(
    config_file: str,
    code: str,
    pages: tuple[str, ...],
    units: tuple[str, ...],
    state: str,
    form: str,
    output: str | None,
) -> None:
    """Write what waits in a language for reviewers."""
    workspace = Workspace(load_settings(config_file))
    language = target_language(workspace, code)
    names = chosen(workspace, pages, units)
    collector = Collector(workspace, language)
    sheets = collector.sheets(names, wanted_states(state))
    show(collector.problems)
    count = sum(len(sheet.rows) for sheet in sheets)
    if not count:
        click.echo(say("Không có đoạn nào để xuất.", "There is nothing to export."))
        return
    folder = workspace.settings.root / "reports"
    path = Path(output) if output else folder / f"review-{code}{ENDINGS[form]}"
    if form == "xlsx":
        data = write_workbook(sheets, language)
    else:
        data = write_xliff(sheets, language, workspace.settings.source)
    file = workspace.settings.relative(path)
    if path.exists() and read_file(path) != data:
        raise QuangbaError("export-exists", file)
    write_bytes(path, data)
    click.echo(
        say(
            f"Đã ghi {count} đoạn của {len(sheets)} trang vào {file}.",
            f"{count} texts of {len(sheets)} pages in {file}.",
        )
    )


def chosen(workspace: Workspace, pages: tuple[str, ...], units: tuple[str, ...]) -> list[str]:
    """Return the pages that are asked for; raises ``QuangbaError`` for unknown ones."""
    for unit in units:
        if unit not in workspace.units:
            known = ", ".join(workspace.units)
            raise QuangbaError("export-unit", unit=unit, known=known)
    if not pages and not units:
        return [SITE, UI, *workspace.names]
    names = list(dict.fromkeys(page_argument(workspace, page) for page in pages))
    for name in names:
        if name not in workspace.names and name not in TITLES:
            raise QuangbaError("page-missing", workspace.settings.page_file(name))
    names = names or workspace.names
    return [n for n in names if not units or (n not in TITLES and owner(workspace, n) in units)]


def owner(workspace: Workspace, name: str) -> str:
    """Return the unit that a page belongs to, or nothing."""
    return str(workspace.page(name).meta.get("owner", ""))


def wanted_states(said: str) -> tuple[str, ...]:
    """
    Return the states that are asked for; raises ``QuangbaError`` for unknown ones.

    >>> wanted_states('draft, stale')
    ('draft', 'stale')
    """
    shorthands = {"open": OPEN, "all": ANY}
    if said in shorthands:
        return shorthands[said]
    names = tuple(name.strip() for name in said.split(","))
    for name in names:
        if name not in ANY:
            raise QuangbaError("export-state", state=name, known=", ".join((*shorthands, *ANY)))
    return names


@click.command(
    "import",
    help=say(
        "Nhận lại sổ tính hoặc XLIFF: từng dòng được kiểm tra, không ghi đè, không mất dòng nào.",
        "Take a workbook or XLIFF back: every row is checked, nothing is written over or lost.",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--by",
    "name",
    default="",
    help=say("Tên hoặc vai trò người gửi.", "Name or role of the sender."),
)
@click.option(
    "--reviewed",
    is_flag=True,
    help=say(
        "Ghi thẩm định cho các dòng được đánh dấu “đã thẩm định” (cần --by).",
        "Stamp the rows that are marked as reviewed (needs --by).",
    ),
)
@click.option("--dry-run", is_flag=True, help=say("Chỉ kiểm tra, không ghi.", "Only check."))
@click.pass_obj
def import_files(
    config_file: str, files: tuple[str, ...], name: str, reviewed: bool, dry_run: bool
) -> None:
    """Take files from reviewers into the catalogs."""
    if reviewed and not name.strip():
        raise QuangbaError("name-empty", option="--by")
    workspace = Workspace(load_settings(config_file))
    reviewer = Reviewer(name.strip(), reviewed)
    clean = [import_file(workspace, Path(file), reviewer, dry_run=dry_run) for file in files]
    if not all(clean):
        sys.exit(1)


def import_file(workspace: Workspace, path: Path, reviewer: Reviewer, *, dry_run: bool) -> bool:
    """Take one file; return whether everything in it could be used."""
    try:
        returned = read(path)
        language = target_language(workspace, returned.language)
    except QuangbaError as error:
        # The other files are worth reading all the same.
        show([error.problem])
        return False
    result = Importer(workspace, language, reviewer).run(returned, dry_run=dry_run)
    show(returned.problems)
    show(result.findings)
    show(refusal.problem for refusal in result.refusals)
    tell(path.name, result, dry_run=dry_run)
    if result.refusals and not dry_run:
        given = give_back(workspace, language, result.refusals, path.stem)
        file = workspace.settings.relative(given)
        click.echo(
            say(
                f"Các dòng chưa nhận nằm trong {file}: sửa ở đó rồi nhập tệp ấy.",
                f"What was not taken is in {file}: correct it there and import that file.",
            )
        )
    problems = any(problem.severity is Severity.ERROR for problem in returned.problems)
    return not result.refusals and not problems


def read(path: Path) -> Returned:
    """Read a file by what it is; raises ``QuangbaError`` when it cannot be used."""
    data = read_file(path)
    reader = read_workbook if is_workbook(data, path.name) else read_xliff
    return reader(data, path.name)


def tell(file: str, result: Result, *, dry_run: bool) -> None:
    """Say what became of a file."""
    refused = len(result.refusals)
    done = result.changed + result.accepted + result.stamped + result.comments
    if not done and not refused:
        click.echo(say(f"{file}: không có gì thay đổi.", f"{file}: nothing changed."))
    else:
        click.echo(
            say(
                f"{file}: sửa {result.changed}, chấp nhận {result.accepted}, "
                f"ghi thẩm định {result.stamped}, ghi chú {result.comments}, "
                f"giữ nguyên {result.same}, không nhận {refused}.",
                f"{file}: {result.changed} changed, {result.accepted} accepted, "
                f"{result.stamped} stamped, {result.comments} comments, "
                f"{result.same} the same, {refused} not taken.",
            )
        )
    if result.unstamped:
        click.echo(
            say(
                f"{result.unstamped} dòng được đánh dấu “đã thẩm định”: muốn ghi, hãy nhập lại "
                "với --reviewed --by TÊN.",
                f"{result.unstamped} rows are marked as reviewed: to stamp them, import again "
                "with --reviewed --by NAME.",
            )
        )
    if dry_run:
        click.echo(say("Chạy thử: chưa ghi gì.", "Dry run: nothing was written."))
