"""``quangba models``: list, install, verify, remove and calibrate translation packages."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click
from babel.numbers import format_decimal

from quangba.console import bar, show
from quangba.errors import Problem, QuangbaError, say, user_language
from quangba.mt import manifest
from quangba.mt.manifest import Release
from quangba.mt.store import Installed, Store

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

T = TypeVar("T")

MEGABYTE = 1_000_000
"""Bytes, as disks and downloads are counted."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.group(help=say("Gói dịch máy chạy ngoại tuyến.", "Packages for translation offline."))
def models() -> None:
    """Hold the commands."""


@models.command("list", help=say("Liệt kê các gói dịch.", "List the packages."))
def list_packages() -> None:
    """Print what can be installed and what is."""
    store = Store()
    known = {release.name: release for release in manifest.MANIFEST}
    ready = {package.name: package for package in store.installed()}
    others = [name for name in store.names() if name not in known]
    heading = (
        say("gói", "package"),
        say("cặp", "pair"),
        "MB",
        say("đã cài", "installed"),
        say("giấy phép", "licence"),
    )
    rows = [heading]
    for name in [*known, *others]:
        record = store.record(name)
        size = known[name].size if name in known else record.size if record else 0
        state = say("không", "no")
        if name in ready:
            state = say("có", "yes")
        elif name in store.names():
            state = say("hỏng", "damaged")
        pair = name.rpartition("-")[0].replace("_", " → ")
        rows.append(
            (name, pair, megabytes(size), state, licence(known.get(name) or ready.get(name)))
        )
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if place == 2 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
    click.echo(say(f"Thư mục: {store.folder}", f"Folder: {store.folder}"))


@models.command(
    help=say(
        "Cài gói dịch, mặc định là tất cả; --from: cài từ USB, không cần mạng.",
        "Install packages, by default all; --from: from a USB stick, without a network.",
    )
)
@click.argument("names", nargs=-1)
@click.option(
    "--from",
    "origin",
    type=click.Path(path_type=Path),
    help=say("Tệp .argosmodel, hoặc thư mục chứa chúng.", "An .argosmodel file or their folder."),
)
@click.option(
    "--trust-sha256",
    "trusted",
    multiple=True,
    metavar="HEX",
    help=say(
        "Tin gói có mã SHA-256 này dù không có trong danh sách.",
        "Trust the package with this SHA-256 although it is not in the list.",
    ),
)
def install(names: tuple[str, ...], origin: Path | None, trusted: tuple[str, ...]) -> None:
    """Install packages, from the network or from files."""
    hashes = frozenset(sha256(text) for text in trusted)
    releases = [known_release(name) for name in names]
    store = Store()
    if origin:
        files = chosen_files(origin, releases)
        each(files, lambda file: install_file(store, file, hashes))
    elif hashes:
        raise click.UsageError(
            say("--trust-sha256 chỉ dùng cùng --from.", "--trust-sha256 needs --from.")
        )
    else:
        each(releases or manifest.MANIFEST, lambda release: install_release(store, release))


@models.command(
    help=say("Kiểm tra từng tệp của các gói đã cài.", "Check every file of the installed packages.")
)
@click.argument("names", nargs=-1)
def verify(names: tuple[str, ...]) -> None:
    """Hash what is installed."""
    store = Store()
    wanted = installed_names(store, names) if names else store.names()
    if not wanted:
        click.echo(say("Chưa cài gói nào.", "No package is installed."))

    def verify_one(name: str) -> list[Problem]:
        problems = store.verify(name)
        if not problems:
            click.echo(say(f"{name}: nguyên vẹn.", f"{name}: intact."))
        return problems

    each(wanted, verify_one)


@models.command(help=say("Gỡ gói dịch.", "Remove packages."))
@click.argument("names", nargs=-1, required=True)
def remove(names: tuple[str, ...]) -> None:
    """Remove packages."""
    store = Store()

    def remove_one(name: str) -> list[Problem]:
        store.remove(name)
        click.echo(say(f"Đã gỡ {name}.", f"Removed {name}."))
        return []

    each(installed_names(store, names), remove_one)


