"""
Profiles of gates: which pages, languages and screens a gate has, in ``content/_data/gates.yml``.

A new gate is a new entry and nothing else. The shape of an entry is a JSON Schema
(``schemas/gates.yml``); this module adds the rules that compare several values, finds the line and
says in one sentence what to do. Lengths are in mm, pixels are CSS pixels, angles in degrees.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import ceil, hypot, inf, pi
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from quangba.errors import Problem, QuangbaError, Severity, say
from quangba.source import kinds
from quangba.source.assets import check_asset
from quangba.source.data import DataError, Loader, load
from quangba.source.facts import is_day
from quangba.source.kinds import Path_, allowed_by, deepest, dotted, place_of, plain
from quangba.source.pages import Page, read_page

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SCHEMA = Path(__file__).parent / "schemas" / "gates.yml"

TARGET_MM, GAP_MM = 20, 3
"""Side of a touch target (Colle and Hiszem 2004) and how far its hit area reaches down."""

TARGETS = 7
"""Tiles of the home screen, and as many buttons in the bar."""

REACH_MM = 1120
"""Height above the floor that a person in a wheelchair reaches over a ledge (EN 301 549, 8.3)."""

CAPITAL_DEGREES, CAPITAL_MM = 0.7, 7.3
"""Least height of capitals: as an angle (EN 301 549, 5.1.4), and on every touch screen."""

DENSITY, WALL_DENSITY = (0.8, 8), (0.05, 8)
"""Pixels per mm of touch screens, and of LED walls, whose pixels are up to 20 mm apart."""

SHAPE, WALL_SHAPE = (1.25, 2.4), (1.25, 4)
"""Long side by short side of touch screens (5:4 to 21:9); width by height of LED and TV."""

TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
"""A time of the day: ``07:00``; ``24:00`` is its end."""

PICTURE = re.compile(r"(?=.{1,200}\Z)(?:[a-z0-9][\w-]*/)*[a-z0-9][\w.-]*\.(?:svg|png|jpe?g|webp)")
"""A picture in ``content/``: ``images/gate.svg``."""

NAMED = {"language": "profile-language", "unit": "profile-unit"}
"""What is said of a name that a short list does not have."""

HUGE = 64
"""Bits of the largest whole number that is told from infinity."""

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
    def reach_px(self) -> int:
        """
        Height of what lies within reach of a wheelchair, from the lower edge of the screen.

        >>> Screen(43, 1080, 1920, 700, 600).reach_px, Screen(55, 1920, 1080, None, 4000).reach_px
        (847, 0)
        """
        if self.lower_edge_mm is None:
            return 0
        reach = int((REACH_MM - self.lower_edge_mm) * self.px_per_mm)
        return min(max(reach, 0), self.height_px)


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


@dataclass
class Judge:
    """Says what is wrong with the profiles of one file."""

    file: str
    lines: Mapping[Path_, int]
    """Line of each value (see :func:`positions`)."""
    content: Path
    pages: Collection[str]
    languages: Sequence[str]
    """Codes of the site's languages."""
    units: Collection[str]

    def __post_init__(self) -> None:
        self.gates: dict[str, str] = {}
        formats = jsonschema.FormatChecker(formats=())
        for name, judge in (
            ("page", lambda value: value in self.pages),
            ("language", lambda value: value in self.languages),
            ("unit", lambda value: value in self.units),
            ("picture", self.is_picture),
            ("time", lambda value: TIME.fullmatch(value) is not None),
        ):
            formats.checks(name)(lambda value, judge=judge: isinstance(value, str) and judge(value))
        for name, judge in (("day", is_day), ("full-day", kinds.is_full_day), ("web", is_web)):
            formats.checks(name)(judge)
        self.validator = kinds.Validator(schema(), format_checker=formats)

    def is_picture(self, value: str) -> bool:
        """Tell whether a text names a picture in ``content/``."""
        return PICTURE.fullmatch(value) is not None and (self.content / value).is_file()

    # Shape

    def shape(self, data: dict[str, Any]) -> Iterator[Problem]:
        """Report what the schema does not allow."""
        for error in sorted(self.validator.iter_errors(data), key=place_of):
            yield from self.describe(deepest(error))

    def describe(self, error: jsonschema.ValidationError) -> Iterator[Problem]:
        """Say in one sentence what a validator found."""
        path: Path_ = tuple(error.absolute_path)
        value, rule, limit = error.instance, error.validator, error.validator_value
        if not path:  # the name of a gate
            yield self.at("profile-id", (value,), id=value)
        elif rule == "required":
            for name in limit:
                if name not in value:
                    sourceless = path[1:] == ("hours",) and name == "source"
                    code = "profile-hours-source" if sourceless else "profile-missing"
                    yield self.at(code, (*path, name))
        elif rule == "additionalProperties":
            known = sorted(error.schema["properties"])
            for name in value:
                if name not in known:
                    near = difflib.get_close_matches(name, known, 1) or known
                    yield self.at("profile-field", (*path, name), known=", ".join(near))
        elif rule == "format":
            yield self.wrong_format(path, limit, value)
        elif rule is None:  # `page: false` in the schema
            yield self.at("profile-way", path)
        elif rule == "maxItems":
            yield self.at("profile-tiles", path, count=len(value), most=limit)
        elif rule == "minimum" and path[1] == "idle" and path[2] != "question_s":
            yield self.at("profile-idle", path, value=value, least=limit)
        else:
            yield self.wrong(path, value, allowed_by(error))

    def wrong_format(self, path: Path_, wanted: str, value: Any) -> Problem:
        """Say what a value of a given form should be."""
        text = str(value)
        if wanted == "page":
            return self.at("kind-page", path, value=text, near=near(text, self.pages))
        if wanted == "picture":
            return self.at("profile-picture", path, value=text, near=near(text, self.pictures()))
        if wanted in ("language", "unit"):
            known = self.languages if wanted == "language" else sorted(self.units)
            return self.at(NAMED[wanted], path, value=text, known=", ".join(known) or "–")
        forms = {"day": "YYYY, YYYY-MM, YYYY-MM-DD", "full-day": "YYYY-MM-DD", "web": "https://…"}
        return self.wrong(path, value, forms.get(wanted, '"07:00" … "24:00"'))

    def pictures(self) -> list[str]:
        """Return the pictures next to which a wrong name is looked for."""
        names = (path.relative_to(self.content) for path in self.content.glob("images/*"))
        return sorted(name.as_posix() for name in names if name.suffix != ".yml")

    # Rules

    def rules(self, profile: Profile) -> Iterator[Problem]:
        """Report what a schema cannot express."""
        gate = profile.id
        kind = self.kind_of(profile.page)
        if kind != "gate":
            yield self.at("profile-start", (gate, "page"), page=profile.page, kind=kind)
        for number, language in repeated(profile.languages):
            yield self.at("profile-twice", (gate, "languages", number), value=language)
        left = [code for code in self.languages if code not in profile.languages]
        if left:
            yield self.at("profile-languages-left", (gate, "languages"), left=", ".join(left))
        for number, topic in repeated([tile.topic for tile in profile.tiles]):
            yield self.at("profile-twice", (gate, "tiles", number), value=topic)
        for number, page in repeated([tile.page for tile in profile.tiles]):
            yield self.at("profile-twice", (gate, "tiles", number), value=page)
        for number, picture in enumerate(profile.pictures):
            line = self.line((gate, "pictures", number))
            yield from check_asset(self.content, picture, self.file, line)
        if profile.hours and profile.hours.start in (profile.hours.end, "24:00"):
            allowed = say('`from` khác `to`; cả ngày: "00:00" và "24:00"', "`from` is not `to`")
            yield self.wrong((gate, "hours", "from"), profile.hours.start, allowed)
        yield from self.sizes((gate, "screen"), profile.screen, DENSITY)
        yield from self.sizes((gate, "led"), profile.led, WALL_DENSITY)

    def sizes(self, path: Path_, screen: Screen, density: tuple[float, float]) -> Iterator[Problem]:
        """Report a screen that does not exist, or that has no room for fingers."""
        ratio = screen.width_px / screen.height_px
        low, high = SHAPE if screen.touch else WALL_SHAPE
        if screen.touch:
            ratio = max(ratio, 1 / ratio)
        if not low <= ratio <= high:
            size = f"{screen.width_px} × {screen.height_px}"
            yield self.at("profile-shape", path, size=size, low=comma(low), high=comma(high))
            return
        if not density[0] <= screen.px_per_mm <= density[1]:
            low, high = density
            found = comma(float(f"{screen.px_per_mm:.2g}"))
            yield self.at("profile-size", path, found=found, low=comma(low), high=comma(high))
        elif screen.lower_edge_mm is not None:
            cell = TARGET_MM + GAP_MM
            columns = int((screen.width_mm - GAP_MM) // cell)
            bar = ceil(TARGETS / columns) * cell + GAP_MM if columns > 0 else inf
            if 2 * bar - GAP_MM > screen.height_mm:
                size = f"{screen.width_mm:.0f} × {screen.height_mm:.0f}"
                yield self.at("profile-room", path, size=size, target=TARGET_MM)
            elif screen.lower_edge_mm + bar > REACH_MM:
                most = int(REACH_MM - bar)
                yield self.at("profile-reach", (*path, "lower_edge_mm"), most=most, reach=REACH_MM)

    def kind_of(self, page: str) -> str:
        """Return the kind of a page; each is read once."""
        if page not in self.gates:
            self.gates[page] = str(read_page(self.content, page).meta.get("type", "article"))
        return self.gates[page]

    # Sentences

    def line(self, path: Path_) -> int:
        """Return the line of a value; that of what holds it when it is missing."""
        return next(
            (self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), 1
        )

    def at(self, code: str, path: Path_, **values: object) -> Problem:
        """Make a problem of the value at a path."""
        return Problem.at(code, self.file, self.line(path), field=dotted(path), **values)

    def wrong(self, path: Path_, value: Any, allowed: str) -> Problem:
        """Say that a value cannot be used, and what could."""
        problem = kinds.wrong_value(Page("", self.file, ""), path, value, allowed)
        return replace(problem, line=self.line(path))


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
        data = tame(plain(load(text)))
    except DataError as error:
        raise QuangbaError("data-yaml", file, error.line, what=error.what) from error
    except UnicodeDecodeError as error:
        raise QuangbaError("data-yaml", file, what="UTF-8") from error
    except OSError as error:
        raise QuangbaError("file-unreadable", file, what=error.strerror) from error
    if not data:
        profiles.problems.append(Problem.at("profile-none", file))
        return profiles
    if not isinstance(data, dict):
        what = say("cần `tên: giá trị`", "not `name: value`")
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
        found = sorted(dict.fromkeys(found), key=lambda problem: problem.line)
        profiles.problems += found
    return profiles


@cache
def schema() -> dict[str, Any]:
    """Return the schema of ``gates.yml``."""
    made: dict[str, Any] = load(SCHEMA.read_text(encoding="utf-8"))
    base = load((kinds.FOLDER / "base.yml").read_text(encoding="utf-8"))
    made["$defs"]["source"] = base["$defs"]["source"]
    return made


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


def tame(value: Any) -> Any:
    """
    Return data with infinity for whole numbers that nobody can print.

    >>> tame({'a': [1, 16 ** 5000]})
    {'a': [1, inf]}
    """
    if isinstance(value, dict):
        return {key: tame(item) for key, item in value.items()}
    if isinstance(value, list):
        return [tame(item) for item in value]
    return inf if isinstance(value, int) and value.bit_length() > HUGE else value


def repeated(values: Iterable[str | None]) -> Iterator[tuple[int, str]]:
    """
    Yield the values that an earlier one equals, with their place.

    >>> list(repeated(['vi', 'en', 'vi', None, None]))
    [(2, 'vi')]
    """
    seen = set()
    for number, value in enumerate(values):
        if value is not None and value in seen:
            yield number, value
        seen.add(value)


def near(value: str, names: Iterable[str]) -> str:
    """Return the name that was perhaps meant."""
    return next(iter(difflib.get_close_matches(value, names, 1)), "–")


def is_web(value: Any) -> bool:
    """Tell whether a value is an address of the web."""
    return re.match(r"https?://[^\s/]+", str(value)) is not None


def comma(number: float) -> str:
    """Write a number as the user's language does."""
    return say(f"{number:g}".replace(".", ","), f"{number:g}")
