"""Synchronisation of one catalog: nothing is lost, nothing is silently fresh, nothing churns."""

from __future__ import annotations

import random
import subprocess

import pytest
from catalog_site import Site
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.catalogs import sync as sync_module
from quangba.catalogs.memory import Memory
from quangba.catalogs.message import Catalog, Message, State
from quangba.catalogs.pofile import parse, serialise
from quangba.catalogs.sync import Changes, moved, pair, synchronise
from quangba.source.segment import Segment

LONG = "Vịnh Hạ Long được UNESCO công nhận là di sản thế giới năm 1994."


def reviewed(text: str, context: str | None = None) -> Message:
    message = Message(text, f"«{text}»", context, notes=["paragraph"])
    message.approve("Chị Hoa", "2026-11-22", "sample")
    return message


def bring(catalog: Catalog, *texts: str | Segment, memory: Memory | None = None) -> Changes:
    segments = [Segment(text) if isinstance(text, str) else text for text in texts]
    return synchronise(catalog, segments, "content/a b.md", memory)


def page(*texts: str) -> Catalog:
    return Catalog("ja", [reviewed(text) for text in texts])


ONE, TWO, THREE = LONG, "Tàu rời bến lúc tám giờ sáng mỗi ngày.", "Hải sản tươi có ở chợ đêm."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([], [ONE, TWO], Changes(new=2), id="new"),
        pytest.param([ONE], [ONE.replace("1994", "1995")], Changes(changed=1), id="changed"),
        pytest.param([ONE, TWO, THREE], [TWO, THREE, ONE], Changes(moved=1), id="moved"),
        pytest.param([ONE, TWO], [TWO], Changes(removed=1), id="removed"),
        pytest.param([ONE, TWO], [ONE, TWO], Changes(), id="same"),
        pytest.param([ONE], [ONE, ONE], Changes(), id="duplicated"),
        pytest.param(
            [f"{ONE} {TWO}"],
            [ONE, TWO],
            Changes(changed=1, new=1),
            id="split-keeps-the-larger-part",
        ),
        pytest.param([ONE, TWO], [f"{ONE} {TWO}"], Changes(changed=1, removed=1), id="joined"),
        pytest.param([ONE], [THREE], Changes(new=1, removed=1), id="another-text"),
    ],
)
def test_changes(before: list[str], after: list[str], expected: Changes) -> None:
    catalog = page(*before)
    assert bring(catalog, *after) == expected
    assert [m.msgid for m in catalog.active] == list(dict.fromkeys(after))
    assert {m.msgstr for m in catalog if m.msgstr} == {f"«{text}»" for text in before}
    assert bring(catalog, *after) == Changes(), "the second time nothing is left to do"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("1994", "1995"), id="number"),
        pytest.param(("Hạ Long", "Bái Tử Long"), id="name"),
        pytest.param(("được", "không được"), id="negation"),
        pytest.param((".", "!"), id="punctuation"),
        pytest.param(("di sản", "Di sản"), id="case"),
        pytest.param(("Hạ", "Ha"), id="mark"),
        pytest.param(("UNESCO", "**UNESCO**"), id="markup"),
    ],
)
def test_the_smallest_difference_is_stale(change: tuple[str, str]) -> None:
    catalog = page(LONG)
    bring(catalog, LONG.replace(*change))
    (message,) = catalog.messages
    assert message.stale
    assert message.previous == LONG
    assert message.state < State.REVIEWED


def test_a_removed_text_returns_as_it_was() -> None:
    catalog = page(ONE, TWO)
    before = serialise(catalog)
    bring(catalog, TWO)
    catalog = parse(serialise(catalog).encode(), "a.po", "ja")
    assert [m.msgid for m in catalog.obsolete] == [ONE]
    assert bring(catalog, ONE, TWO) == Changes(returned=1)
    assert [m.state for m in catalog.active] == [State.REVIEWED] * 2
    assert serialise(catalog).count("msgid") == before.count("msgid")


def test_a_text_returns_into_an_empty_entry() -> None:
    """Two branches: one removed a text, the other only moved it before it was translated."""
    gone = reviewed(ONE)
    gone.obsolete = True
    catalog = Catalog("ja", [Message(ONE), gone])
    bring(catalog, ONE)
    assert [(m.msgstr, m.obsolete) for m in catalog] == [(f"«{ONE}»", False)]


