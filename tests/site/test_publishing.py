"""Which page appears in which language, with which text, and what readers are told."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from crawler import Document, read
from mkdocs.exceptions import Abort
from small import built, new_site, page, report

from quangba.catalogs.message import Message, Stamp
from quangba.settings import Language
from quangba.site.checks import check
from support import build, open_workspace, sync, translate

# ----------------------------------------------------------------------------
# Every policy with every state
# ----------------------------------------------------------------------------

POLICIES = ("reviewed", "translated", "machine")

DAY = "2026-03-05"

SOURCE = "Tàu chạy tới [trang chủ](../index.md) mỗi ngày."
CHANGED = "Tàu chạy tới [trang chủ](../index.md) mỗi tuần."
TARGET = "The boat goes to the [home page](../index.md)."
SHOWN = "The boat goes to the home page."
LEFT = {"": "Tàu chạy tới trang chủ mỗi ngày.", "stale": "Tàu chạy tới trang chủ mỗi tuần."}

STATES = {
    # State of the one text of a page: the policies under which the page appears, and those
    # under which its translation is what readers see.
    "missing": (("machine",), ()),
    "draft": (("machine",), ("machine",)),
    "accepted": (("translated", "machine"), ("translated", "machine")),
    "translated": (("translated", "machine"), ("translated", "machine")),
    "reviewed": (POLICIES, POLICIES),
    "sample": (("translated", "machine"), ("translated", "machine")),
    "stale-reviewed": (("translated", "machine"), ("translated", "machine")),
    "stale-translated": (("machine",), ()),
    "stale-sample": (("machine",), ()),
    "lost-link": (("machine",), ()),
    "other-link": (("machine",), ()),
    "script": (("machine",), ()),
    "html": (("machine",), ()),
}

UNSOUND = {
    "lost-link": "The boat goes.",
    "other-link": "The boat goes to the [home page](https://evil.example/).",
    "script": f"{TARGET} <script>alert(1)</script>",
    "html": f'{TARGET} <img src="x" onerror="alert(1)">',
}

NOTICE = {
    "machine": "This page was translated by a machine and has not yet been reviewed.",
    "stale": "you read the text as reviewed on 5 March 2026.",
}


def fill(state: str, message: Message) -> None:
    """Bring the text of a page into a state."""
    message.msgstr = UNSOUND.get(state, TARGET)
    if state == "missing":
        message.msgstr = ""
    elif state in ("draft", "accepted"):
        message.mt = Stamp.make("vi_en-1.9", DAY, None, message.msgid, message.msgstr)
        message.fuzzy = state == "draft"
    elif state in ("sample", "stale-sample"):
        message.approve("Nhóm dự án", DAY, "sample")
    elif state not in ("translated", "stale-translated"):
        message.approve("Người đọc", DAY, "official")


def policy_page(policy: str, text: str) -> str:
    return page(f"Trang {policy}", f"## Mục một\n\n{text}", f"publish: {policy}\n")


@pytest.fixture(scope="module")
def matrix_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of all policies and states: English in the state, French reviewed."""
    root = tmp_path_factory.mktemp("matrix")
    names = {f"{policy}/{state}.md": (policy, state) for policy in POLICIES for state in STATES}
    links = "\n".join(f"- [{name}]({name}#muc-mot)" for name in names)
    files = {f"content/{name}": policy_page(policy, SOURCE) for name, (policy, _) in names.items()}
    config_file = new_site(root, {"content/index.md": page("Trang chủ", links), **files})

    def text(language: Language, message: Message) -> str | None:
        return message.msgid if message.msgid.startswith("[") else f"{language.code}!"

    workspace = translate(config_file, text)
    changed = []
    for language in workspace.settings.targets:
        for name, (_, state) in names.items():
            catalog = workspace.catalog(language, name)
            assert catalog
            for message in catalog.active:
                if message.msgid == SOURCE:
                    fill(state if language.code == "en" else "reviewed", message)
                else:
                    message.approve("Người đọc", DAY, "official")
            changed.append((language, name, catalog))
    workspace.write_catalogs(changed)
    for name, (policy, state) in names.items():
        if state.startswith("stale"):
            (root / "content" / name).write_text(policy_page(policy, CHANGED), encoding="utf-8")
    sync(config_file)
    return build(config_file)


