"""
Licences of packages, as SPDX expressions, and which of them we accept.

Packages say their licence in three ways: ``License-Expression`` (PEP 639), ``License`` (any words)
and classifiers (a closed list, some entries of which are ambiguous). What none of them says exactly
stands in :data:`READ`, from the licence text that the package itself carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import NormalizedName, canonicalize_name

from quangba.errors import Problem
from quangba.supply.lock import LOCK, Locked

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ACCEPTED = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "MIT",
        "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
    }
)  # fmt: skip
"""
SPDX names of licences that a package we run with may have.

They ask for no more than keeping their notices; MPL-2.0 binds changes to its own files too, and we
change none. Licences that would bind the whole product or those who serve it (GPL, AGPL, SSPL), or
that permit some purposes only, are not here.
"""

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Classifiers that mean one licence. “BSD License” does not: it may be two clauses or three."""

READ = {
    "colorama": "BSD-3-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "resvg-py": "MIT",
    "segno": "BSD-3-Clause",
}
"""Read by us in the licence file of the package, because its metadata do not say it exactly."""

TOKEN = re.compile(r"\(|\)|[^\s()]+")

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def licence_of(package: Distribution) -> str | None:
    """Return the licence of an installed package as an SPDX expression; None when it is unclear."""
    for field in ("License-Expression", "License"):
        for given in package.metadata.get_all(field) or ():
            found = canonical(given)
            if found:
                return found
    names = [
        each.rpartition(" :: ")[2]
        for each in package.metadata.get_all("Classifier") or ()
        if each.startswith("License :: OSI Approved :: ")
    ]
    if names and all(name in CLASSIFIERS for name in names):
        return " AND ".join(sorted({CLASSIFIERS[name] for name in names}))
    return READ.get(canonicalize_name(package.name))


def package_problems(
    locked: Iterable[Locked], known: Mapping[NormalizedName, Distribution]
) -> list[Problem]:
    """Report packages that are not installed as locked, or whose licence is unclear or refused."""
    packages = list(locked)
    versions: dict[NormalizedName, set[str]] = {}
    for each in packages:
        versions.setdefault(each.name, set()).add(each.version)
    problems = []
    for each in packages:
        package = known.get(each.name)
        values: dict[str, object] = {"package": each.name, "version": each.version}
        # Where a lock has two versions, each for other computers, one of them is here.
        if package is None or package.version not in versions[each.name]:
            problems.append(Problem.at("supply-not-installed", LOCK, each.line, **values))
            continue
        terms = licence_of(package)
        if terms is None:
            problems.append(Problem.at("supply-licence-unclear", LOCK, each.line, **values))
        elif not accepted(terms):
            problems.append(
                Problem.at("supply-licence-refused", LOCK, each.line, licence=terms, **values)
            )
    return problems


def canonical(expression: str) -> str | None:
    """
    Return an SPDX expression as SPDX writes it; None for anything else.

    >>> canonical('apache-2.0 or MIT'), canonical('Apache License, Version 2')
    ('Apache-2.0 OR MIT', None)
    """
    try:
        # A long text is the licence itself, not its name.
        return canonicalize_license_expression(expression) if 0 < len(expression) < 200 else None
    except InvalidLicenseExpression:
        return None


def accepted(expression: str) -> bool:
    """
    Tell whether we may run with something under this canonical expression.

    Of licences joined by OR one suffices; of those joined by AND, which binds tighter, all count.

    >>> accepted('Apache-2.0 OR GPL-2.0-or-later'), accepted('MIT AND AGPL-3.0-only')
    (True, False)
    >>> accepted('(MIT OR AGPL-3.0-only) AND Zlib')
    True
    """
    return either(TOKEN.findall(expression)[::-1])


def either(tokens: list[str]) -> bool:
    """Judge what stands around OR; ``tokens`` are taken from their end."""
    holds = every(tokens)
    while tokens and tokens[-1] == "OR":
        tokens.pop()
        holds |= every(tokens)
    return holds


def every(tokens: list[str]) -> bool:
    """Judge what stands around AND."""
    holds = one(tokens)
    while tokens and tokens[-1] == "AND":
        tokens.pop()
        holds &= one(tokens)
    return holds


def one(tokens: list[str]) -> bool:
    """Judge one licence, with its exception, or one pair of brackets."""
    name = tokens.pop()
    if name == "(":
        holds = either(tokens)
        tokens.pop()
        return holds
    if tokens and tokens[-1] == "WITH":
        # Exceptions only permit more, but we accept a licence by its whole name.
        tokens.pop()
        tokens.pop()
    return name in ACCEPTED
