"""``quangba kiosk key``, ``release`` and ``recall``: what the office does for its devices."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from quangba.catalogs.workspace import Workspace
from quangba.cli_kiosk import PATH, PUBLIC_KEYS, SERIALS
from quangba.console import bar, not_empty, show
from quangba.errors import Problem, QuangbaError, say
from quangba.kiosk.commit import read_head
from quangba.kiosk.keys import key_id, read_keys
from quangba.kiosk.making import Making, list_gates, prepare
from quangba.kiosk.recall import RECALL, write_recall
from quangba.kiosk.signing import load_key, make_key
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CONFIG = "mkdocs.yml"
"""Configuration file where no other was named."""

PASSPHRASE = "QUANGBA_KEY_PASSPHRASE"
"""Environment variable with the passphrase of private keys; empty for none."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.command(
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
    passphrase = os.environ.get(PASSPHRASE)
    if passphrase is None:
        if not sys.stdin.isatty():
            raise QuangbaError("kiosk-key-silent", variable=PASSPHRASE)
        passphrase = click.prompt(
            say("Mật khẩu (Enter nếu không cần)", "Passphrase (Enter for none)"),
            default="",
            show_default=False,
            hide_input=True,
            confirmation_prompt=say("Nhập lại lần nữa", "Once more"),
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


@click.command(
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
            show([Problem.at("kiosk-key-unlisted", key=name, folder=PUBLIC_KEYS)])


@click.command(
    help=say(
        "Thu hồi bản SERIAL và mọi bản trước đó: bản phát hành kế tiếp mang lệnh này tới máy.",
        "Recall the release SERIAL and all before it: the next release carries this to devices.",
    )
)
@click.argument("serial", type=SERIALS)
@click.option("--reason", required=True, callback=not_empty, help=say("Lý do.", "Why."))
@click.pass_obj
def recall(config_file: str | None, serial: int, reason: str) -> None:
    """Recall releases."""
    settings = load_settings(config_file or CONFIG)
    path = settings.data / RECALL
    write_recall(path, serial, reason, read_head(settings.root).serial)
    file = settings.relative(path)
    click.echo(
        say(
            f"Đã ghi {file}: không máy nào được chiếu bản {serial} và các bản trước nữa. Hãy "
            "commit, dựng lại, phát hành rồi mang USB tới từng máy.",
            f"Wrote {file}: no device may show release {serial} or an older one any more. Commit, "
            "build, release, and take the stick to each device.",
        )
    )
