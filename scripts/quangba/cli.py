"""The command line: ``quangba COMMAND``. Commands only; the work is done in the rooms."""

from __future__ import annotations

import logging
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from quangba import __version__
from quangba.catalogs.approval import approve_language, approve_page, known_page, withdraw_page
from quangba.catalogs.update import Updater
from quangba.catalogs.workspace import Workspace
from quangba.console import bar, not_empty, page_argument, show, target_language
from quangba.errors import Problem, QuangbaError, Severity, problem_of, say, user_language
from quangba.files import write_text
from quangba.settings import load_settings
from quangba.site.status import table
from quangba.source.kinds import kinds
from quangba.source.skeletons import new_page as new_page_text
from quangba.usage import explained

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOMS = {
    "adopt": "quangba.cli_adopt",
    "build": "quangba.cli_build",
    "check": "quangba.cli_check",
    "export": "quangba.cli_exchange",
    "glossary": "quangba.cli_glossary",
    "import": "quangba.cli_exchange:import_files",
    "init": "quangba.cli_init",
    "kiosk": "quangba.cli_kiosk",
    "models": "quangba.cli_models",
    "report": "quangba.cli_report",
    "review": "quangba.cli_review",
    "statement": "quangba.cli_statement",
    "supply": "quangba.cli_supply",
    "translate": "quangba.cli_translate",
    "waive": "quangba.cli_check",
}
"""Commands that have a module of their own, which holds them under their name or ``:another``."""

STATUS_PAGE = "reports/status.html"
"""Where the page for managers goes, from the folder of ``mkdocs.yml``."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Commands(click.Group):
    """Commands, of which some are imported when they are called: packages take a while to load."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *ROOMS])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in ROOMS:
            return super().get_command(context, name)
        module, _, attribute = ROOMS[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute or name)
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; one that is typed wrongly may be like one that is not imported yet."""
        try:
            return super().resolve_command(context, arguments)
        except click.exceptions.NoSuchCommand as error:
            names = self.list_commands(context)
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=names, ctx=context
            ) from error

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        with explained():
            return super().make_context(*given, **more)

    def invoke(self, context: click.Context) -> object:
        """Run a command; Ctrl-C is no error of ours, and no trace of it helps anybody."""
        try:
            with explained():
                return super().invoke(context)
        except KeyboardInterrupt:
            stopped = say("Đã dừng. Không tệp nào bị ghi dở.", "Stopped. No file is half-written.")
            click.echo(f"\n{stopped}", err=True)
            sys.exit(130)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def main() -> None:
    """Run a command; every error is one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        # Consoles of older Windows are not UTF-8; a mark that they lack must not end a command.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    try:
        commands(prog_name="quangba")
    except (QuangbaError, OSError) as error:
        show([problem_of(error)])
        sys.exit(1)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "Quảng Bá: trang quảng bá nhiều ngôn ngữ từ nội dung tiếng Việt.",
        "Quảng Bá: a multilingual promotion site from Vietnamese content.",
    ),
)
@click.version_option(__version__)
@click.option(
    "-f",
    "--config-file",
    default="mkdocs.yml",
    show_default=True,
    help=say("Tệp cấu hình.", "Configuration file."),
)
@click.pass_context
def commands(context: click.Context, config_file: str) -> None:
    """Hold the commands."""
    context.obj = config_file


