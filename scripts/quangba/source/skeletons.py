"""Skeletons: the front matter that a new page of a kind must fill in, made from its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quangba.source.kinds import kinds

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OWN = ("title", "type")
"""Fields that every new page has anyway."""

EMPTY = '""'
"""What a person must fill in: the check names the line, and nothing is guessed meanwhile."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def skeleton(kind: str, today: str) -> list[str]:
    """
    Return lines of YAML with the fields that a kind requires; values to choose from stand behind.

    >>> skeleton('project', '2026-11-26')[:2]
    ['sector: industry # industry, energy, ports_logistics, industrial_infrastructure, tourism, \
technology, transport, urban', 'status: calling # calling, under_way, planned, done']
    >>> skeleton('article', '2026-11-26')
    []
    """
    schema = kinds()[kind].schema
    lines = []
    for name in schema["required"]:
        if name not in OWN:
            field = schema["properties"][name]
            hint = ", ".join(map(str, choices(field, schema["$defs"])))
            value = example(field, schema["$defs"], today)
            lines.append(f"{name}: {value}{' # ' if hint else ''}{hint}")
    return lines


def resolved(field: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """Return a schema in the place of a reference to it."""
    reference = str(field.get("$ref", ""))
    found: dict[str, Any] = defs[reference.rpartition("/")[2]] if reference else field
    return found


def choices(field: dict[str, Any], defs: dict[str, Any]) -> list[Any]:
    """Return the values that a field, or each item of its list, may have."""
    field = resolved(field, defs)
    found: list[Any] = field.get("enum") or resolved(field.get("items", {}), defs).get("enum", [])
    return found


def example(field: dict[str, Any], defs: dict[str, Any], today: str) -> str:
    """Return a value in YAML's flow style, the first that is allowed, or an empty one."""
    field = resolved(field, defs)
    if "enum" in field:
        return str(field["enum"][0])
    if field.get("format") in ("day", "full-day"):
        return today
    if "oneOf" in field:
        return example(field["oneOf"][0], defs, today)
    kind = field.get("type")
    if kind == "array":
        many = field.get("minItems") or field.get("items", {}).get("properties")
        many = many or "$ref" in field.get("items", {})
        return f"[{example(field['items'], defs, today)}]" if many else "[]"
    if kind == "object":
        wanted = [*field.get("required", []), *alternatives(field)]
        pairs = (f"{name}: {example(field['properties'][name], defs, today)}" for name in wanted)
        return f"{{{', '.join(pairs)}}}"
    if kind in ("integer", "number"):
        return str(max(1, field.get("minimum", 1)))
    return EMPTY


def alternatives(field: dict[str, Any]) -> Iterator[str]:
    """Yield the fields of the first of several sets of which one is required."""
    if field.get("anyOf"):
        yield from field["anyOf"][0].get("required", [])
