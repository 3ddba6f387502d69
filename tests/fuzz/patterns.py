"""
Patterns: every regular expression of the package, attacked with what it repeats.

    python tests/fuzz/patterns.py                 # those that take a moment for 20,000 characters
    python tests/fuzz/patterns.py --size 100000 --seconds 5

From an expression's own syntax tree a text is made for each part that may be repeated without end:
what stands before it, the part itself many times, and a character that fits nowhere. Expressions
that look back again and again take the square of the length for one of these, or worse.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

if __name__ == "__main__":
    sys.path[:1] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "scripts")]

import quangba
from fuzz import cases

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NOWHERE = "\x00"
"""A character that fits into nearly no expression."""

SAMPLES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: "-",
}

ANY = "ab "
"""What is tried where anything may stand."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the expressions that the modules of the package hold, with their names."""
    seen = set()
    for module in pkgutil.walk_packages(quangba.__path__, "quangba."):
        found = importlib.import_module(module.name)
        for name, value in vars(found).items():
            for pattern in inside(value):
                if (pattern.pattern, pattern.flags) not in seen:
                    seen.add((pattern.pattern, pattern.flags))
                    yield f"{module.name.removeprefix('quangba.')}.{name}", pattern


def inside(value: object) -> Iterator[re.Pattern[Any]]:
    """Yield the expressions in a value: itself, or what a collection holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from inside(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from inside(item)


def attacks(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Yield texts of a size against an expression."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    tree = parser.parse(text, pattern.flags & ~re.UNICODE if isinstance(source, bytes) else 0)
    pumps = set(pumped(tree, ""))
    for before, part in sorted(pumps):
        many = part * (size // len(part))
        yield before + many + NOWHERE
        if before:
            yield (before + part) * (size // len(before + part)) + NOWHERE


def pumped(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each part that may be repeated, and the part."""
    for kind, value in tree:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > 1000:
                for part in {sample(body, choice) for choice in range(3)} - {""}:
                    yield before, part
            yield from pumped(body, before)
        elif kind is sre.SUBPATTERN:
            yield from pumped(value[-1], before)
        elif kind is sre.ATOMIC_GROUP:
            yield from pumped(value, before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from pumped(branch, before)
        before += sample([(kind, value)], 0)


def sample(tree: Any, choice: int) -> str:
    """Return a text that a part of an expression fits, more or less."""
    found = ""
    for kind, value in tree:
        match kind:
            case sre.LITERAL:
                found += chr(value)
            case sre.NOT_LITERAL | sre.ANY:
                found += ANY[choice % len(ANY)]
            case sre.IN:
                found += member(value, choice)
            case sre.SUBPATTERN:
                found += sample(value[-1], choice)
            case sre.ATOMIC_GROUP:
                found += sample(value, choice)
            case sre.BRANCH:
                found += sample(value[1][choice % len(value[1])], choice)
            case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
                found += sample(value[2], choice) * max(value[0], 1)
    return found


def member(items: Any, choice: int) -> str:
    """Return a character of a set."""
    if items[0][0] is sre.NEGATE:
        taken = {value for kind, value in items if kind is sre.LITERAL}
        free = [char for char in ANY + "<[`'\"(*-1\n" if ord(char) not in taken]
        return free[choice % len(free)]
    kind, value = items[choice % len(items)]
    if kind is sre.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is sre.RANGE else SAMPLES.get(value, "a")


def slow(pattern: re.Pattern[Any], size: int, seconds: float) -> Iterator[tuple[float, str]]:
    """Yield the attacks that take longer, with the seconds of the processor that they took."""
    for text in attacks(pattern, size):
        data: Any = text
        if isinstance(pattern.pattern, bytes):
            data = text.encode("latin-1", "replace")
        begun = time.process_time()
        cases.run(lambda _, data=data: sum(1 for _ in pattern.finditer(data)), b"", 25 * seconds)  # type: ignore[misc]
        took = time.process_time() - begun
        if took > seconds:
            yield took, text


def main() -> int:
    """Run the command."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    given.add_argument("--size", type=int, default=20_000)
    given.add_argument("--seconds", type=float, default=0.2)
    chosen = given.parse_args()
    count = 0
    for name, pattern in patterns():
        count += 1
        for took, text in slow(pattern, chosen.size, chosen.seconds):
            print(f"{name}: {took:.1f} s for {text[:40]!r} …", flush=True)
    print(f"{count} expressions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
