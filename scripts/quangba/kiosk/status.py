"""Status: what a device shows, what it keeps, and how it feels, for people and for programs."""

from __future__ import annotations

from typing import Any

from quangba.kiosk.clock import stamp
from quangba.kiosk.shown import read_object
from quangba.kiosk.store import Store

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_status(store: Store) -> dict[str, Any]:
    """Return the status of a device; times are ISO 8601 UTC, ages are days."""
    state, current = store.read_state(), store.current()
    now = store.now(state)
    beat = read_object(store.root / "run" / "beat.json")
    message = read_object(store.root / "run" / "message.json")
    found: dict[str, Any] = {
        "gate": store.gate,
        "shown": store.shown,
        "sound": current is not None,
        "kept": [release.manifest.serial for release in store.kept()],
        "bad": sorted(state.bad),
        "min_serial": state.min_serial,
        "highest": state.highest,
        "keys": sorted(store.keys),
        "now": stamp(now),
        "screen": {name: beat.get(name) for name in ("release", "language", "state", "ok")},
        "message": {name: message.get(name) for name in ("kind", "code", "vi", "en", "at")},
    }
    if current:
        manifest = current.manifest
        found |= {
            "created": stamp(manifest.created),
            "age": (now - manifest.created).days,
            "expired": now >= manifest.expires,
            "commit": manifest.commit,
            "languages": list(manifest.languages),
            "files": len(manifest.files),
            "bytes": manifest.total,
        }
    return found
