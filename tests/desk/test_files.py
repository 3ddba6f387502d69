"""Files that change while the desk is open: nothing is overwritten, nothing breaks."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from catalog_site import Site, gettext_tool
from desk_site import Visitor

TITLE = "Vé tàu"
PRICE = "Giá vé là 20 nghìn đồng."


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_text_that_changed_elsewhere_is_a_conflict(visitor: Visitor, site: Site) -> None:
    seen = visitor.entry(TITLE)
    path = site.po("a.po", "ja")
    change(path, "乗船券", "船のチケット")
    before = path.read_bytes()
    data = {"action": "edit", "version": seen["version"], "text": "切符"}
    response = visitor.post(f"api/ja/a/{seen['id']}", **data)
    assert response.status_code == 409
    assert response.json["conflict"]["target"] == "船のチケット"
    assert response.json["yours"] == "切符"
    assert response.json["refused"]
    assert path.read_bytes() == before
    data["version"] = response.json["conflict"]["version"]
    assert visitor.post(f"api/ja/a/{seen['id']}", **data).status_code == 200
    assert site.texts("a.po", "ja")[TITLE] == "切符"


def test_changes_of_other_texts_are_kept(visitor: Visitor, site: Site) -> None:
    seen = visitor.entry(PRICE)
    change(site.po("a.po", "ja"), "乗船券", "船のチケット")
    data = {"action": "edit", "version": seen["version"], "text": "料金は2万ドンです。"}
    assert visitor.post(f"api/ja/a/{seen['id']}", **data).status_code == 200
    texts = site.texts("a.po", "ja")
    assert (texts[TITLE], texts[PRICE]) == ("船のチケット", "料金は2万ドンです。")


def test_a_catalog_that_was_only_wrapped_is_no_conflict(visitor: Visitor, site: Site) -> None:
    seen = visitor.entry(TITLE)
    path = str(site.po("a.po", "ja"))
    subprocess.run([gettext_tool("msgcat"), "--width=20", "-o", path, path], check=True)
    data = {"action": "accept", "version": seen["version"]}
    assert visitor.post(f"api/ja/a/{seen['id']}", **data).status_code == 200


def test_an_edit_elsewhere_is_shown_at_once(visitor: Visitor, site: Site) -> None:
    assert visitor.entry(TITLE)["target"] == "乗船券"
    change(site.po("a.po", "ja"), "乗船券", "船の券")
    assert visitor.entry(TITLE)["target"] == "船の券"


def test_two_desks(site: Site) -> None:
    hoa, ba = Visitor(site), Visitor(site, "Anh Ba")
    first, second = hoa.entry(TITLE), ba.entry(PRICE)
    data = {"action": "approve", "version": first["version"]}
    assert hoa.post(f"api/ja/a/{first['id']}", **data).status_code == 200
    data = {"action": "edit", "version": second["version"], "text": "料金は2万ドンです。"}
    assert ba.post(f"api/ja/a/{second['id']}", **data).status_code == 200
    for desk in (hoa, ba):
        assert desk.entry(TITLE)["state"] == "reviewed"
        assert desk.entry(PRICE)["state"] == "translated"
        assert desk.page()["left"] == 2
    data = {"action": "edit", "version": first["version"], "text": "券"}
    assert ba.post(f"api/ja/a/{first['id']}", **data).status_code == 409
    assert site.texts("a.po", "ja")[TITLE] == "乗船券"


def damage_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def damage_entries(path: Path) -> None:
    text = path.read_bytes()
    path.write_bytes(text[: text.rindex(b"\n\n") + 1])


def damage_conflict(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"<<<<<<< HEAD\n")


def damage_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def damage_charset(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# \xff\xfe\n")


DAMAGES = [damage_cut, damage_entries, damage_conflict, damage_folder, damage_charset]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_a_catalog_that_cannot_be_read(visitor: Visitor, site: Site, damage: object) -> None:
    seen = visitor.entry(TITLE)
    path = site.po("a.po", "ja")
    good = path.read_bytes()
    assert callable(damage)
    damage(path)
    damaged = None if path.is_dir() else path.read_bytes()
    data = {"action": "edit", "version": seen["version"], "text": "券"}
    for response in (visitor.get("api/ja/a"), visitor.post(f"api/ja/a/{seen['id']}", **data)):
        assert response.status_code == 503
        assert "locales/ja/LC_MESSAGES/a.po" in response.json["refused"]
    assert visitor.get("ja/a").status_code == 503
    queue = visitor.get("")
    assert queue.status_code == 200
    assert "locales/ja/LC_MESSAGES/a.po" in queue.text
    assert visitor.page("ja/visit/b")["left"] == 0
    if damaged is None:
        path.rmdir()
    else:
        assert path.read_bytes() == damaged
    path.write_bytes(good)
    assert visitor.entry(TITLE)["target"] == "乗船券"


def test_new_content_is_synchronised(visitor: Visitor, site: Site) -> None:
    site.page("a.md", "# Vé tàu", "Một câu mới.")
    assert [e["source"] for e in visitor.page()["entries"]] == ["Vé tàu", "Một câu mới."]
    assert site.texts("a.po", "ja")["Một câu mới."] == ""
    site.page("c.md", "Trang mới.")
    assert visitor.page("ja/c")["entries"][0]["source"] == "Trang mới."
    (site.root / "content" / "c.md").unlink()
    assert visitor.get("api/ja/c").status_code == 404


def test_a_new_glossary_counts_at_once(visitor: Visitor, site: Site) -> None:
    assert visitor.entry(TITLE)["terms"] == []
    path = site.root / "locales" / "glossary.csv"
    head = "vi,en,zh,ja,ko,fr,kind,rule,case,french,note\n"
    path.write_text(head + "vé tàu,ticket,,乗船券,,,,required,,,vé lên tàu\n", encoding="utf-8")
    (term,) = visitor.entry(TITLE)["terms"]
    assert (term["source"], term["forms"], term["present"]) == ("vé tàu", ["乗船券"], True)
    assert (term["rule"], term["note"]) == ("required", "vé lên tàu")
    entry = visitor.entry(TITLE)
    found = visitor.post(f"api/ja/a/{entry['id']}/check", text="切符").json
    assert found["terms"][0]["present"] is False
    path.write_text("broken", encoding="utf-8")
    assert visitor.entry(TITLE)["terms"] == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_is_closed(visitor: Visitor, site: Site) -> None:
    folder = site.po("a.po", "ja").parent
    folder.chmod(0o500)
    try:
        response = visitor.act(TITLE, "edit", text="券")
        assert response.status_code == 503
        assert response.json["refused"]
    finally:
        folder.chmod(0o700)


def test_a_file_that_may_not_be_written(visitor: Visitor, site: Site) -> None:
    path = site.po("a.po", "ja")
    before = path.read_bytes()
    path.chmod(0o400)
    response = visitor.act(TITLE, "edit", text="券")
    assert response.status_code == 503
    assert "Bản cũ còn nguyên" in response.json["refused"]
    assert path.read_bytes() == before
    assert visitor.page()["undo"] is None


def test_another_command_at_work(
    visitor: Visitor, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quangba.catalogs.edits.PATIENCE", 0.05)
    before = site.snapshot()
    with site.workspace().alone():
        response = visitor.act(TITLE, "edit", text="券")
    assert response.status_code == 503
    assert "đang chạy" in response.json["refused"]
    assert site.snapshot() == before
    assert visitor.act(TITLE, "edit", text="券").status_code == 200
