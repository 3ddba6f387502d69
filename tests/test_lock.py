"""A fresh clone installs the lock and nothing else: what the package needs must be in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def test_the_lock_holds_every_dependency_in_a_version_that_fits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE):
        locked.setdefault(canonicalize_name(name), set()).add(version)
    unmet = [
        text
        for text in needed
        if (wanted := Requirement(text))
        and not any(map(wanted.specifier.contains, locked.get(canonicalize_name(wanted.name), ())))
    ]
    assert unmet == [], "run `make lock`"
