"""The gate in a build: what it refuses is nowhere in the site, and the reasons are outside it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import polib
import pytest
import yaml
from crawler import Document, file_of, read
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from small import (
    LICENCE,
    PICTURE,
    PUBLIC,
    ROOT,
    UNITS,
    approve,
    built,
    messages,
    new_site,
    page,
    report,
    snapshot,
)

from quangba.catalogs.approval import approve_page, withdraw_page
from quangba.site.checks import check
from support import build, make_site, open_workspace, translate

# ----------------------------------------------------------------------------
# The site
# ----------------------------------------------------------------------------

SOURCE = "source: {title: Báo cáo, publisher: Nhóm thử}"
FACTS = f"""\
good: {{label: Tốt, value: 42, kind: number, as_of: 2025, {SOURCE}}}
old: {{label: Cũ, value: 97531, kind: number, as_of: 2020, expires: 2021-01-01, {SOURCE}}}
"""

STANDING = {"404.html", "en/404.html", "search/index.html", "en/search/index.html"}
"""Pages that stand on every site of ours, whatever the gate says."""

SECRET = "Nội dung chỉ có trong trang bị giữ"
"""A sentence that every refused page has."""

REFUSED = {
    # page: (front matter, body, what the reason says in Vietnamese, line)
    "unapproved": (PUBLIC, "", "trang chưa được duyệt", 0),
    "changed": (PUBLIC, "", "đã sửa sau khi Người duyệt duyệt", 0),
    "secret": (PUBLIC, "TÀI LIỆU MẬT", "dấu hiệu tài liệu mật", 11),
    "spaced": (PUBLIC, "M Ậ T", "dấu hiệu tài liệu mật", 11),
    "draft": (PUBLIC, "DỰ THẢO", "dấu hiệu bản nháp", 11),
    "expired": (PUBLIC, "Có {fact:old} khách.", "“old” đã hết hạn ngày 2021-01-01", 11),
    "unknown": (PUBLIC, "Có {fact:nowhere} khách.", "không có số liệu “nowhere”", 11),
    "closed": ("owner: so-du-lich\n", "", "thiếu `classification: public`", 1),
    "nobody": ("classification: public\nowner: x\n", "", "đơn vị chủ quản “x” không có", 4),
    "unlicensed": (PUBLIC, "![Ảnh](../images/unlicensed.svg)", "thiếu tệp giấy phép", 11),
    "missing-picture": (PUBLIC, "![Ảnh](../images/no.svg)", "không có tệp images/no.svg", 11),
    "active-picture": (PUBLIC, "![Ảnh](../images/active.svg)", "hình SVG images/active.svg", 11),
    "outside-picture": (PUBLIC, "![Ảnh](../images/outside.svg)", "images/outside.svg", 11),
}


def refused_page(name: str) -> str:
    """Return a refused page; what is wrong with it stands on line 11."""
    front, body, _, _ = REFUSED[name]
    head = f'---\ntitle: "Trang {name}"\n{front}---\n'
    head += "\n" * (6 - head.count("\n"))
    return f"{head}## Mục một\n\n{SECRET}.\n\n{body or 'Hết.'}\n"


@dataclass
class Gated:
    """A site whose gate refuses most pages, and what its build said."""

    config_file: Path
    folder: Path
    documents: dict[str, Document]
    said: list[str]


def gated_files() -> dict[str, str]:
    links = "\n".join(f"- [Tới {name}](refused/{name}.md#muc-mot)" for name in REFUSED)
    files = {f"content/refused/{name}.md": refused_page(name) for name in REFUSED}
    for picture in ("used", "unused", "unlicensed", "withdrawn", "có dấu cách", "of-refused"):
        files[f"content/images/{picture}.svg"] = PICTURE
        if picture != "unlicensed":
            files[f"content/images/{picture}.svg.yml"] = LICENCE
    files["content/images/active.svg"] = PICTURE.replace("<path", "<script>1</script><path")
    files["content/images/active.svg.yml"] = LICENCE
    files["content/refused/unapproved.md"] += "\n![Ảnh](../images/of-refused.svg)\n"
    return {
        **files,
        "content/_data/units.yml": UNITS,
        "content/_data/facts.yml": FACTS,
        "content/_data/note.md": SECRET,
        "content/notes.txt": SECRET,
        "content/.hidden.md": SECRET,
        "content/index.md": page(
            "Trang chủ", f"Có {{fact:good}} khách.\n\n![Ảnh](images/used.svg)\n\n{links}"
        ),
        "content/visit/good.md": page(
            "Trang tốt",
            "![Ảnh](<../images/có dấu cách.svg>)\n\n"
            "Tới [trang kia](<trang có dấu cách.md>) và [trang đã rút](withdrawn.md#muc-mot).",
        ),
        "content/visit/trang có dấu cách.md": page("Trang có dấu cách"),
        "content/visit/withdrawn.md": page(
            "Trang đã rút", f"## Mục một\n\n{SECRET}.\n\n![Ảnh](../images/withdrawn.svg)"
        ),
    }


NAV = [
    "index.md",
    {"Tham quan": ["visit/good.md", "visit/trang có dấu cách.md", "visit/withdrawn.md"]},
    {"Bị giữ": [f"refused/{name}.md" for name in REFUSED]},
]


def make_gated(root: Path) -> Path:
    config_file = new_site(root, gated_files(), nav=NAV, quangba={"gate": True, "sample": True})
    (root / "outside.svg").write_text(PICTURE, encoding="utf-8")
    (root / "content" / "images" / "outside.svg").symlink_to(root / "outside.svg")
    (root / "content" / "images" / "outside.svg.yml").write_text(LICENCE, encoding="utf-8")
    good = [
        "index.md",
        "visit/good.md",
        "visit/trang có dấu cách.md",
        "visit/withdrawn.md",
        "refused/changed.md",
    ]
    approve(config_file, *good)
    # What `approve` itself would refuse was approved before it went wrong.
    workspace = open_workspace(config_file)
    for name in REFUSED:
        if name not in ("unapproved", "changed"):
            path = root / "content" / "_data" / "approvals" / "refused" / f"{name}.yml"
            fingerprint = workspace.gate.fingerprint(workspace.page(f"refused/{name}.md"))
            path.parent.mkdir(parents=True, exist_ok=True)
            data = {"approved_by": "Người duyệt", "date": "2026-01-01", "role": "sample"}
            path.write_text(yaml.safe_dump({**data, "fingerprint": fingerprint}), encoding="utf-8")
    changed = root / "content" / "refused" / "changed.md"
    changed.write_text(changed.read_text(encoding="utf-8") + "\nThêm.\n", encoding="utf-8")
    withdraw_page(workspace, "visit/withdrawn.md", "Sở Du lịch", "sai số liệu")
    translate(config_file, lambda language, message: f"{language.code} {message.msgid}")
    return config_file


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Gated:
    config_file = make_gated(tmp_path_factory.mktemp("gated"))
    with messages() as said:
        folder = build(config_file)
    return Gated(config_file, folder, read(folder), said)


by_refusal = pytest.mark.parametrize("name", REFUSED)

CODES = ("vi", "en", "fr")


def place(name: str, code: str) -> str:
    return ("" if code == "vi" else f"{code}/") + f"{name}/index.html"


# ----------------------------------------------------------------------------
# Refused pages
# ----------------------------------------------------------------------------


@by_refusal
def test_refused_page_has_no_address(gated: Gated, name: str) -> None:
    for code in CODES:
        assert not (gated.folder / place(f"refused/{name}", code)).parent.exists()
    sitemap = (gated.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert f"refused/{name}/" not in sitemap


@by_refusal
def test_links_to_a_refused_page_are_plain_text(gated: Gated, name: str) -> None:
    for code in CODES:
        document = gated.documents["index.html" if code == "vi" else f"{code}/index.html"]
        assert f"Tới {name}" in document.main.text(), code
        assert f"refused/{name}" not in document.raw, code


@by_refusal
def test_reason_is_said_in_vietnamese_with_file_and_line(gated: Gated, name: str) -> None:
    _, _, reason, line = REFUSED[name]
    place = f"content/refused/{name}.md" + (f":{line}" if line else "")
    said = [text.removeprefix("quangba: ") for text in gated.said]
    for lines in (report(gated.config_file).splitlines(), said):
        assert any(text.startswith(f"{place}: ") and reason in text for text in lines), lines
    assert f"Không phát hành: refused/{name}.md" in report(gated.config_file)


def test_nothing_of_refused_pages_or_of_reasons_is_in_the_site(gated: Gated) -> None:
    words = [SECRET, "97531", "trang chưa được duyệt", "Không phát hành", "Người duyệt"]
    words += ["sai số liệu", "dấu hiệu tài liệu mật"]
    for path, data in snapshot(gated.folder).items():
        text = (data or b"").decode("utf-8", errors="replace")
        assert [word for word in words if word in text] == [], path
        assert "report" not in path
    assert not (gated.folder / "_data").exists()
    assert not (gated.folder / "notes.txt").exists()
    assert list(gated.folder.rglob("*.yml")) == []


def test_menu_has_no_section_of_refused_pages(gated: Gated) -> None:
    for document in gated.documents.values():
        assert "Bị giữ" not in document.raw, document.path


def test_good_pages_of_the_same_site_are_published(gated: Gated) -> None:
    assert gated.documents["index.html"].h1 == "Trang chủ"
    assert "Có 42 khách." in gated.documents["index.html"].main.text()
    assert gated.documents["en/visit/good/index.html"].h1 == "en Trang tốt"


# ----------------------------------------------------------------------------
# Files
# ----------------------------------------------------------------------------


def test_only_licensed_files_that_published_pages_use_are_copied(gated: Gated) -> None:
    for folder in (gated.folder, gated.folder / "en", gated.folder / "fr"):
        images = folder / "images"
        there = {path.name for path in images.iterdir()} if images.exists() else set()
        assert there <= {"used.svg", "có dấu cách.svg"}
    assert (gated.folder / "images" / "used.svg").is_file()


def test_every_link_holds(gated: Gated) -> None:
    for document in gated.documents.values():
        targets = [document.to(link.get("href")) for link in document.links()]
        for url in [*targets, *document.resources()]:
            if not urlsplit(url).netloc and "d%E1%BA%A5u" not in url and "dấu" not in url:
                assert (gated.folder / file_of(url)).is_file(), (document.path, url)


def test_links_to_pages_with_spaces_hold(gated: Gated) -> None:
    assert "visit/trang có dấu cách/index.html" in gated.documents
    for code in CODES:
        document = gated.documents[place("visit/good", code)]
        link = document.main.one("article").all("a")[0]
        assert file_of(document.to(link.get("href"))) == place("visit/trang có dấu cách", code)


def test_pictures_with_spaces_are_copied_once(gated: Gated) -> None:
    for code in CODES:
        document = gated.documents[place("visit/good", code)]
        source = document.main.one("article").one("img").get("src")
        assert file_of(document.to(source)) == "images/có dấu cách.svg"
    assert (gated.folder / "images" / "có dấu cách.svg").is_file()


def test_a_page_that_is_a_link_out_of_the_tree_is_refused(tmp_path: Path) -> None:
    files = {
        "content/_data/units.yml": UNITS,
        "content/index.md": page("Trang chủ"),
        "outside/secret.md": page("Ngoài", SECRET),
    }
    config_file = new_site(tmp_path, files, quangba={"gate": True, "sample": True})
    approve(config_file)
    (tmp_path / "content" / "secret.md").symlink_to(tmp_path / "outside" / "secret.md")
    with messages() as said:
        documents = built(config_file)
    assert [path for path, document in documents.items() if SECRET in document.raw] == []
    assert "content/secret.md" in report(config_file)
    assert any("trỏ ra ngoài thư mục nội dung" in line for line in said)
    assert not (tmp_path / "site" / "secret").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("secret.markdown", True),
        ("secret.mkd", True),
        ("visit/secret.mdown", True),
        ("_secret.md", False),
        ("visit/_secret.md", False),
        ("_drafts/secret.md", False),
        ("_data/secret.md", False),
    ],
)
def test_pages_that_the_gate_does_not_know_are_never_published(
    published: Path, name: str, said: bool
) -> None:
    """MkDocs takes more endings for Markdown than ``.md``."""
    path = published.parent / "content" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(page("Ngoài", SECRET), encoding="utf-8")
    built(published)
    for file, data in snapshot(published.parent / "site").items():
        assert SECRET.encode() not in (data or b""), file
    assert (f"content/{name}: tên trang" in report(published)) == said


def test_data_is_never_published_also_without_the_gate(tmp_path: Path) -> None:
    files = {
        "content/index.md": page("Trang chủ"),
        "content/_data/units.yml": UNITS,
        "content/_data/facts.yml": FACTS,
        "content/_data/note.md": SECRET,
        "content/files/free.txt": "Tải về",
    }
    folder = build(new_site(tmp_path, files, languages=("vi", "en")))
    assert (folder / "files" / "free.txt").is_file()
    assert list(folder.rglob("_data")) == []


def test_without_the_gate_a_link_out_of_the_tree_is_refused_too(tmp_path: Path) -> None:
    files = {"content/index.md": page("Trang chủ"), "outside/secret.md": page("Ngoài", SECRET)}
    config_file = new_site(tmp_path, files)
    (tmp_path / "content" / "secret.md").symlink_to(tmp_path / "outside" / "secret.md")
    documents = built(config_file)
    assert [path for path, document in documents.items() if SECRET in document.raw] == []


# ----------------------------------------------------------------------------
# Withdrawn pages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_withdrawn_page_keeps_its_address_and_a_notice(gated: Gated, code: str) -> None:
    document = gated.documents[place("visit/withdrawn", code)]
    catalog = polib.pofile(str(ROOT / "locales" / code / "LC_MESSAGES" / "ui.po"))
    texts = {entry.msgid: entry.msgstr for entry in catalog}
    assert document.h1 == texts["This page has been taken out"]
    assert len({texts["This page has been taken out"], "This page has been taken out"}) == (
        1 if code == "en" else 2
    )
    assert document.noindex
    assert document.alternates == {}
    assert document.root.all("link", rel="canonical") == []
    assert "Trang đã rút" not in document.main.text()
    for other in gated.documents.values():
        links = [a for tree in other.root.all("ul", class_="tree") for a in tree.all("a")]
        assert document.url not in [other.to(a.get("href")) for a in links]
    sitemap = (gated.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "visit/withdrawn" not in sitemap


def test_withdrawal_is_a_note_and_no_error(gated: Gated) -> None:
    assert "visit/withdrawn.md" not in report(gated.config_file)
    assert any("visit/withdrawn.md" in line and "đã được rút" in line for line in gated.said)


def test_links_to_a_withdrawn_page_hold(gated: Gated) -> None:
    document = gated.documents["visit/good/index.html"]
    link = next(a for a in document.main.all("a") if a.text() == "trang đã rút")
    assert document.to(link.get("href")) == "/visit/withdrawn/"


# ----------------------------------------------------------------------------
# Strict builds
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def well_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built well, with files of the server beside the pages."""
    files = {
        "content/_data/units.yml": UNITS,
        "content/index.md": page("Trang chủ"),
        "content/a.md": page("Trang A"),
    }
    root = tmp_path_factory.mktemp("published")
    config_file = new_site(
        root, files, languages=("vi", "en"), quangba={"gate": True, "sample": True}
    )
    approve(config_file)
    translate(config_file, lambda language, message: f"{language.code} {message.msgid}")
    build(config_file, strict=True)
    folder = root / "site"
    (folder / ".well-known").mkdir()
    (folder / ".well-known" / "security.txt").write_text("Contact: x", encoding="utf-8")
    (folder / ".htaccess").write_text("Options -Indexes", encoding="utf-8")
    return config_file


