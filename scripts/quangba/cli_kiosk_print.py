"""``quangba kiosk leaflet``: the sheets of a built kiosk edition as PDF, for the printing shop."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from quangba.console import bar
from quangba.errors import say
from quangba.kiosk.commit import read_head
from quangba.kiosk.leaflets import list_sheets, printing
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CONFIG = "mkdocs.yml"
"""Configuration file where no other was named."""

SITE, OUT = "site/kiosk", "site/leaflets"
"""The build and the PDFs, from the folder of the configuration file."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "In tờ rơi của từng cửa khẩu và từng ngôn ngữ ra PDF, từ bản ki-ốt đã dựng. Cần Chromium. "
        "Dừng giữa chừng rồi chạy lại cũng được: tờ nào còn đúng thì giữ nguyên.",
        "Print the leaflets of every gate and language to PDF, from a built kiosk edition. Needs "
        "Chromium. It may be stopped and run again: what is up to date is left alone.",
    )
)
@click.option("--gate", "gates", multiple=True, metavar="ID", help=say("Cửa khẩu.", "A gate."))
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="CODE",
    help=say("Ngôn ngữ; vi-zh: bản song ngữ.", "A language; vi-zh: the bilingual sheet."),
)
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    help=say(f"Bản đã dựng: {SITE}.", f"The build: {SITE}."),
)
@click.option(
    "--out", type=click.Path(path_type=Path), help=say(f"Nơi ghi: {OUT}.", f"Where they go: {OUT}.")
)
@click.pass_obj
def leaflet(
    config_file: str | None,
    gates: tuple[str, ...],
    languages: tuple[str, ...],
    site: Path | None,
    out: Path | None,
) -> None:
    """Print leaflets."""
    root = load_settings(config_file or CONFIG).root
    built, folder = site or root / SITE, out or root / OUT
    sheets = list_sheets(built, gates, languages)
    # A service that is stopped must not leave a browser behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    printed = 0
    with (
        printing(built, folder, read_head(root).created) as printer,
        bar(say("Tờ rơi", "Leaflets")) as progress,
    ):
        for done, sheet in enumerate(sheets, 1):
            if not printer.is_current(sheet):
                printer.print(sheet)
                printed += 1
            progress(done, len(sheets))
    kept = len(sheets) - printed
    click.echo(
        say(
            f"{folder}: in {printed} tờ, {kept} tờ còn đúng nên giữ nguyên.",
            f"{folder}: {printed} printed, {kept} were up to date.",
        )
    )
