"""What a reviewer does, and what then stands in the PO file."""

from __future__ import annotations

import re
from typing import Any

import pytest
from catalog_site import Site
from desk_site import Visitor

from quangba.catalogs.message import Message, State
from quangba.source.gate import secrecy_mark

TITLE = "Vé tàu"
PRICE = "Giá vé là 20 nghìn đồng."
MAP = "Xem [bản đồ](https://a.example/)."


def message(site: Site, msgid: str, name: str = "a.po", language: str = "ja") -> Message:
    return next(m for m in site.catalog(name, language).active if m.msgid == msgid)


def test_an_edit_of_a_draft_is_a_translation(visitor: Visitor, site: Site) -> None:
    response = visitor.act(TITLE, "edit", text=" 船の切符 ")
    assert response.status_code == 200
    assert response.json["entry"]["state"] == "translated"
    saved = message(site, TITLE)
    assert (saved.msgstr, saved.fuzzy, saved.state) == ("船の切符", False, State.TRANSLATED)


def test_an_edit_keeps_who_drafted_the_text(visitor: Visitor, site: Site) -> None:
    path = site.po("a.po", "ja")
    text = path.read_text(encoding="utf-8")
    stamp = "# mt: vi_en-1.9+en_ja-1.1 2026-11-22 fp:0123abcd\n"
    path.write_text(text.replace("#. heading 1\n", stamp + "#. heading 1\n"), encoding="utf-8")
    assert visitor.entry(TITLE)["drafted"] == "vi_en-1.9+en_ja-1.1, 2026-11-22"
    visitor.act(TITLE, "edit", text="切符")
    assert stamp in path.read_text(encoding="utf-8")


def test_leaving_a_draft_as_it_is_accepts_nothing(visitor: Visitor, site: Site) -> None:
    before = site.snapshot()
    response = visitor.act(TITLE, "edit", text="乗船券")
    assert response.json["entry"]["state"] == "draft"
    assert response.json["undo"] is None
    assert site.snapshot() == before


def test_an_empty_text_is_missing(visitor: Visitor, site: Site) -> None:
    assert visitor.act(TITLE, "edit", text="").json["entry"]["state"] == "missing"
    saved = message(site, TITLE)
    assert (saved.msgstr, saved.fuzzy) == ("", False)


def test_a_text_is_composed(visitor: Visitor, site: Site) -> None:
    visitor.act(TITLE, "edit", text="か\u3099")
    assert message(site, TITLE).msgstr == "が"


def test_acceptance(visitor: Visitor, site: Site) -> None:
    assert visitor.act(TITLE, "accept").json["entry"]["state"] == "translated"
    saved = message(site, TITLE)
    assert (saved.msgstr, saved.fuzzy, saved.reviewed) == ("乗船券", False, None)


def test_approval(visitor: Visitor, site: Site) -> None:
    response = visitor.act(TITLE, "approve", text="船の切符")
    entry = response.json["entry"]
    assert (entry["state"], entry["open"]) == ("reviewed", False)
    assert entry["reviewed"]["who"] == "Chị Hoa"
    assert entry["reviewed"]["role"] == "sample"
    assert response.json["left"] == 2
    saved = message(site, TITLE)
    assert saved.state is State.REVIEWED
    assert saved.reviewed is not None
    assert saved.reviewed.who == "Chị Hoa"


def test_a_second_approval_leaves_the_first_name(visitor: Visitor, site: Site) -> None:
    visitor.act(TITLE, "approve")
    before = site.snapshot()
    other = Visitor(site, "Anh Ba")
    assert other.act(TITLE, "approve").status_code == 200
    assert site.snapshot() == before


def test_an_approval_taken_back(visitor: Visitor, site: Site) -> None:
    visitor.act(TITLE, "approve")
    entry = visitor.act(TITLE, "reopen").json["entry"]
    assert (entry["state"], entry["reviewed"]) == ("translated", None)
    assert message(site, TITLE).reviewed is None


@pytest.mark.parametrize(
    ("action", "text", "said"),
    [
        pytest.param("approve", "", "trống", id="empty"),
        pytest.param("accept", "", "trống", id="accept-empty"),
        pytest.param("approve", "地図をご覧ください。", "−", id="link-lost"),
        pytest.param("accept", "地図をご覧ください。", "−", id="accept-link-lost"),
        pytest.param("edit", "a\nb", "một dòng", id="line-end"),
        pytest.param("edit", "a\tb", "một dòng", id="tab"),
        pytest.param("edit", "a\x00b", "một dòng", id="nul"),
        pytest.param("edit", "a\u2028b", "một dòng", id="line-separator"),
        pytest.param("edit", "a\ud800b", "một dòng", id="half-a-character"),
        pytest.param("edit", "a" * 20_001, "dài", id="long"),
        pytest.param("approve", "[機密](https://a.example/)をご覧。", "mật", id="mark-of-secrecy"),
    ],
)
def test_refused_texts(visitor: Visitor, site: Site, action: str, text: str, said: str) -> None:
    before = site.snapshot()
    response = visitor.act(MAP, action, text=text)
    assert response.status_code == 422
    assert said in response.json["refused"]
    assert site.snapshot() == before


