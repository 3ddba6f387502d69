"""Packages of Argos: read as they are found, without touching the user's home or anything heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from models.random_package import TINY, make_random_package
from quangba.errors import QuangbaError
from quangba.mt import argos
from quangba.mt.argos import ModelPackage

ROOT = Path(__file__).parents[2]

# ----------------------------------------------------------------------------
# Argos itself
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", argos.PINNED)
def test_the_version_is_the_one_that_we_were_written_for(name: str) -> None:
    pin = f"{name}=={argos.PINNED[name]}"
    assert version(name) == argos.PINNED[name]
    assert f'"{pin}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert any(line.split(" ")[0] == pin for line in lock)


def run_python(code: str, **variables: str) -> str:
    """Run a program in a process of its own; return what it prints."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ARGOS_", "SNAP"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**kept, "PYTHONUTF8": "1", **variables},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


LOADED = """
import json, os, sys
before = dict(os.environ)
import quangba.mt.engine
same = dict(os.environ) == before
print(json.dumps({"same": same, "modules": list(sys.modules)}))
"""


def test_the_import_leaves_home_temporary_folder_and_environment_alone(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    found = json.loads(run_python(LOADED, HOME=str(home), TMPDIR=str(temporary)))
    assert found["same"]
    assert list(home.rglob("*")) == []
    assert list(temporary.rglob("*")) == []


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param(
            {
                "ARGOS_INTER_THREADS": "many",
                "ARGOS_MODEL_PROVIDER": "?",
                "ARGOS_PACKAGES_DIR": "/proc/none",
                "ARGOS_DEBUG": "1",
                "SNAP": "/half",
            },
            id="settings-of-argos",
        ),
        pytest.param({"KMP_DUPLICATE_LIB_OK": "no"}, id="set-by-the-user"),
    ],
)
def test_the_users_environment_cannot_break_the_import(variables: dict[str, str]) -> None:
    assert json.loads(run_python(LOADED, **variables))["same"]


def test_what_is_heavy_or_goes_online_is_never_imported() -> None:
    loaded = json.loads(run_python(LOADED))["modules"]
    heavy = {"torch", "stanza", "spacy", "minisbd", "transformers"}
    ours = {f"argostranslate.{name}" for name in ("translate", "sbd", "apis", "models", "cli")}
    assert not (heavy | ours) & set(loaded)
    assert "argostranslate.package" in loaded


# ----------------------------------------------------------------------------
# Packages
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> ModelPackage:
    return ModelPackage(make_random_package(tmp_path_factory.mktemp("pieces"), **TINY))


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> ModelPackage:
    folder = tmp_path_factory.mktemp("pairs")
    path = make_random_package(folder, source="en", target="fr", bpe=True, prefix="__fr__", **TINY)
    return ModelPackage(path)


def test_what_a_package_says_about_itself(pieces: ModelPackage, pairs: ModelPackage) -> None:
    assert (pieces.source, pieces.target, pieces.version) == ("vi", "en", "1.0")
    assert (pieces.name, pieces.target_prefix) == ("vi_en-1.0", "")
    assert (pairs.name, pairs.target_prefix) == ("en_fr-1.0", "__fr__")
    assert pieces.fits
    assert pairs.fits


@pytest.mark.parametrize("name", ["vi_en", "translate-zh_ja-9_9", "gói dịch"])
def test_the_name_of_the_folder_means_nothing(tmp_path: Path, name: str) -> None:
    path = make_random_package(tmp_path, **TINY).rename(tmp_path / name)
    (path / "stanza").mkdir()
    (path / "stanza" / "resources.json").write_text("{", encoding="utf-8")
    assert ModelPackage(path).name == "vi_en-1.0"


@pytest.mark.parametrize(
    "text",
    [
        "a_b",
        "bai_chay_01.jpg và Ha_Long",
        "__x__",
        "Vịnh Hạ Long, rộng 1.553 km",
        "Đảo (đẹp), nữa!",
    ],
)
def test_a_text_survives_its_tokens(pieces: ModelPackage, text: str) -> None:
    assert pieces.decode(pieces.encode(text)) == text


def test_words_survive_the_tokens_of_bpe(pairs: ModelPackage) -> None:
    tokens = pairs.encode("nothing changes, strong winds")
    assert any(token.endswith("@@") for token in tokens)
    assert pairs.decode(tokens) == "nothing changes, strong winds"
    assert pairs.decode(["th@@"]) == "th"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("1.553 km²", "1.553 km2", id="nfkc"),
        pytest.param("ＡＢ１", "AB1", id="full-width"),
        pytest.param("đảo 𠀀 núi", "đảo ⁇ núi", id="unknown"),
        pytest.param("đảo \ue000 núi", "đảo ⁇ núi", id="private-use"),
        pytest.param("a\x00b", "a b", id="nul"),
        pytest.param("đảo", "đảo", id="nothing-lost"),
        pytest.param(" \n ", "", id="blank"),
    ],
)
def test_what_the_model_sees_of_a_text(pieces: ModelPackage, text: str, left: str) -> None:
    assert pieces.normalised(text) == left


