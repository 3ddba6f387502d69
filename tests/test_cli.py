"""The command line: good and bad input, in Vietnamese by default, and never a traceback."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from quangba.cli import main
from quangba.files import write_bytes
from quangba.source.skeletons import PLACEHOLDERS

UNITS = "so-du-lich:\n  name: Sở Du lịch\n  contact: Ban biên tập\n"
PAGE = """---
title: Cô Tô
description: Đảo Cô Tô ở ngoài khơi.
type: article
lead: Đảo xa bờ.
owner: so-du-lich
classification: public
reviewed_on: 2026-11-22
---
Tàu rời bến lúc tám giờ sáng.

Vé mua tại cảng.
"""
ENGLISH = {
    "Cô Tô": "Co To",
    "Đảo Cô Tô ở ngoài khơi.": "Co To island lies off the coast.",
    "Đảo xa bờ.": "An island far from the shore.",
    "Tàu rời bến lúc tám giờ sáng.": "The boat leaves at eight in the morning.",
    "Vé mua tại cảng.": "Buy tickets at the port.",
}
VIETNAMESE = re.compile("[ăđơưạảấầẩậắặẻẹếềểễệịỉọỏốồổộớờởợụủứừửựỳỷỹ]")


class Shell:
    """Runs commands in a site's folder."""

    def __init__(self, root: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.root, self.capture = root, capture

    def __call__(self, *arguments: str) -> tuple[int, str]:
        """Return exit code and everything that was printed."""
        sys.argv = ["quangba", *arguments]
        self.capture.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        out, err = self.capture.readouterr()
        assert "Traceback" not in out + err
        assert isinstance(code, int)
        return code, out + err


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    for name in ("QUANGBA_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setattr(sys, "argv", [])
    languages = [
        {"locale": code, "name": code, "default": code == "vi", "build": True}
        for code in ("vi", "en", "ja")
    ]
    i18n = {"docs_structure": "suffix", "fallback_to_default": True, "languages": languages}
    options = {"gate": True, "sample": True, "front_matter": ["title", "description", "lead"]}
    config = {
        "site_name": "Quảng Ninh",
        "docs_dir": "content",
        "theme": {"name": "mkdocs"},
        "plugins": [{"i18n": i18n}, {"quangba": options}],
        "nav": [{"Đảo": ["visit/co-to.md"]}],
    }
    files = {
        "mkdocs.yml": yaml.safe_dump(config, allow_unicode=True),
        "content/_data/units.yml": UNITS,
        "content/visit/co-to.md": PAGE,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


def po(shell: Shell, language: str = "en") -> Path:
    return shell.root / f"locales/{language}/LC_MESSAGES/visit/co-to.po"


def translate(shell: Shell, language: str = "en") -> None:
    path = po(shell, language)
    text = path.read_text(encoding="utf-8")
    for source, target in ENGLISH.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    path.write_text(text, encoding="utf-8")


# ----------------------------------------------------------------------------
# Good input
# ----------------------------------------------------------------------------


def test_sync_says_what_it_did_and_then_nothing(shell: Shell) -> None:
    code, text = shell("sync")
    assert code == 0
    assert "en: mới" in text
    assert "Đã ghi" in text
    assert "Không có gì thay đổi." in shell("sync")[1]


def test_sync_in_english(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")
    assert "files written." in shell("sync")[1]
    assert "Nothing changed." in shell("sync")[1]


def test_status_and_check(shell: Shell) -> None:
    shell("sync")
    code, text = shell("status")
    assert (code, "visit/co-to.md" in text, "bị giữ lại" in text) == (0, True, True)
    code, text = shell("check")
    assert code == 1
    assert "content/visit/co-to.md: lỗi: trang chưa được duyệt." in text


@pytest.mark.parametrize(
    "name", ["visit/co-to.md", "content/visit/co-to.md", "./content/visit/co-to.md"]
)
def test_approve_and_withdraw(shell: Shell, name: str) -> None:
    shell("sync")
    assert shell("approve", name, "--by", "Chị Hoa", "--document", "12/TB") == (
        0,
        "Đã duyệt visit/co-to.md.\n",
    )
    assert shell("check")[0] == 0
    assert "được phát hành" in shell("status")[1]
    assert shell("withdraw", name, "--by", "Anh Ba", "--reason", "sai")[0] == 0
    assert "đã rút" in shell("status")[1]


def test_an_official_approval_stands_on_a_document(shell: Shell) -> None:
    config = shell.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("sample: true", "sample: false"), "utf-8")
    approval = shell.root / "content/_data/approvals/visit/co-to.yml"
    for given in ([], ["--document", " "]):
        code, text = shell("approve", "visit/co-to.md", "--by", "Chị Hoa", *given)
        assert code == 1
        assert "content/visit/co-to.md: thiếu số văn bản" in text
        assert not approval.exists()
    given = ["--by", "Chị Hoa", "--document", "12/QĐ"]
    assert shell("approve", "visit/co-to.md", *given)[0] == 0
    assert "role: official" in approval.read_text("utf-8")


def test_approve_a_translation(shell: Shell) -> None:
    shell("sync")
    code, text = shell("approve", "visit/co-to.md", "--lang", "en", "--by", "Chị Hoa")
    assert code == 1
    assert "còn lại 5" in text
    translate(shell)
    code, text = shell("approve", "visit/co-to.md", "--lang", "en", "--by", "Chị Hoa")
    assert code == 0
    assert "xác nhận 5 đoạn" in text
    assert po(shell).read_text(encoding="utf-8").count("# reviewed: Chị Hoa 20") == 5
    assert "trước đó 5" in shell("approve", "visit/co-to.md", "--lang", "en", "--by", "X")[1]


def test_a_draft_that_nobody_accepted_and_a_wrong_number_are_left(shell: Shell) -> None:
    shell("sync")
    translate(shell)
    path = po(shell)
    text = path.read_text(encoding="utf-8").replace("at eight in", "at nine in")
    text = text.replace('msgid "Vé mua', '#, fuzzy\nmsgid "Vé mua')
    path.write_text(text, encoding="utf-8")
    code, said = shell("approve", "visit/co-to.md", "--lang", "en", "--by", "Chị Hoa")
    assert code == 1
    assert "xác nhận 3 đoạn" in said
    assert "còn lại 2" in said
    left = path.read_text(encoding="utf-8").split("\n\n")
    assert all("# reviewed" not in each for each in left if "nine" in each or "Vé mua" in each)


def test_approve_waits_for_no_one_and_overwrites_no_one(shell: Shell) -> None:
    from quangba.catalogs.workspace import Workspace
    from quangba.settings import load_settings

    shell("sync")
    with Workspace(load_settings()).alone():
        code, text = shell("approve", "visit/co-to.md", "--lang", "en", "--by", "Chị Hoa")
        assert code == 1
        assert "đang chạy" in text
        assert shell("sync")[0] == 1


def test_a_name_of_two_lines_breaks_no_catalog(shell: Shell) -> None:
    shell("sync")
    translate(shell)
    name = 'Hoa\n\nmsgid "x"'
    assert shell("approve", "visit/co-to.md", "--lang", "en", "--by", name)[0] == 0
    assert shell("sync")[0] == 0


def lines_about(text: str, name: str) -> list[str]:
    return [line for line in text.splitlines() if name in line]


def test_a_new_page_passes_once_its_author_wrote_it(shell: Shell) -> None:
    title = 'Đảo "Ngọc": {fact} \\ một'
    assert shell("new", "page", "content/visit/dao-ngoc.md", "--title", title)[0] == 0
    shell("sync")
    *drafts, last = lines_about(shell("check")[1], "dao-ngoc.md")
    assert len(drafts) == 5
    assert all("có dấu hiệu bản nháp: “" in line for line in drafts)
    assert last.startswith("content/visit/dao-ngoc.md: lỗi: trang chưa được duyệt.")
    assert title in shell("segments", "visit/dao-ngoc.md")[1]
    code, text = shell("approve", "visit/dao-ngoc.md", "--by", "Chị Hoa")
    assert code == 1
    assert "Chưa ghi duyệt." in text
    path = shell.root / "content/visit/dao-ngoc.md"
    written = path.read_text(encoding="utf-8")
    for number, sentence in enumerate(PLACEHOLDERS.values()):
        written = written.replace(sentence, f"Câu {number} về đảo.")
    path.write_text(written, encoding="utf-8")
    shell("sync")
    assert len(lines_about(shell("check")[1], "dao-ngoc.md")) == 1
    assert shell("approve", "visit/dao-ngoc.md", "--by", "Chị Hoa")[0] == 0


def test_an_event_of_which_only_the_source_is_known_is_not_approved(shell: Shell) -> None:
    assert shell("new", "page", "a.md", "--title", "Hội", "--type", "event")[0] == 0
    path = shell.root / "content/a.md"
    text = path.read_text(encoding="utf-8")
    for sentence in PLACEHOLDERS.values():
        text = text.replace(sentence, "Hội làng.")
    source = 'source: {title: "Bài", publisher: "Báo", date: 2025-01-02}'
    path.write_text(re.sub("^source: .*$", source, text, flags=re.M), encoding="utf-8")
    code, text = shell("approve", "a.md", "--by", "Chị Hoa")
    assert code == 1
    found = re.findall(r"`(.+?)` có giá trị không dùng được: \(trống\)", text)
    assert found == ["when: calendar", "status"]


def test_a_related_page_that_no_list_shows_is_a_hint(shell: Shell) -> None:
    text = PAGE.replace("type: article", "type: article\nnear: [visit/co-to.md]")
    (shell.root / "content/a.md").write_text(text, encoding="utf-8")
    said = shell("check", "a.md", "--hints")[1]
    assert "content/a.md:5: gợi ý: `near 1` chỉ tới visit/co-to.md (article), nhưng" in said
    assert shell("approve", "a.md", "--by", "Chị Hoa") == (0, "Đã duyệt a.md.\n")


def test_of_several_units_a_new_page_chooses_none(shell: Shell) -> None:
    units = shell.root / "content/_data/units.yml"
    units.write_text(f'{units.read_text("utf-8")}so-y-te: {{name: "Sở Y tế"}}\n', "utf-8")
    assert shell("new", "page", "a.md", "--title", "Hội")[0] == 0
    assert '\nowner: ""\n' in (shell.root / "content/a.md").read_text("utf-8")
    assert "content/a.md:6: lỗi: đơn vị chủ quản “”" in shell("check")[1]
    assert shell("new", "page", "b.md", "--title", "Hội", "--owner", "so-y-te")[0] == 0
    assert "\nowner: so-y-te\n" in (shell.root / "content/b.md").read_text("utf-8")


def test_segments(shell: Shell) -> None:
    code, text = shell("segments", "visit/co-to.md")
    assert code == 0
    assert "content/visit/co-to.md:10: paragraph\n    Tàu rời bến lúc tám giờ sáng." in text


def test_mend(shell: Shell) -> None:
    shell("sync")
    data = po(shell).read_bytes()
    po(shell).write_bytes(data[: data.rindex(b"\n\n") + 1])
    code, text = shell("sync")
    assert code == 1
    command = re.search(r'quangba (sync --mend) "([^"]+)"', text)
    assert command
    assert shell(*command[1].split(), command[2])[0] == 0
    assert shell("sync") == (0, shell("sync")[1])


@pytest.mark.parametrize("command", [[], ["sync"], ["new", "page"], ["approve"]])
def test_help(shell: Shell, command: list[str]) -> None:
    code, text = shell(*command, "--help")
    assert code == 0
    assert "quangba" in text


# ----------------------------------------------------------------------------
# Bad input
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["segments", "no.md"], "content/no.md: không có trang này.", id="segments"),
        pytest.param(["approve", "no.md", "--by", "x"], "không có trang này.", id="approve"),
        pytest.param(["withdraw", "no.md", "--by", "x"], "không có trang này.", id="withdraw"),
        pytest.param(["segments", "../mkdocs.yml"], "không có trang này.", id="outside"),
        pytest.param(["segments", "visit"], "không có trang này.", id="folder"),
        pytest.param(
            ["approve", "visit/co-to.md", "--lang", "de", "--by", "x"],
            "không có ngôn ngữ “de”. Các ngôn ngữ của trang: en, ja.",
            id="language",
        ),
        pytest.param(
            ["approve", "visit/co-to.md", "--lang", "vi", "--by", "x"], "ngôn ngữ “vi”", id="source"
        ),
        pytest.param(["new", "page", "Cô Tô.md", "--title", "x"], "tên trang chỉ gồm", id="name"),
        pytest.param(["new", "page", "../x.md", "--title", "x"], "tên trang chỉ gồm", id="escape"),
        pytest.param(
            ["new", "page", "visit/co-to.md", "--title", "x"], "trang này đã có.", id="exists"
        ),
        pytest.param(
            ["new", "page", "a.md", "--title", "x", "--owner", "no"], "đơn vị chủ quản", id="owner"
        ),
        pytest.param(["-f", "no.yml", "sync"], "no.yml: không thấy tệp cấu hình", id="config"),
        pytest.param(["-f", "content", "sync"], "không thấy tệp cấu hình", id="config-folder"),
    ],
)
def test_bad_input(shell: Shell, arguments: list[str], sentence: str) -> None:
    shell("sync")
    code, text = shell(*arguments)
    assert code == 1
    assert sentence in text
    assert len(text.strip().splitlines()) == 1


