from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from story import Story

from quangba.cli import main
from quangba.report.dashboard import Dashboard, dashboard, read_since
from quangba.report.phrases import Phrases
from quangba.report.tables import Names


@pytest.fixture
def story(tmp_path: Path) -> Story:
    story = Story(tmp_path / "site")
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01", title="Vịnh")
    story.page("dao.md", "Đảo xa bờ.", title="Đảo", owner="so-ngoai-vu")
    story.sync()
    story.draft("dao.md", "en", "2026-03-01")
    story.commit("2026-03-01")
    story.page("vinh.md", "Vịnh Hạ Long rất đẹp.", title="Vịnh")
    story.commit("2026-04-02")
    story.sync()
    story.commit("2026-04-09")
    return story


def board(story: Story, roles_only: bool = False) -> Dashboard:
    workspace = story.workspace("2026-05-01")
    return Dashboard(workspace, read_since(workspace), Phrases("vi"), Names(roles_only))


def test_cells_count_texts_by_state_and_say_since_when(story: Story) -> None:
    found = {
        (row.page, cell.language.code): cell.notes(Phrases("vi"))
        for row, cell in board(story).cells
    }
    assert found == {
        ("dao.md", "en"): ["không hiện", "2 nháp máy"],
        ("dao.md", "ja"): ["không hiện", "2 chưa dịch"],
        ("vinh.md", "en"): ["không hiện", "1 chậm từ 02/04/2026"],
        ("vinh.md", "ja"): ["không hiện", "1 chậm từ 02/04/2026"],
    }


def test_what_is_left_in_words_and_minutes(story: Story) -> None:
    english, japanese = board(story).left().rows
    # vinh: 5 words behind; dao: 3 words and a title of 1, drafts in English, missing in Japanese
    assert english[2:6] == (9, 0, 1, 1)
    assert japanese[2:6] == (9, 4, 2, 1)


def test_units_reviewers_and_age(story: Story) -> None:
    shown = board(story)
    assert shown.units().rows == [
        ("Sở Du lịch", 1, 0, 10, 1, 2),
        ("Sở Ngoại vụ", 1, 0, 8, 2, 0),
    ]
    assert [row[:3] for row in shown.reviewers().rows] == [
        ("Chị Hoa", "Tiếng Anh", 1),
        ("Chị Hoa", "Tiếng Nhật", 1),
    ]
    assert {row[1]: str(row[4]) for row in shown.age().rows} == {
        "dao.md": "2026-03-01",
        "vinh.md": "2026-04-02",
    }


def test_the_page_names_nobody_when_asked(story: Story) -> None:
    workspace = story.workspace("2026-05-01")
    since = read_since(workspace)
    story.withdraw("dao.md", "2026-05-01", "Bà Lan")
    workspace = story.workspace("2026-05-01")
    people = ("Chị Hoa", "Ông Nam", "Bà Lan")
    assert all(who in dashboard(workspace, since, "vi", roles_only=False) for who in people)
    named = dashboard(workspace, since, "vi", roles_only=True)
    assert not any(who in named for who in people)
    assert "Người thẩm định 1" in named
    assert "BẢN MẪU" in named


def test_without_a_repository_the_states_are_still_shown(story: Story) -> None:
    shutil.rmtree(story.top / ".git")
    workspace = story.workspace("2026-05-01")
    since = read_since(workspace)
    assert not since.known
    text = dashboard(workspace, since, "en", roles_only=False)
    assert "There is no git repository here" in text
    assert "1 behind" in text


def test_a_broken_catalog_is_a_problem_and_no_traceback(story: Story) -> None:
    story.write("locales/en/LC_MESSAGES/vinh.po", b"<<<<<<< HEAD\n")
    shown = board(story)
    assert any("locales/en/LC_MESSAGES/vinh.po" in problem for problem in shown.problems())


@pytest.mark.parametrize("name", [None, "bang.html"])
def test_the_command_writes_the_page(
    story: Story,
    name: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(story.root)
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    monkeypatch.setattr(sys, "argv", ["quangba", "status", "--html", *([name] if name else [])])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code
    path = story.root / (name or "reports/status.html")
    assert "Tình hình dịch" in path.read_text(encoding="utf-8")
    assert path.name in capsys.readouterr().out


def test_the_report_command_writes_three_files(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(story.root)
    monkeypatch.setattr(sys, "argv", ["quangba", "report", "--year", "2026"])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code
    names = sorted(path.name for path in (story.root / "reports" / "2026").iterdir())
    assert names == ["report.vi.html", "report.vi.md", "report.vi.xlsx"]
    assert "reports/2026/report.vi.html" in capsys.readouterr().out


def test_the_report_command_says_what_is_wrong_in_one_sentence(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(story.top / ".git")
    monkeypatch.chdir(story.root)
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    monkeypatch.setattr(sys, "argv", ["quangba", "report", "--year", "2026"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    assert "không nằm trong kho git" in capsys.readouterr().err
