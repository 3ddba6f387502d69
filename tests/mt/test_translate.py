"""``quangba translate``: what is drafted, what is left alone, and what a bad day does to it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import polib
import pytest
from catalog_site import gettext_tool
from hostile import (
    PAGE,
    RICH,
    TERMS,
    TEXTS,
    all_names,
    broken_drafts,
    catalog,
    change,
    draft,
    install,
    make,
    message,
    po,
    script,
    shorten_interface,
    sloppy,
    snapshot,
    speak,
)

from quangba.catalogs import workspace as workspace_module
from quangba.catalogs.message import Message, Stamp, State
from quangba.catalogs.workspace import Workspace
from quangba.errors import QuangbaError
from quangba.mt import translate as module
from quangba.mt.engine import Request
from quangba.mt.store import Store
from quangba.mt.translate import Outcome, Report, Translator, is_open, table
from support import open_workspace, sync

BEACH = "Bãi biển rất đẹp"
TIMES = "Xem [bảng"
PRICE = "Vé **người"

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")


@pytest.fixture(autouse=True)
def few_texts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The interface has a text of each kind, but for tests that ask for ``all_texts``."""
    if "all_texts" not in request.fixturenames:
        shorten_interface(monkeypatch)


@pytest.fixture
def all_texts() -> None:
    """The whole interface."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return install(tmp_path_factory.mktemp("models"), "vi_en", "en_ja")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make(tmp_path / "site")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Request]]:
    return script(monkeypatch)


def texts(asked: list[tuple[str, Request]], pair: str = "vi_en") -> set[str]:
    return {request.text for name, request in asked if name == pair}


def write(site: Path, text: str, name: str = "index.md") -> None:
    (site.parent / "content" / name).write_text(text, encoding="utf-8")


# ----------------------------------------------------------------------------
# What a draft is
# ----------------------------------------------------------------------------


def test_missing_texts_become_drafts(
    site: Path, store: Store, asked: object, all_texts: None
) -> None:
    report = draft(site, store)
    assert not report.problems
    assert report.outcomes["en"] == Outcome(drafted=TEXTS + 1, route="vi_en-1.0")
    for language in ("en", "ja"):
        assert len(catalog(site, language=language).active) == TEXTS
        for entry in catalog(site, language=language).active:
            assert entry.state is State.DRAFT
            assert entry.fuzzy
            assert entry.machine
            assert entry.previous is None


def test_a_draft_says_where_it_comes_from(site: Path, store: Store, asked: object) -> None:
    draft(site, store)
    english, japanese = message(site, BEACH), message(site, BEACH, language="ja")
    assert english.mt
    assert (english.mt.who, english.pivot) == ("vi_en-1.0", None)
    assert japanese.mt
    assert japanese.mt.who == "vi_en-1.0+en_ja-1.0"
    assert japanese.pivot == english.msgstr
    assert len(japanese.mt.date) == 10
    assert "# pivot: " in po(site, language="ja").read_text(encoding="utf-8")


def test_an_accepted_draft_is_a_translation_by_a_machine(
    site: Path, store: Store, asked: object
) -> None:
    draft(site, store)
    change(site, lambda m: setattr(m, "fuzzy", False))
    found = message(site, BEACH)
    assert (found.state, found.machine) == (State.TRANSLATED, True)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Path:
    """A site that was drafted, with the whole interface."""
    site = make(tmp_path_factory.mktemp("drafted") / "site")
    with pytest.MonkeyPatch.context() as patch:
        script(patch)
        draft(site, store)
    return site


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", ["index", "site", "ui"])
def test_other_tools_read_what_was_written(drafted: Path, language: str, name: str) -> None:
    path = po(drafted, name, language)
    subprocess.run([gettext_tool("msgfmt"), "-c", "-o", "/dev/null", str(path)], check=True)
    found = polib.pofile(str(path))
    assert all(not entry.msgstr or entry.fuzzy for entry in found)


def test_a_sync_afterwards_changes_nothing(site: Path, store: Store, asked: object) -> None:
    draft(site, store)
    before = snapshot(site)
    sync(site)
    assert snapshot(site) == before


def test_a_second_run_changes_nothing_and_asks_nothing(
    site: Path, store: Store, asked: list[tuple[str, Request]]
) -> None:
    draft(site, store)
    before, count = snapshot(site), len(asked)
    report = draft(site, store)
    assert snapshot(site) == before
    assert len(asked) == count
    assert report.outcomes["en"] == Outcome(route="vi_en-1.0")


def test_markup_and_numbers_come_back(site: Path, store: Store, asked: object) -> None:
    draft(site, store)
    assert "](tau.md " in message(site, TIMES).msgstr
    assert "120,000" in message(site, PRICE).msgstr
    assert message(site, PRICE).msgstr.count("**") == 2


# ----------------------------------------------------------------------------
# What nobody may touch
# ----------------------------------------------------------------------------

HUMAN = {
    "translated": lambda m: setattr(m, "msgstr", "A text by a person."),
    "reviewed": lambda m: (
        setattr(m, "msgstr", "A text by a person."),
        m.approve("Chị Hoa", "2026-11-22", "official"),
    ),
    "unsure": lambda m: (setattr(m, "msgstr", "A text by a person."), setattr(m, "fuzzy", True)),
    "edited draft": lambda m: (
        setattr(m, "mt", Stamp.make("vi_en-1.0", "2026-11-01", None, m.msgid, "what it said")),
        setattr(m, "msgstr", "What a person made of it."),
        setattr(m, "fuzzy", True),
    ),
    "accepted draft": lambda m: (
        setattr(m, "msgstr", "A draft."),
        setattr(m, "mt", Stamp.make("vi_en-1.0", "2026-11-01", None, m.msgid, "A draft.")),
    ),
}


@pytest.mark.parametrize("again", [False, True], ids=["once", "again"])
@pytest.mark.parametrize("stale", [False, True], ids=["fresh", "stale"])
@pytest.mark.parametrize("kind", HUMAN)
def test_texts_by_people_stay_byte_for_byte(
    site: Path, store: Store, asked: list[tuple[str, Request]], kind: str, stale: bool, again: bool
) -> None:
    sync(site)
    change(site, HUMAN[kind])
    if stale:
        write(site, PAGE.replace("đẹp", "rộng và đẹp").replace("trước khi", "ngay trước khi"))
    sync(site)
    before = po(site).read_bytes()
    report = draft(site, store, "index.md", codes="en", again=again)
    assert po(site).read_bytes() == before
    assert not asked
    assert report.outcomes["en"].people == (2 if stale else 0)


def test_a_stale_draft_that_nobody_accepted_is_made_anew(
    site: Path, store: Store, asked: list[tuple[str, Request]]
) -> None:
    draft(site, store, codes="en")
    old = message(site, BEACH)
    write(site, PAGE.replace("cát trắng", "nhiều cát trắng"))
    sync(site)
    assert message(site, BEACH).stale
    asked.clear()
    report = draft(site, store, codes="en")
    new = message(site, BEACH)
    assert (new.state, new.stale, new.previous, new.unsure) == (State.DRAFT, False, None, False)
    assert new.machine
    assert new.msgstr != old.msgstr
    assert report.outcomes["en"].drafted == 1
    assert texts(asked) == {"Bãi biển rất đẹp, nhiều cát trắng mịn."}


def test_again_redoes_only_drafts_that_nobody_accepted(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch)
    draft(site, store, codes="en")

    def accept(m: Message) -> None:
        if m.msgid.startswith(TIMES):
            m.fuzzy = False
        if m.msgid.startswith(PRICE):
            m.msgstr, m.fuzzy = "Adults **120,000** and children 60,000.", False

    change(site, accept)
    before = {m.msgid: m.msgstr for m in catalog(site).active}
    script(monkeypatch, lambda pair, text: speak(f"again {pair}", text))
    (site.parent / ".cache" / "quangba" / "drafts.jsonl").unlink()
    report = draft(site, store, "index.md", codes="en", again=True)
    after = {m.msgid: m.msgstr for m in catalog(site).active}
    changed = {msgid for msgid in before if before[msgid] != after[msgid]}
    assert changed == {"Bãi biển", "Bãi biển rất đẹp, cát trắng mịn."}
    assert report.outcomes["en"].drafted == 2


@pytest.mark.parametrize(
    ("fields", "once", "again"),
    [
        pytest.param({}, True, True, id="missing"),
        pytest.param({"msgstr": "b", "fuzzy": True, "stamp": "a"}, False, True, id="draft"),
        pytest.param({"msgstr": "b", "stamp": "a"}, False, False, id="accepted"),
        pytest.param({"msgstr": "b", "fuzzy": True}, False, False, id="unsure"),
        pytest.param(
            {"msgstr": "b", "fuzzy": True, "previous": "z", "unsure": True, "stamp": "z"},
            True,
            True,
            id="stale draft",
        ),
        pytest.param(
            {"msgstr": "b", "fuzzy": True, "previous": "z", "stamp": "z"},
            False,
            False,
            id="stale accepted",
        ),
        pytest.param(
            {"msgstr": "b", "fuzzy": True, "previous": "z", "unsure": True},
            False,
            False,
            id="stale unsure",
        ),
    ],
)
def test_what_a_machine_may_write(fields: dict[str, object], once: bool, again: bool) -> None:
    stamp = fields.pop("stamp", None) if "stamp" in fields else None
    entry = Message("a", **fields)  # type: ignore[arg-type]
    if stamp:
        entry.mt = Stamp.make("vi_en-1.0", "2026-11-01", None, str(stamp), entry.msgstr)
    assert (is_open(entry, again=False), is_open(entry, again=True)) == (once, again)


# ----------------------------------------------------------------------------
# People work while the model runs
# ----------------------------------------------------------------------------


def during(
    site: Path, monkeypatch: pytest.MonkeyPatch, action: object
) -> list[tuple[str, Request]]:
    """Let somebody do something while the model has its first text."""
    did: list[bool] = []

    def model(pair: str, text: str) -> str:
        if not did:
            did.append(True)
            action()  # type: ignore[operator]
        return speak(pair, text)

    return script(monkeypatch, model)


def test_the_text_that_a_person_saved_meanwhile_wins(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def person() -> None:
        path = po(site)
        found = polib.pofile(str(path), wrapwidth=78)
        for entry in found:
            if entry.msgid.startswith(BEACH):
                entry.msgstr = "By hand."
        found.save()

    sync(site)
    during(site, monkeypatch, person)
    report = draft(site, store, "index.md", codes="en")
    assert (message(site, BEACH).msgstr, message(site, BEACH).fuzzy) == ("By hand.", False)
    assert message(site, TIMES).machine
    assert report.outcomes["en"].drafted == TEXTS - 1


def test_a_file_that_people_finished_meanwhile_is_not_written(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def person() -> None:
        found = polib.pofile(str(po(site)), wrapwidth=30)
        for entry in found:
            entry.msgstr = "By hand, with a line that the editor wraps."
        found.save()
        kept.append(po(site).read_bytes())

    kept: list[bytes] = []
    sync(site)
    during(site, monkeypatch, person)
    draft(site, store, "index.md", codes="en")
    assert po(site).read_bytes() == kept[0]


def test_a_catalog_that_went_away_meanwhile_is_not_made_again(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(site)
    during(site, monkeypatch, lambda: po(site).unlink())
    draft(site, store, "index.md", codes="en")
    assert not po(site).exists()


def test_a_conflict_that_came_meanwhile_is_told_and_other_catalogs_go_on(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n", "content/b.md": "Núi cao.\n"}, "en")

    def merge() -> None:
        with po(site, "a").open("a", encoding="utf-8") as stream:
            stream.write("<<<<<<< HEAD\n")

    sync(site)
    during(site, monkeypatch, merge)
    report = draft(site, store)
    assert [problem.code for problem in report.problems] == ["po-conflict"]
    assert b"<<<<<<< HEAD" in po(site, "a").read_bytes()
    assert message(site, "Núi", "b").machine


def test_what_a_sync_saved_while_the_memory_waited_stays(
    tmp_path: Path, store: Store, asked: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is free only after the other command has written the catalog."""
    files = {"content/a.md": "Bãi biển.\n", "content/b.md": "Bãi biển.\n\nNúi cao.\n"}
    site = make(tmp_path / "s", files, "en")
    sync(site)
    change(site, HUMAN["reviewed"], "a")
    alone = Workspace.alone

    def late(self: Workspace, *arguments: object, wait: float = 0) -> object:
        if wait:
            monkeypatch.setattr(workspace_module.Workspace, "alone", alone)
            change(site, lambda m: setattr(m, "msgstr", m.msgstr or "By hand."), "b")
        return alone(self, *arguments, wait=wait)  # type: ignore[arg-type]

    translator = Translator(open_workspace(site), store)
    monkeypatch.setattr(workspace_module.Workspace, "alone", late)
    translator.run(translator.settings.targets, ["b.md"])
    assert message(site, "Núi", "b").msgstr == "By hand."


