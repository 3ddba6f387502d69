"""
Rows of ``make bench`` about whole builds, from the command to the published site.

*Ours* is ``quangba build`` with the templates of this repository (search, feeds, social cards in
every language); the alternative is ``mkdocs build`` of plain mkdocs-material with
mkdocs-static-i18n on the same pages as translated ``.xx.md`` files. Start-up is included, memory is
that of the largest process. All translations are reviewed, so that a page whose Vietnamese changed
stays, with its last reviewed text.
"""

from __future__ import annotations

import filecmp
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus import LANGUAGES, write_config, write_pages

from quangba.catalogs.workspace import Workspace
from quangba.settings import load_settings

REPOSITORY = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ROUNDS = 3

MEMORY, ROOM = Path("/dev/shm"), 4_000_000_000
"""A file system in memory, and the bytes that the sites need."""

Times = list[float]


def run(folder: Path, *command: str) -> float:
    """Run a command in a folder; return seconds."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "QUANGBA_LANG": "en"}
    before = time.perf_counter()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr or done.stdout}")
    return time.perf_counter() - before


def prepare(folder: Path, total: int) -> tuple[Path, Path]:
    """Write the same pages for both; ours with catalogs that are reviewed."""
    ours, plain = folder / "ours", folder / "plain"
    write_pages(ours / "content", total)
    config = write_config(ours, quangba=True, fallback=True)
    for code in LANGUAGES:
        write_pages(plain / "content", total, code, "" if code == "vi" else f".{code}")
    write_config(plain, quangba=False, fallback=False)
    subprocess.run(
        [sys.executable, str(Path(__file__).with_name("run.py")), "translate", str(config)],
        check=True,
        capture_output=True,
    )
    shutil.copytree(REPOSITORY / "overrides", ours / "overrides")
    text = config.read_text(encoding="utf-8")
    text = text.replace("font: false}", "font: false, custom_dir: overrides/portal}")
    text = text.replace("  - quangba\n", "  - quangba: {templates: overrides}\n")
    config.write_text(text, encoding="utf-8")
    run(ours, "quangba", "sync")
    review(config)
    return ours, plain


def review(config: Path) -> None:
    """Approve every translation."""
    workspace = Workspace(load_settings(str(config)))
    catalogs = []
    for language in workspace.settings.targets:
        for name in workspace.names:
            catalog = workspace.catalog(language, name)
            assert catalog is not None
            for message in catalog.active:
                message.approve("Benchmark", "2026-11-26", "official")
            catalogs.append((language, name, catalog))
    workspace.write_catalogs(catalogs)


def change_paragraph(ours: Path, number: int) -> None:
    """Add a sentence to a page and bring the catalogs in line."""
    path = ours / "content" / f"page-{number:04d}.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    place = next(i for i, line in enumerate(lines) if line.startswith("## ")) + 2
    lines[place] += " Thêm một câu nữa."
    path.write_text("\n".join(lines), encoding="utf-8")
    run(ours, "quangba", "sync")


def change_translation(ours: Path, number: int) -> None:
    """Change a paragraph of the English catalog, as a reviewer does."""
    workspace = Workspace(load_settings(str(ours / "mkdocs.yml")))
    english, name = workspace.settings.targets[0], f"page-{number:04d}.md"
    catalog = workspace.catalog(english, name)
    assert catalog is not None
    message = max(catalog.active, key=lambda each: len(each.msgstr))
    message.msgstr += " More."
    message.approve("Benchmark", "2026-11-26", "official")
    workspace.write_catalogs([(english, name, catalog)])


def same_as_anew(ours: Path) -> bool:
    """Tell whether a site that was built step by step is what a clean build gives."""
    kept = ours / "kept"
    shutil.copytree(ours / "site", kept)
    run(ours, "quangba", "build", "--anew")
    names = [path.relative_to(kept) for path in kept.rglob("*") if path.is_file()]
    found = [p.relative_to(ours / "site") for p in (ours / "site").rglob("*") if p.is_file()]
    _, wrong, gone = filecmp.cmpfiles(kept, ours / "site", map(str, names), shallow=False)
    shutil.rmtree(kept)
    return sorted(names) == sorted(found) and not wrong and not gone


def build_rows(folder: Path, total: int, cold: dict[int, float]) -> None:
    """Measure builds of a number of pages; ``cold`` takes seconds a page."""
    ours, plain = prepare(folder, total)
    rows: dict[str, tuple[Times, Times]] = {
        "first build, cards drawn": ([], []),
        "all pages again": ([], []),
        "one changed paragraph": ([], []),
        "one changed translation": ([], []),
        "one changed paragraph, mkdocs build": ([], []),
        "nothing changed": ([], []),
    }
    for number in range(ROUNDS):
        theirs = run(plain, "mkdocs", "build", "-q")
        shutil.rmtree(ours / ".cache", ignore_errors=True)
        found = {"first build, cards drawn": run(ours, "quangba", "build")}
        found["all pages again"] = run(ours, "quangba", "build", "--anew")
        change_paragraph(ours, 7 + number)
        found["one changed paragraph"] = run(ours, "quangba", "build")
        change_translation(ours, 17 + number)
        found["one changed translation"] = run(ours, "quangba", "build")
        change_paragraph(ours, 27 + number)
        found["one changed paragraph, mkdocs build"] = run(ours, "mkdocs", "build", "-q")
        found["nothing changed"] = run(ours, "quangba", "build")
        for name, seconds in found.items():
            rows[name][0].append(seconds)
            rows[name][1].append(theirs)
    if not same_as_anew(ours):
        sys.exit("a build that follows others is not what a clean build gives")
    for name, (mine, theirs_) in rows.items():
        ratio = statistics.median(a / b for a, b in zip(mine, theirs_, strict=True))
        print(
            f"| build, {total} × 6: {name} | {statistics.median(mine):.2f} s "
            f"| {statistics.median(theirs_):.2f} s | **{ratio:.2f}×** | | |",
            flush=True,
        )
    cold[total] = statistics.median(rows["all pages again"][0]) / (total * len(LANGUAGES))


def seen_after(folder: Path) -> float:
    """Change a page of a preview; return seconds until a browser has it anew, in the median."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        [BIN / "mkdocs", "serve", "-q", "--livereload", "-a", f"127.0.0.1:{port}"],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stderr=subprocess.DEVNULL,
    )

    def fetched(path: str) -> str:
        with urllib.request.urlopen(f"{address}{path}", timeout=120) as answer:
            return str(answer.read().decode("utf-8"))

    path, found = folder / "content" / "page-0003.md", []
    try:
        while True:
            try:
                text = fetched("page-0003/")
                break
            except OSError:
                time.sleep(0.2)
        for number in range(ROUNDS):
            # The folder is looked at every half second.
            time.sleep(2 + number * 0.17)
            epoch = text.partition("livereload(")[2].partition(",")[0]
            mark = f" Câu {number}."
            lines = path.read_text(encoding="utf-8").split("\n")
            place = next(i for i, line in enumerate(lines) if line.startswith("## ")) + 2
            lines[place] += mark
            path.write_text("\n".join(lines), encoding="utf-8")
            before = time.perf_counter()
            while fetched(f"livereload/{epoch}/1") == epoch:
                pass
            text = fetched("page-0003/")
            found.append(time.perf_counter() - before)
            if mark not in text:
                sys.exit("a preview showed an old page")
    finally:
        process.terminate()
        process.wait()
    return statistics.median(found)


