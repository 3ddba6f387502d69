"""The guides: their links, pictures, commands, keys and tables are those of the program."""

from __future__ import annotations

import importlib
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image

from quangba.cli import commands
from quangba.messages import MESSAGES
from quangba.review.checking import all_checks
from quangba.source.assets import SIDECAR_FIELDS
from quangba.source.data import load
from quangba.source.facts import wrong
from quangba.source.kinds import RECORDS, Checker
from quangba.source.occurrences import event_problems
from quangba.source.pages import Page, list_pages, parse_page
from quangba.source.profiles import make_screen

ROOT = Path(__file__).parents[1]
GUIDES = ROOT / "guides"
PAIRS = [
    ("bien-tap.md", "editors.md"),
    ("tham-dinh.md", "reviewers.md"),
    ("phu-trach.md", "person-in-charge.md"),
    ("truc-man-hinh.md", "kiosk-officers.md"),
    ("thanh-phan.md", "supply.md"),
    ("chuyen-doi.md", "moving.md"),
]
SCREENS = [GUIDES / "vi" / "truc-man-hinh.md", GUIDES / "en" / "kiosk-officers.md"]
ALL = [GUIDES / "README.md", *sorted(GUIDES.glob("*/*.md"))]
WRITTEN = [path for path in ALL if path.parent != GUIDES]

MADE = re.compile(r"<!-- made: (?P<name>[\w ]+) -->\n.*?<!-- /made -->", re.S)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
CODE = re.compile(r"`[^`]+`")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.M)

ON_DEVICE = re.compile(r"^\$ .*python -m quangba\.cli_kiosk (.+)$", re.M)
"""``$ sudo -u quangba-install /opt/quangba/bin/python -m quangba.cli_kiosk status --root …``"""

NOT_OF_THE_DESK = {"Ctrl+C"}
"""Keys of the command window."""


def script(name: str) -> ModuleType:
    """Import a module of the script that makes the guides."""
    if str(GUIDES) not in sys.path:
        sys.path.append(str(GUIDES))
    return importlib.import_module(name)


def prose(path: Path) -> str:
    """Return a guide without code and without what the script makes."""
    text = FENCE.sub("", MADE.sub("", path.read_text(encoding="utf-8")))
    return CODE.sub("", text)


def language(path: Path) -> str:
    return path.parent.name


def named(path: Path) -> str:
    return path.relative_to(GUIDES).as_posix()


# ----------------------------------------------------------------------------
# Links and pictures
# ----------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """Return what GitHub calls the headings of a guide."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    titles = [title.lower() for _, title in HEADING.findall(text)]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    for _, _, target in LINK.findall(prose(path)):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve()
        assert found.is_file(), target
        assert not anchor or anchor in anchors(found), target


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_every_picture_says_what_it_shows_in_the_language_of_its_guide(path: Path) -> None:
    for sign, text, target in LINK.findall(prose(path)):
        if sign:
            assert len(text) > 20, target
            assert target.endswith((f".{language(path)}.png", ".svg"))  # no words in drawings


def test_every_picture_is_used_and_small() -> None:
    used = {
        Path(target).name
        for path in WRITTEN
        for sign, _, target in LINK.findall(prose(path))
        if sign
    }
    pictures = {path.name: path for path in (GUIDES / "images").iterdir()}
    assert used == set(pictures)
    assert all(path.stat().st_size < 150_000 for path in pictures.values())
    assert sum(path.stat().st_size for path in pictures.values()) < 2_000_000
    for path in pictures.values():
        if path.suffix == ".png":
            with Image.open(path) as image:
                assert image.size == (1280, 800), path.name