@models.command(
    help=say(
        "Đo xem gói dịch giữ được dấu che nào và có đáng tin khi đặt chữ đậm, liên kết không.",
        "Measure which masks a package keeps, and whether it can place bold and links.",
    )
)
@click.argument("names", nargs=-1)
def calibrate(names: tuple[str, ...]) -> None:
    """Measure packages and store the result beside them."""
    # Here, as nothing else of this group runs a model.
    from quangba.mt.argos import ModelPackage
    from quangba.mt.calibrate import calibrate as measure
    from quangba.mt.engine import Engine

    store = Store()
    packages = {package.name: package for package in store.installed()}
    wanted = installed_names(store, names) if names else list(packages)
    if not wanted:
        click.echo(say("Chưa cài gói nào.", "No package is installed."))

    def measure_one(name: str) -> list[Problem]:
        if name not in packages:
            return store.verify(name)
        with Engine(ModelPackage(packages[name].path)) as engine, bar(name) as progress:
            profile = measure(store, packages[name], engine, progress)
        if not profile.masks:
            click.echo(
                say(
                    f"{name}: chưa có câu mẫu cho ngôn ngữ nguồn này, không đo được.",
                    f"{name}: no probes for its source language, not measured.",
                )
            )
            return []
        best = profile.styles[0]
        share, pairs = profile.masks.get(best.name, 0), profile.pairs.get(best.name, 0)
        click.echo(
            say(
                f"{name}: kiểu dấu che “{best.name}” giữ được {share:.0%}, cặp dấu {pairs:.0%}; "
                f"chú ý (attention) đúng {profile.attention:.0%}.",
                f"{name}: mask style “{best.name}” survives in {share:.0%}, pairs in {pairs:.0%}; "
                f"attention is right in {profile.attention:.0%}.",
            )
        )
        return []

    each(wanted, measure_one)


def each(items: Iterable[T], action: Callable[[T], list[Problem]]) -> None:
    """Do something with each item, whatever happens to the others; end with 1 after a problem."""
    failed = False
    for item in items:
        try:
            problems = action(item)
        except QuangbaError as error:
            problems = [error.problem]
        show(problems)
        failed = failed or bool(problems)
    if failed:
        sys.exit(1)


def install_release(store: Store, release: Release) -> list[Problem]:
    """Download and install a package, unless it is there and intact."""
    name = release.name
    if any(package.sha256 == release.sha256 for package in store.installed()):
        if not store.verify(name):
            click.echo(say(f"{name}: đã cài từ trước.", f"{name}: already installed."))
            return []
        click.echo(say(f"{name}: bị hỏng, cài lại.", f"{name}: damaged, installing again."))
    with bar(say(f"Tải {name}", f"Download {name}")) as progress:
        archive = store.fetch(release, progress)
    return install_file(store, archive, frozenset())


def install_file(store: Store, file: Path, trusted: frozenset[str]) -> list[Problem]:
    """Install a package from a file."""
    with bar(say(f"Cài {file.name}", f"Install {file.name}")) as progress:
        done = store.install(file, trusted=trusted, progress=progress)
    text = licence(done)
    click.echo(
        say(
            f"Đã cài {done.name} (giấy phép: {text}). Chạy một lần: quangba models calibrate.",
            f"Installed {done.name} (licence: {text}). Run once: quangba models calibrate.",
        )
    )
    return []


def chosen_files(origin: Path, releases: list[Release]) -> list[Path]:
    """
    Return the files to install: the one given, or all packages of a folder.

    Raises ``QuangbaError`` for a folder that has none or cannot be read.
    """
    if not origin.is_dir():
        if releases:
            raise click.UsageError(
                say(
                    "khi có tên gói, --from phải là thư mục.",
                    "with names of packages, --from is a folder.",
                )
            )
        return [origin]
    if releases:
        return [origin / release.file for release in releases]
    try:
        files = sorted(path for path in origin.iterdir() if is_package(path.name))
    except OSError as error:
        raise QuangbaError("file-unreadable", origin, what=error.strerror or "") from error
    if not files:
        raise QuangbaError("models-none-there", origin)
    return files


def is_package(name: str) -> bool:
    """Tell whether a file is a package; macOS puts ``._x.argosmodel`` beside ``x.argosmodel``."""
    return name.lower().endswith(".argosmodel") and not name.startswith(".")


def known_release(name: str) -> Release:
    """Return the release that the user names; raises ``QuangbaError`` for another."""
    release = manifest.find(name)
    if release is None:
        known = ", ".join(release.name for release in manifest.MANIFEST)
        raise QuangbaError("models-unknown", name=name, known=known)
    return release


def installed_names(store: Store, names: Iterable[str]) -> list[str]:
    """
    Return the full names of what the user names; ``vi_en`` means every version.

    Raises ``QuangbaError`` for a package that is not installed.
    """
    found = []
    for name in names:
        matching = [full for full in store.names() if name in (full, full.rpartition("-")[0])]
        if not matching:
            raise QuangbaError("models-not-installed", name=name)
        found += matching
    return list(dict.fromkeys(found))


def sha256(text: str) -> str:
    """Return a hash as the user gave it, lower-case; raises ``QuangbaError`` for anything else."""
    if not re.fullmatch(r"[0-9a-f]{64}", text.strip().lower()):
        raise QuangbaError("models-sha256-form", text=text)
    return text.strip().lower()


def licence(package: Release | Installed | None) -> str:
    """Return the licence of a package, or that none is stated."""
    return (package.licence if package else "") or say("không nêu", "not stated")


def megabytes(size: int) -> str:
    """Return a size in the user's number format, e.g. ``65,9``."""
    return format_decimal(size / MEGABYTE, format="0.0", locale=user_language())
