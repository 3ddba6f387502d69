"""The credits page names the translation packages that drafted what readers see."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from crawler import Document, Node
from small import PUBLIC, built, new_site, page

from quangba.catalogs.message import Message, Stamp
from quangba.catalogs.workspace import SITE, UI
from quangba.mt.manifest import OPUS_MT
from quangba.settings import Language
from quangba.site.publishing import Publisher
from support import make_site, open_workspace, sync, translate

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

DAY = "2026-03-05"
VIA_ENGLISH = {"en": "vi_en-1.9", "fr": "vi_en-1.9+en_fr-1.9", "ja": "vi_en-1.9+en_ja-1.1"}
HOSTILE = '<img/src="x"/onerror="alert(1)">&amp;'

SOURCES = f'---\ntitle: "Nguồn"\ntype: sources\npublish: machine\n{PUBLIC}---\n\nMột câu.\n'

Change = Callable[[Message], None]

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def draft(who: str, text: str = "A sentence.") -> Change:
    """Return what makes a message a machine draft that nobody has accepted."""

    def change(message: Message) -> None:
        message.msgstr, message.fuzzy = text, True
        message.mt = Stamp.make(who, DAY, None, message.msgid, message.msgstr)

    return change


def accept(message: Message) -> None:
    message.fuzzy = False


def edit(message: Message) -> None:
    message.msgstr, message.fuzzy = "Another sentence.", False


def approve(message: Message) -> None:
    message.approve("Người đọc", DAY, "official")


def change(config_file: Path, code: str, name: str, msgid: str, *changes: Change) -> None:
    """Change one message of a catalog."""
    workspace = open_workspace(config_file)
    language = next(lang for lang in workspace.settings.languages if lang.code == code)
    catalog = workspace.catalog(language, name)
    assert catalog
    message = next(message for message in catalog.active if message.msgid == msgid)
    for step in changes:
        step(message)
    workspace.write_catalogs([(language, name, catalog)])


def human(language: Language, message: Message) -> str:
    """Translate by hand, whatever it is."""
    return f"{language.code}!"


def packages(config_file: Path, code: str) -> dict[str, int]:
    """Return the packages that drafted what readers of a language see."""
    workspace = open_workspace(config_file)
    language = next(lang for lang in workspace.settings.languages if lang.code == code)
    return dict(Publisher(workspace).packages(language))


def sections(document: Document) -> list[Node]:
    return document.root.all("section", class_="translators")


# ----------------------------------------------------------------------------
# Which texts count
# ----------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a site of one page per policy, translated into English by people."""
    policies = ("reviewed", "translated", "machine")
    files = {
        f"content/{policy}.md": page("Trang", "Một câu.", f"publish: {policy}\n")
        for policy in policies
    }
    config_file = make_site(tmp_path, {"content/index.md": page("Trang chủ"), **files})
    translate(config_file, human)
    for policy in policies:
        change(config_file, "en", f"{policy}.md", "Trang", approve)
        change(config_file, "en", f"{policy}.md", "Một câu.", approve)
    return config_file


SHOWN = {"vi_en-1.9": 1}


@pytest.mark.parametrize(
    ("name", "steps", "expected"),
    [
        pytest.param("machine.md", [], SHOWN, id="draft-machine"),
        pytest.param("translated.md", [], {}, id="draft-translated"),
        pytest.param("reviewed.md", [], {}, id="draft-reviewed"),
        pytest.param("translated.md", [accept], SHOWN, id="accepted-translated"),
        pytest.param("reviewed.md", [accept], {}, id="accepted-reviewed"),
        pytest.param("reviewed.md", [approve], SHOWN, id="approved-reviewed"),
        pytest.param("translated.md", [edit], SHOWN, id="edited-translated"),
        pytest.param("reviewed.md", [edit, approve], SHOWN, id="edited-approved-reviewed"),
    ],
)
def test_a_draft_counts_where_its_text_is_shown(
    small: Path, name: str, steps: list[Change], expected: dict[str, int]
) -> None:
    change(small, "en", name, "Một câu.", draft("vi_en-1.9"), *steps)
    assert packages(small, "en") == expected


