from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from story import Story

from quangba.report.phrases import PHRASES
from quangba.report.writing import plain

HOSTILE = '=HYPERLINK("http://x","a")|<script>alert(1)</script> `*_[x](y)\x07'


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "site")


@pytest.fixture
def hostile(story: Story) -> Story:
    story.page("vinh.md", "Vịnh đẹp.", title="=cmd|' /C calc'!A0 <b>|</b>")
    story.sync()
    story.approve("vinh.md", "2026-03-01", HOSTILE, "=1+1 | <img src=x onerror=alert(1)>")
    story.translate("vinh.md", "en", "2026-03-01", HOSTILE)
    story.write("content/_data/units.yml", 'so-du-lich: {name: "=2+2 <i>|</i>"}\n')
    story.commit("2026-03-01")
    story.withdraw("vinh.md", "2026-04-01", "@SUM(1)", "+1 | <b>\n# x")
    story.commit("2026-04-01")
    return story


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_same_commit_gives_the_same_bytes(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01T00:30:00+07:00")
    first = story.made().files
    script = (
        "import sys, hashlib; from quangba.report.making import make, Order;"
        "from quangba.settings import load_settings;"
        "made = make(load_settings(sys.argv[1]), Order(2026));"
        "print([(n, hashlib.sha256(d).hexdigest()) for n, d in made.files.items()])"
    )
    said = set()
    for zone, locale in (("America/Lima", "C"), ("Pacific/Kiritimati", "en_US.UTF-8")):
        env = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(len(zone))}
        done = subprocess.run(
            [sys.executable, "-c", script, str(story.config)],
            env=env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        said.add(done.stdout)
    assert len(said) == 1
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert story.made().files == first


def test_no_name_becomes_a_formula(hostile: Story) -> None:
    book = load_workbook(io.BytesIO(hostile.made().files["report.vi.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert "f" not in {cell.data_type for cell in cells}


def test_no_name_becomes_markup(hostile: Story) -> None:
    text = hostile.made().files["report.vi.html"].decode()
    tags = Tags()
    tags.feed(text)
    assert not {"script", "img", "b", "i"} & set(tags.tags)
    assert "&lt;script&gt;" in text


def test_every_row_of_markdown_has_the_columns_of_its_heading(hostile: Story) -> None:
    lines = hostile.made().files["report.vi.md"].decode().split("\n")
    columns = 0
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith("|"):
            count = len(re.findall(r"(?<!\\)\|", line))
            columns = columns if before.startswith("|") else count
            assert count == columns
    assert columns
    assert not any(line == "# x" for line in lines)
    assert "<script" not in "\n".join(lines).replace("\\<", "")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_needs_nothing_from_elsewhere(story: Story, language: str) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    text = story.made(language=language).files[f"report.{language}.html"].decode()
    tags = Tags()
    tags.feed(text)
    assert tags.addresses == []
    assert not {"script", "link", "img", "iframe"} & set(tags.tags)
    assert not re.search(r"url\((?!\"data:)|@import", text)
    assert f'<html lang="{language}">' in text
    assert tags.tags.count("h1") == 1
    assert tags.tags.count("table") == tags.tags.count("caption")
    assert not re.search(r"<th(?![^>]*scope=)[ >]", text)


def test_figures_are_numbers_and_days_are_days(story: Story) -> None:
    story.publish("vinh.md", "Vịnh đẹp.", day="2026-03-01")
    story.commit("2026-03-01")
    book = load_workbook(io.BytesIO(story.made().files["report.vi.xlsx"]))
    assert book["Số bản theo ngôn ngữ"]["C3"].value == 1
    assert book["Chi tiết theo ngày"]["A3"].is_date
    assert all(sheet["A1"].value == PHRASES["sample sheet"][0] for sheet in book)


def test_a_workbook_holds_no_other_time_than_the_end_of_its_period(story: Story) -> None:
    story.commit("2026-03-01")
    with ZipFile(io.BytesIO(story.made().files["report.vi.xlsx"])) as book:
        assert {info.date_time for info in book.infolist()} == {(2026, 3, 1, 0, 0, 0)}
        core = book.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2026-03-01T"}


def test_empty_tables_say_so(story: Story) -> None:
    story.commit("2026-03-01")
    text = story.made().files["report.vi.html"].decode()
    for name in ("no events", "no work", "no reviewers", "no lag", "no approvals", "no unread"):
        assert PHRASES[name][0] in text


@pytest.mark.parametrize("name", sorted(PHRASES))
def test_a_phrase_names_the_same_values_in_both_languages(name: str) -> None:
    vietnamese, english = PHRASES[name]
    found: Callable[[str], set[str]] = lambda text: set(re.findall(r"\{(\w+)\}", text))  # noqa: E731
    assert found(vietnamese) == found(english)
    assert vietnamese
    assert english


@pytest.mark.parametrize("text", ["a|b", "<b>", "a\nb", "[x](y)", "`c`", "a\\|b"])
def test_plain_leaves_no_markup(text: str) -> None:
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<>\[\]`]", plain(text))
    assert "\n" not in plain(text)
