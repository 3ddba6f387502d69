"""Targets of the room kiosk."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache

from fuzz import samples
from fuzz.oracles import (
    told,
)
from fuzz.samples import edited, scratch, written
from quangba.errors import QuangbaError
from quangba.kiosk import addresses, board, canonical, collected, counting, rules, shown
from quangba.kiosk import manifest as manifests
from quangba.kiosk.heartbeat import WrongBeat, read_beat
from quangba.kiosk.keys import read_keys, signers
from quangba.kiosk.releases import read_release
from quangba.kiosk.status import read_status
from quangba.kiosk.store import Store

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@cache
def device() -> Store:
    """Return a device folder with one trusted key."""
    from sealed import OLD_KEY, public_line

    root = scratch() / "device"
    (root / "keys").mkdir(parents=True)
    (root / "releases").mkdir()
    (root / "counts").mkdir()
    (root / "keys" / "old.pub").write_text(public_line(OLD_KEY.public_key()), encoding="ascii")
    return Store(root)


def manifest(data: bytes) -> None:
    """A manifest that was signed, whatever it says: what is read is what is written."""
    signed(edited(samples.manifest(), data))


def signed(raw: bytes) -> None:
    """Judge a manifest that somebody signed who may."""
    from sealed import OLD_KEY, sign

    assert signers(raw, sign(raw, [OLD_KEY]), device().keys, "a")
    try:
        found = manifests.parse(raw, "a.qbk")
    except QuangbaError as error:
        told([error.problem])
        return
    assert found.encode() == raw
    assert not any(".." in entry.path.split("/") for entry in found.files)
    facts = shown.read_facts(json.loads(raw))
    assert facts.idle > 0


def canonical_json(data: bytes) -> None:
    """Canonical JSON, and manifests that nobody signed."""
    try:
        value = canonical.decode(data)
    except ValueError:
        return
    assert canonical.encode(value) == data
    try:
        manifests.parse(data, "a.qbk")
    except QuangbaError as error:
        told([error.problem])


def release(data: bytes) -> None:
    """The file of a release with any change is refused, or has none."""
    sound_bytes = samples.release()
    changed = edited(sound_bytes, data)
    path = written("mong-cai-7.qbk", changed)
    try:
        found = read_release(path, device().keys)
        found.verify()
    except QuangbaError as error:
        told([error.problem])
        return
    assert changed == sound_bytes, "a release that nobody signed"


def keys(data: bytes) -> None:
    """Public keys and signatures."""
    folder = scratch() / "keys"
    folder.mkdir(exist_ok=True)
    (folder / "a.pub").write_bytes(data)
    read_keys(folder)
    try:
        signers(b"manifest", data, device().keys, "a")
    except QuangbaError as error:
        told([error.problem])
        return
    raise AssertionError("a signature of nobody")


def address(data: bytes) -> None:
    """What a request asks for stays in the release."""
    target = data.decode("latin-1")
    try:
        found = addresses.parse(target)
    except addresses.Refused:
        pass
    else:
        assert all(part not in ("", ".", "..") for part in found.parts)
        assert not any(set(part) & set("/\\\0:") for part in found.parts)
        assert found.path.startswith("/")
        assert isinstance(found.is_document, bool)
        release = shown.Release(1, scratch(), (("nothing",),))
        assert release.find(found.parts) is None or not found.parts
    addresses.is_own(target, 8080)
    assert addresses.origin_of(target).count("\n") == 0
    addresses.release_of(target, 8080)
    addresses.release_of(f"http://127.0.0.1:8080{target}", 8080)


def beat(data: bytes) -> None:
    """A heartbeat."""
    try:
        found = read_beat(data)
    except WrongBeat:
        return
    assert ".." not in found.page.split("/")
    shown.Release(1, scratch(), (("nothing",),)).has_page(found.page)


def remembered(data: bytes) -> None:
    """What a device remembers, counts and gives to sticks."""
    store = device()
    for name in ("state.json", "device.json", "counts/last-time.json"):
        (store.root / name).write_bytes(data)
    assert store.reserve >= 0
    assert store.gate is None or isinstance(store.gate, str)
    store.write_state(store.read_state())
    (store.root / "state.json").write_bytes(data)
    assert shown.Device(store.root).current() is None
    shown.read_facts(shown.read_object(store.root / "state.json"))
    assert read_status(store)
    board.read_message(data)
    counting.read_month(data, "2026-11")
    rules.headers_for(rules.read_rules(data), "/a" * 1000)
    with suppress(ValueError):
        collected.read_receipt(data)