COMMANDS = ["sync", "status", "check"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda c: c["plugins"].pop(1), "config-no-plugin", id="no-plugin"),
        pytest.param(lambda c: c["plugins"].pop(0), "config-no-i18n", id="no-i18n"),
    ],
)
def test_bad_configuration(
    shell: Shell, command: str, change: Callable[[dict[str, object]], object], code: str
) -> None:
    path = shell.root / "mkdocs.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(config)
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    status, text = shell(command)
    assert status == 1
    assert text.startswith("mkdocs.yml: ")
    assert VIETNAMESE.search(text)
    assert code


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:-10], id="cut"),
        pytest.param(lambda data: data.replace(b"UTF-8", b"latin-1"), id="charset"),
        pytest.param(lambda data: data + b"\xff", id="bytes"),
        pytest.param(lambda data: data + b"<<<<<<< HEAD", id="conflict"),
        pytest.param(lambda data: b"\0" * len(data), id="zeros"),
        pytest.param(lambda data: data.decode().encode("utf-16"), id="utf-16"),
        pytest.param(lambda data: data + data, id="twice"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_broken_catalog_is_one_sentence(
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[bytes], bytes],
    language: str,
) -> None:
    shell("sync")
    broken = damage(po(shell).read_bytes())
    po(shell).write_bytes(broken)
    monkeypatch.setenv("QUANGBA_LANG", language)
    for arguments in (["sync"], ["approve", "visit/co-to.md", "--lang", "en", "--by", "x"]):
        code, text = shell(*arguments)
        assert code == 1
        lines = [line for line in text.splitlines() if line.startswith("locales/en/")]
        assert len(lines) == 1
        assert re.match(r"locales/en/LC_MESSAGES/visit/co-to\.po:\d+: ", lines[0])
        assert bool(VIETNAMESE.search(lines[0].partition(": ")[2])) == (language == "vi")
        assert po(shell).read_bytes() == broken
    assert shell("status")[0] == 0
    assert shell("check")[0] == 1


