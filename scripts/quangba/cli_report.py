"""``quangba report``: what was published, translated and reviewed in a year."""

from __future__ import annotations

from pathlib import Path

import click

from quangba.console import bar, show
from quangba.errors import say
from quangba.files import write_many
from quangba.report.making import Order, make
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "Lập báo cáo năm từ lịch sử git: phát hành, dịch, thẩm định, duyệt, rút.",
        "Make the yearly report from git's history: published, translated, reviewed, approved.",
    )
)
@click.option(
    "--year",
    type=click.IntRange(1971, 9998),
    required=True,
    help=say("Năm báo cáo.", "The year to report on."),
)
@click.option(
    "--until",
    default="HEAD",
    show_default=True,
    metavar="REV",
    help=say("Tính đến commit, nhánh hoặc thẻ này.", "Up to this commit, branch or tag."),
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
    help=say("Ngôn ngữ của báo cáo.", "Language of the report."),
)
@click.option(
    "--roles-only",
    is_flag=True,
    help=say("Không nêu tên người.", "Name no people."),
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help=say("Thư mục, mặc định reports/NĂM.", "Folder, by default reports/YEAR."),
)
@click.pass_obj
def report(
    config_file: str,
    year: int,
    until: str,
    language: str,
    roles_only: bool,
    folder: Path | None,
) -> None:
    """Make the yearly report."""
    settings = load_settings(config_file)
    folder = folder or settings.root / "reports" / str(year)
    with bar(say("Đọc lịch sử", "Reading history")) as progress:
        made = make(settings, Order(year, until, language, roles_only), progress)
    write_many((folder / name, data) for name, data in made.files.items())
    show(made.problems)
    for name in made.files:
        click.echo(settings.relative(folder / name))