@pytest.fixture
def published(well_built: Path) -> Iterator[Path]:
    """The same site, built again after each test from what it was built from at first."""
    root = well_built.parent
    sources = ("content", "locales", well_built.name)
    before = {name: data for name, data in snapshot(root).items() if name.startswith(sources)}
    site = snapshot(root / "site")
    yield well_built
    for name, data in snapshot(root).items():
        if name.startswith(sources) and name not in before and data is not None:
            (root / name).unlink()
    for name, data in before.items():
        if data is not None and not holds(root / name, data):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
    build(well_built, strict=True)
    assert snapshot(root / "site") == site


def holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def spoil(config_file: Path, name: str = "a.md") -> None:
    path = config_file.parent / "content" / name
    path.write_text(path.read_text(encoding="utf-8") + "\nMẬT\n", encoding="utf-8")


def test_strict_build_with_a_refused_page_leaves_the_old_site(published: Path) -> None:
    folder = published.parent / "site"
    before = snapshot(folder)
    spoil(published)
    with pytest.raises(Abort, match="Trang web cũ được giữ nguyên"):
        build(published, strict=True)
    assert snapshot(folder) == before
    assert "Không phát hành: a.md" in report(published)
    assert sorted(path.name for path in published.parent.glob(".site*")) in ([], [".site.lock"])


