"""The commands as people call them: what they print, in both languages, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sealed import OLD_KEY, device, put, shown, site, write

from quangba.cli_kiosk import main
from quangba.kiosk.keys import public_line
from quangba.kiosk.store import Store, Trial

VIETNAMESE = re.compile("[ăđơưạảấầẩậắặẻẹếềểễệịỉọỏốồổộớờởợụủứừửựỳỷỹ]")


class Shell:
    """Runs commands."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture

    def __call__(self, *arguments: object) -> tuple[int, str]:
        """Return exit code and everything that was printed."""
        sys.argv = ["quangba kiosk", *map(str, arguments)]
        self.capture.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        out, err = self.capture.readouterr()
        assert "Traceback" not in out + err
        return int(end.value.code or 0), out + err


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    monkeypatch.setattr(sys, "argv", sys.argv)
    return Shell(capsys)


HELP = """
from click.testing import CliRunner
from quangba.cli_kiosk import kiosk
for name in ("key", "release", "recall", "verify", "install", "rollback", "resume", "status"):
    print(CliRunner().invoke(kiosk, [name, "--help"], catch_exceptions=False).output)
"""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_is_in_the_language_of_the_user(language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELP],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "QUANGBA_LANG": language, "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    assert done.stdout.count("Usage: ") == 8
    assert bool(VIETNAMESE.search(done.stdout)) is (language == "vi")


def test_the_whole_way_on_a_device(shell: Shell, tmp_path: Path) -> None:
    root = device(tmp_path / "device")
    code, text = shell("install", put(tmp_path / "stick", 120), "--root", root)
    assert (code, text) == (
        1,
        "Máy chưa biết đặt ở cửa khẩu nào. Hãy chạy lại với --gate và mã cửa khẩu, hoặc --first.\n",
    )
    code, text = shell("install", tmp_path / "stick", "--root", root, "--first")
    assert (code, text) == (0, "Đã cài xong bản 120. Có thể rút USB.\n")
    put(tmp_path / "stick", 121)
    code, text = shell("install", tmp_path / "stick", "--root", root, "--no-confirm", "--now")
    assert code == 0
    assert shown(root) == site(121)
    code, text = shell("status", "--root", root)
    assert code == 0
    assert "Đang chiếu: 121" in text
    assert "Còn giữ: 121, 120" in text
    code, text = shell("status", "--root", root, "--json")
    assert json.loads(text)["shown"] == 121
    assert shell("rollback", "--root", root) == (0, "Đã quay lại bản 120.\n")
    code, text = shell("rollback", "--root", root)
    assert (code, text[:27]) == (1, "Không còn bản trước nào dùn")
    assert shell("rollback", "--root", root, "--to", 121)[0] == 0
    (root / "current/site/index.html").unlink()
    assert shell("verify", root / "current", "--keys", root / "keys")[0] == 1
    assert shell("install", tmp_path / "stick", "--root", root) == (
        0,
        "Đã sửa lại bản 121 đang chiếu. Có thể rút USB.\n",
    )


