"""Precedence: one mistake is one finding, of the check that knows most about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

from quangba.review.checking import Function, Values, all_checks
from quangba.review.entry import Entry

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def unless(*names: str) -> Callable[[Function], Function]:
    """
    Keep a check silent where one of other checks, by name, speaks of the same mistake.

    The others are only asked where the check has something to say, so that it costs nothing in a
    correct text. What they stay silent for themselves may not lead back to the check.
    """

    def make(function: Function) -> Function:
        @wraps(function)
        def heard(entry: Entry) -> Iterator[Values]:
            found = list(function(entry))
            if found and not any(True for name in names for _ in all_checks()[name](entry)):
                yield from found

        return heard

    return make
