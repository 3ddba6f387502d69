"""
All targets, with texts that have the shape of what they read.

The same cases every time: what changes by itself helps nobody who reads a log.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.of_catalogs import po
from fuzz.of_kiosk import beat, signed
from fuzz.of_source import facts, front_matter
from fuzz.samples import edited, manifest
from fuzz.targets import BEAT, TARGETS
from quangba.catalogs.message import Catalog, Message, Stamp
from quangba.catalogs.pofile import parse, serialise
from quangba.kiosk import canonical
from quangba.source.data import load
from quangba.source.facts import FORMATTING_LOCALES, KINDS, PRECISIONS, STYLES, UNITS
from quangba.source.pages import strings
from quangba.source.text import CONTROL, HIDDEN

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------

SLOW = frozenset({"xlsx", "xlsx-zip", "xliff-edited"})
"""Targets that read a whole workbook for every case."""


def cases(count: int) -> settings:
    """Return settings for so many cases, always the same ones."""
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(10**17, 10**40),
    st.floats(),
    TEXT,
    st.dates(),
    st.sampled_from(["", " ", "2026-02-30", "-", "\u202e", "<b>", "1e400"]),
)
"""What may stand where something else belongs."""

DATA = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**70) | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)


def dumped(value: Any) -> bytes:
    """Return data as YAML."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode("utf-8")


# ----------------------------------------------------------------------------
# Every target
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TARGETS)
def test_pieces_in_any_order(name: str) -> None:
    target = TARGETS[name]
    pieces = st.sampled_from(target.tokens or ("\0", "\xff")) | TEXT

    @cases(10 if name in SLOW else 40)
    @given(st.lists(pieces, max_size=25))
    def run(found: list[str]) -> None:
        target.run("".join(found).encode("utf-8")[: target.largest])

    run()


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_sound_with_a_few_changes(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()

    @cases(6 if name in SLOW else 15)
    @given(st.sampled_from(seeds), st.binary(max_size=40))
    def run(seed: bytes, changes: bytes) -> None:
        target.run(edited(seed[: target.largest], changes))

    run()


# ----------------------------------------------------------------------------
# Catalogs
# ----------------------------------------------------------------------------

STAMPS = st.none() | st.builds(
    Stamp.make, TEXT, st.just("2026-11-26"), st.sampled_from([None, "sample"]), TEXT, TEXT
)

MESSAGES = st.builds(
    Message,
    msgid=TEXT.filter(bool),
    msgstr=TEXT,
    msgctxt=st.none() | TEXT,
    previous=st.none() | TEXT,
    unsure=st.booleans(),
    fuzzy=st.booleans(),
    mt=STAMPS,
    reviewed=STAMPS,
    waived=st.lists(STAMPS.filter(bool), max_size=2),
    pivot=st.none() | TEXT,
    comments=st.lists(TEXT, max_size=3),
    notes=st.lists(TEXT, max_size=2),
    obsolete=st.booleans(),
)


@cases(200)
@given(st.lists(MESSAGES, max_size=4, unique_by=lambda message: message.key))
def test_what_is_written_is_read(messages: list[Message]) -> None:
    messages.sort(key=lambda message: message.obsolete)
    text = serialise(Catalog("en", messages)).encode("utf-8")
    again = parse(text, "a.po", "en")
    for one, other in zip(messages, again.messages, strict=True):
        for name in ("msgid", "msgstr", "msgctxt", "previous", "fuzzy", "obsolete", "machine"):
            assert getattr(one, name) == getattr(other, name)
    po(text)


# ----------------------------------------------------------------------------
# Data
# ----------------------------------------------------------------------------


@cases(100)
@given(DATA)
def test_yaml_is_read_as_it_was_written(value: Any) -> None:
    def prints(item: Any) -> bool:
        if isinstance(item, dict):
            return all(map(prints, item.values()))
        return all(map(prints, item)) if isinstance(item, list) else len(str(item)) < 100

    hidden = any(HIDDEN.search(text) or CONTROL.search(text) for text in strings(value))
    if prints(value) and not hidden:
        text = dumped(value).decode("utf-8")
        assert repr(load(text)) == repr(yaml.safe_load(text))


FACTS = st.fixed_dictionaries(
    {
        "label": TEXT | ODD,
        "value": ODD | st.lists(st.integers() | st.floats(), min_size=2, max_size=2).map(sorted),
        "kind": st.sampled_from(KINDS) | ODD,
        "as_of": st.dates() | st.integers(1, 9999) | ODD,
        "source": st.just({"title": "a"}) | DATA,
    },
    optional={
        "unit": st.sampled_from([*UNITS, "VND", "USD", "XYZ"]) | DATA,
        "style": st.sampled_from(STYLES) | DATA,
        "digits": st.integers(-1, 7) | DATA,
        "precision": st.sampled_from(sorted(PRECISIONS)) | DATA,
        "date_format": st.sampled_from(["day", "month"]) | DATA,
        "expires": st.dates() | st.just("2025-02-31") | DATA,
    },
)


@cases(150)
@given(st.dictionaries(st.sampled_from(["a", "b", *FORMATTING_LOCALES]), FACTS | DATA, max_size=3))
def test_facts_are_shown_or_refused(data: dict[str, Any]) -> None:
    facts(dumped(data))


FIELDS = ("title", "description", "owner", "area", "lead", "when", "editions", "stops", "days",
          "versions", "video", "spoken", "glance", "figures", "image", "image_alt")  # fmt: skip

KINDS_OF_PAGES = st.sampled_from(
    ["event", "itinerary", "statement", "place", "project", "gate", "news", "article", "home"]
)


@cases(60)
@given(KINDS_OF_PAGES, st.dictionaries(st.sampled_from(FIELDS), DATA, max_size=6))
def test_front_matter_is_judged(kind: str, meta: dict[str, Any]) -> None:
    front_matter(b"---\n" + dumped({"type": kind, **meta}) + b"---\n\n# A\n")


# ----------------------------------------------------------------------------
# Kiosk
# ----------------------------------------------------------------------------


@cases(150)
@given(
    st.dictionaries(st.sampled_from([*json.loads(manifest()), "more", ""]), JSON, min_size=1),
    st.sets(st.sampled_from(sorted(json.loads(manifest()))), max_size=2),
)
def test_a_manifest_is_what_it_says_or_refused(changes: dict[str, Any], without: set[str]) -> None:
    data = {**json.loads(manifest()), **changes}
    kept = {name: value for name, value in data.items() if name not in without}
    try:
        raw = canonical.encode(kept)
    except ValueError:
        return  # NaN
    signed(raw)


@cases(150)
@given(st.dictionaries(st.sampled_from([*json.loads(BEAT), "more"]), JSON, min_size=1))
def test_a_heartbeat_is_read_or_refused(changes: dict[str, Any]) -> None:
    beat(json.dumps({**json.loads(BEAT), **changes}).encode("utf-8"))
