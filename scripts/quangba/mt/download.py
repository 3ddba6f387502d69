"""Download: the only module of the project that opens a connection."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from quangba import __version__
from quangba.errors import QuangbaError
from quangba.mt.archive import Progress

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CHUNK = 1 << 16
"""Bytes that are received at once."""

TIMEOUT = 30.0
"""Seconds that a server may be silent."""

ROUNDS = 5
"""Times that all addresses are tried, as long as each time brings some bytes."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that tests may reach without encryption."""

CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-\d+/(\d+|\*)")  # bytes 1000-4999/5000

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class UnavailableError(Exception):
    """Raised when an address does not give the file, or not all of it."""


class Redirects(HTTPRedirectHandler):
    """Follows redirects as long as they stay encrypted."""

    def __init__(self, loopback: bool) -> None:
        self.loopback = loopback

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        check_address(newurl, self.loopback)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass
class Download:
    """
    A file of known size and SHA-256, fetched into ``part`` after what is there already.

    The hash is what counts: a resumed file that does not have it is fetched once more from
    scratch, an address that gives another file is not asked again. Whatever ends a download
    early, Ctrl-C too, leaves ``part`` for the next run.
    """

    part: Path
    """Where the file grows."""
    size: int
    """Bytes of the file; never more than that is written."""
    sha256: str
    """SHA-256 of the file, lower-case hexadecimal."""
    progress: Progress
    """Told how many bytes are there."""
    timeout: float = TIMEOUT
    """Seconds that a server may be silent."""
    loopback: bool = False
    """Let tests use plain HTTP on this machine."""

    @cached_property
    def connect(self) -> Callable[..., Any]:
        """Opens a connection, through the proxy of the system if it has one."""
        return build_opener(Redirects(self.loopback)).open

    def run(self, addresses: Iterable[str]) -> None:
        """
        Fetch the file from the first address that gives it.

        Raises ``QuangbaError``: ``models-network``, ``models-wrong-file`` or ``models-disk``.
        """
        left = list(addresses)
        best, reasons = left[0], dict[str, str]()
        for _ in range(ROUNDS):
            before = length(self.part)
            for address in list(left):
                try:
                    if self.fetch(address):
                        return
                    left.remove(address)
                except UnavailableError as error:
                    reasons[address] = f"{urlsplit(address).hostname}: {error}"
            if length(self.part) <= before:
                break
        if not left:
            raise QuangbaError("models-wrong-file", best, sha256=self.sha256)
        raise QuangbaError("models-network", what="; ".join(reasons.values()), address=best)

    def fetch(self, address: str) -> bool:
        """Fetch what is missing; tell whether this address gives the right file."""
        check_address(address, self.loopback)
        resumed = length(self.part)
        if resumed < self.size:
            self.transfer(address)
        try:
            if has_sha256(self.part, self.sha256):
                return True
            self.part.unlink()
        except OSError as error:
            raise disk(self.part, error) from error
        # The beginning may have come from another file; without it, this address may be right.
        return resumed > 0 and self.fetch(address)

    def transfer(self, address: str) -> None:
        """Receive from one address until the file has its size; raises ``UnavailableError``."""
        start = length(self.part)
        request = Request(address, headers={"User-Agent": f"quangba/{__version__}"})
        if start:
            request.add_header("Range", f"bytes={start}-")
        try:
            with self.connect(request, timeout=self.timeout) as response:
                done = self.receive(response, first_byte(response, start, self.size))
        except HTTPError as error:
            error.close()
            raise UnavailableError(f"HTTP {error.code}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise UnavailableError(str(getattr(error, "reason", error))) from error
        if done < self.size:
            raise UnavailableError(f"{done} / {self.size} bytes")

    def receive(self, response: Any, start: int) -> int:
        """Write what arrives from position ``start`` on; return the length of the file then."""
        done = start
        with open_part(self.part, start) as stream:
            self.progress(done, self.size)
            while data := response.read1(min(CHUNK, self.size - done)):
                write(stream, data, self.part)
                done += len(data)
                self.progress(done, self.size)
        return done


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def first_byte(response: Any, start: int, size: int) -> int:
    """
    Return the position of the first byte that a server sends: ``start``, or 0 for everything.

    Raises ``UnavailableError`` for another part or another file, before anything is overwritten.
    """
    if response.status == 206:
        found = CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not found or int(found[1]) != start or found[2] not in ("*", str(size)):
            raise UnavailableError("Content-Range")
    elif response.status == 200:
        start = 0
    else:
        raise UnavailableError(f"HTTP {response.status}")
    declared = response.headers.get("Content-Length")
    if declared is not None and int(declared) != size - start:
        raise UnavailableError(f"{declared} / {size - start} bytes")
    return start


def open_part(part: Path, start: int) -> IO[bytes]:
    """Open a file to append to; unbuffered, so that nothing is lost when the run is killed."""
    try:
        return part.open("ab", buffering=0) if start else part.open("wb", buffering=0)
    except OSError as error:
        raise disk(part, error) from error


def write(stream: IO[bytes], data: bytes, part: Path) -> None:
    """Write all bytes; a full disk is not a broken connection."""
    view = memoryview(data)
    try:
        while view:
            view = view[stream.write(view) :]
    except OSError as error:
        raise disk(part, error) from error


def check_address(address: str, loopback: bool) -> None:
    """Raise ``UnavailableError`` for an address that is not encrypted."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (
        loopback and parts.scheme == "http" and parts.hostname in LOOPBACK
    ):
        return
    raise UnavailableError(f"{parts.scheme}://{parts.hostname}, not https")


def length(path: Path) -> int:
    """Return the bytes of a file; 0 when there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def has_sha256(path: Path, sha256: str) -> bool:
    """Tell whether a file has this hash."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == sha256


def disk(path: Path, error: OSError) -> QuangbaError:
    """Make the error for a disk that is full, closed or broken."""
    return QuangbaError("models-disk", path, what=error.strerror or str(error))
