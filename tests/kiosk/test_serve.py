"""The server: whole releases, nothing stale, nothing else, and only for this computer."""

from __future__ import annotations

import collections
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner
from served import (
    FILM,
    HEADERS,
    add_release,
    beat,
    device,
    follow,
    get,
    raw,
    running,
    serving,
    show,
    write,
)

from quangba.cli_kiosk_device import serve as serve_command
from quangba.errors import QuangbaError
from quangba.kiosk.agent import Agent
from quangba.kiosk.serve import Server, listen
from quangba.kiosk.shown import Device, Preview

pytestmark = pytest.mark.skipif(os.name == "nt", reason="releases are switched by a link")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = device(tmp_path_factory.mktemp("device") / "root", 1, 2)
    outside = root / "outside.html"
    outside.write_text("secret")
    site = root / "releases/2/site"
    (site / "leak.html").symlink_to(outside)
    (site / "leak").symlink_to(root)
    (site / ".hidden").write_text("secret")
    (site / "empty").mkdir()
    os.mkfifo(site / "pipe.html")
    return root


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    with serving(root) as server:
        yield server


# Pages


def test_a_page_and_what_it_loads_come_from_the_release_in_their_address(server: Server) -> None:
    address, page = follow(server, "/ja/visit/?q=1")
    assert address == "/r/2/ja/visit/?q=1"
    assert page.status == 200
    assert "ja visit release 2" in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-store"
    # A page of the release before still gets what belongs to it …
    assert "release 1" in get(server, "/r/1/gate.js").text
    # … and the next page that it opens is of the release that is shown.
    assert follow(server, "/r/1/visit/")[0] == "/r/2/visit/"
    assert follow(server, "/r/1/attract/", Sec_Fetch_Dest="document")[0] == "/r/2/attract/"


def test_what_an_old_page_loads_without_a_number_comes_from_its_own_release(server: Server) -> None:
    page = f"{server.address}r/1/visit/"
    assert follow(server, "/gate.js", Referer=page)[0] == "/r/1/gate.js"
    assert follow(server, "/gate.js", Referer="http://a.example/r/1/")[0] == "/r/2/gate.js"
    assert follow(server, "/gate.js", Referer=f"{server.address}r/99/")[0] == "/r/2/gate.js"
    # A script that reads a page gets the one that belongs to it.
    assert get(server, "/r/1/visit/", Sec_Fetch_Dest="empty").status == 200


def test_a_release_that_is_gone_is_not_mixed_with_another(server: Server) -> None:
    assert get(server, "/r/99/gate.js").status == 404
    assert follow(server, "/r/99/visit/")[0] == "/r/2/visit/"


def test_a_folder_is_never_listed(server: Server) -> None:
    assert follow(server, "/r/2/visit")[0] == "/r/2/visit/"
    assert get(server, "/r/2/visit?a=b").headers["location"] == "/r/2/visit/?a=b"
    for folder in ("/r/2/assets/", "/r/2/assets", "/r/2/empty/", "/r/2/empty"):
        got = get(server, folder)
        assert got.status == 404
        assert "missing release 2" in got.text
    assert get(server, "/r/2/gate.js/").status == 404


def test_what_is_missing_is_said_in_the_language_of_the_address(server: Server) -> None:
    for path, title in (("/r/2/ja/nothing/", "ja missing"), ("/r/2/nothing.html", "missing")):
        got = get(server, path)
        assert got.status == 404
        assert f"<title>{title} release 2" in got.text
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["content-security-policy"]


def test_types_and_headers(server: Server) -> None:
    font = get(server, "/r/2/assets/fonts/a.woff2")
    assert font.headers["content-type"] == "font/woff2"
    assert font.headers["cache-control"] == "public, max-age=31536000, immutable"
    for path in ("/r/2/", "/r/2/gate.js", "/r/2/assets/fonts/a.woff2", "/r/2/nothing"):
        headers = get(server, path).all_headers
        assert ("Content-Security-Policy", HEADERS.split("\n")[1].partition(": ")[2]) in headers
        assert ("X-Content-Type-Options", "nosniff") in headers
    assert get(server, "/r/2/").headers["server"] == "quangba"


