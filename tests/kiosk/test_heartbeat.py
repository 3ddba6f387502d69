"""Heartbeats: what one may be, and from whom."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from bench import GOOD, a_beat, told
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from served import beat, device, follow, get, serving, show, write

from quangba.kiosk.heartbeat import WrongBeat, read_beat

pytestmark = pytest.mark.skipif(os.name == "nt", reason="releases are switched by a link")

# A heartbeat


@pytest.mark.parametrize(
    "wrong",
    [
        {"release": "2"},
        {"release": -1},
        {"release": True},
        {"release": 10**12},
        {"release": 1.5},
        {"language": ""},
        {"language": "ja\n"},
        {"language": 5},
        {"language": "x" * 40},
        {"language": "<b>"},
        {"page": "/etc/passwd"},
        {"page": "../x"},
        {"page": "a//b"},
        {"page": "a/../b"},
        {"page": "?q=tên"},
        {"page": "vịnh/"},
        {"page": "a b"},
        {"page": "x" * 201},
        {"page": None},
        {"state": "asleep"},
        {"state": None},
        {"state": ["use"]},
        {"touched": -1},
        {"touched": "3"},
        {"touched": True},
        {"touched": 1e300},
        {"painted": 1},
        {"painted": None},
        {"media": "no"},
        {"size": [1]},
        {"size": [1, 2, 3]},
        {"size": ["a", 2]},
        {"size": [-1, 2]},
        {"size": {"width": 1}},
        {"more": "x" * 3000},
    ],
    ids=str,
)
def test_a_beat_that_breaks_the_contract_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongBeat):
        a_beat(**wrong)


@pytest.mark.parametrize("name", ["language", "page", "state", "painted"])
def test_a_beat_says_all_that_it_must(name: str) -> None:
    lacking = {key: value for key, value in GOOD.items() if key != name}
    with pytest.raises(WrongBeat):
        read_beat(json.dumps(lacking).encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b'{"release": NaN}',
        told().replace(b"1.5", b"Infinity"),
        told().replace(b"1.5", b"1e999"),
        told().replace(b'{"release"', b'{"state": "attract", "release"'),
        b"[" * 2000,
        b'{"a":' * 400,
        b"1" * 2048,
        b" " * 2049,
    ],
    ids=lambda body: str(body[:30]),
)
def test_a_body_that_is_no_beat_is_refused(body: bytes) -> None:
    with pytest.raises(WrongBeat):
        read_beat(body)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_body_breaks_the_reader(body: bytes) -> None:
    with pytest.raises(WrongBeat):
        read_beat(body)


def test_a_beat_may_say_less_and_more() -> None:
    read = read_beat(
        b'{"language": "zh-Hans", "page": "", "state": "attract", "painted": true, "who": "me"}'
    )
    assert (read.release, read.touched, read.media, read.size) == (None, None, None, None)
    assert not hasattr(read, "who")


# Over the wire


def test_only_the_page_itself_is_heard(tmp_path: Path) -> None:
    with serving(device(tmp_path / "root", 1)) as server:
        own = server.address.rstrip("/")
        json_type = {"Content_Type": "application/json"}

        def status(path: str = "/beat", body: bytes = told(), **headers: str) -> int:
            return get(server, path, "POST", body, **headers).status

        assert status(**json_type) == 200
        assert status(**json_type, Origin=own, Sec_Fetch_Site="same-origin") == 200
        assert status("/r/1/beat", **json_type) == 200
        assert status(Content_Type="application/json; charset=utf-8") == 200
        assert status(**json_type, Origin="http://evil.example") == 403
        assert status(**json_type, Origin="null") == 403
        assert status(**json_type, Origin=own.replace("http:", "https:")) == 403
        assert status(**json_type, Origin="http://127.0.0.1:1") == 403
        assert status(**json_type, Sec_Fetch_Site="cross-site") == 403
        assert status(**json_type, Sec_Fetch_Site="none") == 403
        for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
            assert status(Content_Type=kind) == 403
        assert status(body=b"{}", **json_type) == 400
        assert status(body=b" " * 2049, **json_type) == 413
        assert status(body=b"", Content_Length="x", **json_type) == 411
        for path in ("/beat/", "/r/1/", "/health", "/r/1/x/beat"):
            assert status(path, **json_type) == 405
        assert get(server, "/beat").status in (302, 404)
        assert follow(server, "/beat")[1].status == 404


def test_the_address_of_the_page_counts_not_what_it_says(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1, 2)
    with serving(root) as server:
        # The page says 2 and was loaded from 1: it is told to load again.
        answer = json.loads(beat(server, "/r/1/attract/", release=2).body)
        assert answer == {"release": 2, "reload": True, "message": None, "notice": None}
        assert json.loads((root / "run/beat.json").read_text())["release"] == 1
        assert not json.loads(beat(server, "/r/2/attract/", release=1).body)["reload"]
        # In use it is left alone.
        assert not json.loads(beat(server, "/r/1/visit/", state="use").body)["reload"]


def test_a_real_browser_goes_to_the_new_release(tmp_path: Path, browser: Browser) -> None:
    root = device(tmp_path / "root", 1, 2)
    page_files: dict[str, str | bytes] = {
        "attract/index.html": "<!doctype html><title>t</title><h1>x</h1>"
        '<link rel="stylesheet" href="../assets/kiosk.css"><script src="../beat.js"></script>',
        "beat.js": """
            const release = Number(/^\\/r\\/(\\d+)\\//.exec(location.pathname)?.[1]);
            const page = location.pathname.split("/").slice(3).join("/");
            const told = {release, language: document.documentElement.lang || "vi", page,
                state: "attract", touched: null, painted: true,
                size: [innerWidth, innerHeight]};
            const beating = setInterval(async () => {
                const answer = await fetch("/beat", {method: "POST", body: JSON.stringify(told),
                    headers: {"Content-Type": "application/json"}});
                if (!(await answer.json()).reload) return;
                clearInterval(beating);
                location.reload();
            }, 50);
        """,
    }
    for serial in (1, 2):
        write(root / f"releases/{serial}/site", page_files)
        write(
            root / f"releases/{serial}/site",
            {
                "_headers": "/*\n  Content-Security-Policy: "
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'\n"
            },
        )
    show(root, 1)
    with serving(root) as server:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{server.address}attract/")
        assert page.url == f"{server.address}r/1/attract/"
        show(root, 2)
        page.wait_for_url("**/r/2/attract/")
        page.wait_for_load_state("load")
        page.close()
        assert f"{server.address}r/2/assets/kiosk.css" in asked
        assert json.loads((root / "run/beat.json").read_text())["painted"] is True