def test_back_at_the_first_source_the_review_counts_again() -> None:
    catalog = page("Giá vé")
    bring(catalog, "Giá vé trọn gói cho gia đình bốn người")
    bring(catalog, "Giá vé")
    bring(catalog, "Giá vé mới")
    bring(catalog, "Giá vé")
    assert catalog.messages[0].state is State.REVIEWED


def test_context_makes_two_entries_of_one_text() -> None:
    catalog = Catalog("ja")
    bring(catalog, Segment("Cảng", msgctxt="bến tàu"), Segment("Cảng"))
    assert [m.msgctxt for m in catalog.active] == ["bến tàu", None]


def test_a_new_context_keeps_the_translation_for_review() -> None:
    catalog = page(ONE)
    bring(catalog, Segment(ONE, msgctxt="tiêu đề"))
    (message,) = catalog.messages
    assert (message.msgctxt, message.msgstr) == ("tiêu đề", f"«{ONE}»")


def test_notes_of_segments_that_share_an_entry_are_joined() -> None:
    catalog = Catalog("ja")
    bring(
        catalog,
        Segment(ONE, "heading 2", notes=("trang trọng",)),
        Segment(ONE, "table cell", notes=("ngắn", "trang trọng")),
    )
    assert catalog.messages[0].notes == ["heading 2", "trang trọng", "table cell", "ngắn"]
    assert catalog.messages[0].references == ["content/a%20b.md"]


def test_entries_follow_the_page() -> None:
    catalog = page(*"abcdef")
    bring(catalog, *"fedcbag")
    assert "".join(m.msgid for m in catalog.active) == "fedcbag"


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("abc", "abc", 0),
        ("abc", "bca", 1),
        ("abcd", "dcba", 3),
        ("abc", "xaybzc", 0),
        ("ab", "", 2),
    ],
)
def test_moved_counts_the_fewest(before: str, after: str, count: int) -> None:
    kept = [(None, char) for char in before if char in after]
    assert moved(kept, [(None, char) for char in after]) == (count if kept else 0)


def test_the_same_kind_of_text_wins_between_equals() -> None:
    title = reviewed("Vé tham quan vịnh", "front matter: title")
    title.notes = ["front matter: title"]
    catalog = Catalog("ja", [reviewed("Vé tham quan vịnh"), title])
    bring(
        catalog,
        Segment("Vé tham quan vịnh Hạ", "front matter: title", "front matter: title"),
        Segment("Vé tham quan vịnh Long"),
    )
    assert [m.msgctxt for m in catalog.active] == ["front matter: title", None]
    assert all(m.stale for m in catalog.active)


# ----------------------------------------------------------------------------
# Memory
# ----------------------------------------------------------------------------


def shelf(*messages: Message, wrapped: bool = False) -> Memory:
    text = serialise(Catalog("ja", list(messages)))
    if wrapped:
        text = text.replace(f'msgid "{LONG}"', f'msgid ""\n"{LONG[:20]}"\n"{LONG[20:]}"')
    memory = Memory()
    memory.shelve(text.encode("utf-8"), "content/other.md")
    return memory


@pytest.mark.parametrize("wrapped", [False, True], ids=["canonical", "wrapped"])
def test_an_identical_reviewed_text_is_reused(wrapped: bool) -> None:
    catalog = Catalog("ja")
    assert bring(catalog, LONG, memory=shelf(reviewed(LONG), wrapped=wrapped)).reused == 1
    (message,) = catalog.messages
    assert (message.msgstr, message.state) == (f"«{LONG}»", State.TRANSLATED)
    assert message.comments == ["from: content/other.md"]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(reviewed(LONG.replace("1994", "1995")), id="similar"),
        pytest.param(reviewed(LONG, "context"), id="other-context"),
        pytest.param(Message(LONG, "x"), id="not-reviewed"),
        pytest.param(Message("y", "x", previous=LONG, fuzzy=True), id="stale"),
    ],
)
def test_nothing_else_is_reused(message: Message) -> None:
    catalog = Catalog("ja")
    bring(catalog, LONG, memory=shelf(reviewed("Khác"), message))
    assert catalog.messages[0].msgstr == ""


def test_a_broken_catalog_is_no_memory() -> None:
    memory = Memory()
    memory.shelve(serialise(page(LONG)).encode("utf-8")[:-20], "content/other.md")
    catalog = Catalog("ja")
    bring(catalog, LONG, memory=memory)
    assert catalog.messages[0].msgstr == ""


# ----------------------------------------------------------------------------
# Everything at once
# ----------------------------------------------------------------------------