def test_a_site_without_headers_is_as_closed(tmp_path: Path) -> None:
    device(tmp_path / "root", 1)
    (tmp_path / "root/releases/1/site/_headers").unlink()
    with serving(tmp_path / "root") as server:
        assert "default-src 'none'" in get(server, "/r/1/").headers["content-security-policy"]


def test_headers_cannot_break_the_answer(tmp_path: Path) -> None:
    device(tmp_path / "root", 1)
    path = tmp_path / "root/releases/1/site/_headers"
    path.write_text(
        "  Lost: no pattern\n/*\n  Content-Length: 3\n  Set-Cookie: a=b\n  X-Đ: 1\n  X-A: đ\n"
        "  X-B: a\x0b  X-C: d\n  no colon\n  # remark: none\n  X-Good: yes\n"
        "/visit/*\n  X-Visit: 1\n"
    )
    with serving(tmp_path / "root") as server:
        headers = get(server, "/r/1/visit/").headers
        assert headers["x-good"] == "yes"
        assert headers["x-visit"] == "1"
        assert not headers.keys() & {"set-cookie", "lost", "x-a", "x-b", "x-c"}
        assert "x-visit" not in get(server, "/r/1/").headers


# The protocol


def test_head_says_what_get_would(server: Server) -> None:
    for path in ("/r/2/", "/r/2/gate.js", "/r/2/nothing", "/", "/r/2/media/film.mp4"):
        head, whole = get(server, path, "HEAD"), get(server, path)
        assert head.body == b""
        assert head.status == whole.status
        for headers in (head.headers, whole.headers):
            headers.pop("date")
        assert head.headers == whole.headers


def test_what_is_the_same_is_not_sent_again(server: Server, root: Path) -> None:
    got = get(server, "/r/2/assets/kiosk.css")
    tag = got.headers["etag"]
    assert got.headers["cache-control"] == "no-cache"
    for given in (tag, f'W/{tag}, "x"', "*"):
        again = get(server, "/r/2/assets/kiosk.css", If_None_Match=given)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == tag
    assert get(server, "/r/2/assets/kiosk.css", If_None_Match='"x"').status == 200
    # The same bytes at the same time in another release are another file.
    assert get(server, "/r/1/assets/kiosk.css", If_None_Match=tag).status == 200
    # A page is never kept, so it is never asked whether it changed.
    assert "etag" not in get(server, "/r/2/").headers


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        pytest.param("bytes=0-", 0, None, id="from the start"),
        pytest.param("bytes=0-0", 0, 0, id="one byte"),
        pytest.param("bytes=1000-1999", 1000, 1999, id="middle"),
        pytest.param("bytes=1048570-9999999", 1048570, 1048575, id="beyond the end"),
        pytest.param("bytes=-5", 1048571, 1048575, id="the end"),
        pytest.param("bytes=-99999999", 0, None, id="more than there is"),
    ],
)
def test_parts_of_films(server: Server, asked: str, first: int, last: int | None) -> None:
    got = get(server, "/r/2/media/film.mp4", Range=asked)
    end = len(FILM) - 1 if last is None else last
    assert got.body == FILM[first : end + 1]
    assert got.headers["accept-ranges"] == "bytes"
    # Also for the whole: a film that is not told to have parts cannot be wound.
    assert got.status == 206
    assert got.headers["content-range"] == f"bytes {first}-{end}/{len(FILM)}"


def test_parts_that_are_none(server: Server) -> None:
    for asked in ("bytes=1048576-", "bytes=9999999-", "bytes=-0"):
        got = get(server, "/r/2/media/film.mp4", Range=asked)
        assert got.status == 416
        assert got.headers["content-range"] == f"bytes */{len(FILM)}"
        assert got.body == b""
    for asked in ("bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=0x1-"):
        assert get(server, "/r/2/media/film.mp4", Range=asked).body == FILM
    stale = get(server, "/r/2/media/film.mp4", Range="bytes=0-1", If_Range='"other"')
    assert (stale.status, stale.body) == (200, FILM)


