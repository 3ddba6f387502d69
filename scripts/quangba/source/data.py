"""Data files: YAML that people write, read strictly."""

from __future__ import annotations

from typing import Any

import yaml


class DataError(Exception):
    """Raised for YAML that cannot be used; ``line`` counts from 1, 0 when there is none."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.what, self.line = what, line


class Loader(yaml.SafeLoader):
    """Reads plain data: no aliases, which may be endless, and no name twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(None, None, f"alias *{event.anchor}", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = set()
        for key, _ in node.value:
            if key.value in names:
                raise yaml.MarkedYAMLError(None, None, f"{key.value}: twice", key.start_mark)
            if isinstance(key.value, str):
                names.add(key.value)
        return super().construct_mapping(node, deep)


def load(text: str) -> Any:
    """
    Return the data in a YAML text; raises ``DataError``.

    >>> load('a: 1')
    {'a': 1}
    """
    try:
        return yaml.load(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise DataError(error.problem or "YAML", mark.line + 1 if mark else 0) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # A date that does not exist is a ValueError, brackets without end a RecursionError.
        raise DataError(str(error).split("\n")[0] or "YAML") from error
