"""Words of the proof, in Vietnamese and in English."""

from __future__ import annotations

from typing import NamedTuple

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Both(NamedTuple):
    """A text in both languages."""

    vi: str
    en: str

    def __add__(self, other: object) -> Both:
        """Put another text behind, after a blank."""
        assert isinstance(other, Both)
        return Both(f"{self.vi} {other.vi}".strip(), f"{self.en} {other.en}".strip())


# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FIRST = {
    "public": Both("Công khai", "Public"),
    "approved": Both("Ai duyệt", "Approved by"),
    "refused": Both("Giữ lại", "Kept back"),
    "wrong": Both("Kết quả kiểm", "Checked"),
    "made_from": Both("Nguồn", "Source"),
}
"""What the lines of the first screen are about."""

EDITION = {
    "portal": Both("Cổng thông tin", "Portal"),
    "kiosk": Both("Màn hình cửa khẩu", "Kiosk"),
}

MARKS = {
    "published": (
        "✓",
        Both("công khai, đã duyệt và thẩm định đủ", "public, approved, every text reviewed"),
    ),
    "translated": ("●", Both("công khai, có đoạn chưa thẩm định", "public, not all reviewed")),
    "draft": ("◐", Both("công khai, có bản nháp máy", "public, with machine drafts")),
    "notice": ("○", Both("chưa có bản dịch: thông báo ngắn", "not translated yet: a notice")),
    "withdrawn": ("✕", Both("đã rút: thông báo ngắn", "withdrawn: a notice")),
    "refused": ("⊘", Both("bị giữ lại", "kept back")),
    "left-out": ("–", Both("không thuộc ấn bản này", "not part of this edition")),
    "absent": ("·", Both("chưa dựng ấn bản này", "edition not built")),
}
"""Signs of what a page is in a language, with what they mean."""

STATES = {
    "published": Both("công khai", "public"),
    "draft": Both("công khai, có bản nháp máy", "public, with machine drafts"),
    "notice": Both("chưa có bản dịch", "not translated yet"),
    "withdrawn": Both("đã rút", "withdrawn"),
    "refused": Both("bị giữ lại", "kept back"),
    "left-out": Both("để ngoài", "left out"),
}
"""States of pages (``ledger.py``), as they are counted."""

BECAUSE = {
    "left-out": Both("cấu hình để ngoài ấn bản này (leave_out)", "the settings leave it out"),
    "notice": Both(
        "có đoạn chưa dịch hoặc chưa thẩm định theo chính sách của ấn bản này",
        "texts are not translated or not reviewed as this edition demands",
    ),
    "withdrawn": Both("đã rút", "withdrawn"),
    "refused": Both("cổng duyệt giữ lại", "the gate keeps it back"),
    "unknown": Both(
        "lần dựng kia không có trang hoặc ngôn ngữ này", "that build has no such page or language"
    ),
    "published": Both("", ""),
    "draft": Both("", ""),
}
"""Why an edition lacks a page, by the state that the page has there."""

GROUPS = {
    "approval": Both("Thư mục đối chiếu với danh sách đã duyệt", "The folder against approvals"),
    "safety": Both("An toàn và CSP", "Safety and CSP"),
    "links": Both("Liên kết", "Links"),
    "languages": Both("Ngôn ngữ, hreflang, sơ đồ trang", "Languages, hreflang, sitemap"),
    "access": Both("Tiếp cận (quy tắc tĩnh)", "Accessibility (static rules)"),
    "letters": Both("Chữ và phông", "Letters and fonts"),
}

KINDS = {
    "pages": Both("trang HTML", "HTML pages"),
    "styles": Both("tệp kiểu", "style sheets"),
    "scripts": Both("mã lệnh và chỉ mục tìm kiếm", "scripts and search indexes"),
    "fonts": Both("phông chữ", "fonts"),
    "pictures": Both("hình", "pictures"),
    "films": Both("phim và âm thanh", "films and sound"),
    "other": Both("khác", "other"),
}

PARTS = {
    "html": Both("HTML", "HTML"),
    "styles": Both("kiểu", "styles"),
    "scripts": Both("mã lệnh", "scripts"),
    "first": Both("màn hình đầu", "first view"),
}
