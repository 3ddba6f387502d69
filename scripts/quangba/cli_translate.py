"""The command ``quangba translate``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from quangba.catalogs.approval import known_page
from quangba.catalogs.update import Updater
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.console import bar, page_argument, show, target_language
from quangba.errors import Severity, say
from quangba.mt.acceptance import Flaw
from quangba.mt.ladder import Draft, Rung
from quangba.mt.markup import MARK
from quangba.mt.translate import Translator, table
from quangba.settings import Language, load_settings
from quangba.source.segment import Segment

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "Dịch nháp ngoại tuyến những đoạn còn thiếu. Không đụng tới chữ của người dịch.",
        "Draft what is missing, offline. Texts by people are never touched.",
    )
)
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@click.option(
    "--lang",
    "codes",
    multiple=True,
    help=say("Chỉ ngôn ngữ này (lặp lại được).", "Only this language (repeatable)."),
)
@click.option(
    "--again",
    is_flag=True,
    help=say(
        "Dịch lại cả những bản nháp máy chưa ai chấp nhận.",
        "Also redo machine drafts that nobody has accepted.",
    ),
)
@click.option(
    "--explain",
    metavar="TEXT",
    help=say(
        "Chỉ cho xem cách dịch câu này, từng bước, và vì sao bước nào bị loại.",
        "Only show how this text is translated, step by step, and why steps fall.",
    ),
)
@click.pass_obj
def translate(
    config_file: str,
    pages: tuple[str, ...],
    codes: tuple[str, ...],
    again: bool,
    explain: str | None,
) -> None:
    """Draft texts."""
    workspace = Workspace(load_settings(config_file))
    languages = [target_language(workspace, code) for code in codes]
    languages = languages or workspace.settings.targets
    names = [page_argument(workspace, page) for page in pages]
    for name in names:
        known_page(workspace, name)
    if explain is not None:
        for found in Translator(workspace).explain(explain, languages):
            explanation(*found)
        return
    update(workspace)
    workspace = Workspace(workspace.settings)
    with bar(say("Dịch nháp", "Drafting")) as progress:
        translator = Translator(workspace, progress=progress)
        try:
            report = translator.run(languages, names or [UI, SITE, *workspace.names], again=again)
        except KeyboardInterrupt:
            click.echo(
                say(
                    "\nĐã dừng. Chạy lại lệnh này để làm tiếp từ chỗ đó.",
                    "\nStopped. Run the command again to go on from there.",
                ),
                err=True,
            )
            sys.exit(130)
    show(report.problems)
    click.echo(table(report))
    if any(problem.severity >= Severity.ERROR for problem in report.problems):
        sys.exit(1)


def update(workspace: Workspace) -> None:
    """Bring the catalogs in line with the content first; say what could not be read."""
    with bar(say("Đồng bộ", "Sync")) as progress:
        result = Updater(workspace).run(progress)
    show(result.problems)


def explanation(
    language: Language, segment: Segment, rungs: Sequence[Rung], result: Draft | Flaw
) -> None:
    """Print what was tried on a text."""
    click.secho(f"{language.code}  {segment.msgid}", bold=True)
    for rung in rungs:
        package = f"{rung.hop.package}: " if rung.hop else ""
        click.echo(f"  {package}{rung.name}")
        click.echo(f"    < {visible(rung.shown)}")
        click.echo(f"    > {visible(rung.answer)}")
        if rung.flaw is None:
            click.secho(f"    ✓ {say('được nhận', 'accepted')}", fg="green")
        else:
            click.secho(f"    ✗ {rung.flaw.sentence}", fg="yellow")
    if isinstance(result, Flaw):
        click.secho(say("  Để người dịch: ", "  Left to people: ") + result.sentence, fg="red")
    else:
        if result.pivot:
            click.echo(f"  en  {result.pivot}")
        click.secho(f"  {language.code}  {result.text}", fg="green")
        if result.names:
            names = ", ".join(result.names)
            click.echo(say(f"  Hãy xem lại tên: {names}", f"  Names to look at: {names}"))


def visible(text: str) -> str:
    """
    Write marks so that people can see them.

    >>> visible('Vé \\ue100 \\ue200tàu\\ue300')
    'Vé ‹100› ‹200›tàu‹300›'
    """
    return MARK.sub(lambda match: f"‹{ord(match[0]) - 0xE000:X}›", text)
