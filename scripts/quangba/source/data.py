"""Data files: YAML that people write, read strictly."""

from __future__ import annotations

from typing import Any

import yaml

DEEPEST = 50
"""Levels of lists and mappings that people write."""


class DataError(Exception):
    """Raised for YAML that cannot be used; ``line`` counts from 1, 0 when there is none."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.what, self.line = what, line


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads plain data, with libyaml where it is there; no name may stand twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = set()
        for key, _ in node.value:
            if key.value in names:
                raise yaml.MarkedYAMLError(None, None, f"{key.value}: twice", key.start_mark)
            if isinstance(key.value, str):
                names.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


def load(text: str) -> Any:
    """
    Return the data in a YAML text; raises ``DataError``.

    >>> load('a: 1')
    {'a': 1}
    """
    try:
        refuse_bombs(text)
        return yaml.load(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        # libyaml places what is missing at the end on the line after it.
        line = min(mark.line + 1, text.count("\n") + 1) if mark else 0
        raise DataError(error.problem or "YAML", line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # A date that does not exist is a ValueError, brackets without end a RecursionError.
        raise DataError(str(error).split("\n")[0] or "YAML") from error


def refuse_bombs(text: str) -> None:
    """
    Refuse what a few lines can blow up: aliases (``*name``) and nesting without end.

    libyaml reads events one by one, but builds data by recursion in C, which nothing stops.
    """
    depth = 0
    for event in yaml.parse(text, Loader):
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(None, None, f"alias *{event.anchor}", mark)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(None, None, f"more than {DEEPEST} levels", mark)
