"""``quangba statement PAGE --what "…"``: record what an official statement says now."""

from __future__ import annotations

import sys

import click

from quangba.catalogs.approval import known_page
from quangba.catalogs.workspace import Workspace
from quangba.console import not_empty, page_argument, show
from quangba.errors import Severity, say
from quangba.files import write_text
from quangba.settings import load_settings
from quangba.source.statements import add_version, new_version

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "Ghi phiên bản mới của một thông tin chính thức, với ngày hôm nay. Chỉ thêm vào `versions` "
        "ở phần đầu trang; mọi chữ khác giữ nguyên.",
        "Record a new version of an official statement, with today's date. It adds to `versions` "
        "in the front matter and changes nothing else.",
    )
)
@click.argument("page")
@click.option(
    "--what",
    required=True,
    callback=not_empty,
    help=say(
        "Điều gì mới, cho người đọc, ví dụ: công bố lần đầu.",
        "What is new, for readers, e.g. first published.",
    ),
)
@click.pass_obj
def statement(config_file: str, page: str, what: str) -> None:
    """Record a version of a statement."""
    workspace = Workspace(load_settings(config_file))
    name = page_argument(workspace, page)
    source = known_page(workspace, name)
    errors = [problem for problem in source.problems if problem.severity >= Severity.ERROR]
    show(errors)
    if errors:
        sys.exit(1)
    version = new_version(source, workspace.facts, what, workspace.today)
    path = workspace.settings.content / name
    write_text(path, add_version(path.read_bytes().decode("utf-8"), version, source.file))
    click.echo(
        say(
            f"{source.file}: đã ghi phiên bản ngày {version.date}. Hãy chạy `quangba sync`, dịch, "
            "rồi duyệt lại trang.",
            f"{source.file}: recorded the version of {version.date}. Run `quangba sync`, "
            "translate, then approve the page again.",
        )
    )
