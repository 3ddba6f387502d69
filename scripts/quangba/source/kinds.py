"""
Kinds of pages: what the front matter of a place, a project or a gate must and may say.

Each kind is a JSON Schema (draft 2020-12), written as YAML in ``kinds/``; ``base.yml`` holds for
all of them. A text that readers see carries ``text: true`` and becomes a segment. ``jsonschema``
judges; this module finds the line and says in one sentence what to do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from math import ceil, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from quangba.errors import Problem, say
from quangba.source.data import Loader, load
from quangba.source.facts import WHOLE_DAY, is_day
from quangba.source.pages import FENCE, FIELDS, Page

if TYPE_CHECKING:
    import jsonschema  # it takes a while to load, and a site that did not change needs none

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FOLDER = Path(__file__).parent / "kinds"

PLAIN = ("sources", "credits", "open-data", "projects")
"""Kinds that say no more than every page: only their templates differ."""

RECORDS = (
    "place",
    "itinerary",
    "event",
    "project",
    "zone",
    "gate",
    "news",
    "statement",
    "contact",
)
"""Kinds whose front matter is data: lists, feeds and downloads are made from them."""

LISTED = {
    "portal": ("itinerary", "event", "place", "gate", "project", "zone", "news"),
    "kiosk": (
        *("place", "itinerary", "event", "gate", "article", "steps"),
        *("zone", "project", "contact", "news"),
    ),
}
"""Kinds that an edition lists below a page which they name or that names them."""

LISTING = {
    "portal": ("article", "contact", "event", "gate", "news", "place", "zone"),
    "kiosk": (
        *("article", "contact", "event", "gate", "itinerary", "news"),
        *("place", "sources", "statement", "steps", "zone"),
    ),
}
"""Kinds of pages that have such a list (``related.html``)."""

NAMED = {"page": "kind-page", "commune": "kind-commune", "fact": "kind-fact", "area": "kind-area"}
"""Forms of values that name something of the site, and what is said when it does not exist."""

PLACES = {
    "page": ("tên một trang trong content/", "the name of a page in content/"),
    "commune": ("tên trong content/_data/communes.yml", "a name of content/_data/communes.yml"),
    "fact": ("tên trong content/_data/facts.yml", "a name of content/_data/facts.yml"),
    "area": ("mã trong content/_data/areas.yml", "a name of content/_data/areas.yml"),
}
"""Where the names are that a value can have."""

FEW = 20
"""Names that a sentence can list."""

VISIBLE = r"\S"
"""What a text that readers see has at least."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years of whole days: of events, news, reviews."""

Path_ = tuple[str | int, ...]
"""Where a value stands: ``('stops', 0, 'place')``."""