@pytest.mark.parametrize("place", ["read-only", "folder", "full"])
def test_a_file_that_cannot_be_written(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    shell("sync")
    old = po(shell).read_bytes()
    page = shell.root / "content/visit/co-to.md"
    page.write_text(PAGE + "\nThêm.\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        if place == "read-only":
            po(shell).chmod(0o444)
        elif place == "folder":
            po(shell).unlink()
            po(shell).mkdir()
        else:

            def full(handle: int) -> None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            patch.setattr(os, "fsync", full)
        code, text = shell("sync")
    assert code == 1
    assert len([line for line in text.splitlines() if "locales/" in line]) == 1
    if place != "folder":
        assert po(shell).read_bytes() == old


@pytest.mark.parametrize("arguments", [["no"], ["approve"], ["approve", "a.md"], ["new"], ["--no"]])
def test_wrong_usage_is_explained(shell: Shell, arguments: list[str]) -> None:
    code, text = shell(*arguments)
    assert code == 2
    assert "Usage" in text or "Cách dùng" in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_installed_command(shell: Shell, language: str) -> None:
    """A process of its own, with a console that is not UTF-8."""
    environment = {**os.environ, "QUANGBA_LANG": language, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "quangba.cli", "segments", "no.md"]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=shell.root)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.startswith(b"content/no.md: ")
    assert b"Traceback" not in done.stderr


def test_write_through_a_missing_folder(shell: Shell) -> None:
    write_bytes(shell.root / "a/b/c", b"x")
    assert (shell.root / "a/b/c").read_bytes() == b"x"
