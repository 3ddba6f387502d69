"""Pages of investment projects for tests: sound ones, odd ones and wrong ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from quangba.settings import Language
from quangba.site.context import SiteContext
from quangba.site.publishing import Publisher
from support import open_workspace

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SOURCE = {
    "title": "Danh mục dự án",
    "publisher": "Báo Thử",
    "date": "2025-11-27",
    "url": "https://example.test/a?b=1&c=2",
    "lang": "vi",
}

BASE: dict[str, Any] = {
    "type": "project",
    "classification": "public",
    "owner": "so-du-lich",
    "reviewed_on": "2026-11-26",
    "publish": "machine",
    "sector": "energy",
    "status": "calling",
    "communes": [],
    "as_of": "2025-11",
    "source": SOURCE,
}

FORMULA = '=HYPERLINK("https://evil.test","Bấm vào đây")'
MARKUP = '<b onclick="x()">Cảng</b> & "logistics" </script>'
LONG = "Khu đất giáp đường " + "rất dài " * 60 + "đến bờ biển"

PROJECTS: dict[str, dict[str, Any]] = {
    "wind": {
        "title": "Điện gió Hải Hà",
        "area_ha": 1035,
        "capital_vnd": 7_396_000_000_000,
        "former_place": "Hải Hà (huyện cũ)",
        "as_of": 2025,
        "aliases": ["turbine"],
    },
    "port": {
        "title": "Cảng Vạn Ninh",
        "sector": "ports_logistics",
        "status": "planned",
        "communes": ["phường Móng Cái", "xã Hải Ninh"],
        "area_ha": 50.45,
        "capital_vnd": 823_000_000_000,
        "precision": "about",
        "as_of": "2025-12-19",
        "zone": "zones/mong-cai.md",
        "note": "Theo báo.",
    },
    "lng": {
        "title": "Điện khí LNG",
        "status": "under_way",
        "communes": ["phường Cửa Ông"],
        "capital_usd": 2_200_000_000,
        "precision": "more_than",
        "source": {"title": "Trang thử", "publisher": "Báo", "seen": "2026-10-01"},
    },
    "bare": {"title": "Không số", "sector": "technology", "status": "planned"},
    "old": {
        "title": "Bến cảng Mũi Chùa",
        "sector": "ports_logistics",
        "area_ha": 10,
        "capital_vnd": 505_000_000_000,
        "historic": True,
        "as_of": "2020-07",
    },
    "formula": {"title": FORMULA, "status": "done", "capital_vnd": 1_500_000_000},
    "markup": {"title": MARKUP, "former_place": LONG, "status": "done"},
}
"""By the name of their pages."""

WRONG = {
    "no-source": {"source": None},
    "source-without-publisher": {"source": {"title": "A", "date": 2025}},
    "source-script": {"source": {**SOURCE, "url": "javascript:alert(1)"}},
    "unknown-sector": {"sector": "magic"},
    "sector-list": {"sector": ["energy"]},
    "unknown-status": {"status": "sold"},
    "negative-capital": {"capital_vnd": -5},
    "capital-as-text": {"capital_vnd": "5 tỷ"},
    "capital-yes": {"capital_usd": True},
    "endless-land": {"area_ha": float("inf")},
    "no-such-day": {"as_of": "2025-02-30"},
    "no-title": {"title": " "},
    "places-as-text": {"communes": "phường Hạ Long"},
    "unknown-precision": {"precision": "roughly"},
}
"""What keeps a project out of lists and files."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def markdown(meta: dict[str, Any], body: str = "") -> str:
    """Return a page with front matter."""
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True, width=10_000)}---\n\n{body}\n"


def files(more: dict[str, dict[str, Any]] | None = None) -> dict[str, str]:
    """Return the files of a site with all projects, a list, a zone and open data."""
    page = {name: BASE[name] for name in ("classification", "owner", "publish", "reviewed_on")}
    zone = {
        "title": "Khu kinh tế Móng Cái",
        "type": "zone",
        "zone_kind": "border_economic_zone",
        "status": "established",
        "glance": [{"label": "Diện tích", "text": "Sẽ bổ sung"}],
        "source": SOURCE,
    }
    desk = {
        "title": "Bàn Nhật Bản",
        "type": "contact",
        "audience": "investors",
        "languages": ["ja"],
    }
    phone = {"value": "0203 000 000", "as_of": "2026-11", "source": SOURCE}
    found = {
        "content/index.md": markdown({"title": "Trang chủ", "type": "home", **page}, "Chào."),
        "content/projects/index.md": markdown({"title": "Dự án", "type": "projects", **page}),
        "content/zones/mong-cai.md": markdown({**zone, **page}, "Một khu."),
        "content/desk.md": markdown({**desk, "phone": phone, "email": None, **page}),
        "content/data.md": markdown({"title": "Dữ liệu mở", "type": "open-data", **page}),
        "content/_data/units.yml": 'so-du-lich: {name: "Sở Du lịch", contact: null}\n',
    }
    for name, meta in {**PROJECTS, **(more or {})}.items():
        found[f"content/projects/{name}.md"] = markdown({**BASE, **meta})
    return found


def context_of(config_file: Path, code: str = "vi") -> SiteContext:
    """Return what templates and writers know of a language of a site."""
    workspace = open_workspace(config_file)
    language: Language = next(lang for lang in workspace.settings.languages if lang.code == code)
    return SiteContext(workspace, Publisher(workspace), language, workspace.interface(language), {})