def test_strict_build_succeeds_again_when_the_page_is_approved(published: Path) -> None:
    path = published.parent / "content" / "a.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nThêm một câu.\n", encoding="utf-8")
    with pytest.raises(Abort):
        build(published, strict=True)
    approve(published, "a.md")
    build(published, strict=True)
    page = (published.parent / "site" / "a" / "index.html").read_text(encoding="utf-8")
    assert "Thêm một câu." in page
    # Nothing is wrong, but the new sentence takes the page out of every other language.
    assert "Không phát hành" not in report(published)
    assert "locales/en/LC_MESSAGES/a.po: trang KHÔNG hiện bằng en: còn 1 đoạn" in report(published)


def test_build_that_is_not_strict_publishes_the_rest_and_keeps_hidden_files(
    published: Path,
) -> None:
    spoil(published)
    documents = built(published)
    assert set(documents) == {"index.html", "en/index.html", *STANDING}
    folder = published.parent / "site"
    assert (folder / ".well-known" / "security.txt").read_text(encoding="utf-8") == "Contact: x"
    assert (folder / ".htaccess").is_file()


def test_a_site_of_refused_pages_alone_is_built_empty(published: Path) -> None:
    shutil.rmtree(published.parent / "content" / "_data" / "approvals")
    documents = built(published)
    assert set(documents) == STANDING
    with pytest.raises(Abort):
        build(published, strict=True)
    assert set(read(published.parent / "site")) == STANDING