@commands.command(
    help=say(
        "Cập nhật tệp dịch theo nội dung: đoạn mới, sửa, dời, xóa, quay lại.",
        "Bring the catalogs in line with the content: new, changed, moved, removed, returned.",
    )
)
@click.option(
    "--mend",
    multiple=True,
    metavar="FILE",
    help=say(
        "Chấp nhận tệp dịch này dù thiếu mục hoặc thiếu phần đầu.",
        "Accept this catalog although entries or its header are missing.",
    ),
)
@click.pass_obj
def sync(config_file: str, mend: tuple[str, ...]) -> None:
    """Synchronise the catalogs."""
    workspace = Workspace(load_settings(config_file))
    for name in mend:
        if not Path(name).is_file():
            raise QuangbaError("file-missing", name)
    accepted = frozenset(workspace.settings.relative(Path(name).resolve()) for name in mend)
    with bar(say("Đồng bộ", "Sync")) as progress:
        result = Updater(workspace, accepted).run(progress)
    for old, new in result.renamed.items():
        click.echo(say(f"Đổi tên: {old} → {new}", f"Renamed: {old} → {new}"))
    for code, changes in result.changes.items():
        if changes.total:
            click.echo(
                f"{code}: "
                + say(
                    f"mới {changes.new} (dùng lại {changes.reused}), sửa {changes.changed}, "
                    f"quay lại {changes.returned}, bỏ {changes.removed}, dời {changes.moved}",
                    f"new {changes.new} (reused {changes.reused}), changed {changes.changed}, "
                    f"returned {changes.returned}, removed {changes.removed}, "
                    f"moved {changes.moved}",
                )
            )
    count = len(result.written)
    click.echo(
        say(f"Đã ghi {count} tệp.", f"{count} files written.")
        if count
        else say("Không có gì thay đổi.", "Nothing changed.")
    )
    show(result.problems)
    if any(problem.severity >= Severity.ERROR for problem in result.problems):
        sys.exit(1)


@commands.command(
    help=say("Bảng trạng thái: trang × ngôn ngữ.", "A table of states: pages × languages.")
)
@click.option(
    "--html",
    "target",
    is_flag=False,
    flag_value=STATUS_PAGE,
    metavar="[FILE]",
    help=say(
        "Ghi thành trang HTML cho lãnh đạo, mặc định reports/status.html.",
        "Write a page for managers, by default reports/status.html.",
    ),
)
@click.option(
    "--roles-only",
    is_flag=True,
    help=say("Không nêu tên người trong trang HTML.", "Name no people on the page."),
)
@click.pass_obj
def status(config_file: str, target: str | None, roles_only: bool) -> None:
    """Print the status table, or write it as a page."""
    workspace = Workspace(load_settings(config_file))
    if target is None:
        click.echo(table(workspace))
        return
    # Reading git and templates takes a while to import.
    from quangba.report.dashboard import dashboard, read_since

    with bar(say("Đọc lịch sử", "Reading history")) as progress:
        since = read_since(workspace, progress)
    path = workspace.settings.root / target if target == STATUS_PAGE else Path(target)
    write_text(path, dashboard(workspace, since, user_language(), roles_only=roles_only))
    click.echo(workspace.settings.relative(path))


@commands.command(
    help=say(
        "Duyệt một trang; với --lang: xác nhận đã thẩm định bản dịch của ngôn ngữ đó.",
        "Approve a page; with --lang: record that its translation was reviewed.",
    )
)
@click.argument("page")
@click.option("--lang", "code", help=say("Ngôn ngữ đã thẩm định, ví dụ ja.", "E.g. ja."))
@click.option("--by", required=True, callback=not_empty, help=say("Người duyệt.", "Who approves."))
@click.option("--document", default="", help=say("Số văn bản duyệt.", "Document it stands on."))
@click.pass_obj
def approve(config_file: str, page: str, code: str | None, by: str, document: str) -> None:
    """Approve a page or its translation."""
    from quangba.review.checking import Checker

    workspace = Workspace(load_settings(config_file))
    name = page_argument(workspace, page)
    if code is None:
        blocking = approve_page(workspace, name, by, document)
        show(blocking)
        if blocking:
            click.echo(say("Chưa ghi duyệt.", "Not approved."), err=True)
            sys.exit(1)
        click.echo(say(f"Đã duyệt {name}.", f"Approved {name}."))
        return
    language = target_language(workspace, code)
    known_page(workspace, name)
    errors = [
        finding
        for finding in Checker(workspace).catalog(language, name)
        if finding.severity >= Severity.ERROR
    ]
    show(finding.problem for finding in errors)
    wrong = {finding.message.key for finding in errors}
    done = approve_language(workspace, name, language, by, wrong)
    click.echo(
        say(
            f"{name} [{code}]: xác nhận {done.stamped} đoạn, trước đó {done.already}, "
            f"còn lại {done.left}.",
            f"{name} [{code}]: {done.stamped} stamped, {done.already} before, {done.left} left.",
        )
    )
    show(done.problems)
    if done.left:
        sys.exit(1)


