"""``quangba adopt FOLDER``: take over a site that was translated before."""

from __future__ import annotations

from pathlib import Path

import click

from quangba.catalogs.approval import known_page
from quangba.catalogs.update import Updater
from quangba.catalogs.workspace import Workspace
from quangba.console import bar, page_argument, show, target_language
from quangba.errors import QuangbaError, say
from quangba.exchange.adopt import Adopter
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "Lấy lại bản dịch từ một trang web đã dịch bằng tệp Markdown: ten.ja.md hoặc ja/ten.md. "
        "Phần nào không khớp cấu trúc thì báo lại, không đoán.",
        "Take translations over from a site of translated Markdown files: name.ja.md or "
        "ja/name.md. What does not fit is reported, not guessed.",
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", "code", required=True, help=say("Ngôn ngữ, ví dụ ja.", "E.g. ja."))
@click.option("--page", "pages", multiple=True, help=say("Chỉ trang này.", "Only this page."))
@click.option(
    "--dry-run", is_flag=True, help=say("Chỉ báo, không ghi gì.", "Only tell, write nothing.")
)
@click.pass_obj
def adopt(config_file: str, folder: Path, code: str, pages: tuple[str, ...], dry_run: bool) -> None:
    """Take over translated Markdown."""
    workspace = Workspace(load_settings(config_file))
    language = target_language(workspace, code)
    names = [page_argument(workspace, page) for page in pages]
    for name in names:
        known_page(workspace, name)
    if not folder.is_dir():
        raise QuangbaError("adopt-folder", folder)
    if not dry_run:
        with bar(say("Đồng bộ", "Sync")) as progress:
            show(Updater(workspace).run(progress).problems)
        workspace = Workspace(workspace.settings)
    adopter = Adopter(workspace, folder.resolve())
    with bar(say("Ghép đoạn", "Aligning")) as progress:
        done = adopter.run(language, names or workspace.names, progress, write=not dry_run)
    show(done.report.problems)
    if not done.files:
        raise QuangbaError("adopt-nothing", folder, language=code)
    click.echo(
        say(
            f"{code}: {done.files} tệp, lấy {done.taken} đoạn (trong đó {done.unsure} đoạn cần xem "
            f"lại), giữ {done.kept} đoạn đã có, để lại {done.left} đoạn.",
            f"{code}: {done.files} files, {done.taken} texts taken ({done.unsure} of them to look "
            f"at), {done.kept} kept as they were here, {done.left} left.",
        )
    )
    if dry_run:
        click.echo(say("Chưa ghi gì (--dry-run).", "Nothing was written (--dry-run)."))
