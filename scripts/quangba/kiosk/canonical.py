"""Canonical JSON: one way to write a value, so that equal values have equal bytes."""

from __future__ import annotations

import json
from typing import Any

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def encode(value: Any) -> bytes:
    r"""
    Write a value: UTF-8, keys sorted by code point, no spaces, ``\n`` at the end.

    Raises ``ValueError`` for NaN, infinity and lone surrogates, which JSON does not have.

    >>> encode({'b': 1, 'a': 'đ'}).decode()
    '{"a":"đ","b":1}\n'
    """
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode("utf-8") + b"\n"


def decode(raw: bytes) -> Any:
    r"""
    Read what :func:`encode` wrote; raises ``ValueError`` for anything else.

    Names that stand twice, other spaces, other escapes and other forms of a number are not
    canonical: whatever two readers could understand differently is refused.

    >>> decode(b'{"a":1}\n')
    {'a': 1}
    >>> decode(b'{"a":1,"a":1}\n')
    Traceback (most recent call last):
    ValueError: not canonical
    """
    try:
        value = json.loads(raw.decode("utf-8"))
        same = encode(value) == raw
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not same:
        raise ValueError("not canonical")
    return value
