"""
Open data: the investment projects of each language as JSON, CSV and XLSX, with a schema.

Everything comes from the front matter of the published project pages. Keys are English and stable,
texts are in the language of the file, numbers are raw and never converted. The same pages give the
same bytes. Issue 5 §2.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from markupsafe import escape

from quangba.site.projects import (
    Project,
    capital_text,
    list_page,
    projects,
    site_name,
)

if TYPE_CHECKING:
    from quangba.catalogs.workspace import Workspace
    from quangba.site.context import SiteContext
    from quangba.site.outputs import Output

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SCHEMA = "data/project.schema.json"
"""Address of the published schema, from the root of the site."""

SCHEMA_FILE = Path(__file__).parent / "schemas" / "project.schema.json"

FORMATS = {
    "JSON": ("data/projects.json", "application/json"),
    "CSV": ("data/projects.csv", "text/csv"),
    "XLSX": (
        "data/projects.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
"""Path from the root of a language and media type, by the name that people know."""

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}

WITH_DATA = ("project", "projects", "open-data")
"""Kinds of pages whose site has files of data."""

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
"""The beginning of a text that spreadsheet programs may run (OWASP: CSV injection)."""

COLUMNS = (
    "id",
    "title",
    "sector",
    "sector_label",
    "status",
    "status_label",
    "communes",
    "communes_vi",
    "former_place",
    "area_ha",
    "capital_vnd",
    "capital_usd",
    "capital_precision",
    "as_of",
    "historic",
    "zone",
    "note",
    "source_title",
    "source_publisher",
    "source_date",
    "source_seen",
    "source_url",
    "url",
    "language",
    "licence",
    "sample",
)
"""Columns of the CSV file."""

# ----------------------------------------------------------------------------
# Words and addresses
# ----------------------------------------------------------------------------


def address(context: SiteContext, path: str) -> str:
    """Return the absolute address of a file of the language, as far as the site knows its own."""
    return urljoin(context.config.site_url or "/", context.file(path))


def schema_address(context: SiteContext) -> str:
    """Return the absolute address of the schema."""
    return urljoin(context.config.site_url or "/", SCHEMA)


def notices(context: SiteContext) -> list[str]:
    """Return what a reader of a file must be told, the sample edition first."""
    sample = ["sample"] if context.workspace.settings.options.sample else []
    return [context.label("open_data", name) for name in (*sample, "no_offer")]


def description(context: SiteContext) -> str:
    """Return what the list is, in one sentence."""
    return context.label("open_data", "description").replace("{site}", site_name(context))


def credit(context: SiteContext) -> str:
    """Return whom to name: the line that every page ends with, or the site."""
    line = context.workspace.copyright
    return context.text("copyright", line) if line else site_name(context)


# ----------------------------------------------------------------------------
# JSON
# ----------------------------------------------------------------------------


def document(context: SiteContext) -> dict[str, Any]:
    """Return the list of projects as the schema says."""
    listed = projects(context)
    page = list_page(context)
    found = {
        "$schema": schema_address(context),
        "title": context.label("open_data", "title"),
        "description": description(context),
        "language": context.language.html_lang,
        "sample": bool(context.workspace.settings.options.sample),
        "notices": notices(context),
        "licence": dict(LICENCE),
        "attribution": credit(context),
        "page": context.absolute(page) if page else None,
        "updated": max((project.reviewed_on for project in listed), default=""),
        "projects": [entry(context, project) for project in listed],
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def entry(context: SiteContext, project: Project) -> dict[str, Any]:
    """Return one project as the schema says; what is not known is left out."""
    source = dict(project.source)
    source["language"] = source.pop("lang", "")
    allowed = ("title", "publisher", "date", "seen", "url", "language")
    zone = project.zone
    found: dict[str, Any] = {
        "id": project.id,
        "title": project.title,
        "description": project.description,
        "url": context.absolute(project.name),
        "sector": project.sector,
        "sector_label": context.label("sector", project.sector),
        "status": project.status,
        "status_label": context.label("project_status", project.status),
        "communes": [{"name": name, "name_vi": official} for name, official in project.communes],
        "former_place": project.former_place,
        "area_ha": project.area_ha,
        "capital_vnd": project.capital_vnd,
        "capital_usd": project.capital_usd,
        "capital_precision": project.precision,
        "capital_text": capital_text(context, project),
        "as_of": project.as_of,
        "historic": project.historic,
        "zone": {"title": zone[0], "url": context.absolute(zone[1])} if zone else None,
        "note": project.note,
        "source": {key: source[key] for key in allowed if source.get(key)},
        "reviewed_on": project.reviewed_on,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def json_of(found: dict[str, Any]) -> bytes:
    """Return data as UTF-8 that people can read too."""
    return f"{json.dumps(found, ensure_ascii=False, indent=2)}\n".encode()


@cache
def schema() -> dict[str, Any]:
    """Return the schema without an address."""
    found: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return found


# ----------------------------------------------------------------------------
# CSV
# ----------------------------------------------------------------------------


def csv_of(found: dict[str, Any]) -> bytes:
    """Return RFC 4180 in UTF-8; the byte order mark lets Excel read Vietnamese."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in found["projects"]:
        row = flat(item) | {
            "language": found["language"],
            "licence": found["licence"]["name"],
            "sample": found["sample"],
        }
        writer.writerow([csv_cell(row.get(name)) for name in COLUMNS])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def flat(item: dict[str, Any]) -> dict[str, Any]:
    """Return one project without levels: ``source_title``, ``communes`` as one text."""
    source = {f"source_{key}": value for key, value in item["source"].items()}
    return {
        **item,
        **source,
        "communes": "; ".join(unit["name"] for unit in item["communes"]),
        "communes_vi": "; ".join(unit["name_vi"] for unit in item["communes"]),
        "zone": item["zone"]["title"] if "zone" in item else None,
    }


