"""The list of what is shipped: valid, whole, the same for the same commit, and its commands."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from quangba.cli import commands
from quangba.errors import QuangbaError
from quangba.supply.sbom import described, schema_problems

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    config = str(ROOT / "mkdocs.yml")
    return CliRunner().invoke(commands, ["-f", config, "supply", *arguments])


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the list of our own product, dated by hand."""
    path = tmp_path_factory.mktemp("list") / "sbom.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795000000")
        result = run("sbom", "-o", str(path))
    assert result.exit_code == 0, result.output
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    return data


def flat(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for top in components for each in (top, *flat(top.get("components", [])))]


def test_it_is_dated_numbered_and_valid(text: str, found: dict[str, Any]) -> None:
    assert schema_problems(text) == []
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert found["metadata"]["timestamp"] == "2026-11-18T11:06:40+00:00"
    assert UUID(found["serialNumber"]).version == 5


def test_it_is_the_same_every_time(text: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    run("sbom", "-o", str(tmp_path / "again.json"))
    assert (tmp_path / "again.json").read_text(encoding="utf-8") == text
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000001")
    run("sbom", "-o", str(tmp_path / "later.json"))
    later = json.loads((tmp_path / "later.json").read_text(encoding="utf-8"))
    assert later["serialNumber"] != json.loads(text)["serialNumber"]


def test_it_says_which_commit_it_describes(found: dict[str, Any]) -> None:
    said = {each["name"]: each["value"] for each in found["metadata"]["component"]["properties"]}
    assert re.fullmatch("[0-9a-f]{40}", said["quangba:commit"])
    assert said["quangba:changed"] in ("true", "false")


def test_without_a_commit_the_date_has_to_be_given(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with pytest.raises(QuangbaError):
        described(tmp_path)
    for wrong in ("today", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(QuangbaError):
            described(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert described(tmp_path) == (datetime(1970, 1, 1, tzinfo=UTC), [])


def test_the_schema_refuses_what_is_wrong(found: dict[str, Any]) -> None:
    assert schema_problems(json.dumps({**found, "version": "x"}))
    wrong = {**found["components"][0], "licenses": [{"license": {"id": "No such licence"}}]}
    assert schema_problems(json.dumps({**found, "components": [wrong]}))


def test_packages_have_a_licence_and_the_hashes_of_the_lock(found: dict[str, Any]) -> None:
    packages = [each for each in found["components"] if "pkg:pypi/" in each.get("purl", "")]
    assert len(packages) > 50
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for each in packages:
        assert each["licenses"], each["name"]
        (distribution,) = each["externalReferences"]
        assert distribution["hashes"]
        assert all(f"sha256:{digest['content']}" in lock for digest in distribution["hashes"])
    assert not any(each["name"] in ("pytest", "axe-playwright-python") for each in packages)


def test_makers_are_named_without_their_mail_addresses(found: dict[str, Any]) -> None:
    by_name = {each["name"]: each for each in found["components"]}
    assert by_name["nh3"]["publisher"] == "messense"
    assert by_name["babel"]["publisher"].startswith("Armin Ronacher")
    publishers = [each.get("publisher", "") for each in found["components"]]
    assert [each for each in publishers if re.search(r"\w@\w", each)] == []
    assert found["metadata"]["authors"] == [{"name": "Nhóm dự án Quảng Bá"}]


def test_files_are_those_on_the_disk(found: dict[str, Any]) -> None:
    files = [each for each in flat(found["components"]) if each["type"] == "file"]
    assert len({each["bom-ref"] for each in files}) == len(files) > 100
    for each in files:
        path = ROOT / each["name"]
        if path.exists():
            (digest,) = each["hashes"]
            assert digest["content"] == hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            assert each["name"].startswith("material/templates/.icons/")
        assert each["licenses"]
        assert each["copyright"]


def test_every_font_picture_script_and_style_is_on_it(found: dict[str, Any]) -> None:
    listed = {each["name"] for each in flat(found["components"])}
    for top in ("overrides", "scripts/quangba/media/fonts", "scripts/quangba/desk/static"):
        paths = [
            p for p in (ROOT / top).rglob("*") if p.suffix in {".woff2", ".js", ".css", ".svg"}
        ]
        assert paths
        assert {path.relative_to(ROOT).as_posix() for path in paths} <= listed
    assert {p.relative_to(ROOT).as_posix() for p in (ROOT / "content").rglob("*.svg")} <= listed


def test_works_of_others_have_a_version(found: dict[str, Any]) -> None:
    works = {each["name"]: each for each in found["components"] if each.get("copyright")}
    assert works["Be Vietnam Pro"]["version"] == "1.002"
    assert works["Noto Sans SC"]["licenses"] == [{"license": {"id": "OFL-1.1"}}]
    assert works["MiniSearch"]["purl"] == "pkg:npm/minisearch@7.2.0"


def test_everything_hangs_together(found: dict[str, Any]) -> None:
    tree = {each["ref"]: set(each.get("dependsOn", [])) for each in found["dependencies"]}
    names = {each["bom-ref"] for each in found["components"]}
    assert tree["quangba"] == names
    assert set().union(*tree.values()) <= names
    flask = next(each for each in names if each.startswith("pkg:pypi/flask@"))
    assert any("pkg:pypi/werkzeug@" in each for each in tree[flask])


# ----------------------------------------------------------------------------
# Commands
# ----------------------------------------------------------------------------


def test_a_site_with_a_foreign_file_writes_no_list(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x")
    (tmp_path / "counter.js").write_text("spy()")
    result = run("sbom", "--site", str(tmp_path), "-o", str(tmp_path / "list.json"))
    assert result.exit_code == 1
    assert "counter.js" in result.output
    assert not (tmp_path / "list.json").exists()


def test_licences_are_judged_by_a_command() -> None:
    result = run("licences")
    assert result.exit_code == 0, result.output


def database(root: Path, days: int, name: str = "other") -> str:
    entry = {
        "id": "GHSA-x",
        "modified": (datetime.now(UTC) - timedelta(days=days)).isoformat(),
        "affected": [{"package": {"ecosystem": "PyPI", "name": name}, "versions": ["1"]}],
    }
    if name != "other":
        entry["affected"] = [
            {
                "package": {"ecosystem": "PyPI", "name": name},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
            }
        ]
    (root / "a.json").write_text(json.dumps(entry), encoding="utf-8")
    return str(root)


def test_an_audit_without_a_database_says_nothing_good() -> None:
    result = run("audit")
    assert result.exit_code == 3
    assert "--database" in result.output


@pytest.mark.parametrize(("days", "code"), [(0, 0), (29, 0), (31, 3), (4000, 3)])
def test_an_audit_trusts_a_database_for_a_month(tmp_path: Path, days: int, code: int) -> None:
    result = run("audit", "--database", database(tmp_path, days))
    assert result.exit_code == code, result.output
    assert f"{days} ngày" in result.output or f"{days} days" in result.output


def test_a_weakness_counts_however_old_the_database_is(tmp_path: Path) -> None:
    result = run("audit", "--database", database(tmp_path, 4000, "MarkupSafe"))
    assert result.exit_code == 1
    assert "markupsafe" in result.output


def test_doubts_are_no_good_news(tmp_path: Path) -> None:
    path = database(tmp_path, 0)
    (tmp_path / "b.json").write_text("{")
    assert run("audit", "--database", path).exit_code == 3


def test_an_empty_database_is_no_good_news(tmp_path: Path) -> None:
    assert run("audit", "--database", str(tmp_path)).exit_code == 3
