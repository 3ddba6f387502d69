"""Calibration: what survives is measured, stored beside the package, and used in the next run."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hostile import SYLLABLES, command, install, make, script, speak

from quangba.errors import QuangbaError
from quangba.mt.calibrate import PROBES, calibrate, marked
from quangba.mt.engine import Hypothesis, Request
from quangba.mt.masks import STYLES
from quangba.mt.profile import Profile
from quangba.mt.store import Installed, Store

# ----------------------------------------------------------------------------
# A model that says what we want
# ----------------------------------------------------------------------------


class Package:
    """Its tokens are words."""

    def encode(self, text: str) -> list[str]:
        return text.split()

    def decode(self, tokens: Sequence[str]) -> str:
        return " ".join(tokens)


class Engine:
    """Answers by a function; attention looks where ``look`` says."""

    def __init__(
        self,
        model: Callable[[str], str],
        look: Callable[[int, int, int], int] = lambda at, tokens, source: min(at, source - 1),
    ) -> None:
        self.package = Package()
        self.model, self.look = model, look

    def translate(
        self, requests: Sequence[Request], done: Callable[[int, list[Hypothesis]], None]
    ) -> list[list[Hypothesis]]:
        found = []
        for index, request in enumerate(requests):
            text = self.model(request.text)
            tokens, source = tuple(text.split()), len(request.text.split())
            rows = []
            for at in range(len(tokens) if request.attention else 0):
                best = self.look(at, len(tokens), source)
                rows.append(tuple(float(place == best) for place in range(source)))
            answer = Hypothesis(text, 0.0, None if text else "empty", tokens, tuple(rows))
            found.append([answer])
            done(index, [answer])
        return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return install(tmp_path_factory.mktemp("models"), "vi_en", "en_ja", "ja_en")


@pytest.fixture
def store(made: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    shutil.copytree(made.folder, tmp_path / "models")
    monkeypatch.setenv("QUANGBA_LANG", "en")
    monkeypatch.setenv("QUANGBA_MODELS", str(tmp_path / "models"))
    return Store(tmp_path / "models")


def find(store: Store, pair: str) -> Installed:
    return next(one for one in store.installed() if one.name.startswith(pair))


def measure(store: Store, engine: Engine, pair: str = "vi_en") -> Profile:
    package = find(store, pair)
    profile = calibrate(store, package, engine)  # type: ignore[arg-type]
    assert Profile.read(store.calibration(package), package.sha256) == profile
    return profile


def words(text: str) -> str:
    return speak("vi_en", text)


# ----------------------------------------------------------------------------
# Masks and pairs
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("pair", ["vi_en", "en_ja"])
def test_a_perfect_model(store: Store, pair: str) -> None:
    profile = measure(store, Engine(words), pair)
    survived = {name for name, share in profile.masks.items() if share == 1}
    # “ZX1” is a word for this translator.
    assert survived >= {"square", "number", "white", "hash"}
    assert profile.pairs["square"] == 1
    assert profile.marks_pairs
    assert profile.styles[0].name == "square"


@pytest.mark.parametrize("name", [style.name for style in STYLES])
def test_only_one_style_survives(store: Store, name: str) -> None:
    style = next(style for style in STYLES if style.name == name)

    def model(text: str) -> str:
        kept = [match[0] for match in style.pattern.finditer(text)]
        # Numbers stand alone; those in the masks of other styles are lost with them.
        if name == "number" and re.search(r"[\[\]⟦⟧#]|ZX", text):
            kept = []
        return " ".join([SYLLABLES[0], *(f"{mask} {SYLLABLES[1]}" for mask in kept)])

    profile = measure(store, Engine(model))
    assert [style.name for style in profile.styles] == [name]
    assert profile.masks[name] == 1
    assert all(share == 0 for other, share in profile.masks.items() if other != name)


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(lambda text: "", id="silent"),
        pytest.param(lambda text: "Lomu befa", id="drops"),
        pytest.param(lambda text: f"{words(text)} {words(text)}", id="doubles"),
        pytest.param(lambda text: re.sub(r"[^\W\d_]+", "", words(text)), id="no-words"),
        pytest.param(lambda text: re.sub(r"\d", "9", words(text)), id="changes"),
        pytest.param(lambda text: "[" * 50 + "1" * 50, id="garbage"),
    ],
)
def test_nothing_survives(store: Store, model: Callable[[str], str]) -> None:
    profile = measure(store, Engine(model))
    assert set(profile.masks.values()) == set(profile.pairs.values()) == {0.0}
    assert not profile.marks_pairs
    assert profile.styles == Profile().styles


def test_pairs_that_change_places_do_not_survive(store: Store) -> None:
    def model(text: str) -> str:
        """Close before opening where there are two masks."""
        found = re.findall(r"\[\d\]", text)
        swapped = iter(found[::-1])
        return re.sub(r"\[\d\]", lambda _: next(swapped), words(text))

    profile = measure(store, Engine(model))
    assert profile.masks["square"] == 1
    assert profile.pairs["square"] == 0


def test_every_style_is_measured_on_masks_and_on_pairs(store: Store) -> None:
    profile = measure(store, Engine(words))
    names = {style.name for style in STYLES}
    assert set(profile.masks) == set(profile.pairs) == names
    assert all(0 <= share <= 1 for share in (*profile.masks.values(), *profile.pairs.values()))


def test_probes_are_what_they_say() -> None:
    for language in ("vi", "en"):
        texts = [marked(probe) for probe in PROBES[language]]
        assert len(set(texts)) == len(texts) == 16
        assert not any(set("{}<>") & set(text) for text in texts)


# ----------------------------------------------------------------------------
# Attention
# ----------------------------------------------------------------------------


def test_attention_that_looks_right(store: Store) -> None:
    assert measure(store, Engine(words)).attention == 1
    assert measure(store, Engine(words)).attends


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda at, tokens, source: 0, id="first"),
        pytest.param(lambda at, tokens, source: source - 1 - at % source, id="backwards"),
        pytest.param(lambda at, tokens, source: source - 1, id="end"),
    ],
)
def test_attention_that_looks_wrong(store: Store, look: Callable[[int, int, int], int]) -> None:
    profile = measure(store, Engine(words, look))
    assert profile.attention < 0.5
    assert not profile.attends


def test_a_model_that_loses_numbers_has_no_attention(store: Store) -> None:
    assert measure(store, Engine(lambda text: re.sub(r"\d", "", words(text)))).attention == 0


# ----------------------------------------------------------------------------
# Storing
# ----------------------------------------------------------------------------


def test_another_package_under_the_same_name_is_not_believed(store: Store) -> None:
    measure(store, Engine(words))
    path = store.calibration(find(store, "vi_en"))
    assert Profile.read(path, "0" * 64) == Profile()
    store.remove("vi_en-1.0")
    assert not path.exists()


def test_progress_counts_to_the_end(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    calibrate(
        store,
        find(store, "vi_en"),
        Engine(words),  # type: ignore[arg-type]
        lambda done, total: seen.append((done, total)),
    )
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert {total for _, total in seen} == {len(seen)}


def test_a_result_that_cannot_be_stored_is_one_sentence(store: Store) -> None:
    path = store.calibration(find(store, "vi_en"))
    path.write_text("{}", encoding="utf-8")
    path.chmod(0o444)
    with pytest.raises(QuangbaError, match="cannot be written"):
        measure(store, Engine(words))


# ----------------------------------------------------------------------------
# The command
# ----------------------------------------------------------------------------


def test_every_package_is_measured(store: Store, tmp_path: Path) -> None:
    code, text = command(tmp_path / "none.yml", "models", "calibrate")
    assert code == 0, text
    assert "vi_en-1.0: mask style “" in text
    for name in ("vi_en-1.0", "en_ja-1.0"):
        data = json.loads((store.folder / f"{name}.calibration.json").read_text("utf-8"))
        assert data["sha256"] == find(store, name).sha256


@pytest.mark.parametrize("name", ["en_ja", "en_ja-1.0"])
def test_one_package_is_measured(store: Store, tmp_path: Path, name: str) -> None:
    assert command(tmp_path / "none.yml", "models", "calibrate", name)[0] == 0
    assert [path.name for path in store.folder.glob("*.calibration.json")] == [
        "en_ja-1.0.calibration.json"
    ]


def test_a_package_that_was_not_measured_is_not_said_to_fail(store: Store, tmp_path: Path) -> None:
    """There are no probes in Japanese."""
    code, text = command(tmp_path / "none.yml", "models", "calibrate", "ja_en")
    assert code == 0
    assert "0%" not in text


def test_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")
    monkeypatch.setenv("QUANGBA_MODELS", str(tmp_path / "none"))
    assert command(tmp_path / "x", "models", "calibrate") == (0, "No package is installed.\n")
    code, text = command(tmp_path / "x", "models", "calibrate", "vi_en")
    assert code == 1
    assert "vi_en is not installed" in text
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("file", ["model/model.bin", "sentencepiece.model", "metadata.json"])
@pytest.mark.parametrize("cut", [False, True], ids=["zeros", "cut"])
def test_a_damaged_package_is_one_sentence_and_others_go_on(
    store: Store, tmp_path: Path, file: str, cut: bool
) -> None:
    path = store.folder / "en_ja-1.0" / file
    path.write_bytes(b"" if cut else bytes(path.stat().st_size))
    code, text = command(tmp_path / "x", "models", "calibrate", "en_ja", "vi_en")
    assert code == 1
    assert "en_ja-1.0" in text
    assert "vi_en-1.0: mask style" in text
    assert not (store.folder / "en_ja-1.0.calibration.json").exists()


def test_what_was_measured_is_used(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = find(store, "vi_en")
    profile = Profile(package.sha256, {"hash": 1.0}, {"hash": 1.0})
    store.calibration(package).write_text(profile.to_json(), encoding="utf-8")
    asked = script(monkeypatch)
    site = make(tmp_path / "s", {"content/a.md": "Vé **tàu** ra `x` lúc sáng.\n"}, "en")
    assert command(site, "translate", "a.md")[0] == 0
    assert re.fullmatch(r"Vé #\d tàu #\d ra #\d lúc sáng\.", asked[0][1].text)
