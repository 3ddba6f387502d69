from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from quangba.errors import QuangbaError
from quangba.source.facts import Fact, Facts
from quangba.source.gate import Approval, Decision, Gate, marks, read_approval, read_units
from quangba.source.pages import Page, editorial_problems, parse_page, read_page

PAGE = """\
---
title: Vịnh
owner: so-du-lich
classification: public
---
# Vịnh

Đón {fact:visitors} khách.

![Vịnh](a.png)
"""

VISITORS = Fact("visitors", "Khách", 5, "number", as_of="2025")

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


class Site:
    """A content folder with one page, one fact and one picture."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.facts = Facts("facts.yml", {"visitors": VISITORS})
        self.units = {"so-du-lich": {"name": "Sở Du lịch"}}
        self.write(PAGE)
        self.paint("blue")
        sidecar = content / "a.png.yml"
        sidecar.write_text("author: A\nlicence: B\nsource: C\n", encoding="utf-8")

    def write(self, text: str) -> None:
        (self.content / "a.md").write_text(text, encoding="utf-8")

    def paint(self, colour: str) -> None:
        Image.new("RGB", (2, 2), colour).save(self.content / "a.png")

    def gate(self, *, sample: bool = False, closed: bool = True) -> Gate:
        day = date(2026, 1, 1)
        return Gate(self.content, self.facts, self.units, sample=sample, closed=closed, today=day)

    @property
    def page(self) -> Page:
        return read_page(self.content, "a.md", "content/a.md")

    def approve(self, **changes: object) -> None:
        approval = Approval("Lan", "2026-01-01", "12/QĐ", "official")
        approval.fingerprint = self.gate().fingerprint(self.page)
        approval = replace(approval, **changes)  # type: ignore[arg-type]
        approval.write(self.gate().approval_file("a.md"))

    def decide(self, **options: bool) -> Decision:
        return self.gate(**options).decide(self.page)

    def codes(self, **options: bool) -> list[str]:
        return [problem.code for problem in self.decide(**options).problems]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def found(text: str) -> list[tuple[str, int]]:
    page = parse_page(Page("a.md", "content/a.md", ""), text)
    return [(problem.code, problem.line) for problem in marks(page)]


# ----------------------------------------------------------------------------
# Approvals
# ----------------------------------------------------------------------------


def test_approved_page_passes(site: Site) -> None:
    site.approve()
    assert site.codes() == []
    assert site.decide().passes


def test_page_without_approval(site: Site) -> None:
    assert site.codes() == ["gate-unapproved"]
    assert not site.decide().passes


def test_open_gate_asks_for_facts_only(site: Site) -> None:
    site.write("# A\n\nMẬT {fact:nothing}")
    assert site.codes(closed=False) == ["fact-unknown"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda site: site.write(PAGE + "\nThêm."), id="text"),
        pytest.param(lambda site: site.write(PAGE.replace("a.png", "./a.png")), id="link"),
        pytest.param(lambda site: site.write(PAGE + "\n<!-- x -->"), id="comment"),
        pytest.param(lambda site: site.write(PAGE.replace("Vịnh", "vịnh", 1)), id="front_matter"),
        pytest.param(lambda site: site.paint("red"), id="picture"),
        pytest.param(
            lambda site: site.facts.entries.update(visitors=replace(VISITORS, value=6)), id="fact"
        ),
        pytest.param(
            lambda site: site.facts.entries.update(visitors=replace(VISITORS, as_of="2024")),
            id="fact_date",
        ),
    ],
)
def test_change_ends_the_approval(site: Site, change) -> None:
    site.approve()
    change(site)
    assert site.codes() == ["gate-changed"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda site: site.write(PAGE.replace("\n", "\r\n")), id="line_ends"),
        pytest.param(lambda site: site.write(PAGE + "\n\n"), id="blank_lines"),
        pytest.param(lambda site: site.write(unicodedata.normalize("NFD", PAGE)), id="normal_form"),
        pytest.param(
            lambda site: site.facts.entries.update(other=replace(VISITORS, name="other")),
            id="other_fact",
        ),
    ],
)
def test_approval_survives(site: Site, change) -> None:
    site.approve()
    change(site)
    assert [code for code in site.codes() if code != "page-nfd"] == []


def test_expired_fact_closes_the_page(site: Site) -> None:
    site.facts.entries["visitors"] = replace(VISITORS, expires=date(2025, 12, 31))
    site.approve()
    assert site.codes() == ["fact-expired"]


def test_sample_approval_counts_in_sample_mode_only(site: Site) -> None:
    site.approve(role="sample")
    assert site.codes(sample=True) == []
    assert site.codes(sample=False) == ["gate-sample"]


def test_withdrawn_page_does_not_pass_whatever_it_says(site: Site) -> None:
    site.approve(withdrawn={"by": "Lan", "date": "2026-01-01", "reason": "x"})
    decision = site.decide()
    assert decision.withdrawn
    assert not decision.passes
    assert [problem.code for problem in decision.problems] == ["gate-withdrawn"]


@pytest.mark.parametrize(
    ("line", "missing", "wrong"),
    [
        pytest.param(
            "classification: public", "gate-classification", "gate-not-public", id="classification"
        ),
        pytest.param("owner: so-du-lich", "gate-owner", "gate-owner", id="owner"),
    ],
)
def test_front_matter_must_say(site: Site, line: str, missing: str, wrong: str) -> None:
    for other, code in (("", missing), (line.split(":")[0] + ": khác", wrong)):
        site.write(PAGE.replace(line, other))
        site.approve()
        assert site.codes() == [code]


@pytest.mark.parametrize(
    ("level", "code"),
    [
        pytest.param("noi-bo", "gate-not-public", id="internal"),
        pytest.param("", "gate-classification", id="empty"),
        pytest.param("[public]", "gate-not-public", id="list"),
    ],
)
def test_another_classification_is_said_on_its_line(site: Site, level: str, code: str) -> None:
    site.write(PAGE.replace("classification: public", f"classification: {level}"))
    at = PAGE.split("\n").index("classification: public") + 1
    problems = [p for p in site.decide().problems if p.code in ("gate-classification", code)]
    assert [(problem.code, problem.line) for problem in problems] == [(code, at)]
    if code == "gate-not-public":
        assert level.strip("[]") in problems[0].text("vi")


@pytest.mark.parametrize("owner", ["[so-du-lich]", "{so-du-lich: 1}", "2026"])
def test_an_owner_that_is_no_name_is_said(site: Site, owner: str) -> None:
    site.write(PAGE.replace("owner: so-du-lich", f"owner: {owner}"))
    assert "gate-owner" in [problem.code for problem in site.decide().problems]


def test_front_matter_that_cannot_be_read_is_all_that_is_said(site: Site) -> None:
    site.write(PAGE.replace("title: Vịnh", "title: Vịnh: Hạ Long"))
    assert [problem.code for problem in site.decide().problems] == ["front-matter-yaml"]


def test_asset_without_licence_closes_the_page(site: Site) -> None:
    (site.content / "a.png.yml").unlink()
    site.approve()
    assert site.codes() == ["asset-no-licence"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[", id="broken"),
        pytest.param("- a", id="list"),
        pytest.param("role: official\n", id="empty"),
        pytest.param("approved_by: A\ndate: 2026-01-01\nfingerprint: b\nrole: chief\n", id="role"),
    ],
)
def test_wrong_approval_file(site: Site, text: str) -> None:
    path = site.gate().approval_file("a.md")
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert site.codes() == ["approval-wrong"]


def test_approval_file_can_be_read_back(site: Site) -> None:
    site.approve()
    approval, wrong = read_approval(site.gate().approval_file("a.md"), site.page)
    assert wrong == []
    assert approval == Approval(
        "Lan", "2026-01-01", "12/QĐ", "official", site.gate().fingerprint(site.page)
    )


def test_units(tmp_path: Path) -> None:
    path = tmp_path / "units.yml"
    assert read_units(path) == {}
    path.write_text("a: {name: A}\nb: không\n", encoding="utf-8")
    assert read_units(path) == {"a": {"name": "A"}}
    for text in ("a: [", "- a\n", "a\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(QuangbaError):
            read_units(path)


# ----------------------------------------------------------------------------
# Marks
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "TUYỆT MẬT",
        "Tối mật",
        "tối   mật",
        "Độ mật: Mật",
        "TUYET MAT",
        "TOI MAT",
        "T U Y Ệ T  M Ậ T",
        "T.Ố.I M.Ậ.T",
        "TỐI M Ậ T",
        "M Ậ T",
        "m ậ t",
        "M.A.T",
        "MẬT",
        "**MẬT**",
        "# MẬT",
        "Công văn số 12 (MẬT)",
        "Công văn số 12 (Mật)",
        "[MẬT]",
        "| Số 1 | MẬT | x |",
        "MẬT, KHẨN",
        "Mật thư\n\nTài liệu mật",
        "văn bản mật",
        "van ban luu hanh noi bo",
        "Lưu hành nội bộ",
        "CẤM SAO CHỤP",
        "Confidential",
        "TOP SECRET",
        "Thuộc danh mục bí mật nhà nước: BÍ MẬT NHÀ NƯỚC",
        "tối\u200b mật",
        "t\u200bố\u200bi m\u200bậ\u200bt",
        "To\u0302\u0301i ma\u0323\u0302t",
        "t&#7889;i m&#7853;t",
        "TỐI <b>MẬT</b>",
        "**TỐI** *MẬT*",
        "<!-- TỐI MẬT -->",
        "<!-- MẬT -->",
        "---\ntitle: Tối mật\n---\n",
        "![Tối mật](a.png)",
    ],
)
def test_secrecy(text: str) -> None:
    assert "gate-secrecy" in [code for code, _ in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "mật ong",
        "MẬT ONG RỪNG",
        "bảo mật",
        "Chính sách bảo mật thông tin",
        "bí mật của vịnh",
        "tôi mất vé",
        "toi mat ve",
        "mật độ",
        "nồng độ mật ong",
        "phổ biến",
        "mát mẻ",
        "Buổi tối mát trời",
        "Tối mất điện",
        "món tuyệt. Mật ong rừng",
        "rượu tối. Mật độ cao",
        "quan hệ mật thiết",
        "mật khẩu wifi",
        "mật mía",
        "Nhiệt độ mặt nước",
        "Mắt MAT-XA",
        "sinh hoạt nội bộ khách sạn",
        "tuyet-mat-troi.md",
    ],
)
def test_no_secrecy(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "DỰ THẢO",
        "# Dự thảo",
        "Dự thảo lần 2",
        "(dự thảo)",
        "[DRAFT]",
        "[draft]",
        "DRAFT",
        "BẢN NHÁP",
        "Bản nháp",
        "bản thảo chưa duyệt",
        "Lorem ipsum dolor",
        "TODO: viết tiếp",
        "Giá vé: ???",
        "Giá vé XXX đồng",
        "TBD",
        "<!-- TODO -->",
    ],
)
def test_draft(text: str) -> None:
    assert [code for code, _ in found(text)] == ["gate-draft"]


@pytest.mark.parametrize(
    "text",
    [
        "Luật sửa đổi và dự thảo nghị định đang được lấy ý kiến.",
        "Dự thảo luật đã được Quốc hội thông qua.",
        "HỘI THẢO GÓP Ý DỰ THẢO LUẬT DU LỊCH",
        "draft beer",
        "bia tươi (draft beer)",
        "Hệ thống lưu bản nháp tờ khai.",
        "Vé tháng sau chưa phát hành.",
        "Bao giờ đi???",
        "Mẫu xe TBD-125",
        "Todo Đà Nẵng",
    ],
)
def test_no_draft(text: str) -> None:
    assert found(text) == []


def test_mark_is_reported_with_its_line() -> None:
    assert found("# A\n\nmột\n\n**TỐI MẬT**\n") == [("gate-secrecy", 5)]
    assert found("---\ntitle: A\n---\n\nTODO") == [("gate-draft", 5)]


def test_marks_close_an_approved_page(site: Site) -> None:
    site.write(PAGE + "\n<!-- TỐI MẬT -->\n")
    site.approve()
    assert site.codes() == ["gate-secrecy"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("![](a.svg)", "image-no-alt", id="alt"),
        pytest.param("{fact: visitors_2025}", "fact-unknown", id="mistyped_fact"),
        pytest.param("<script>alert(1)</script>", "page-active", id="script"),
        pytest.param("[a](javascript:alert(1))", "page-active", id="javascript"),
        pytest.param('<p onclick="x">a</p>', "page-active", id="event"),
        pytest.param("<p/onclick=x>a</p>", "page-active", id="event_without_blank"),
        pytest.param("[a](java&#115;cript:alert(1))", "page-active", id="entity"),
        pytest.param('<form action="x"></form>', "page-active", id="form"),
        pytest.param("![a](https://e.example/a.png)", "page-elsewhere", id="picture_elsewhere"),
        pytest.param('<img alt="a" src=//e.example/a.png>', "page-elsewhere", id="no_scheme"),
        pytest.param("Dùng JavaScript và [a](https://e.example/a.png)", None, id="a_link"),
        pytest.param("`<script>` là một thẻ.", None, id="code_is_text"),
    ],
)
def test_what_an_editor_must_put_right_keeps_the_page_in(text: str, code: str | None) -> None:
    page = parse_page(Page("a.md", "content/a.md", ""), text)
    found = {problem.code for problem in editorial_problems(page)}
    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("title", "code"),
    [
        pytest.param(r'"V\u1ecbnh"', None, id="a_letter"),
        pytest.param(r'"a\u202eb"', "page-hidden", id="bidi"),
        pytest.param(r'"a\x00b"', "page-hidden", id="control"),
        pytest.param(r'"T\u1ed0I M\u1eacT"', "gate-secrecy", id="secrecy"),
        pytest.param(r'"\x6aavascript:alert(1)"', "page-active", id="script"),
    ],
)
def test_escapes_in_front_matter_hide_nothing(site: Site, title: str, code: str | None) -> None:
    site.write(PAGE.replace("title: Vịnh", f"title: {title}"))
    site.approve()
    assert site.codes() == ([code] if code else [])