@pytest.fixture(scope="module")
def matrix(matrix_folder: Path) -> dict[str, Document]:
    return read(matrix_folder)


def place(policy: str, state: str, code: str = "en") -> str:
    prefix = "" if code == "vi" else f"{code}/"
    return f"{prefix}{policy}/{state}/index.html"


every_case = pytest.mark.parametrize("policy", POLICIES)
every_state = pytest.mark.parametrize("state", STATES)


@every_case
@every_state
def test_page_appears_when_its_policy_allows(
    matrix: dict[str, Document], policy: str, state: str
) -> None:
    document = matrix[place(policy, state)]
    appears, _ = STATES[state]
    if policy in appears:
        assert document.h1 == "en!"
    else:
        assert document.h1 == "Not yet in this language"


@every_case
@every_state
def test_text_is_the_translation_or_the_source_but_never_another(
    matrix: dict[str, Document], policy: str, state: str
) -> None:
    document = matrix[place(policy, state)]
    appears, shown = STATES[state]
    left = LEFT["stale" if state.startswith("stale") else ""]
    text = document.main.text()
    assert (SHOWN in text) == (policy in shown)
    assert (left in text) == (policy in appears and policy not in shown)
    assert "alert(1)" not in document.raw
    assert "evil.example" not in document.raw
    assert "boat goes. " not in text


@every_case
@every_state
def test_readers_are_told_what_they_read(
    matrix: dict[str, Document], policy: str, state: str
) -> None:
    document = matrix[place(policy, state)]
    appears, shown = STATES[state]
    notices = document.notices()
    stale = state == "stale-reviewed" and policy in shown
    machine = policy == "machine" and (state == "draft" or policy not in shown)
    assert set(notices) == {*(["stale"] if stale else []), *(["machine"] if machine else [])}
    for kind, text in notices.items():
        assert NOTICE[kind] in text
    assert document.noindex == (machine or policy not in appears)


@every_case
@every_state
def test_alternates_name_what_search_engines_may_list_only(
    matrix: dict[str, Document], policy: str, state: str
) -> None:
    listed = {code for code in ("vi", "en", "fr") if not matrix[place(policy, state, code)].noindex}
    assert "vi" in listed
    expected = {*listed, "x-default"} if len(listed) > 1 else set()
    for code in listed:
        assert set(matrix[place(policy, state, code)].alternates) == expected
    for code in {"en", "fr"} - listed:
        assert matrix[place(policy, state, code)].alternates == {}


@every_case
@every_state
def test_a_page_that_is_not_published_is_short_honest_and_unlisted(
    matrix: dict[str, Document], policy: str, state: str
) -> None:
    appears, _ = STATES[state]
    if policy in appears:
        return
    document = matrix[place(policy, state)]
    readable = [a.get("hreflang") for a in document.main.all("a", class_="action")]
    french = not (policy == "reviewed" and state.startswith("stale"))
    assert readable == (["vi", "fr"] if french else ["vi"])
    assert document.main.one(class_="plain__title").text() == f"Trang {policy}"
    assert document.root.all("link", rel="canonical") == []
    assert document.alternates == {}
    assert document.root.all("a", rel="next") == []
    menu = document.root.all("ul", class_="tree")[0]
    assert document.url not in [document.to(a.get("href")) for a in menu.all("a")]
    marked = [
        a for a in document.root.one("footer").all("a") if a.get("hreflang") and a.all("small")
    ]
    assert "en" in [a.get("hreflang") for a in marked]


def test_links_to_pages_that_are_not_published_lose_their_fragment(
    matrix: dict[str, Document],
) -> None:
    home, source = matrix["en/index.html"], matrix["index.html"]
    for policy in POLICIES:
        for state, (appears, _) in STATES.items():
            link = next(a for a in home.main.all("a") if a.text() == f"{policy}/{state}.md")
            fragment = "#muc-mot" if policy in appears else ""
            assert link.get("href") == f"{policy}/{state}/{fragment}"
            link = next(a for a in source.main.all("a") if a.text() == f"{policy}/{state}.md")
            assert link.get("href") == f"{policy}/{state}/#muc-mot"


