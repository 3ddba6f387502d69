"""
``make bench``: ratios against a named alternative in the same run, and peak memory.

(a) collect + sync of 60, 200 and 600 pages × 5 languages against Python-Markdown alone converting
    the same pages; (b) builds of 60, 150 and 600 pages × 6 languages, all of them and what changed,
    against plain mkdocs-material with mkdocs-static-i18n, ``builds.py``; (c) machine drafts against
    the calls of stock Argos, see ``drafts.py``; (d) the checks of 10,000 translations against
    translate-toolkit's ``pofilter``, see ``review.py``; (e) the desk in a browser, ``desk.py``;
(f) the site on a slow phone against plain mkdocs-material, ``portal.py``; (g) the screen at a gate
    on a slow processor, ``kiosk.py``; (h) releases on a device against rsync and http.server,
    ``releases.py``.

``python tests/benchmarks sync build drafts checks desk portal kiosk releases`` runs the named ones
only; ``python tests/benchmarks audit`` lets axe look at every page of every language.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from builds import all_build_rows
from corpus import write_config, write_pages
from portal import audit, portal_rows
from releases import release_rows

from desk import key_to_next, percentile
from kiosk import kiosk_rows
from review import write_site

ROUNDS = 3
RUN = Path(__file__).with_name("run.py")


def measure(*arguments: str) -> tuple[float, float]:
    """Run one measurement in a process of its own; return seconds and peak memory in MB."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, str(RUN), *arguments], capture_output=True, text=True, env=environment
    )
    if done.returncode:
        sys.exit(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    return found["seconds"], found["megabytes"]


def started(*arguments: str) -> tuple[float, float]:
    """Measure as :func:`measure`, but the whole process: imports and loading too."""
    before = time.perf_counter()
    _, megabytes = measure(*arguments)
    return time.perf_counter() - before, megabytes


def show(name: str, ours: list[tuple[float, float]], other: list[tuple[float, float]]) -> None:
    """Print one row: the median of the ratios, pair by pair."""
    ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, other, strict=True))
    seconds = statistics.median(a[0] for a in ours), statistics.median(b[0] for b in other)
    memory = max(a[1] for a in ours), max(b[1] for b in other)
    print(
        f"| {name} | {seconds[0]:.2f} s | {seconds[1]:.2f} s | **{ratio:.2f}×** "
        f"| {memory[0]:.0f} MB | {memory[1]:.0f} MB |",
        flush=True,
    )


def sync_rows(folder: Path, total: int) -> None:
    """Measure (a) for a number of pages."""
    site = folder / f"sync-{total}"
    write_pages(site / "content", total)
    config = str(write_config(site, quangba=True, fallback=True))
    plain, cold, unchanged = [], [], []
    for _ in range(ROUNDS):
        plain.append(measure("markdown", config))
        cold.append(measure("cold", config))
        unchanged.append(measure("sync", config))
    show(f"sync, {total} pages × 5, cold", cold, plain)
    show(f"sync, {total} pages × 5, unchanged", unchanged, plain)


def draft_rows(folder: Path, segments: int) -> None:
    """Measure (c) for a number of segments, once: the alternative takes minutes."""
    packages = str(folder / "packages")
    measure("prepare", packages, str(segments))
    pair, mine, theirs = (measure(what, packages) for what in ("pair", "ours", "stock"))
    show(f"drafts, {segments} segments vi→en→zh", [mine], [theirs])
    texts = json.loads(Path(packages, "texts.json").read_text(encoding="utf-8"))
    words = sum(len(sentence.split()) for segment in texts for sentence in segment)
    ours, stock = ((seconds * 1000 / words, memory) for seconds, memory in (mine, theirs))
    show("drafts, for 1,000 source words", [ours], [stock])
    one = [started(what, packages, "1") for what in ("ours", "stock")]
    show("drafts, one changed sentence, start-up included", [one[0]], [one[1]])
    print(
        f"| drafts, memory against one pair loaded | | | **{mine[1] / pair[1]:.2f}×** "
        f"| {mine[1]:.0f} MB | {pair[1]:.0f} MB |"
    )


def check_row(folder: Path) -> None:
    """Measure (d)."""
    config, entries = write_site(folder / "review")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(measure("pofilter", str(config)))
        ours.append(measure("check", str(config)))
    show(f"checks of {entries:,} translations", ours, theirs)
    rates = [statistics.median(entries / each[0] for each in row) for row in (ours, theirs)]
    print(f"| checks, entries a second | {rates[0]:,.0f} | {rates[1]:,.0f} | | | |")


def desk_row(folder: Path) -> None:
    """Measure (e); there is nothing to compare it with."""
    folder.mkdir()
    times = key_to_next(folder)
    print(
        f"| desk, key to next text, {len(times)} times | p95 {percentile(times, 0.95):.0f} ms "
        f"| median {percentile(times, 0.5):.0f} ms | | | |"
    )


def sync_all(folder: Path) -> None:
    """Measure (a) for three sizes."""
    for total in (60, 200, 600):
        sync_rows(folder, total)


ROWS: dict[str, Callable[[Path], None]] = {
    "sync": sync_all,
    "build": lambda folder: all_build_rows(folder, 60, 150, 600),
    "drafts": lambda folder: draft_rows(folder, 300),
    "checks": check_row,
    "desk": lambda folder: desk_row(folder / "desk"),
    "portal": lambda folder: portal_rows(folder / "portal"),
    "kiosk": lambda folder: kiosk_rows(folder / "kiosk"),
    "releases": lambda folder: release_rows(folder / "releases"),
}


def main() -> None:
    """Run everything, or what is named, and print the table."""
    chosen = sys.argv[1:] or list(ROWS)
    if unknown := set(chosen) - {*ROWS, "audit"}:
        sys.exit(f"{', '.join(sorted(unknown))}: not one of {', '.join(ROWS)}, audit")
    with tempfile.TemporaryDirectory() as name:
        if "audit" in chosen:
            sys.exit(1 if audit(Path(name)) else 0)
        print("| what | ours | alternative | ratio | peak, ours | peak, alternative |")
        print("|---|---|---|---|---|---|")
        for each in chosen:
            ROWS[each](Path(name))


if __name__ == "__main__":
    main()