def csv_cell(value: Any) -> str:
    """
    Return a value as text that no spreadsheet program runs as a formula.

    >>> csv_cell('=HYPERLINK("x")'), csv_cell(82), csv_cell(True), csv_cell(None)
    ('\\'=HYPERLINK("x")', '82', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


# ----------------------------------------------------------------------------
# Writers
# ----------------------------------------------------------------------------


def files(context: SiteContext) -> dict[str, bytes]:
    """Return the bytes of the files of a language, by format."""
    from quangba.site.spreadsheet import workbook_of  # loads numpy: most builds write no workbook

    found = document(context)
    return {"JSON": json_of(found), "CSV": csv_of(found), "XLSX": workbook_of(context, found)}


def has_data(workspace: Workspace) -> bool:
    """Tell whether a site has projects, or a page about its data."""
    return any(workspace.page(name).meta.get("type") in WITH_DATA for name in workspace.names)


def write_datasets(output: Output) -> None:
    """Write the files of one language, where the site has any data."""
    if not has_data(output.context.workspace):
        return
    for kind, data in files(output.context).items():
        output.write(FORMATS[kind][0], data)


def finish_schema(outputs: Iterable[Output]) -> None:
    """Publish the schema once, with its own address."""
    for output in outputs:
        if not has_data(output.context.workspace):
            return
        found = {"$id": schema_address(output.context), **schema()}
        path = output.folder / SCHEMA
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(json_of(found))
        return


# ----------------------------------------------------------------------------
# Structured data
# ----------------------------------------------------------------------------


def dataset_jsonld(context: SiteContext) -> dict[str, Any]:
    """Return the list as ``schema.org/Dataset`` with its downloads, for the page of projects."""
    listed = projects(context)
    page = list_page(context)
    days = sorted(project.as_of for project in listed)
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": context.label("open_data", "title"),
        "description": description(context),
        "inLanguage": context.language.html_lang,
        "url": context.absolute(page) if page else None,
        "license": LICENCE["url"],
        "isAccessibleForFree": True,
        "creditText": credit(context),
        "spatialCoverage": {"@type": "AdministrativeArea", "name": site_name(context)},
        "temporalCoverage": f"{days[0]}/{days[-1]}" if days else None,
        "dateModified": max((project.reviewed_on for project in listed), default="") or None,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": kind,
                "contentUrl": address(context, path),
                "encodingFormat": media,
                "inLanguage": context.language.html_lang,
            }
            for kind, (path, media) in FORMATS.items()
        ],
    }
    return {key: value for key, value in found.items() if value is not None}


# ----------------------------------------------------------------------------
# The page of open data
# ----------------------------------------------------------------------------


def open_files(context: SiteContext, link: Callable[[str], str]) -> dict[str, Any]:
    """Return the files of the language with their sizes, those of the others, and the schema."""
    sizes = {kind: len(data) for kind, data in files(context).items()}
    settings = context.workspace.settings

    def listed(prefix: str, known: dict[str, int]) -> list[dict[str, Any]]:
        return [
            {
                "format": kind,
                "media": media,
                "url": escape(link(prefix + path)),
                "size": escape(size(context, known[kind])) if kind in known else None,
            }
            for kind, (path, media) in FORMATS.items()
        ]

    languages = [
        {
            "name": escape(language.name),
            "html_lang": language.html_lang,
            "current": language == context.language,
            "files": listed(
                "" if language == settings.source else f"{language.code}/",
                sizes if language == context.language else {},
            ),
        }
        for language in settings.languages
    ]
    return {
        "languages": languages,
        "schema": escape(link(SCHEMA)),
        "licence": LICENCE,
        "count": len(projects(context)),
    }


def size(context: SiteContext, count: int) -> str:
    """Write a size in kilobytes, rounded up: no file is empty."""
    kilobytes = -(-count // 1000)
    return f"{context.number(kilobytes)} kB"