def test_approvals_of_samples_do_not_open_the_gate_of_a_real_site(published: Path) -> None:
    text = published.read_text(encoding="utf-8")
    assert "sample: true" in text
    published.write_text(text.replace("sample: true", "sample: false"), encoding="utf-8")
    documents = built(published)
    assert set(documents) == STANDING
    assert "chỉ được duyệt mẫu" in report(published)


def test_a_fact_that_changes_closes_the_page(tmp_path: Path) -> None:
    files = {
        "content/_data/units.yml": UNITS,
        "content/_data/facts.yml": FACTS,
        "content/index.md": page("Trang chủ", "Có {fact:good} khách."),
        "content/a.md": page("Trang A"),
    }
    config_file = new_site(
        tmp_path, files, languages=("vi", "en"), quangba={"gate": True, "sample": True}
    )
    approve(config_file)
    assert "index.html" in built(config_file)
    facts = FACTS.replace("value: 42", "value: 43")
    (tmp_path / "content" / "_data" / "facts.yml").write_text(facts, encoding="utf-8")
    documents = built(config_file)
    assert "index.html" not in documents
    assert "a/index.html" in documents


def test_the_live_preview_shows_what_a_build_keeps_back_and_why(
    published: Path, tmp_path: Path
) -> None:
    spoil(published)
    config = load_config(str(published), site_dir=str(tmp_path / "preview"))
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config)
    document = read(tmp_path / "preview")["a/index.html"]
    assert document.h1 == "Trang A"
    notices = [node.text() for node in document.root.all(class_="notice--held")]
    assert any("dấu hiệu tài liệu mật" in text for text in notices), notices
    assert "a/index.html" not in built(published)


