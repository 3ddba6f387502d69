"""The command ``quangba build``: both editions of a site, and only what changed."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from quangba.console import bar
from quangba.errors import QuangbaError, say
from quangba.settings import load_site

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

EDITIONS = ("mkdocs.yml", "mkdocs.kiosk.yml")
"""Settings of the editions; a site without screens at gates lacks the second."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "Dựng trang web và bản màn hình cửa khẩu. Chỉ những gì đã thay đổi được dựng lại.",
        "Build the web site and the screens at the gates. Only what changed is rendered again.",
    )
)
@click.option(
    "-f",
    "--config-file",
    "files",
    multiple=True,
    metavar="FILE",
    help=say(
        "Tệp cài đặt của một bản; không chọn thì dựng mọi bản.",
        "Settings of one edition; without it all are built.",
    ),
)
@click.option(
    "--strict",
    is_flag=True,
    help=say(
        "Có lỗi hay cảnh báo thì giữ trang web cũ.", "With an error or warning the old site stays."
    ),
)
@click.option(
    "--anew",
    is_flag=True,
    help=say("Dựng lại tất cả.", "Use nothing of an earlier build."),
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help=say("Số ngôn ngữ dựng cùng lúc.", "How many languages are built at the same time."),
)
def build(files: tuple[str, ...], strict: bool, anew: bool, jobs: int | None) -> None:
    """Build editions of a site."""
    chosen = files or tuple(file for file in EDITIONS if Path(file).is_file()) or EDITIONS[:1]
    done: list[str] = []
    for file in chosen:
        try:
            done.append(build_edition(file, strict=strict, anew=anew, jobs=jobs))
        except (SystemExit, QuangbaError):
            if done:
                places = ", ".join(done)
                click.secho(
                    say(
                        f"Đã phát hành trước đó và vẫn là bản mới: {places}.",
                        f"Published before that, and still the new one: {places}.",
                    ),
                    fg="red",
                    err=True,
                )
            raise


def build_edition(file: str, *, strict: bool, anew: bool, jobs: int | None) -> str:
    """
    Build one edition and say what was done; return its folder.

    Ends the program with 1 when it fails.
    """
    from mkdocs.commands.build import build as build_site
    from mkdocs.exceptions import MkDocsException

    started = time.monotonic()
    config = load_site(file, strict=strict)
    plugin: Any = config.plugins["quangba"]
    with heard():
        try:
            config.plugins.on_startup(command="build", dirty=False)
            plugin.anew, plugin.jobs = anew, jobs
            with bar(plugin.config.edition) as plugin.progress:
                build_site(config)
            config.plugins.on_shutdown()
        except MkDocsException as error:
            click.secho(str(error), fg="red", err=True)
            sys.exit(1)
    rendered, total = plugin.driver.counted()
    seconds = time.monotonic() - started
    place: str = plugin.settings.relative(config.site_dir)
    click.echo(
        say(
            f"{place}: dựng {rendered} trên {total} trang, {seconds:.1f} giây.",
            f"{place}: {rendered} of {total} pages rendered, {seconds:.1f} s.",
        )
    )
    return place


@contextmanager
def heard() -> Iterator[None]:
    """Let people see the warnings of a build."""
    logger, handler = logging.getLogger("mkdocs"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s  %(message)s"))
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
