"""The commands of the glossary: check, import and export, with good and bad files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quangba.catalogs.terms import read_csv
from quangba.cli_glossary import glossary
from quangba.errors import QuangbaError
from support import make_site

HEADER = "vi,en,zh,ja,ko,fr,kind,rule,case,french,note\n"
OURS = HEADER + "vịnh Hạ Long,Ha Long Bay,下龙湾,,,baie d’Ha Long,place,required,x,f,UNESCO\n"

Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    make_site(tmp_path, {"content/index.md": "# Chào\n"})
    path = tmp_path / "locales" / "glossary.csv"
    path.parent.mkdir()
    path.write_text(OURS, encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def command(*arguments: object, language: str = "en") -> Result:
        monkeypatch.setenv("QUANGBA_LANG", language)
        arguments = tuple(map(str, arguments))
        return CliRunner().invoke(glossary, arguments, obj=str(tmp_path / "mkdocs.yml"))

    return command


def given(tmp_path: Path, rows: str, name: str = "new.csv") -> Path:
    path = tmp_path / name
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def code_of(result: Result) -> str:
    """Return the code of the error that cli.main() shows."""
    assert isinstance(result.exception, QuangbaError)
    return result.exception.problem.code


def test_check_counts_terms_and_finds_every_error(file: Path, run: Run) -> None:
    assert "1 terms (required 1, keep 0, forbidden 0), 0 errors" in run("check").output
    file.write_text(OURS + ",x,,,,,,nope,,,\nchợ nổi,=1,,,,,,required,,,\n", encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert "locales/glossary.csv:3: " in result.output
    assert "locales/glossary.csv:4: " in result.output
    assert "lỗi" in run("check", language="vi").output


def test_check_without_a_glossary(file: Path, run: Run) -> None:
    file.unlink()
    result = run("check")
    assert (result.exit_code, result.output[:8]) == (0, "0 terms ")


def test_import_adds_what_is_new(tmp_path: Path, file: Path, run: Run) -> None:
    new = given(tmp_path, "chợ nổi,floating market,,,,,,required,,,\n" + OURS.splitlines()[1])
    result = run("import", new)
    assert result.exit_code == 0, result.output
    assert "1 added, 0 replaced, 1 the same, 0 kept" in result.output
    assert file.read_text(encoding="utf-8") == OURS + "chợ nổi,floating market,,,,,,required,,,\n"
    before = file.stat().st_mtime_ns
    assert "0 added, 0 replaced, 2 the same" in run("import", new).output
    assert file.stat().st_mtime_ns == before


def test_import_reports_conflicts_and_overwrites_only_when_told(
    tmp_path: Path, file: Path, run: Run
) -> None:
    new = given(tmp_path, "Vịnh Hạ Long,Halong Bay,下龙湾,,,,place,required,x,,\n")
    result = run("import", new)
    assert result.exit_code == 0
    assert "new.csv:2: “Vịnh Hạ Long” is in the glossary already" in result.output
    assert "(vi, en, fr, french, note)" in result.output
    assert file.read_text(encoding="utf-8") == OURS
    assert "1 replaced" in run("import", new, "--overwrite").output
    assert "Halong Bay" in file.read_text(encoding="utf-8")
    assert "Ha Long Bay" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("chợ nổi,=1+1 market,,,,,,required,,,", id="formula"),
        pytest.param(",x market,,,,,,required,,,", id="no-vi"),
        pytest.param(",,下龙湾,,,,,forbidden,,,", id="forbids-what-we-ask-for"),
        pytest.param("bể | vịnh Hạ Long,tank,,,,,,required,x,,", id="form-of-another-row"),
    ],
)
def test_an_unsound_import_writes_nothing(tmp_path: Path, file: Path, run: Run, row: str) -> None:
    result = run("import", given(tmp_path, "chợ nổi,floating market,,,,,,required,,,\n" + row))
    assert result.exit_code == 1
    assert "Nothing was written" in result.output
    assert file.read_text(encoding="utf-8") == OURS


def test_import_of_files_that_cannot_be_used(tmp_path: Path, file: Path, run: Run) -> None:
    assert code_of(run("import", tmp_path / "no.csv")) == "file-missing"
    assert code_of(run("import", tmp_path / "terms.xlsx")) == "glossary-format"
    (tmp_path / "folder.csv").mkdir()
    assert code_of(run("import", tmp_path / "folder.csv")) == "file-unreadable"
    (tmp_path / "bad.tbx").write_text("<!DOCTYPE a><tbx/>", encoding="utf-8")
    result = run("import", tmp_path / "bad.tbx")
    assert result.exit_code == 1
    assert "DOCTYPE" in result.output


@pytest.mark.parametrize("name", ["terms.tbx", "terms.csv"])
def test_export_and_import_into_an_empty_site(
    tmp_path: Path, file: Path, run: Run, name: str
) -> None:
    rows = "GRDP,,,,,,,keep,x,,\n,Halong,,,,,,forbidden,,,cũ\n"
    file.write_text(OURS + rows, encoding="utf-8")
    assert "3 terms in" in run("export", tmp_path / name).output
    file.unlink()
    assert "3 added" in run("import", tmp_path / name).output
    assert file.read_text(encoding="utf-8") == OURS + rows


def test_further_languages_are_kept(tmp_path: Path, file: Path, run: Run) -> None:
    new = tmp_path / "german.csv"
    new.write_text("vi,de,rule\nchợ nổi,schwimmender Markt,required\n", encoding="utf-8")
    run("import", new)
    table = read_csv(file.read_bytes(), "g.csv")
    assert table.languages[-1] == "de"
    assert table.terms[1].forms["de"] == ("schwimmender Markt",)
    assert table.terms[0].forms["en"] == ("Ha Long Bay",)


def test_export_of_a_broken_glossary_and_to_a_wrong_place(
    tmp_path: Path, file: Path, run: Run
) -> None:
    assert code_of(run("export", tmp_path / "terms.txt")) == "glossary-format"
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    assert code_of(run("export", tmp_path / "a-file" / "terms.csv")) == "file-unwritable"
    file.write_text("vi,rule\nx,required\n", encoding="utf-8")
    assert run("export", tmp_path / "terms.csv").exit_code == 1
    assert not (tmp_path / "terms.csv").exists()
