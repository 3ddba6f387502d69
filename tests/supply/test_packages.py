"""Packages: the lock as pip reads it, which of them the product needs, under which licences."""

from __future__ import annotations

import re
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from quangba.errors import QuangbaError
from quangba.supply import spdx
from quangba.supply.lock import Locked, installed, needed, parse_lock, read_lock, running

ROOT = Path(__file__).parents[2]
HASH = "    --hash=sha256:" + "a" * 64


class Package(Distribution):
    """A package that was never installed."""

    def __init__(self, name: str, *requires: str) -> None:
        lines = [f"Name: {name}", "Version: 1", *(f"Requires-Dist: {each}" for each in requires)]
        self.text = "\n".join(["Metadata-Version: 2.1", *lines])

    def read_text(self, filename: str) -> str | None:
        return self.text if filename == "METADATA" else None

    def locate_file(self, path: object) -> Path:
        raise NotImplementedError


def lock_of(*names: str) -> str:
    return "".join(f"{name}==1 \\\n{HASH}\n" for name in names)


def runs(wanted: list[str], *packages: Package) -> dict[str, set[str]]:
    known = {canonicalize_name(each.name): each for each in packages}
    return dict(running(wanted, list(parse_lock(lock_of(*known))), known))


def test_what_a_package_asks_for_runs_too() -> None:
    found = runs(["A>=1"], Package("a", "b.c"), Package("b-c", "d"), Package("d"), Package("e"))
    assert found == {"a": {"b-c"}, "b-c": {"d"}, "d": set()}


def test_rings_end() -> None:
    assert runs(["a"], Package("a", "b"), Package("b", "a")) == {"a": {"b"}, "b": {"a"}}


def test_an_extra_counts_only_where_it_is_asked_for() -> None:
    a = Package("a", 'b; extra == "fast"')
    assert set(runs(["a"], a, Package("b"))) == {"a"}
    assert set(runs(["a[fast]"], a, Package("b"))) == {"a", "b"}
    assert set(runs(["c", "a"], a, Package("b"), Package("c", "a[fast]"))) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("marker", "counts"),
    [
        ("sys_platform == 'win32'", True),
        ("platform_system == 'Darwin'", True),
        ("python_version >= '3.14'", True),
        ("python_version < '3.10'", False),
        ("sys_platform == 'emscripten'", False),
    ],
)
def test_every_computer_of_ours_counts(marker: str, counts: bool) -> None:
    found = runs([f"a; {marker}"], Package("a"))
    assert bool(found) is counts


def test_what_the_lock_leaves_out_does_not_run() -> None:
    assert runs(["a"], Package("a", "stanza")) == {"a": set()}


@pytest.mark.parametrize(
    "text",
    [
        "a>=1 \\\n" + HASH,
        "a==1.* \\\n" + HASH,
        "a==1,==2 \\\n" + HASH,
        "a==1",
        "a==1 \\\n    --hash=md5:abc",
        "-r other.txt",
        "https://example.test/a.zip",
        "a==1 \\",
    ],
)
def test_a_line_that_pip_would_refuse_is_named(text: str) -> None:
    with pytest.raises(QuangbaError) as caught:
        list(parse_lock(f"# made by hand\n{text}\n"))
    assert (caught.value.problem.code, caught.value.problem.line) == ("supply-lock-line", 2)


def test_our_own_lock() -> None:
    locked = read_lock(ROOT)
    found = running(needed(ROOT), locked, installed())
    names = {each.name for each in locked}
    assert len(names) > len(found) > 50
    # What the program itself imports, and what only tests do.
    assert {"mkdocs", "babel", "nh3", "markupsafe", "certifi", "lxml"} <= set(found)
    assert {"pytest", "playwright", "translate-toolkit"} <= names - set(found)


def test_files_that_are_missing_or_torn(tmp_path: Path) -> None:
    with pytest.raises(QuangbaError, match=r"requirements\.lock"):
        read_lock(tmp_path)
    (tmp_path / "requirements.lock").write_bytes(b"\xff\xfe")
    with pytest.raises(QuangbaError, match=r"requirements\.lock"):
        read_lock(tmp_path)
    for text in ("[project]\n", "project = 1\n", "[[", "[project]\ndependencies = 1\n"):
        (tmp_path / "pyproject.toml").write_text(text)
        with pytest.raises(QuangbaError, match=r"pyproject\.toml"):
            needed(tmp_path)


# ----------------------------------------------------------------------------
# Licences
# ----------------------------------------------------------------------------


def locked(*names: str) -> list[Locked]:
    return [Locked(canonicalize_name(name), "1", "", ("a" * 64,), 1) for name in names]


class Licensed(Package):
    """A package with these lines in its metadata."""

    def __init__(self, name: str, *lines: str) -> None:
        super().__init__(name)
        self.text = "\n".join([self.text, *lines])


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("License-Expression: apache-2.0 or MIT",), "Apache-2.0 OR MIT"),
        (("License: BSD-3-Clause",), "BSD-3-Clause"),
        (("License: MIT License", "Classifier: License :: OSI Approved :: MIT License"), "MIT"),
        (("License: UNKNOWN", "Classifier: License :: OSI Approved :: BSD License"), None),
        (("License: See the file",), None),
        ((), None),
    ],
)
def test_how_packages_say_it(lines: tuple[str, ...], found: str | None) -> None:
    assert spdx.licence_of(Licensed("a", *lines)) == found


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("AGPL-3.0-or-later", "supply-licence-refused"),
        ("MIT AND GPL-3.0-only", "supply-licence-refused"),
        ("LicenseRef-Proprietary", "supply-licence-refused"),
        ("Do what you like", "supply-licence-unclear"),
    ],
)
def test_what_is_refused(terms: str, code: str) -> None:
    packages = {canonicalize_name("a"): Licensed("a", f"License-Expression: {terms}")}
    (problem,) = spdx.package_problems(locked("a"), packages)
    assert problem.code == code


def test_a_package_that_is_missing_or_another_version() -> None:
    other = Licensed("b", "License-Expression: MIT")
    other.text = other.text.replace("Version: 1", "Version: 2")
    problems = spdx.package_problems(locked("a", "b"), {canonicalize_name("b"): other})
    assert [each.code for each in problems] == ["supply-not-installed"] * 2


def test_what_we_run_with_is_accepted_and_nothing_is_accepted_in_vain() -> None:
    everything, known = read_lock(ROOT), installed()
    runs = running(needed(ROOT), everything, known)
    mine = [each for each in everything if each.name in runs]
    assert [each.text("en") for each in spdx.package_problems(mine, known)] == []
    expressions = [spdx.licence_of(known[each.name]) or "" for each in mine]
    used = {word for each in expressions for word in re.findall(r"[\w.-]+", each)}
    assert used >= spdx.ACCEPTED
    for name in spdx.READ:
        package = known[canonicalize_name(name)]
        said = package.metadata.get_all("License-Expression")
        assert name in runs
        assert said is None
