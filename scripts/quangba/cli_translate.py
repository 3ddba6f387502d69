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
from quangba.mt.crossing import Rung
from quangba.mt.ladder import Draft
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
    try:
        if explain is None:
            draft(workspace, languages, names, again=again)
        else:
            explanations(workspace, languages, explain)
    except KeyboardInterrupt:
        click.echo(
            say(
                "\nĐã dừng. Chạy lại lệnh này để làm tiếp từ chỗ đó.",
                "\nStopped. Run the command again to go on from there.",
            ),
            err=True,
        )
        sys.exit(130)


def draft(
    workspace: Workspace, languages: Sequence[Language], names: Sequence[str], *, again: bool
) -> None:
    """Bring the catalogs in line with the content, draft what is missing, tell what was done."""
    with bar(say("Đồng bộ", "Sync")) as progress:
        problems = Updater(workspace).run(progress).problems
    show(problems)
    workspace = Workspace(workspace.settings)
    with bar(say("Dịch nháp", "Drafting")) as progress:
        translator = Translator(workspace, progress=progress)
        report = translator.run(languages, names or [UI, SITE, *workspace.names], again=again)
    more = [problem for problem in report.problems if problem not in problems]
    show(more)
    click.echo(table(report))
    if any(problem.severity >= Severity.ERROR for problem in [*problems, *more]):
        sys.exit(1)


def explanations(workspace: Workspace, languages: Sequence[Language], text: str) -> None:
    """Print what is tried on a text in each language."""
    told = set()
    for language, segment, rungs, result in Translator(workspace).explain(text, languages):
        told.add(language.code)
        explanation(language, segment, rungs, result)
    for language in languages:
        if language.code not in told:
            nothing = say("không có gì để dịch, hoặc chưa có gói dịch", "no words, or no package")
            click.echo(f"{language.code}: {nothing}.")


def explanation(
    language: Language, segment: Segment, rungs: Sequence[Rung], result: Draft | Flaw
) -> None:
    """Print what was tried on a text."""
    click.secho(f"{language.code}  {segment.msgid}", bold=True)
    for rung in rungs:
        package = f"{rung.hop.package}: " if rung.hop else ""
        click.echo(f"  {package}{say(*rung.name)}")
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
