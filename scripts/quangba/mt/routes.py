"""Routes: which packages lead from one language to another."""

from __future__ import annotations

from collections.abc import Iterable

from packaging.version import InvalidVersion, Version

from quangba.mt.store import Installed

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PIVOT = "en"
"""The language in between where no package goes all the way: most packages have it on one side."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def find_route(
    installed: Iterable[Installed], source: str, target: str
) -> tuple[Installed, ...] | None:
    """
    Return the packages to go through: a direct one, else two over English; None without them.

    Of two versions of a pair the newer one is taken.
    """
    newest: dict[tuple[str, str], Installed] = {}
    for package in sorted(installed, key=version_of):
        newest[package.source, package.target] = package
    direct = newest.get((source, target))
    if direct:
        return (direct,)
    first, second = newest.get((source, PIVOT)), newest.get((PIVOT, target))
    return (first, second) if first and second else None


def version_of(package: Installed) -> tuple[Version, str]:
    """Return what versions are compared by; one that is no version is the oldest."""
    try:
        return Version(package.version), package.version
    except InvalidVersion:
        return Version("0"), package.version
