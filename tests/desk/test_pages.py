"""What the desk shows: the queue, the texts of a page, and its own language."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from catalog_site import Site
from desk_site import TOKEN, Visitor

from quangba.catalogs.interface import interface_texts
from quangba.desk.differences import difference
from quangba.desk.queue import Queue, filters_of
from quangba.messages import MESSAGES
from quangba.review.checking import all_checks
from quangba.review.effort import READING, WRITING

TITLE = "Vé tàu"


def chosen(visitor: Visitor, **filters: str) -> list[tuple[str, str]]:
    queue = visitor.desk.queue
    rows = queue.chosen(queue.rows(), filters_of(filters))
    return [(row.language.code, row.name) for row in rows]


@pytest.fixture
def queue(visitor: Visitor) -> Queue:
    visitor.desk.site.look()
    return visitor.desk.queue


def test_counts_of_a_page(visitor: Visitor, queue: Queue) -> None:
    japanese = visitor.site.language("ja")
    row = queue.row(japanese, "a.md")
    assert {name: row.counts[name] for name in ("total", "missing", "drafts", "reviewed")} == {
        "total": 3,
        "missing": 1,
        "drafts": 2,
        "reviewed": 0,
    }
    assert queue.row(japanese, "visit/b.md").left.data() == {"left": 0, "words": 0, "minutes": 0}


def test_words_and_minutes(visitor: Visitor, site: Site) -> None:
    site.page("a.md", " ".join(["từ"] * WRITING * 3))
    found = visitor.page()
    assert (found["left"], found["words"], found["minutes"]) == (1, WRITING * 3, 3)
    site.page("a.md", " ".join(["từ"] * READING * 2))
    source = " ".join(["từ"] * READING * 2)
    visitor.act(source, "edit", text="語" * 80)
    assert visitor.page()["minutes"] == 2


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"lang": "ja", "page": "a.md"}, [("ja", "a.md")]),
        ({"unit": "so-du-lich"}, [("en", "visit/b.md"), ("ja", "visit/b.md")]),
        ({"state": "draft"}, [("ja", "a.md")]),
        ({"state": "reviewed"}, [("en", "visit/b.md"), ("ja", "visit/b.md")]),
        ({"state": "stale"}, []),
        ({"lang": "xx"}, []),
    ],
    ids=str,
)
def test_filters(
    visitor: Visitor, queue: Queue, filters: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert chosen(visitor, **filters) == expected


def test_severity_filter(visitor: Visitor, queue: Queue) -> None:
    assert chosen(visitor, lang="ja", severity="error") == []
    visitor.act("Giá vé là 20 nghìn đồng.", "edit", text="料金は30000ドンです。")
    assert chosen(visitor, lang="ja", severity="error") == [("ja", "a.md")]


def test_unknown_filters_change_nothing(visitor: Visitor) -> None:
    response = visitor.get("?state=<script>&severity=x&lang=%00&page=../a&x=1")
    assert response.status_code == 200
    assert "<script>&" not in response.text


def test_rows_with_something_open_come_first(visitor: Visitor, queue: Queue) -> None:
    opened = [bool(row.left.left) for row in queue.rows()]
    assert opened == sorted(opened, reverse=True)
    assert True in opened
    assert False in opened


def test_the_source_language_has_interface_texts_alone(visitor: Visitor, queue: Queue) -> None:
    assert chosen(visitor, lang="vi") == [("vi", "ui")]
    assert visitor.page("vi/ui")["entries"]


def test_the_queue_is_recounted_only_where_something_changed(
    visitor: Visitor, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.rows()
    counted: list[str] = []
    real = queue.count

    def count(language: Any, name: str) -> Any:
        counted.append(f"{language.code} {name}")
        return real(language, name)

    monkeypatch.setattr(queue, "count", count)
    visitor.act(TITLE, "edit", text="券")
    visitor.get("")
    assert counted == ["ja a.md"]


def test_counts_are_kept_for_the_next_run(
    visitor: Visitor, queue: Queue, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.prepare(lambda done, total: None)
    before = [(row.language, row.name, row.left, row.counts, row.ready) for row in queue.rows()]

    def fail(*_: object) -> None:
        raise AssertionError("checked again")

    with monkeypatch.context() as patched:
        patched.setattr("quangba.review.checking.Checker.message", fail)
        rows = Visitor(site).desk.queue.rows()
    assert [(row.language, row.name, row.left, row.counts, row.ready) for row in rows] == before


@pytest.mark.parametrize("change", ["catalog", "glossary"])
def test_kept_counts_expire(visitor: Visitor, queue: Queue, site: Site, change: str) -> None:
    queue.prepare(lambda done, total: None)
    kept = set(json.loads(queue.counts.path.read_text(encoding="utf-8")))
    if change == "catalog":
        visitor.act(TITLE, "edit", text="券")
    else:
        path = site.root / "locales" / "glossary.csv"
        path.write_text("vi,en,zh,ja,ko,fr,kind,rule,case,french,note\n", encoding="utf-8")
    other = Visitor(site)
    other.desk.site.look()
    other.desk.queue.prepare(lambda done, total: None)
    now = set(json.loads(queue.counts.path.read_text(encoding="utf-8")))
    assert len(now - kept) == (1 if change == "catalog" else len(kept))


@pytest.mark.parametrize("text", ["", "[]", "{", "null"])
def test_kept_counts_that_are_broken(visitor: Visitor, queue: Queue, text: str) -> None:
    queue.prepare(lambda done, total: None)
    kept = json.loads(queue.counts.path.read_text(encoding="utf-8"))
    for broken in (text, json.dumps(dict.fromkeys(kept, 7)), json.dumps({key: {} for key in kept})):
        queue.counts.path.write_text(broken, encoding="utf-8")
        other = Visitor(visitor.site).desk
        other.site.look()
        assert [row.counts for row in other.queue.rows()] == [row.counts for row in queue.rows()]


def test_pages_of_the_desk(visitor: Visitor) -> None:
    html = visitor.get("ja/a").text
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert data
    assert json.loads(data[1])["entries"][0]["source"] == TITLE
    assert f"/{TOKEN}/preview/ja/a/" in html
    for path in ("ja/site", "ja/ui", "vi/ui", "ja/visit/b", "en/a"):
        assert visitor.get(path).status_code == 200


def test_a_page_called_site_is_not_the_site(visitor: Visitor, site: Site) -> None:
    site.page("site.md", "Trang về địa điểm.")
    assert [e["source"] for e in visitor.page("ja/site.md")["entries"]] == ["Trang về địa điểm."]
    assert "Quảng Ninh" in [e["source"] for e in visitor.page("ja/site")["entries"]]


def test_the_next_page_is_one_with_something_open(visitor: Visitor, queue: Queue) -> None:
    japanese = visitor.site.language("ja")
    after = visitor.desk.following(queue.rows(), japanese, "a.md")
    assert after
    assert after.name == "site"
    last = visitor.desk.following(queue.rows(), japanese, "ui")
    assert last
    assert last.name == "a.md"


def test_memory(visitor: Visitor, site: Site) -> None:
    site.page("c.md", "Tàu chạy mỗi ngày từ cảng Hòn Gai.", "Vịnh", "Một câu khác hẳn.")
    hits = visitor.entry("Tàu chạy mỗi ngày từ cảng Hòn Gai.", "ja/c")["memory"]
    (hit,) = hits
    assert (hit["target"], hit["where"]) == ("船は毎日。", "content/visit/b.md")
    assert hit["state"] == "reviewed"
    assert 60 <= hit["score"] < 100
    assert ["new", "Hòn Gai"] in [[kind, text.strip()] for kind, text in hit["difference"]]
    entry = visitor.entry("Vịnh", "ja/c")
    assert (entry["from"], entry["comments"]) == ("content/visit/b.md", [])
    assert entry["memory"][0]["score"] == 100
    assert visitor.entry("Một câu khác hẳn.", "ja/c")["memory"] == []


def test_memory_follows_what_was_just_saved(visitor: Visitor, site: Site) -> None:
    site.page("c.md", "Giá vé là 20 nghìn đồng mỗi người.")
    assert visitor.page("ja/c")["entries"][0]["memory"] == []
    visitor.act("Giá vé là 20 nghìn đồng.", "edit", text="料金は2万ドンです。")
    (hit,) = visitor.page("ja/c")["entries"][0]["memory"]
    assert (hit["target"], hit["state"]) == ("料金は2万ドンです。", "translated")


def test_live_check_saves_nothing(visitor: Visitor, site: Site) -> None:
    entry = visitor.entry("Giá vé là 20 nghìn đồng.")
    before = site.snapshot()
    path = f"api/ja/a/{entry['id']}/check"
    assert visitor.post(path, text="料金は3万ドンです。").json["findings"]
    found = visitor.post(path, text="料金は2万ドンです。").json
    assert (found["findings"], found["unsound"]) == ([], None)
    assert visitor.post(path, text="").json["findings"] == []
    assert site.snapshot() == before


def test_a_check_that_fails_is_a_finding(
    visitor: Visitor, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("quangba.review.checking.Checker.message", fail)
    (finding,) = visitor.entry(TITLE)["findings"]
    assert (finding["check"], finding["severity"]) == ("checks", "warning")
    assert "ZeroDivisionError" in finding["text"]
    assert visitor.act(TITLE, "waive", check="checks", reason="vì thế").status_code == 422


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "a", [["new", "a"]]),
        ("a", "", [["old", "a"]]),
        ("a b", "a b", [["same", "a b"]]),
        (
            "入場料は無料",
            "入場料は有料",
            [["same", "入場料は"], ["old", "無"], ["new", "有"], ["same", "料"]],
        ),
    ],
    ids=["came", "went", "same", "characters"],
)
def test_differences(old: str, new: str, expected: list[list[str]]) -> None:
    assert difference(old, new) == expected


# The language of the interface


def test_the_interface_speaks_a_language_of_the_site(visitor: Visitor, site: Site) -> None:
    assert '<html lang="vi"' in visitor.get("").text
    assert '<html lang="ja"' in visitor.get("?ui=ja").text
    assert '<html lang="ja"' in visitor.get("ja/a").text
    assert Visitor(site).desk.profile.ui == "ja", "kept for the next desk"
    assert '<html lang="ja"' in visitor.get("?ui=xx").text
    assert visitor.post("api/ui", ui="en").json == {"ui": "en"}
    assert '<html lang="en"' in visitor.get("").text
    assert visitor.post("api/ui", ui="xx").status_code == 404


def translate_interface(site: Site, msgid: str, msgstr: str) -> None:
    workspace, language = site.workspace(), site.language("ja")
    catalog = workspace.catalog(language, "ui")
    assert catalog is not None
    next(m for m in catalog.active if m.msgid == msgid).msgstr = msgstr
    workspace.write_catalogs([(language, "ui", catalog)])


def test_sentences_of_the_desk_are_translated(visitor: Visitor, site: Site) -> None:
    visitor.get("?ui=ja")
    english = MESSAGES["desk-text-empty"][2]
    said = visitor.act(TITLE, "approve", text="").json["refused"]
    assert said.lower() == english.lower()
    translate_interface(site, english, "訳文が空です。")
    assert visitor.act(TITLE, "approve", text="").json["refused"] == "訳文が空です。"


@pytest.mark.parametrize(
    "msgstr", ["{longest.__class__}", "{longest:>9999999}", "{x}", "{", "字数が多い。"]
)
def test_a_translation_cannot_reach_inside(visitor: Visitor, site: Site, msgstr: str) -> None:
    visitor.get("?ui=ja")
    translate_interface(site, MESSAGES["desk-text-long"][2], msgstr)
    said = visitor.act(TITLE, "edit", text="字" * 20_001).json["refused"]
    assert "20000" in said
    assert len(said) < 200


def test_findings_speak_the_language_of_the_interface(visitor: Visitor, site: Site) -> None:
    wrong = "料金は3万ドンです。"
    sentences = set()
    for code in ("vi", "en", "ja"):
        visitor.get(f"?ui={code}")
        entry = visitor.entry("Giá vé là 20 nghìn đồng.")
        path = f"api/ja/a/{entry['id']}/check"
        sentences.add(visitor.post(path, text=wrong).json["findings"][0]["text"])
    assert len(sentences) == 2, "Japanese falls back to English"


def test_every_check_has_its_sentence_among_the_interface_texts() -> None:
    texts = {segment.msgid for segment, _ in interface_texts(None)}
    ours = {
        each for each in all_checks().values() if each.function.__module__.startswith("quangba")
    }
    assert {MESSAGES[each.code][2] for each in ours} <= texts
    assert MESSAGES["desk-text-long"][2] in texts
    assert "Heading, level {n}" in texts


def test_a_broken_interface_catalog_is_english(visitor: Visitor, site: Site) -> None:
    visitor.get("?ui=ja")
    site.po("ui.po", "ja").write_text("broken", encoding="utf-8")
    assert visitor.get("").status_code == 200
    assert visitor.get("ja/a").status_code == 200


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"reviewer": 1, "ui": []}', '{"reviewer": "a\\nb"}', "[" * 9999]
)
def test_a_broken_profile_is_an_empty_one(site: Site, text: str) -> None:
    path = site.root / ".cache" / "quangba" / "desk.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    visitor = Visitor(site, "")
    assert visitor.desk.profile.reviewer == ""
    assert visitor.get("").status_code == 200
