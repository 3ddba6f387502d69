"""
Profiles of gates: which pages, languages and screens a gate has, in ``content/_data/gates.yml``.

A new gate is a new entry and nothing else; ``profile_rules.py`` says what is wrong with one. The
suffix of a name is its unit: ``_mm``, ``_in`` (inches), ``_s`` (seconds), ``_px`` (CSS pixels, as
the browser counts them).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from math import hypot, pi
from pathlib import Path
from typing import Any

import yaml

from quangba.errors import Problem, QuangbaError, Severity, say
from quangba.source.data import DataError, Loader, load
from quangba.source.kinds import Path_, plain
from quangba.source.profile_rules import REACH_MM, Judge

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CAPITAL_DEGREES, CAPITAL_MM = 0.7, 7.3
"""Least height of capitals: as an angle (EN 301 549, 5.1.4), and on every touch screen."""

MOST = 1_000
"""Gates of a site; no country has that many."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Screen:
    """A screen and where it hangs."""

    diagonal_in: float
    """Diagonal of the picture, in inches."""
    width_px: int
    height_px: int
    lower_edge_mm: float | None
    """Lower edge of the picture above the floor; None for a screen that nobody touches."""
    distance_mm: float
    """From the eye to the screen."""

    @property
    def px_per_mm(self) -> float:
        """
        Pixels per mm.

        >>> round(Screen(32, 1080, 1920, 800, 600).px_per_mm, 2)
        2.71
        """
        return hypot(self.width_px, self.height_px) / (self.diagonal_in * 25.4)

    @property
    def width_mm(self) -> float:
        """Width of the picture."""
        return self.width_px / self.px_per_mm

    @property
    def height_mm(self) -> float:
        """Height of the picture."""
        return self.height_px / self.px_per_mm

    @property
    def touch(self) -> bool:
        """Tell whether people touch it."""
        return self.lower_edge_mm is not None

    @property
    def portrait(self) -> bool:
        """Tell whether it is higher than wide."""
        return self.height_px > self.width_px

    @property
    def capital_mm(self) -> float:
        """
        Least height of a capital letter at the distance of the eye.

        >>> [round(Screen(32, 1080, 1920, 800, mm).capital_mm, 1) for mm in (500, 600, 1000)]
        [7.3, 7.3, 12.2]
        """
        seen = CAPITAL_DEGREES * pi * self.distance_mm / 180
        return max(seen, CAPITAL_MM) if self.touch else seen

    @property
    def reach_mm(self) -> float:
        """Height of what lies within reach of a wheelchair, from the screen's lower edge."""
        if self.lower_edge_mm is None:
            return 0
        return min(max(REACH_MM - self.lower_edge_mm, 0), self.height_mm)

    @property
    def reach_px(self) -> int:
        """
        The same in whole pixels, at most the whole screen.

        >>> Screen(43, 1080, 1920, 700, 600).reach_px, Screen(55, 1920, 1080, None, 4000).reach_px
        (847, 0)
        """
        # Rounding must not take a pixel from a screen that is in reach as a whole.
        return int(self.reach_mm * self.px_per_mm + 1e-6)


@dataclass(frozen=True)
class Hours:
    """When people work at the gate, with the source that says so."""

    start: str
    """``07:00``, local time."""
    end: str
    """``20:00``; earlier than :attr:`start` where it is on the next day."""
    source: dict[str, str]
    """``title``, ``publisher``, ``date`` or ``seen``, ``url``, ``lang``."""


@dataclass(frozen=True)
class Idle:
    """What happens when nobody touches the screen (WCAG 2.2, 2.2.1)."""

    question_s: int
    """Seconds without a touch until the screen asks."""
    answer_s: int
    """Seconds to answer before everything is forgotten."""
    extensions: int
    """How often a person may ask for more time."""


@dataclass(frozen=True)
class Tile:
    """One tile of the home screen."""

    topic: str
    """``gate``, ``onward``, ``see``, ``eat``, ``invest``, ``help`` or ``way``."""
    page: str | None
    """Where it leads; None for ``way``, the map of the way."""


