"""Downloads from a server that breaks off, lies, hangs or gives another file; and nobody else's."""

from __future__ import annotations

import ast
import hashlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import quangba
from quangba.errors import QuangbaError
from quangba.mt.download import Download, Redirects, UnavailableError, check_address

DATA = bytes(range(256)) * 1200
SHA256 = hashlib.sha256(DATA).hexdigest()
PACKAGE = Path(quangba.__file__).parent

Answer = Callable[[BaseHTTPRequestHandler, int], None]
"""Answers a request that asks for the bytes from this position on."""


class Server:
    """A web server on this machine whose answers a test chooses, by path."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, int]] = []
        self.closing = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                given = self.headers.get("Range", "bytes=0-")
                start = int(given.removeprefix("bytes=").removesuffix("-"))
                outer.requests.append((self.path, start))
                outer.answers[self.path](self, start)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def address(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return f"http://127.0.0.1:{self.http.server_port}{path}"

    def close(self) -> None:
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def send(
    handler: BaseHTTPRequestHandler,
    data: bytes,
    start: int = 0,
    *,
    declared: int | None = None,
    total: int | None = None,
) -> None:
    """Send a part of the data, with the right headers unless a test says otherwise."""
    rest = data[start:]
    handler.send_response(206 if start else 200)
    if start:
        end = f"{start}-{len(data) - 1}/{total or len(data)}"
        handler.send_header("Content-Range", f"bytes {end}")
    handler.send_header("Content-Length", str(len(rest) if declared is None else declared))
    handler.end_headers()
    handler.wfile.write(rest)


def whole(handler: BaseHTTPRequestHandler, start: int) -> None:
    send(handler, DATA, start)


def without_ranges(handler: BaseHTTPRequestHandler, start: int) -> None:
    send(handler, DATA)


def other_file(handler: BaseHTTPRequestHandler, start: int) -> None:
    send(handler, DATA[::-1], start)


def status(code: int) -> Answer:
    return lambda handler, start: handler.send_error(code)


def breaks_off(after: int) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, start: int) -> None:
        rest = DATA[start:]
        send(handler, DATA[: start + after], start, declared=len(rest), total=len(DATA))
        handler.close_connection = True

    return answer


def job(part: Path, **more: object) -> Download:
    values = {"timeout": 5.0, "loopback": True, "progress": lambda done, total: None, **more}
    return Download(part, len(DATA), SHA256, **values)  # type: ignore[arg-type]


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "a.part"


# ----------------------------------------------------------------------------
# What arrives
# ----------------------------------------------------------------------------


def test_a_file_arrives_with_progress(server: Server, part: Path) -> None:
    steps: list[tuple[int, int]] = []
    download = job(part, progress=lambda done, total: steps.append((done, total)))
    download.run([server.address("/a", whole)])
    assert part.read_bytes() == DATA
    assert steps[0] == (0, len(DATA))
    assert steps[-1] == (len(DATA), len(DATA))


@pytest.mark.parametrize("there", [1, 1000, len(DATA) - 1])
def test_a_broken_download_is_resumed(server: Server, part: Path, there: int) -> None:
    part.write_bytes(DATA[:there])
    job(part).run([server.address("/a", whole)])
    assert part.read_bytes() == DATA
    assert server.requests == [("/a", there)]


def test_a_complete_file_is_not_fetched_again(server: Server, part: Path) -> None:
    part.write_bytes(DATA)
    job(part).run([server.address("/a", whole)])
    assert server.requests == []


def test_a_connection_that_breaks_is_taken_up_again(server: Server, part: Path) -> None:
    job(part).run([server.address("/a", breaks_off(100_000))])
    assert part.read_bytes() == DATA
    assert [start for _, start in server.requests] == [0, 100_000, 200_000, 300_000]


def test_the_next_address_continues(server: Server, part: Path) -> None:
    first = server.address("/a", breaks_off(70_000))
    job(part).run([first, server.address("/b", whole)])
    assert part.read_bytes() == DATA
    assert server.requests == [("/a", 0), ("/b", 70_000)]


def test_a_server_that_ignores_ranges(server: Server, part: Path) -> None:
    part.write_bytes(DATA[:5000])
    job(part).run([server.address("/a", without_ranges)])
    assert part.read_bytes() == DATA


@pytest.mark.parametrize(
    "there", [b"x" * 5000, b"x" * len(DATA), b"x" * (len(DATA) + 9)], ids=["part", "whole", "more"]
)
def test_what_was_there_is_of_another_file(server: Server, part: Path, there: bytes) -> None:
    """It is thrown away, and the file fetched once from scratch."""
    part.write_bytes(there)
    job(part).run([server.address("/a", whole)])
    assert part.read_bytes() == DATA
    assert server.requests[-1] == ("/a", 0)
    assert len(server.requests) <= 2


def test_a_redirect_is_followed(server: Server, part: Path) -> None:
    target = server.address("/b", whole)

    def redirect(handler: BaseHTTPRequestHandler, start: int) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.end_headers()

    part.write_bytes(DATA[:10])
    job(part).run([server.address("/a", redirect)])
    assert part.read_bytes() == DATA
    assert server.requests == [("/a", 10), ("/b", 10)]


# ----------------------------------------------------------------------------
# What does not
# ----------------------------------------------------------------------------


def answers_206_elsewhere(handler: BaseHTTPRequestHandler, start: int) -> None:
    handler.send_response(206)
    handler.send_header("Content-Range", f"bytes 7-{len(DATA) - 1}/{len(DATA)}")
    handler.end_headers()
    handler.wfile.write(DATA[7:])


def garbage(handler: BaseHTTPRequestHandler, start: int) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH\r\n" * 50)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(status(404), id="404"),
        pytest.param(status(416), id="416"),
        pytest.param(status(500), id="500"),
        pytest.param(lambda handler, start: send(handler, b"<p>Log in"), id="portal"),
        pytest.param(lambda handler, start: send(handler, DATA * 2), id="too-long"),
        pytest.param(lambda handler, start: send(handler, DATA, declared=-5), id="minus"),
        pytest.param(lambda handler, start: handler.send_response(204), id="nothing"),
        pytest.param(answers_206_elsewhere, id="another-part"),
        pytest.param(garbage, id="not-http"),
    ],
)
def test_a_server_that_does_not_give_the_file(server: Server, part: Path, answer: Answer) -> None:
    """The next address is asked, and what was there already is kept."""
    part.write_bytes(DATA[:5000])
    bad = server.address("/bad", answer)
    with pytest.raises(QuangbaError) as caught:
        job(part).run([bad])
    assert caught.value.problem.code == "models-network"
    for text in (caught.value.problem.text("vi"), caught.value.problem.text("en")):
        assert "127.0.0.1: " in text
        assert "quangba models install --from" in text
    assert part.read_bytes() == DATA[:5000]
    job(part).run([bad, server.address("/good", whole)])
    assert part.read_bytes() == DATA


def test_a_server_that_hangs(server: Server, part: Path) -> None:
    def hang(handler: BaseHTTPRequestHandler, start: int) -> None:
        send(handler, DATA[:1000], declared=len(DATA))
        server.closing.wait(10)

    with pytest.raises(QuangbaError) as caught:
        job(part, timeout=0.1).run([server.address("/a", hang)])
    assert caught.value.problem.code == "models-network"
    assert "timed out" in caught.value.problem.text("en")
    assert part.read_bytes() == DATA[:1000]


def test_nobody_listens(part: Path) -> None:
    server = Server()
    address = server.address("/a", whole)
    server.close()
    with pytest.raises(QuangbaError) as caught:
        job(part).run([address])
    assert caught.value.problem.code == "models-network"
    assert not part.exists()


def test_an_address_with_another_file_is_asked_once(server: Server, part: Path) -> None:
    with pytest.raises(QuangbaError) as caught:
        job(part).run([server.address("/a", other_file), server.address("/b", other_file)])
    assert caught.value.problem.code == "models-wrong-file"
    assert SHA256 in caught.value.problem.text("en")
    assert server.requests == [("/a", 0), ("/b", 0)]
    assert not part.exists()


def test_after_another_file_the_next_address_is_asked(server: Server, part: Path) -> None:
    job(part).run([server.address("/a", other_file), server.address("/b", whole)])
    assert part.read_bytes() == DATA


def test_no_more_is_written_than_the_file_has(server: Server, part: Path) -> None:
    longest = 0

    def endless(handler: BaseHTTPRequestHandler, start: int) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * (len(DATA) * 3))

    def progress(done: int, total: int) -> None:
        nonlocal longest
        longest = max(longest, part.stat().st_size)

    with pytest.raises(QuangbaError) as caught:
        job(part, progress=progress).run([server.address("/a", endless)])
    assert caught.value.problem.code == "models-wrong-file"
    assert longest == len(DATA)


def test_ctrl_c_keeps_what_arrived(server: Server, part: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > 100_000:
            raise KeyboardInterrupt

    address = server.address("/a", whole)
    with pytest.raises(KeyboardInterrupt):
        job(part, progress=interrupt).run([address])
    there = part.stat().st_size
    assert 100_000 < there < len(DATA)
    job(part).run([address])
    assert part.read_bytes() == DATA
    assert server.requests[-1] == ("/a", there)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_not_a_broken_network(server: Server, part: Path) -> None:
    part.symlink_to("/dev/full")
    with pytest.raises(QuangbaError) as caught:
        job(part).run([server.address("/a", whole)])
    assert caught.value.problem.code == "models-disk"
    assert "No space left" in caught.value.problem.text("en")


# ----------------------------------------------------------------------------
# Encryption
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["http://example.test/a", "ftp://example.test/a", "file:///etc/passwd", "data:,x", "//x/a"],
)
@pytest.mark.parametrize("loopback", [False, True])
def test_an_address_that_is_not_encrypted_is_refused(
    part: Path, address: str, loopback: bool
) -> None:
    with pytest.raises(QuangbaError) as caught:
        job(part, loopback=loopback).run([address])
    assert caught.value.problem.code == "models-network"
    assert not part.exists()


def test_this_machine_is_no_exception_outside_tests(server: Server, part: Path) -> None:
    with pytest.raises(QuangbaError):
        job(part, loopback=False).run([server.address("/a", whole)])
    assert server.requests == []


@pytest.mark.parametrize(
    "target", ["http://example.test/", "ftp://example.test/", "file:///etc/passwd"]
)
def test_a_redirect_stays_encrypted(server: Server, part: Path, target: str) -> None:
    def redirect(handler: BaseHTTPRequestHandler, start: int) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.end_headers()

    with pytest.raises(QuangbaError) as caught:
        job(part).run([server.address("/a", redirect)])
    assert caught.value.problem.code == "models-network"
    assert not part.exists()


def test_an_encrypted_address_is_taken() -> None:
    check_address("https://example.test/a", loopback=False)
    with pytest.raises(UnavailableError, match="not https"):
        check_address("http://127.0.0.1/a", Redirects(loopback=False).loopback)


# ----------------------------------------------------------------------------
# Nothing else opens a connection
# ----------------------------------------------------------------------------

NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of everything that a module imports, in any place."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            name = ast.unparse(node.func)
            if name in ("__import__", "import_module", "importlib.import_module"):
                yield ast.unparse(node.args[0]).strip("'\"")


def opens_connections(path: Path) -> bool:
    return any(
        name == module or name.startswith(module + ".")
        for name in imported(path)
        for module in NETWORK
    )


def test_only_the_download_opens_a_connection() -> None:
    found = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    assert len(found) > 30
    # The desk and the screen of a gate listen on this computer, for this computer, and so does what
    # prints leaflets (tests/desk/test_requests.py, tests/kiosk/test_serve.py).
    wanted = {"mt/download.py", "cli_review.py", "kiosk/leaflets.py"}
    wanted |= {f"kiosk/{name}.py" for name in ("addresses", "answers", "serve", "systemd")}
    assert {name for name in found if opens_connections(PACKAGE / name)} == wanted


@pytest.mark.parametrize(
    "code",
    ["import socket", "from urllib import request", "import http.client as c", "import ssl, re"],
)
def test_the_test_above_sees_them(tmp_path: Path, code: str) -> None:
    path = tmp_path / "a.py"
    path.write_text(f"def f():\n    {code}\n", encoding="utf-8")
    assert opens_connections(path)
