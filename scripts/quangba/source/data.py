"""Data files: YAML that people write, read strictly."""

from __future__ import annotations

from typing import Any

import yaml

from quangba.errors import say
from quangba.source.text import CONTROL, HIDDEN

VIETNAMESE = {
    "mapping values are not allowed in this context": "dấu hai chấm trong chữ không có ngoặc kép",
    "found character that cannot start any token": "dòng bắt đầu bằng phím Tab hoặc ký tự lạ",
    "did not find expected node content": "thiếu giá trị, hoặc thiếu dấu ] đóng",
    "did not find expected key": "thiếu dấu ngoặc kép đóng, hoặc thụt dòng sai",
    "could not find expected ':'": "thiếu dấu hai chấm sau tên",
    "did not find expected ',' or ']'": "thiếu dấu phẩy hoặc dấu ] đóng",
    "did not find expected ',' or '}'": "thiếu dấu phẩy hoặc dấu } đóng",
    "did not find expected '-' indicator": "thiếu dấu gạch đầu dòng, hoặc thụt dòng sai",
    "found unexpected end of stream": "thiếu dấu ngoặc kép đóng",
    "control characters are not allowed": "có ký tự điều khiển ẩn",
}
"""What libyaml says, in Vietnamese: the mistakes that people make most."""

DEEPEST = 50
"""Levels of lists and mappings that people write."""

LARGEST = 1_000_000
"""Characters of a file that people write; the largest one of ours has a tenth of that."""

LONGEST_NUMBER = 100
"""Characters of a whole number; Python neither prints nor compares one of thousands of digits."""


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
            if not isinstance(key, yaml.ScalarNode):
                what = say("tên phải là một từ", "a name must be a word")
                raise yaml.MarkedYAMLError(None, None, what, key.start_mark)
            if key.value in names:
                what = say(f"{key.value}: ghi hai lần", f"{key.value}: twice")
                raise yaml.MarkedYAMLError(None, None, what, key.start_mark)
            if isinstance(key.value, str):
                names.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Read a value; one that is not what its tag says is an error with its line."""
        try:
            return super().construct_object(node, deep)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            shown = str(node.value)[:40]
            what = say(f"{shown}: không đọc được giá trị này", f"{shown}: no such value")
            raise yaml.MarkedYAMLError(None, None, what, node.start_mark) from error

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        """Read a whole number that is not too long."""
        if len(node.value) > LONGEST_NUMBER:
            shown = node.value[:10]
            what = say(f"{shown}…: số quá dài", f"{shown}…: the number is too long")
            raise yaml.MarkedYAMLError(None, None, what, node.start_mark)
        found: int = super().construct_yaml_int(node)
        return found

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        """Read a date; one that does not exist is an error with its line."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            what = say(f"{node.value}: không có ngày này", f"{node.value}: no such day")
            raise yaml.MarkedYAMLError(None, None, what, node.start_mark) from error


Loader.add_constructor("tag:yaml.org,2002:int", Loader.construct_yaml_int)
Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_timestamp)


class DataLoader(Loader):
    """Reads files of data, whose texts stand on pages that nobody reads them on before."""

    def construct_text(self, node: yaml.ScalarNode) -> str:
        """Read a text; a character in it that readers cannot see is an error with its line."""
        text: str = self.construct_yaml_str(node)
        match = HIDDEN.search(text) or CONTROL.search(text)
        if match:
            point = f"U+{ord(match[0]):04X}"
            what = say(f"có ký tự ẩn {point}", f"hidden character {point}")
            raise yaml.MarkedYAMLError(None, None, what, node.start_mark)
        return text


DataLoader.add_constructor("tag:yaml.org,2002:str", DataLoader.construct_text)


def load(text: str, loader: type[Loader] = DataLoader) -> Any:
    """
    Return the data in a YAML text; raises ``DataError``.

    Front matter and profiles of gates are read with :class:`Loader`: these say more of each text.

    >>> load('a: 1')
    {'a': 1}
    """
    if len(text) > LARGEST:
        raise DataError(say("dài quá 1 triệu ký tự", "more than a million characters"))
    try:
        refuse_bombs(text)
        return yaml.load(text, loader)
    except yaml.MarkedYAMLError as error:
        raise placed(error, text) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # A date that does not exist is a ValueError, brackets without end a RecursionError.
        raise DataError(str(error).split("\n")[0] or "YAML") from error


def placed(error: yaml.MarkedYAMLError, text: str) -> DataError:
    """Say what is wrong with a text, and on which line."""
    mark = error.problem_mark
    # libyaml places what is missing at the end on the line after it.
    line = min(mark.line + 1, text.count("\n") + 1) if mark else 0
    what = error.problem or "YAML"
    return DataError(say(VIETNAMESE.get(what, what), what), line)


def syntax_error(text: str) -> DataError | None:
    """
    Return what keeps a text from being YAML at all, whatever its tags mean to whom.

    >>> syntax_error('nav: !ENV [A, b]'), syntax_error('a: [').line
    (None, 1)
    """
    try:
        for _ in yaml.parse(text, Loader):
            pass
    except yaml.MarkedYAMLError as error:
        return placed(error, text)
    except yaml.YAMLError as error:
        return DataError(str(error).split("\n")[0])
    return None


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
