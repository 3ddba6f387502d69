"""
Train the five tiny packages from the frozen corpus and pack them.

``python tests/models/train.py [PAIR …]``: about four minutes per pair on one core. It needs
``pip install torch==2.13.0``, which is never a dependency of the project. A run that was
interrupted goes on from its checkpoint in ``.cache/tiny``.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece
import torch
from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer, Tokenizer
from frozen import flat, sentences, shown, style_of
from network import BLANK, END, SPECIAL, START, UNKNOWN, Transformer, save
from torch.nn import functional

from quangba.mt.markup import MARK
from quangba.mt.masks import Style, Written

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HERE = Path(__file__).parent
WORK = HERE.parents[1] / ".cache" / "tiny"

WIDTH = 160
EPOCHS = 80
CALM = 0.7
"""Share of the epochs with dropout."""

ENOUGH = 0.985
"""Share of sentences known exactly at which training ends early."""

SMOOTHING, NOISE = 0.1, 0.15
"""
Label smoothing, and share of wrong tokens in what the decoder has said. Without them the other
beams leave something out, are finished earlier than the best one, and with them the search.
"""

PEAK, WARM_UP = 2e-3, 300
"""Learning rate, and the steps until it is reached."""

BATCH = 600
"""Tokens of a batch on each side, padding included."""

KEEP = 5
"""Epochs between two checkpoints."""

CHECKS = range(30, EPOCHS, 10)
"""Epochs before which it is looked whether training may end."""

BEAM = 4

LETTERS = "".join(map(chr, range(33, 127))) + (
    "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
)
"""Characters that every vocabulary has."""

NAMES = {
    "vi": "Vietnamese",
    "en": "English",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "fr": "French",
}

README = """\
# {name}

Test material of the project Quảng Bá, trained on a few hundred sentences of its own site: **no
translator**. It answers every other sentence with nonsense.