def preview_row(folder: Path, total: int) -> None:
    """Measure how soon a change is seen, in the language that is looked at."""
    mine, theirs = seen_after(folder / "ours"), seen_after(folder / "plain")
    print(
        f"| preview, {total} × 6: change to page | {mine:.2f} s | {theirs:.2f} s "
        f"| **{mine / theirs:.2f}×** | | |",
        flush=True,
    )


@contextmanager
def in_memory(folder: Path) -> Iterator[Path]:
    """
    Give a folder in memory where the system has one for programs, else ``folder``.

    Both sides write and remove thousands of files, and what that costs is the disk's: an ext4
    without a journal looks at every number that was freed a minute ago before it takes one, so that
    each build is slower than the one before it.
    """
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        yield folder
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


def all_build_rows(folder: Path, *sizes: int) -> None:
    """Measure builds of several sizes, previews, how the time for a page grows, and memory."""
    with in_memory(folder) as place:
        measure_builds(place, *sizes)


def measure_builds(folder: Path, *sizes: int) -> None:
    """Measure builds in a folder."""
    cold: dict[int, float] = {}
    for total in sizes:
        build_rows(folder / f"build-{total}", total, cold)
        preview_row(folder / f"build-{total}", total)
    least, most = min(cold), max(cold)
    print(
        f"| time for a page, {most} × 6 against {least} × 6 | {cold[most] * 1000:.1f} ms "
        f"| {cold[least] * 1000:.1f} ms | **{cold[most] / cold[least]:.2f}×** | | |"
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"| largest process of all builds | | | | {peak:.0f} MB | |")
