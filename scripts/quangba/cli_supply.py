"""``quangba supply sbom | licences | audit``: what is shipped, under which licences, how safe."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from quangba.console import show
from quangba.errors import Problem, QuangbaError, say
from quangba.files import write_text
from quangba.supply.advisories import OLDEST, findings, read_database
from quangba.supply.lock import LOCK, installed, needed, read_lock, running
from quangba.supply.parts import read_parts, unlisted
from quangba.supply.reuse import read_statements, reuse_problems, shipped_files
from quangba.supply.spdx import package_problems

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SBOM = "reports/sbom.cdx.json"
"""Where the list goes, from the folder of ``mkdocs.yml``."""

UNKNOWN = 3
"""Exit code of an audit that can say neither “unsafe” (1) nor “nothing known” (0)."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.group(
    help=say(
        "Thành phần của sản phẩm: danh mục (SBOM), giấy phép, lỗ hổng đã biết.",
        "What the product is made of: list (SBOM), licences, known weaknesses.",
    )
)
def supply() -> None:
    """Hold the commands about what is shipped."""


@supply.command(
    help=say(
        "Ghi danh mục thành phần (CycloneDX 1.6) và đối chiếu với lược đồ.",
        "Write the list of what is shipped (CycloneDX 1.6) and judge it by its schema.",
    )
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help=say(f"Tệp kết quả, mặc định {SBOM}.", f"Where it goes, by default {SBOM}."),
)
@click.option(
    "--site",
    "sites",
    multiple=True,
    metavar="FOLDER",
    help=say(
        "Trang đã dựng: mọi tệp trong đó phải có trong danh mục.",
        "A built site: every file in it must be on the list.",
    ),
)
@click.pass_obj
def sbom(config_file: str, output: str | None, sites: tuple[str, ...]) -> None:
    """Write the list."""
    try:
        from quangba.supply.sbom import described, make_sbom, schema_problems
    except ImportError as error:
        raise QuangbaError("supply-library") from error
    root = folder_of(config_file)
    locked, known = read_lock(root), installed()
    runs = running(needed(root), locked, known)
    parts = read_parts(root, read_statements(root))
    problems = [problem for site in sites for problem in unlisted(Path(site), parts)]
    text = make_sbom(locked, runs, known, parts, *described(root))
    problems += [Problem.at("supply-sbom-wrong", what=what[:200]) for what in schema_problems(text)]
    show(problems)
    if problems:
        sys.exit(1)
    path = Path(output) if output else root / SBOM
    write_text(path, text)
    packages = sum(each.name in runs for each in locked)
    click.echo(
        say(
            f"{output or SBOM}: {packages} gói Python, {len(parts)} tệp, đúng lược đồ.",
            f"{output or SBOM}: {packages} Python packages, {len(parts)} files, valid.",
        )
    )


@supply.command(
    help=say(
        "Mọi tệp và mọi gói khi chạy đều có giấy phép được chấp nhận?",
        "Does every file and every package that runs have a licence that we accept?",
    )
)
@click.pass_obj
def licences(config_file: str) -> None:
    """Judge the licences."""
    root = folder_of(config_file)
    statements = read_statements(root)
    locked, known = read_lock(root), installed()
    runs = running(needed(root), locked, known)
    problems = reuse_problems(root, statements)
    if not problems:
        read_parts(root, statements)
    problems += package_problems([each for each in locked if each.name in runs], known)
    show(problems)
    files = sum(1 for _ in shipped_files(root))
    click.echo(
        say(
            f"{files} tệp, {len(runs)} gói khi chạy: {len(problems)} lỗi.",
            f"{files} files, {len(runs)} packages that run: {len(problems)} errors.",
        )
    )
    if problems:
        sys.exit(1)


@supply.command(
    help=say(
        "Đối chiếu requirements.lock với các lỗ hổng đã biết, không cần mạng. Mã kết thúc: 0 chưa "
        f"biết lỗ hổng nào, 1 có lỗ hổng, {UNKNOWN} không thể kết luận.",
        "Compare requirements.lock with known weaknesses, without a network. Exit code: 0 none is "
        f"known, 1 there are some, {UNKNOWN} that cannot be said.",
    )
)
@click.option(
    "--database",
    metavar="FILE",
    help=say(
        "Thư mục hoặc tệp zip chứa cảnh báo dạng OSV.", "A folder or zip file of OSV advisories."
    ),
)
@click.pass_obj
def audit(config_file: str, database: str | None) -> None:
    """Look the lock up in a database of advisories."""
    locked = read_lock(folder_of(config_file))
    if database is None:
        show([Problem.at("supply-no-database")])
        sys.exit(UNKNOWN)
    now = datetime.now(UTC)
    known = read_database(Path(database), {each.name for each in locked}, now)
    found, unclear = findings(locked, known, now)
    doubts = [*known.problems, *unclear]
    age = known.age(now)
    if age is None or known.newest is None:
        doubts.append(Problem.at("supply-database-empty", database))
    else:
        day = known.newest.date().isoformat()
        click.echo(
            say(
                f"{LOCK}: {len(locked)} gói, đối chiếu với {known.count} cảnh báo, mới nhất ngày "
                f"{day}, cách đây {age.days} ngày.",
                f"{LOCK}: {len(locked)} packages, {known.count} advisories, the newest of {day}, "
                f"{age.days} days ago.",
            )
        )
        if age > OLDEST:
            doubts.append(
                Problem.at(
                    "supply-database-old", database, days=age.days, most=OLDEST.days, date=day
                )
            )
    show([*(each.problem for each in found), *doubts])
    if found:
        sys.exit(1)
    if doubts:
        click.echo(say("Không thể kết luận.", "This cannot be judged."), err=True)
        sys.exit(UNKNOWN)
    click.echo(say("Chưa biết lỗ hổng nào.", "No weakness is known."))


def folder_of(config_file: str) -> Path:
    """Return the folder of the project."""
    return Path(config_file).resolve().parent
