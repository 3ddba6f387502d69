"""``quangba models``: what an official sees, in both languages, with and without a network."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from packages import digest_of, make_archive, release_of

from quangba.cli_models import models
from quangba.errors import QuangbaError
from quangba.mt import manifest
from quangba.mt import store as module
from quangba.mt.store import Store

PUBLISHED = manifest.MANIFEST


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the tests a folder of their own, English, and three packages that are published."""
    monkeypatch.setenv("QUANGBA_LANG", "en")
    monkeypatch.setenv("QUANGBA_MODELS", str(tmp_path / "models"))
    pairs = (("vi", "en", "1.9"), ("en", "fr", "1.9"), ("en", "ja", "1.1"))
    releases = []
    for source, target, version in pairs:
        path = make_archive(tmp_path / "x", source=source, target=target, version=version)
        release = release_of(path, source, target, version)
        releases.append(release)
        (tmp_path / "usb").mkdir(exist_ok=True)
        path.rename(tmp_path / "usb" / release.file)
    monkeypatch.setattr(manifest, "MANIFEST", tuple(releases))
    return tmp_path / "models"


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    return tmp_path / "usb"


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch, usb: Path) -> set[str]:
    """Stand for the network, where the files of the USB stick are; return what is not there."""
    missing: set[str] = set()

    class Fake:
        def __init__(self, part: Path, size: int, sha256: str, progress: Any) -> None:
            self.part, self.progress = part, progress

        def run(self, addresses: tuple[str, ...]) -> None:
            file = addresses[0].rpartition("/")[2]
            if file in missing:
                raise QuangbaError("models-network", what="no route", address=addresses[0])
            shutil.copy(usb / file, self.part)
            self.progress(1, 1)

    monkeypatch.setattr(module, "Download", Fake)
    return missing


def run(*arguments: object) -> tuple[int, str]:
    """Run a command as ``main`` does; return exit code and everything that was printed."""
    result = CliRunner().invoke(models, [str(argument) for argument in arguments])
    if isinstance(result.exception, QuangbaError):
        return 1, result.output + result.exception.problem.text()
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def names() -> list[str]:
    return [package.name for package in Store().installed()]


ALL = ["en_fr-1.9", "en_ja-1.1", "vi_en-1.9"]


# ----------------------------------------------------------------------------
# From the network
# ----------------------------------------------------------------------------


def test_install_everything(network: set[str], folder: Path) -> None:
    code, text = run("install")
    assert (code, names()) == (0, ALL)
    assert "Installed vi_en-1.9 (licence: CC BY 4.0)." in text
    assert not (folder / "downloads").exists()


@pytest.mark.parametrize("name", ["vi_en", "vi_en-1.9"])
def test_install_one(network: set[str], name: str) -> None:
    assert run("install", name)[0] == 0
    assert names() == ["vi_en-1.9"]


def test_what_is_there_is_not_installed_again(network: set[str], usb: Path) -> None:
    run("install", "vi_en")
    network.add("translate-vi_en-1_9.argosmodel")
    code, text = run("install", "vi_en")
    assert code == 0
    assert "already installed" in text


def test_what_is_damaged_is_installed_again(network: set[str], folder: Path) -> None:
    run("install", "vi_en")
    path = folder / "vi_en-1.9" / "model" / "model.bin"
    path.write_bytes(bytes(path.stat().st_size))
    assert "was changed" in run("verify")[1]
    code, text = run("install", "vi_en")
    assert code == 0
    assert "installing again" in text
    assert run("verify")[0] == 0


def test_a_failure_does_not_stop_the_others(network: set[str]) -> None:
    network.add("translate-en_fr-1_9.argosmodel")
    code, text = run("install")
    assert code == 1
    assert names() == ["en_ja-1.1", "vi_en-1.9"]
    assert text.count("no route") == 1
    assert "USB stick" in text


def test_without_a_network_nothing_is_created(network: set[str], folder: Path, usb: Path) -> None:
    network.update(path.name for path in usb.iterdir())
    assert run("install")[0] == 1
    assert not folder.exists()


def test_install_what_nobody_knows(network: set[str]) -> None:
    code, text = run("install", "vi_en", "vi_xx")
    assert code == 1
    assert "vi_en-1.9, en_fr-1.9, en_ja-1.1" in text
    assert names() == []


# ----------------------------------------------------------------------------
# From a USB stick
# ----------------------------------------------------------------------------


def test_install_a_folder(usb: Path) -> None:
    (usb / "._translate-vi_en-1_9.argosmodel").write_bytes(b"macOS")
    (usb / "notes.txt").write_bytes(b"")
    code, text = run("install", "--from", usb)
    assert (code, names()) == (0, ALL)
    assert text.count("Installed") == 3
    assert len(list(usb.iterdir())) == 5, "the stick stays as it was"