# ----------------------------------------------------------------------------
# Redirects
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Gated:
    """A site with renamed pages: one well, one to nowhere, one over a page, one refused."""
    files = {
        "content/_data/units.yml": UNITS,
        "content/_data/redirects.yml": (
            "old/name.md: new/name.md\n"
            "gone.md: nowhere.md\n"
            "index.md: new/name.md\n"
            "old/refused.md: refused.md\n"
            "../outside.md: new/name.md\n"
            f"{tmp_path_factory.getbasetemp()}/outside.md: new/name.md\n"
            "_data/../../outside.md: new/name.md\n"
            "outside.html: new/name.md\n"
        ),
        "content/index.md": page("Trang chủ", "Tới [trang mới](new/name.md)."),
        "content/new/name.md": page("Tên mới"),
        "content/refused.md": page("Bị giữ"),
    }
    config_file = new_site(
        tmp_path_factory.mktemp("moved") / "root", files, quangba={"gate": True, "sample": True}
    )
    approve(config_file, "index.md", "new/name.md")
    translate(config_file, lambda language, message: f"{language.code} {message.msgid}")
    with messages() as said:
        folder = build(config_file)
    return Gated(config_file, folder, read(folder), said)


@pytest.mark.parametrize("code", CODES)
def test_old_address_leads_to_the_new_one_in_every_language(moved: Gated, code: str) -> None:
    document = moved.documents[place("old/name", code)]
    target = "/" + place("new/name", code).removesuffix("index.html")
    refresh = document.root.one("meta", **{"http-equiv": "refresh"}).get("content")
    assert document.to(re.sub(r"^0; url=", "", refresh)) == target
    assert document.to(document.main.one("a").get("href")) == target
    canonical = document.root.one("link", rel="canonical").get("href")
    assert canonical == f"https://example.test{target}"
    assert document.noindex
    assert document.root.one("html").get("lang") == code
    for url in document.resources():
        assert (moved.folder / file_of(url)).is_file(), url
    sitemap = (moved.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "old/name" not in sitemap


@pytest.mark.parametrize(
    ("old", "reason"),
    [("gone.md", "không có trang mới"), ("index.md", "trang cũ vẫn còn")],
)
def test_wrong_redirects_are_reported_and_left(moved: Gated, old: str, reason: str) -> None:
    lines = report(moved.config_file).splitlines()
    found = [line for line in lines if f"chuyển hướng {old} →" in line and reason in line]
    assert len(found) == 1
    assert found[0].startswith("content/_data/redirects.yml")
    assert "gone/index.html" not in moved.documents
    assert moved.documents["index.html"].h1 == "Trang chủ"


def test_no_redirect_leads_to_a_refused_page(moved: Gated) -> None:
    assert "old/refused/index.html" not in moved.documents


def test_no_redirect_is_written_outside_of_the_site(moved: Gated) -> None:
    root = moved.config_file.parent
    assert list(root.parent.rglob("outside*")) == []
    lines = report(moved.config_file).splitlines()
    for old in ("../outside.md", "/outside.md", "_data/../../outside.md", "outside.html"):
        assert [line for line in lines if f"{old} →" in line and "không hợp lệ" in line], old


def test_redirects_that_cannot_be_read_stop_the_build(published: Path) -> None:
    before = snapshot(published.parent / "site")
    path = published.parent / "content" / "_data" / "redirects.yml"
    path.write_text("a: [\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"redirects\.yml"):
        build(published)
    assert snapshot(published.parent / "site") == before


MARKS = {
    "vietnamese": "TỐI MẬT",
    "spaced": "T U Y Ệ T  M Ậ T",
    "english": "top secret",
    "chinese": "机密",
    "japanese": "社外秘",
    "korean": "대외비",
    "french": "secret défense",
}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose pages have a translation with a mark each, built."""
    files = {"content/_data/units.yml": UNITS, "content/index.md": page("Trang chủ")}
    files |= {f"content/{name}.md": page(name, f"Một câu {name}.") for name in MARKS}
    root = tmp_path_factory.mktemp("marked")
    options = {"gate": True, "publish": "machine"}
    config = make_site(root, files, languages=("vi", "en"), quangba=options)
    for name, mark in MARKS.items():
        translate(config, lambda _, message, mark=mark: f"{mark} {message.msgid}", f"{name}.md")
    approve(config)
    build(config)
    return config


@pytest.mark.parametrize("name", MARKS)
def test_a_translation_with_a_mark_of_secrecy_is_not_shown(marked: Path, name: str) -> None:
    shown = (marked.parent / "site" / "en" / name / "index.html").read_text(encoding="utf-8")
    assert f"Một câu {name}." in shown
    assert MARKS[name] not in shown
    lines = report(marked).splitlines()
    said = [line for line in lines if line.startswith(f"locales/en/LC_MESSAGES/{name}.po:")]
    assert any("có dấu hiệu tài liệu mật" in line for line in said), said


def test_no_strict_build_has_a_translation_with_a_mark_of_secrecy(tmp_path: Path) -> None:
    files = {"content/_data/units.yml": UNITS, "content/index.md": page("Trang", "Một câu.")}
    options = {"gate": True, "publish": "machine"}
    config = make_site(tmp_path, files, languages=("vi", "en"), quangba=options)
    translate(config, lambda _, message: f"{MARKS['english']} {message.msgid}")
    approve(config, "index.md")
    with pytest.raises(Abort):
        build(config, strict=True)


def test_links_to_a_renamed_page_keep_working(tmp_path: Path) -> None:
    files = {
        "content/index.md": "# Trang\n\nXem [vé](visit/cu.md#gia).",
        "content/visit/moi.md": "# Vé\n\n## Giá\n\nMột câu.",
        "content/_data/redirects.yml": "visit/cu.md: visit/moi.md\n",
    }
    config = make_site(tmp_path, files, languages=("vi", "en"))
    build(config)
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'href="visit/moi/#gia"' in html


def test_redirects_that_cannot_be_read_stop_the_build_with_one_sentence(tmp_path: Path) -> None:
    files = {"content/index.md": "# Trang", "content/_data/redirects.yml": "x: ["}
    config = make_site(tmp_path, files, languages=("vi", "en"))
    with pytest.raises(Abort, match=r"redirects\.yml:1"):
        build(config)


def test_the_live_preview_shows_a_page_before_its_last_text_is_translated(tmp_path: Path) -> None:
    files = {"content/index.md": "# Trang\n\nCâu một.\n\nCâu hai."}
    config = make_site(tmp_path, files, languages=("vi", "en"))
    translate(config, lambda lang, m: "One." if m.msgid == "Câu một." else None)
    assert "One." not in page_of_preview(config, command="build")
    shown = page_of_preview(config, command="serve")
    assert "One." in shown
    assert "Câu hai." in shown


def page_of_preview(config: Path, *, command: str) -> str:
    """Build as a command does and return the English home page."""
    loaded = load_config(str(config))
    loaded.plugins.on_startup(command=command, dirty=False)
    mkdocs_build(loaded)
    return (config.parent / "site" / "en" / "index.html").read_text(encoding="utf-8")


def test_the_live_preview_leaves_out_what_no_template_can_show(tmp_path: Path) -> None:
    files = {
        "content/_data/units.yml": UNITS,
        "content/index.md": page("Trang", "Một câu."),
        "content/a.md": "---\ntitle: A\ntype: [place]\n---\nMột câu.\n",
    }
    config = make_site(tmp_path, files, languages=("vi", "en"), quangba={"gate": True})
    assert page_of_preview(config, command="serve")
    assert "content/a.md:3" in report(config)
    assert not (tmp_path / "site" / "a" / "index.html").exists()


def test_a_broken_catalog_of_the_interface_is_one_sentence(tmp_path: Path) -> None:
    # Pages in Vietnamese offer English in English words, long before the English ones are built.
    offers = "{% for item in q.languages %}{{ item.offer }}{% endfor %}"
    files = {"content/index.md": "# Trang\n", "over/main.html": offers}
    theme = {"name": "mkdocs", "custom_dir": "over"}
    config = make_site(tmp_path, files, languages=("vi", "en"), theme=theme)
    catalog = tmp_path / "locales" / "en" / "LC_MESSAGES" / "ui.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgidd ""\n', encoding="utf-8")
    with pytest.raises(Abort, match=r"ui\.po:1"):
        build(config)
    assert "ui.po:1" in report(config)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["facts", "units", "redirects"])
@pytest.mark.parametrize("strict", [True, False])
def test_data_that_cannot_be_read_is_one_sentence_and_the_old_site_stays(
    tmp_path: Path, name: str, strict: bool
) -> None:
    files = {"content/_data/units.yml": UNITS, "content/index.md": page("Trang", "Một câu.")}
    config = make_site(tmp_path, files, languages=("vi", "en"), quangba={"gate": True})
    approve(config, "index.md")
    build(config)
    before = (tmp_path / "site" / "index.html").read_bytes()
    (tmp_path / "content" / "_data" / f"{name}.yml").write_text("x: [", encoding="utf-8")
    with pytest.raises(Abort, match=rf"_data/{name}\.yml:1"):
        build(config, strict=strict)
    assert f"_data/{name}.yml:1" in report(config)
    assert (tmp_path / "site" / "index.html").read_bytes() == before


def test_a_mark_of_secrecy_in_the_navigation_stops_the_build(tmp_path: Path) -> None:
    files = {"content/_data/units.yml": UNITS, "content/index.md": page("Trang", "Một câu.")}
    nav = [{"TỐI MẬT": "index.md"}]
    config = make_site(tmp_path, files, languages=("vi", "en"), quangba={"gate": True}, nav=nav)
    approve(config, "index.md")
    with pytest.raises(Abort, match=r"mkdocs\.yml: .*TỐI MẬT"):
        build(config)
    assert not (tmp_path / "site" / "index.html").exists()


# ----------------------------------------------------------------------------
# Stamps where no page has them
# ----------------------------------------------------------------------------


def stamped(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/_data/facts.yml", "title: Báo cáo", "title: TUYỆT MẬT"),
        ("content/_data/facts.yml", "publisher: Nhóm thử", "publisher: Nhóm thử (TỐI MẬT)"),
        ("content/_data/units.yml", "contact: null", "contact: 'M Ậ T 0912'"),
        ("locales/en/LC_MESSAGES/ui.po", 'msgstr "Search"', 'msgstr "TOP SECRET"'),
        ("locales/vi/LC_MESSAGES/ui.po", 'msgstr "Tìm kiếm"', 'msgstr "TUYỆT MẬT"'),
    ],
    ids=["source", "publisher", "contact", "english", "interface"],
)
def test_a_stamp_on_what_many_pages_show_stops_the_build(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    files = {
        "content/index.md": page("Trang", "{fact:good} khách."),
        "content/_data/facts.yml": FACTS,
        "content/_data/units.yml": UNITS,
    }
    config_file = new_site(
        tmp_path, files, languages=("vi", "en"), quangba={"gate": True, "sample": True}
    )
    approve(config_file)
    build(config_file)
    before = snapshot(tmp_path / "site")
    stamped(tmp_path / file, old, new)
    found = [one for one in check(open_workspace(config_file)) if one.code == "gate-secrecy"]
    assert [one.file for one in found][:1] == [file]
    with pytest.raises(Abort, match="dấu hiệu tài liệu mật"):
        build(config_file)
    assert snapshot(tmp_path / "site") == before


@pytest.mark.parametrize("place", ["drawing", "sidecar"])
def test_a_stamp_on_a_picture_keeps_its_page_in(tmp_path: Path, place: str) -> None:
    files: dict[str, str | bytes] = {
        "content/index.md": page("Trang"),
        "content/a.md": page("Trang A", "![Ảnh](a.svg)"),
        "content/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>Bản đồ</text></svg>',
        "content/a.svg.yml": LICENCE,
        "content/_data/units.yml": UNITS,
    }
    config_file = new_site(
        tmp_path, files, languages=("vi",), quangba={"gate": True, "sample": True}
    )
    if place == "drawing":
        stamped(tmp_path / "content/a.svg", "Bản đồ", "<tspan>TUYỆT</tspan> <tspan>MẬT</tspan>")
    else:
        stamped(tmp_path / "content/a.svg.yml", "author: ", "author: TUYỆT MẬT ")
    approve(config_file, "index.md")
    workspace = open_workspace(config_file)
    refused = approve_page(workspace, "a.md", "Người duyệt", "01/QĐ")
    assert "gate-secrecy" in {problem.code for problem in refused}
    folder = build(config_file)
    assert not (folder / "a").exists()
    assert not [
        path
        for path in folder.rglob("*")
        if path.is_file() and b"M\xe1\xba\xacT" in path.read_bytes()
    ]


def test_a_home_that_a_language_lacks_does_not_lead_to_itself(tmp_path: Path) -> None:
    files = {
        "content/index.md": page("Trang chủ"),
        "content/a.md": page("Trang A"),
        "content/_data/units.yml": UNITS,
    }
    options = {"gate": True, "sample": True, "publish": "reviewed"}
    config_file = new_site(tmp_path, files, languages=("vi", "en"), quangba=options)
    approve(config_file)
    documents = built(config_file)

    def targets(path: str) -> list[str]:
        return [link.get("href") for link in documents[path].main.all("a")]

    assert targets("en/index.html") == [".."]
    assert targets("en/a/index.html") == ["../../a/", "../"]
    withdraw_page(open_workspace(config_file), "index.md", "Người rút", "")
    documents = built(config_file)
    assert targets("index.html") == []
    assert targets("en/index.html") == []
