from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dulwich.objects import Blob
from reading import Rows, read_rows
from story import Story

from quangba.errors import QuangbaError
from quangba.site.publishing import Publisher


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "site")


def rows(story: Story, table: str, year: int = 2026, **order: object) -> Rows:
    """Read a table of a report, which is made once for the same history and settings."""
    key = (repr(story.repo.get_refs()), story.config.read_bytes(), year, repr(order))
    if MADE.get("key") != key:
        MADE.update(key=key, made=story.made(year, **order))
    return read_rows(MADE["made"], table)


MADE: dict[str, Any] = {}
"""The last report and what it was made from."""


def first(story: Story, table: str, year: int = 2026, **order: object) -> list[object]:
    return rows(story, table, year, **order)[0]


def by_language(story: Story, year: int = 2026) -> dict[object, list[object]]:
    return {row[0]: row[1:] for row in rows(story, "Số bản theo ngôn ngữ", year)}


# Publication


def test_a_page_is_published_in_every_language_on_the_day_of_its_commit(story: Story) -> None:
    story.publish("vinh.md", "Vịnh Hạ Long rất đẹp.", day="2026-03-01", title="Vịnh")
    story.commit("2026-03-01")
    assert by_language(story) == {
        name: [0, 1, 0, 0, 0, 0, 1, 0] for name in ("Tiếng Việt", "Tiếng Anh", "Tiếng Nhật")
    } | {"Cộng": [0, 3, 0, 0, 0, 0, 3, 0]}
    event = first(story, "Chi tiết theo ngày")
    assert event[:6] == [
        "2026-03-01", "Phát hành mới", "Vịnh", "vinh.md", "Sở Du lịch", "cả 3 ngôn ngữ",
    ]  # fmt: skip
    assert first(story, "Số bản theo đơn vị") == ["Sở Du lịch", 1, 3, 3, 0, 0, 0, 0]


def test_an_unapproved_page_is_not_published(story: Story) -> None:
    story.page("vinh.md", "Vịnh đẹp.")
    story.sync()
    story.commit("2026-03-01")
    assert rows(story, "Chi tiết theo ngày") == []
    assert first(story, "Trang cuối kỳ")[3:] == ["– chưa phát hành"] * 3


def test_a_page_without_its_translation_is_published_in_vietnamese_alone(story: Story) -> None:
    story.page("vinh.md", "Vịnh đẹp.")
    story.sync()
    story.approve("vinh.md", "2026-03-01")
    story.translate("vinh.md", "ja", "2026-03-01")
    story.commit("2026-03-01")
    cells = first(story, "Trang cuối kỳ")[3:]
    assert cells == ["✓ phát hành", "– chưa phát hành", "✓ phát hành"]


