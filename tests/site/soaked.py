"""A site whose every text is an attack, with every wall before the last one down."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from attacks import BODIES, MARK, approve_anyhow
from small import ROOT, TEMPLATES, THEME

from quangba.catalogs.approval import withdraw_page
from quangba.source.kinds import Checker
from quangba.source.markup import Inspector
from support import make_site, sync

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PAYLOAD = (
    f"\"'><script>{MARK}</script><img src=x onerror={MARK}></title></script></textarea>"
    f"--></style>]]>{{{{7*191}}}}{{%x%}}\\u003cscript>\u2028&lt;script&gt;{MARK}&lt;/script&gt;"
)
"""What breaks out of texts, attributes, scripts, comments, CDATA and templates, where it can."""

FORMULA = '=HYPERLINK("https://evil.example/","x")'
"""What a spreadsheet program runs when a text begins with it."""

LINES = "\r\nBEGIN:VALARM\r\nATTACH:https://evil.example/\r\nX-Evil: yes"
"""What would be lines of their own in a calendar or a list of headers."""

ADDRESS = f"javascript:{MARK}"

PAGES = (
    "index.md",
    "visit/index.md",
    "visit/yen-tu.md",
    "visit/visas.md",
    "visit/itineraries/cruise-day.md",
    "events/index.md",
    "invest/index.md",
    "invest/steps.md",
    "invest/projects/index.md",
    "invest/zones/van-don.md",
    "gates/index.md",
    "gates/mong-cai.md",
    "news/index.md",
    "statements/index.md",
    "about/sources.md",
    "about/credits.md",
    "about/open-data.md",
)
"""One page of each kind, from our own content; of folders of records the first as well."""

RECORDS = ("invest/projects", "invest/contacts", "news", "events")

WORDS = re.compile(r"[ ]|[^\x00-\x7f]")
"""What tells a text from a name of a file, a label, a date."""

FRONT = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)

STATEMENT = """\
---
title: "Tin đồn về vé"
type: statement
classification: public
owner: so-ngoai-vu
reviewed_on: 2026-11-26
date: 2026-11-20
claim: "Có người nói vé tăng giá."
truth: "Giá vé như cũ."
versions: [{date: 2026-11-20, what: "Đăng lần đầu"}, {date: 2026-11-26, what: "Thêm nguồn"}]
sources:
- {title: "Báo cáo thử", publisher: "Nhóm thử", url: "https://example.test/", seen: 2026-11-20}
---
Một đoạn văn.
"""
"""Our own content has none yet."""

UNTRANSLATED, WITHDRAWN = "visit/untranslated.md", "visit/withdrawn.md"

REDIRECTS = "visit/cu.md: visit/yen-tu.md\n"

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def soak(value: Any, key: str = "", *, addresses: bool = True) -> Any:
    """Return front matter or data with an attack in every text."""
    if isinstance(value, dict):
        return {name: soak(v, str(name), addresses=addresses) for name, v in value.items()}
    if isinstance(value, list):
        return [soak(item, key, addresses=addresses) for item in value]
    if key == "url":
        return ADDRESS if addresses else value
    if isinstance(value, str) and WORDS.search(value) and key not in ("communes", "area"):
        return f"{FORMULA} {value} {PAYLOAD}{LINES if key in ('lead', 'description') else ''}"
    return value


def soaked_page(text: str, number: int) -> str:
    """Return a page with attacks in its front matter and its text."""
    match = FRONT.fullmatch(text)
    assert match is not None
    meta = yaml.safe_load(match[1])
    # A project with such an address is in no table; then no table would have been tried.
    soaked = soak(meta, addresses=meta.get("type") != "project")
    front = yaml.safe_dump(soaked, allow_unicode=True, sort_keys=False)
    names = sorted(BODIES.keys() - {"snippet", "fact-unknown"})
    bodies = "\n\n".join(BODIES[name] for name in names[number % 3 :: 3])
    return f"---\n{front}---\n{match[2]}\n\n## {PAYLOAD}\n\n{bodies}\n"


def soaked_site(root: Path) -> tuple[Path, Path]:
    """Write a site of attacks, all approved; return the configurations of its two editions."""
    content = ROOT / "content"
    names = [*PAGES, *(f"{d}/{n}" for d in RECORDS for n in records(content / d))]
    files: dict[str, str | bytes] = {
        f"content/{name}": soaked_page((content / name).read_text(encoding="utf-8"), number)
        for number, name in enumerate(dict.fromkeys(names))
        if (content / name).is_file()
    }
    plain = (content / "visit" / "visas.md").read_text(encoding="utf-8")
    for name, text in ("statements/a.md", STATEMENT), (UNTRANSLATED, plain), (WITHDRAWN, plain):
        files[f"content/{name}"] = soaked_page(text, 0)
    files["content/_data/redirects.yml"] = REDIRECTS
    for name in ("areas", "communes", "names"):
        files[f"content/_data/{name}.yml"] = (content / "_data" / f"{name}.yml").read_bytes()
    for name in ("facts", "units"):
        data = yaml.safe_load((content / "_data" / f"{name}.yml").read_text(encoding="utf-8"))
        # Facts with such an address are no facts; those stand on no page.
        soaked = soak(data, addresses=False)
        files[f"content/_data/{name}.yml"] = yaml.safe_dump(soaked, allow_unicode=True)
    gates = yaml.safe_load((content / "_data" / "gates.yml").read_text(encoding="utf-8"))
    gate = gates["mong-cai"] | {"languages": ["vi", "en"]}
    gate["tiles"] = [
        t for t in gate["tiles"] if f"content/{t.get('page')}" in files or "page" not in t
    ]
    files["content/_data/gates.yml"] = yaml.safe_dump({"mong-cai": gate}, allow_unicode=True)
    for code in ("vi", "en"):
        catalog = f"locales/{code}/LC_MESSAGES/ui.po"
        files[catalog] = (ROOT / catalog).read_bytes()
    shutil.copytree(content / "images", root / "content" / "images")
    more = {
        "languages": ("vi", "en"),
        "site_name": f"Quảng Ninh {PAYLOAD}",
        "site_description": f"Mô tả {PAYLOAD}{LINES}",
        "copyright": f"Bản quyền {PAYLOAD}",
        "nav": [
            "index.md",
            {
                f"Mục {PAYLOAD}": sorted(
                    n[8:] for n in files if n.endswith(".md") and n[8:] != "index.md"
                )
            },
        ],
    }
    options = {"templates": TEMPLATES, "gate": True, "sample": True, "publish": "machine"}
    kiosk = {**THEME, "custom_dir": str(ROOT / "overrides" / "kiosk")}
    make_site(
        root, files, theme=kiosk, site_dir="kiosk", quangba={**options, "edition": "kiosk"}, **more
    ).rename(root / "kiosk.yml")
    portal = make_site(root, {}, theme=THEME, site_dir="portal", quangba=options, **more)
    workspace = sync(portal)
    approve_anyhow(workspace, *workspace.names)
    withdraw_page(workspace, WITHDRAWN, f"Sở {PAYLOAD}", f"Sai {PAYLOAD}")
    catalogs = []
    for language in workspace.settings.targets:
        for name in ("site", *(name for name in workspace.names if name != UNTRANSLATED)):
            catalog = workspace.catalog(language, name)
            assert catalog is not None
            for message in catalog.active:
                message.msgstr = f"{FORMULA} en {message.msgid} {PAYLOAD}"
                message.approve("Người rà soát", "2026-01-01", "sample")
            catalogs.append((language, name, catalog))
    workspace.write_catalogs(catalogs)
    return portal, root / "kiosk.yml"


def records(folder: Path) -> list[str]:
    """Return the first record of a folder."""
    return sorted(path.name for path in folder.glob("*.md") if path.name != "index.md")[:1]


@contextmanager
def walls_down() -> Iterator[None]:
    """Let everything through that editors, schemas and the comparison of texts would stop."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quangba.source.gate.editorial_problems", lambda page: [])
        patch.setattr("quangba.source.pages.hidden_characters", lambda text, file: [])
        for pattern in ("HIDDEN", "CONTROL"):
            patch.setattr(f"quangba.source.data.{pattern}", re.compile("(?!)"))
        patch.setattr(Checker, "problems", lambda self, page: [])
        patch.setattr(Inspector, "difference", lambda *given: None)
        yield
