"""
Packages with random weights, of any size: real files, real tokenizer, nonsense as translation.

Nothing but numpy, SentencePiece and ``ctranslate2.specs``; the weights follow the seed.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
SPECIAL = ["<unk>", "<s>", "</s>"]
NEVER = -1e4
"""Bias of a token that is never said."""

TINY: dict[str, Any] = {
    "layers": 2,
    "width": 64,
    "heads": 4,
    "vocabulary": 800,
    "positions": 1100,
    "tied": False,
}
"""Sizes of a package that loads in no time."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def make_random_package(
    folder: Path,
    *,
    source: str = "vi",
    target: str = "en",
    version: str = "1.0",
    layers: int = 6,
    width: int = 512,
    heads: int = 8,
    vocabulary: int = 32000,
    pieces: int = 800,
    positions: int = 2048,
    seed: int = 0,
    prefix: str = "",
    quantization: str = "int8",
    bpe: bool = False,
    source_end: bool = False,
    tied: bool = True,
    bias: Mapping[str, float] | None = None,
) -> Path:
    """
    Write an unpacked package below ``folder``; return its path.

    Of the ``vocabulary`` at most ``pieces`` are real ones, learnt from this repository; the others
    are dummies that neither tokenizer nor model ever says. ``positions`` is the length of the
    position table, ``source_end`` appends ``</s>`` to every source, as OPUS-MT's models do. With
    one embedding for everything (``tied``), as in real packages, random weights say one word for
    ever; without, answers vary. ``bias`` makes tokens likelier: ``{"</s>": 1e4}`` says nothing.
    """
    path = folder / f"translate-{source}_{target}-{version.replace('.', '_')}"
    (path / "model").mkdir(parents=True)
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": source,
        "to_code": target,
        "to_name": target,
        **({"target_prefix": prefix} if prefix else {}),
    }
    (path / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    (path / "README.md").write_text("Random weights: test material.\n", encoding="utf-8")
    tokens = [*SPECIAL, *([prefix] if prefix else [])]
    if bpe:
        tokens += write_bpe(path / "bpe.model")
    else:
        model = train_pieces(min(pieces, vocabulary - len(tokens)))
        (path / "sentencepiece.model").write_bytes(model)
        tokens += piece_list(model)
    dummies = [f"\u2581dummy{number}" for number in range(vocabulary - len(tokens))]
    tokens = [*tokens[:vocabulary], *dummies]
    spec = make_spec(layers, width, heads, tokens, positions, seed, tied)
    spec.decoder.projection.bias[vocabulary - len(dummies) :] = NEVER
    for token, value in (bias or {}).items():
        spec.decoder.projection.bias[tokens.index(token)] = value
    spec.config.add_source_eos = source_end
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(path / "model"))
    return path


def pack(path: Path) -> Path:
    """Zip an unpacked package beside it, as ``….argosmodel``; return the file."""
    file = path.with_name(f"{path.name}.argosmodel")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in sorted(path.rglob("*")):
            archive.write(member, f"{path.name}/{member.relative_to(path).as_posix()}")
    return file


def texts() -> list[str]:
    """Return the lines of the site's own Vietnamese and English."""
    lines = []
    for page in sorted((ROOT / "content").rglob("*.md")):
        lines += page.read_text(encoding="utf-8").splitlines()
    for catalog in sorted((ROOT / "locales" / "en").rglob("*.po")):
        lines += re.findall(r'^msgstr "(.+)"$', catalog.read_text(encoding="utf-8"), re.MULTILINE)
    return [line for line in lines if len(line) > 20]


@cache
def train_pieces(size: int) -> bytes:
    """Return a SentencePiece model of at most ``size`` pieces."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts()),
        model_writer=model,
        vocab_size=size,
        hard_vocab_limit=False,
        model_type="bpe",
        character_coverage=0.99995,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def piece_list(model: bytes) -> list[str]:
    """Return the pieces of a SentencePiece model without the special ones."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    names = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    return [name for name in names if name not in SPECIAL]


def write_bpe(path: Path) -> list[str]:
    """Write a few merges; return the tokens that they make."""
    pairs = ["n g", "n g</w>", "t h", "n h</w>", "c h"]
    path.write_text("#version: 0.2\n" + "\n".join(pairs) + "\n", encoding="utf-8")
    letters = sorted(set("".join(texts())) - {" "})
    parts = dict.fromkeys([*letters, "ng", "th", "nh", "ch"])
    return [*parts, *(f"{part}@@" for part in parts)]


def make_spec(
    layers: int, width: int, heads: int, tokens: list[str], positions: int, seed: int, tied: bool
) -> TransformerSpec:
    """Return a pre-norm Transformer with random weights and one vocabulary for both sides."""
    random = np.random.default_rng(seed)
    spec = TransformerSpec.from_config(layers, heads, pre_norm=True)
    embedding = matrix(random, len(tokens), width)
    table = sines(positions, width)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = table
        fill_norm(side.layer_norm, width)
        for layer in side.layer:
            fill_attention(layer.self_attention, random, width, [3 * width, width])
            if hasattr(layer, "attention"):
                fill_attention(layer.attention, random, width, [width, 2 * width, width])
            fill_norm(layer.ffn.layer_norm, width)
            fill_linear(layer.ffn.linear_0, random, 4 * width, width)
            fill_linear(layer.ffn.linear_1, random, width, 4 * width)
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.projection.weight = (
        embedding if tied else matrix(random, len(tokens), width) * np.float32(4)
    )
    spec.decoder.projection.bias = np.zeros(len(tokens), np.float32)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    return spec


def matrix(random: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """Return random weights of the usual spread."""
    spread = np.float32(columns**-0.5)
    return random.standard_normal((rows, columns), dtype=np.float32) * spread


def sines(positions: int, width: int) -> np.ndarray:
    """Return the position table: sines in the first half, cosines in the second."""
    scale = np.power(10000.0, -np.arange(width // 2) / (width // 2))
    angles = np.arange(positions)[:, None] * scale[None, :]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def fill_norm(norm: Any, width: int) -> None:
    """Let a layer norm change nothing."""
    norm.gamma = np.ones(width, np.float32)
    norm.beta = np.zeros(width, np.float32)


def fill_linear(linear: Any, random: np.random.Generator, rows: int, columns: int) -> None:
    """Fill a linear layer."""
    linear.weight = matrix(random, rows, columns)
    linear.bias = np.zeros(rows, np.float32)


def fill_attention(
    attention: Any, random: np.random.Generator, width: int, rows: list[int]
) -> None:
    """Fill an attention layer: its norm and its projections."""
    fill_norm(attention.layer_norm, width)
    for linear, count in zip(attention.linear, rows, strict=True):
        fill_linear(linear, random, count, width)
