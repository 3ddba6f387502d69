from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from quangba.source.references import expand_references

LABELS = {"hạ long", "đảo", "x", "ship"}

DEFINITIONS = "".join(f"\n\n[{label}]: https://example.com/{i}" for i, label in enumerate(LABELS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[Hạ Long]", "[Hạ Long][Hạ Long]", id="short"),
        pytest.param("[Hạ Long][]", "[Hạ Long][Hạ Long]", id="collapsed"),
        pytest.param("[vịnh][Hạ Long]", "[vịnh][Hạ Long]", id="full"),
        pytest.param("[vịnh] [Hạ Long]", "[vịnh] [Hạ Long]", id="full_with_blank"),
        pytest.param("![ship]", "![ship][ship]", id="image"),
        pytest.param("[![ship]](a.md)", "[![ship][ship]](a.md)", id="image_in_link"),
        pytest.param("[a [đảo] b](a.md)", "[a [đảo] b](a.md)", id="reference_in_link"),
        pytest.param("[a [đảo] b]", "[a [đảo] b]", id="reference_in_brackets"),
        pytest.param("[đảo](a.md)", "[đảo](a.md)", id="inline_link"),
        pytest.param("[đảo]: x", "[đảo][đảo]: x", id="colon"),
        pytest.param(r"\[đảo]", r"\[đảo]", id="escaped"),
        pytest.param(r"\\[đảo]", r"\\[đảo][đảo]", id="escaped_backslash"),
        pytest.param(r"\![đảo]", r"\![đảo][đảo]", id="escaped_exclamation"),
        pytest.param("`[đảo]` ``[đảo] ` ``", "`[đảo]` ``[đảo] ` ``", id="code"),
        pytest.param("[đảo][nowhere]", "[đảo][đảo][nowhere]", id="unknown_label"),
        pytest.param("[nowhere]", "[nowhere]", id="undefined"),
        pytest.param("[Hạ\nLong]", "[Hạ\nLong][Hạ Long]", id="over_lines"),
        pytest.param("[x] việc", "[x][x] việc", id="defined_x"),
        pytest.param("[^x]", "[^x]", id="footnote"),
        pytest.param("[đảo", "[đảo", id="unclosed"),
        pytest.param("[[đảo]]", "[[đảo]]", id="double_brackets"),
    ],
)
def test_expand(text: str, expected: str) -> None:
    assert expand_references(text, LABELS) == expected


@example("[[đảo]]")
@example("[a ![ship] [đảo]]")
@given(
    st.lists(
        st.sampled_from(["[", "]", "đảo", "x", "ship", "!", "\\", "`", "(a.md)", " ", "b", "[]"]),
        max_size=12,
    ).map("".join)
)
def test_expanded_text_renders_the_same(text: str) -> None:
    md = Markdown()
    text = f"a {text} z"
    before = md.reset().convert(text + DEFINITIONS)
    assert md.reset().convert(expand_references(text, LABELS) + DEFINITIONS) == before
