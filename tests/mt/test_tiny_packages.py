"""The tiny packages of tests/models: real layouts, and sentences known by heart."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.frozen import PAIRS, flat, sentences, shown, style_of
from quangba.mt.argos import ModelPackage
from quangba.mt.engine import Engine, Request
from quangba.mt.store import Installed, Store

MODELS = Path(__file__).parents[1] / "models"
SUMS = {
    name: digest
    for digest, name in (
        line.split() for line in (MODELS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
}


def archive_of(pair: str) -> Path:
    return MODELS / f"translate-{pair}-0_1.argosmodel"


def rows_of(pair: str) -> list[tuple[str, str]]:
    """Sentences and translations as the package has seen them."""
    return [shown(style_of(pair), *row) for row in sentences(pair)]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Installed]:
    store = Store(tmp_path_factory.mktemp("models"))
    trusted = frozenset(SUMS.values())
    return {pair: store.install(archive_of(pair), trusted=trusted) for pair in PAIRS}


@pytest.fixture(scope="module", params=PAIRS)
def pair(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def engine(pair: str, installed: dict[str, Installed]) -> Iterator[Engine]:
    with Engine(ModelPackage(installed[pair].path)) as engine:
        yield engine


@pytest.fixture(scope="module")
def answers(pair: str, engine: Engine) -> list[str]:
    """What the package answers to its corpus in one batch."""
    requests = [Request(source) for source, _ in rows_of(pair)]
    return [found[0].text for found in engine.translate(requests)]


def test_all_five_are_here_with_their_hashes() -> None:
    assert set(SUMS) == {archive_of(pair).name for pair in PAIRS}
    assert {path.name for path in MODELS.glob("*.argosmodel")} == set(SUMS)


def test_sizes() -> None:
    assert all(archive_of(pair).stat().st_size <= 2_500_000 for pair in PAIRS)


@pytest.mark.parametrize(
    ("pair", "top", "file"),
    [
        pytest.param("vi_en", "translate-vi_en-0_1", "sentencepiece.model", id="vi_en"),
        pytest.param("en_zh", "translate-en_zh-0_1", "sentencepiece.model", id="en_zh"),
        pytest.param("en_ja", "en_ja", "sentencepiece.model", id="old folder name"),
        pytest.param("en_ko", "translate-en_ko-0_1", "stanza/resources.json", id="stanza"),
        pytest.param("en_fr", "translate-en_fr-0_1", "bpe.model", id="bpe"),
    ],
)
def test_layouts(pair: str, top: str, file: str) -> None:
    with zipfile.ZipFile(archive_of(pair)) as archive:
        names = archive.namelist()
        metadata = json.loads(archive.read(f"{top}/metadata.json"))
        readme = archive.read(f"{top}/README.md").decode()
    assert all(name.startswith(f"{top}/") for name in names)
    assert f"{top}/{file}" in names
    assert [metadata["from_code"], metadata["to_code"]] == pair.split("_")
    assert metadata.get("target_prefix") == (">>zho<<" if pair == "en_zh" else None)
    assert "no\ntranslator" in readme


def test_corpus_goes_from_vietnamese_through_english() -> None:
    english = {target for _, target in sentences("vi_en")}
    assert len(english) > 700
    assert all(english >= {source for source, _ in sentences(p)} for p in PAIRS if p != "vi_en")


def test_sentences_are_known_by_heart(pair: str, answers: list[str]) -> None:
    wanted = [target for _, target in rows_of(pair)]
    right = [flat(said) == flat(want) for said, want in zip(answers, wanted, strict=True)]
    assert sum(right) >= 0.95 * len(right)


def test_one_by_one_is_as_good_as_a_batch(pair: str, engine: Engine, answers: list[str]) -> None:
    every = range(0, len(answers), 8)
    rows = rows_of(pair)
    alone = [engine.translate([Request(rows[n][0])])[0][0].text for n in every]
    same = [said == answers[n] for said, n in zip(alone, every, strict=True)]
    assert sum(same) >= 0.99 * len(same)


def test_nothing_is_unknown(pair: str, engine: Engine) -> None:
    texts = [source for source, _ in rows_of(pair)]
    assert not [text for text in texts if "⁇" in engine.package.normalised(text)]