def test_a_trial_that_was_cut_off(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = device(tmp_path / "device", 120, 121)
    assert shell("resume", "--root", root) == (0, "")
    store = Store(root)
    store.begin_trial(Trial(121, 120))
    with store.locked():
        code, text = shell("resume", "--root", root)
    assert (code, text) == (1, "Đang có một lần cài khác. Hãy chờ xong rồi thử lại.\n")
    write(root, {"run/beat.json": b'{"release": 121, "ok": true}'})
    assert shell("resume", "--root", root) == (0, "Đã cài xong bản 121. Có thể rút USB.\n")
    store.begin_trial(Trial(121, 120))
    (root / "run/beat.json").unlink()
    monkeypatch.setattr("quangba.kiosk.screen.CONFIRM", 0.0)
    code, text = shell("resume", "--root", root)
    assert code == 1
    assert text.startswith("Bản 121 không lên màn hình sau hai phút, máy đã quay lại bản 120.")
    assert shown(root) == site(120)


def test_every_file_that_was_not_taken_is_named(shell: Shell, tmp_path: Path) -> None:
    root = device(tmp_path / "device", 120)
    put(tmp_path / "stick", 119)
    write(tmp_path / "stick", {"hỏng.qbk": b"x"})
    code, text = shell("install", tmp_path / "stick", "--root", root)
    assert code == 1
    lines = text.splitlines()
    assert lines[0].startswith("mong-cai-119.qbk: bản 119 cũ hơn bản 120 máy đã có.")
    assert lines[1].startswith("hỏng.qbk: tệp bị thiếu phần cuối")


def test_releases_are_verified_without_a_device(shell: Shell, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    path = put(tmp_path / "stick", 120)
    code, text = shell("verify", path, "--keys", keys)
    assert (code, "không có khóa công khai" in text.lower()) == (1, True)
    write(keys, {"a.pub": public_line(OLD_KEY.public_key()).encode()})
    code, text = shell("verify", tmp_path / "stick", "--keys", keys)
    assert code == 0
    assert "đúng và đủ. Cửa khẩu mong-cai, bản 120, 6 tệp" in text
    write(tmp_path / "stick", {"b.qbk": path.read_bytes()[:-1]})
    code, text = shell("verify", tmp_path / "stick", "--keys", keys)
    assert code == 1
    assert "đúng và đủ" in text
    assert "b.qbk: tệp bị thiếu phần cuối" in text
    (tmp_path / "empty").mkdir()
    assert shell("verify", tmp_path / "empty", "--keys", keys)[0] == 1
    assert shell("verify", tmp_path / "nothing", "--keys", keys)[0] == 1


def test_a_key_is_made(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUANGBA_KEY_PASSPHRASE", raising=False)
    code, text = shell("key", tmp_path / "keys")
    assert (code, "QUANGBA_KEY_PASSPHRASE" in text) == (1, True)
    monkeypatch.setenv("QUANGBA_KEY_PASSPHRASE", "bí mật")
    code, text = shell("key", tmp_path / "keys", "--name", "release-2026")
    assert code == 0
    assert "release-2026.pem" in text
    assert "bí mật" not in text.replace("Khóa bí mật", "")
    assert shell("key", tmp_path / "keys", "--name", "release-2026")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["install"],
        ["install", "x"],
        ["install", "x", "--root", "nowhere"],
        ["install", "x", "--root", "."],
        ["rollback", "--root", "."],
        ["resume"],
        ["resume", "--root", "."],
        ["rollback", "--root", ".", "--to", "x"],
        ["rollback", "--root", ".", "--to", "99999999999"],
        ["status", "--root", "nowhere"],
        ["verify"],
        ["release"],
        ["recall", "1"],
        ["recall", "0", "--reason", "x"],
        ["recall", "1", "--reason", "x"],
    ],
    ids=" ".join,
)
def test_wrong_calls_end_in_one_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, text = shell(*arguments)
    assert code
    assert text.strip()
    assert list(tmp_path.iterdir()) == []


# A device

HEAVY = ("mkdocs", "babel", "jinja2", "yaml", "ctranslate2", "PIL", "dulwich", "argostranslate")

WITHOUT = f"""
import sys
sys.modules.update(dict.fromkeys({HEAVY!r}))
from quangba.cli_kiosk import main
main()
"""
"""Runs a command where none of these packages is installed."""


def on_device(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "QUANGBA_LANG": "en", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def test_a_device_needs_neither_mkdocs_nor_a_translator(tmp_path: Path) -> None:
    root = device(tmp_path / "device")
    done = on_device("install", put(tmp_path / "stick", 120), "--root", root, "--first")
    assert (done.returncode, done.stderr) == (0, "")
    assert shown(root) == site(120)
    assert on_device("status", "--root", root).returncode == 0
    assert on_device("rollback", "--root", root).returncode == 1
    done = on_device("resume", "--root", root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_device_has_no_commands_of_the_office() -> None:
    listed = on_device("--help")
    assert listed.returncode == 0
    assert "install" in listed.stdout
    assert "\n  release " not in listed.stdout
    done = on_device("release")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
