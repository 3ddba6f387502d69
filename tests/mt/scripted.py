"""Ladders with a scripted model: what a package answers is a function of the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from quangba.catalogs.glossary import Glossary
from quangba.mt.crossing import Ask, Hop, Steps
from quangba.mt.engine import Hypothesis, Request
from quangba.mt.ladder import Ladder
from quangba.mt.profile import Profile

T = TypeVar("T")

Model = Callable[[str, str], str | Sequence[str] | None]
"""Given a package and a text, returns one answer, several, or None for an empty one."""


def hop(source: str, target: str, profile: Profile | None = None) -> Hop:
    name = f"{source}_{target}-0"
    return Hop(name, source, target, profile or Profile(), str.split, " ".join, str)


def ladder(
    *languages: str, glossary: Glossary | None = None, profile: Profile | None = None
) -> Ladder:
    """Return a ladder through languages: ``ladder('vi', 'en', 'zh')``."""
    hops = tuple(hop(a, b, profile) for a, b in pairwise(languages))
    return Ladder(hops, glossary or Glossary(), [])


def climb(steps: Steps[T], model: Model, asked: list[Ask] | None = None) -> T:
    """Run a ladder against a model; ``asked`` collects what it asked."""
    try:
        asks = next(steps)
        while True:
            if asked is not None:
                asked.extend(asks)
            asks = steps.send([answers(model, ask.package, ask.request) for ask in asks])
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]


def answers(model: Model, package: str, request: Request) -> list[Hypothesis]:
    """Return the hypotheses that a model has for a request."""
    said = model(package, request.text)
    texts = [said or ""] if isinstance(said, str | None) else list(said)
    return [
        Hypothesis(text, 0.0, None if text else "empty") for text in texts[: request.hypotheses]
    ]
