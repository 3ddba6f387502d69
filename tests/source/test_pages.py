from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.source.pages import (
    Page,
    front_matter_segments,
    list_pages,
    missing_alt_texts,
    parse_page,
    read_page,
)


def parsed(text: str) -> Page:
    return parse_page(Page("a.md", "content/a.md", ""), text)


def problems(page: Page) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in page.problems]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"# A\n", [], id="plain"),
        pytest.param(b"\xef\xbb\xbf---\ntitle: A\n---\n# A\n", [], id="byte_order_mark"),
        pytest.param(b"# A\r\n\r\nB\r\n", [], id="windows_line_ends"),
        pytest.param(b"# A\rB", [], id="old_line_ends"),
        pytest.param("# Vi\u0323nh\n\nHa\u0323\n".encode(), [("page-nfd", 1)], id="decomposed"),
        pytest.param(b"a\nb\nc \xe1\xba\n", [("page-charset", 3)], id="not_utf8"),
        pytest.param(b"a\n\xff\xfea\x00\n", [("page-charset", 2)], id="utf16"),
        pytest.param("a\nb\u200bc\n".encode(), [("page-hidden", 2)], id="zero_width"),
        pytest.param("a\n\nb\u202ec\n".encode(), [("page-hidden", 3)], id="bidi"),
        pytest.param(
            "---\ntitle: é\u2066\n---\n".encode(), [("page-hidden", 2)], id="in_front_matter"
        ),
        pytest.param("é\x02\n".encode(), [("page-hidden", 1)], id="stash_character"),
        pytest.param(b"a\n\n21 &#8238;43\n", [("page-hidden", 3)], id="bidi_by_number"),
        pytest.param(b"a\nMa&ZeroWidthSpace;ng\n", [("page-hidden", 2)], id="by_name"),
        pytest.param(b"a\nx &#x2; y\n", [("page-hidden", 2)], id="control_by_number"),
        pytest.param(b"---\ntitle: A\n", [("front-matter-open", 1)], id="never_closed"),
        pytest.param(b"---\ntitle: a: b\n---\n", [("front-matter-yaml", 2)], id="colon"),
        pytest.param(b"---\na: 1\nb: [\n---\n", [("front-matter-yaml", 4)], id="bracket"),
        pytest.param(b"---\na: 1\n\ta: 2\n---\n", [("front-matter-tab", 3)], id="tab"),
        pytest.param(b"---\ntitle: A\ntitle: B\n---\n", [("front-matter-yaml", 3)], id="twice"),
        pytest.param(b"---\n- a\n---\n", [("front-matter-yaml", 2)], id="list"),
        pytest.param(b"---\njust words\n---\n", [("front-matter-yaml", 2)], id="words"),
        pytest.param(b"---\na: &x [*x]\n---\n", [("front-matter-yaml", 2)], id="endless_alias"),
        pytest.param(b"---\na: 2025-13-45\n---\n", [("front-matter-yaml", 2)], id="no_such_date"),
        pytest.param(
            b"---\na: !!python/object:os.system {}\n---\n", [("front-matter-yaml", 2)], id="object"
        ),
        pytest.param(b"", [], id="empty"),
    ],
)
def test_problems(tmp_path: Path, data: bytes, expected: list[tuple[str, int]]) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert problems(read_page(tmp_path, "a.md")) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_and_body(end: str) -> None:
    page = parsed(end.join(["---", "title: A", "tags: [b]", "---", "", "# C", "", "D {fact:x}"]))
    assert page.meta == {"title": "A", "tags": ["b"]}
    assert page.body == "# C\n\nD {fact:x}"
    assert page.body_line == 6
    assert page.line_of("# C") == 6
    assert page.facts == ["x"]


def test_decomposed_text_is_composed() -> None:
    assert parsed("Vi\u0323nh").text == "Vịnh"


def test_rule_inside_the_page_is_no_front_matter() -> None:
    page = parsed("# A\n\n---\n\nb: c\n\n---\n")
    assert (page.meta, page.body_line, page.problems) == ({}, 1, [])


@given(st.text(alphabet="-.: \n\tab[]{}#'\"&*!|>%@`\x00\u0301", max_size=60))
def test_any_text_can_be_parsed(text: str) -> None:
    page = parsed("---\n" + text)
    assert isinstance(page.meta, dict)
    assert page.text.endswith(page.body)


