"""
``quangba kiosk serve`` and ``history``: what runs beside installations, and what is made of it.

``python -m quangba.cli_kiosk_device serve …`` starts the server without anything else of this
package: on a device neither MkDocs nor a translator is installed.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from quangba.errors import Problem, QuangbaError, say, user_language
from quangba.files import write_text
from quangba.kiosk.agent import Agent, Command
from quangba.kiosk.serve import HOSTS, Server, listen, stopped_by_signals
from quangba.kiosk.shown import Device, Preview, Shows
from quangba.kiosk.systemd import passed_sockets
from quangba.kiosk.watchdog import Step

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def main() -> None:
    """Run a command; every error is one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        device(prog_name="quangba-device")
    except QuangbaError as error:
        click.secho(error.problem.text(), fg="red", err=True)
        sys.exit(1)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say("Quảng Bá trên máy tại cửa khẩu.", "Quảng Bá on a device at a gate."),
)
def device() -> None:
    """Hold the commands."""


@device.command(
    help=say(
        "Cho trình duyệt trên chính máy này xem bản phát hành (--root) hoặc bản vừa dựng (--site).",
        "Show the browser on this computer a release (--root) or a fresh build (--site).",
    )
)
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    help=say("Thư mục thiết bị.", "Device folder."),
)
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    help=say("Bản dựng để xem trước, ví dụ site/kiosk.", "A build to look at: site/kiosk."),
)
@click.option("--gate", help=say("Cửa khẩu để xem trước, với --site.", "Gate, with --site."))
@click.option(
    "--host",
    type=click.Choice(HOSTS),
    default=HOSTS[0],
    show_default=True,
    help=say("Địa chỉ, chỉ của máy này.", "Address, of this computer only."),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help=say("Cổng; 0: cổng nào trống.", "Port; 0: any that is free."),
)
@click.option(
    "--restart",
    metavar="COMMAND",
    help=say("Lệnh khởi động lại trình duyệt.", "Command that starts the browser anew."),
)
@click.option(
    "--reboot",
    metavar="COMMAND",
    help=say("Lệnh khởi động lại máy.", "Command that starts the computer anew."),
)
def serve(
    root: Path | None,
    site: Path | None,
    gate: str | None,
    host: str,
    port: int,
    restart: str | None,
    reboot: str | None,
) -> None:
    """Serve until told to stop."""
    if (root is None) == (site is None) or (gate is not None and site is None):
        raise QuangbaError("kiosk-serve-what")
    shows: Shows = Preview(site, gate) if site is not None else Device(folder(root))
    given = {Step.RESTART: restart, Step.REBOOT: reboot}
    commands = {step: words(text, step) for step, text in given.items() if text is not None}
    sockets = passed_sockets() or [listen(host, port)]
    server = Server(sockets, shows, Agent(shows, root, commands=commands))
    with stopped_by_signals(server):
        click.echo(
            say(
                f"Đang phục vụ tại {server.address} (Ctrl+C để dừng).",
                f"Serving at {server.address} (Ctrl+C to stop).",
            )
        )
        server.run()


def folder(root: Path | None) -> Path:
    """Return a device folder; raises ``QuangbaError`` for one that is not there."""
    if root is None or not root.is_dir():
        raise QuangbaError("kiosk-serve-root", root or "")
    return root


def words(text: str, step: Step) -> Command:
    """Split a command as a shell would; raises ``QuangbaError`` for one that is empty or open."""
    try:
        found = tuple(shlex.split(text))
    except ValueError:
        found = ()
    if not found:
        raise QuangbaError("kiosk-command-empty", option=f"--{step}")
    return found


@device.command(
    help=say(
        "Lập nhật ký vận hành từ biên nhận và số đếm mà USB mang về.",
        "Make the running report from the receipts and counts that sticks brought back.",
    )
)
@click.argument("receipts", type=click.Path(path_type=Path))
@click.option("--month", metavar="YYYY-MM", help=say("Chỉ tháng này.", "This month only."))
@click.option(
    "--html",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=say("Ghi thành trang HTML.", "Write it as a web page."),
)
@click.option("--json", "as_json", is_flag=True, help=say("Dạng JSON.", "As JSON."))
@click.option(
    "--lang",
    "language",
    type=click.Choice(["vi", "en"]),
    default=user_language,
    help=say("Ngôn ngữ của nhật ký.", "Language of the report."),
)
@click.pass_obj
def history(
    config_file: str | None,
    receipts: Path,
    month: str | None,
    target: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Make the running report."""
    # Only the office makes reports; a device does not know how.
    from quangba.kiosk.collected import collect
    from quangba.kiosk.history import histories
    from quangba.kiosk.history_page import Running, data, html, plain
    from quangba.kiosk.history_words import Words

    found = collect(receipts)
    gates = histories(found, month)
    report = Running(Words(language), found, gates, month, sample=is_sample(config_file))
    if target is not None:
        write_text(target, html(report))
        click.echo(str(target), err=as_json)
    if as_json or target is None:
        click.echo(data(report) if as_json else plain(report), nl=False)
    problems = found.problems
    if not any(gate.receipts or gate.seen for gate in gates):
        problems = [*problems, Problem.at("history-empty", receipts)]
    for problem in problems:
        click.secho(problem.text(), fg="yellow", err=True)


def is_sample(config_file: str | None) -> bool:
    """Tell whether the project is in sample mode; where there is no project, there is no sample."""
    if not Path(config_file or "mkdocs.yml").is_file():
        return False
    from quangba.settings import load_settings

    return bool(load_settings(config_file or "mkdocs.yml").options.sample)


if __name__ == "__main__":
    main()
