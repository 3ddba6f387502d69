"""
``quangba kiosk …``: keys and releases in the office, installations on a device.

``python -m quangba.cli_kiosk install …`` works on a device, where neither MkDocs nor a translator
is installed: what only the office needs is imported by the commands of the office.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quangba.errors import Problem, QuangbaError, say
from quangba.kiosk.install import Wishes, install
from quangba.kiosk.keys import key_id, read_keys
from quangba.kiosk.manifest import SERIAL_LARGEST
from quangba.kiosk.notices import Kind, Notices
from quangba.kiosk.refusal import Refusal
from quangba.kiosk.releases import find, read_release
from quangba.kiosk.rollback import roll_back
from quangba.kiosk.screen import Screen
from quangba.kiosk.status import read_status
from quangba.kiosk.store import Store

if TYPE_CHECKING:
    from quangba.kiosk.making import Making

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ELSEWHERE = {"history": "quangba.cli_kiosk_device", "serve": "quangba.cli_kiosk_device"}
"""Commands that have a module of their own, which is imported when they are called."""

CONFIG = "mkdocs.yml"
"""Configuration file where no other was named."""

PASSPHRASE = "QUANGBA_KEY_PASSPHRASE"
"""Environment variable with the passphrase of private keys; empty for none."""

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
        command: click.Command = getattr(import_module(ELSEWHERE[name]), name)
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


# The office


@kiosk.command(
    help=say(
        "Tạo khóa ký trong thư mục OUT, ngoài kho git: NAME.pem (giữ kín) và NAME.pub (chép vào "
        f"{PUBLIC_KEYS}/ và vào thư mục keys/ của từng máy).",
        "Make a signing key in the folder OUT, outside of git: NAME.pem (keep it secret) and "
        f"NAME.pub (copy it to {PUBLIC_KEYS}/ and to keys/ on each device).",
    )
)
@click.argument("out", type=PATH)
@click.option(
    "--name",
    default="release",
    show_default=True,
    help=say("Tên khóa: chữ thường, số, gạch nối.", "Its name: lower case, digits, hyphens."),
)
def key(out: Path, name: str) -> None:
    """Make a key."""
    from quangba.kiosk.signing import make_key

    passphrase = os.environ.get(PASSPHRASE)
    if passphrase is None:
        if not sys.stdin.isatty():
            raise QuangbaError("kiosk-key-silent", variable=PASSPHRASE)
        passphrase = click.prompt(
            say("Mật khẩu (Enter nếu không cần)", "Passphrase (Enter for none)"),
            default="",
            show_default=False,
            hide_input=True,
            confirmation_prompt=True,
        )
    private, public = make_key(out, name, passphrase)
    click.echo(say(f"Khóa bí mật, hãy giữ kín: {private}", f"Private, keep it secret: {private}"))
    click.echo(
        say(
            f"Khóa công khai: {public}. Hãy chép vào {PUBLIC_KEYS}/ và vào keys/ của từng máy.",
            f"Public: {public}. Copy it to {PUBLIC_KEYS}/ and to keys/ on each device.",
        )
    )


def ask_passphrase(path: Path) -> str:
    """Return the passphrase of a private key, from the environment or from whoever sits there."""
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise QuangbaError("kiosk-key-passphrase", path)
    answer: str = click.prompt(
        say(f"Mật khẩu của {path.name}", f"Passphrase of {path.name}"), hide_input=True
    )
    return answer


@kiosk.command(
    help=say(
        "Đóng gói và ký bản phát hành cho từng cửa khẩu, từ bản ki-ốt đã dựng.",
        "Pack and sign a release for each gate, from a built kiosk edition.",
    )
)
@click.option("--gate", "gates", multiple=True, metavar="ID", help=say("Cửa khẩu.", "A gate."))
@click.option("--all", "every", is_flag=True, help=say("Mọi cửa khẩu.", "Every gate."))
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=PATH,
    metavar="FILE",
    help=say("Khóa bí mật; hai lần khi đổi khóa.", "Private key; two when keys change."),
)
@click.option("--site", type=PATH, help=say("Bản đã dựng: site/kiosk.", "The build: site/kiosk."))
@click.option("--out", type=PATH, help=say("Nơi ghi: releases/.", "Where they go: releases/."))
@click.option(
    "--serial",
    type=SERIALS,
    help=say("Số hiệu, thay cho số commit.", "Serial, instead of the number of commits."),
)
@click.option(
    "--dirty",
    is_flag=True,
    help=say("Chỉ để thử: chưa commit cũng được.", "For tests: take what is not committed."),
)
@click.pass_obj
def release(
    config_file: str | None,
    gates: tuple[str, ...],
    every: bool,
    keys: tuple[Path, ...],
    site: Path | None,
    out: Path | None,
    serial: int | None,
    dirty: bool,
) -> None:
    """Make releases."""
    from quangba.catalogs.workspace import Workspace
    from quangba.console import bar
    from quangba.kiosk.making import list_gates, prepare
    from quangba.kiosk.signing import load_key
    from quangba.settings import load_settings

    workspace = Workspace(load_settings(config_file or CONFIG))
    root = workspace.settings.root
    loaded = [load_key(path, ask_passphrase) for path in keys]
    making = prepare(workspace, site or root / "site/kiosk", loaded, serial, dirty=dirty)
    warn_of_unknown_keys(making, root / PUBLIC_KEYS)
    chosen = list_gates(making.site) if every else list(dict.fromkeys(gates))
    if not chosen:
        raise QuangbaError("kiosk-no-gate-chosen", known=", ".join(list_gates(making.site)))
    for gate in chosen:
        with bar(gate) as progress:
            path, manifest = making.make(gate, out or root / "releases", progress)
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        count = len(manifest.files)
        click.echo(say(f"{path}: {count} tệp, {size}", f"{path}: {count} files, {size}"))


def warn_of_unknown_keys(making: Making, folder: Path) -> None:
    """Say which keys nobody put among the public ones of the project."""
    known = read_keys(folder)
    for private in making.keys:
        name = key_id(private.public_key())
        if name not in known:
            show(Problem.at("kiosk-key-unlisted", key=name, folder=PUBLIC_KEYS))


@kiosk.command(
    help=say(
        "Thu hồi bản SERIAL và mọi bản trước đó: bản phát hành kế tiếp mang lệnh này tới máy.",
        "Recall the release SERIAL and all before it: the next release carries this to devices.",
    )
)
@click.argument("serial", type=SERIALS)
@click.option("--reason", required=True, help=say("Lý do.", "Why."))
@click.pass_obj
def recall(config_file: str | None, serial: int, reason: str) -> None:
    """Recall releases."""
    from quangba.kiosk.commit import read_head
    from quangba.kiosk.recall import RECALL, write_recall
    from quangba.settings import load_settings

    settings = load_settings(config_file or CONFIG)
    if not reason.strip():
        raise QuangbaError("name-empty", option="--reason")
    path = settings.data / RECALL
    write_recall(path, serial, reason.strip(), read_head(settings.root).serial)
    file = settings.relative(path)
    click.echo(
        say(
            f"Đã ghi {file}: không máy nào được chiếu bản {serial} và các bản trước nữa. Hãy "
            "commit, dựng lại, phát hành rồi mang USB tới từng máy.",
            f"Wrote {file}: no device may show release {serial} or an older one any more. Commit, "
            "build, release, and take the stick to each device.",
        )
    )


# The office and devices


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


# Devices


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
    nothing = say("chưa có", "none")
    click.echo(say("Cửa khẩu: ", "Gate: ") + (found["gate"] or nothing))
    click.echo(say("Đang chiếu: ", "Shown: ") + str(found["shown"] or nothing))
    if found["shown"] and not found["sound"]:
        click.secho(say("Bản này bị hỏng: hãy cài lại.", "It is damaged: install it again."))
    if found["sound"]:
        click.echo(say("Nội dung ngày: ", "Content of: ") + f"{found['created']} (+{found['age']})")
    kept = ", ".join(map(str, found["kept"])) or nothing
    click.echo(say("Còn giữ: ", "Kept: ") + kept)
    sentence = found["message"][say("vi", "en")]
    if sentence:
        click.echo(say("Lần cài gần nhất: ", "Last installation: ") + sentence)


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