def test_several_requests_on_one_connection(server: Server) -> None:
    host = f"Host: 127.0.0.1:{server.port}\r\n"
    asked = "".join(f"GET /r/2/{path} HTTP/1.1\r\n{host}\r\n" for path in ("", "gate.js", "x"))
    answers = raw(server, asked.encode())
    assert [int(code) for code in re.findall(rb"HTTP/1\.1 (\d+)", answers)] == [200, 200, 404]


# What is refused


@pytest.mark.parametrize(
    "path",
    [
        "/r/2/../../outside.html",
        "/r/2/%2e%2e/%2e%2e/outside.html",
        "/r/2/..%2f..%2foutside.html",
        "/r/2/visit/../../../../outside.html",
        "/r/2/.%2e/index.html",
        "/r/2/%2e%2e%5c%2e%2e%5coutside.html",
        "/r/2/..\\..\\outside.html",
        "/../../../../../../etc/passwd",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/r/2//etc/passwd",
        "/r/../../../outside.html",
        "/r/2/leak.html",
        "/r/2/leak/outside.html",
        "/r/2/leak/",
        "/r/2/.hidden",
        "/r/2/pipe.html",
        "/r/2/_headers",
        "/r/2/_gates/mong-cai/index.html",
        "/r/2/%5fheaders",
        "/r/2/./index.html",
        "/r/2/index.html%00.js",
        "/r/2/index.html%0d%0aX-Bad:%201",
        "/r/2/C:/index.html",
        "/r/2/" + "a" * 300,
        "/r/02/index.html",
        "/r/-1/index.html",
        "/releases/2/release.json",
        "/device.json",
        "/current/site/index.html",
    ],
)
def test_no_path_leads_out(server: Server, path: str) -> None:
    address, got = path, get(server, path)
    while got.status == 302:
        address = got.headers["location"]
        assert re.match(r"/r/\d+/[^/\\]?", address)
        got = get(server, address)
    assert got.status == 404, address
    assert b"secret" not in got.body
    assert b"root:" not in got.body
    assert "x-bad" not in got.headers


@pytest.mark.parametrize(
    ("line", "status"),
    [
        pytest.param("GET /%zz HTTP/1.1", 400, id="broken escape"),
        pytest.param("GET /%ff%fe HTTP/1.1", 400, id="not UTF-8"),
        pytest.param("GET http://127.0.0.1/ HTTP/1.1", 400, id="absolute form"),
        pytest.param("GET * HTTP/1.1", 400, id="asterisk"),
        pytest.param("GET index.html HTTP/1.1", 400, id="no slash"),
        pytest.param("GET /vịnh HTTP/1.1", 400, id="raw UTF-8"),
        pytest.param("GET /a b HTTP/1.1", 400, id="a space"),
        pytest.param("GET /\x00 HTTP/1.1", 400, id="NUL"),
        pytest.param("GET / HTTP/3.7", 505, id="version"),
        pytest.param("GET / XTTP/1.1", 400, id="no HTTP"),
        pytest.param("BREW / HTTP/1.1", 501, id="method"),
        pytest.param("DELETE / HTTP/1.1", 501, id="another method"),
        pytest.param("POST / HTTP/1.1", 405, id="method of another address"),
        pytest.param("GET /" + "a" * 3000 + " HTTP/1.1", 414, id="long"),
        pytest.param("GET /" + "a" * 70000 + " HTTP/1.1", 414, id="very long"),
    ],
)
def test_requests_that_are_malformed(server: Server, line: str, status: int) -> None:
    head = f"{line}\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n"
    answer = raw(server, head.encode())
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:80]
    assert answer.count(b"HTTP/1.1") == 1
    assert answer.endswith(b"\r\n\r\n%d\n" % status)


