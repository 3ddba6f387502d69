"""Fixtures of the tests of the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_site import Site
from desk_site import Visitor

collect_ignore = ["conftest.py"]
"""Fixtures hold no doctests; pytest would take conftest.py of another folder for this one."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two pages in English and Japanese: one as a machine left it, one reviewed."""
    site = Site(tmp_path_factory.mktemp("built") / "site", sample=True)
    site.page("a.md", "# Vé tàu", "Giá vé là 20 nghìn đồng.", "Xem [bản đồ](https://a.example/).")
    site.page("visit/b.md", "# Vịnh", "Tàu chạy mỗi ngày từ cảng.", meta="owner: so-du-lich")
    data = site.root / "content" / "_data"
    data.mkdir()
    (data / "units.yml").write_text('so-du-lich: {name: "Sở Du lịch"}\n', encoding="utf-8")
    site.sync()
    site.translate("visit/b.md", {"Vịnh": "湾", "Tàu chạy mỗi ngày từ cảng.": "船は毎日。"}.get)
    texts = {
        "Vé tàu": "乗船券",
        "Xem [bản đồ](https://a.example/).": "[地図](https://a.example/)をご覧ください。",
    }
    workspace = site.workspace()
    japanese = site.language("ja")
    catalog = workspace.catalog(japanese, "a.md")
    assert catalog is not None
    for message in catalog.active:
        if message.msgid in texts:
            message.msgstr, message.fuzzy = texts[message.msgid], True
    workspace.write_catalogs([(japanese, "a.md", catalog)])
    return site


@pytest.fixture
def site(built: Site, tmp_path: Path) -> Site:
    """The site in a folder of the test's own."""
    return built.copied(tmp_path / "site")


@pytest.fixture
def visitor(site: Site) -> Visitor:
    return Visitor(site)


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "vi")
