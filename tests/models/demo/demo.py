"""
Show the whole way from a Vietnamese page to drafts in five languages, without a download.

The packages are the tiny ones of ``tests/models``: they know a few hundred sentences by heart and
nothing else. They are test material, not translators; one sentence of the page is there to show
what happens to a text that they do not know.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HERE = Path(__file__).parent
MODELS = HERE.parent
ROOT = MODELS.parents[1]
WORK = ROOT / ".cache" / "demo"
"""The project of the demonstration; begun anew each time."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def main(work: Path = WORK) -> None:
    """Install the packages, draft the page, build it in six languages."""
    shutil.rmtree(work, ignore_errors=True)
    make_project(work)
    sums = (MODELS / "SHA256SUMS").read_text(encoding="utf-8").split()[::2]
    trusted = [word for digest in sums for word in ("--trust-sha256", digest)]
    run(work, "quangba", "models", "install", "--from", os.fspath(MODELS), *trusted)
    run(work, "quangba", "models", "calibrate")
    run(work, "quangba", "translate")
    run(work, "mkdocs", "build", "--quiet")
    place = os.path.relpath(work)
    print(f"\nTrang / pages:    {place}/portal/index.html, en/, zh/, ja/, ko/, fr/")
    print(f"Bản nháp / drafts: {place}/locales/*/LC_MESSAGES/index.po")
    print("Gói thử chỉ thuộc lòng vài trăm câu, không phải máy dịch.")
    print("Test packages: they know a few hundred sentences by heart and are no translators.")


def make_project(work: Path) -> None:
    """Copy what the page needs of the site into a project of its own."""
    shutil.copytree(ROOT / "overrides", work / "overrides")
    shutil.copytree(ROOT / "content" / "_data", work / "content" / "_data")
    shutil.copy(HERE / "index.md", work / "content")
    shutil.copy(HERE / "mkdocs.yml", work)
    for path in sorted((ROOT / "locales").glob("*/LC_MESSAGES/ui.po")):
        catalog = work / path.relative_to(ROOT)
        catalog.parent.mkdir(parents=True)
        shutil.copy(path, catalog)
    shutil.copy(ROOT / "locales" / "glossary.csv", work / "locales")


def run(work: Path, name: str, *arguments: str) -> None:
    """Run a command as a user would; end when it fails."""
    environment = {
        **os.environ,
        "QUANGBA_MODELS": os.fspath(work / "models"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    program = Path(sys.executable).parent / name
    print(f"\n$ {name} {arguments[0]}", flush=True)
    done = subprocess.run([program, *arguments], cwd=work, env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
