"""What a translation may not lose, add or change, and how the finding names it."""

from __future__ import annotations

import pytest
from checked import entry_of, said

from quangba.messages import MESSAGES
from quangba.review.checking import all_checks

# ----------------------------------------------------------------------------
# One finding for one mistake
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "name", "values"),
    [
        pytest.param(
            "Xem [Yên Tử](yen-tu.md).", "See Yen Tu.", "links", {"what": "yen-tu.md"}, id="link"
        ),
        pytest.param(
            "Xem [Yên Tử](yen-tu.md).",
            "See [Yen Tu](yen-tu-2.md).",
            "changed",
            {"what": "yen-tu.md", "other": "yen-tu-2.md"},
            id="link-target",
        ),
        pytest.param(
            "Xem Yên Tử.", "See [Yen Tu](a.md).", "added", {"what": "a.md"}, id="link-added"
        ),
        pytest.param(
            "![Vé](ve.jpg) Vé tàu",
            "![Ticket](tau.jpg) Boat ticket",
            "changed",
            {"what": "ve.jpg", "other": "tau.jpg"},
            id="image-target",
        ),
        pytest.param("![Vé](ve.jpg) Vé", "Ticket", "images", {"what": "ve.jpg"}, id="image"),
        pytest.param(
            "Gõ `ls -l`",
            "Type `ls -a`",
            "changed",
            {"what": "`ls -l`", "other": "`ls -a`"},
            id="code",
        ),
        pytest.param(
            "Có {fact:so_dao} đảo",
            "There are islands",
            "facts",
            {"what": "{fact:so_dao}"},
            id="fact",
        ),
        pytest.param(
            "Có {fact:so_dao} đảo",
            "There are {fact:so_dau} islands",
            "changed",
            {"what": "{fact:so_dao}", "other": "{fact:so_dau}"},
            id="fact-renamed",
        ),
        pytest.param(
            "Có {fact:so_dao} đảo",
            "There are {fact:so_dao} {fact:so_dao} islands",
            "added",
            {"what": "{fact:so_dao}"},
            id="fact-doubled",
        ),
        pytest.param("Nhấn <kbd>P</kbd>", "Press P", "codes", {"what": "<kbd>P</kbd>"}, id="tag"),
        pytest.param(
            "[Vé](a.md){ .go }",
            "[Ticket](a.md){ .stop }",
            "changed",
            {"what": "{ .go }", "other": "{ .stop }"},
            id="attributes",
        ),
        pytest.param("Vé[^1]", "Ticket", "footnotes", {"what": "[^1]"}, id="footnote"),
        pytest.param("{1} Vé", "Ticket", "codes", {"what": "{1}"}, id="placeholder"),
        pytest.param(
            "Gọi 0203 3825 161",
            "Call 0203 3825 167",
            "changed",
            {"what": "0203 3825 161", "other": "0203 3825 167"},
            id="phone",
        ),
        pytest.param(
            "Theo 31/2021/NĐ-CP",
            "Under 37/2021/NĐ-CP",
            "changed",
            {"what": "31/2021/NĐ-CP", "other": "37/2021/NĐ-CP"},
            id="decree",
        ),
        pytest.param("Thư: a@b.vn", "E-mail us", "literals", {"what": "a@b.vn"}, id="email"),
        pytest.param(
            "Vé tàu", "See c@d.vn", "literals-added", {"what": "c@d.vn"}, id="email-added"
        ),
        pytest.param("**Vé** tàu", "Boat ticket", "bold", {"before": 1, "after": 0}, id="bold"),
        pytest.param(
            "**Vé** tàu",
            "**Ticket** for **boats**",
            "bold",
            {"before": 1, "after": 2},
            id="bold-added",
        ),
        pytest.param("**Vé** tàu", "**Ticket for boats", "stray-signs", {"sign": "*"}, id="torn"),
    ],
)
def test_a_mistake_is_named_once(
    source: str, target: str, name: str, values: dict[str, object]
) -> None:
    assert said(entry_of(source, target, footnotes="1"), "structure") == {name: [values]}


@pytest.mark.parametrize(
    ("source", "target", "what"),
    [
        pytest.param("Vé tàu", "Boat &#x202E;ticket", "U+202E", id="hidden-entity"),
        pytest.param("Vé [tàu][b]", "Ticket", "b.md", id="reference-link"),
        pytest.param("Vé tàu", "Ticket <b", None, id="no-tag"),
        pytest.param("Vé [a][x]", "Ticket", None, id="label-of-nothing"),
    ],
)
def test_the_site_has_the_last_word(source: str, target: str, what: str | None) -> None:
    entry = entry_of(source, target)
    entry.page.references["b"] = "b.md"
    refusal = entry.site.inspector.difference(entry.segment, entry.target, entry.page)
    errors = [n for n in said(entry, "structure") if all_checks()[n].severity.name == "ERROR"]
    assert errors == (["structure"] if what else [])
    assert bool(refusal) == bool(what)
    if what:
        assert said(entry, "structure")["structure"] == [{"what": what}]


# ----------------------------------------------------------------------------
# Nothing to say
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        pytest.param(
            "Gửi a@b.vn hoặc gọi +84 203 3825 161.",
            "a@b.vn으로 보내거나 +84 203 3825 161로 전화하십시오.",
            "ko",
            id="particles-behind-literals",
        ),
        pytest.param(
            "[Vé](a.md) và **[tàu](b.md)**", "**[船](b.md)**和[票](a.md)", "zh", id="other-order"
        ),
        pytest.param("Nghe *đàn bầu*.", "听独弦琴。", "zh", id="no-italics-in-chinese"),
        pytest.param("Năm 2020-2025", "2020~2025년", "ko", id="range"),
        pytest.param('[Vé](a.md "Tên")', '[Ticket](a.md "Name")', "en", id="title-of-a-link"),
        pytest.param("![Vé](a.jpg)", "![Ticket](a.jpg)", "en", id="description"),
    ],
)
def test_sound_translations_pass(source: str, target: str, language: str) -> None:
    assert said(entry_of(source, target, language), "structure") == {}


def test_roads_are_only_a_hint() -> None:
    entry = entry_of("Theo QL18", "Along National Highway 18")
    assert set(said(entry, "structure")) == {"roads"}
    assert all_checks()["roads"].severity.name == "NOTE"


def test_an_official_understands_the_sentence() -> None:
    _, values = next(iter(said(entry_of("[A](yen-tu.md)", "A"), "structure").items()))
    assert "mất liên kết tới yen-tu.md" in MESSAGES["check-links"][1].format(**values[0])
