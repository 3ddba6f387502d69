"""Licences of files: every file has one, every rule has a file, every foreign work is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quangba.errors import QuangbaError
from quangba.supply.parts import read_parts, unlisted
from quangba.supply.reuse import read_statements, reuse_problems, shipped_files, statement_for

ROOT = Path(__file__).parents[2]
ENTRY = """
[[annotations]]
path = {path!r}
SPDX-FileCopyrightText = "2026 A"
SPDX-License-Identifier = {licence!r}
"""


def project(root: Path, entries: list[tuple[str, str]], *files: str) -> Path:
    """Write a small project."""
    text = "version = 1\n" + "".join(ENTRY.format(path=p, licence=t) for p, t in entries)
    (root / "REUSE.toml").write_text(text, encoding="utf-8")
    for name in ("LICENSES/MIT.txt", "LICENSES/CC-BY-4.0.txt", *files):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return root


def told(root: Path) -> list[tuple[str, str]]:
    return [(each.code, each.file) for each in reuse_problems(root, read_statements(root))]


# ----------------------------------------------------------------------------
# Our own files
# ----------------------------------------------------------------------------


def test_every_file_has_a_licence_and_every_rule_a_file() -> None:
    assert [each.text("en") for each in reuse_problems(ROOT, read_statements(ROOT))] == []


def test_tests_and_settings_have_one_too() -> None:
    statements = read_statements(ROOT)
    files = ["Makefile", "README.md", ".ci/run", ".github/workflows/site.yml", "LICENSES/MIT.txt"]
    files += [p.relative_to(ROOT).as_posix() for p in (ROOT / "tests").rglob("*.*")]
    assert [file for file in files if statement_for(file, statements) is None] == []


@pytest.mark.parametrize("name", ["woff2", "LICENSE.txt", "OFL.txt"])
def test_foreign_works_do_not_count_as_ours(name: str) -> None:
    """The wide entries at the beginning of REUSE.toml must not swallow them."""
    statements = read_statements(ROOT)
    files = [file for file in shipped_files(ROOT) if file.endswith(name)]
    assert files
    for file in files:
        found = statement_for(file, statements)
        assert found is not None
        assert not any("Quảng Bá" in holder for holder in found.holders), file


def test_every_foreign_work_says_what_it_is() -> None:
    ours = "Quảng Bá"
    foreign = [
        part
        for part in read_parts(ROOT, read_statements(ROOT))
        if not any(ours in holder for holder in part.holders) and not part.file.endswith(".txt")
    ]
    assert [part.file for part in foreign if part.work is None] == []
    assert {part.work.name for part in foreign if part.work} == {
        "Be Vietnam Pro",
        "Material Design Icons",
        "MiniSearch",
        "Noto Sans JP",
        "Noto Sans KR",
        "Noto Sans SC",
    }
    # The licence lies beside each of them; that of the icons in the package that brings them.
    for part in foreign:
        if part.group != "icons":
            folder = (ROOT / part.file).parent
            assert [*folder.glob("OFL.txt"), *folder.glob("*LICENSE*")], part.file


def test_the_page_of_licences_names_the_licences_of_what_readers_get() -> None:
    page = (ROOT / "content/about/licences.md").read_text(encoding="utf-8")
    groups = ("shared", "portal", "pictures", "data")
    parts = [each for each in read_parts(ROOT, read_statements(ROOT)) if each.group in groups]
    words = {"CC-BY-4.0": "CC BY 4.0", "OFL-1.1": "SIL Open Font License", "MIT": "MIT"}
    for terms in {part.licence for part in parts}:
        assert words[terms] in page
    faces = {part.work.name for part in parts if part.work and part.file.endswith(".woff2")}
    assert all(face in page for face in faces)


def test_fonts_are_those_whose_source_is_written_down() -> None:
    """SOURCES.md says where each file is from; its list and the folder must agree."""
    folder = ROOT / "scripts/quangba/media/fonts"
    listed = re.findall(
        r"^\| `([\w-]+\.woff2)` \|", (folder / "SOURCES.md").read_text("utf-8"), re.M
    )
    assert sorted(listed) == sorted(path.name for path in folder.glob("*.woff2"))


# ----------------------------------------------------------------------------
# REUSE.toml
# ----------------------------------------------------------------------------


def test_a_file_without_a_rule_and_a_rule_without_a_file(tmp_path: Path) -> None:
    project(
        tmp_path,
        [("content/*.svg", "MIT"), ("overrides/**", "MIT"), ("tests/**", "MIT")],
        "content/a.svg",
        "content/deep/b.svg",
        "content/__pycache__/c.pyc",
    )
    assert told(tmp_path) == [
        ("supply-no-licence", "content/deep/b.svg"),
        ("supply-licence-idle", "REUSE.toml"),
        ("supply-licence-idle", "REUSE.toml"),
    ]


def test_the_last_rule_counts(tmp_path: Path) -> None:
    project(tmp_path, [("content/**", "MIT"), ("content/a.svg", "CC-BY-4.0")], "content/a.svg")
    found = statement_for("content/a.svg", read_statements(tmp_path))
    assert found is not None
    assert found.licence == "CC-BY-4.0"


def test_a_licence_needs_its_text(tmp_path: Path) -> None:
    project(tmp_path, [("content/**", "MIT OR OFL-1.1")], "content/a.svg")
    assert told(tmp_path) == [("supply-licence-text", "REUSE.toml")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "annotations = 1",
        "annotations = [1]",
        "[[annotations]]\npath = 'a'\nSPDX-License-Identifier = 'MIT'",
        ENTRY.format(path="", licence="MIT"),
        ENTRY.format(path="a", licence="My own terms"),
        "[[annotations",
        "\ud800",
    ],
)
def test_a_table_that_says_too_little_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "REUSE.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(QuangbaError, match=r"REUSE\.toml"):
        read_statements(tmp_path)


def test_a_picture_whose_licences_differ(tmp_path: Path) -> None:
    project(tmp_path, [("content/**", "CC-BY-4.0")], "content/a.svg", "content/b.svg")
    sidecar = tmp_path / "content/a.svg.yml"
    sidecar.write_text("author: B\nlicence: CC BY 4.0\nsource: x\n", encoding="utf-8")
    a, b = read_parts(tmp_path, read_statements(tmp_path))
    assert (a.file, a.licence, a.holders) == ("content/a.svg", "CC-BY-4.0", ("B",))
    assert (b.file, b.holders) == ("content/b.svg", ("2026 A",))
    sidecar.write_text("author: B\nlicence: CC BY-NC 4.0\nsource: x\n", encoding="utf-8")
    with pytest.raises(QuangbaError, match=r"CC BY-NC 4\.0"):
        read_parts(tmp_path, read_statements(tmp_path))


def test_a_font_that_is_none(tmp_path: Path) -> None:
    project(tmp_path, [("overrides/**", "MIT")], "overrides/shared/assets/a.woff2")
    with pytest.raises(QuangbaError, match=r"a\.woff2"):
        read_parts(tmp_path, read_statements(tmp_path))


# ----------------------------------------------------------------------------
# Built sites
# ----------------------------------------------------------------------------


def test_what_somebody_put_into_a_built_site_is_found(tmp_path: Path) -> None:
    parts = read_parts(ROOT, read_statements(ROOT))
    site = tmp_path / "portal"
    copies = ["assets/javascripts/minisearch.js", "assets/mark.svg"]
    for name in copies:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes((ROOT / "overrides/shared" / name).read_bytes())
    for name in ("index.html", "ja/cards/visit/co-to.jpg", "search/index.js", "_headers"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(b"made")
    assert list(unlisted(site, parts)) == []
    (site / "assets/javascripts/minisearch.js").write_bytes(b"evil()")
    (site / "assets/javascripts/counter.js").write_bytes(b"spy()")
    (site / "search/.hidden.js").write_bytes(b"spy()")
    assert [each.file for each in unlisted(site, parts)] == [
        "portal/assets/javascripts/counter.js",
        "portal/assets/javascripts/minisearch.js",
        "portal/search/.hidden.js",
    ]


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(QuangbaError):
        list(unlisted(tmp_path, []))
