"""
What the profile of a gate must and may say, line by line.

The shape of ``content/_data/gates.yml`` is a JSON Schema (``schemas/gates.yml``), which
``jsonschema`` judges; this module adds the rules that compare several values, finds the line and
says in one sentence what to do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from math import ceil, inf
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from quangba.errors import Problem, say
from quangba.source import kinds
from quangba.source.assets import check_asset
from quangba.source.data import load
from quangba.source.facts import is_day
from quangba.source.kinds import Path_, allowed_by, deepest, dotted, place_of
from quangba.source.pages import Page, read_page
from quangba.source.raster import FORMATS

if TYPE_CHECKING:
    import jsonschema

    from quangba.source.profiles import Profile, Screen

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SCHEMA = Path(__file__).parent / "schemas" / "gates.yml"

TARGET_MM, GAP_MM = 20, 3
"""Side of a touch target (Colle and Hiszem 2004) and how far its hit area reaches down."""

REACH_MM = 1120
"""Height above the floor that a person in a wheelchair reaches over a ledge (EN 301 549, 8.3)."""

TARGETS = 7
"""Tiles of the home screen, and as many buttons in the bar."""

DENSITY, WALL_DENSITY = (0.8, 8), (0.05, 8)
"""Pixels per mm of touch screens, and of LED walls, whose pixels are up to 20 mm apart."""

SHAPE, WALL_SHAPE = (1.25, 2.4), (1.25, 4)
"""Long side by short side of touch screens (5:4 to 21:9); width by height of LED and TV."""

TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
"""A time of the day: ``07:00``; ``24:00`` is its end."""

PICTURE = re.compile(r"(?=.{1,200}\Z)[a-z0-9][\w-]*(?:/[a-z0-9][\w.-]*)*", re.IGNORECASE | re.ASCII)
"""The path of a picture from ``content/``: ``images/gate.svg``."""

PICTURES = frozenset({".svg", *FORMATS})

NAMED = {"language": "profile-language", "unit": "profile-unit"}
"""What is said of a name that a short list does not have."""

FORMS = {
    "day": "YYYY, YYYY-MM, YYYY-MM-DD",
    "full-day": "YYYY-MM-DD",
    "web": "https://…",
    "time": '"07:00", "24:00"',
}
"""Forms of values, as people write them; a time without quotes is a number in YAML."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Judge:
    """Says what is wrong with the profiles of one file."""

    file: str
    """Path as people know it."""
    lines: Mapping[Path_, int]
    """Line of each value."""
    content: Path
    pages: Collection[str]
    languages: Sequence[str]
    """Codes of the site's languages."""
    units: Collection[str]
    page_kinds: dict[str, str] = field(default_factory=dict)
    assets: dict[str, list[Problem]] = field(default_factory=dict)

    @cached_property
    def validator(self) -> jsonschema.protocols.Validator:
        """The judge by the schema."""
        judges: dict[str, kinds.Judge] = {
            "day": is_day,
            "full-day": kinds.is_full_day,
            "web": kinds.is_web,
            "time": lambda value: isinstance(value, str) and bool(TIME.fullmatch(value)),
            "page": lambda value: isinstance(value, str) and value in self.pages,
            "language": lambda value: isinstance(value, str) and value in self.languages,
            "unit": lambda value: value is None or str(value) in self.units,
            "picture": lambda value: isinstance(value, str) and self.is_picture(value),
        }
        return kinds.validator(schema(), judges)

    def is_picture(self, value: str) -> bool:
        """Tell whether a text names a picture in ``content/``."""
        picture = PICTURE.fullmatch(value) and PurePosixPath(value).suffix.lower() in PICTURES
        return bool(picture) and (self.content / value).is_file()

    # Shape

    def shape(self, data: dict[str, Any]) -> Iterator[Problem]:
        """Report what the schema does not allow."""
        for error in sorted(self.validator.iter_errors(data), key=place_of):
            yield from self.describe(deepest(error))

    def describe(self, error: jsonschema.ValidationError) -> Iterator[Problem]:
        """Say in one sentence what the validator found."""
        path: Path_ = tuple(error.absolute_path)
        value, rule, limit = error.instance, error.validator, error.validator_value
        if not path:  # the name of a gate
            yield self.at("profile-id", (value,), id=short(value))
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
                    meant = difflib.get_close_matches(name, known, 1) or known
                    yield self.at("profile-field", (*path, name), known=", ".join(meant))
        elif rule == "format":
            yield self.wrong_format(path, limit, value)
        elif rule is None:  # `page: false` in the schema
            yield self.at("profile-way", path)
        elif rule == "maxItems":
            yield self.at("profile-tiles", path, count=len(value), most=limit)
        elif rule == "minimum" and path[-1] in ("answer_s", "extensions"):
            yield self.at("profile-idle", path, value=value, least=limit)
        else:
            yield self.wrong(path, value, allowed_by(error))

    def wrong_format(self, path: Path_, wanted: str, value: Any) -> Problem:
        """Say what a value of a given form should be."""
        text = short(value)
        if wanted == "page":
            return self.at("kind-page", path, value=text, near=near(text, self.pages))
        if wanted == "picture":
            return self.at("profile-picture", path, value=text, near=near(text, self.pictures()))
        if wanted in NAMED:
            known = self.languages if wanted == "language" else sorted(self.units)
            return self.at(NAMED[wanted], path, value=text, known=", ".join(known) or "–")
        return self.wrong(path, value, FORMS[wanted])

    def pictures(self) -> list[str]:
        """Return the pictures among which a wrong name is looked for."""
        names = (path.relative_to(self.content) for path in self.content.glob("images/**/*"))
        return sorted(name.as_posix() for name in names if name.suffix.lower() in PICTURES)

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
        for values in (
            [tile.topic for tile in profile.tiles],
            [tile.page for tile in profile.tiles],
        ):
            for number, value in repeated(values):
                yield self.at("profile-twice", (gate, "tiles", number), value=value)
        for number, picture in enumerate(profile.pictures):
            line = self.line((gate, "pictures", number))
            yield from (replace(problem, line=line) for problem in self.asset(picture))
        if profile.hours and profile.hours.start in (profile.hours.end, "24:00"):
            allowed = say('`from` khác `to`; cả ngày: "00:00" và "24:00"', "another time than `to`")
            yield self.wrong((gate, "hours", "from"), profile.hours.start, allowed)
        yield from self.sizes((gate, "screen"), profile.screen)
        yield from self.sizes((gate, "led"), profile.led)

    def sizes(self, path: Path_, screen: Screen) -> Iterator[Problem]:
        """Report a screen that does not exist, or that has no room for fingers."""
        ratio = screen.width_px / screen.height_px
        if screen.touch:
            ratio = max(ratio, 1 / ratio)
        low, high = SHAPE if screen.touch else WALL_SHAPE
        if not low <= ratio <= high:
            size = f"{screen.width_px} × {screen.height_px}"
            yield self.at("profile-shape", path, size=size, low=comma(low), high=comma(high))
            return
        low, high = DENSITY if screen.touch else WALL_DENSITY
        if not low <= screen.px_per_mm <= high:
            found = comma(float(f"{screen.px_per_mm:.2g}"))
            yield self.at("profile-density", path, found=found, low=comma(low), high=comma(high))
            return
        if screen.touch:
            yield from self.room(path, screen)

    def room(self, path: Path_, screen: Screen) -> Iterator[Problem]:
        """Report a touch screen without room for tiles and bar, or whose bar is out of reach."""
        cell = TARGET_MM + GAP_MM
        columns = int((screen.width_mm - GAP_MM) // cell)
        bar = GAP_MM + ceil(TARGETS / columns) * cell if columns > 0 else inf
        if 2 * bar - GAP_MM > screen.height_mm:
            size = f"{screen.width_mm:.0f} × {screen.height_mm:.0f}"
            yield self.at("profile-room", path, size=size, target=TARGET_MM)
        elif screen.reach_mm < bar:
            most = int(REACH_MM - bar)
            yield self.at("profile-reach", (*path, "lower_edge_mm"), reach=REACH_MM, most=most)

    def kind_of(self, page: str) -> str:
        """Return the kind of a page; each is read once."""
        if page not in self.page_kinds:
            self.page_kinds[page] = str(read_page(self.content, page).meta.get("type", "article"))
        return self.page_kinds[page]

    def asset(self, picture: str) -> list[Problem]:
        """Return what keeps a picture from being published; each is looked at once."""
        if picture not in self.assets:
            self.assets[picture] = check_asset(self.content, picture, self.file, 0)
        return self.assets[picture]

    # Sentences

    def line(self, path: Path_) -> int:
        """Return the line of a value; that of what holds it when it is missing."""
        known = (self.lines.get(path[:length]) for length in range(len(path), 0, -1))
        return next(filter(None, known), 1)

    def at(self, code: str, path: Path_, **values: object) -> Problem:
        """Make a problem of the value at a path."""
        return Problem.at(code, self.file, self.line(path), field=dotted(path), **values)

    def wrong(self, path: Path_, value: Any, allowed: str) -> Problem:
        """Say that a value cannot be used, and what could."""
        shown = "" if value is None else value
        problem = kinds.wrong_value(Page("", self.file, ""), path, shown, allowed)
        return replace(problem, line=self.line(path))


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@cache
def schema() -> dict[str, Any]:
    """Return the schema of ``gates.yml``; a source is what it is in front matter."""
    made: dict[str, Any] = load(SCHEMA.read_text(encoding="utf-8"))
    base = load((kinds.FOLDER / "base.yml").read_text(encoding="utf-8"))
    made["$defs"]["source"] = base["$defs"]["source"]
    return made


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


def short(value: Any) -> str:
    """Return as much of a value as a sentence can show."""
    return " ".join(str(value).split())[:80]


def comma(number: float) -> str:
    """Write a number as the user's language does."""
    return say(f"{number:g}".replace(".", ","), f"{number:g}")
