"""Advisories: what is unsafe is found, and foreign or hostile databases prove nothing."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.utils import canonicalize_name
from packaging.version import Version

from quangba.errors import QuangbaError
from quangba.supply import advisories
from quangba.supply.advisories import Affected, Database, Finding, affects, findings, read_database
from quangba.supply.lock import Locked

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LOCKED = [
    Locked(canonicalize_name("mkdocs-material"), "9.8.1", "", ("a" * 64,), 7),
    Locked(canonicalize_name("pillow"), "13.0.0", "", ("b" * 64,), 9),
]


def advisory(**changes: Any) -> dict[str, Any]:
    """Return an advisory about pillow before 13.0.1."""
    events = [{"introduced": "0"}, {"fixed": "13.0.1"}]
    return {
        "id": "GHSA-aaaa-bbbb-cccc",
        "modified": "2026-11-25T08:00:00Z",
        "summary": "Pictures can write beyond their end",
        "affected": [
            {
                "package": {"ecosystem": "PyPI", "name": "Pillow"},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
            }
        ],
        **changes,
    }


def about(*events: dict[str, str], kind: str = "ECOSYSTEM", **more: Any) -> list[dict[str, Any]]:
    """Return what an advisory says about pillow."""
    package = {"ecosystem": "PyPI", "name": "pillow"}
    return [{"package": package, "ranges": [{"type": kind, "events": list(events)}], **more}]


def folder(root: Path, *found: Any) -> Path:
    for number, each in enumerate(found):
        (root / f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
    return root


def audit(root: Path, *found: Any) -> tuple[list[Finding], list[str], Database]:
    database = read_database(folder(root, *found), {each.name for each in LOCKED}, NOW)
    known, unclear = findings(LOCKED, database, NOW)
    return known, [each.code for each in (*database.problems, *unclear)], database


# ----------------------------------------------------------------------------
# What is found
# ----------------------------------------------------------------------------


def test_a_weakness_is_told_with_its_line_and_what_mends_it(tmp_path: Path) -> None:
    (found,), doubts, database = audit(tmp_path, advisory())
    assert doubts == []
    assert database.count == 1
    assert found.problem.text("en") == (
        "requirements.lock:9: pillow 13.0.0 has a known weakness: GHSA-aaaa-bbbb-cccc (Pictures "
        "can write beyond their end). Ask for 13.0.1 or later in pyproject.toml, then run "
        "`make lock`."
    )


def test_one_weakness_under_three_names_is_told_once(tmp_path: Path) -> None:
    (found,), _, _ = audit(
        tmp_path,
        advisory(aliases=["CVE-2026-1"]),
        advisory(id="PYSEC-2026-9", aliases=["CVE-2026-1"], affected=about(
            {"introduced": "0"}, {"fixed": "13.0.2"}
        )),
        advisory(id="CVE-2026-1"),
    )  # fmt: skip
    assert found.names == {"CVE-2026-1", "GHSA-aaaa-bbbb-cccc", "PYSEC-2026-9"}
    assert found.fixed == "13.0.2"


def test_two_weaknesses_are_two(tmp_path: Path) -> None:
    found, _, _ = audit(tmp_path, advisory(), advisory(id="PYSEC-2026-10"))
    assert len(found) == 2


def test_without_a_version_that_mends_it(tmp_path: Path) -> None:
    (found,), _, _ = audit(tmp_path, advisory(affected=about({"introduced": "0"})))
    assert found.problem.code == "supply-unsafe-unfixed"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([{"introduced": "0"}, {"fixed": "13.0.0"}], False),
        ([{"introduced": "0"}, {"fixed": "13.0.0.post1"}], True),
        ([{"introduced": "0"}, {"last_affected": "13.0.0"}], True),
        ([{"introduced": "0"}, {"last_affected": "12.9"}], False),
        ([{"introduced": "13.0.0"}], True),
        ([{"introduced": "13.0.1"}], False),
        ([{"introduced": "14"}, {"introduced": "0"}, {"fixed": "2"}], False),
        ([{"fixed": "2"}, {"introduced": "0"}, {"introduced": "12"}], True),
        ([{"introduced": "0", "fixed": "2"}], False),
        ([{"introduced": "0"}, {"limit": "13"}], False),
        ([{"introduced": "0"}, {"limit": "13"}, {"limit": "*"}], False),
        ([{"introduced": "0"}, {"limit": "*"}], True),
        ([{"introduced": "13.0.0"}, {"fixed": "13.0.0"}], True),
        ([{"introduced": "0"}, {"fixed": "not a version"}], None),
        ([{"introduced": "0"}, {"mended": "2"}], None),
        ([{"fixed": "2"}], None),
        ([], None),
    ],
)
def test_ranges(events: list[dict[str, str]], expected: bool | None) -> None:
    pairs = tuple((kind, value) for event in events for kind, value in event.items())
    assert affects(Affected(canonicalize_name("a"), ranges=(pairs,)), "13.0.0") is expected


VERSIONS = st.builds(
    "{}.{}{}".format,
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from(["", "a1", "rc1", ".post1", ".dev0"]),
)


@settings(max_examples=100, deadline=None)
@given(VERSIONS, VERSIONS, VERSIONS)
def test_a_range_is_what_lies_between(mine: str, begins: str, ends: str) -> None:
    if Version(begins) >= Version(ends):
        begins, ends = ends, begins
    events = (("fixed", ends), ("introduced", begins))
    expected = Version(begins) <= Version(mine) < Version(ends)
    if Version(begins) != Version(ends):
        assert affects(Affected(canonicalize_name("a"), ranges=(events,)), mine) is expected


def test_versions_that_are_named_one_by_one() -> None:
    named = Affected(canonicalize_name("a"), versions=frozenset({"13.0", "weird"}))
    assert affects(named, "13.0.0") is True
    assert affects(named, "13.0.1") is False


# ----------------------------------------------------------------------------
# What does not count
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"withdrawn": "2026-11-20T00:00:00Z"},
        {"affected": []},
        {"affected": [{"package": {"ecosystem": "npm", "name": "pillow"}}]},
        {"affected": [{"package": {"ecosystem": "PyPI", "name": "pillow-heif"}}]},
    ],
    ids=["withdrawn", "nothing", "another ecosystem", "another package"],
)
def test_what_is_not_about_us(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert audit(tmp_path, advisory(**changes))[:2] == ([], [])


def test_withdrawn_tomorrow_counts_today(tmp_path: Path) -> None:
    found, _, _ = audit(tmp_path, advisory(withdrawn="2026-11-27T00:00:00Z"))
    assert len(found) == 1


def test_a_range_of_commits_alone_is_not_clear(tmp_path: Path) -> None:
    commits = about({"introduced": "0"}, kind="GIT")
    assert audit(tmp_path, advisory(affected=commits))[1] == ["supply-advisory-unclear"]


def test_an_unreadable_range_does_not_hide_a_readable_one(tmp_path: Path) -> None:
    both = [*about({"introduced": "zero"}), *about({"introduced": "0"})]
    found, doubts, _ = audit(tmp_path, advisory(affected=both))
    assert (len(found), doubts) == (1, [])


# ----------------------------------------------------------------------------
# How old it is
# ----------------------------------------------------------------------------


def test_the_newest_advisory_is_the_age_also_of_other_packages(tmp_path: Path) -> None:
    other = [{"package": {"ecosystem": "PyPI", "name": "other"}}]
    old = advisory(modified="2020-01-01T00:00:00Z")
    new = advisory(id="B", modified="2026-11-16T12:00:00+07:00", affected=other)
    _, _, database = audit(tmp_path, old, new)
    assert database.age(NOW) == timedelta(days=10, hours=7)


def test_an_advisory_from_the_future_makes_nothing_fresh(tmp_path: Path) -> None:
    _, _, database = audit(tmp_path, advisory(modified="2999-01-01T00:00:00Z"))
    assert (database.count, database.age(NOW)) == (1, None)


def test_other_ecosystems_make_nothing_fresh(tmp_path: Path) -> None:
    npm = [{"package": {"ecosystem": "npm", "name": "x"}}]
    assert audit(tmp_path, advisory(affected=npm))[2].age(NOW) is None


# ----------------------------------------------------------------------------
# Formats
# ----------------------------------------------------------------------------


def test_yaml_as_the_packaging_authority_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "vulns").mkdir()
    text = yaml.safe_dump({**advisory(), "modified": NOW - timedelta(days=1)})
    (tmp_path / "vulns/PYSEC-2026-1.yaml").write_text(text, encoding="utf-8")
    found, doubts, database = audit(tmp_path)
    assert (len(found), doubts, database.age(NOW)) == (1, [], timedelta(days=1))


def test_the_repository_of_the_packaging_authority_as_a_zip_file(tmp_path: Path) -> None:
    """Dates without quotes; beside the advisories lie settings, which are none."""
    text = (
        "id: PYSEC-2026-7\nmodified: 2026-11-20T20:20:18.162431Z\naliases:\n- CVE-2026-7\n"
        "details: Pictures.\n  More of it.\naffected:\n- package:\n    ecosystem: PyPI\n"
        "    name: pillow\n    purl: pkg:pypi/pillow\n  ranges:\n  - type: GIT\n    events:\n"
        '    - introduced: "0"\n    - fixed: 1234567890\n    repo: https://example.test/\n'
        '  - type: ECOSYSTEM\n    events:\n    - introduced: "0"\n    - fixed: 13.0.1\n'
        '  versions:\n  - "0.1"\n  - 0.10.0\n'
    )
    path = tmp_path / "advisory-database-main.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("advisory-database-main/vulns/pillow/PYSEC-2026-7.yaml", text)
        archive.writestr("advisory-database-main/triage/false_positives.yaml", "ids:\n- CVE-1\n")
        archive.writestr("advisory-database-main/.github/workflows/pr.yaml", "on: push\n")
    database = read_database(path, {LOCKED[1].name}, NOW)
    assert database.problems == []
    ((found,), unclear) = findings(LOCKED, database, NOW)
    assert (found.names, found.fixed, unclear) == ({"PYSEC-2026-7", "CVE-2026-7"}, "13.0.1", [])


def test_a_folder_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    scan = os.scandir

    def guarded(path: Any) -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    with pytest.raises(QuangbaError) as caught:
        read_database(tmp_path, set(), NOW)
    assert caught.value.problem.code == "supply-database-wrong"


def test_a_zip_file_is_read_without_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.json", json.dumps(advisory()))
        archive.writestr("/etc/readme.txt", "no advisory")
        archive.writestr(".hidden.json", "{")
    database = read_database(path, {LOCKED[1].name}, NOW)
    assert (database.count, database.problems) == (1, [])
    assert list(tmp_path.iterdir()) == [path]


# ----------------------------------------------------------------------------
# Hostile input
# ----------------------------------------------------------------------------

HOSTILE = {
    "no mapping": b"[]",
    "empty": b"",
    "cut": b'{"id": "A", "mod',
    "not utf-8": b"\xff\xfe{}",
    "deep": b"[" * 100_000,
    "a number without end": b'{"id": ' + b"9" * 10_000 + b"}",
    "no id": json.dumps(advisory(id="")).encode(),
    "no date": json.dumps({**advisory(), "modified": None}).encode(),
    "no such day": json.dumps(advisory(modified="2026-02-30T00:00:00Z")).encode(),
    "first of all days": json.dumps(advisory(modified="0001-01-01T00:00:00+14:00")).encode(),
    "a summary of lists": json.dumps(advisory(summary=[["x"]])).encode(),
    "aliases of numbers": json.dumps(advisory(aliases=[1])).encode(),
    "affected is a text": json.dumps(advisory(affected="pillow")).encode(),
    "a package is a text": json.dumps(advisory(affected=[{"package": "pillow"}])).encode(),
    "a name is a list": json.dumps(
        advisory(affected=[{"package": {"ecosystem": "PyPI", "name": ["pillow"]}}])
    ).encode(),
    "versions of numbers": json.dumps(
        advisory(affected=about({"introduced": "0"}, versions=[13]))
    ).encode(),
    "events of numbers": json.dumps(advisory(affected=about({"introduced": 0}))).encode(),  # type: ignore[dict-item]
    "too large": b'{"id": "' + b"x" * advisories.LARGEST + b'"}',
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_is_said_and_hides_nothing(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "9.json").write_bytes(raw)
    found, doubts, _ = audit(tmp_path, advisory())
    assert (len(found), doubts) == (1, ["supply-advisory-unreadable"])


@pytest.mark.parametrize(
    "text",
    ["a: &a [x]\nb: [*a, *a]", "[" * 300, "!!python/object/apply:os.getcwd []", "a: 1\na: 2", "\t"],
    ids=["aliases", "deep", "code", "twice", "tab"],
)
def test_hostile_yaml(tmp_path: Path, text: str) -> None:
    (tmp_path / "9.yml").write_text(text, encoding="utf-8")
    assert audit(tmp_path)[1] == ["supply-advisory-unreadable"]


def test_words_of_others_cannot_move_the_cursor(tmp_path: Path) -> None:
    evil = "\x1b[2J\x1b[31mAll is well\x07\u202egnp.exe\n"
    changes = {"id": f"A{evil}", "aliases": [evil], "summary": evil * 50}
    (found,), _, _ = audit(tmp_path, advisory(**changes))
    text = found.problem.text("vi")
    assert text.isprintable()
    assert len(text) < 600


def test_braces_in_a_summary_are_no_fields(tmp_path: Path) -> None:
    (found,), _, _ = audit(tmp_path, advisory(summary="{package.__class__} {0} %s"))
    assert "{package.__class__} {0} %s" in found.problem.text("en")


def test_links_and_other_things_than_files_are_passed_by(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(json.dumps(advisory()), encoding="utf-8")
    root = tmp_path / "database"
    root.mkdir()
    (root / "a.json").symlink_to(secret)
    (root / "loop").symlink_to(root)
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "b.json")
    assert read_database(root, {LOCKED[1].name}, NOW).count == 0


@pytest.mark.parametrize("kind", ["missing", "no zip", "cut", "one bit", "password"])
def test_a_database_that_cannot_be_read_as_a_whole(tmp_path: Path, kind: str) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.json", json.dumps(advisory()))
    data = bytearray(raw.getvalue())
    match kind:
        case "no zip":
            data = bytearray(b"<html>404</html>")
        case "cut":
            del data[len(data) // 2 :]
        case "one bit":
            data[60] ^= 1
        case "password":
            data[6] |= 1
            data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "all.zip"
    if kind != "missing":
        path.write_bytes(data)
    with pytest.raises(QuangbaError) as caught:
        read_database(path, set(), NOW)
    expected = "supply-database-missing" if kind == "missing" else "supply-database-wrong"
    assert caught.value.problem.code == expected


def test_a_bomb_is_not_believed_and_not_unfolded(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.json", b" " * (advisories.LARGEST * 4))
    found = read_database(path, set(), NOW)
    assert [each.code for each in found.problems] == ["supply-advisory-unreadable"]


def test_bombs_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, advisory(), advisory(), advisory())
    monkeypatch.setattr(advisories, "LONGEST", 500)
    with pytest.raises(QuangbaError) as caught:
        read_database(tmp_path, set(), NOW)
    assert caught.value.problem.code == "supply-database-wrong"
    monkeypatch.undo()
    monkeypatch.setattr(advisories, "MOST", 2)
    with pytest.raises(QuangbaError):
        read_database(tmp_path, set(), NOW)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = ("id", "modified", "withdrawn", "aliases", "summary", "affected")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FIELDS), JSON, st.booleans())
def test_any_value_in_any_field_is_an_advisory_or_unreadable(
    name: str, value: Any, inside: bool
) -> None:
    data = advisory(**{name: value})
    if inside:
        data = advisory(affected=[{**about({"introduced": "0"})[0], "ranges": value}])
    try:
        found = advisories.parse(json.dumps(data).encode("utf-8", "surrogatepass"), "a.json")
    except advisories.UnreadableError:
        return
    assert all(affects(each, "1.0") in (True, False, None) for each in found.affected)