@pytest.mark.parametrize("path", sorted((GUIDES / "images").glob("*.svg")), ids=named)
def test_drawings_are_plain_and_without_words(path: Path) -> None:
    assert path.stat().st_size < 10_000
    found = fromstring(path.read_text(encoding="utf-8"))
    shapes = {each.tag.removeprefix("{http://www.w3.org/2000/svg}") for each in found.iter()}
    assert shapes <= {"svg", "defs", "linearGradient", "stop", "g", "path", "rect", "circle"}
    assert found.get("viewBox") == "0 0 960 600"
    paints = {value for each in found.iter() for value in each.attrib.values() if "url(" in value}
    assert paints <= {f"url(#{each.get('id')})" for each in found.iter() if each.get("id")}


def test_the_index_names_every_guide() -> None:
    linked = {target for _, _, target in LINK.findall(prose(GUIDES / "README.md"))}
    assert {named(path) for path in WRITTEN} <= linked


# ----------------------------------------------------------------------------
# The two languages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1])
def test_both_languages_are_built_alike(pair: tuple[str, str]) -> None:
    vietnamese, english = (GUIDES / "vi" / pair[0], GUIDES / "en" / pair[1])
    built = []
    for path in (vietnamese, english):
        text = path.read_text(encoding="utf-8")
        body = FENCE.sub("", MADE.sub(r"\n# made \g<name>\n", text))
        shape = [
            title if title.startswith("made ") else level for level, title in HEADING.findall(body)
        ]
        pictures = [
            Path(target).name.split(".")[0] for sign, _, target in LINK.findall(prose(path)) if sign
        ]
        built.append((shape, pictures))
    assert built[0] == built[1]


def test_no_guide_is_left_alone() -> None:
    assert {(path.parent.name, path.name) for path in WRITTEN} == {
        (code, name) for pair in PAIRS for code, name in zip(("vi", "en"), pair, strict=True)
    }


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_every_guide_says_that_this_is_a_sample(path: Path) -> None:
    assert ("bản mẫu" if language(path) == "vi" else "sample edition") in prose(path)


# ----------------------------------------------------------------------------
# Commands, keys and buttons
# ----------------------------------------------------------------------------


def command_lines() -> list[tuple[str, str]]:
    """Return every command of ours that a guide names, with the guide."""
    found = set()
    for path in WRITTEN:
        text = path.read_text(encoding="utf-8")
        lines = [
            line.removeprefix("$ ")
            for _, block in FENCE.findall(text)
            for line in block.splitlines()
            if line.startswith("$ quangba ")
        ]
        lines += [f"quangba kiosk {words}" for words in ON_DEVICE.findall(text)]
        spans = [span.strip("`") for span in CODE.findall(FENCE.sub("", text))]
        lines += [span for span in spans if span.startswith("quangba ")]
        found |= {(line, named(path)) for line in lines}
    return sorted(found)


@pytest.mark.parametrize(("line", "where"), command_lines())
def test_every_command_can_be_typed(line: str, where: str) -> None:
    words = shlex.split(line)[1:]
    group: click.Command = commands
    context = click.Context(group, info_name="quangba")
    while isinstance(group, click.Group):
        name = words.pop(0)
        found = group.get_command(context, name)
        assert found is not None, name
        group, context = found, click.Context(found, info_name=name, parent=context)
    if not words:
        return  # the command itself is spoken of
    known = {option for each in group.params for option in each.opts}
    assert {word for word in words if word.startswith("-")} <= known
    required = [each for each in group.params if each.required and isinstance(each, click.Option)]
    if line.count(" ") > 3:
        assert all(set(option.opts) & set(words) for option in required), line


def test_the_guides_name_every_command_that_people_need() -> None:
    named_here = {line.split()[1] for line, _ in command_lines()}
    assert {
        "new", "sync", "check", "status", "review", "waive", "export", "import", "adopt",
        "approve", "withdraw", "report", "translate", "models",
    } <= named_here  # fmt: skip