def test_only_this_computer_by_its_own_name(server: Server) -> None:
    port = server.port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"):
        answer = raw(
            server, f"GET /r/2/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        assert answer.startswith(b"HTTP/1.1 200")
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1.evil:{port}", ""):
        answer = raw(
            server, f"GET /r/2/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        assert answer.startswith(b"HTTP/1.1 421")
    twice = f"Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n"
    for hosts in ("", twice):
        answer = raw(server, f"GET /r/2/ HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 400")


def test_a_body_that_nobody_asked_for_ends_the_connection(server: Server) -> None:
    smuggled = b"GET /r/2/gate.js HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % server.port
    for head in (b"Content-Length: %d" % len(smuggled), b"Transfer-Encoding: chunked"):
        first = b"GET /r/2/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n\r\n" % (server.port, head)
        assert raw(server, first + smuggled).count(b"HTTP/1.1 ") == 1


def test_other_addresses_are_not_listened_on() -> None:
    for host in ("0.0.0.0", "::", "192.168.1.2", "localhost", ""):
        with pytest.raises(QuangbaError) as raised:
            listen(host, 0)
        assert raised.value.problem.code == "kiosk-serve-host"
    with listen("127.0.0.1", 0) as taken, pytest.raises(QuangbaError) as raised:
        listen("127.0.0.1", taken.getsockname()[1])
    assert raised.value.problem.code == "kiosk-serve-socket"


# Connections


def test_silent_clients_do_not_keep_the_browser_out(root: Path) -> None:
    with serving(root, connections=4, rest=60) as server:
        silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(12)]
        slow = socket.create_connection(("127.0.0.1", server.port))
        slow.sendall(b"GET /r/2/ HTTP/1.1\r\nHost: ")
        for _ in range(3):
            assert get(server, "/r/2/").status == 200
        assert len(server.held()) <= 4
        for stream in (*silent, slow):
            stream.close()


def test_who_is_slow_is_cut_off(root: Path) -> None:
    with serving(root, rest=0.2) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as slow:
            slow.sendall(b"GET /r/2/ HTTP/1.1\r\n")
            assert slow.recv(1000) == b""
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as slow:
            head = f"POST /beat HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 90\r\n"
            slow.sendall(f"{head}Content-Type: application/json\r\n\r\n{{".encode())
            assert not slow.recv(1000).startswith(b"HTTP/1.1 200")


def test_a_browser_that_goes_away_in_the_middle_harms_nobody(root: Path) -> None:
    with serving(root) as server:
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", server.port)) as stream:
                stream.sendall(
                    b"GET /r/2/media/film.mp4 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % server.port
                )
                stream.recv(1000)
        assert get(server, "/r/2/media/film.mp4").body == FILM


def test_a_file_that_shrinks_while_it_is_sent_is_never_taken_for_whole(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1)
    film = root / "releases/1/site/media/film.mp4"
    film.write_bytes(b"0" * (64 << 20))
    with serving(root) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as stream:
            stream.sendall(
                b"GET /r/1/media/film.mp4 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % server.port
            )
            stream.recv(1000)
            os.truncate(film, 1000)
            received = 1000
            while more := stream.recv(1 << 20):
                received += len(more)
        assert received < 64 << 20
        assert get(server, "/r/1/gate.js").status == 200


# Switching


def test_every_answer_is_of_one_release_while_it_is_switched_under_load(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1, 2)
    paths = ["/", "/ja/visit/", "/r/1/attract/", "/r/2/gate.js", "/r/1/gate.js", "/assets/large.js"]
    wrong: list[str] = []
    seen: collections.Counter[str] = collections.Counter()
    over = threading.Event()

    def browse(server: Server, seed: int) -> None:
        for number in itertools.count(seed):
            if over.is_set():
                return
            try:
                address, got = follow(server, paths[number % len(paths)])
            except (AssertionError, OSError) as error:
                wrong.append(repr(error))
                continue
            marks = set(re.findall(r"release (\d+) ", got.text))
            serial = address.split("/")[2]
            if got.status != 200 or marks != {serial}:
                wrong.append(f"{address}: {got.status} {marks}")
            seen[serial] += 1

    with serving(root) as server:
        clients = [threading.Thread(target=browse, args=(server, n)) for n in range(8)]
        for client in clients:
            client.start()
        for number in range(200):
            show(root, 1 + number % 2)
            answered = seen.total()
            waited = time.monotonic()
            while seen.total() < answered + 4 and time.monotonic() < waited + 1:
                time.sleep(0.001)
        over.set()
        for client in clients:
            client.join()
    assert not wrong
    assert set(seen) == {"1", "2"}
    assert seen.total() > 100


def test_a_switch_is_seen_by_the_next_request_without_a_restart(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1)
    with serving(root) as server:
        assert follow(server, "/")[0] == "/r/1/"
        add_release(root, 2)
        assert follow(server, "/")[0] == "/r/1/"
        show(root, 2)
        assert follow(server, "/r/1/")[0] == "/r/2/"
        show(root, 1)
        assert follow(server, "/r/2/")[0] == "/r/1/"


@pytest.mark.parametrize("link", ["releases/99", "../../etc", "/etc", "releases/../releases/2", ""])
def test_a_link_that_leads_nowhere_does_not_darken_the_screen(tmp_path: Path, link: str) -> None:
    root = device(tmp_path / "root", 1, 2, 3, 4)
    (root / "state.json").write_text('{"bad": [4], "min_serial": 2}')
    (root / "releases/.in-5/site").mkdir(parents=True)
    (root / "releases/3/release.json").unlink()
    (root / "current").unlink()
    if link:
        (root / "current").symlink_to(link)
    with serving(root) as server:
        assert follow(server, "/")[0] == "/r/2/"


def test_before_the_first_installation_the_screen_says_what_to_do(tmp_path: Path) -> None:
    root = device(tmp_path / "root")
    with serving(root) as server:
        got = get(server, "/attract/")
        assert got.status == 503
        assert "USB" in got.text
        assert "stick" in got.text
        assert got.headers["refresh"] == "3"
        assert get(server, "/waiting.css").headers["content-type"].startswith("text/css")
        assert get(server, "/health").status == 200
        assert json.loads(beat(server).body)["release"] is None
        (root / "run").mkdir(exist_ok=True)
        message = {"kind": "working", "vi": "Đang cài <bản 1>.", "en": "Installing."}
        (root / "run/message.json").write_text(json.dumps(message))
        assert "Đang cài &lt;bản 1&gt;." in get(server, "/").text
        add_release(root, 1)
        show(root, 1)
        assert follow(server, "/")[1].status == 200


# An editor's preview


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    write(
        folder,
        {
            "index.html": "first gate",
            "404.html": "missing",
            "ja/404.html": "ja missing",
            "gate.js": "first",
            "visit/index.html": "shared",
            "_headers": HEADERS,
            "_gates/mong-cai/index.html": "Móng Cái",
            "_gates/mong-cai/gate.js": "second",
            "_gates/mong-cai/attract/index.html": "Móng Cái attracts",
            "_print/mong-cai/vi/index.html": "leaflet",
            "assets/fonts/a.woff2": "font",
        },
    )
    return folder


def test_a_build_is_seen_as_a_gate_shows_it(build: Path) -> None:
    with running(Preview(build, "mong-cai")) as server:
        assert follow(server, "/")[1].text == "Móng Cái"
        assert follow(server, "/gate.js")[1].text == "second"
        assert follow(server, "/attract/")[1].text == "Móng Cái attracts"
        assert follow(server, "/visit/")[1].text == "shared"
        for hidden in ("/_gates/mong-cai/", "/_print/mong-cai/vi/", "/_headers"):
            assert follow(server, hidden)[1].status == 404
        # What is built anew is seen at once, fonts too.
        font = get(server, "/r/0/assets/fonts/a.woff2")
        assert font.headers["cache-control"] == "no-cache"
        (build / "visit/index.html").write_text("built anew")
        assert follow(server, "/visit/")[1].text == "built anew"
        told = json.loads(beat(server, "/r/0/attract/").body)
        assert told == {"release": 0, "reload": False, "message": None, "notice": None}
    with running(Preview(build)) as server:
        assert follow(server, "/")[1].text == "first gate"


def test_no_build_and_no_such_gate_are_said(build: Path, tmp_path: Path) -> None:
    with pytest.raises(QuangbaError) as raised:
        Preview(tmp_path / "nothing")
    assert raised.value.problem.code == "kiosk-serve-site"
    for gate in ("na-meo", "../mong-cai", ""):
        with pytest.raises(QuangbaError) as raised:
            Preview(build, gate)
        assert raised.value.problem.code == "kiosk-serve-gate"
        assert "mong-cai" in raised.value.problem.text("en")


# The command


def command(*arguments: str) -> str:
    result = CliRunner().invoke(serve_command, arguments)
    assert isinstance(result.exception, QuangbaError)
    return result.exception.problem.code


def test_the_command_says_what_is_missing(tmp_path: Path, build: Path) -> None:
    assert command() == "kiosk-serve-what"
    assert command("--root", "a", "--site", "b") == "kiosk-serve-what"
    assert command("--root", str(tmp_path), "--gate", "mong-cai") == "kiosk-serve-what"
    assert command("--root", str(tmp_path / "none")) == "kiosk-serve-root"
    assert command("--site", str(tmp_path / "none")) == "kiosk-serve-site"
    assert command("--site", str(build), "--restart", "'") == "kiosk-command-empty"
    assert command("--site", str(build), "--restart", " ") == "kiosk-command-empty"


def test_it_runs_without_anything_heavy_and_stops_in_order(root: Path) -> None:
    program = (
        "import sys, quangba.cli_kiosk_device as it\n"
        "heavy = {'mkdocs', 'babel', 'jinja2', 'flask', 'yaml', 'markdown', 'cryptography',\n"
        "         'argostranslate', 'ctranslate2', 'PIL', 'quangba.settings', 'quangba.console'}\n"
        "found = heavy & sys.modules.keys()\n"
        "sys.exit(f'imported: {found}') if found else it.main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--root", str(root), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QUANGBA_LANG": "en"},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert re.search(r"http://127\.0\.0\.1:\d+/", line), process.communicate()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert process.communicate()[1] == ""


def test_sockets_from_systemd_are_taken_and_told(root: Path, tmp_path: Path) -> None:
    notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notified.bind(str(tmp_path / "notify"))
    notified.settimeout(20)
    program = (
        "import os, sys\n"
        "os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True)\n"
        "os.environ |= {'LISTEN_FDS': '1', 'LISTEN_PID': str(os.getpid())}\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'quangba.cli_kiosk_device', 'serve',\n"
        "                          '--root', sys.argv[2], '--port', '1'])\n"
    )
    with listen("127.0.0.1", 0) as given:
        port = given.getsockname()[1]
        given.set_inheritable(True)
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(given.fileno()), str(root)],
            pass_fds=[given.fileno()],
            env={
                **os.environ,
                "NOTIFY_SOCKET": str(tmp_path / "notify"),
                "WATCHDOG_USEC": "200000",
            },
        )
    told = notified.recv(1000).decode()
    assert told.startswith("READY=1")
    assert f":{port}/" in told
    assert notified.recv(1000) == b"WATCHDOG=1"
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/health")
    assert json.loads(connection.getresponse().read())["release"] == 2
    connection.close()
    process.terminate()
    assert process.wait(20) == 0
    notified.close()


def test_a_socket_that_others_could_reach_is_not_taken(tmp_path: Path) -> None:
    from quangba.kiosk.systemd import listening

    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(tmp_path / "socket"))
        other.listen()
        with pytest.raises(QuangbaError) as raised:
            listening(os.dup(other.fileno()))
        assert raised.value.problem.code == "kiosk-serve-socket"
    with socket.socket() as silent, pytest.raises(QuangbaError):
        listening(os.dup(silent.fileno()))
    with pytest.raises(QuangbaError):
        listening(987)


def test_health(server: Server) -> None:
    told = json.loads(get(server, "/health").body)
    assert told["release"] == 2
    assert told["ok"] is True
    assert told["uptime"] >= 0
    assert get(server, "/health").headers["cache-control"] == "no-store"


def test_an_agent_without_a_folder_keeps_nothing(build: Path) -> None:
    before = sorted(build.rglob("*"))
    agent = Agent(Preview(build))
    agent.tick()
    agent.close()
    assert sorted(build.rglob("*")) == before
    assert Device(build).current() is None
