"""
Translation packages of Argos, as they lie unpacked in a folder.

The only module that imports argostranslate; ``tests/mt/test_argos.py`` guards its version. Those
of its parts that translate are never imported: they need PyTorch, and their sentence splitter fails
on Vietnamese.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from functools import cached_property
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quangba.errors import QuangbaError
from quangba.mt.archive import METADATA, TOKENIZERS

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PINNED = {"argostranslate": "1.11.0"}
"""Version that this module was written for."""

FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")
"""Variables that say where Argos creates folders when it is imported."""

OTHERS = ("ARGOS_", "SNAP")
"""Variables that must not reach Argos: a number that is none in one of them fails its import."""

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+]{0,19}")

VOCABULARIES = tuple(
    f"model/{side}_vocabulary.{ending}"
    for side in ("shared", "source")
    for ending in ("json", "txt")
)

BLANK = "\u2581"
"""What SentencePiece writes for a blank."""

UNKNOWN = "⁇"
"""What SentencePiece writes for a token without a text."""

UNSAFE = re.compile("[\x00\ud800-\udfff]")
"""Characters that no tokenizer can be given."""

# ----------------------------------------------------------------------------
# Import
# ----------------------------------------------------------------------------


@contextmanager
def away_from_home() -> Iterator[None]:
    """Let Argos create its folders in a temporary one; undo what it does to the environment."""
    saved = dict(os.environ)
    with TemporaryDirectory(prefix="quangba-") as folder:
        try:
            for name in [name for name in saved if name.startswith(OTHERS)]:
                del os.environ[name]
            os.environ.update(dict.fromkeys(FOLDERS, folder))
            yield
        finally:
            for name in set(os.environ) - set(saved):
                del os.environ[name]
            os.environ.update(saved)


with away_from_home():
    ARGOS: Any = import_module("argostranslate.package")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class ModelPackage:
    """
    One unpacked package folder: what it translates, and its tokenizer.

    Raises ``QuangbaError`` (``draft-package-broken``) with the name of the folder when metadata or
    tokenizer are missing or cannot be used. The model itself is loaded by the engine.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            package = ARGOS.Package(path)
        except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise self.broken(METADATA) from error
        self.source = self._field(package.from_code, LANGUAGE)
        self.target = self._field(package.to_code, LANGUAGE)
        self.version = self._field(package.package_version, VERSION)
        self.target_prefix = self._field(package.target_prefix, re.compile(r"\S*"))
        if package.type != "translate":
            raise self.broken(METADATA)
        self._tokenizer = self._open_tokenizer(package)

    def __repr__(self) -> str:
        return f"ModelPackage({self.name!r})"

    @property
    def name(self) -> str:
        """Pair and version, as people are told: ``vi_en-1.9``."""
        return f"{self.source}_{self.target}-{self.version}"

    def encode(self, text: str) -> list[str]:
        """Return the tokens of a text; none for blanks."""
        tokens: list[str] = self._tokenizer.encode(UNSAFE.sub("\ufffd", text))
        return tokens

    def decode(self, tokens: Sequence[str]) -> str:
        """Return the text of tokens."""
        if not self._pieces:
            # A last token that says that its word goes on.
            ended = [*tokens[:-1], *(token.removesuffix("@@") for token in tokens[-1:])]
            return str(self._tokenizer.decode(ended)).strip()
        # Not the tokenizer's own decode, which turns every ``_`` into a blank.
        text: str = self._tokenizer.lazy_processor().decode_pieces(list(tokens))
        return text.replace(BLANK, " ").strip()

    def normalised(self, text: str) -> str:
        """
        Return what the model sees of a text: the tokens that it knows, joined again.

        Every token that the model does not know is ``⁇``; ``km²`` comes back as ``km2``.
        """
        known = self._vocabulary
        return self.decode([t if t in known else UNKNOWN for t in self.encode(text)])

    @property
    def fits(self) -> bool:
        """Whether the model knows anything that the tokenizer makes of letters and figures."""
        return not self._vocabulary.isdisjoint(self.encode("0 1 2 3 . , a e i n o r s t"))

    def broken(self, part: str) -> QuangbaError:
        """Make the error for a file of the package that is missing or cannot be used."""
        return QuangbaError("draft-package-broken", name=self.path.name, part=part)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The tokens that the model knows."""
        path = next((p for name in VOCABULARIES if (p := self.path / name).is_file()), None)
        if path is None:
            raise self.broken(VOCABULARIES[0])
        try:
            text = path.read_text(encoding="utf-8")
            tokens = json.loads(text) if path.suffix == ".json" else text.split("\n")
            return frozenset(tokens)
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise self.broken(f"model/{path.name}") from error

    @property
    def _pieces(self) -> bool:
        """Whether the tokenizer is SentencePiece; the other one is BPE."""
        return hasattr(self._tokenizer, "lazy_processor")

    def _field(self, value: object, pattern: re.Pattern[str]) -> str:
        """Return a field of the metadata when it is what it should be."""
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise self.broken(METADATA)
        return value

    def _open_tokenizer(self, package: Any) -> Any:
        """Return the tokenizer after trying it out; both kinds read their file when first used."""
        name = next((name for name in TOKENIZERS if (self.path / name).is_file()), None)
        if name is None:
            raise self.broken(TOKENIZERS[0])
        try:
            # Argos' BPE reader ends the whole program at a bad line.
            with redirect_stderr(io.StringIO()):
                package.tokenizer.encode("1")
        except (Exception, SystemExit) as error:
            raise self.broken(name) from error
        return package.tokenizer