def test_an_unsound_text_may_be_kept_for_later(visitor: Visitor) -> None:
    entry = visitor.act(MAP, "edit", text="地図をご覧ください。").json["entry"]
    assert entry["unsound"]
    assert entry["open"]


def test_an_error_has_to_be_waived(visitor: Visitor, site: Site) -> None:
    text = "料金は30000ドンです。"
    response = visitor.act(PRICE, "approve", text=text)
    assert response.status_code == 422
    (check,) = {f["check"] for f in response.json["findings"] if f["severity"] == "error"}
    visitor.act(PRICE, "edit", text=text)
    entry = visitor.act(PRICE, "waive", check=check, reason="giá mới").json["entry"]
    (waived,) = {f["waived"] for f in entry["findings"] if f["check"] == check}
    assert re.fullmatch(r"giá mới \(Chị Hoa\) \d{4}-\d\d-\d\d", waived)
    assert visitor.act(PRICE, "approve").json["entry"]["state"] == "reviewed"
    assert message(site, PRICE).waiver(check)
    entry = visitor.act(PRICE, "unwaive", check=check).json["entry"]
    assert not any(f["waived"] for f in entry["findings"])
    assert not message(site, PRICE).waived


@pytest.mark.parametrize("check", ["no-such-check", "", "reviewed", "waivers"])
def test_what_was_not_found_cannot_be_waived(visitor: Visitor, site: Site, check: str) -> None:
    before = site.snapshot()
    assert visitor.act(TITLE, "waive", check=check, reason="vì thế").status_code == 422
    assert site.snapshot() == before


def test_a_comment_to_the_editor(visitor: Visitor, site: Site) -> None:
    entry = visitor.act(TITLE, "comment", text="Câu này nói về vé nào?").json["entry"]
    assert len(entry["comments"]) == 1
    (saved,) = message(site, TITLE).comments
    assert re.fullmatch(r"to editor: Chị Hoa \d{4}-\d\d-\d\d Câu này nói về vé nào\?", saved)
    assert entry["state"] == "draft"


@pytest.mark.parametrize(
    "text", ["", "  ", "a\nb", "reviewed:\u202e x", "?", "a" * 501], ids=range(6)
)
def test_refused_comments(visitor: Visitor, site: Site, text: str) -> None:
    before = site.snapshot()
    assert visitor.act(TITLE, "comment", text=text).status_code == 422
    assert site.snapshot() == before


def test_a_comment_cannot_pass_for_a_stamp(visitor: Visitor, site: Site) -> None:
    visitor.act(TITLE, "comment", text="reviewed: Ai 2026-11-22 fp:01234567")
    saved = message(site, TITLE)
    assert saved.reviewed is None
    assert saved.comments[0].endswith("reviewed: Ai 2026-11-22 fp:01234567")


# Stale texts


@pytest.fixture
def stale(site: Site) -> Visitor:
    """The source of a reviewed text has changed."""
    site.page("visit/b.md", "# Vịnh", "Tàu chạy mỗi tuần từ cảng.", meta="owner: so-du-lich")
    return Visitor(site)


WEEKLY = "Tàu chạy mỗi tuần từ cảng."


def test_a_stale_text_shows_what_changed(stale: Visitor) -> None:
    entry = stale.entry(WEEKLY, "ja/visit/b")
    assert (entry["stale"], entry["open"], entry["state"]) == (True, True, "translated")
    assert entry["previous"] == "Tàu chạy mỗi ngày từ cảng."
    assert ["old", "ngày "] in entry["difference"]
    assert ["new", "tuần "] in entry["difference"]


def test_an_edit_of_a_stale_text_does_not_say_that_it_fits(stale: Visitor) -> None:
    entry = stale.act(WEEKLY, "edit", "ja/visit/b", text="船は毎週。").json["entry"]
    assert (entry["stale"], entry["target"]) == (True, "船は毎週。")
    assert entry["difference"]


@pytest.mark.parametrize("action", ["accept", "approve"])
def test_a_stale_text_that_fits(stale: Visitor, site: Site, action: str) -> None:
    entry = stale.act(WEEKLY, action, "ja/visit/b").json["entry"]
    assert entry["stale"] is False
    assert entry["state"] == {"accept": "translated", "approve": "reviewed"}[action]
    saved = message(site, WEEKLY, "visit/b.po")
    assert (saved.previous, saved.fuzzy) == (None, False)


# Whole pages


def accept_all(visitor: Visitor) -> None:
    visitor.act(TITLE, "accept")
    visitor.act(PRICE, "edit", text="料金は2万ドンです。")
    visitor.act(MAP, "accept")


def test_a_page_is_approved_when_all_is_accepted(visitor: Visitor, site: Site) -> None:
    assert visitor.page()["can_approve_page"] is False
    accept_all(visitor)
    assert visitor.page()["can_approve_page"] is True
    found = visitor.post("api/ja/a", action="approve_page").json
    assert {entry["state"] for entry in found["entries"]} == {"reviewed"}
    assert (found["left"], found["can_approve_page"]) == (0, False)
    assert {m.state for m in site.catalog("a.po", "ja").active} == {State.REVIEWED}