@dataclass(frozen=True)
class Profile:
    """One gate."""

    id: str
    """Name in addresses, files and folders: ``mong-cai``."""
    page: str
    """Start page, of the kind ``gate``."""
    languages: tuple[str, ...]
    """Codes, in the order of the language choice."""
    screen: Screen
    led: Screen
    hours: Hours | None
    idle: Idle
    pictures: tuple[str, ...]
    """Pictures of the attract loop, from ``content/``."""
    contact: str | None
    """A unit of ``units.yml``."""
    tiles: tuple[Tile, ...]
    line: int = 0
    """Line in ``gates.yml``."""


@dataclass
class Profiles:
    """The gates of a site."""

    file: str
    """Path as people know it."""
    entries: dict[str, Profile] = field(default_factory=dict)
    """Sound profiles in the order of the file."""
    problems: list[Problem] = field(default_factory=list)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_profiles(
    path: Path,
    file: str,
    *,
    content: Path,
    pages: Collection[str],
    languages: Sequence[str],
    units: Collection[str],
) -> Profiles:
    """
    Read ``gates.yml``; a site without the file has no gates.

    ``file`` is the path as people know it; ``pages`` the names of all pages of ``content``;
    ``languages`` the codes of the site's languages; ``units`` the names in ``units.yml``. A gate
    with an error is in ``problems`` and not in ``entries``. Raises ``QuangbaError`` for a file that
    cannot be read as a whole.
    """
    profiles = Profiles(file)
    if not path.is_file():
        return profiles
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = plain(load(text, Loader))
    except DataError as error:
        raise QuangbaError("data-yaml", file, error.line, what=error.what) from error
    except UnicodeDecodeError as error:
        raise QuangbaError("data-yaml", file, what="UTF-8") from error
    except OSError as error:
        raise QuangbaError("file-unreadable", file, what=error.strerror) from error
    if data is None or data == {}:
        profiles.problems.append(Problem.at("profile-none", file))
        return profiles
    if not isinstance(data, dict):
        what = say("cần `tên: giá trị`", "not `name: value`")
        raise QuangbaError("data-yaml", file, 1, what=what)
    if len(data) > MOST:
        what = say(f"có hơn {MOST} cửa khẩu", f"more than {MOST} gates")
        raise QuangbaError("data-yaml", file, 1, what=what)
    lines = dict(positions(yaml.compose(text, Loader)))
    judge = Judge(file, lines, content, pages, languages, units)
    for name, entry in data.items():
        found = list(judge.shape({name: entry}))
        if not found:
            profile = make_profile(name, entry, judge.line((name,)))
            found = list(judge.rules(profile))
            if all(problem.severity < Severity.ERROR for problem in found):
                profiles.entries[name] = profile
        profiles.problems += sorted(dict.fromkeys(found), key=lambda problem: problem.line)
    return profiles


def make_profile(name: str, entry: dict[str, Any], line: int) -> Profile:
    """Make a profile from an entry of the right shape."""
    hours = entry["hours"]
    return Profile(
        name,
        entry["page"],
        tuple(entry["languages"]),
        make_screen(entry["screen"]),
        make_screen(entry["led"]),
        Hours(hours["from"], hours["to"], hours["source"]) if hours else None,
        Idle(**{key: int(value) for key, value in entry["idle"].items()}),
        tuple(entry["pictures"]),
        entry["contact"],
        tuple(Tile(tile["topic"], tile.get("page")) for tile in entry["tiles"]),
        line,
    )


def make_screen(entry: dict[str, Any]) -> Screen:
    """Make a screen from an entry of the right shape."""
    return Screen(
        entry["diagonal_in"],
        int(entry["width_px"]),
        int(entry["height_px"]),
        entry.get("lower_edge_mm"),
        entry["distance_mm"],
    )


def positions(node: yaml.Node | None, path: Path_ = ()) -> Iterator[tuple[Path_, int]]:
    """
    Yield where each value of a YAML text stands, with its line from 1.

    >>> dict(positions(yaml.compose('a:\\n  b: [1, 2]', Loader)))[('a', 'b', 1)]
    2
    """
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*path, str(key.value))
            yield below, key.start_mark.line + 1
            yield from positions(value, below)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*path, number), item.start_mark.line + 1
            yield from positions(item, (*path, number))