@commands.command(
    help=say(
        "Rút một trang khỏi mọi ấn bản; địa chỉ cũ chỉ còn thông báo ngắn.",
        "Take a page out of every edition; its address keeps a short notice.",
    )
)
@click.argument("page")
@click.option(
    "--by", required=True, callback=not_empty, help=say("Người yêu cầu rút.", "Who asks for it.")
)
@click.option("--reason", default="", help=say("Lý do (chỉ lưu nội bộ).", "Reason (kept inside)."))
@click.pass_obj
def withdraw(config_file: str, page: str, by: str, reason: str) -> None:
    """Withdraw a page."""
    workspace = Workspace(load_settings(config_file))
    name = page_argument(workspace, page)
    withdraw_page(workspace, name, by, reason)
    click.echo(
        say(
            f"Đã rút {name}. Hãy dựng lại trang web để có hiệu lực.",
            f"Withdrew {name}. Build the site again for it to take effect.",
        )
    )


@commands.group(help=say("Tạo trang mới.", "Create something new."))
def new() -> None:
    """Hold what can be created."""


@new.command(
    "page",
    help=say(
        'Tạo trang từ mẫu, ví dụ: quangba new page visit/co-to.md --title "Cô Tô".',
        'Create a page from a template, e.g. quangba new page visit/co-to.md --title "Cô Tô".',
    ),
)
@click.argument("name")
@click.option(
    "--title", required=True, callback=not_empty, help=say("Tên trang, bằng tiếng Việt.", "Title.")
)
@click.option("--owner", help=say("Mã đơn vị trong units.yml.", "A name in units.yml."))
@click.option(
    "--type",
    "kind",
    type=click.Choice(sorted(kinds())),
    default="article",
    help=say("Loại trang: có sẵn các dòng bắt buộc.", "Kind of page: with the lines it needs."),
)
@click.pass_obj
def new_page(config_file: str, name: str, title: str, owner: str | None, kind: str) -> None:
    """Create a page in which the check names all that is to be filled in."""
    workspace = Workspace(load_settings(config_file))
    name = page_argument(workspace, name)
    if not re.fullmatch(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.md", name):
        raise QuangbaError("page-name", name)
    path = workspace.settings.content / name
    if path.exists():
        raise QuangbaError("page-exists", workspace.settings.page_file(name))
    if owner is not None and owner not in workspace.units:
        raise QuangbaError("gate-owner", workspace.settings.page_file(name), owner=owner)
    units = list(workspace.units)
    if owner is None:
        owner = units[0] if len(units) == 1 else ""  # of several, nobody knows which
    text = new_page_text(title, kind, owner, workspace.today.isoformat())
    write_text(path, text)
    file = workspace.settings.page_file(name)
    click.echo(
        say(
            f"Đã tạo {file}. Viết nội dung, thêm vào nav trong mkdocs.yml, rồi: quangba sync.",
            f"Created {file}. Write it, add it to nav in mkdocs.yml, then: quangba sync.",
        )
    )


@commands.command(
    help=say(
        "Liệt kê, đúng thứ tự, những đoạn sẽ được tra trong tệp dịch của một trang.",
        "List, in order, what will be looked up in the catalogs of a page.",
    )
)
@click.argument("page")
@click.pass_obj
def segments(config_file: str, page: str) -> None:
    """Show the segments of a page."""
    workspace = Workspace(load_settings(config_file))
    name = page_argument(workspace, page)
    source = known_page(workspace, name)
    found = workspace.collected(name)
    for segment in found.segments:
        context = f"  [{segment.msgctxt}]" if segment.msgctxt else ""
        click.echo(f"{source.file}:{segment.line}: {segment.kind}{context}")
        click.echo(f"    {segment.msgid}")
        for note in segment.notes:
            click.echo(f"    # {note}")
    show(
        Problem.at("text-untranslatable", source.file, item.line, text=item.text[:80])
        for item in found.untranslatable
    )


if __name__ == "__main__":
    main()