def test_a_page_edited_and_approved_later_is_held_back_and_then_changed(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    story.page("vinh.md", "Vịnh rất đẹp.")
    story.sync()
    story.commit("2026-04-01")
    held = first(story, "Trang cuối kỳ")[3]
    assert held == "‖ tạm giữ từ 01/04/2026"
    assert by_language(story)["Tiếng Việt"] == [0, 1, 0, 0, 0, 0, 1, 1]
    story.approve("vinh.md", "2026-04-05")
    story.commit("2026-04-05")
    assert by_language(story)["Tiếng Việt"] == [0, 1, 0, 1, 0, 0, 1, 0]
    assert [row[:2] for row in rows(story, "Chi tiết theo ngày")][-1] == ["2026-04-05", "Sửa đổi"]


def test_a_withdrawal_is_told_with_its_reason_and_a_page_may_return(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01", title="Vịnh")
    story.commit("2026-03-01")
    story.withdraw("vinh.md", "2026-06-02", "Bà Lan", "Số liệu cũ")
    story.commit("2026-06-03")
    assert rows(story, "Lượt rút trang") == [
        ["2026-06-03", "Vịnh", "vinh.md", "Sở Du lịch", "Bà Lan", "2026-06-02", "Số liệu cũ"]
    ]
    assert by_language(story)["Cộng"] == [0, 3, 0, 0, 3, 0, 0, 0]
    assert first(story, "Trang cuối kỳ")[3:] == ["✗ đã rút"] * 3
    story.approve("vinh.md", "2026-07-01")
    story.commit("2026-07-01")
    assert by_language(story)["Cộng"] == [0, 3, 3, 0, 3, 0, 3, 0]


def test_a_deleted_page_is_removed_not_withdrawn(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2025-03-01")
    story.publish("dao.md", "Đảo đẹp.", day="2025-03-01")
    story.commit("2025-03-01")
    (story.root / "content/vinh.md").unlink()
    story.commit("2026-03-01")
    assert by_language(story)["Cộng"] == [6, 0, 0, 0, 0, 3, 3, 0]
    assert rows(story, "Lượt rút trang") == []


@pytest.mark.parametrize("redirected", [True, False], ids=["redirect", "same-file"])
def test_a_renamed_page_is_the_same_page(story: Story, redirected: bool) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    before = rows(story, "Từ đã dịch trong kỳ")
    for old, new in (
        ("content/vinh.md", "content/tham/vinh.md"),
        ("content/_data/approvals/vinh.yml", "content/_data/approvals/tham/vinh.yml"),
        ("locales/en/LC_MESSAGES/vinh.po", "locales/en/LC_MESSAGES/tham/vinh.po"),
        ("locales/ja/LC_MESSAGES/vinh.po", "locales/ja/LC_MESSAGES/tham/vinh.po"),
    ):
        (story.root / new).parent.mkdir(parents=True, exist_ok=True)
        (story.root / old).rename(story.root / new)
    if redirected:
        story.write("content/_data/redirects.yml", "vinh.md: tham/vinh.md\n")
    story.commit("2026-05-01")
    assert by_language(story)["Cộng"] == [0, 3, 0, 0, 0, 0, 3, 0]
    assert rows(story, "Từ đã dịch trong kỳ") == before
    assert len(rows(story, "Lượt duyệt trang")) == 1
    renamed = rows(story, "Chi tiết theo ngày")[-1]
    assert renamed[1] == "Đổi địa chỉ"
    assert renamed[3] == "vinh.md → tham/vinh.md"


def test_a_side_branch_counts_once_and_when_it_is_merged(story: Story) -> None:
    story.page("vinh.md", "Vịnh đẹp.")
    story.sync()
    base = story.commit("2026-01-10")
    story.approve("vinh.md", "2026-02-01")
    story.translate("vinh.md", "en", "2026-02-01")
    side = story.commit("2026-02-01", base, branch="side")
    story.translate("vinh.md", "ja", "2026-03-01")
    story.commit("2026-03-01", base, side)
    days = {row[0] for row in rows(story, "Chi tiết theo ngày")}
    assert days == {"2026-03-01"}
    assert first(story, "Từ đã dịch trong kỳ")[4] == 2  # title and paragraph, once


# Translation and review


def test_words_by_machine_and_by_people(story: Story) -> None:
    story.page("vinh.md", "Một hai ba.", "Bốn năm.", title="Sáu")
    story.sync()
    story.draft("vinh.md", "en", "2026-02-01")
    story.commit("2026-02-01")

    def accept(message: object) -> None:
        if message.msgid == "Một hai ba.":  # type: ignore[attr-defined]
            message.fuzzy = False  # type: ignore[attr-defined]
        if message.msgid == "Bốn năm.":  # type: ignore[attr-defined]
            message.msgstr, message.fuzzy = "Four five.", False  # type: ignore[attr-defined]

    story.each("vinh.md", "en", accept)
    story.commit("2026-02-03")
    # machine: 3 texts of 3 + 2 + 1 words; 3 words accepted as they are; 2 words by a person
    assert first(story, "Từ đã dịch trong kỳ") == ["Tiếng Anh", 3, 6, 3, 1, 2]


def test_a_text_corrected_twice_and_used_twice_counts_once(story: Story) -> None:
    for name in ("a.md", "b.md"):
        story.page(name, "Một hai ba.", title="Bốn")
    story.sync()
    for name in ("a.md", "b.md"):
        story.translate(name, "en", "2026-02-01", None)
    story.commit("2026-02-01")
    story.each("a.md", "en", lambda m: setattr(m, "msgstr", m.msgstr + "!"))
    story.commit("2026-02-02")
    assert first(story, "Từ đã dịch trong kỳ") == ["Tiếng Anh", 0, 0, 0, 2, 4]


def test_reviewers_by_language_with_texts_and_words(story: Story) -> None:
    story.page("vinh.md", "Một hai ba.", title="Bốn")
    story.sync()
    story.translate("vinh.md", "en", "2026-02-01", "Chị Hoa")
    story.translate("vinh.md", "ja", "2026-02-03", "Anh Ba")
    story.commit("2026-02-05")
    story.translate("vinh.md", "en", "2026-02-09", "Chị Hoa")  # stamped again: counts once
    story.commit("2026-02-10")
    assert rows(story, "Thẩm định trong kỳ") == [
        ["Anh Ba", "mẫu", "Tiếng Nhật", 2, 4, "2026-02-03", "2026-02-03"],
        ["Chị Hoa", "mẫu", "Tiếng Anh", 2, 4, "2026-02-01", "2026-02-09"],
    ]


# Stale texts


def make_stale(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    story.page("vinh.md", "Vịnh Hạ Long rất đẹp.")


def test_a_text_that_was_stale_for_twelve_days(story: Story) -> None:
    make_stale(story)
    story.sync()
    story.commit("2026-05-01")
    story.translate("vinh.md", "en", "2026-05-13")
    story.commit("2026-05-13")
    english, japanese = rows(story, "Thời gian chậm")
    assert english == ["Tiếng Anh", 1, 12, 12, 0, 0, None]
    assert japanese == ["Tiếng Nhật", 0, None, None, 1, 5, "2026-05-01"]
    assert rows(story, "Đang chậm cuối kỳ") == [
        ["vinh.md", "vinh.md", "Tiếng Nhật", "2026-05-01", 12, 1, 5]
    ]


def test_stale_since_the_page_changed_also_when_the_catalogs_followed_later(story: Story) -> None:
    make_stale(story)
    story.commit("2026-05-01")
    story.sync()
    story.commit("2026-05-11")
    story.translate("vinh.md", "en", "2026-05-13")
    story.commit("2026-05-13")
    assert first(story, "Thời gian chậm")[:4] == ["Tiếng Anh", 1, 12, 12]


def test_a_source_that_came_back_was_not_renewed(story: Story) -> None:
    make_stale(story)
    story.sync()
    story.commit("2026-05-01")
    story.page("vinh.md", "Vịnh đẹp.")
    story.sync()
    story.commit("2026-05-04")
    assert rows(story, "Thời gian chậm") == []


# Sample and official, names


def test_sample_approvals_publish_nothing_on_an_official_site(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    story.config = Story(tmp_path / "other", sample=False).config
    text = story.config.read_bytes()
    story.config = tmp_path / "mkdocs.yml"
    story.config.write_bytes(text)
    (tmp_path / "other" / "mkdocs.yml").unlink()
    story.commit("2026-04-01")
    assert rows(story, "Chi tiết theo ngày") == []
    assert first(story, "Lượt duyệt trang")[7] == "mẫu"
    made = story.made()
    assert "BẢN MẪU" not in made.files["report.vi.md"].decode()
    # The settings are those of the commit, not of the folder.
    assert "BẢN MẪU" in story.made(until="HEAD~1").files["report.vi.md"].decode()


def test_every_form_of_a_sample_says_so(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    made = story.made()
    assert "BẢN MẪU" in made.files["report.vi.html"].decode()
    assert "BẢN MẪU" in made.files["report.vi.md"].decode()
    assert "nhóm dự án" not in made.files["report.vi.md"].decode()
    made = story.made(language="en")
    assert "SAMPLE" in made.files["report.en.html"].decode()
    assert "project team" not in made.files["report.en.html"].decode()


def test_roles_only_names_nobody(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.withdraw("vinh.md", "2026-03-02")
    story.commit("2026-03-01")
    made = story.made(roles_only=True)
    for name in ("Chị Hoa", "Ông Nam", "Bà Lan"):
        assert name not in made.files["report.vi.html"].decode()
        assert name not in made.files["report.vi.md"].decode()
    assert first(story, "Thẩm định trong kỳ", roles_only=True)[0] == "Người thẩm định 1"
    assert first(story, "Lượt duyệt trang", roles_only=True)[4] == "Người duyệt 1"


def test_approvals_name_person_day_and_document(story: Story) -> None:
    story.page("vinh.md", "Vịnh đẹp.", title="Vịnh", owner="so-ngoai-vu")
    story.sync()
    story.approve("vinh.md", "2026-02-27", "Ông Nam", "15/QĐ-SNgV")
    story.commit("2026-03-01")
    assert rows(story, "Lượt duyệt trang") == [
        [
            "2026-03-01", "Vịnh", "vinh.md", "Sở Ngoại vụ", "Ông Nam", "2026-02-27", "15/QĐ-SNgV",
            "mẫu",
        ]
    ]  # fmt: skip


# Time


@pytest.mark.parametrize(
    ("when", "year"),
    [
        ("2023-12-31T16:59:59+00:00", 2023),
        ("2023-12-31T17:00:00+00:00", 2024),
        ("2024-12-31T23:59:59+07:00", 2024),
        ("2024-12-31T17:00:00+00:00", 2025),
    ],
    ids=["last-second", "first-second", "last-second-there", "next-year"],
)
def test_a_year_ends_at_midnight_in_viet_nam(story: Story, when: str, year: int) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2023-12-31")
    story.commit(when)
    assert by_language(story, year)["Tiếng Việt"][1] == 1
    assert by_language(story, year + 1)["Tiếng Việt"][:2] == [1, 0]


def test_a_wrong_clock_moves_one_commit_only(story: Story) -> None:
    story.page("a.md", "A.")
    story.sync()
    story.commit("2026-01-05")
    story.approve("a.md", "2026-02-01")
    story.commit("2031-01-01")
    story.page("b.md", "B.")
    story.commit("2026-03-01")
    story.commit("2026-04-01")
    assert first(story, "Chi tiết theo ngày")[0] == "2026-01-05"
    assert "1 commit có ngày giờ sai thứ tự" in story.made().files["report.vi.md"].decode()


def test_a_year_without_commits_says_so(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2025-03-01")
    story.commit("2025-03-01")
    text = story.made().files["report.vi.md"].decode()
    assert "Trong kỳ không có lần ghi" in text
    assert by_language(story)["Cộng"] == [3, 0, 0, 0, 0, 0, 3, 0]


def test_a_year_before_the_first_commit_is_refused(story: Story) -> None:
    story.commit("2026-03-01")
    with pytest.raises(QuangbaError) as raised:
        story.made(2020)
    assert raised.value.problem.code == "report-too-early"


# Repositories


def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    story = Story(tmp_path / "site")
    (tmp_path / "site" / ".git").rename(tmp_path / "moved")
    with pytest.raises(QuangbaError) as raised:
        story.made()
    assert raised.value.problem.code == "report-no-repository"


@pytest.mark.parametrize(
    ("until", "code"),
    [("HEAD", "report-no-commits"), ("nowhere", "report-revision"), ("HEAD~9", "report-revision")],
)
def test_a_revision_that_is_not_there_is_refused(story: Story, until: str, code: str) -> None:
    if until != "HEAD":
        story.commit("2026-03-01")
    with pytest.raises(QuangbaError) as raised:
        story.made(until=until)
    assert raised.value.problem.code == code


@pytest.mark.parametrize("steps", ["~1", "^"])
def test_a_report_may_end_with_an_earlier_commit(story: Story, steps: str) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    earlier = story.commit("2026-03-01").decode()
    story.withdraw("vinh.md", "2026-04-01")
    story.commit("2026-04-01")
    assert story.made(until=f"HEAD{steps}").files == story.made(until=earlier[:12]).files
    assert rows(story, "Lượt rút trang", until=earlier) == []


def test_a_shallow_clone_counts_nothing_as_new_that_was_there(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    story.withdraw("vinh.md", "2026-04-01")
    boundary = story.commit("2026-04-01")
    story.publish("dao.md", "Đảo đẹp.", day="2026-05-01")
    story.commit("2026-05-01")
    (story.top / ".git" / "shallow").write_bytes(boundary + b"\n")
    assert by_language(story)["Tiếng Việt"] == [0, 1, 0, 0, 0, 0, 1, 0]
    assert rows(story, "Lượt rút trang") == []
    assert "không đủ lịch sử" in story.made().files["report.vi.md"].decode()


def test_a_site_in_a_subfolder_reads_its_own_folder(tmp_path: Path) -> None:
    story = Story(tmp_path / "repo" / "trang" / "web", tmp_path / "repo")
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    (tmp_path / "repo" / "content").mkdir()
    (tmp_path / "repo" / "content" / "khac.md").write_text("# Khác", encoding="utf-8")
    story.commit("2026-03-01")
    assert by_language(story)["Cộng"][1] == 3
    assert len(rows(story, "Trang cuối kỳ")) == 1


def test_uncommitted_files_are_named_and_windows_line_ends_are_none(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    page = story.root / "content" / "vinh.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    clean = story.made()
    assert clean.problems == []
    page.write_bytes(page.read_bytes() + "Thêm.".encode())
    story.page("moi.md", "Mới.")
    made = story.made()
    assert [problem.code for problem in made.problems] == ["report-uncommitted"]
    assert dict(made.problems[0].values) == {"count": 2, "first": "content/moi.md"}
    assert made.files == clean.files


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("locales/en/LC_MESSAGES/vinh.po", b"<<<<<<< HEAD\n"),
        ("locales/en/LC_MESSAGES/vinh.po", b"\xff\xfe"),
        ("content/_data/approvals/vinh.yml", b"a: [\n"),
        ("content/_data/units.yml", b"a: 1\na: 2\n"),
        ("content/_data/facts.yml", b"\xff"),
        ("content/_data/redirects.yml", b"{"),
    ],
)
def test_a_broken_file_counts_as_it_was_before(story: Story, file: str, data: bytes) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    path = story.root / file
    before = path.read_bytes() if path.is_file() else None
    story.write(file, data)
    story.commit("2026-04-01")
    assert by_language(story)["Cộng"] == [0, 3, 0, 0, 0, 0, 3, 0]
    unread = rows(story, "Không đọc được")
    assert [row[2] for row in unread] == [file]
    if before is not None:
        path.write_bytes(before)
        story.commit("2026-05-01")
        assert by_language(story)["Cộng"] == [0, 3, 0, 0, 0, 0, 3, 0]


def test_a_missing_object_is_told_and_the_rest_is_counted(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    file = story.root / "locales/en/LC_MESSAGES/vinh.po"
    file.write_bytes(file.read_bytes() + b"\n# lost\n")
    story.commit("2026-04-01")
    sha = Blob.from_string(file.read_bytes()).id.decode()
    (story.top / ".git" / "objects" / sha[:2] / sha[2:]).unlink()
    assert by_language(story)["Cộng"][6] == 3
    assert first(story, "Không đọc được")[2] == "locales/en/LC_MESSAGES/vinh.po"


def test_the_end_of_the_period_is_what_the_site_shows(story: Story) -> None:
    story.publish("a.md", "Một.", day="2026-03-01")
    story.publish("b.md", "Hai.", day="2026-03-01")
    story.publish("c.md", "Ba.", day="2026-03-01")
    story.page("d.md", "Bốn.")
    story.commit("2026-03-01")
    story.page("b.md", "Hai, hai.")
    story.sync()
    story.approve("b.md", "2026-03-02")
    story.withdraw("c.md", "2026-03-02")
    story.write("content/e.md", "---\ntitle: E\nowner: so-du-lich\nclassification: public\n"
                "publish: machine\n---\nNăm.\n")  # fmt: skip
    story.sync()
    story.approve("e.md", "2026-03-02")
    story.draft("e.md", "en", "2026-03-02")
    story.commit("2026-03-02")
    workspace = story.workspace("2026-03-02")
    publisher = Publisher(workspace)
    shown = {
        name: [publisher.published(name, language) for language in workspace.settings.languages]
        for name in workspace.names
    }
    marks = {
        row[1]: [str(cell)[0] in "✓△◐" for cell in row[3:]] for row in rows(story, "Trang cuối kỳ")
    }
    assert marks == shown
    cells = {row[1]: row[3:] for row in rows(story, "Trang cuối kỳ")}
    assert cells["e.md"][1] == "◐ phát hành, còn bản nháp máy hoặc đoạn chưa dịch"


@pytest.mark.parametrize("year", [2108, 9999])
def test_a_year_that_has_not_begun_is_refused(story: Story, year: int) -> None:
    story.commit("2026-03-01")
    with pytest.raises(QuangbaError) as raised:
        story.made(year)
    assert raised.value.problem.code == "report-too-late"