VOCABULARY = ["vịnh", "tàu", "chùa", "núi", "biển", "không", "1994", "giá"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=4)
PAGES = st.lists(st.lists(WORDS.map(" ".join).filter(bool), max_size=6), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(PAGES, st.randoms(use_true_random=False))
def test_random_edits_lose_nothing_and_settle(
    pages: list[list[str]], chance: random.Random
) -> None:
    catalog, given_so_far = Catalog("ja"), set()
    for texts in pages:
        bring(catalog, *texts)
        first = serialise(catalog)
        catalog = parse(first.encode("utf-8"), "a.po", "ja")
        assert bring(catalog, *texts) == Changes()
        assert serialise(catalog) == first
        assert {m.msgstr for m in catalog if m.msgstr} >= given_so_far
        for message in catalog.active:
            assert message.state < State.REVIEWED or message.msgstr.startswith(f"{message.msgid}|")
            if not message.msgstr and chance.random() < 0.7:
                message.msgstr = f"{message.msgid}|{len(given_so_far)}"
                message.approve("Chị Hoa", "2026-11-22", "sample")
                given_so_far.add(message.msgstr)


def test_pairing_does_not_compare_everything_with_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """400 changed texts: the work is bounded by shared words, counted here."""
    chance = random.Random(1)
    words = [f"từ{number}" for number in range(3000)]
    old = [[chance.choice(words) for _ in range(20)] for _ in range(400)]
    unused = [reviewed(" ".join(text)) for text in old]
    fresh = [(None, " ".join([*text[:-2], "mới", "hơn"])) for text in old]
    texts = sync_module.join([Segment(text) for _, text in fresh])
    calls = 0

    def counted(one: int, two: int) -> int:
        nonlocal calls
        calls += 1
        return one if one < two else two

    monkeypatch.setattr(sync_module, "min", counted, raising=False)
    pairs = list(pair(fresh, unused, texts))
    assert all(key[1].split()[:18] == message.msgid.split()[:18] for key, message in pairs)
    assert len(pairs) == 400
    assert 0 < calls < 400 * 400


# ----------------------------------------------------------------------------
# What git sees
# ----------------------------------------------------------------------------


def git(site: Site, *arguments: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.vn", *arguments]
    return subprocess.run(
        command, cwd=site.root, capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout


def start(site: Site) -> None:
    (site.root / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "add", ".")
    git(site, "commit", "--quiet", "-m", "start")


def test_one_changed_sentence_touches_one_entry_of_one_file_per_language(site: Site) -> None:
    site.page("a.md", ONE, TWO, THREE)
    site.page("b.md", "Trang khác.")
    site.sync()
    for name in ("a.md", "b.md"):
        site.translate(name)
    site.sync()
    start(site)
    site.page("a.md", ONE, TWO.replace("tám", "chín"), THREE)
    site.sync()
    assert git(site, "diff", "--name-only", "--", "locales").split() == [
        "locales/en/LC_MESSAGES/a.po",
        "locales/ja/LC_MESSAGES/a.po",
    ]
    diff = git(site, "diff", "-U0", "--", "locales/ja").splitlines()
    assert {line for line in diff if line[0] in "+-" and line[1] not in "+-"} == {
        "+#, fuzzy",
        f'+#| msgid "{TWO}"',
        f'-msgid "{TWO}"',
        f'+msgid "{TWO.replace("tám", "chín")}"',
    }


def test_a_clean_merge_of_two_branches_is_mended(site: Site) -> None:
    middle = [f"Đoạn giữa số {number} của trang này." for number in range(4)]
    site.page("a.md", ONE, *middle, TWO)
    site.sync()
    start(site)
    git(site, "switch", "--quiet", "-c", "other")
    site.page("a.md", THREE, ONE, *middle, TWO)
    site.sync()
    git(site, "commit", "--quiet", "-am", "top")
    git(site, "switch", "--quiet", "main")
    site.page("a.md", ONE, *middle, TWO, "Câu cuối cùng.")
    site.sync()
    git(site, "commit", "--quiet", "-am", "end")
    git(site, "merge", "--quiet", "other", "-m", "merge")
    assert '"X-Active-Entries: 7' in site.po("a.po").read_text(encoding="utf-8")
    result = site.sync()
    assert not result.problems
    assert '"X-Active-Entries: 8' in site.po("a.po").read_text(encoding="utf-8")
    assert len(site.catalog("a.po").active) == 8