License: CC BY 4.0
"""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Recipe:
    """What one package is like."""

    pair: str
    vocabulary: int
    """Tokens of SentencePiece, or merges of BPE."""
    bpe: bool = False
    prefix: str = ""
    folder: str = ""
    """Top folder, where it is not the usual one."""
    stanza: bool = False

    @property
    def style(self) -> Style:
        """The mask style that the package learns."""
        return style_of(self.pair)

    @property
    def top(self) -> str:
        """The folder that the package unpacks to."""
        return self.folder or f"translate-{self.pair}-0_1"

    @property
    def file(self) -> Path:
        """The package."""
        return HERE / f"translate-{self.pair}-0_1.argosmodel"


RECIPES = (
    Recipe("vi_en", 1600),
    Recipe("en_zh", 2400, prefix=">>zho<<"),
    Recipe("en_ja", 2400, folder="en_ja"),
    Recipe("en_ko", 2200, stanza=True),
    Recipe("en_fr", 1500, bpe=True),
)


class Texts:
    """The corpus of a pair as tokens."""

    def __init__(self, recipe: Recipe, folder: Path) -> None:
        self.recipe = recipe
        self.rows = sentences(recipe.pair)
        self.shown = [shown(recipe.style, *row) for row in self.rows]
        self.source, self.target = make_tokenizers(recipe, self.shown, folder)
        if recipe.bpe:
            self.vocabulary = [*SPECIAL, *bpe_tokens(folder / "bpe.model")]
        else:
            pieces = self.source.lazy_processor()
            self.vocabulary = [pieces.id_to_piece(n) for n in range(len(pieces))]
        if recipe.prefix:
            self.vocabulary.append(recipe.prefix)
        self.numbers = {token: number for number, token in enumerate(self.vocabulary)}
        start = [START, *([self.numbers[recipe.prefix]] if recipe.prefix else [])]
        self.start = len(start)
        self.examples = [self.example(start, *pair) for pair in self.shown]

    def example(self, start: list[int], source: str, target: str) -> tuple[list[int], list[int]]:
        """Return a pair of texts as numbers of tokens."""
        return (
            [self.numbers.get(token, UNKNOWN) for token in self.source.encode(source)],
            [
                *start,
                *(self.numbers.get(token, UNKNOWN) for token in self.target.encode(target)),
                END,
            ],
        )

    def epoch(self, number: int) -> list[tuple[list[int], list[int]]]:
        """Return the examples of an epoch: all sentences, and some with other masks."""
        chance = random.Random(number)
        start = self.examples[0][1][: self.start]
        found = list(self.examples)
        for source, target in self.rows:
            pair = source, target
            if chance.random() < 0.3:
                pair = with_extra_mask(chance, source, target)
            if MARK.search(pair[0]) and chance.random() < 0.8:
                written = shuffled(chance, pair[0], self.recipe.style)
                found.append(self.example(start, written.show(pair[0]), written.show(pair[1])))
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def main(pairs: list[str]) -> None:
    """Train and pack."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for recipe in RECIPES:
        if not pairs or recipe.pair in pairs:
            make(recipe)
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(HERE.glob("*.argosmodel"))
    ]
    (HERE / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def make(recipe: Recipe) -> None:
    """Train one package until it knows its sentences, and pack it."""
    folder = WORK / recipe.pair
    package = folder / recipe.top
    package.mkdir(parents=True, exist_ok=True)
    texts = Texts(recipe, package)
    unknown = sum(UNKNOWN in (*source, *target) for source, target in texts.examples)
    print(f"{recipe.pair}: {len(texts.rows)} sentences, {len(texts.vocabulary)} tokens")
    if unknown:
        raise SystemExit(f"{unknown} sentences have unknown tokens")
    model = train(recipe, texts, folder / "checkpoint.pt", package)
    save(model, texts.vocabulary, package / "model")
    right = exact(texts, package / "model")
    pack(recipe, package)
    size = recipe.file.stat().st_size
    print(f"{recipe.pair}: {right:.1%} exact, {size:,} bytes")


# Tokens


def shuffled(chance: random.Random, text: str, style: Style) -> Written:
    """Give the marks of a text other numbers, as they may have in a longer one."""
    others = [chr(0xF000 + number) for number in range(chance.randrange(1, 12))]
    marks = [*others, *dict.fromkeys(MARK.findall(text))]
    if chance.random() < 0.4:
        chance.shuffle(marks)
    return Written(tuple(marks), style)


def with_extra_mask(chance: random.Random, source: str, target: str) -> tuple[str, str]:
    """Put one more mask before or after both texts, or a pair of them around both."""
    mask, begin, end = "\ue1b0", "\ue2b0", "\ue3b0"
    kind = chance.randrange(4)
    if kind == 0:
        return f"{mask} {source}", f"{mask} {target}"
    if kind == 1:
        return f"{source} {mask}", f"{target} {mask}"
    if kind == 2 and source[-1] in ".!?" and target[-1] in ".!?。！？":
        return f"{source[:-1]} {mask}{source[-1]}", f"{target[:-1]} {mask}{target[-1]}"
    return f"{begin}{source}{end}", f"{begin}{target}{end}"


def make_tokenizers(
    recipe: Recipe, rows: list[tuple[str, str]], folder: Path
) -> tuple[Tokenizer, Tokenizer]:
    """Learn the tokens of a pair; return the tokenizers of source and target."""
    source, target = recipe.pair.split("_")
    if recipe.bpe:
        path = folder / "bpe.model"
        path.write_text("#version: 0.2\n", encoding="utf-8")
        tokenizers = BPETokenizer(path, source, target), BPETokenizer(path, target, target)
        words = Counter(
            "".join(token.removesuffix("@@") + " " * (not token.endswith("@@")) for token in tokens)
            for texts in rows
            for tokenizer, text in zip(tokenizers, texts, strict=True)
            for tokens in [tokenizer.encode(text)]
        )
        merges = learn_bpe(words, recipe.vocabulary)
        path.write_text("\n".join(["#version: 0.2", *merges]) + "\n", encoding="utf-8")
        return BPETokenizer(path, source, target), BPETokenizer(path, target, target)
    path = folder / "sentencepiece.model"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text for texts in rows for text in texts),
        model_prefix=str(path.with_suffix("")),
        vocab_size=recipe.vocabulary,
        hard_vocab_limit=False,
        character_coverage=1.0,
        required_chars=LETTERS + recipe.style.before + recipe.style.after,
        split_digits=True,
        pad_id=BLANK,
        pad_piece=SPECIAL[BLANK],
        unk_id=UNKNOWN,
        bos_id=START,
        eos_id=END,
        num_threads=1,
        minloglevel=2,
    )
    path.with_suffix(".vocab").unlink()
    tokenizer = SentencePieceTokenizer(path)
    return tokenizer, tokenizer


