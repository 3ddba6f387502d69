"""
Official statements: dated, versioned, never edited silently.

``versions`` in the front matter lists what was said when. The digest of the last version covers
what the page says now (title, lead, claim, truth, text, date, sources, facts) and the versions
before it, so that neither the statement nor its history changes without a new version. ``quangba
statement PAGE --what "…"`` writes one, and touches nothing else in the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import yaml

from quangba.errors import Problem, QuangbaError
from quangba.source.data import DataError, Loader, load
from quangba.source.facts import Facts
from quangba.source.kinds import line_at, plain
from quangba.source.pages import FENCE, Page
from quangba.source.segment import FACT
from quangba.source.text import CONTROL, HIDDEN, nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SAID = ("title", "lead", "claim", "truth", "date", "sources")
"""Fields of the front matter that a digest covers, besides the text of the page."""

SURROGATE = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What is no character of a text file."""

LENGTH = 16
"""Hexadecimal digits of a digest."""

WORDS = ("what", "digest")
"""Fields of a version that are written in quotation marks: a digest may look like a number."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Version:
    """One version of a statement."""

    date: str
    """ISO date."""
    what: str
    """What was new, for readers."""
    digest: str = ""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def versions(meta: dict[str, Any]) -> list[Version]:
    """Return the versions of a statement, as far as they are written."""
    found = plain(meta.get("versions"))
    return [
        Version(*(str(item.get(name) or "") for name in ("date", "what", "digest")))
        for item in (found if isinstance(found, list) else [])
        if isinstance(item, dict)
    ]


def digest(page: Page, facts: Facts, history: list[Version]) -> str:
    """Return what the last version of a history must be marked with; its own mark is left out."""
    said = {name: plain(page.meta.get(name)) for name in SAID}
    body = [line.rstrip() for line in page.body.strip().split("\n")]
    used = sorted({match[1] for match in FACT.finditer(json.dumps([said, body]))})
    shown = {name: facts.entries[name].fingerprint for name in used if name in facts.entries}
    *before, last = history
    past = [[version.date, version.what, version.digest] for version in before]
    data = [said, body, shown, past, last.date, last.what]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:LENGTH]


def statement_problems(page: Page, facts: Facts) -> Iterator[Problem]:
    """Report a statement that differs from its last version, or whose history is out of order."""
    if page.meta.get("type") != "statement":
        return
    history = versions(page.meta)
    if not history:
        line = line_at(page, ("versions",))
        yield Problem.at("statement-no-version", page.file, line, page=page.name)
        return
    for i, (before, version) in enumerate(pairwise(history), 1):
        if version.date < before.date:
            line = line_at(page, ("versions", i))
            yield Problem.at(
                "statement-order", page.file, line, date=version.date, before=before.date
            )
    last = history[-1]
    if last.digest != digest(page, facts, history):
        code = "statement-changed" if last.digest else "statement-unsigned"
        line = line_at(page, ("versions", len(history) - 1))
        yield Problem.at(code, page.file, line, page=page.name, date=last.date)


def new_version(page: Page, facts: Facts, what: str, today: date) -> Version:
    """
    Return the version that says what a statement says now.

    Raises ``QuangbaError`` when nothing changed since the last one, or when that is of a later day.
    """
    if page.meta.get("type") != "statement":
        raise QuangbaError("statement-not", page.file)
    history, day = versions(page.meta), today.isoformat()
    if history:
        last = history[-1]
        if last.digest == digest(page, facts, history):
            raise QuangbaError("statement-same", page.file, date=last.date)
        if day < last.date:
            raise QuangbaError("statement-order", page.file, date=day, before=last.date)
    version = Version(day, nfc(" ".join(seen(what).split())))
    if not version.what:
        raise QuangbaError("name-empty", option="--what")
    return Version(day, version.what, digest(page, facts, [*history, version]))


def seen(text: str) -> str:
    """Return a text without characters that no reader sees, which no page may hold."""
    return SURROGATE.sub("", HIDDEN.sub("", CONTROL.sub(" ", text)))


# Writing


def add_version(text: str, version: Version, file: str) -> str:
    """
    Return the text of a page with one more version; all other characters stay as they are.

    Raises ``QuangbaError`` (``statement-shape``) for front matter that cannot be added to.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n")
    mark = "\ufeff" if lines.startswith("\ufeff") else ""
    lines = lines.removeprefix(mark)
    match = FENCE.match(lines)
    wrong = QuangbaError("statement-shape", file)
    if match is None or lines.replace("\n", newline) != text.removeprefix(mark):
        raise wrong
    try:
        front = with_version(match[1], version)
        before, after = load(match[1], Loader), load(front, Loader)
    except (DataError, yaml.YAMLError) as error:
        raise wrong from error
    known = before.pop("versions", None) or []
    if after.pop("versions") != [*known, load(item_of(version, flow=True))] or after != before:
        raise wrong
    made = lines[: match.start(1)] + front + lines[match.end(1) :]
    return mark + made.replace("\n", newline)


def with_version(front: str, version: Version) -> str:
    """Return front matter with one more version, in the manner of the ones that are there."""
    root = yaml.compose(front, yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    node = next((value for key, value in pairs if key.value == "versions"), None)
    if node is None:
        return f"{front}versions:\n{block(version, 2, flow=False)}"
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        # ``versions:`` or ``versions: []``
        start, end = node.start_mark.index, node.end_mark.index
        rest = front[end:]
        line, _, below = rest.partition("\n")
        head = f"{front[:start].rstrip(' ')}{line}\n"
        return f"{head}{block(version, 2, flow=False)}{below}"
    if node.flow_style:
        end = node.end_mark.index - 1
        head = front[:end].rstrip()
        comma = "" if head.endswith(",") else ","
        return f"{head}{comma} {item_of(version, flow=True)}{front[len(head) : end]}{front[end:]}"
    last = node.value[-1]
    parts = front.split("\n")
    at = last_line(last) + 1
    added = block(version, node.start_mark.column, flow=bool(getattr(last, "flow_style", False)))
    return "\n".join([*parts[:at], added.rstrip("\n"), *parts[at:]])


def block(version: Version, indent: int, *, flow: bool) -> str:
    """Return a version as an item of a list."""
    first, *rest = item_of(version, flow=flow).split("\n")
    margin = " " * indent
    return "".join([f"{margin}- {first}\n", *(f"{margin}  {line}\n" for line in rest)])


def item_of(version: Version, *, flow: bool) -> str:
    """Return a version as YAML: on one line, or one line for each field."""
    quoted = {name: json.dumps(getattr(version, name), ensure_ascii=False) for name in WORDS}
    fields = [f"date: {version.date}", *(f"{name}: {value}" for name, value in quoted.items())]
    return "{" + ", ".join(fields) + "}" if flow else "\n".join(fields)


def last_line(node: Any) -> int:
    """Return the line on which a value ends, from 0; libyaml's marks reach into what follows."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return last_line(last[1] if isinstance(node, yaml.MappingNode) else last)
    end = node.end_mark
    return int(end.line - 1 if end.column == 0 and end.line > node.start_mark.line else end.line)
