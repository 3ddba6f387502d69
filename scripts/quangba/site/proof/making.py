"""
Making: the record of a build, and the page that shows the records of both editions.

``reports/build-portal.json`` and ``reports/build-kiosk.json`` each hold what their edition's last
build found; ``reports/build.json`` sets them beside each other and ``reports/build.html`` shows
them to people. The same commit gives the same bytes: nothing here asks a clock.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from quangba.catalogs.workspace import Workspace
from quangba.errors import Problem, QuangbaError
from quangba.files import write_many
from quangba.settings import EDITIONS, Settings
from quangba.site.proof import ledger, parity
from quangba.site.proof.folder import Built
from quangba.site.proof.glyphs import coverage
from quangba.site.proof.rules import ask
from quangba.site.proof.sheet import html
from quangba.site.proof.subject import Subject
from quangba.site.proof.weights import weigh
from quangba.site.publishing import Publisher
from quangba.source.commit import checked_out

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FOLDER = "reports"
"""Where proofs go, from the folder of ``mkdocs.yml``: never into a published folder."""

PAGE = f"{FOLDER}/build.html"

LOCK = "requirements.lock"

SCHEMA_FILE = Path(__file__).parents[1] / "schemas" / "build.schema.json"

LEVELS = 3
"""Levels of the records that are set in lines of their own."""

NAMED = 20
"""Changed files that are named; the others are counted."""

FORM = 1
"""Changes when readers of the files must change."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_proof(
    publisher: Publisher, folder: Path, standing: Iterable[str], problems: Iterable[Problem]
) -> list[Problem]:
    """
    Read a published folder and write its proof; return what somebody should look at.

    ``standing`` are the addresses of pages without a Markdown file, by their path in a language.
    A proof that cannot be written keeps no site back: that too is only returned.
    """
    settings = publisher.workspace.settings
    try:
        made_from = commit(settings)
        site = prove(publisher, folder, standing, made_from)
        record = framed(publisher.workspace, site, "published", made_from, [], problems)
        write(settings, record)
    except OSError as error:
        return [Problem.at("proof-unwritable", FOLDER, what=error.strerror or str(error))]
    except QuangbaError as error:
        return [error.problem]
    except Exception as error:
        # The site is published: whatever is wrong here, the build did not fail.
        return [Problem.at("proof-failed", FOLDER, what=f"{type(error).__name__}: {error}")]
    found = sum(rule["failed"] for rule in site["rules"])
    return [Problem.at("proof-findings", PAGE, count=found)] if found else []


def write_refusal(
    workspace: Workspace, refused: list[str], problems: Iterable[Problem]
) -> list[Problem]:
    """Write that a build was refused, and why, beside what is known of the site that stays."""
    settings = workspace.settings
    try:
        old = read(settings, settings.options.edition)
        site = old["standing"] if old else None
        made_from = commit(settings)
        write(settings, framed(workspace, site, "refused", made_from, refused, problems))
    except OSError as error:
        return [Problem.at("proof-unwritable", FOLDER, what=error.strerror or str(error))]
    except QuangbaError as error:
        return [error.problem]
    except Exception as error:
        return [Problem.at("proof-failed", FOLDER, what=f"{type(error).__name__}: {error}")]
    return []


def framed(
    workspace: Workspace,
    site: dict[str, Any] | None,
    outcome: str,
    made_from: dict[str, Any] | None,
    refused: list[str],
    problems: Iterable[Problem],
) -> dict[str, Any]:
    """Return the record of an edition: the site that stands, and how the last build ended."""
    settings = workspace.settings
    return {
        "$schema": SCHEMA_FILE.name,
        "form": FORM,
        "edition": settings.options.edition,
        "site": {
            "name": workspace.site_name,
            "address": str(settings.config.site_url or ""),
            "sample": bool(settings.options.sample),
        },
        "last_build": {
            "outcome": outcome,
            "commit": made_from,
            "refused": refused,
            "problems": [ledger.told(problem) for problem in problems],
        },
        "standing": site,
    }


def prove(
    publisher: Publisher, folder: Path, standing: Iterable[str], made_from: dict[str, Any] | None
) -> dict[str, Any]:
    """Read a built folder; return what is known of it in the form of the report."""
    workspace = publisher.workspace
    settings = workspace.settings
    site_url = str(settings.config.site_url or "")
    built = Built(folder, site_url if not site_url or site_url.endswith("/") else f"{site_url}/")
    built.read(settings.cache / "proof" / settings.options.edition)
    rows = ledger.pages(publisher)
    subject = subject_of(settings, built, rows, standing)
    return {
        "commit": made_from,
        "lock": lock(settings.root),
        "tools": {name: version(name) for name in ("quangba", "mkdocs", "mkdocs-static-i18n")},
        "digest": built.digest,
        "languages": [
            {"code": one.code, "tag": one.html_lang, "name": one.name} for one in settings.languages
        ],
        "counts": ledger.counts(rows, settings.languages),
        "pages": rows,
        "units": {
            name: str(unit.get("name") or name) for name, unit in sorted(workspace.units.items())
        },
        "english": ledger.english(rows, settings.source.code),
        "policy": subject.headers.get("content-security-policy", ""),
        "rules": ask(subject),
        "letters": coverage(subject),
        "weights": weigh(subject),
        "unread": [name for name, page in built.documents.items() if "\ufffd" in page.characters],
    }


