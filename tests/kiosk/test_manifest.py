"""Manifests: written in one way, and read only if they were written in that way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sealed import manifest

from quangba.kiosk import canonical
from quangba.kiosk.manifest import Manifest, parse
from quangba.kiosk.refusal import Refusal

GOOD = manifest(120)
DATA = json.loads(GOOD.encode())
ENTRY = DATA["files"][0]


def refused(raw: bytes) -> tuple[str, object]:
    """Return code and item of a refusal."""
    with pytest.raises(Refusal) as error:
        parse(raw, "a.qbk")
    problem = error.value.problem
    return problem.code, dict(problem.values).get("item")


def changed(**changes: Any) -> bytes:
    return canonical.encode({**DATA, **changes})


def files(*paths: str) -> dict[str, Any]:
    """Return the entries of a manifest that has these files, each of one byte."""
    entries = [{"path": path, "size": 1, "sha256": "0" * 64} for path in paths]
    return {"files": entries, "total": len(paths)}


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert parse(GOOD.encode(), "a") == GOOD
    assert parse(GOOD.encode(), "a").encode() == GOOD.encode()


def test_its_form_is_the_one_that_is_documented() -> None:
    raw = GOOD.encode()
    assert raw.endswith(b"}\n")
    assert raw.count(b"\n") == 1
    assert b'": ' not in raw
    assert list(DATA) == sorted(DATA)
    assert DATA["created"] == "2026-12-01T10:05:00Z"
    assert DATA["total"] == sum(entry["size"] for entry in DATA["files"])
    assert set(DATA["approvals"]["index.md"]) == {"date", "document", "role"}


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe", id="no-text"),
        pytest.param(b"\xef\xbb\xbf" + GOOD.encode(), id="byte-order-mark"),
        pytest.param(GOOD.encode()[:-1], id="no-line-end"),
        pytest.param(GOOD.encode() + b"\n", id="two-line-ends"),
        pytest.param(GOOD.encode().replace(b'":', b'": ', 1), id="space"),
        pytest.param(GOOD.encode().replace(b"{", b'{"serial":1,', 1), id="twice"),
        pytest.param(GOOD.encode().replace(b'"serial":120', b'"serial":1.2e2'), id="exponent"),
        pytest.param(GOOD.encode().replace(b'"serial":120', b'"serial":NaN'), id="nan"),
        pytest.param(GOOD.encode().replace(b'"serial":120', b'"serial":1e999'), id="infinity"),
        pytest.param(GOOD.encode().replace(b'"serial":120', b'"serial":' + b"9" * 5000), id="huge"),
        pytest.param(GOOD.encode().replace(b"Th\xe1\xbb\xad", b"Th\\u1eed"), id="escape"),
        pytest.param(GOOD.encode().replace(b"Th\xe1\xbb\xad", b"\\ud800"), id="surrogate"),
        pytest.param(b"[" * 100_000, id="deep"),
    ],
)
def test_another_form_is_no_manifest(raw: bytes) -> None:
    assert refused(raw) == ("kiosk-manifest", "JSON")


@pytest.mark.parametrize("value", [[], "text", 7, None])
def test_no_object_is_no_manifest(value: object) -> None:
    assert refused(canonical.encode(value)) == ("kiosk-manifest", "{ }")


@pytest.mark.parametrize("name", sorted(DATA))
def test_every_entry_is_needed(name: str) -> None:
    raw = canonical.encode({key: value for key, value in DATA.items() if key != name})
    assert refused(raw) == ("kiosk-manifest", name)


@pytest.mark.parametrize("name", sorted(DATA))
@pytest.mark.parametrize(
    "value", [None, True, -1, 2**40, "", "x\0", [1], {"a": 1}, [None]], ids=repr
)
def test_every_entry_is_checked(name: str, value: object) -> None:
    accepted = {
        "dirty": [True],
        "site": ["", "x\0"],
        "profile": [{"a": 1}],
    }
    raw = changed(**{name: value})
    if value in accepted.get(name, []):
        assert isinstance(parse(raw, "a"), Manifest)
    else:
        assert refused(raw) == ("kiosk-manifest", name)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        pytest.param("more", {"more": 1}, id="unknown"),
        pytest.param("", {"": 1}, id="nameless"),
        pytest.param("serial", {"serial": 0}, id="serial-0"),
        pytest.param("serial", {"serial": 2**31}, id="serial-large"),
        pytest.param("serial", {"serial": 120.0}, id="serial-float"),
        pytest.param("min_serial", {"min_serial": 121}, id="recalls-itself"),
        pytest.param("gate", {"gate": "../x"}, id="gate"),
        pytest.param("created", {"created": "2026-12-01T10:05:00+07:00"}, id="zone"),
        pytest.param("created", {"created": "2026-12-01"}, id="day"),
        pytest.param("created", {"created": "2026-13-01T10:05:00Z"}, id="month"),
        pytest.param("commit", {"commit": "HEAD"}, id="commit"),
        pytest.param("languages", {"languages": []}, id="no-language"),
        pytest.param("languages", {"languages": ["../vi"]}, id="language"),
        pytest.param(
            "approvals",
            {"approvals": {"a.md": {"date": "", "role": "", "document": "", "by": "Ông Nam"}}},
            id="person",
        ),
        pytest.param("total", {"total": DATA["total"] + 1}, id="total"),
        pytest.param("files", {"files": [{**ENTRY, "mode": 7}]}, id="file-unknown"),
        pytest.param("files", {"files": [{**ENTRY, "size": -1}]}, id="file-size"),
        pytest.param("files", {"files": [{**ENTRY, "size": 2**60}]}, id="file-huge"),
        pytest.param("files", {"files": [{**ENTRY, "size": True}]}, id="file-true"),
        pytest.param("files", {"files": [{**ENTRY, "sha256": "0" * 63}]}, id="file-hash"),
        pytest.param("files", files("b", "a"), id="order"),
        pytest.param("files", files("a", "a"), id="twice"),
        pytest.param("files", files("A.html", "a.html"), id="case"),
        pytest.param("files", files("a", "a/b"), id="file-and-folder"),
        pytest.param("files", files("A/b", "a"), id="file-and-folder-case"),
    ],
)
def test_what_a_manifest_must_not_say(name: str, changes: dict[str, Any]) -> None:
    assert refused(changed(**changes)) == ("kiosk-manifest", name)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "./a",
        "a//b",
        "a/",
        "C:/x",
        "a\\b",
        "a\0b",
        "a\nb",
        "nul",
        "a/con.html",
        "LPT1",
        "x.",
        "x ",
        "a/ ",
        "a?b",
        "x" * 101,
        "x/" * 100 + "x",
        "u\u0301",
        "a\u202eb",
        "a\u200bb",
    ],
    ids=ascii,
)
def test_names_that_are_not_the_same_everywhere(path: str) -> None:
    assert refused(changed(**files(path))) == ("kiosk-manifest", "files")


@pytest.mark.parametrize(
    "path",
    ["a", "vịnh-hạ-long/ảnh 1.webp", "ja/検索.html", "a/" * 60 + "b", "_headers", ".well-known/x"],
)
def test_names_that_are(path: str) -> None:
    assert parse(changed(**files(path)), "a").files[0].path == path


def test_a_newer_format_is_told_from_a_broken_one() -> None:
    assert refused(changed(format=2, more=1)) == ("kiosk-format", None)
    assert refused(changed(format="2")) == ("kiosk-manifest", "format")
    assert refused(changed(format=True)) == ("kiosk-manifest", "format")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.sampled_from([*DATA, "other"]), JSON)
def test_whatever_stands_there_is_read_or_refused(name: str, value: Any) -> None:
    try:
        raw = changed(**{name: value})
    except UnicodeEncodeError:
        return
    try:
        assert parse(raw, "a").encode() == raw
    except Refusal:
        assert raw != GOOD.encode()