@pytest.mark.parametrize("path", SCREENS, ids=named)
def test_the_guide_of_the_screens_names_every_command_of_the_screens(path: Path) -> None:
    lines = [line.split() for line, where in command_lines() if where == named(path)]
    kiosk = commands.get_command(click.Context(commands), "kiosk")
    assert isinstance(kiosk, click.Group)
    assert {words[2] for words in lines if words[1] == "kiosk"} == set(
        kiosk.list_commands(click.Context(kiosk))
    )


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_every_key_is_one_of_the_desk(path: Path) -> None:
    keys = re.compile("<kbd>([^<]+)</kbd>")
    known = {key for row, _ in script("guide_tables").help_rows() for key in keys.findall(row)}
    assert len(known) > 10
    named_here = set(keys.findall(path.read_text(encoding="utf-8")))
    assert named_here <= known | NOT_OF_THE_DESK


def buttons(path: Path) -> list[str]:
    """Return the words in bold: they are those of the desk."""
    return [" ".join(words.split()) for words in re.findall(r"\*\*([^*]+)\*\*", prose(path))]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1])
def test_buttons_are_called_as_on_the_desk(pair: tuple[str, str]) -> None:
    tables = script("guide_tables")
    english = buttons(GUIDES / "en" / pair[1])
    templates = "".join(
        path.read_text(encoding="utf-8") for path in tables.HELP.parent.glob("*.html")
    )
    assert [words for words in english if f"_('{words}')" not in templates] == []
    vietnamese = buttons(GUIDES / "vi" / pair[0])
    assert len(vietnamese) == len(english)
    spoken = tables.interface("vi")
    expected = [spoken.get(words, said) for words, said in zip(english, vietnamese, strict=True)]
    assert vietnamese == expected


# ----------------------------------------------------------------------------
# Examples
# ----------------------------------------------------------------------------

EDITORS = [GUIDES / "vi" / "bien-tap.md", GUIDES / "en" / "editors.md"]
CONTENT = ROOT / "content"


def examples(path: Path) -> list[str]:
    """Return the blocks of YAML that people wrote into a guide."""
    text = MADE.sub("", path.read_text(encoding="utf-8"))
    return [block for name, block in FENCE.findall(text) if name == "yaml"]


def page_of(example: str) -> Page:
    """Return a page with an example at its top."""
    return parse_page(Page("a.md", "content/a.md", ""), f'---\ntitle: "…"\n{example}---\n')


@pytest.mark.parametrize("path", EDITORS, ids=named)
def test_the_examples_of_every_kind_of_page_pass_the_check(path: Path) -> None:
    data = CONTENT / "_data"
    names = load((data / "communes.yml").read_text(encoding="utf-8"))
    checker = Checker(list_pages(CONTENT), names, more=[event_problems])
    pages = [page_of(example) for example in examples(path) if example.startswith("type: ")]
    assert {page.meta["type"] for page in pages} == {*RECORDS, "hub"}
    assert [problem.text() for page in pages for problem in checker.problems(page)] == []


@pytest.mark.parametrize("path", EDITORS, ids=named)
def test_the_other_examples_are_of_use_too(path: Path) -> None:
    rest = [load(example) for example in examples(path) if not example.startswith("type: ")]
    names, video, sidecar, fact = [], {}, {}, {}
    for found in rest:
        match found:
            case [group]:
                names = group
            case {"video": given}:
                video = given
            case {"licence": _}:
                sidecar = found
            case _:
                (fact,) = found.values()
    assert len(names) > 1
    assert {"file", "captions", "transcript"} <= set(video)
    assert set(SIDECAR_FIELDS) <= set(sidecar)
    assert wrong(fact) is None


@pytest.mark.parametrize("path", EDITORS, ids=named)
def test_every_kind_of_record_is_in_the_table_of_kinds(path: Path) -> None:
    rows = re.findall(r"^\|[^|]+\| `([\w-]+)` \|", path.read_text(encoding="utf-8"), re.M)
    assert set(RECORDS) <= set(rows)


# ----------------------------------------------------------------------------
# Screens
# ----------------------------------------------------------------------------

PACKAGES = re.compile(r"\^\(([\w|]+)\)==")
"""``awk '… /^(cffi|click|…)==/ …' requirements.lock``"""

