"""Refusal: why a release is not taken."""

from __future__ import annotations

from quangba.errors import QuangbaError


class Refusal(QuangbaError):  # noqa: N818 (the release is refused, nothing failed)
    """Raised for a release that a device does not take; another one on the stick may be sound."""
