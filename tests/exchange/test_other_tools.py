"""Catalogs through Poedit's and Weblate's hands: gettext, translate-toolkit and polib keep all."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from catalog_site import gettext_tool
from translate.storage.pypo import pofile

from quangba.catalogs.message import Catalog, Message, Stamp, State
from quangba.catalogs.pofile import parse, serialise

LONG_NAME = "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch (người đọc thứ hai)"
LONG_REASON = "tàu hai tầng là tên gọi quen của người địa phương, không phải số đếm của tàu"


def catalog() -> Catalog:
    """Return a catalog that uses every field we store."""
    reviewed = Message("Núi Yên Tử", "Mount Yen Tu", notes=["heading 1"], references=["a.md"])
    reviewed.waive("numbers", LONG_REASON, "Chị Hoa", "2026-11-21")
    reviewed.approve(LONG_NAME, "2026-11-22", "sample")
    draft = Message("Vé", "Ticket", msgctxt="front matter: title", fuzzy=True, pivot="Ticket")
    draft.mt = Stamp.make("vi_en-1.9", "2026-11-20", None, "Vé", "Ticket")
    draft.comments = ["to editor: Lan 2026-11-22 vé gì?", "xem lại"]
    stale = Message("Đi tàu", "By boat", fuzzy=True)
    stale.change_source('Đi "tàu" từ Hạ Long')
    missing = Message("Chùa {1}", notes=["paragraph", "Giữ {1}"])
    gone = Message("Cũ", "Old", obsolete=True, comments=["giữ lại"])
    return Catalog("en", [reviewed, draft, stale, missing, gone])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "a.po"
    found.write_text(serialise(catalog()), encoding="utf-8")
    return found


def known(found: Catalog) -> list[dict[str, object]]:
    """Return everything that is known of the entries, whatever their lines."""
    return [
        {**vars(message), "line": 0, "state": message.state, "waiver": message.waiver("numbers")}
        for message in found
    ]


def msgcat(path: Path) -> None:
    subprocess.run([gettext_tool("msgcat"), "-o", path, path], check=True)


def msgattrib(path: Path) -> None:
    subprocess.run([gettext_tool("msgattrib"), "--no-wrap", "-o", path, path], check=True)


def msgmerge(path: Path) -> None:
    """Merge with a template of the same texts, as Weblate's add-on does."""
    template = path.with_suffix(".pot")
    texts = [
        Message(m.msgid, msgctxt=m.msgctxt, notes=m.notes, references=m.references)
        for m in catalog().active
    ]
    template.write_text(serialise(Catalog("en", texts)), encoding="utf-8")
    command = [gettext_tool("msgmerge"), "--previous", "--quiet", "-U", path, template]
    subprocess.run(command, check=True)


def toolkit(path: Path) -> None:
    pofile.parsefile(str(path)).savefile(str(path))


def polib_default(path: Path) -> None:
    polib.pofile(str(path)).save(str(path))


TOOLS = [msgcat, msgattrib, msgmerge, toolkit, polib_default]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.__name__)
def test_every_field_survives(path: Path, tool: Callable[[Path], None]) -> None:
    tool(path)
    found = parse(path.read_bytes(), "a.po", "en")
    expected = known(parse(serialise(catalog()).encode(), "a.po", "en"))
    # Tools put stamps of one entry in an order of their own.
    assert known(found) == expected
    again = serialise(Catalog("en", found.messages))
    assert again == serialise(catalog())


@pytest.mark.parametrize("wrap", [20, 40, 78])
def test_stamps_survive_any_wrapping(path: Path, wrap: int) -> None:
    polib.pofile(str(path), wrapwidth=wrap).save(str(path))
    reviewed = parse(path.read_bytes(), "a.po", "en").messages[0]
    assert reviewed.state is State.REVIEWED
    assert reviewed.waiver("numbers") is not None
    assert reviewed.comments == []


def test_an_edit_in_weblate_expires_only_its_own_stamps(path: Path) -> None:
    store = pofile.parsefile(str(path))
    units = {unit.source: unit for unit in store.units}
    units["Núi Yên Tử"].target = "Mt Yen Tu"
    units["Vé"].target = "A ticket"
    units["Vé"].markfuzzy(False)
    store.savefile(str(path))
    reviewed, draft, stale, *_ = parse(path.read_bytes(), "a.po", "en").messages
    assert (reviewed.state, reviewed.waiver("numbers")) == (State.TRANSLATED, None)
    assert (draft.state, draft.machine) == (State.TRANSLATED, False)
    assert draft.comments == ["to editor: Lan 2026-11-22 vé gì?", "xem lại"]
    assert stale.stale


def test_a_stamp_without_fingerprint_takes_no_comment_of_another(path: Path) -> None:
    text = "# reviewed: Hoa\n# xem lại\n# waived: numbers: a fp:0123abcd\n# hay\n"
    text += 'msgid "a"\nmsgstr "b"\n'
    message = parse(text.encode(), "a.po", "en", mend=True).messages[0]
    assert message.reviewed == Stamp("Hoa")
    assert message.comments == ["xem lại", "hay"]