IMPORTED = """
import quangba.cli_kiosk, quangba.cli_kiosk_device, sys
from importlib.metadata import packages_distributions
known = packages_distributions()
print(*{name for module in sys.modules for name in known.get(module.partition(".")[0], [])})
"""


@pytest.mark.parametrize("path", SCREENS, ids=named)
def test_a_device_gets_what_its_commands_import(path: Path) -> None:
    (listed,) = PACKAGES.findall(path.read_text(encoding="utf-8"))
    packages = set(listed.split("|"))
    lock = re.findall(r"^([\w-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.M)
    assert packages <= set(lock)
    command = [sys.executable, "-c", IMPORTED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wanted = set(done.stdout.split()) - {"quangba"}
    assert "cryptography" in wanted
    assert wanted <= packages


@pytest.mark.parametrize("path", SCREENS, ids=named)
def test_what_is_copied_and_started_on_a_device_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"\bkiosk/(?:etc|usr|instead)[\w./-]*", text):
        assert (ROOT / name.removesuffix(".")).exists(), name
    kiosk = ROOT / "kiosk"
    for row in re.findall(r"^\| (`/(?:etc|usr)/.+?`) \|", text, re.M):
        for name in re.findall(r"`/([^`]+)`", row):
            assert (kiosk / name).is_dir(), name
    units = {path.name for path in (kiosk / "etc/systemd/system").iterdir()}
    enabled = re.findall(r"systemctl enable (.+)", text)
    assert enabled
    assert {unit for line in enabled for unit in line.split()} <= units
    assert set(re.findall(r"`(kiosk-[\w@-]+\.(?:service|socket|path))`", text)) <= units


@pytest.mark.parametrize("path", SCREENS, ids=named)
def test_the_measures_that_a_technician_writes_make_a_profile(path: Path) -> None:
    (example,) = examples(path)
    made = make_screen(load(example)["screen"])
    assert made.portrait
    assert made.touch


def test_every_message_about_a_stick_is_explained() -> None:
    words = script("guide_stick")
    assert words.ACTIONS.keys() <= MESSAGES.keys()
    templates = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "overrides/kiosk").rglob("*.html")
    )
    assert [text for text in words.SCREEN if f"_('{text}'" not in templates] == []


# ----------------------------------------------------------------------------
# What the script makes
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_tables_are_up_to_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if language(path) == "vi" and "Review desk" not in script("guide_tables").interface("vi"):
        pytest.skip("ui.po does not speak of the desk yet")
    assert script("make").with_tables(text, language(path)) == text, "run guides/make.py --tables"


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_nothing_between_markers_is_empty_or_unknown(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("<!-- made:") == text.count("<!-- /made -->") == len(MADE.findall(text))
    tables = script("guide_tables").TABLES
    for match in MADE.finditer(text):
        body = match[0].splitlines()[1:-1]
        assert len(body) > 2, match["name"]
        assert match["name"] in tables or body[0] == "```console"


def test_every_check_is_explained() -> None:
    for code in ("vi/tham-dinh.md", "en/reviewers.md"):
        text = (GUIDES / code).read_text(encoding="utf-8")
        assert [name for name in all_checks() if f"| `{name}` |" not in text] == []


def test_every_message_that_people_meet_is_in_a_guide() -> None:
    tables = script("guide_tables")
    told = {code for group in tables.GROUPS for code in tables.codes(group)}
    told |= script("guide_stick").ACTIONS.keys()
    elsewhere = ("check-", "desk-", "models-", "draft-", "glossary-", "tbx-")
    assert [c for c in MESSAGES if c not in told and not c.startswith(elsewhere)] == []


def test_values_in_messages_become_dots_and_signs_stay_signs() -> None:
    plain = script("guide_tables").plain
    assert plain("xem {what}: ![mô tả](a) `quangba *`") == "xem …: !\\[mô tả\\](a) `quangba *`"
    assert plain("`captions: {{{language}: …}}`") == "`captions: {…: …}`"