def test_install_a_renamed_file(usb: Path) -> None:
    path = (usb / "translate-vi_en-1_9.argosmodel").rename(usb / "gói việt anh")
    assert run("install", "--from", path)[0] == 0
    assert names() == ["vi_en-1.9"]


def test_install_some_of_a_folder(usb: Path) -> None:
    assert run("install", "vi_en", "en_ja-1.1", "--from", usb)[0] == 0
    assert names() == ["en_ja-1.1", "vi_en-1.9"]


def test_a_bad_file_does_not_stop_the_others(usb: Path) -> None:
    (usb / "translate-en_fr-1_9.argosmodel").write_bytes(b"half")
    other = make_archive(usb / "de.argosmodel", source="de", target="en", version="1.0")
    code, text = run("install", "--from", usb)
    assert code == 1
    assert names() == ["en_ja-1.1", "vi_en-1.9"]
    assert "has 4 bytes instead of" in text
    assert digest_of(other) in text


def test_a_package_that_the_user_trusts(usb: Path) -> None:
    path = make_archive(usb / "de.argosmodel", source="de", target="en", version="1.0")
    code, text = run("install", "--from", path)
    assert code == 1
    assert f"Its SHA-256 is {digest_of(path)}" in text
    assert "--trust-sha256" in text
    code, text = run("install", "--from", path, "--trust-sha256", digest_of(path).upper())
    assert code == 0
    assert "Installed de_en-1.0 (licence: not stated)." in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--from", "missing"], "no such file", id="missing"),
        pytest.param(["--from", "."], "no .argosmodel file", id="empty-folder"),
        pytest.param(["vi_en", "--from", "."], "no such file", id="not-in-the-folder"),
        pytest.param(["--from", ".", "--trust-sha256", "abc"], "“abc” is not", id="short-hash"),
        pytest.param(["--trust-sha256", "0" * 64], "needs --from", id="trust-without-file"),
        pytest.param(["vi_en", "--from", "missing"], "is a folder", id="name-and-file"),
    ],
)
def test_a_wrong_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    code, text = run("install", *arguments)
    assert code != 0
    assert sentence in text
    assert names() == []


# ----------------------------------------------------------------------------
# List, verify, remove
# ----------------------------------------------------------------------------


def test_a_fresh_machine(folder: Path) -> None:
    code, text = run("list")
    assert code == 0
    assert "vi → en" in text
    assert run("verify") == (0, "No package is installed.\n")
    assert not folder.exists()


def row(text: str, name: str) -> list[str]:
    return next(line.split() for line in text.splitlines() if line.startswith(name))


def test_the_list(usb: Path, folder: Path) -> None:
    extra = make_archive(usb / "x.argosmodel", source="de", target="en", version="1.0")
    run("install", "vi_en", "en_fr", "--from", usb)
    run("install", "--from", extra, "--trust-sha256", digest_of(extra))
    (folder / "en_fr-1.9" / "metadata.json").unlink()
    code, text = run("list")
    assert code == 0
    assert row(text, "vi_en-1.9") == ["vi_en-1.9", "vi", "→", "en", "0.0", "yes", "CC", "BY", "4.0"]
    assert row(text, "en_fr-1.9")[5] == "damaged"
    assert row(text, "en_ja-1.1")[5] == "no"
    assert row(text, "de_en-1.0")[5:] == ["yes", "not", "stated"]
    assert str(folder) in text


def test_the_list_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "MANIFEST", PUBLISHED)
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    text = run("list")[1]
    assert row(text, "vi_en-1.9") == [
        "vi_en-1.9",
        "vi",
        "→",
        "en",
        "65,9",
        "không",
        "CC",
        "BY",
        "4.0",
    ]
    assert row(text, "en_ko-1.1")[5:] == ["không", "không", "nêu"]


def test_verify(usb: Path, folder: Path) -> None:
    run("install", "--from", usb)
    code, text = run("verify")
    assert code == 0
    assert text.count("intact") == 3
    (folder / "vi_en-1.9" / "README.md").unlink()
    (folder / "vi_en-1.9" / "bpe.model").write_bytes(b"x")
    code, text = run("verify")
    assert code == 1
    assert text.count("intact") == 2
    assert "README.md: this file of vi_en-1.9 is gone" in text
    assert "bpe.model: this file does not belong" in text
    assert run("verify", "en_fr")[0] == 0
    assert run("verify", "vi_en-1.9")[0] == 1


def test_remove(usb: Path) -> None:
    run("install", "--from", usb)
    code, text = run("remove", "vi_en", "en_fr-1.9", "vi_en-1.9")
    assert (code, names()) == (0, ["en_ja-1.1"])
    assert text.count("Removed") == 2


@pytest.mark.parametrize("command", ["verify", "remove"])
def test_a_package_that_is_not_installed(command: str, usb: Path) -> None:
    run("install", "vi_en", "--from", usb)
    code, text = run(command, "vi_en", "en_ja")
    assert code == 1
    assert "en_ja is not installed" in text
    assert names() == ["vi_en-1.9"]