def test_texts_by_people_alone_have_no_packages(small: Path) -> None:
    assert packages(small, "en") == {}
    assert packages(small, "vi") == {}


def test_a_shown_draft_does_not_count_when_the_page_lacks_another_text(small: Path) -> None:
    change(small, "en", "translated.md", "Một câu.", draft("vi_en-1.9"), accept)
    change(small, "en", "translated.md", "Trang", lambda message: setattr(message, "msgstr", ""))
    assert packages(small, "en") == {}


def test_an_unsound_draft_is_not_shown_and_does_not_count(small: Path) -> None:
    hostile = draft("vi_en-1.9", "<script>alert(1)</script>")
    change(small, "en", "machine.md", "Một câu.", hostile)
    assert packages(small, "en") == {}


def test_a_page_that_the_gate_keeps_back_does_not_count(tmp_path: Path) -> None:
    text = page("Trang", "Một câu.", "publish: machine\n")
    config_file = make_site(tmp_path, {"content/index.md": text}, quangba={"gate": True})
    sync(config_file)
    change(config_file, "en", "index.md", "Một câu.", draft("vi_en-1.9"))
    assert not open_workspace(config_file).decision("index.md").passes
    assert packages(config_file, "en") == {}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param("glossary", {}, id="glossary"),
        pytest.param("vi_en-1.9+en_fr-1.9", {"vi_en-1.9": 1, "en_fr-1.9": 1}, id="two-hops"),
        pytest.param("+ vi_en-1.9 +", SHOWN, id="loose-plus"),
        pytest.param("vi_de-0.1", {"vi_de-0.1": 1}, id="unknown"),
    ],
)
def test_packages_are_read_from_the_stamp(small: Path, who: str, expected: dict[str, int]) -> None:
    change(small, "en", "machine.md", "Một câu.", draft(who))
    assert packages(small, "en") == expected


def test_a_stamp_without_a_date_does_not_show_its_fingerprint(small: Path) -> None:
    def undated(message: Message) -> None:
        message.mt = Stamp("vi_en-1.9 fp:0123abcd")

    change(small, "en", "machine.md", "Một câu.", draft("x"), undated)
    assert packages(small, "en") == SHOWN


@pytest.mark.parametrize(("steps", "expected"), [([], {}), ([accept], SHOWN)], ids=["no", "yes"])
def test_the_sites_own_texts_count_when_accepted(
    small: Path, steps: list[Change], expected: dict[str, int]
) -> None:
    change(small, "en", SITE, "Thử", draft("vi_en-1.9", "Test"), *steps)
    assert packages(small, "en") == expected


@pytest.mark.parametrize("code", ["vi", "en"])
def test_interface_texts_count_when_accepted(tmp_path: Path, code: str) -> None:
    config_file = new_site(tmp_path, {"content/index.md": page("Trang")}, languages=("vi", "en"))
    sync(config_file)
    change(config_file, code, UI, "All pages", draft("en_vi-1.0", "Pages"))
    assert packages(config_file, code) == {}
    change(config_file, code, UI, "All pages", accept)
    assert packages(config_file, code) == {"en_vi-1.0": 1}


# ----------------------------------------------------------------------------
# The page
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def credits_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """Build a site with drafts by known packages, an unknown one and a hostile one."""
    config_file = new_site(
        tmp_path_factory.mktemp("credits"),
        {
            "content/index.md": page("Trang chủ", "Chào.", "publish: machine\n"),
            "content/about/sources.md": SOURCES,
            "content/hidden.md": page("Ẩn", "Một câu.", "publish: reviewed\n"),
        },
        languages=("vi", "en", "fr", "ja"),
    )
    translate(config_file, lambda language, message: None)
    for code, who in VIA_ENGLISH.items():
        change(config_file, code, "index.md", "Chào.", draft(who))
        change(config_file, code, "hidden.md", "Một câu.", draft("vi_hidden-1.0"))
    change(config_file, "fr", "index.md", "Trang chủ", draft(f"vi_de-0.1+{HOSTILE}"), accept)
    return built(config_file)


