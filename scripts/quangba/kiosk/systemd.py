"""
What systemd and a service say to each other: sd_notify(3), and sockets that it opened (LISTEN_FDS).

With a socket that systemd opened, the server can live in a network of its own, in which there is
nothing: it could not send a packet anywhere if it wanted to.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, MutableMapping

from quangba.errors import QuangbaError

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FIRST = 3
"""The first descriptor that is passed on (SD_LISTEN_FDS_START)."""

MOST = 8
"""Sockets that are taken."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def notify(text: str, environment: Mapping[str, str] = os.environ) -> bool:
    """
    Tell systemd something, e.g. ``READY=1``; False where nobody listens.

    A leading ``@`` stands for the abstract namespace.
    """
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as stream:
            stream.settimeout(1)
            stream.connect("\0" + address[1:] if address.startswith("@") else address)
            stream.sendall(text.encode("utf-8"))
    except OSError:
        return False
    return True


def watchdog_seconds(environment: Mapping[str, str] = os.environ) -> float | None:
    """
    Return how often systemd must hear ``WATCHDOG=1``: half of what it allows; None for never.

    >>> watchdog_seconds({'WATCHDOG_USEC': '30000000'}), watchdog_seconds({})
    (15.0, None)
    """
    allowed = environment.get("WATCHDOG_USEC", "")
    process = environment.get("WATCHDOG_PID", str(os.getpid()))
    if not allowed.isdecimal() or not int(allowed) or process != str(os.getpid()):
        return None
    return int(allowed) / 2e6


def passed_sockets(environment: MutableMapping[str, str] = os.environ) -> list[socket.socket]:
    """
    Take the sockets that systemd passed on, so that no program started from here takes them again.

    Raises ``QuangbaError`` (``kiosk-serve-socket``) for one that does not listen on loopback.
    """
    count, process = environment.pop("LISTEN_FDS", ""), environment.pop("LISTEN_PID", "")
    environment.pop("LISTEN_FDNAMES", None)
    if process != str(os.getpid()) or not count.isdecimal():
        return []
    return [listening(handle) for handle in range(FIRST, FIRST + min(int(count), MOST))]


def listening(handle: int) -> socket.socket:
    """Return a socket by its descriptor; raises as :func:`passed_sockets`."""
    try:
        os.set_inheritable(handle, False)
        stream = socket.socket(fileno=handle)
        listens = stream.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        address = stream.getsockname()
    except OSError as error:
        raise QuangbaError("kiosk-serve-socket", what=error.strerror or error) from error
    internet = stream.family in (socket.AF_INET, socket.AF_INET6)
    if not internet or not listens or address[0] not in ("127.0.0.1", "::1"):
        raise QuangbaError("kiosk-serve-socket", what=address[0] if internet else address)
    return stream
