"""Tokens: the same in Python, when the site is built, and in the browser, when readers type."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from quangba.search import tokens as module
from quangba.search.tokens import LONGEST, clean, terms, tokens

ROOT = Path(__file__).parents[2]

VECTORS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")
)

by_vector = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])

IN_BROWSER = """text => {
  const {clean, tokens} = window.quangbaTokens;
  const shown = clean(text);
  return tokens(shown).map(({start, end, terms}) => [shown.slice(start, end), ...terms]);
}"""


def told(text: str) -> list[list[str]]:
    shown = clean(text)
    return [[shown[token.start : token.end], *token.terms] for token in tokens(shown)]


@by_vector
def test_vectors_in_python(vector: dict[str, Any]) -> None:
    assert told(vector["text"]) == vector["tokens"]


@pytest.mark.browser
@by_vector
def test_vectors_in_the_browser(page: Page, vector: dict[str, Any]) -> None:
    assert page.evaluate(IN_BROWSER, vector["text"]) == vector["tokens"]


@pytest.mark.browser
def test_our_whole_content_gives_the_same_tokens_in_the_browser(page: Page) -> None:
    for folder, ending in (("content", "md"), ("locales", "po")):
        for path in sorted((ROOT / folder).rglob(f"*.{ending}"))[::7]:
            text = path.read_text(encoding="utf-8")[:20_000]
            assert page.evaluate(IN_BROWSER, text) == told(text), path


@pytest.mark.browser
@pytest.mark.parametrize("block", range(0, 0x3_0000, 0x2000), ids=hex)
def test_every_letter_of_our_unicode_is_taken_alike(page: Page, block: int) -> None:
    chars = map(chr, range(block, block + 0x2000))
    text = " ".join(char for char in chars if category(char) not in ("Cn", "Cs"))
    assert page.evaluate(IN_BROWSER, text) == told(text)


@given(st.text())
def test_any_text_has_tokens_within_it(text: str) -> None:
    shown = clean(text)
    for token in tokens(shown):
        assert 0 <= token.start < token.end <= len(shown)
        assert all(token.terms)
        assert "\n" not in "".join(token.terms)
        assert max(map(len, token.terms)) <= LONGEST


@given(st.text(alphabet="aàáâăđêơưạịộ hHĐ", max_size=30))
def test_case_and_normal_form_make_no_difference(text: str) -> None:
    assert terms(normalize("NFD", text)) == terms(text) == terms(text.upper())


def test_constants_are_the_same_in_both() -> None:
    script = (ROOT / "overrides/shared/assets/javascripts/tokens.js").read_text(encoding="utf-8")
    for keys in (module.INITIALS, module.VOWELS, module.FINALS):
        assert f'"{keys}"' in script
    ranges = re.search(r"const UNSPACED =(.*?);\n", script, re.DOTALL)
    assert ranges is not None
    written = "".join(re.findall(r'"([^"]*)"', ranges[1])).replace("\\\\u{", "\\U{")
    written = re.sub(r"\\\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), written)
    written = re.sub(r"\\U\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), written)
    assert written == module.UNSPACED
