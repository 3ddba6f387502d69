"""PO files: everything survives the round trip and other tools; nothing is lost in silence."""

from __future__ import annotations

import errno
import os
import re
import subprocess
from pathlib import Path

import polib
import pytest
from catalog_site import gettext_tool
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.catalogs.message import Catalog, Message, Stamp
from quangba.catalogs.pofile import form_problems, parse, read_bytes, serialise
from quangba.errors import QuangbaError
from quangba.files import write_bytes

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"X-Active-Entries: {}\\n"\n"X-Obsolete-Entries: {}\\n"\n\n'
)


def read_catalog(path: Path, file: str, language: str) -> Catalog | None:
    data = read_bytes(path, file)
    return None if data is None else parse(data, file, language)


def write_catalog(path: Path, catalog: Catalog) -> None:
    write_bytes(path, serialise(catalog).encode("utf-8"))


def full() -> Catalog:
    """Return a catalog with every field that we store."""
    fresh = Message("Vịnh Hạ Long là di sản.", "ハロン湾は世界自然遺産です。" * 6, fuzzy=True)
    fresh.mt = Stamp.make("vi_en-1.9+en_ja-1.1", "2026-11-22", None, fresh.msgid, fresh.msgstr)
    fresh.pivot = "Ha Long Bay is a heritage site."
    fresh.notes, fresh.references = ["paragraph", "Ghi chú: trang trọng"], ["content/a%20b.md"]
    stale = Message('Vé "trẻ em"\tmua\\tại\nbến.', "子供\n券", "bảng giá", fuzzy=True)
    stale.previous = "Vé mua tại\nbến cũ " * 8
    stale.reviewed = Stamp.make("Nhóm 1", "2026-11-22", "sample", stale.previous, stale.msgstr)
    stale.unsure, stale.comments = True, ["from: content/index.md", "hỏi lại cảng vụ"]
    plain = Message("Xin chào", "こんにちは", flags=["no-wrap"])
    empty = Message("Chưa dịch")
    gone = Message("Đã bỏ " * 20, "消えた", "đầu trang", obsolete=True, fuzzy=True)
    gone.previous = "Cũ hơn " * 20
    gone.reviewed = Stamp.make("Nhóm 2", "2026-11-21", "official", gone.previous, gone.msgstr)
    other = Message("Bỏ luôn", "x\ny", obsolete=True)
    return Catalog("ja", [fresh, stale, plain, empty, gone, other], {"X-Own": 'a "b"'}, ["Trang a"])


def facts(catalog: Catalog) -> list[dict[str, object]]:
    """Return all that is stored; notes and places of obsolete entries are not."""
    found = [{**vars(message), "line": 0} for message in catalog]
    for entry in found:
        if entry["obsolete"]:
            entry["notes"] = entry["references"] = []
    return found


def check(text: str) -> Catalog:
    return parse(text.encode("utf-8"), "a.po", "ja")


def refuse(data: bytes) -> QuangbaError:
    with pytest.raises(QuangbaError) as caught:
        parse(data, "locales/ja/a.po", "ja")
    return caught.value


# ----------------------------------------------------------------------------
# Round trips
# ----------------------------------------------------------------------------