Judge = Callable[[Any], bool]
"""Tells whether a value has a format."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """One kind of page."""

    name: str
    schema: dict[str, Any]
    texts: tuple[str, ...]
    """Patterns of the fields that readers see: ``stops.*.text`` (see ``pages.py``)."""


@dataclass
class Checker:
    """Judges the front matter of the pages of one site."""

    pages: Iterable[str]
    communes: Collection[str] | None = None
    """Present-day units; None where the site has no list of them."""
    facts: Iterable[str] = ()
    areas: Collection[str] | None = None
    """Names in ``areas.yml``; None where the site has no list of its areas."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Old and new names of pages."""
    more: list[Callable[[Page], Iterator[Problem]]] = field(default_factory=list)
    """Checks that a schema cannot express, each for one page."""

    def __post_init__(self) -> None:
        self.pages, self.facts = frozenset(self.pages), frozenset(self.facts)
        self.communes = None if self.communes is None else frozenset(self.communes)
        self.areas = None if self.areas is None else frozenset(self.areas)

    @cached_property
    def validators(self) -> dict[str, jsonschema.protocols.Validator]:
        """Judges by kind."""
        judges: dict[str, Judge] = {
            "day": is_day,
            "full-day": is_full_day,
            "web": is_web,
            "page": lambda value: isinstance(value, str) and value in self.pages,
            "fact": lambda value: isinstance(value, str) and value in self.facts,
            "commune": lambda value: is_text(value) and known(value, self.communes),
            "area": lambda value: is_text(value) and known(value, self.areas),
        }
        return {name: validator(kind.schema, judges) for name, kind in kinds().items()}

    def problems(self, page: Page) -> list[Problem]:
        """Return what is wrong with the front matter of a page."""
        if page.unread:
            return []  # front matter that cannot be read is said already
        kind = page.meta.get("type", "article")
        if not isinstance(kind, str) or kind not in kinds():
            allowed = ", ".join(kinds())
            return [wrong_value(page, ("type",), kind, allowed)]
        meta = plain({"type": "article", **page.meta})
        found = []
        for error in sorted(self.validators[kind].iter_errors(meta), key=place_of):
            problem = self.describe(page, kind, deepest(error))
            if problem and problem not in found:
                found.append(problem)
        if not found:
            found = [problem for check in self.more for problem in check(page)]
        return sorted(found, key=lambda problem: problem.line)

    def describe(self, page: Page, kind: str, error: jsonschema.ValidationError) -> Problem | None:
        """Say in one sentence what a validator found; None for what is said elsewhere."""
        path: Path_ = tuple(error.absolute_path)
        if error.validator == "required":
            missing = next(name for name in error.validator_value if name not in error.instance)
            if missing in ("title", "type"):
                return Problem.at("kind-missing", page.file, 1, field=missing, kind=kind)
            line, shown = line_at(page, path), dotted((*path, missing))
            return Problem.at("kind-missing", page.file, line, field=shown, kind=kind)
        if error.validator in ("additionalProperties", "unevaluatedProperties"):
            return self.unknown(page, kind, path, error)
        if error.validator == "type" and len(path) == 1 and path[0] in FIELDS:
            if error.instance is not None:
                return None  # pages.py says so on every site
            return wrong_value(page, path, "", say("không để trống", "not empty"))
        if error.validator == "format":
            return self.wrong_format(page, path, error)
        return wrong_value(page, path, error.instance, allowed_by(error))

    def unknown(
        self, page: Page, kind: str, path: Path_, error: jsonschema.ValidationError
    ) -> Problem:
        """Name the field that the kind does not have, and the one that was perhaps meant."""
        known = sorted(error.schema.get("properties", {}))
        extra = next(name for name in error.instance if name not in known)
        near = difflib.get_close_matches(str(extra), known, 1)
        hint = near[0] if near else ", ".join(known)
        line = line_at(page, (*path, extra))
        return Problem.at(
            "kind-field", page.file, line, field=dotted((*path, extra)), kind=kind, known=hint
        )

    def wrong_format(self, page: Page, path: Path_, error: jsonschema.ValidationError) -> Problem:
        """Say what a value of a given form should be."""
        wanted, value = error.validator_value, error.instance
        value = "" if value is None else str(value)
        line, shown = line_at(page, path), dotted(path)
        if wanted in NAMED and not value.strip():
            return wrong_value(page, path, value, self.named(wanted))
        if wanted in NAMED:
            near = self.nearest(wanted, value, page)
            return Problem.at(NAMED[wanted], page.file, line, field=shown, value=value, near=near)
        forms = {"day": "YYYY, YYYY-MM, YYYY-MM-DD", "full-day": "YYYY-MM-DD", "web": "https://…"}
        return wrong_value(page, path, value, forms[wanted])

    def nearest(self, wanted: str, value: str, page: Page) -> str:
        """Return the name that was perhaps meant, of a page that was renamed the new one."""
        names = {
            "page": frozenset(self.pages) - {page.name},
            "commune": frozenset(self.communes or ()),
            "fact": frozenset(self.facts),
            "area": frozenset(self.areas or ()),
        }
        if wanted == "page" and self.renamed.get(value) in names[wanted]:
            return self.renamed[value]
        near = difflib.get_close_matches(value, sorted(names[wanted]), 1)
        return near[0] if near else "–"

    def named(self, wanted: str) -> str:
        """Say what a value can name."""
        if wanted == "area" and self.areas and len(self.areas) <= FEW:
            return ", ".join(sorted(self.areas))
        return say(*PLACES[wanted])


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@cache
def kinds() -> dict[str, Kind]:
    """Return all kinds by name."""
    base = load((FOLDER / "base.yml").read_text(encoding="utf-8"))
    own = {
        path.stem: load(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.yml"))
        if path.stem != "base"
    }
    found = {}
    for name, schema in {**own, **{name: {} for name in PLAIN}}.items():
        merged: dict[str, Any] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": {**base["$defs"], **schema.get("$defs", {})},
            "properties": {**base["properties"], **schema.get("properties", {})},
            "required": [*base["required"], *schema.get("required", [])],
            "additionalProperties": False,
        }
        refuse_empty(merged)
        found[name] = Kind(name, merged, tuple(texts_of(merged, merged["$defs"])))
    return found


