"""
What a device does with releases.

*install*: a new release of 100 MB in 5,000 files from a stick: signature, every hash twice, flushed
to the disk; the alternative is ``rsync -a`` of the same files and ``sync``, which checks nothing.
*start*: the device's server, from its start to the first page it gives; the alternative is Python's
own ``http.server``. *size*: the release of each gate.
"""

from __future__ import annotations

import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "kiosk")]

import sealed

from quangba.kiosk.making import choose_files, list_gates
from support import build

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
FILES, SIZE = 5_000, 20_000
START = "attract/index.html"
ROUNDS = 3
PATIENCE = 30
"""Seconds until a server must answer."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def release_rows(folder: Path) -> None:
    """Print the rows."""
    folder.mkdir()
    install_row(folder)
    start_row(folder)
    size_row(folder)


def install_row(folder: Path) -> None:
    """Measure an installation against rsync."""
    if not shutil.which("rsync"):
        sys.exit("rsync is not installed: the installation has nothing to be compared with.")
    root = sealed.device(folder / "device", 1)
    ours, theirs = [], []
    for number in range(2, 2 + ROUNDS):
        chance = random.Random(number)
        files = {f"{n % 100}/{n}.bin": chance.randbytes(SIZE) for n in range(FILES)}
        files |= dict.fromkeys((START, "index.html"), b"<title>Quang Ninh</title>")
        stick = sealed.put(folder / "stick", number, files)
        sealed.write(folder / "tree", files)
        command = [sys.executable, "-m", "quangba.cli_kiosk", "install", str(stick)]
        ours.append(run([*command, "--root", str(root), "--now", "--no-confirm"]))
        copy = f"rsync -a --delete {folder}/tree/ {folder}/copy/ && sync"
        theirs.append(run(["sh", "-c", copy]))
        stick.unlink()
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(
        f"| install, 100 MB in {FILES:,} files, against rsync | {statistics.median(ours):.2f} s "
        f"| {statistics.median(theirs):.2f} s | **{ratio:.2f}×** | | |",
        flush=True,
    )


def run(command: list[str]) -> float:
    """Run a command; return how many seconds it took."""
    before = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - before


def start_row(folder: Path) -> None:
    """Measure how long a device waits for its first page."""
    device = ["-m", "quangba.cli_kiosk_device", "serve", "--root", str(folder / "device")]
    plain = ["-m", "http.server", "--bind", "127.0.0.1", "--directory", str(folder / "tree")]
    ours, theirs = [], []
    for _ in range(2 * ROUNDS):
        port = str(free_port())
        theirs.append(first_answer([sys.executable, *plain, port], port))
        port = str(free_port())
        ours.append(first_answer([sys.executable, *device, "--port", port], port))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(
        f"| server, start to first page, against http.server | {statistics.median(ours):.2f} s "
        f"| {statistics.median(theirs):.2f} s | **{ratio:.2f}×** | | |",
        flush=True,
    )


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def first_answer(command: list[str], port: str) -> float:
    """Return how many seconds pass from the start of a server to its first answer."""
    before = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as process:  # type: ignore[call-overload]
        try:
            while time.perf_counter() < before + PATIENCE:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                        answer.read()
                    return time.perf_counter() - before
                except OSError:
                    time.sleep(0.005)
        finally:
            process.send_signal(signal.SIGTERM)
    sys.exit(f"{' '.join(command)}: no answer in {PATIENCE} s")


def size_row(folder: Path) -> None:
    """Print how large the release of each gate is."""
    for name in ("content", "locales", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "mkdocs.kiosk.yml"):
        shutil.copy(ROOT / name, folder)
    site = build(folder / "mkdocs.kiosk.yml")
    for gate in list_gates(site):
        sizes = [path.stat().st_size for path in choose_files(site, gate).values()]
        print(f"| release of {gate} | {sum(sizes) / 1e6:.1f} MB in {len(sizes):,} files | | | | |")
