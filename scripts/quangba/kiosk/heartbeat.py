r"""
The heartbeat: what a page tells the agent every ten seconds, and what it is told.

This is the whole contract between ``kiosk.js`` and a device.

**Where.** ``POST /beat`` on the page's own origin (``fetch("/beat", {method: "POST", …})``), with
``Content-Type: application/json`` and at most 2,048 bytes of JSON. Any other server answers 404 or
nothing: a page goes on as if it had been told nothing, and never shows that.

**When.** Once when a page has been painted, at once when ``state`` changes, and every ten seconds.

**What.** Nothing about a person; keys that are not named here are ignored::

    {"release": 123,        the release that this page was loaded from, or null:
                            /^\/r\/(\d+)\//.exec(location.pathname)?.[1]; the server goes by the
                            address of the page (Referer) where that says something else
     "language": "ja",      of the page shown, as its <html lang> says
     "page": "ja/visit/",   path of the page below the release, without query and fragment;
                            "" is the home of the gate, "attract/" the attract loop
     "state": "use",        "attract" while it waits for somebody, else "use"
     "touched": 12.5,       seconds since the last touch; null when there was none
     "painted": true,       false when what ought to be visible is not (no text, no box, no frame
                            drawn since the last beat)
     "media": false,        optional: a film or a sound plays, so nobody needs to touch
     "size": [1080, 1920]}  optional: CSS pixels of the window

**Answer.** 200 and JSON, always with these keys::

    {"release": 123,        the release that is shown now; null before the first installation
     "reload": false,       true: load this page again at once (location.reload()); the server
                            gives every document from the release that is shown now. In use it is
                            only said when the page is out of order.
     "message": null,       or {"kind": "working" | "done" | "refused", "vi": "…", "en": "…"}: to
                            be shown to the officer with the stick, over whatever is shown,
                            until the answer has null again
     "notice": null}        or "aging": content is older than 30 days, hide what is volatile;
                            "old": older than 60 days, also show the banner with the date;
                            "older": past its (soft) expiry, the same in plain words.
                            Each includes the ones before. Nothing is ever blanked.

400 means that the beat broke this contract, 403 that it did not come from the page.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

State = Literal["attract", "use"]
Notice = Literal["aging", "old", "older"]

LARGEST = 2048
"""Bytes of a beat."""

EVERY = 10.0
"""Seconds between two beats."""

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
"""``ja``, ``zh-Hans``."""

PAGE = re.compile(r"(?:[\w.~%!$&'()*+,;=:@-]+/)*(?:[\w.~%!$&'()*+,;=:@-]+)?", re.ASCII)
"""``ja/visit/``: what a path may hold (RFC 3986); a search is in the query and is never sent."""

LONGEST_PAGE = 200

AGING = timedelta(days=30)
OLD = timedelta(days=60)
EXPIRES = timedelta(days=90)
"""How old a release is when its content says so; the last where the manifest names no day."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class WrongBeat(ValueError):  # noqa: N818 (it is no fault of ours)
    """A beat that breaks the contract; the page is told with status 400 and nothing else."""


@dataclass(frozen=True)
class Beat:
    """What a page told, judged."""

    release: int | None
    language: str
    page: str
    state: State
    touched: float | None
    painted: bool
    media: bool | None
    """None for a page that does not say whether something plays."""
    size: tuple[int, int] | None


@dataclass(frozen=True)
class Message:
    """A sentence for the officer with the stick."""

    kind: str
    vi: str
    en: str


@dataclass(frozen=True)
class Answer:
    """What a page is told."""

    release: int | None
    reload: bool
    message: Message | None
    notice: Notice | None

    def json(self) -> bytes:
        """Write it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode("utf-8")


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_beat(body: bytes) -> Beat:
    """
    Read a beat; raises :class:`WrongBeat`.

    >>> beat = read_beat(b'{"release": 7, "language": "ja", "page": "ja/", "state": "use",'
    ...                  b' "touched": 1, "painted": true, "more": []}')
    >>> beat.release, beat.page, beat.media
    (7, 'ja/', None)
    """
    if len(body) > LARGEST:
        raise WrongBeat("size")
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=refuse, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise WrongBeat("json") from error
    if not isinstance(found, dict):
        raise WrongBeat("json")
    return Beat(
        release=serial(found.get("release")),
        language=text(found, "language", LANGUAGE, 32),
        page=page(found),
        state=state(found.get("state")),
        touched=None if found.get("touched") is None else seconds(found["touched"]),
        painted=flag(found, "painted"),
        media=None if found.get("media") is None else flag(found, "media"),
        size=None if found.get("size") is None else box(found["size"]),
    )


def refuse(constant: str) -> None:
    """Refuse ``NaN`` and ``Infinity``, which are no JSON."""
    raise WrongBeat(constant)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that says the same thing twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WrongBeat("twice")
    return found


def serial(value: object) -> int | None:
    """Judge a serial."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**12:
        raise WrongBeat("release")
    return value


def seconds(value: object) -> float:
    """Judge a duration; a page is never open for ten years."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 3e8:
        raise WrongBeat("touched")
    return float(value)


def text(found: dict[str, Any], name: str, pattern: re.Pattern[str], longest: int) -> str:
    """Judge a text."""
    value = found.get(name)
    if not isinstance(value, str) or len(value) > longest or not pattern.fullmatch(value):
        raise WrongBeat(name)
    return value


def page(found: dict[str, Any]) -> str:
    """Judge a path: below the release, and without a way up."""
    value = text(found, "page", PAGE, LONGEST_PAGE)
    if any(part.startswith(".") for part in value.split("/")):
        raise WrongBeat("page")
    return value


def state(value: object) -> State:
    """Judge a state."""
    for known in get_args(State):
        if value == known:
            return known  # type: ignore[no-any-return]
    raise WrongBeat("state")


def flag(found: dict[str, Any], name: str) -> bool:
    """Judge a yes or no."""
    value = found.get(name)
    if not isinstance(value, bool):
        raise WrongBeat(name)
    return value


def box(value: object) -> tuple[int, int]:
    """Judge a size in CSS pixels."""
    if not isinstance(value, list) or len(value) != 2:
        raise WrongBeat("size")
    width, height = (round(seconds(side)) for side in value)
    if not (0 <= width <= 20000 and 0 <= height <= 20000):
        raise WrongBeat("size")
    return width, height


def notice_for(now: datetime, created: datetime | None, expires: datetime | None) -> Notice | None:
    """
    Tell how old the content is.

    >>> from datetime import UTC
    >>> day = datetime(2026, 11, 1, tzinfo=UTC)
    >>> [notice_for(day + timedelta(days=days), day, None) for days in (0, 29, 30, 60, 90)]
    [None, None, 'aging', 'old', 'older']
    """
    if created is None:
        return None
    if now >= (expires or created + EXPIRES):
        return "older"
    age = now - created
    return "old" if age >= OLD else "aging" if age >= AGING else None