# ----------------------------------------------------------------------------
# Refused
# ----------------------------------------------------------------------------


def refuse_beach(pair: str, text: str) -> str | None:
    return None if "rất" in text else speak(pair, text)


def test_a_refused_text_stays_empty_and_says_why_once(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, refuse_beach)
    for _ in range(3):
        report = draft(site, store, "index.md", codes="en")
        entry = message(site, BEACH)
        assert (entry.msgstr, entry.fuzzy, entry.state) == ("", False, State.MISSING)
        assert entry.comments == ["refused: an empty answer"]
        assert [problem.code for problem in report.problems] == ["draft-refused"]
        assert report.outcomes["en"].refused == 1
    assert po(site).read_text(encoding="utf-8").count("# refused: ") == 1
    before = snapshot(site)
    sync(site)
    assert snapshot(site) == before


def test_the_reason_goes_when_a_draft_comes(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, refuse_beach)
    draft(site, store, "index.md", codes="en")
    (site.parent / ".cache" / "quangba" / "drafts.jsonl").unlink()
    script(monkeypatch)
    draft(site, store, "index.md", codes="en")
    assert message(site, BEACH).machine
    assert not message(site, BEACH).comments


def test_the_reason_goes_when_the_memory_has_the_text(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Bãi biển rất đẹp.\n"
    site = make(tmp_path / "s", {"content/a.md": text, "content/b.md": text}, "en")
    script(monkeypatch, refuse_beach)
    draft(site, store)
    change(site, HUMAN["reviewed"], "a")
    report = draft(site, store)
    assert report.outcomes["en"].memory == 1
    assert message(site, "Bãi", "b").comments == ["from: content/a.md"]


def test_comments_by_people_stay_beside_the_reason(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(site)
    change(site, lambda m: m.comments.append("Hỏi anh Nam."))
    script(monkeypatch, refuse_beach)
    draft(site, store, "index.md", codes="en")
    assert message(site, BEACH).comments == ["Hỏi anh Nam.", "refused: an empty answer"]
    assert message(site, TIMES).comments == ["Hỏi anh Nam."]


HOSTILE = {
    "paragraphs": lambda pair, text: speak(pair, text) + "\n\nLomu",
    "list": lambda pair, text: speak(pair, text) + "\n- lomu",
    "line": lambda pair, text: speak(pair, text) + "\nlomu",
    "nothing": lambda pair, text: None,
    "source": lambda pair, text: text,
    "numbers": lambda pair, text: speak(pair, text) + " 999",
    "link": lambda pair, text: speak(pair, text) + " [x](http://evil.com)",
    "address": lambda pair, text: speak(pair, text) + " evil.com",
    "script": lambda pair, text: "<script>alert(1)</script>",
    "newlines": lambda pair, text: speak(pair, text) + '\n\nmsgid "x"\n# reviewed: me',
    "long": lambda pair, text: speak(pair, text) * 40,
    "markup": lambda pair, text: "**" + speak(pair, text),
    "fact": lambda pair, text: speak(pair, text) + " {fact:x}",
    "token": lambda pair, text: speak(pair, text) + " {1}",
    "masks": lambda pair, text: speak(pair, text) + " [1] [2] [7]",
    "nulls": lambda pair, text: speak(pair, text) + "\x00\x02\x03",
    "surrogates": lambda pair, text: speak(pair, text) + "\ud800",
    "marks": lambda pair, text: speak(pair, text) + "\ue100\ue200",
    "bidi": lambda pair, text: speak(pair, text) + "\u202e",
    "emoji code": lambda pair, text: speak(pair, text) + " :material-ferry:",
    "attributes": lambda pair, text: speak(pair, text) + " { onclick=x }",
    "cyrillic": lambda pair, text: "Красивый пляж и море, очень хорошо",
    "blank": lambda pair, text: " \u00a0\u3000 ",
    "entity": lambda pair, text: speak(pair, text) + " &lt;b&gt;",
    "autolink": lambda pair, text: speak(pair, text) + " www.evil.vn",
    "footnote": lambda pair, text: speak(pair, text) + "[^1]",
}


KNOWN = {
    "template": lambda pair, text: speak(pair, text) + " %(evil)s",
    "percent": lambda pair, text: speak(pair, text) + " % evil",
    "glued address": lambda pair, text: speak(pair, text).rstrip(".") + "http://evil.example/x",
}
"""What is accepted today."""


@pytest.mark.parametrize("kind", KNOWN)
def test_nothing_that_a_page_or_template_would_read_is_accepted(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch, all_texts: None, kind: str
) -> None:
    script(monkeypatch, KNOWN[kind])
    draft(site, store)
    said = [
        entry.msgstr
        for language in ("en", "ja")
        for name in ("index", "site", "ui")
        for entry in catalog(site, name, language).active
    ]
    assert not any("\n" in text or "evil" in text for text in said)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_lying_model_breaks_nothing(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    script(monkeypatch, HOSTILE[kind])  # type: ignore[arg-type]
    report = draft(site, store)
    workspace = open_workspace(site)
    for language in workspace.settings.targets:
        for name in ("index.md", "site"):
            found = workspace.catalog(language, name)
            assert found
            index = found.index()
            for segment in workspace.segments(name):
                entry = index[segment.key]
                if entry.msgstr:
                    collected = workspace.collected("index.md")
                    assert not workspace.inspector.difference(segment, entry.msgstr, collected)
                    assert "evil" not in entry.msgstr
                    assert "999" not in entry.msgstr
    assert sum(done.refused for done in report.outcomes.values()) == len(report.problems)
    before = snapshot(site)
    sync(site)
    assert snapshot(site) == before
    draft(site, store)
    assert snapshot(site) == before


@pytest.mark.parametrize("seed", range(4))
def test_a_sloppy_model_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, all_texts: None, seed: int
) -> None:
    """Pieces lost, doubled, swapped and added at random; every draft is looked at anew."""
    if seed:
        shorten_interface(monkeypatch)
    script(monkeypatch, sloppy(seed, (0.3, 0.5, 0.7)[seed % 3]))
    pairs = ("vi_en", "en_ja", "en_zh", "en_ko", "en_fr")
    files = {"content/index.md": RICH, "locales/glossary.csv": TERMS}
    site = make(tmp_path / "s", files, "en ja zh ko fr")
    report = draft(site, install(tmp_path / "m", *pairs))
    assert broken_drafts(site) == []
    assert sum(done.drafted for done in report.outcomes.values()) > 50
    assert sum(done.refused for done in report.outcomes.values()) > 10


@pytest.mark.parametrize("seed", range(2))
def test_random_weights_break_nothing(tmp_path: Path, seed: int) -> None:
    size = {"layers": 2, "width": 64, "heads": 4, "ends": 12.0}
    store = install(tmp_path / "m", "vi_en", "en_fr", seed=seed, **size)
    site = make(tmp_path / "s", {"content/index.md": RICH}, "en fr")
    draft(site, store)
    assert broken_drafts(site) == []


def test_random_weights_of_the_real_size_break_nothing(tmp_path: Path) -> None:
    size = {"layers": 6, "width": 512, "heads": 8, "vocabulary": 1000, "ends": 30.0}
    site = make(tmp_path / "s", {"content/index.md": RICH}, "en")
    draft(site, install(tmp_path / "m", "vi_en", **size), "index.md")
    assert broken_drafts(site) == []


# ----------------------------------------------------------------------------
# Memory and glossary
# ----------------------------------------------------------------------------


def test_what_is_reviewed_elsewhere_is_not_drafted(
    tmp_path: Path, store: Store, asked: list[tuple[str, Request]]
) -> None:
    files = {"content/a.md": "Bãi biển.\n", "content/b.md": "Bãi biển.\n\nNúi cao.\n"}
    site = make(tmp_path / "s", files, "en")
    sync(site)
    change(site, HUMAN["reviewed"], "a")
    report = draft(site, store, "b.md")
    found = message(site, "Bãi", "b")
    assert (found.msgstr, found.state) == ("A text by a person.", State.TRANSLATED)
    assert found.comments == ["from: content/a.md"]
    assert texts(asked) == {"Núi cao."}
    assert report.outcomes["en"] == Outcome(drafted=1, memory=1, route="vi_en-1.0")


GLOSSARY = (
    "vi,en,ja,kind,rule\n"
    "vịnh Hạ Long,Ha Long Bay,ハロン湾,place,required\n"
    "OCOP,,,term,keep\n"
    "bến tàu,pier,桟橋,term,required\n"
)


def test_a_text_that_is_a_term_comes_from_the_glossary(
    tmp_path: Path, store: Store, asked: list[tuple[str, Request]]
) -> None:
    files = {"content/a.md": "# Vịnh Hạ Long\n\nRất đẹp.\n", "locales/glossary.csv": GLOSSARY}
    site = make(tmp_path / "s", files)
    report = draft(site, store, "a.md")
    assert message(site, "Vịnh", "a").msgstr == "Ha Long Bay"
    found = message(site, "Vịnh", "a", "ja")
    assert found.mt
    assert (found.msgstr, found.pivot, found.mt.who) == ("ハロン湾", None, "glossary")
    assert found.state is State.DRAFT
    assert texts(asked) == {"Rất đẹp."}
    assert report.outcomes["ja"].glossary == 1


def test_a_draft_that_lacks_a_term_is_refused(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"content/a.md": "Tàu ra vịnh Hạ Long sáng nay.\n", "locales/glossary.csv": GLOSSARY}
    site = make(tmp_path / "s", files, "en")

    def forgetful(pair: str, text: str) -> str:
        return "A boat leaves this morning."

    script(monkeypatch, forgetful)
    report = draft(site, store, "a.md")
    assert not message(site, "Tàu", "a").msgstr
    assert report.outcomes["en"].refused == 1


# ----------------------------------------------------------------------------
# The site's own texts and the interface
# ----------------------------------------------------------------------------


def test_site_and_interface_are_drafted_too(
    site: Path, store: Store, asked: list[tuple[str, Request]]
) -> None:
    draft(site, store)
    assert message(site, "Thử", "site").machine
    notice = message(site, "Part of this page", "ui", "ja")
    assert notice.machine
    assert "{date}" in notice.msgstr
    assert notice.mt
    assert (notice.mt.who, notice.pivot) == ("en_ja-1.0", None)
    assert not message(site, "Part of this page", "ui", "en").msgstr
    assert not any(pair == "vi_en" and "page" in request.text for pair, request in asked)


def test_fields_of_templates_survive(tmp_path: Path, store: Store, asked: object) -> None:
    template = "{{ _('Read %(title)s in %(n)d minutes, until {date}.') }}"
    config = make(
        tmp_path / "s",
        {"content/index.md": "Biển.\n", "overrides/x.html": template},
        theme={"name": "mkdocs", "custom_dir": "overrides"},
    )
    draft(config, store)
    said = message(config, "Read %", "ui", "ja").msgstr
    for field in ("%(title)s", "%(n)d", "{date}"):
        assert said.count(field) == 1
    path = po(config, "ui", "ja")
    subprocess.run([gettext_tool("msgfmt"), "-c", "-o", "/dev/null", str(path)], check=True)


def test_named_pages_alone_are_drafted(tmp_path: Path, store: Store, asked: object) -> None:
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n", "content/b.md": "Núi cao.\n"}, "en")
    draft(site, store, "b.md")
    assert not message(site, "Biển", "a").msgstr
    assert not message(site, "Thử", "site").msgstr
    assert message(site, "Núi", "b").machine


# ----------------------------------------------------------------------------
# Languages
# ----------------------------------------------------------------------------


def test_a_language_without_packages_is_left_to_people(
    tmp_path: Path, store: Store, asked: object
) -> None:
    site = make(tmp_path / "s", languages="en lo")
    report = draft(site, store)
    assert report.outcomes["lo"] == Outcome()
    assert not report.problems
    assert all(not m.msgstr for m in catalog(site, language="lo").active)
    assert "no package: left to people" in table(report)


def test_no_package_at_all_is_one_sentence(site: Path, tmp_path: Path) -> None:
    before = snapshot(site)
    with pytest.raises(QuangbaError, match="models install") as caught:
        draft(site, Store(tmp_path / "none"))
    assert caught.value.problem.code == "draft-no-packages"
    assert "en, ja" in str(caught.value)
    assert all(b"mt:" not in data for data in snapshot(site).values())
    assert before == {}
    assert not (tmp_path / "none").exists()


def test_german_and_lao_are_a_settings_entry_and_a_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch)
    store = install(tmp_path / "m", "vi_en", "en_de", "en_lo")
    site = make(tmp_path / "s", languages="en")
    sync(site)
    (tmp_path / "s" / "mkdocs.yml").unlink()
    site = make(tmp_path / "s", languages="en de lo")
    report = draft(site, store)
    assert not report.problems
    for code in ("de", "lo"):
        assert report.outcomes[code].route == f"vi_en-1.0+en_{code}-1.0"
        assert all(m.state is State.DRAFT for m in catalog(site, language=code).active)
    # The German way to write a thousand.
    assert "120.000" in message(site, PRICE, language="de").msgstr
    assert "120.000" in message(site, PRICE, language="lo").msgstr


def test_a_direct_package_beats_the_way_over_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = script(monkeypatch)
    store = install(tmp_path / "m", "vi_en", "en_ja", "vi_ja", "vi_ja-0.9")
    site = make(tmp_path / "s", languages="ja")
    report = draft(site, store, "index.md")
    assert report.outcomes["ja"].route == "vi_ja-1.0"
    assert {pair for pair, _ in asked} == {"vi_ja"}
    assert message(site, BEACH, language="ja").pivot is None


def test_english_is_asked_once_for_all_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = script(monkeypatch)
    store = install(tmp_path / "m", "vi_en", "en_ja", "en_ko")
    draft(make(tmp_path / "s", languages="en ja ko"), store)
    english = [request for pair, request in asked if pair == "vi_en"]
    assert len(english) == len(set(english))


# ----------------------------------------------------------------------------
# Disks and locks
# ----------------------------------------------------------------------------


def test_a_catalog_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, store: Store, asked: list[tuple[str, Request]]
) -> None:
    """The others are written, and nothing is asked twice."""
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n", "content/b.md": "Núi cao.\n"}, "en")
    sync(site)
    po(site, "a").chmod(0o444)
    report = draft(site, store)
    assert [problem.code for problem in report.problems] == ["file-unwritable"]
    assert message(site, "Núi", "b").machine
    assert not message(site, "Biển", "a").msgstr
    po(site, "a").chmod(0o644)
    count = len(asked)
    assert not draft(site, store).problems
    assert message(site, "Biển", "a").machine
    assert len(asked) == count


