"""Wrong usage of commands is explained in Vietnamese, with click's own sentence after it."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner, Result

from quangba.cli import commands
from quangba.usage import explained

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CASES = [
    pytest.param("approve a.md", "thiếu tùy chọn “--by”", id="missing-option"),
    pytest.param("approve --by X", "thiếu “PAGE”", id="missing-argument"),
    pytest.param("-f mkdocs.yml", "thiếu tên lệnh", id="missing-command"),
    pytest.param("sync --mends x", "Có phải bạn muốn gõ “--mend”", id="option-like-another"),
    pytest.param("sync --qwertz", "không có tùy chọn “--qwertz”", id="option"),
    pytest.param("sync -x", "không có tùy chọn “-x”", id="letter"),
    pytest.param("check -f x.yml", "hãy gõ: quangba -f …", id="option-of-the-group"),
    pytest.param("aprove a.md", "Có phải bạn muốn gõ “approve”", id="command-like-another"),
    pytest.param("bild", "Có phải bạn muốn gõ “build”", id="command-of-another-module"),
    pytest.param("qwertz", "không có lệnh “qwertz”", id="command"),
    pytest.param("new qwertz", "không có lệnh “qwertz”", id="command-of-a-group"),
    pytest.param("approve a.md b.md --by X", "thừa “b.md”", id="extra-argument"),
    pytest.param("check --hints=1", "“--hints” không nhận giá trị", id="value-of-a-flag"),
    pytest.param("approve a.md --by", "“--by” thiếu giá trị", id="no-value"),
    pytest.param("check --format pdf", "Hãy chọn một trong: “text”", id="choice"),
    pytest.param("review --port x", "cần một số, không phải “x”", id="no-number"),
    pytest.param("review --port 70000", "số trong khoảng 0<=x<=65535", id="range"),
    pytest.param("check -o .", "“.” là thư mục", id="folder"),
]

# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


def run(arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments.split(), prog_name="quangba")


@pytest.mark.parametrize(("arguments", "sentence"), CASES)
def test_vietnamese_comes_first_and_english_after(
    monkeypatch: pytest.MonkeyPatch, arguments: str, sentence: str
) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    result = run(arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    *before, said, english = result.stderr.splitlines()
    # Click does not say of every error in which command it was.
    if before:
        assert before[0].startswith("Cách dùng (usage): quangba ")
        assert before[1].startswith("Hướng dẫn (help): quangba ")
    assert sentence.casefold() in said.casefold()
    assert said.startswith("Lỗi: ")
    assert english.startswith("Error: ")


@pytest.mark.parametrize(("arguments", "sentence"), CASES)
def test_who_reads_english_gets_english_alone(
    monkeypatch: pytest.MonkeyPatch, arguments: str, sentence: str
) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")
    result = run(arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert sentence not in result.stderr
    assert "Lỗi" not in result.stderr


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        pytest.param({"exists": True}, "none", "không thấy “none”", id="missing"),
        pytest.param({"file_okay": False}, __file__, "là tệp", id="file"),
    ],
)
def test_paths(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: dict[str, bool],
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "vi")

    @click.command()
    @click.argument("path", type=click.Path(**kind))
    def take(path: str) -> None:
        """Take a path."""

    with pytest.raises(click.UsageError) as caught, explained():
        take.main([value], prog_name="take", standalone_mode=False)
    caught.value.show()
    assert sentence in capsys.readouterr().err


def test_our_own_sentences_are_said_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    with pytest.raises(click.UsageError) as caught, explained():
        raise click.UsageError("Hãy nêu tên gói.")
    caught.value.show()
    assert capsys.readouterr().err == "Lỗi: Hãy nêu tên gói.\n"


def test_a_group_alone_shows_its_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    result = run("new")
    assert result.exit_code == 2
    assert "Tạo trang mới." in result.output
    assert "Lỗi" not in result.output
