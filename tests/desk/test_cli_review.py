"""The command ``quangba review``: addresses, ports, and how it ends."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from catalog_site import Site
from click.testing import CliRunner
from desk_site import Visitor

from quangba.cli import commands
from quangba.cli_review import first_address, listen
from quangba.errors import QuangbaError

COMMAND = "from quangba.cli import main; main()"


@pytest.mark.parametrize(
    ("code", "page", "expected"),
    [
        (None, None, ""),
        ("ja", None, "?lang=ja"),
        (None, "visit/b.md", "?page=visit/b.md"),
        ("ja", "visit/b.md", "ja/visit/b"),
        ("ja", "content/visit/b.md", "ja/visit/b"),
        ("ja", "site", "ja/site"),
    ],
)
def test_what_is_opened_first(site: Site, code: str, page: str, expected: str) -> None:
    assert first_address(site.workspace(), code, page) == expected
    visitor = Visitor(site)
    assert visitor.get(expected).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--lang", "xx"], "language-unknown"),
        (["--page", "none.md"], "page-missing"),
        (["--page", "../mkdocs.yml", "--lang", "ja"], "page-missing"),
    ],
)
def test_refused_arguments(site: Site, arguments: list[str], problem: str) -> None:
    command = ["-f", str(site.root / "mkdocs.yml"), "review", "--no-browser", *arguments]
    result = CliRunner().invoke(commands, command)
    assert isinstance(result.exception, QuangbaError)
    assert result.exception.problem.code == problem


def test_a_port_that_is_taken(site: Site) -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        command = ["-f", str(site.root / "mkdocs.yml"), "review", "--no-browser"]
        result = CliRunner().invoke(commands, [*command, "--port", str(port)])
    assert isinstance(result.exception, QuangbaError)
    assert result.exception.problem.code == "desk-port"
    assert str(port) in str(result.exception)


def test_only_this_computer_is_listened_to() -> None:
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"
        assert listening.family is socket.AF_INET


@contextmanager
def running(site: Site, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command on a site."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "review", "--no-browser", *arguments],
        cwd=site.root,
        env={**os.environ, "QUANGBA_LANG": "en", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_a_whole_run(site: Site) -> None:
    with running(site, "--lang", "ja", "--page", "a.md") as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/[\w-]{32}/)(\S+)", line)
        assert found
        port, root, first = int(found[1]), found[2], found[3]
        assert first == "ja/a"
        statuses = []
        for path, host in ((root, ""), ("/", ""), (root, "evil.example")):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", path, headers={"Host": host} if host else {})
            statuses.append(connection.getresponse().status)
            connection.close()
        assert statuses == [200, 404, 403]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert out.endswith("The desk is closed; everything is saved.\n")
        assert "Traceback" not in err
        assert root.strip("/") not in err, "no log holds the secret"
