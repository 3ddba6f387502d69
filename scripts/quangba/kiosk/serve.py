"""
The server: loopback only, for the one browser of a screen.

It stands on ``http.server`` of Python's own library, which reads requests; what is read, held and
answered is decided here. (Werkzeug's server stands on it as well, and its import alone takes twice
the time and a third more memory.) Connections are few and each has a thread; who is silent or slow
is cut off, and when all are taken, the one that rests longest makes room.
"""

from __future__ import annotations

import contextlib
import selectors
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from quangba.errors import QuangbaError
from quangba.kiosk.agent import Agent
from quangba.kiosk.answers import Answers
from quangba.kiosk.shown import Preview, Shows
from quangba.kiosk.systemd import notify, watchdog_seconds

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HOSTS = ("127.0.0.1", "::1")
"""Addresses that it listens on; there is no way to make it reachable from elsewhere."""

CONNECTIONS = 40
"""Connections at the same time; a browser opens six."""

PATIENCE = 20.0
"""Seconds that one read or write may take."""

REST = 30.0
"""Seconds that a connection may rest, or take for the head of a request."""

POLL = 0.5
"""Seconds between two looks at the connections."""

STUCK = 5.0
"""Seconds without such a look after which systemd is no longer told that all is well."""

FULL = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Connection:
    """A connection: whether a request is being answered, since when, and how long it may last."""

    stream: socket.socket
    peer: Any
    limit: float
    working: bool = False
    since: float = field(default_factory=time.monotonic)

    def rest(self, limit: float) -> None:
        """Note that the connection waits for a request."""
        self.working, self.since, self.limit = False, time.monotonic(), limit

    def work(self, limit: float) -> None:
        """Note that a request is being answered."""
        self.working, self.since, self.limit = True, time.monotonic(), limit

    def cut(self) -> None:
        """End it; whatever waits on it returns at once."""
        with contextlib.suppress(OSError):
            self.stream.shutdown(socket.SHUT_RDWR)


class Server:
    """Serves releases to a browser on the same computer."""

    def __init__(
        self,
        sockets: list[socket.socket],
        shows: Shows,
        agent: Agent,
        *,
        connections: int = CONNECTIONS,
        patience: float = PATIENCE,
        rest: float = REST,
    ) -> None:
        self.sockets, self.shows, self.agent = sockets, shows, agent
        self.most, self.patience, self.rest = connections, patience, rest
        self.port: int = sockets[0].getsockname()[1]
        self.preview = isinstance(shows, Preview)
        self.connections: dict[int, Connection] = {}
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.looked = time.monotonic()
        self.waker, self.wake = socket.socketpair()

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        host = self.sockets[0].getsockname()[0]
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def run(self) -> None:
        """Serve until :meth:`stop`; then let answers end for a moment, and close everything."""
        watching = threading.Thread(target=self.keep_watch, name="agent", daemon=True)
        watching.start()
        with selectors.DefaultSelector() as selector:
            for stream in self.sockets:
                stream.setblocking(False)
                selector.register(stream, selectors.EVENT_READ)
            selector.register(self.wake, selectors.EVENT_READ)
            notify(f"READY=1\nSTATUS={self.address}")
            while not self.stopping.is_set():
                for key, _ in selector.select(POLL):
                    if key.fileobj is not self.wake:
                        self.accept(key.fileobj)  # type: ignore[arg-type]
                self.sweep()
        notify("STOPPING=1")
        self.close()
        watching.join(PATIENCE)
        self.agent.close()

    def stop(self) -> None:
        """End :meth:`run`; may be called from anywhere, also from a signal."""
        self.stopping.set()
        with contextlib.suppress(OSError):
            self.waker.send(b"\0")

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, if there is room or can be made."""
        try:
            stream, peer = listener.accept()
        except OSError:
            # Gone again, or too many files are open: the next look tries anew.
            return
        connection = Connection(stream, peer, self.rest)
        if not self.admit(connection):
            refuse(stream)
            return
        try:
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()
        except RuntimeError:
            with self.lock:
                self.connections.pop(id(connection), None)
            refuse(stream)

    def admit(self, connection: Connection) -> bool:
        """Keep a connection; where all are taken, the one that rests longest makes room."""
        with self.lock:
            if len(self.connections) >= self.most:
                resting = [one for one in self.connections.values() if not one.working]
                if not resting:
                    return False
                oldest = min(resting, key=lambda one: one.since)
                del self.connections[id(oldest)]
                oldest.cut()
            self.connections[id(connection)] = connection
            return True

    def serve(self, connection: Connection) -> None:
        """Answer the requests of a connection until it ends."""
        try:
            connection.stream.setblocking(True)
            connection.stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Answers(connection, self)
        except OSError:
            # The browser went away in the middle: it does so all the time.
            pass
        finally:
            with self.lock:
                self.connections.pop(id(connection), None)
            connection.cut()
            connection.stream.close()

    def sweep(self) -> None:
        """Cut off who rests or works for too long."""
        self.looked = now = time.monotonic()
        with self.lock:
            slow = [one for one in self.connections.values() if now - one.since >= one.limit]
        for one in slow:
            one.cut()

    def close(self) -> None:
        """Close the listening sockets and all connections."""
        for stream in self.sockets:
            stream.close()
        deadline = time.monotonic() + 2
        while any(one.working for one in self.held()) and time.monotonic() < deadline:
            time.sleep(0.02)
        for one in self.held():
            one.cut()
        self.waker.close()
        self.wake.close()

    def held(self) -> list[Connection]:
        """Return the connections."""
        with self.lock:
            return list(self.connections.values())

    def keep_watch(self) -> None:
        """Let the agent look once a second, and tell systemd that all is well."""
        every = watchdog_seconds()
        told = 0.0
        while not self.stopping.wait(1.0):
            self.agent.tick()
            now = time.monotonic()
            if every and now - told >= min(every, 10.0) and now - self.looked < STUCK:
                notify("WATCHDOG=1")
                told = now


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def listen(host: str, port: int) -> socket.socket:
    """
    Open a socket on this computer only.

    Raises ``QuangbaError``: ``kiosk-serve-host`` for an address that others could reach,
    ``kiosk-serve-socket`` when it is taken.
    """
    if host not in HOSTS:
        raise QuangbaError("kiosk-serve-host", host=host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    stream = socket.socket(family, socket.SOCK_STREAM)
    try:
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stream.bind((host, port))
        stream.listen(64)
    except OSError as error:
        stream.close()
        what = f"{host}:{port}: {error.strerror or error}"
        raise QuangbaError("kiosk-serve-socket", what=what) from error
    return stream


def refuse(stream: socket.socket) -> None:
    """Turn a connection away: all are taken."""
    with contextlib.suppress(OSError):
        stream.setblocking(False)
        stream.send(FULL)
    stream.close()


@contextlib.contextmanager
def stopped_by_signals(server: Server) -> Iterator[None]:
    """End a server in order when it is told to (SIGTERM, SIGINT)."""
    names = (signal.SIGTERM, signal.SIGINT)
    before = {name: signal.signal(name, lambda *_: server.stop()) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