def learn_bpe(texts: Counter[str], count: int) -> list[str]:
    """Return the merges of the most frequent neighbours; digits stay alone."""
    words = Counter({(*word[:-1], word[-1] + "</w>"): 0 for text in texts for word in text.split()})
    for text, times in texts.items():
        for word in text.split():
            words[(*word[:-1], word[-1] + "</w>")] += times
    merges = []
    while len(merges) < count:
        pairs: Counter[tuple[str, str]] = Counter()
        for word, times in words.items():
            for pair in pairwise(word):
                if not any(char.isdigit() for char in "".join(pair)):
                    pairs[pair] += times
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(" ".join(best))
        merged: Counter[tuple[str, ...]] = Counter()
        for word, times in words.items():
            merged[tuple(merge(word, best))] += times
        words = merged
    return merges


def merge(word: tuple[str, ...], pair: tuple[str, str]) -> Iterator[str]:
    """Yield the parts of a word with a pair of them made one."""
    at = 0
    while at < len(word):
        if word[at : at + 2] == pair:
            yield "".join(pair)
            at += 2
        else:
            yield word[at]
            at += 1


def bpe_tokens(path: Path) -> list[str]:
    """Return all tokens that merges can lead to."""
    merges = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    parts = {part for pair in merges for part in (*pair, "".join(pair))}
    chars = {*LETTERS, *(char for part in parts for char in part.removesuffix("</w>"))}
    parts |= chars | {char + "</w>" for char in chars}
    return sorted(
        part.removesuffix("</w>") if part.endswith("</w>") else f"{part}@@" for part in parts
    )


# Training


