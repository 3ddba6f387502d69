"""
``quangba kiosk …``: what a device does with releases; the office's part is in another module.

``python -m quangba.cli_kiosk install …`` works on a device, where neither MkDocs nor a translator
is installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from quangba.errors import Problem, QuangbaError, say
from quangba.kiosk.install import Wishes, install
from quangba.kiosk.keys import read_keys
from quangba.kiosk.manifest import SERIAL_LARGEST
from quangba.kiosk.notices import Kind, Notices
from quangba.kiosk.refusal import Refusal
from quangba.kiosk.releases import find, read_release
from quangba.kiosk.resume import resume
from quangba.kiosk.rollback import roll_back
from quangba.kiosk.screen import Screen
from quangba.kiosk.status import read_status
from quangba.kiosk.store import Store

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ELSEWHERE = {
    "history": "quangba.cli_kiosk_device",
    "key": "quangba.cli_kiosk_office",
    "leaflet": "quangba.cli_kiosk_print",
    "recall": "quangba.cli_kiosk_office",
    "release": "quangba.cli_kiosk_office",
    "serve": "quangba.cli_kiosk_device",
}
"""Commands that have a module of their own, which is imported when they are called."""

PUBLIC_KEYS = "kiosk/keys"
"""Where a project has the public keys of its releases."""

SERIALS = click.IntRange(1, SERIAL_LARGEST)

PATH = click.Path(path_type=Path)

ROOT = click.option(
    "--root",
    required=True,
    type=PATH,
    help=say("Thư mục thiết bị.", "Device folder."),
)

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Commands(click.Group):
    """Commands, of which some are imported when they are called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *ELSEWHERE])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in ELSEWHERE:
            return super().get_command(context, name)
        try:
            module = import_module(ELSEWHERE[name])
        except ModuleNotFoundError as error:
            if error.name is None or error.name.partition(".")[0] == "quangba":
                raise
            # A device has no commands of the office.
            return None
        command: click.Command = getattr(module, name)
        return command


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def main() -> None:
    """Run a command; every error is one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        kiosk(prog_name="quangba kiosk")
    except QuangbaError as error:
        show(error.problem)
        sys.exit(1)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "Màn hình ở cửa khẩu: khóa, bản phát hành, cài đặt.",
        "Screens at gates: keys, releases, installations.",
    ),
)
def kiosk() -> None:
    """Hold the commands."""


@kiosk.command(
    help=say(
        "Kiểm tra chữ ký và từng tệp của bản phát hành, không cài.",
        "Check the signature and every file of releases, without installing them.",
    )
)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--keys",
    type=PATH,
    default=PUBLIC_KEYS,
    show_default=True,
    help=say("Thư mục khóa công khai (.pub).", "Folder of public keys (.pub)."),
)
def verify(paths: tuple[Path, ...], keys: Path) -> None:
    """Verify releases."""
    trusted = read_keys(keys)
    if not trusted:
        raise QuangbaError("kiosk-no-keys", folder=keys)
    files = [file for path in paths for file in find(path)]
    if not files:
        raise QuangbaError("kiosk-empty")
    wrong = 0
    for file in files:
        try:
            found = read_release(file, trusted)
            found.verify()
        except Refusal as refusal:
            show(refusal.problem)
            wrong += 1
            continue
        manifest, signed = found.manifest, ", ".join(found.signers)
        click.echo(
            say(
                f"{file}: đúng và đủ. Cửa khẩu {manifest.gate}, bản {manifest.serial}, "
                f"{len(manifest.files)} tệp, khóa {signed}.",
                f"{file}: sound. Gate {manifest.gate}, release {manifest.serial}, "
                f"{len(manifest.files)} files, key {signed}.",
            )
        )
    if wrong:
        sys.exit(1)


@kiosk.command(
    "install",
    help=say(
        "Cài bản mới nhất còn nguyên vẹn từ USB, từ tệp .qbk hoặc từ thư mục đã bung.",
        "Install the newest sound release from sticks, .qbk files or unpacked releases.",
    ),
)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@ROOT
@click.option(
    "--gate", metavar="ID", help=say("Cửa khẩu đặt máy (lần đầu).", "The device's gate (at first).")
)
@click.option(
    "--first",
    is_flag=True,
    help=say("Lần đầu: lấy cửa khẩu của bản trên USB.", "At first: take the gate of the release."),
)
@click.option(
    "--now", is_flag=True, help=say("Không chờ khách dùng xong.", "Do not wait for a visitor.")
)
@click.option(
    "--no-confirm",
    is_flag=True,
    help=say("Máy chưa có màn hình chạy: không chờ.", "No screen is running: do not wait for it."),
)
def install_command(
    paths: tuple[Path, ...], root: Path, gate: str | None, first: bool, now: bool, no_confirm: bool
) -> None:
    """Install a release."""
    wishes = Wishes(gate=gate, first=first, now=now, confirm=not no_confirm)
    outcome = install(paths, Store(root), Screen(root), Notices(root, tell), wishes)
    for problem in [*outcome.others, *outcome.warnings]:
        show(problem)
    if not outcome.accepted:
        sys.exit(1)


@kiosk.command(
    help=say(
        "Quay lại bản trước còn trên máy, ngay lập tức.",
        "Go back to the release before that is still on the device, at once.",
    )
)
@ROOT
@click.option("--to", type=SERIALS, help=say("Số hiệu của bản.", "Serial of the release."))
def rollback(root: Path, to: int | None) -> None:
    """Go back."""
    if not roll_back(Store(root), Notices(root, tell), to).accepted:
        sys.exit(1)


@kiosk.command(
    "resume",
    help=say(
        "Xét tiếp bản đang chiếu thử khi mất điện: giữ lại, hoặc quay lại bản trước.",
        "Go on with the trial that a power cut broke off: keep the release, or go back.",
    ),
)
@ROOT
def resume_command(root: Path) -> None:
    """Go on with a trial."""
    outcome = resume(Store(root), Screen(root), Notices(root, tell))
    if outcome and not outcome.accepted:
        sys.exit(1)


@kiosk.command(help=say("Máy đang chiếu gì, còn giữ gì.", "What a device shows and keeps."))
@ROOT
@click.option("--json", "as_json", is_flag=True, help=say("Dạng JSON.", "As JSON."))
def status(root: Path, as_json: bool) -> None:
    """Show the status."""
    try:
        found = read_status(Store(root))
    except OSError as error:
        raise Store.failure(error) from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for line in status_lines(found):
        click.echo(line)


def status_lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield a status as people read it."""
    nothing = say("chưa có", "none")
    yield say("Cửa khẩu: ", "Gate: ") + (found["gate"] or nothing)
    yield say("Đang chiếu: ", "Shown: ") + str(found["shown"] or nothing)
    if found["sound"]:
        age, day = found["age"], found["created"][:10]
        yield say(f"Nội dung ngày {day}, {age} ngày trước", f"Content of {day}, {age} days old")
    elif found["shown"]:
        yield say(
            "Bản này bị hỏng: hãy cài lại từ USB.", "It is damaged: install it again from a stick."
        )
    yield say("Còn giữ: ", "Kept: ") + (", ".join(map(str, found["kept"])) or nothing)
    sentence = found["message"][say("vi", "en")]
    if sentence:
        yield say("Lần cài gần nhất: ", "Last installation: ") + sentence


def tell(kind: Kind, problem: Problem) -> None:
    """Say in the terminal how an installation goes on."""
    if kind == "working":
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{problem.text()}", err=True, nl=False)
        return
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    click.secho(problem.text(), fg="green" if kind == "done" else "red", err=kind == "refused")


def show(problem: Problem) -> None:
    """Print a problem, errors in red where the terminal has colours."""
    click.secho(problem.text(), fg={2: "red", 1: "yellow"}.get(problem.severity), err=True)


if __name__ == "__main__":
    main()