def test_link_out_of_the_content_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").symlink_to(tmp_path / "secret.md")
    (content / "b.md").write_text("b", encoding="utf-8")
    (content / "c.md").symlink_to(content / "b.md")
    page = read_page(content, "a.md")
    assert problems(page) == [("page-outside", 0)]
    assert page.text == ""
    assert read_page(content, "c.md").text == "b"
    assert problems(read_page(content, "../secret.md")) == [("page-outside", 0)]


def test_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert problems(read_page(tmp_path, "a.md")) == [("file-unreadable", 0)]


def test_list_pages(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.md", "_data/d.md", ".git/e.md", "a/_f.md", "a/g.txt", ".h.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert list_pages(tmp_path) == ["a/c.md", "b.md"]


def test_front_matter_segments() -> None:
    page = parsed(
        "---\ntitle: Vịnh\nlead: '{fact:x}'\nglance:\n  - label: Vé\n    text: 5\n  - label: 7\n"
        "tags: [một, 12]\nother: không\ndescription: |\n  Hai\n  dòng\n---\n"
    )
    patterns = ["title", "lead", "glance.*.label", "glance.*.text", "tags.*", "description", "none"]
    found = [
        (s.msgctxt, s.msgid, s.line, s.plain) for s, _, _ in front_matter_segments(page, patterns)
    ]
    assert found == [
        ("front matter: title", "Vịnh", 2, True),
        ("front matter: glance.label", "Vé", 5, True),
        ("front matter: tags", "một", 8, True),
        ("front matter: description", "Hai dòng", 11, True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("![mô tả](a.png)", [], id="described"),
        pytest.param("a\n\n![](a.png)", [("a.png", 3)], id="empty"),
        pytest.param("![  ](<a b.png>)", [("a b.png", 1)], id="blank"),
        pytest.param('<img src="a.png">', [('<img src="a.png">', 1)], id="html"),
        pytest.param('<img src="a.png" alt="">', [], id="decoration"),
        pytest.param("`![](a.png)`", [], id="code"),
        pytest.param("```\n![](a.png)\n```", [], id="fence"),
        pytest.param("---\nimage: a.png\n---\n", [("a.png", 2)], id="front_matter"),
        pytest.param("---\nimage: a.png\nimage_alt: A\n---\n", [], id="front_matter_described"),
        pytest.param("---\ntitle: A\n---\n\n![](a.png)", [("a.png", 5)], id="line_of_the_file"),
    ],
)
def test_missing_alt_texts(text: str, expected: list[tuple[str, int]]) -> None:
    found = missing_alt_texts(parsed(text))
    assert [(dict(p.values)["image"], p.line) for p in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a" * 4999, [], id="long"),
        pytest.param("Vé\n\n" + "a " * 3000, [("page-long", 3)], id="too-long"),
        pytest.param("---\ntitle: A\n---\n\n" + "a\n" * 4000, [("page-long", 5)], id="in-lines"),
        pytest.param("- a\n- [b](c.md)\n" * 1000, [], id="list"),
        pytest.param("| a | b |\n" * 1000, [], id="table"),
        pytest.param("```\n" + "a\n" * 4000 + "```", [], id="code"),
        pytest.param("a\n- b\n" * 1000, [("page-long", 1)], id="no-list"),
        pytest.param(">" * 6000, [("page-long", 1)], id="quotes"),
        pytest.param("a\n\n" * 2501, [("page-large", 0)], id="lines"),
        pytest.param(("a" * 50 + "\n\n") * 2000, [("page-large", 0)], id="characters"),
        pytest.param("[\n\n" * 2001, [("page-brackets", 0)], id="brackets"),
        pytest.param("A\n\n&#" + "9" * 4500 + ";", [("page-hidden", 3)], id="reference"),
    ],
)
def test_what_nobody_could_render_is_not_read(text: str, expected: list[tuple[str, int]]) -> None:
    page = parsed(text)
    assert [(p.code, p.line) for p in page.problems] == expected
    assert page.unread == bool(expected)
    assert bool(page.body) != page.unread


def test_of_an_enormous_file_little_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a\n\n" * 1_000_000)
    page = read_page(tmp_path, "a.md")
    assert [p.code for p in page.problems] == ["page-large"]
    assert page.text == ""