def test_what_a_bpe_model_sees_of_a_text(pairs: ModelPackage) -> None:
    assert pairs.normalised("wind 汉") == "wind ⁇"


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "x\udfffy", "\U0010ffff", "\ufeff"])
@pytest.mark.parametrize("kind", ["pieces", "pairs"])
def test_no_text_crashes_the_tokenizer(
    kind: str, text: str, request: pytest.FixtureRequest
) -> None:
    package: ModelPackage = request.getfixturevalue(kind)
    for token in package.encode(text):
        token.encode("utf-8")
    package.normalised(text).encode("utf-8")


# ----------------------------------------------------------------------------
# Broken packages
# ----------------------------------------------------------------------------


def change(**fields: object) -> Callable[[Path], object]:
    """Change fields of the metadata."""

    def run(path: Path) -> None:
        file = path / "metadata.json"
        data = {**json.loads(file.read_text(encoding="utf-8")), **fields}
        file.write_text(json.dumps(data), encoding="utf-8")

    return run


def put(name: str, data: bytes) -> Callable[[Path], object]:
    """Replace a file."""
    return lambda path: (path / name).write_bytes(data)


def drop(name: str) -> Callable[[Path], object]:
    """Remove a file."""
    return lambda path: (path / name).unlink()


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        pytest.param(drop("metadata.json"), "metadata.json", id="no-metadata"),
        pytest.param(put("metadata.json", b"{"), "metadata.json", id="half-metadata"),
        pytest.param(put("metadata.json", b"[]"), "metadata.json", id="list"),
        pytest.param(put("metadata.json", b"\xff\xfe"), "metadata.json", id="not-utf-8"),
        pytest.param(put("metadata.json", b"[" * 99999), "metadata.json", id="deep"),
        pytest.param(change(from_code=None), "metadata.json", id="no-source"),
        pytest.param(change(from_code="../x"), "metadata.json", id="source-is-a-path"),
        pytest.param(change(to_code=["en"]), "metadata.json", id="target-is-a-list"),
        pytest.param(change(package_version=1.9), "metadata.json", id="version-is-a-number"),
        pytest.param(change(package_version="1/9"), "metadata.json", id="version-is-a-path"),
        pytest.param(change(target_prefix=7), "metadata.json", id="prefix-is-a-number"),
        pytest.param(change(languages=5), "metadata.json", id="languages"),
        pytest.param(change(type="sbd"), "metadata.json", id="a-package-of-another-kind"),
        pytest.param(drop("sentencepiece.model"), "sentencepiece.model", id="no-tokenizer"),
        pytest.param(put("sentencepiece.model", b""), "sentencepiece.model", id="empty-tokenizer"),
        pytest.param(put("sentencepiece.model", b"x" * 500), "sentencepiece.model", id="garbage"),
    ],
)
def test_a_broken_package_is_named(
    tmp_path: Path, damage: Callable[[Path], object], part: str
) -> None:
    path = make_random_package(tmp_path, **TINY)
    damage(path)
    with pytest.raises(QuangbaError) as caught:
        ModelPackage(path)
    assert caught.value.problem.code == "draft-package-broken"
    assert f"{path.name} is damaged or incomplete ({part})" in caught.value.problem.text("en")


@pytest.mark.parametrize("lines", [b"a b c\n", b"#version: x\n", b"\xff\n"])
def test_a_broken_bpe_file_does_not_end_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: bytes
) -> None:
    path = make_random_package(tmp_path, bpe=True, **TINY)
    (path / "bpe.model").write_bytes(lines)
    with pytest.raises(QuangbaError, match=r"bpe\.model"):
        ModelPackage(path)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(drop("model/shared_vocabulary.json"), id="missing"),
        pytest.param(put("model/shared_vocabulary.json", b"[["), id="half"),
        pytest.param(put("model/shared_vocabulary.json", b"[[]]"), id="not-strings"),
    ],
)
def test_a_broken_vocabulary_is_named(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    path = make_random_package(tmp_path, **TINY)
    damage(path)
    with pytest.raises(QuangbaError, match=r"model/shared_vocabulary\.json"):
        ModelPackage(path).normalised("đảo")


def test_a_vocabulary_as_older_versions_wrote_it(tmp_path: Path) -> None:
    path = make_random_package(tmp_path, **TINY)
    tokens = json.loads((path / "model/shared_vocabulary.json").read_text(encoding="utf-8"))
    (path / "model/shared_vocabulary.json").unlink()
    (path / "model/source_vocabulary.txt").write_text("\n".join(tokens), encoding="utf-8")
    assert ModelPackage(path).normalised("km²") == "km2"