STRINGS = st.text(
    st.one_of(
        st.sampled_from('"\\\n\t\r\a\v\f\b#~|,:. \u2028\x85\u3000ệ湾{}<=>'),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=30,
)
COMMENTS = STRINGS.map(lambda text: " ".join(text.split())).filter(
    lambda text: text and not re.match(r"(mt|pivot|reviewed|unsure):", text) and "#-#-" not in text
)
STAMP = COMMENTS.map(Stamp)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    keys = draw(
        st.lists(st.tuples(st.none() | STRINGS, STRINGS), max_size=5, unique=True).map(
            lambda found: [key for key in found if key != (None, "")]
        )
    )
    messages = []
    for context, msgid in keys:
        obsolete = draw(st.booleans())
        messages.append(
            Message(
                msgid,
                draw(STRINGS),
                context,
                previous=draw(st.none() | STRINGS),
                unsure=draw(st.booleans()),
                fuzzy=draw(st.booleans()),
                flags=draw(st.sampled_from([[], ["no-wrap"]])),
                mt=draw(st.none() | STAMP),
                pivot=draw(st.none() | COMMENTS),
                reviewed=draw(st.none() | STAMP),
                comments=draw(st.lists(COMMENTS, max_size=2)),
                notes=[] if obsolete else draw(st.lists(COMMENTS, max_size=2)),
                references=[] if obsolete else draw(st.sampled_from([[], ["a.md", "b%20c.md"]])),
                obsolete=obsolete,
            )
        )
    messages.sort(key=lambda message: message.obsolete)
    return Catalog("ja", messages)


@settings(max_examples=150, deadline=None)
@given(catalogs())
def test_round_trip(catalog: Catalog) -> None:
    text = serialise(catalog)
    again = check(text)
    assert facts(again) == facts(catalog)
    assert serialise(again) == text


@settings(max_examples=40, deadline=None)
@given(catalogs())
def test_polib_reads_the_same(catalog: Catalog) -> None:
    # Polib knows fewer escapes than gettext, and folds blank contexts.
    catalog.messages = [
        m
        for m in catalog.messages
        if m.msgctxt != "" and not re.search(r"[\a\v\f\b\r\\]", repr(vars(m)))
    ]
    found = {(e.msgctxt, e.msgid, e.msgstr) for e in polib.pofile(serialise(catalog)) if e.msgid}
    assert found == {(m.msgctxt, m.msgid, m.msgstr) for m in catalog if m.msgid}


@pytest.mark.parametrize(
    "field",
    ["pivot", "comments", "notes", "mt", "reviewed"],
)
def test_a_comment_of_two_lines_stays_a_comment(field: str) -> None:
    message = Message("a", "b")
    text = 'one\ntwo\r\nmsgid "c"\u2028d'
    value = {"pivot": text, "mt": Stamp(text), "reviewed": Stamp(text)}.get(field, [text])
    setattr(message, field, value)
    assert [m.msgid for m in check(serialise(Catalog("ja", [message])))] == ["a"]


def test_header_fields_of_other_tools_stay() -> None:
    text = serialise(full()).replace(
        '"MIME-Version',
        '"Last-Translator: Lê \\"Tí\\" <ti@example.vn>\\n"\n'
        '"X-Generator: Poedit 3.4\\n"\n"MIME-Version',
    )
    again = check(serialise(check(text)))
    assert again.header["Last-Translator"] == 'Lê "Tí" <ti@example.vn>'
    assert again.header["X-Generator"] == "Poedit 3.4"
    assert again.header["X-Own"] == 'a "b"'
    assert again.header_comments == ["Trang a"]


# ----------------------------------------------------------------------------
# Other tools
# ----------------------------------------------------------------------------


def run(path: Path, tool: str, *arguments: str) -> bytes:
    done = subprocess.run([gettext_tool(tool), *arguments, str(path)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "a.po"
    write_catalog(path, full())
    return path


def test_msgfmt_accepts(po: Path) -> None:
    run(po, "msgfmt", "-c", "-o", os.devnull)


@pytest.mark.parametrize(
    ("tool", "options"),
    [
        pytest.param("msgcat", [], id="msgcat"),
        pytest.param("msgcat", ["--no-wrap"], id="msgcat-no-wrap"),
        pytest.param("msgcat", ["--width=40"], id="msgcat-narrow"),
        pytest.param("msgcat", ["--width=1"], id="msgcat-one-word-a-line"),
        pytest.param("msgcat", ["--escape"], id="msgcat-escape"),
        pytest.param("msgattrib", [], id="msgattrib"),
    ],
)
def test_gettext_keeps_every_field(po: Path, tool: str, options: list[str]) -> None:
    text = run(po, tool, *options)
    again = parse(text, "a.po", "ja")
    assert facts(again) == facts(full())
    assert serialise(again) == serialise(full()), "a difference of wrapping alone is none"


def test_msgmerge_keeps_every_field(po: Path, tmp_path: Path) -> None:
    pot = tmp_path / "a.pot"
    template = [Message(m.msgid, msgctxt=m.msgctxt, notes=m.notes) for m in full().active]
    for message, own in zip(template, full().active, strict=True):
        message.references = own.references
    write_catalog(pot, Catalog("ja", template))
    command = [gettext_tool("msgmerge"), "--quiet", "--previous", str(po), str(pot)]
    done = subprocess.run(command, capture_output=True, check=True)
    again = parse(done.stdout, "a.po", "ja")
    found = {m.key: {**vars(m), "line": 0} for m in again}
    for message in full():
        expected = {**vars(message), "flags": found[message.key]["flags"]}
        if message.obsolete:
            expected |= {"notes": [], "references": []}
        assert found[message.key] == expected


def test_polib_and_a_translator_keep_every_field(po: Path) -> None:
    """As Poedit saves: only fuzzy cleared and a text changed."""
    text = po.read_text(encoding="utf-8").replace("#, fuzzy\n#| msgid", "#| msgid", 1)
    again = check(text.replace("子供", "小人"))
    expected = facts(full())
    expected[1] |= {"fuzzy": False, "msgstr": "小人\n券"}
    assert facts(again) == expected


def test_poedit_may_drop_the_previous_text(po: Path) -> None:
    text = re.sub(r"(?m)^#\| .*\n", "", po.read_text(encoding="utf-8"))
    expected = facts(full())
    expected[1] |= {"previous": None}
    assert facts(check(text)) == expected


def test_blank_lines_mean_nothing() -> None:
    text = HEADER.format(2, 0) + '# note\n\nmsgid "a"\n\nmsgstr "b"\nmsgid "c"\nmsgstr "d"'
    assert [(m.msgid, m.msgstr, m.comments) for m in check(text)] == [
        ("a", "b", ["note"]),
        ("c", "d", []),
    ]


# ----------------------------------------------------------------------------
# Damage
# ----------------------------------------------------------------------------


def test_a_cut_at_every_byte_is_noticed() -> None:
    data = serialise(full()).encode("utf-8")
    for size in range(len(data)):
        if data[size:].strip() == b"":
            continue  # only the last line's end is missing
        error = refuse(data[:size])
        assert error.problem.file == "locales/ja/a.po", size
        assert error.problem.line, size


def test_a_cut_of_a_catalog_with_only_obsolete_entries_is_noticed() -> None:
    catalog = Catalog("ja", [m for m in full() if m.obsolete])
    data = serialise(catalog).encode("utf-8")
    for size in range(len(data) - 1):
        refuse(data[:size])


BODY = 'msgid "a"\nmsgstr "b"\n'
UNITS = HEADER.format(1, 0)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        pytest.param(UNITS + f"<<<<<<< HEAD\n{BODY}", "po-conflict", 7, id="git-ours"),
        pytest.param(UNITS + f"{BODY}=======\n", "po-conflict", 9, id="git-middle"),
        pytest.param(UNITS + f"{BODY}>>>>>>> other\n", "po-conflict", 9, id="git-theirs"),
        pytest.param(UNITS + f"{BODY}||||||| base\n", "po-conflict", 9, id="git-diff3"),
        pytest.param(
            UNITS + 'msgid "a"\nmsgstr ""\n"#-#-#-#-#  a.po  #-#-#-#-#\\n"\n"b"\n',
            "po-conflict",
            9,
            id="msgcat",
        ),
        pytest.param(
            "# #-#-#-#-#  a.po  #-#-#-#-#\n" + UNITS, "po-conflict", 1, id="msgcat-header"
        ),
        pytest.param(UNITS + BODY + "\n" + BODY, "po-duplicate", 10, id="duplicate"),
        pytest.param(UNITS + UNITS + BODY, "po-duplicate", 7, id="two-headers"),
        pytest.param(
            UNITS + '#~ msgid "a"\n#~ msgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n',
            "po-duplicate",
            10,
            id="obsolete-duplicate",
        ),
        pytest.param(UNITS.replace("UTF-8", "ISO-8859-1") + BODY, "po-charset", 1, id="charset"),
        pytest.param((UNITS + BODY).encode("utf-16"), "po-charset", 1, id="utf-16-with-mark"),
        pytest.param((UNITS + BODY).encode("utf-16-le"), "po-syntax", 1, id="utf-16"),
        pytest.param(
            UNITS.encode() + 'msgid "é"\n'.encode("latin-1"), "po-charset", 7, id="latin-1"
        ),
        pytest.param(BODY, "po-header", 1, id="no-header"),
        pytest.param('msgid ""\nmsgstr ""\n\n' + BODY, "po-header", 1, id="no-counts"),
        pytest.param(
            UNITS.replace('"X-Obsolete-Entries: 0\\n"\n', "") + BODY, "po-header", 1, id="one-count"
        ),
        pytest.param(UNITS.replace(": 1", ": ²") + BODY, "po-header", 1, id="count-no-number"),
        pytest.param("", "po-header", 1, id="empty"),
        pytest.param("\n\n", "po-header", 1, id="blank"),
        pytest.param(b"\0" * 4096, "po-syntax", 1, id="zeros-after-a-power-cut"),
        pytest.param(UNITS + 'msgid "a"\nmsgstr "b\n', "po-syntax", 8, id="open-quote"),
        pytest.param(UNITS + 'msgid "a\0"\nmsgstr "b"\n', "po-syntax", 7, id="nul"),
        pytest.param(UNITS + 'msgid "a\\000"\nmsgstr "b"\n', "po-syntax", 7, id="nul-octal"),
        pytest.param(UNITS + 'msgid "a"\n', "po-syntax", 7, id="no-msgstr"),
        pytest.param(UNITS + 'msgstr "a"\n', "po-syntax", 7, id="no-msgid"),
        pytest.param(UNITS + 'msgid "a"\nmsgid "b"\nmsgstr "c"', "po-syntax", 8, id="two-msgids"),
        pytest.param(
            UNITS + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', "po-syntax", 8, id="plural"
        ),
        pytest.param('"a"\n' + UNITS + BODY, "po-syntax", 1, id="string-of-nothing"),
        pytest.param(UNITS + BODY + "junk\n", "po-syntax", 9, id="junk"),
        pytest.param(UNITS + BODY + "#~ junk\n", "po-syntax", 9, id="obsolete-junk"),
        pytest.param(HEADER.format(2, 0) + BODY, "po-short", 1, id="short"),
        pytest.param(HEADER.format(1, 3) + BODY, "po-short", 1, id="obsolete-short"),
    ],
)
def test_damage_names_file_and_line(data: str | bytes, code: str, line: int) -> None:
    problem = refuse(data.encode("utf-8") if isinstance(data, str) else data).problem
    # Text after the header starts on line 7, or where the string began.
    assert (problem.code, problem.file) == (code, "locales/ja/a.po")
    assert problem.line == line
    for language in ("vi", "en"):
        text = problem.text(language)
        assert text.startswith("locales/ja/a.po:")
        assert text.isprintable()


def test_a_duplicate_names_both_lines() -> None:
    problem = refuse((UNITS + BODY + "\n" + BODY).encode()).problem
    assert "7" in problem.text("en")
    assert problem.line == 10


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_short_file_says_how_to_get_it_back(language: str) -> None:
    text = refuse((HEADER.format(5, 0) + BODY).encode()).problem.text(language)
    assert 'git restore "locales/ja/a.po"' in text
    assert 'quangba sync --mend "locales/ja/a.po"' in text
    assert "4" in text


def test_more_entries_than_counted_are_welcome() -> None:
    """A clean merge of two branches that both added one."""
    assert len(check(HEADER.format(1, 0) + BODY + '\nmsgid "c"\nmsgstr "d"\n').active) == 2


def test_entries_that_two_branches_made_obsolete_are_not_missed() -> None:
    text = HEADER.format(2, 0) + BODY + '\n#~ msgid "c"\n#~ msgstr "d"\n'
    assert len(check(text).obsolete) == 1


def test_two_branches_may_leave_the_same_obsolete_entry_twice() -> None:
    gone = '#~ msgid "c"\n#~ msgstr "d"\n'
    assert len(check(HEADER.format(1, 1) + BODY + "\n" + gone + "\n" + gone).obsolete) == 1


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param("\ufeff" + UNITS + BODY, ["po-bom"], id="bom"),
        pytest.param((UNITS + BODY).replace("\n", "\r\n"), ["po-crlf"], id="crlf"),
        pytest.param(
            "\ufeff" + (UNITS + BODY).replace("\n", "\r\n"), ["po-bom", "po-crlf"], id="both"
        ),
        pytest.param(UNITS + BODY, [], id="clean"),
    ],
)
def test_form_is_mended_and_not_refused(data: str, codes: list[str]) -> None:
    assert [(m.msgid, m.msgstr) for m in check(data)] == [("a", "b")]
    assert [p.code for p in form_problems(data.encode("utf-8"), "a.po")] == codes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BODY, id="no-header"),
        pytest.param('msgid ""\n"a"\nmsgstr "b"\n', id="no-header-wrapped"),
        pytest.param('msgid ""\nmsgstr ""\n\n' + BODY, id="no-counts"),
        pytest.param(HEADER.format(9, 9) + BODY, id="short"),
    ],
)
def test_mend_accepts_what_is_left(text: str) -> None:
    found = parse(text.encode(), "a.po", "ja", mend=True)
    assert [(m.msgid, m.msgstr) for m in found] == [("a", "b")]
    assert check(serialise(found)).active