def refuse_empty(schema: Any) -> None:
    """Let no text that readers see be empty, in place."""
    if isinstance(schema, dict):
        if schema.get("text") is True:
            schema["pattern"] = VISIBLE
        for value in schema.values():
            refuse_empty(value)
    elif isinstance(schema, list):
        for value in schema:
            refuse_empty(value)


def texts_of(schema: dict[str, Any], defs: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the patterns of the texts in a schema, in its order."""
    reference = schema.get("$ref", "")
    if reference:
        schema = defs[reference.rpartition("/")[2]]
    if schema.get("text"):
        yield path.removeprefix(".")
    for name, value in schema.get("properties", {}).items():
        yield from texts_of(value, defs, f"{path}.{name}")
    for alternative in schema.get("anyOf", []):
        yield from texts_of(alternative, defs, path)
    if "items" in schema:
        yield from texts_of(schema["items"], defs, f"{path}.*")


def text_patterns(meta: dict[str, Any], patterns: list[str]) -> list[str]:
    """
    Return the fields of a page that readers see: those of the site, and those of its kind.

    >>> text_patterns({'type': 'gate'}, ['title', 'lead'])[:3]
    ['title', 'lead', 'description']
    >>> 'onward.*.text' in text_patterns({'type': 'gate'}, [])
    True
    """
    kind = kinds().get(str(meta.get("type")))
    return list(dict.fromkeys([*patterns, *(kind.texts if kind else ())]))


def identity(page: Page) -> tuple[str, str]:
    """
    Return kind and id of a record: the file's name where the front matter gives none.

    >>> identity(Page('events/tet.md', '', '', {'type': 'event'}))
    ('event', 'tet')
    """
    stem = page.name.rpartition("/")[2].removesuffix(".md")
    return str(page.meta.get("type")), str(page.meta.get("id") or stem)


def twins(pages: Iterable[Page]) -> dict[str, Problem]:
    """Return a problem for each record whose id an earlier one has, by page name."""
    seen: dict[tuple[str, str], Page] = {}
    found = {}
    for page in pages:
        if page.meta.get("type") not in RECORDS:
            continue
        first = seen.setdefault(identity(page), page)
        if first is not page:
            line, name = page.line_of("id:") or 1, identity(page)[1]
            found[page.name] = Problem.at("kind-twin", page.file, line, id=name, other=first.file)
    return found


def itinerary_problems(page: Page) -> Iterator[Problem]:
    """Report stops on days that a trip does not have."""
    if page.meta.get("type") != "itinerary":
        return
    days = ceil(page.meta["days"])
    for number, stop in enumerate(page.meta["stops"]):
        if stop["day"] > days:
            yield wrong_value(page, ("stops", number, "day"), stop["day"], f"1–{days}")


def near_problems(
    page: Page, kind_of: Callable[[str], str], editions: Collection[str]
) -> Iterator[Problem]:
    """Tell of pages in ``near`` that no list shows, neither here nor the other way round."""
    here = kind_of(page.name)
    for number, name in enumerate(page.meta.get("near") or []):
        kind, path = kind_of(name), ("near", number)
        if not any(
            (kind in LISTED[edition] and here in LISTING[edition])
            or (here in LISTED[edition] and kind in LISTING[edition])
            for edition in editions
        ):
            line, shown = line_at(page, path), dotted(path)
            yield Problem.at("kind-near", page.file, line, field=shown, value=name, kind=kind)


def known(name: str, names: Collection[str] | None) -> bool:
    """Tell whether a name is in a list of a site; one that has no such list knows all names."""
    return names is None or name in names


def is_text(value: Any) -> bool:
    """Tell whether a value is a text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def plain(value: Any) -> Any:
    """Return front matter as JSON knows it: YAML's dates become ISO texts."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def is_full_day(value: Any) -> bool:
    """
    Tell whether a value is a whole ISO date that exists.

    Years that no calendar of events reaches are slips.

    >>> is_full_day('2026-02-28'), is_full_day('2026-02-30'), is_full_day('2026-02')
    (True, False, False)
    >>> is_full_day('0206-02-28'), is_full_day('9999-12-31')
    (False, False)
    """
    text = str(value)
    return (
        WHOLE_DAY.fullmatch(text) is not None
        and is_day(value)
        and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR
    )


def deepest(error: jsonschema.ValidationError) -> jsonschema.ValidationError:
    """Return the error that says most: inside the alternative that was meant."""
    while error.context:
        # An alternative of which the fields are known was meant more than one of which none is.
        error = min(
            error.context, key=lambda e: (e.validator == "additionalProperties", -len(e.path))
        )
    return error


def place_of(error: jsonschema.ValidationError) -> list[str]:
    """Return what sorts errors the same way each time."""
    return [str(step) for step in error.absolute_path]


def allowed_by(error: jsonschema.ValidationError) -> str:
    """Say what a schema allows, in signs that both languages read."""
    value = error.validator_value
    match error.validator:
        case "enum":
            return ", ".join(map(str, value))
        case "exclusiveMinimum":
            return f"> {value}"
        case "minimum":
            return f"≥ {value}"
        case "maximum":
            return f"≤ {value}"
        case "minItems":
            return say(f"từ {value} mục", f"{value} or more items")
        case "minLength":
            return say("không để trống", "not empty")
        case "pattern" if value == VISIBLE:
            return say("không để trống", "not empty")
        case "pattern":
            return ", ".join(map(str, error.schema.get("examples", [value])))
        case "uniqueItems":
            return say("mỗi mục một lần", "each item once")
        case "type":
            names = value if isinstance(value, list) else [value]
            return ", ".join(say(*TYPES[name]) for name in names)
    return str(value)


def is_finite(checker: Any, value: Any) -> bool:
    """
    Tell whether a value is a number that JSON can hold.

    >>> is_finite(None, 10.5), is_finite(None, float('nan')), is_finite(None, True)
    (True, False, False)
    """
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and (isinstance(value, int) or isfinite(value))


def is_web(value: Any) -> bool:
    """
    Tell whether a value begins as an address of the web does.

    >>> is_web('https://baochinhphu.vn'), is_web('baochinhphu.vn')
    (True, False)
    """
    return bool(re.match(r"https?://[^\s/]+", str(value)))


def validator(schema: dict[str, Any], judges: dict[str, Judge]) -> jsonschema.protocols.Validator:
    """
    Return a judge by a schema of draft 2020-12, with judges of its formats.

    YAML's ``.inf`` and ``.nan`` are no numbers.
    """
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend

    numbers = Draft202012Validator.TYPE_CHECKER.redefine("number", is_finite)
    formats = FormatChecker(formats=())
    for name, judge in judges.items():
        formats.checks(name)(judge)
    return extend(Draft202012Validator, type_checker=numbers)(schema, format_checker=formats)


TYPES = {
    "string": ("chữ", "text"),
    "number": ("số", "a number"),
    "integer": ("số nguyên", "a whole number"),
    "array": ("danh sách", "a list"),
    "object": ("các dòng `tên: giá trị`", "lines `name: value`"),
    "boolean": ("true, false", "true, false"),
    "null": ("null", "null"),
}
"""JSON's types as people know them, in Vietnamese and English."""


def wrong_value(page: Page, path: Path_, value: Any, allowed: str) -> Problem:
    """Say that a value cannot be used, and what could."""
    shown = " ".join(str(value).split())[:60] or say("(trống)", "(empty)")
    return Problem.at(
        "front-matter-value",
        page.file,
        line_at(page, path),
        field=dotted(path),
        value=shown,
        allowed=allowed,
    )


def dotted(path: Path_) -> str:
    """
    Name a place in front matter as people count.

    >>> dotted(('stops', 0, 'place'))
    'stops 1: place'
    """
    text = ""
    for step in path:
        text += f" {step + 1}" if isinstance(step, int) else f"{': ' if text else ''}{step}"
    return text


def line_at(page: Page, path: Path_) -> int:
    """Return the line of a value of the front matter; that of what holds it when it is missing."""
    match = FENCE.match(page.text)
    node = yaml.compose(match[1], Loader) if match else None
    if node is None:
        return 1
    line = 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 2, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 2
    return int(line)