def test_the_table_counts_what_was_written(tmp_path: Path, store: Store, asked: object) -> None:
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n"}, "en")
    sync(site)
    po(site, "a").chmod(0o444)
    assert draft(site, store, "a.md").outcomes["en"].drafted == 0


def test_a_full_disk_is_one_sentence_for_each_catalog(
    site: Path, store: Store, asked: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(site)
    before = snapshot(site)

    def full(self: Workspace, files: object) -> None:
        raise QuangbaError("file-unwritable", "x.po", what="No space left on device")

    monkeypatch.setattr(Workspace, "write_files", full)
    translator = Translator(open_workspace(site), store)
    report = translator.run(translator.settings.targets, all_names(translator.workspace))
    assert {problem.code for problem in report.problems} == {"file-unwritable"}
    assert snapshot(site) == before


def test_a_busy_lock_is_waited_for_and_then_told(
    site: Path, store: Store, asked: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(site)
    monkeypatch.setattr(module, "WAIT", 0.05)
    before = snapshot(site)
    translator = Translator(open_workspace(site), store)
    with open_workspace(site).alone():
        report = translator.run(translator.settings.targets, ["index.md"])
    assert {problem.code for problem in report.problems} == {"sync-running"}
    assert snapshot(site) == before


def test_a_second_run_is_told_to_wait(
    site: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[str] = []

    def second() -> None:
        translator = Translator(open_workspace(site), store)
        with pytest.raises(QuangbaError) as error:
            translator.run(translator.settings.targets, ["index.md"])
        caught.append(error.value.problem.code)

    during(site, monkeypatch, second)
    report = draft(site, store)
    assert caught == ["draft-running"]
    assert not report.problems


def test_one_bad_catalog_does_not_stop_the_others(
    tmp_path: Path, store: Store, asked: object
) -> None:
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n", "content/b.md": "Núi cao.\n"}, "en")
    sync(site)
    po(site, "a").write_bytes(po(site, "a").read_bytes()[:-30])
    before = po(site, "a").read_bytes()
    report = draft(site, store)
    assert len(report.problems) == 1
    assert report.problems[0].code.startswith("po-")
    assert po(site, "a").read_bytes() == before
    assert message(site, "Núi", "b").machine


def test_a_bad_glossary_is_one_sentence(tmp_path: Path, store: Store, asked: object) -> None:
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n", "locales/glossary.csv": "a,b\n"}, "en")
    with pytest.raises(QuangbaError, match=r"glossary\.csv"):
        draft(site, store)


# ----------------------------------------------------------------------------
# Progress and table
# ----------------------------------------------------------------------------


def test_progress_moves_on_and_ends_at_its_end(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, refuse_beach)
    seen: list[tuple[int, int]] = []
    site = make(tmp_path / "s", languages="en ja")
    draft(site, store, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert all(0 < done <= total for done, total in seen)
    assert seen[-1][0] == seen[-1][1]


def test_the_table_is_a_line_per_language() -> None:
    report = Report({"en": Outcome(1, 2, 3, 4, 5, "vi_en-1.9"), "lo": Outcome()})
    lines = table(report).splitlines()
    assert lines[0].split() == [
        "Language", "drafted", "memory", "glossary", "refused", "left", "to", "people",
    ]  # fmt: skip
    assert lines[1].split() == ["en", "1", "2", "3", "4", "5", "vi_en-1.9"]
    assert lines[2].split()[:6] == ["lo", "0", "0", "0", "0", "0"]
    assert lines[2].endswith("no package: left to people")
    assert not any(line.endswith(" ") for line in lines)


def test_the_table_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    text = table(Report({"lo": Outcome()}))
    assert "dịch máy" in text
    assert "chưa có gói dịch: để người dịch" in text