def subject_of(
    settings: Settings, built: Built, rows: list[dict[str, Any]], standing: Iterable[str]
) -> Subject:
    """Put a folder beside what its ledger promises."""
    source = settings.source.code
    subject = Subject(
        built,
        settings.kiosk,
        {"" if one.code == source else one.code: one.html_lang for one in settings.languages},
    )
    for row in rows:
        for code, cell in row["languages"].items():
            file = file_of(row["address"], "" if code == source else f"{code}/")
            if cell["state"] in ledger.THERE:
                subject.promised[file] = cell["state"]
            else:
                subject.closed[file] = row["page"]
    roots = [f"{folder}/" if folder else "" for folder in subject.languages]
    subject.standing = frozenset(
        f"{root}{name}"
        for root in roots
        for name in ("404.html", *(f"{place}index.html" for place in standing))
    )
    return subject


def file_of(address: str, root: str = "") -> str:
    """
    Return the file of an address.

    >>> file_of('visit/yen-tu/', 'ja/'), file_of(''), file_of('a%20b.html')
    ('ja/visit/yen-tu/index.html', 'index.html', 'a b.html')
    """
    return unquote(f"{root}{address}") + ("" if address.endswith(".html") else "index.html")


def commit(settings: Settings) -> dict[str, Any] | None:
    """
    Return what the site is made from; None where no repository says it.

    Without one, ``SOURCE_DATE_EPOCH`` gives the day, if somebody set it.
    """
    found = checked_out(settings.root)
    if found is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if not epoch.isdecimal():
            return None
        day = datetime.fromtimestamp(int(epoch), UTC).isoformat()
        return {"id": None, "date": day, "changed": 0, "files": []}
    own = made_by_builds(settings)
    changed = [
        name
        for name in found.changed
        if not any((found.root / name).is_relative_to(folder) for folder in own)
    ]
    return {
        "id": found.commit,
        "date": found.created.isoformat(),
        "changed": len(changed),
        "files": changed[:NAMED],
    }


def made_by_builds(settings: Settings) -> list[Path]:
    """Return what builds write, which says nothing of what a site is made from."""
    site = Path(settings.config.site_dir)
    # During a build MkDocs is told a folder beside the published one (``site/staging.py``).
    name = site.name.removeprefix(".").removesuffix(".new")
    beside = [site.with_name(f".{name}.{part}") for part in ("new", "old", "lock")]
    return [settings.root / FOLDER, settings.cache.parent, site.with_name(name), *beside]


def lock(root: Path) -> dict[str, str] | None:
    """Return the file that pins every package, with its SHA-256; None where there is none."""
    path = root / LOCK
    if not path.is_file():
        return None
    return {"file": LOCK, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


# Files


def path_of(root: Path, edition: str) -> Path:
    """Return where the record of an edition is."""
    return root / FOLDER / f"build-{edition}.json"


def read(settings: Settings, edition: str) -> dict[str, Any] | None:
    """Return the record of an edition; None where there is none, or one that is not as written."""
    try:
        found = json.loads(path_of(settings.root, edition).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    known = isinstance(found, dict) and found.get("form") == FORM
    if not known or found.get("edition") != edition or found.get("seal") != seal(found):
        return None
    return dict(found)


def seal(record: dict[str, Any]) -> str:
    """Return the SHA-256 over a record, which tells a file that was cut off or changed by hand."""
    rest = {key: value for key, value in record.items() if key != "seal"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def write(settings: Settings, record: dict[str, Any]) -> None:
    """Write the record of an edition, and anew what shows both; raises ``QuangbaError``."""
    records = {edition: read(settings, edition) for edition in EDITIONS}
    record["seal"] = seal(record)
    records[record["edition"]] = record
    both = together(records)
    folder = settings.root / FOLDER
    write_many(
        [
            (path_of(settings.root, record["edition"]), as_json(record)),
            (folder / "build.json", as_json(both)),
            (folder / SCHEMA_FILE.name, SCHEMA_FILE.read_bytes()),
            (folder / "build.html", html(records, both, settings.shared_templates).encode()),
        ]
    )


def together(records: dict[str, dict[str, Any] | None]) -> dict[str, Any]:
    """Set the editions beside each other."""
    known = {name: record for name, record in records.items() if record}
    sites = {name: record["standing"] for name, record in known.items() if record["standing"]}
    return {
        "$schema": SCHEMA_FILE.name,
        "form": FORM,
        "editions": {
            name: {
                "file": path_of(Path(), name).name,
                "outcome": record["last_build"]["outcome"],
                "commit": sites[name]["commit"] if name in sites else None,
                "counts": sites[name]["counts"] if name in sites else {},
                "failed": sum(rule["failed"] for rule in sites[name]["rules"])
                if name in sites
                else 0,
            }
            for name, record in known.items()
        },
        "parity": parity.compare(**sites) if len(sites) == len(EDITIONS) else None,
    }


def as_json(data: dict[str, Any]) -> bytes:
    """Return a file of JSON in lines that a person can compare: one for each page and rule."""
    return (in_lines(data, LEVELS) + "\n").encode("utf-8")


def in_lines(data: Any, levels: int) -> str:
    """
    Return JSON whose outer levels have a line for each member.

    >>> print(in_lines({'a': [1, 2], 'b': {}}, 1))
    {
    "a": [1, 2],
    "b": {}
    }
    """
    if not levels or not data or not isinstance(data, dict | list):
        return json.dumps(data, ensure_ascii=False)
    if isinstance(data, list):
        return "[\n" + ",\n".join(in_lines(one, levels - 1) for one in data) + "\n]"
    members = (f"{json.dumps(k)}: {in_lines(v, levels - 1)}" for k, v in data.items())
    return "{\n" + ",\n".join(members) + "\n}"