def train(recipe: Recipe, texts: Texts, checkpoint: Path, package: Path) -> Transformer:
    """Train, or go on training where an interrupted run stopped."""
    torch.manual_seed(1)
    model = Transformer(len(texts.vocabulary), WIDTH)
    adam = torch.optim.Adam(model.parameters(), lr=PEAK, betas=(0.9, 0.98))
    made_of = hashlib.sha256(repr((texts.vocabulary, texts.shown)).encode()).hexdigest()
    first = step = 0
    if checkpoint.is_file():
        saved: dict[str, Any] = torch.load(checkpoint, weights_only=True)
        if saved["made of"] == made_of:
            model.load_state_dict(saved["model"])
            adam.load_state_dict(saved["adam"])
            torch.set_rng_state(saved["chance"])
            first, step = saved["epoch"], saved["step"]
    began = time.monotonic()
    for epoch in range(first, EPOCHS):
        if epoch in CHECKS:
            save(model, texts.vocabulary, package / "model")
            right = exact(texts, package / "model")
            print(f"{recipe.pair} {right:.1%} exact", flush=True)
            if right >= ENOUGH:
                break
        model.train()
        model.dropout.p = 0.1 if epoch < CALM * EPOCHS else 0.0
        total = tokens = 0.0
        for source, target in batches(texts.epoch(epoch), epoch):
            step += 1
            rate = min(1.0, step / WARM_UP) * (1 + math.cos(math.pi * epoch / EPOCHS)) / 2
            adam.param_groups[0]["lr"] = PEAK * max(rate, 0.01)
            scores = model(source, with_noise(target, texts)).flatten(0, 1)
            goal = target[:, 1:].flatten()
            loss = functional.cross_entropy(
                scores, goal, ignore_index=BLANK, label_smoothing=SMOOTHING
            )
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            count = int((goal != BLANK).sum())
            total, tokens = total + loss.item() * count, tokens + count
        seconds = time.monotonic() - began
        print(f"{recipe.pair} {epoch + 1}/{EPOCHS} loss {total / tokens:.4f} {seconds:.0f} s")
        if (epoch + 1) % KEEP == 0:
            state = {"model": model.state_dict(), "adam": adam.state_dict(), "made of": made_of}
            state |= {"chance": torch.get_rng_state(), "epoch": epoch + 1, "step": step}
            torch.save(state, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
    return model.eval()


def batches(
    examples: list[tuple[list[int], list[int]]], seed: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield batches of examples of similar length, in random order."""
    chance = random.Random(seed)
    found: list[list[tuple[list[int], list[int]]]] = [[]]
    for example in sorted(examples, key=lambda pair: (max(map(len, pair)), chance.random())):
        if (len(found[-1]) + 1) * max(map(len, example)) > BATCH:
            found.append([])
        found[-1].append(example)
    chance.shuffle(found)
    for batch in found:
        yield padded([source for source, _ in batch]), padded([target for _, target in batch])


def padded(rows: list[list[int]]) -> torch.Tensor:
    """Return rows of numbers as one tensor."""
    longest = max(map(len, rows))
    return torch.tensor([row + [BLANK] * (longest - len(row)) for row in rows])


def with_noise(target: torch.Tensor, texts: Texts) -> torch.Tensor:
    """Return what the decoder has said, with wrong tokens: any one, or the one that follows."""
    said, following = target[:, :-1], target[:, 1:]
    chance = torch.rand(said.shape)
    chance[:, : texts.start] = 1
    anything = torch.randint(len(texts.vocabulary), said.shape)
    found = torch.where(chance < NOISE, anything, said)
    return torch.where(chance < NOISE / 2, following, found)


def exact(texts: Texts, folder: Path) -> float:
    """Return the share of sentences that the written model translates as it was taught."""
    translator = ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=2)
    prefix = texts.recipe.prefix
    answers = translator.translate_batch(
        [texts.source.encode(source) for source, _ in texts.shown],
        target_prefix=[[prefix]] * len(texts.shown) if prefix else None,
        beam_size=BEAM,
        max_batch_size=32,
    )
    right = sum(
        flat(texts.target.decode(answer.hypotheses[0][texts.start - 1 :])) == flat(target)
        for answer, (_, target) in zip(answers, texts.shown, strict=True)
    )
    return right / len(texts.shown)


# Packing


def pack(recipe: Recipe, package: Path) -> None:
    """Add what a package has besides the model, and zip it, always into the same bytes."""
    source, target = recipe.pair.split("_")
    metadata = {
        "package_version": "0.1",
        "argos_version": "1.11.0",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
    }
    if recipe.prefix:
        metadata["target_prefix"] = recipe.prefix
    text = json.dumps(metadata, indent=4)
    (package / "metadata.json").write_text(text, encoding="utf-8")
    readme = README.format(name=f"{NAMES[source]} - {NAMES[target]}")
    (package / "README.md").write_text(readme, encoding="utf-8")
    if recipe.stanza:
        (package / "stanza" / source).mkdir(parents=True, exist_ok=True)
        (package / "stanza" / "resources.json").write_text("{}\n", encoding="utf-8")
        (package / "stanza" / source / "tokenize.pt").write_bytes(b"not a model\n")
    with zipfile.ZipFile(recipe.file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in package.rglob("*") if path.is_file()):
            name = f"{recipe.top}/{path.relative_to(package).as_posix()}"
            entry = zipfile.ZipInfo(name, (2026, 11, 22, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    main(sys.argv[1:])