def test_menu_and_pager_lead_to_published_pages_only(matrix: dict[str, Document]) -> None:
    expected = {
        "/" + place(policy, state).removesuffix("index.html")
        for state, (appears, _) in STATES.items()
        for policy in appears
    }
    for document in matrix.values():
        if document.path.startswith("en/"):
            for tree in document.root.all("ul", class_="tree"):
                assert {document.to(a.get("href")) for a in tree.all("a")} == expected
            for link in (*document.root.all("a", rel="prev"), *document.root.all("a", rel="next")):
                assert document.to(link.get("href")) in {*expected, "/en/"}


def test_sitemap_has_what_search_engines_may_list(
    matrix: dict[str, Document], matrix_folder: Path
) -> None:
    root = ElementTree.parse(matrix_folder / "sitemap.xml").getroot()
    listed = {element.text for element in root.iter() if element.tag.endswith("}loc")}
    assert listed == {"https://example.test" + d.url for d in matrix.values() if not d.noindex}
    hidden = {d.path for d in matrix.values() if d.noindex}
    assert place("machine", "draft") in hidden
    assert place("reviewed", "translated") in hidden


def test_switch_marks_languages_that_are_not_there_yet(matrix: dict[str, Document]) -> None:
    document = matrix[place("reviewed", "draft", "fr")]
    links = document.root.all("ul", class_="languages")[0].all("a")
    assert {a.get("hreflang"): bool(a.all("small")) for a in links} == {
        "vi": False,
        "en": True,
        "fr": False,
    }


# ----------------------------------------------------------------------------
# Reviews of samples
# ----------------------------------------------------------------------------


def test_a_sample_review_counts_in_sample_mode_only(tmp_path: Path) -> None:
    config_file = new_site(
        tmp_path,
        {"content/index.md": page("Trang chủ", SOURCE, "publish: reviewed\n")},
        quangba={"sample": True},
        languages=("vi", "en"),
    )
    workspace = translate(config_file, lambda language, message: TARGET)
    language = workspace.settings.targets[0]
    catalog = workspace.catalog(language, "index.md")
    assert catalog
    for message in catalog.active:
        message.msgstr = TARGET if message.msgid == SOURCE else "Home"
        message.approve("Nhóm dự án", DAY, "sample")
    workspace.write_catalogs([(language, "index.md", catalog)])
    assert built(config_file)["en/index.html"].h1 == "Home"
    text = config_file.read_text(encoding="utf-8")
    assert "sample: true" in text
    config_file.write_text(text.replace("sample: true", "sample: false"), encoding="utf-8")
    documents = built(config_file)
    assert documents["en/index.html"].h1 == "Not yet in this language"
    assert documents["index.html"].root.all(class_="masthead") == []


# ----------------------------------------------------------------------------
# Catalogs that cannot be read
# ----------------------------------------------------------------------------


@pytest.fixture
def conflict(tmp_path: Path) -> Path:
    """A site whose English catalog of one page still has a conflict marker."""
    files = {"content/index.md": page("Trang chủ"), "content/cang.md": page("Cảng", "Một bến.")}
    config_file = new_site(tmp_path, files)
    translate(config_file, lambda language, message: f"{language.code} {message.msgid}")
    path = tmp_path / "locales" / "en" / "LC_MESSAGES" / "cang.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('msgid "Một bến."', '<<<<<<< HEAD\nmsgid "Một bến."'), encoding="utf-8"
    )
    return config_file


def test_a_catalog_with_a_conflict_costs_its_page_in_its_language_only(conflict: Path) -> None:
    documents = built(conflict)
    assert documents["en/cang/index.html"].h1 == "Not yet in this language"
    assert documents["fr/cang/index.html"].h1 == "fr Cảng"
    assert documents["en/index.html"].h1 == "en Trang chủ"
    lines = report(conflict).splitlines()
    path = conflict.parent / "locales" / "en" / "LC_MESSAGES" / "cang.po"
    number = path.read_text(encoding="utf-8").split("<<<<<<<")[0].count("\n") + 1
    assert any(
        line.startswith(f"locales/en/LC_MESSAGES/cang.po:{number}: ") and "xung đột" in line
        for line in lines
    ), lines


def test_a_catalog_with_a_conflict_fails_a_strict_build(conflict: Path) -> None:
    with pytest.raises(Abort):
        built(conflict, strict=True)
    assert not (conflict.parent / "site").exists()