def test_a_page_with_a_draft_is_not_approved(visitor: Visitor, site: Site) -> None:
    before = site.snapshot()
    response = visitor.post("api/ja/a", action="approve_page")
    assert response.status_code == 422
    assert response.json["id"] == visitor.entry(TITLE)["id"]
    assert site.snapshot() == before


def test_a_page_that_is_done_is_not_approved_again(visitor: Visitor) -> None:
    assert visitor.post("api/ja/visit/b", action="approve_page").status_code == 422


def test_the_approval_of_a_page_is_taken_back(visitor: Visitor, site: Site) -> None:
    accept_all(visitor)
    before = site.po("a.po", "ja").read_bytes()
    visitor.post("api/ja/a", action="approve_page")
    assert visitor.post("api/undo").status_code == 200
    assert site.po("a.po", "ja").read_bytes() == before


# Undo


ACTIONS: list[tuple[str, dict[str, str]]] = [
    ("edit", {"text": "切符"}),
    ("accept", {}),
    ("approve", {"text": "切符"}),
    ("comment", {"text": "Vé nào?"}),
]


@pytest.mark.parametrize(("action", "data"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_undo(visitor: Visitor, site: Site, action: str, data: dict[str, str]) -> None:
    before = site.po("a.po", "ja").read_bytes()
    done = visitor.act(TITLE, action, **data)
    assert TITLE in done.json["undo"]
    found = visitor.post("api/undo").json
    assert (found["language"], found["page"]) == ("ja", "a.md")
    assert found["entry"]["source"] == TITLE
    assert found["undo"] is None
    assert site.po("a.po", "ja").read_bytes() == before


def test_undo_goes_back_step_by_step(visitor: Visitor, site: Site) -> None:
    for text in ("一", "二", "三"):
        visitor.act(TITLE, "edit", text=text)
    assert [visitor.post("api/undo").json["entry"]["target"] for _ in range(3)] == [
        "二",
        "一",
        "乗船券",
    ]
    assert visitor.post("api/undo").status_code == 422


def test_undo_is_refused_when_the_text_changed_since(visitor: Visitor, site: Site) -> None:
    visitor.act(TITLE, "edit", text="一")
    other = Visitor(site, "Anh Ba")
    other.act(TITLE, "edit", text="二")
    before = site.snapshot()
    response = visitor.post("api/undo")
    assert response.status_code == 409
    assert response.json["refused"]
    assert site.snapshot() == before
    assert visitor.post("api/undo").status_code == 422


# Who signs


@pytest.mark.parametrize("action", ["approve", "comment"])
def test_nobody_signs_without_a_name(site: Site, action: str) -> None:
    visitor = Visitor(site, "")
    before = site.snapshot()
    response = visitor.act(TITLE, action, text="切符")
    assert response.status_code == 422
    assert response.json["reviewer"] is True
    assert site.snapshot() == before


@pytest.mark.parametrize(
    "name",
    ["", "   ", "a\nb", "a" * 81, "Hoa\u202e", "Hoa\u200b", "\x1b[31m", "123", "a\ud800"],
    ids=range(9),
)
def test_refused_names(site: Site, name: str) -> None:
    visitor = Visitor(site, "")
    assert visitor.post("api/reviewer", reviewer=name).status_code == 422
    assert visitor.desk.profile.reviewer == ""


@pytest.mark.parametrize(
    "name",
    [
        "fp:deadbeef",
        "2030-01-01 fp:deadbeef role:official",
        "role:official",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }} {fact:x} %s",
        "# reviewed: x",
        "msgid \\",
    ],
)
def test_no_name_forges_a_stamp(site: Site, name: str) -> None:
    visitor = Visitor(site, name)
    visitor.act(TITLE, "approve")
    visitor.act(TITLE, "comment", text="Vé nào?")
    saved = message(site, TITLE)
    assert saved.reviewed is not None
    assert saved.state is State.REVIEWED
    assert saved.reviewed.who == name
    assert saved.reviewed.role == "sample"
    assert saved.reviewed.date == visitor.desk.site.workspace.today.isoformat()
    saved.msgstr = "他"
    assert saved.state is State.TRANSLATED
    for path in ("", "ja/a"):
        html = visitor.get(path).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_outside_samples_a_sample_review_is_left_to_do(visitor: Visitor, site: Site) -> None:
    visitor.act(TITLE, "approve")
    plugins: Any = site.config["plugins"]
    plugins[1]["quangba"]["sample"] = False
    site.configure()
    official = Visitor(site)
    entry = official.entry(TITLE)
    assert (entry["state"], entry["open"]) == ("translated", True)
    assert official.act(TITLE, "approve").json["entry"]["reviewed"]["role"] == "official"


def test_the_mark_in_the_test_is_one() -> None:
    assert secrecy_mark("機密")