def test_mend_does_not_accept_broken_syntax() -> None:
    with pytest.raises(QuangbaError):
        parse(b'msgid "a\n', "a.po", "ja", mend=True)


def test_very_long_lines() -> None:
    message = Message("à" * 500_000, '\\"\n' * 200_000)
    again = check(serialise(Catalog("ja", [message])))
    assert (again.messages[0].msgid, again.messages[0].msgstr) == (message.msgid, message.msgstr)


# ----------------------------------------------------------------------------
# The disk
# ----------------------------------------------------------------------------


def test_no_file_is_no_catalog(tmp_path: Path) -> None:
    assert read_catalog(tmp_path / "none.po", "none.po", "ja") is None


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.po").mkdir()
    with pytest.raises(QuangbaError) as caught:
        read_catalog(tmp_path / "a.po", "a.po", "ja")
    assert caught.value.problem.code == "file-unreadable"
    with pytest.raises(QuangbaError) as caught:
        write_catalog(tmp_path / "a.po", full())
    assert caught.value.problem.code == "file-unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["a.po"]


def test_a_full_disk_leaves_the_old_catalog(po: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    old = po.read_bytes()
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(QuangbaError) as caught:
        write_catalog(po, Catalog("ja"))
    assert caught.value.problem.code == "file-unwritable"
    assert "No space left" in caught.value.problem.text("en")
    assert po.read_bytes() == old
    assert [path.name for path in po.parent.iterdir()] == ["a.po"]