PAIRS = {
    "": (
        ["Tiếng Việt → Tiếng Anh", "Tiếng Anh → Tiếng Pháp", "Tiếng Anh → Tiếng Nhật"],
        "Tiếng Anh, Tiếng Pháp và Tiếng Nhật",
    ),
    "en/": (
        ["Vietnamese → English", "English → French", "English → Japanese"],
        "English, French and Japanese",
    ),
    "fr/": (
        ["vietnamien → anglais", "anglais → français", "anglais → japonais"],
        "anglais, français et japonais",
    ),
    "ja/": (
        ["ベトナム語 → 英語", "英語 → フランス語", "英語 → 日本語"],
        "英語、フランス語、日本語",
    ),
}

by_prefix = pytest.mark.parametrize("prefix", PAIRS, ids=["vi", "en", "fr", "ja"])


@by_prefix
def test_the_credits_page_names_languages_and_packages(
    credits_pages: dict[str, Document], prefix: str
) -> None:
    pairs, languages = PAIRS[prefix]
    (section,) = sections(credits_pages[f"{prefix}about/sources/index.html"])
    heading = section.one("h2")
    assert heading.get("id") == section.get("aria-labelledby") == "qb-translators"
    said = section.one("p").text()
    assert languages in said
    assert "{" not in said
    assert [node.text() for node in section.all("strong")] == pairs
    names = [node.text() for node in section.all(translate="no")]
    assert names == ["vi_en-1.9", "vi_de-0.1", HOSTILE, "en_fr-1.9", "en_ja-1.1"]


@by_prefix
def test_licence_and_attribution_are_those_of_the_manifest(
    credits_pages: dict[str, Document], prefix: str
) -> None:
    (section,) = sections(credits_pages[f"{prefix}about/sources/index.html"])
    shown = {}
    for item in section.all("li"):
        link = next(iter(item.all("a")), None)
        shown[item.one(translate="no").text()] = (
            " ".join(node.text() for node in item.all(lang="en")),
            (link.text(), link.get("href")) if link else None,
        )
    licence = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    assert shown == {
        "vi_en-1.9": (OPUS_MT, licence),
        "en_fr-1.9": (OPUS_MT, licence),
        "en_ja-1.1": ("Argos Translate, package translate-en_ja-1_1", None),
        "vi_de-0.1": ("", None),
        HOSTILE: ("", None),
    }


def test_a_hostile_name_is_text(credits_pages: dict[str, Document]) -> None:
    for document in credits_pages.values():
        assert document.wrong == []
        assert not document.root.all("img", src="x")
        assert not any("onerror" in node.attributes for node in document.root.walk())


def test_only_the_credits_page_names_packages(credits_pages: dict[str, Document]) -> None:
    with_section = {path for path, document in credits_pages.items() if sections(document)}
    assert with_section == {f"{prefix}about/sources/index.html" for prefix in PAIRS}


def test_a_package_of_a_page_that_is_not_shown_is_not_named(
    credits_pages: dict[str, Document],
) -> None:
    assert not any("vi_hidden" in document.raw for document in credits_pages.values())


def test_without_packages_there_is_nothing(tmp_path: Path) -> None:
    config_file = new_site(
        tmp_path,
        {"content/index.md": page("Trang chủ"), "content/about/sources.md": SOURCES},
        languages=("vi", "en"),
    )
    sync(config_file)
    change(config_file, "en", "about/sources.md", "Nguồn", draft("glossary", "Sources"))
    documents = built(config_file)
    assert documents["en/about/sources/index.html"].h1 == "Sources"
    assert not any("qb-translators" in document.raw for document in documents.values())


def test_the_site_room_loads_no_engine() -> None:
    code = (
        "import sys, quangba.site.plugin; "
        "sys.exit(bool({'ctranslate2', 'argostranslate', 'sentencepiece'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
