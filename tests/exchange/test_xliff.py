"""XLIFF out and in, through translate-toolkit as another program reads and writes it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from catalog_site import Site
from exchange_site import (
    DRAFT,
    MISSING,
    PAGE,
    REVIEWED,
    STALE,
    STATES,
    codes,
    collect,
    entry,
    take,
)
from translate.storage.xliff import xlifffile

from quangba.catalogs.message import State
from quangba.catalogs.workspace import UI
from quangba.errors import QuangbaError
from quangba.exchange.rows import Collector
from quangba.exchange.xliff import NAMESPACE, read_xliff, write_xliff

Element = ElementTree.Element


def document(site: Site, code: str = "en") -> bytes:
    return write_xliff(collect(site, code), site.language(code), site.language("vi"))


def q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def test_the_interface_is_translated_from_english(site: Site) -> None:
    workspace = site.workspace()
    japanese = site.language("ja", workspace)
    sheets = Collector(workspace, japanese).sheets([UI, PAGE], STATES)
    root = ElementTree.fromstring(write_xliff(sheets, japanese, site.language("vi", workspace)))
    assert [file.get("source-language") for file in root] == ["en", "vi"]


def unit(root: Element, source: str) -> Element:
    for found in root.iter(q("trans-unit")):
        if "".join(found.find(q("source")).itertext()).startswith(source):  # type: ignore[union-attr]
            return found
    raise AssertionError(source)


def edited(site: Site, source: str, target: str, **attributes: str) -> bytes:
    """Return the document with another target and other attributes of a unit."""
    root = ElementTree.fromstring(document(site))
    found = unit(root, source)
    old = found.find(q("target"))
    assert old is not None
    new = ElementTree.fromstring(f'<target xmlns="{NAMESPACE}">{target}</target>')
    new.set("state", attributes.pop("state", old.get("state", "")))
    found.insert(list(found).index(old), new)
    found.remove(old)
    found.attrib.update(attributes)
    return ElementTree.tostring(root, "utf-8")


PORT = 'At the <g id="1">port</g>, <g id="2">cheap</g> tickets.'


def test_the_document_is_xliff_1_2(site: Site) -> None:
    root = ElementTree.fromstring(document(site))
    assert (root.tag, root.get("version")) == (q("xliff"), "1.2")
    (file,) = root
    assert file.attrib == {
        "original": PAGE,
        "source-language": "vi",
        "target-language": "en",
        "datatype": "x-markdown",
        "tool-id": "quangba",
    }
    assert [element.tag for element in file] == [q("header"), q("body")]
    for found in root.iter(q("trans-unit")):
        names = [element.tag.rpartition("}")[2] for element in found]
        # The order that the schema asks for.
        assert names[:2] == ["source", "target"]
        assert set(names[2:]) <= {"context-group", "alt-trans", "note"}
    assert document(site) == document(site)


def test_states_placeholders_and_alternatives(site: Site) -> None:
    root = ElementTree.fromstring(document(site))
    states = {
        source: (found.get("approved"), found.find(q("target")).get("state"))  # type: ignore[union-attr]
        for source in ("Núi", "Vé", "Có", "Đi", "Lễ")
        for found in [unit(root, source)]
    }
    assert states == {
        "Núi": ("yes", "final"),
        "Vé": ("no", "needs-review-translation"),
        "Có": ("no", "needs-translation"),
        "Đi": ("no", "needs-review-translation"),
        "Lễ": ("no", "translated"),
    }
    link, bold = unit(root, "Vé").iterfind(f"{q('source')}/{q('g')}")
    assert (link.get("id"), link.get("ctype"), link.text) == ("1", "link", "cảng")
    assert (bold.get("id"), bold.get("ctype")) == ("2", "bold")
    pivot = unit(root, "Vé").find(q("alt-trans"))
    assert pivot is not None
    assert pivot.get("alttranstype") == "reference"
    before = unit(root, "Đi").find(f"{q('alt-trans')}[@alttranstype='previous-version']")
    assert before is not None
    assert before.findtext(q("source")) == "Đi tàu từ Hạ Long."


def test_an_untouched_document_changes_nothing(site: Site) -> None:
    result = take(site, read_xliff(document(site), "a.xlf"))
    assert (result.same, result.refusals, result.written) == (5, [], [])


def test_another_program_edits_targets(site: Site) -> None:
    store = xlifffile.parsestring(document(site))
    units = {each.source: each for each in store.units}
    units[MISSING].target = "There are 12 pagodas."
    units[STALE].target = "Two hours by boat from Ha Long."
    units[STALE].xmlelement.find(q("target")).set("state", "signed-off")
    units[MISSING].addnote("Chùa nào?", origin="translator")
    result = take(site, read_xliff(bytes(store), "a.xlf"), name="Lan", stamps=True)
    assert (result.changed, result.stamped, result.comments, codes(result)) == (2, 1, 1, [])
    assert entry(site, MISSING).msgstr == "There are 12 pagodas."
    assert entry(site, STALE).state is State.REVIEWED
    again = take(site, read_xliff(bytes(store), "a.xlf"), name="Lan", stamps=True)
    assert (again.changed, again.stamped, again.comments, again.refusals) == (0, 0, 0, [])


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(PORT, id="g"),
        pytest.param(
            'At the <bpt id="1">[</bpt>port<ept id="1">]</ept>, '
            '<bx id="2"/>cheap<ex rid="2" id="9"/> tickets.',
            id="other-elements",
        ),
        pytest.param(
            f'<mrk mtype="seg">{PORT.partition(",")[0]}</mrk>{PORT.partition("port</g>")[2]}',
            id="segmented",
        ),
    ],
)
def test_inline_elements_are_markup_again(site: Site, target: str) -> None:
    result = take(site, read_xliff(edited(site, "Vé", target), "a.xlf"))
    assert (result.changed, codes(result)) == (1, [])
    assert entry(site, DRAFT).msgstr == "At the [port](../index.md), **cheap** tickets."


@pytest.mark.parametrize(
    ("target", "code"),
    [
        pytest.param("At the port.", "import-tag-missing", id="lost"),
        pytest.param(f'{PORT} <x id="7"/>', "import-tag-unknown", id="unknown"),
        pytest.param('<bx id="1"/>At the port.', "import-tag-torn", id="torn"),
        pytest.param("", "import-empty", id="emptied"),
        pytest.param("<g id='1'>" * 300 + "a" + "</g>" * 300, "import-tag-torn", id="deep"),
    ],
)
def test_what_lost_its_placeholders_is_refused(site: Site, target: str, code: str) -> None:
    assert codes(take(site, read_xliff(edited(site, "Vé", target), "a.xlf"))) == [code]
    assert entry(site, DRAFT).state is State.DRAFT


def test_a_state_set_to_translated_accepts_a_draft(site: Site) -> None:
    shown = 'Tickets at the <g id="1">port</g>, <g id="2">cheap</g>.'
    result = take(site, read_xliff(edited(site, "Vé", shown, state="translated"), "a.xlf"))
    assert result.accepted == 1
    assert entry(site, DRAFT).state is State.TRANSLATED


def test_an_approval_that_went_out_is_no_new_one(site: Site) -> None:
    data = edited(site, "Núi", "Mt Yen Tu")
    result = take(site, read_xliff(data, "a.xlf"), name="Lan", stamps=True)
    assert (result.changed, result.stamped) == (1, 0)
    assert entry(site, REVIEWED).state is State.TRANSLATED


def test_missing_and_extra_units(site: Site) -> None:
    root = ElementTree.fromstring(document(site))
    body = root.find(f".//{q('body')}")
    assert body is not None
    body.remove(unit(root, "Có"))
    extra = ElementTree.SubElement(body, q("trans-unit"), {"id": "mine"})
    ElementTree.SubElement(extra, q("source")).text = "Thêm"
    body.remove(unit(root, "Lễ"))
    returned = read_xliff(ElementTree.tostring(root, "utf-8"), "a.xlf")
    assert [problem.code for problem in returned.problems] == ["import-missing"]
    result = take(site, returned)
    assert (result.same, codes(result)) == (3, ["import-unknown"])
    assert "“Thêm”" in result.refusals[0].problem.file


def test_another_language_is_refused(site: Site) -> None:
    data = document(site).replace(b'target-language="en"', b'target-language="fr-FR"')
    assert set(codes(take(site, read_xliff(data, "a.xlf")))) == {"import-foreign"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"<xliff", "import-broken", id="malformed"),
        pytest.param(b"<html/>", "import-kind", id="html"),
        pytest.param(
            b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"/>',
            "import-xliff-version",
            id="xliff-2",
        ),
        pytest.param(b'<xliff version="1.2"/>', "import-sheetless", id="empty"),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a "b">]><xliff version="1.2">&a;</xliff>',
            "import-hostile",
            id="entity",
        ),
        pytest.param(b'<?xml version="1.0" encoding="x"?><a/>', "import-broken", id="encoding"),
    ],
)
def test_documents_that_cannot_be_used(data: bytes, code: str) -> None:
    with pytest.raises(QuangbaError) as caught:
        read_xliff(data, "a.xlf")
    assert caught.value.problem.code == code
