"""Data files are read strictly: what YAML would let through, people are told."""

from __future__ import annotations

import pytest

from quangba.source.data import DataError, load


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("? [a, b]\n: 1\n", 1, id="list_as_name"),
        pytest.param("a: 1\n? {b: c}\n: 2\n", 2, id="mapping_as_name"),
        pytest.param("a: 1\na: 2\n", 2, id="twice"),
        pytest.param("a: &x 1\nb: *x\n", 2, id="alias"),
        pytest.param("a: 1\nday: 2026-02-31\n", 2, id="no_such_day"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(DataError) as caught:
        load(text)
    assert caught.value.line == line
    assert caught.value.what
