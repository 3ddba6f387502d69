"""The command ``quangba review``."""

from __future__ import annotations

import logging
import socket
import webbrowser

import click
from werkzeug.serving import BaseWSGIServer, make_server

from quangba.catalogs.approval import known_page
from quangba.catalogs.update import Updater
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.console import bar, page_argument, show, target_language
from quangba.desk.app import create_app
from quangba.desk.guard import new_token
from quangba.desk.live import LiveSite
from quangba.desk.preview import Preview
from quangba.desk.session import Desk
from quangba.errors import QuangbaError, say
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HOST = "127.0.0.1"
"""This computer and no other."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
    help=say(
        "Mở bàn thẩm định trong trình duyệt: xem, sửa và duyệt bản dịch.",
        "Open the review desk in the browser: read, edit and approve translations.",
    )
)
@click.option("--lang", "code", help=say("Mở ngôn ngữ này, ví dụ ja.", "Open this language."))
@click.option("--page", help=say("Mở trang này, ví dụ visit/yen-tu.md.", "Open this page."))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help=say("Cổng; 0: tự chọn cổng còn trống.", "Port; 0 takes a free one."),
)
@click.option(
    "--no-browser",
    is_flag=True,
    help=say("Chỉ in địa chỉ, không mở trình duyệt.", "Only print the address."),
)
@click.pass_obj
def review(
    config_file: str, code: str | None, page: str | None, port: int, no_browser: bool
) -> None:
    """Open the desk until somebody ends it."""
    workspace = Workspace(load_settings(config_file))
    start = first_address(workspace, code, page)
    with bar(say("Đồng bộ", "Sync")) as progress:
        show(Updater(workspace).run(progress).problems)
    site = LiveSite(workspace.settings)
    site.look()
    listening = listen(port)
    desk = Desk(site, Preview(config_file), new_token(), listening.getsockname()[1])
    with bar(say("Kiểm tra", "Checks")) as progress:
        desk.queue.prepare(progress)
    address = f"http://{HOST}:{desk.port}{desk.root}{start}"
    click.echo(say(f"Bàn thẩm định: {address}", f"Review desk: {address}"))
    click.echo(say("Để dừng: Ctrl-C.", "To end it: Ctrl-C."))
    if not no_browser:
        webbrowser.open(address)
    serve(desk, listening)
    click.echo(
        say(
            "\nĐã đóng bàn thẩm định; mọi thay đổi đã được lưu.",
            "\nThe desk is closed; everything is saved.",
        )
    )


def first_address(workspace: Workspace, code: str | None, page: str | None) -> str:
    """Return what to open first: a page in a language, or a queue of either."""
    language = target_language(workspace, code) if code else None
    name = page_argument(workspace, page) if page else None
    if name and name not in (SITE, UI):
        known_page(workspace, name)
    if language and name:
        return f"{language.code}/{LiveSite.address(name)}"
    found = {"lang": language.code if language else None, "page": name}
    query = "&".join(f"{key}={value}" for key, value in found.items() if value)
    return f"?{query}" if query else ""


def listen(port: int) -> socket.socket:
    """Open a port of this computer; raises ``QuangbaError`` when another program has it."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise QuangbaError("desk-port", port=port, what=error.strerror or error) from error


def serve(desk: Desk, listening: socket.socket) -> None:
    """Answer requests until the user ends it."""
    # Addresses hold the secret: nothing is logged.
    logging.getLogger("werkzeug").disabled = True
    with listening:
        server: BaseWSGIServer = make_server(
            HOST, desk.port, create_app(desk), threaded=True, fd=listening.fileno()
        )
        server.serve_forever()
        # Somebody may have pressed Ctrl-C while a text was being saved.
        with desk.site.lock:
            pass
