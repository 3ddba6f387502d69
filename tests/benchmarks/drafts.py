"""
Offline drafts vi→en→zh with packages of the real size and random weights.

Ours is :class:`quangba.mt.engine.Engine`, as ``quangba translate`` uses it; the alternative calls
the same models on the same sentences as ``argostranslate.translate`` 1.11 does: paragraph by
paragraph, 32 tokens in a batch. Random weights do not know when to stop, so every answer of both
has the same fixed length.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ctranslate2

from quangba.mt.argos import ModelPackage
from quangba.mt.engine import BEAM, LENGTH_PENALTY, Engine, Request

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
PAIRS = (("vi", "en"), ("en", "zh"))
LENGTH = 30
"""Tokens of every answer."""

KNOWN = {"<unk>": -1e4}
"""Bias with which a model, like the real ones, hardly ever says that it has no word."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class FixedLength(ctranslate2.Translator):
    """A model whose answers are all equally long."""

    def translate_batch(self, *arguments: Any, **options: Any) -> Any:
        options |= {"min_decoding_length": LENGTH, "max_decoding_length": LENGTH}
        return super().translate_batch(*arguments, **options)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def prepare(folder: str, segments: str, **sizes: Any) -> Callable[[], object]:
    """Write the packages and the sentences of real segments, a list for each segment."""
    sys.path.insert(0, str(ROOT / "tests" / "models"))
    from random_package import make_random_package

    from quangba.catalogs.workspace import Workspace
    from quangba.mt.sentences import split
    from quangba.settings import load_settings

    for seed, (source, target) in enumerate(PAIRS):
        # With one embedding for both sides all answers would be the same word again and again.
        make_random_package(
            Path(folder), source=source, target=target, seed=seed, tied=False, bias=KNOWN, **sizes
        )
    workspace = Workspace(load_settings(str(ROOT / "mkdocs.yml")))
    found = [s.msgid for name in workspace.names for s in workspace.collected(name).segments]
    texts = [split(text, "vi") for text in list(dict.fromkeys(found))[: int(segments)]]
    Path(folder, "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    return lambda: None


def texts(folder: str) -> list[list[str]]:
    """Return the sentences of each segment."""
    found: list[list[str]] = json.loads(Path(folder, "texts.json").read_text(encoding="utf-8"))
    return found


def package(folder: str, pair: tuple[str, str]) -> ModelPackage:
    """Return one of the packages."""
    return ModelPackage(Path(folder, f"translate-{pair[0]}_{pair[1]}-1_0"))


def ours(folder: str, limit: str = "") -> Callable[[], object]:
    """Everything in one call for each pair; ``limit`` is how many sentences, by default all."""
    sentences = [sentence for segment in texts(folder) for sentence in segment]
    sentences = sentences[: int(limit) if limit else None]

    def run() -> list[str]:
        found = sentences
        for pair in PAIRS:
            with Engine(package(folder, pair)) as engine:
                answers = engine.translate([Request(text) for text in found])
            found = [hypotheses[0].text for hypotheses in answers]
        return found

    return with_fixed_length(run)


def stock(folder: str, limit: str = "") -> Callable[[], object]:
    """One call for each segment, as ``argostranslate.translate.apply_packaged_translation``."""
    segments = texts(folder)
    if limit:
        segments = [segments[0][: int(limit)]]

    def run() -> list[list[str]]:
        found = segments
        for pair in PAIRS:
            used = package(folder, pair)
            model = ctranslate2.Translator(
                str(used.path / "model"), compute_type="auto", inter_threads=1, intra_threads=0
            )
            found = [stock_call(model, used, segment) for segment in found]
        return found

    return with_fixed_length(run)


def stock_call(model: Any, used: ModelPackage, segment: list[str]) -> list[str]:
    """Translate the sentences of one segment."""
    results = model.translate_batch(
        [used.encode(sentence) for sentence in segment],
        replace_unknowns=True,
        max_batch_size=32,
        batch_type="tokens",
        beam_size=BEAM,
        num_hypotheses=1,
        length_penalty=LENGTH_PENALTY,
        return_scores=True,
    )
    return [used.decode(result.hypotheses[0]) for result in results]


def pair(folder: str) -> Callable[[], object]:
    """One pair, loaded, and one sentence: what the memory of a run is compared with."""

    def run() -> object:
        with Engine(package(folder, PAIRS[0]), threads=1) as engine:
            return engine.translate([Request("Vịnh Hạ Long")])

    return with_fixed_length(run)


def with_fixed_length(run: Callable[[], object]) -> Callable[[], object]:
    """Let a measurement use models whose answers are all equally long."""
    ctranslate2.Translator = FixedLength
    return run
