"""Skeletons: what a new page begins with, and the front matter that its kind must fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quangba.source.kinds import kinds

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NEW_PAGE = """---
title: {title}
description: "{description}"
type: {kind}
lead: "{lead}"
owner: {owner}
classification: public
reviewed_on: {day}
{fields}---
{heading}

{body}
"""

PLACEHOLDERS = {
    "description": "Một câu giới thiệu trang, không quá 155 ký tự.",
    "lead": "Một, hai câu: vì sao nên đọc trang này.",
    "heading": "## Mục đầu tiên",
    "body": "Viết câu ngắn, mỗi câu một ý, nêu rõ chủ thể. Số liệu viết bằng tên trong facts.yml.",
}
"""What a new page says to its author; no reader may see a sentence of it."""

OWN = ("title", "type")
"""Fields that every new page has anyway."""

EMPTY = '""'
"""What a person must fill in: the check names the line, and nothing is guessed meanwhile."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def new_page(title: str, kind: str, owner: str, today: str) -> str:
    """Return the text of a new page; without an owner that line has to be filled in, too."""
    return NEW_PAGE.format(
        title='"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"',
        kind=kind,
        owner=owner or EMPTY,
        day=today,
        fields="".join(f"{line}\n" for line in skeleton(kind)),
        **PLACEHOLDERS,
    )


def placeholder_pattern() -> re.Pattern[str]:
    """
    Return what finds each sentence of :data:`PLACEHOLDERS`, wherever its lines are broken.

    >>> pattern = placeholder_pattern()
    >>> bool(pattern.search('Viết câu ngắn, mỗi câu một ý,\\nnêu rõ chủ thể.'))
    True
    """
    texts = [text for text in PLACEHOLDERS.values() if not text.startswith("#")]
    sentences = [part for text in texts for part in re.split(r"(?<=\.) ", text)]
    found = [r"\s+".join(map(re.escape, sentence.split())) for sentence in sentences]
    return re.compile("|".join([*found, rf"^{re.escape(PLACEHOLDERS['heading'])}[ \t]*$"]), re.M)


def skeleton(kind: str) -> list[str]:
    """
    Return lines of YAML with the fields that a kind requires; values to choose from stand behind.

    >>> skeleton('project')[:2]
    ['sector: "" # industry, energy, ports_logistics, industrial_infrastructure, tourism, \
technology, transport, urban', 'status: "" # calling, under_way, planned, done']
    >>> skeleton('event')[0]
    'when: {calendar: "", month: "", day: ""} # lunar, solar'
    >>> skeleton('article')
    []
    """
    schema = kinds()[kind].schema
    lines = []
    for name in schema["required"]:
        if name not in OWN:
            field = schema["properties"][name]
            hint = ", ".join(map(str, choices(field, schema["$defs"])))
            value = example(field, schema["$defs"])
            lines.append(f"{name}: {value}{' # ' if hint else ''}{hint}")
    return lines


def resolved(field: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """Return a schema in the place of a reference to it; of several, the first."""
    reference = str(field.get("$ref", ""))
    found: dict[str, Any] = defs[reference.rpartition("/")[2]] if reference else field
    return found["oneOf"][0] if "oneOf" in found else found


def choices(field: dict[str, Any], defs: dict[str, Any]) -> list[Any]:
    """Return the values that a field, each item of its list or a part of it may have."""
    field = resolved(field, defs)
    found: list[Any] = field.get("enum") or resolved(field.get("items", {}), defs).get("enum", [])
    if not found:
        parts = [resolved(field["properties"][name], defs) for name in field.get("required", [])]
        found = [value for part in parts for value in part.get("enum", [])]
    return found


def example(field: dict[str, Any], defs: dict[str, Any]) -> str:
    """Return an empty value in YAML's flow style: with the names of what has to be filled in."""
    field = resolved(field, defs)
    kind = field.get("type")
    if kind == "array":
        many = field.get("minItems") or field.get("items", {}).get("properties")
        many = many or "$ref" in field.get("items", {})
        return f"[{example(field['items'], defs)}]" if many else "[]"
    if kind == "object":
        wanted = [*field.get("required", []), *alternatives(field)]
        pairs = (f"{name}: {example(field['properties'][name], defs)}" for name in wanted)
        return f"{{{', '.join(pairs)}}}"
    return EMPTY


def alternatives(field: dict[str, Any]) -> Iterator[str]:
    """Yield the fields of the first of several sets of which one is required."""
    if field.get("anyOf"):
        yield from field["anyOf"][0].get("required", [])