def test_unusable_catalog_of_the_site_is_reported(conflict: Path) -> None:
    path = conflict.parent / "locales" / "en" / "LC_MESSAGES" / "site.po"
    path.write_text("<<<<<<< HEAD\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    documents = built(conflict)
    assert documents["en/index.html"].root.one(class_="brand__name").text() == "Thử"
    assert "locales/en/LC_MESSAGES/site.po:1: " in report(conflict)


def test_unsound_translations_are_reported_with_file_and_line(tmp_path: Path) -> None:
    config_file = new_site(
        tmp_path, {"content/index.md": page("Trang chủ", SOURCE.replace("../", ""))}
    )
    translate(
        config_file,
        lambda language, message: "No link" if "](" in message.msgid else message.msgid,
    )
    built(config_file)
    path = tmp_path / "locales" / "en" / "LC_MESSAGES" / "index.po"
    before = path.read_text(encoding="utf-8").split('msgid "Tàu')[0]
    number = before.rpartition("\n\n")[0].count("\n") + 3
    lines = report(config_file)
    assert re.search(
        rf"^locales/en/LC_MESSAGES/index\.po:{number}: .*Tàu chạy", lines, re.MULTILINE
    )


# ----------------------------------------------------------------------------
# Front matter, titles, navigation
# ----------------------------------------------------------------------------

TITLES = {
    "content/index.md": page("Trang chủ", "Chào.", 'description: "Mô tả"\nlead: "Lời dẫn"\n'),
    "content/visit/own-h1.md": "# Tiêu đề trong bài\n\nMột đoạn.\n",
    "content/visit/from-nav.md": "Không có tiêu đề.\n",
    "content/visit/both.md": page("Tiêu đề ở đầu trang"),
    "content/visit/nothing.md": "Chỉ có một đoạn.\n",
}

NAV = [
    "index.md",
    {
        "Tham quan": [
            "visit/own-h1.md",
            {"Tên trong mục lục": "visit/from-nav.md"},
            {"Tên khác": "visit/both.md"},
            "visit/nothing.md",
        ]
    },
    {"Trang ngoài": "https://other.example/"},
]


def upper(language: Language, message: Message) -> str:
    return f"{language.code}:{message.msgid.upper()}"


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    config_file = new_site(
        tmp_path_factory.mktemp("titled"),
        TITLES,
        nav=NAV,
        site_description="Mô tả của trang web",
        copyright="Bản quyền nhóm thử",
        quangba={"front_matter": ["title", "description", "lead"]},
    )
    translate(config_file, upper)
    return built(config_file, strict=True)


@pytest.fixture(scope="module")
def automatic(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The same pages without a ``nav``."""
    config_file = new_site(tmp_path_factory.mktemp("automatic"), TITLES)
    translate(config_file, upper)
    return built(config_file, strict=True)


def test_front_matter_is_translated(titled: dict[str, Document]) -> None:
    document = titled["en/index.html"]
    assert document.h1 == "en:TRANG CHỦ"
    assert document.root.one("meta", name="description").get("content") == "en:MÔ TẢ"
    assert document.main.one(class_="lead").text() == "en:LỜI DẪN"
    assert titled["index.html"].h1 == "Trang chủ"
    assert titled["index.html"].main.one(class_="lead").text() == "Lời dẫn"


def test_name_description_and_copyright_of_the_site_are_translated(
    titled: dict[str, Document],
) -> None:
    for code, prefix in (("fr", "fr:"), ("en", "en:")):
        document = titled[f"{code}/visit/both/index.html"]
        assert document.root.one("title").text().endswith(f" – {prefix}THỬ")
        description = document.root.one("meta", name="description").get("content")
        assert description == f"{prefix}MÔ TẢ CỦA TRANG WEB"
        assert f"{prefix}BẢN QUYỀN NHÓM THỬ" in document.root.one("footer").text()
    assert titled["visit/both/index.html"].root.one("title").text().endswith(" – Thử")


def test_titles_of_sections_pages_and_links_are_translated(titled: dict[str, Document]) -> None:
    def menu(path: str) -> list[str]:
        return [a.text() for a in titled[path].root.all("ul", class_="tree")[0].all("a")]

    assert menu("en/visit/both/index.html") == [
        "en:THAM QUAN",
        "en:TIÊU ĐỀ TRONG BÀI",
        "en:TÊN TRONG MỤC LỤC",
        "en:TÊN KHÁC",
        "en:NOTHING",
        "en:TRANG NGOÀI",
    ]
    assert menu("index.html")[:3] == ["Tham quan", "Tiêu đề trong bài", "Tên trong mục lục"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("own-h1", "Tiêu đề trong bài"),
        ("from-nav", "Tên trong mục lục"),
        ("both", "Tên khác"),
    ],
)
def test_a_page_has_one_heading_in_its_language(
    titled: dict[str, Document], name: str, title: str
) -> None:
    assert titled[f"visit/{name}/index.html"].h1 == title
    english = titled[f"en/visit/{name}/index.html"]
    assert english.h1 == f"en:{title.upper()}"
    assert english.root.one("title").text() == f"en:{title.upper()} – en:THỬ"


def test_without_a_nav_folders_become_sections_and_titles_are_translated(
    automatic: dict[str, Document],
) -> None:
    document = automatic["en/visit/both/index.html"]
    assert document.h1 == "en:TIÊU ĐỀ Ở ĐẦU TRANG"
    menu = document.root.all("ul", class_="tree")[0]
    assert "en:TIÊU ĐỀ TRONG BÀI" in [a.text() for a in menu.all("a")]
    assert document.root.one("nav", class_="sections").text() == "en:VISIT"
    assert automatic["index.html"].root.one("nav", class_="sections").text() == "Visit"


def test_a_menu_that_is_not_translated_is_said_once_for_each_language(tmp_path: Path) -> None:
    config_file = new_site(
        tmp_path,
        {"content/index.md": page("Trang chủ"), "content/visit/a.md": page("Trang A")},
        nav=["index.md", {"Tham quan": ["visit/a.md"]}],
    )
    words = {("en", "Tham quan"): "", ("fr", "Trang chủ"): "", ("fr", "Trang A"): ""}
    translate(
        config_file,
        lambda language, message: words.get(
            (language.code, message.msgid), f"{language.code} {message.msgid}"
        ),
    )
    documents = built(config_file)
    assert documents["en/index.html"].root.one("nav", class_="sections").text() == "Tham quan"
    said = [line for line in report(config_file).splitlines() if "site.po" in line]
    assert len(said) == 1, "no page appears in French: nobody reads its menu"
    assert said[0].startswith("locales/en/LC_MESSAGES/site.po: 1 ")
    assert "“Tham quan”" in said[0]
    found = [problem.text() for problem in check(open_workspace(config_file))]
    assert [text for text in found if "“Tham quan”" in text] == said


def test_what_a_build_says_of_gates_is_known_before(tmp_path: Path) -> None:
    gates = "cua: {page: none.md, languages: [vi, th]}\n"
    config_file = new_site(
        tmp_path, {"content/index.md": page("Trang chủ"), "content/_data/gates.yml": gates}
    )
    built(config_file)
    said = [line for line in report(config_file).splitlines() if "gates.yml" in line]
    assert said
    found = {problem.text() for problem in check(open_workspace(config_file))}
    assert set(said) <= found


def test_unsound_texts_of_the_site_are_not_shown_and_reported(tmp_path: Path) -> None:
    config_file = new_site(
        tmp_path,
        {"content/index.md": page("Trang chủ"), "content/visit/a.md": page("Trang A")},
        nav=["index.md", {"Tham quan": ["visit/a.md"]}],
        languages=("vi", "en"),
    )
    bad = {"Thử": "Test <script>alert(1)</script>", "Tham quan": "Visit\u202egnp"}
    translate(config_file, lambda language, message: bad.get(message.msgid, message.msgid))
    documents = built(config_file)
    header = documents["en/index.html"].root.one("header")
    assert "\u202e" not in header.text()
    assert header.one("nav", class_="sections").text() == "Tham quan"
    assert "<script>" not in documents["en/index.html"].raw
    lines = report(config_file).splitlines()
    assert [line for line in lines if line.startswith("locales/en/LC_MESSAGES/site.po:")]
    with pytest.raises(Abort):
        built(config_file, strict=True)
