from __future__ import annotations

import errno
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from quangba.site import social
from quangba.site.context import SiteContext
from quangba.site.outputs import Output, Rendered
from quangba.site.publishing import Publisher
from quangba.site.social import card_address, card_of, label_of, write_cards
from support import make_site, open_workspace

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90">'
    '<rect width="160" height="90" fill="{}"/></svg>'
)

GLOSSARY = (
    "vi,en,zh,ja,ko,fr,kind,rule,case,french,note\n"
    "vịnh Hạ Long,Ha Long Bay,下龙湾,ハロン湾,하롱베이,baie d’Ha Long,place,required,x,,\n"
)


def rendered(name: str, kind: str, title: str, **meta: Any) -> Rendered:
    return Rendered(name, name, kind, title, "", meta, "")


@pytest.fixture
def outputs(tmp_path: Path) -> dict[str, Output]:
    config = make_site(
        tmp_path,
        {
            "content/index.md": "---\ntitle: Chào\nimage: images/home.svg\n---\n",
            "content/visit/index.md": "---\ntitle: Tham quan\nimage: images/visit.svg\n---\n",
            "content/visit/a.md": "---\ntitle: A\n---\n",
            "content/images/home.svg": SVG.format("#aa0000"),
            "content/images/visit.svg": SVG.format("#00aa00"),
            "locales/glossary.csv": GLOSSARY,
        },
        languages=("vi", "en", "zh"),
        quangba={"sample": True},
    )
    workspace = open_workspace(config)
    publisher = Publisher(workspace)
    found = {}
    for language in workspace.settings.languages:
        texts = workspace.interface(language)
        context = SiteContext(workspace, publisher, language, texts, {})
        found[language.code] = Output(context, tmp_path / "site")
    return found


def test_every_page_has_a_card(outputs: dict[str, Output], tmp_path: Path) -> None:
    for output in outputs.values():
        output.pages = [
            rendered("index.md", "home", "Chào"),
            rendered("visit/a.md", "place", "Vịnh"),
        ]
        assert write_cards(output) == []
    cards = sorted(
        p.relative_to(tmp_path / "site").as_posix() for p in tmp_path.rglob("site/**/*.jpg")
    )
    pages = ["cards/index.jpg", "cards/visit/a.jpg"]
    assert cards == sorted([*pages, *(f"{code}/{p}" for code in ("en", "zh") for p in pages)])


@pytest.mark.parametrize("linked", [True, False])
def test_a_card_is_a_second_name_of_the_one_that_is_kept_where_that_can_be(
    outputs: dict[str, Output], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    def other_disk(old: object, new: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    if not linked:
        monkeypatch.setattr(os, "link", other_disk)
    output = outputs["vi"]
    output.pages = [rendered("index.md", "home", "Chào")]
    for _ in range(2):
        assert write_cards(output) == []
        card, (kept,) = output.path("cards/index.jpg"), (tmp_path / ".cache").rglob("cards/*.jpg")
        assert card.samefile(kept) == linked
        assert card.read_bytes() == kept.read_bytes()
        card.unlink()


def test_the_address_is_that_of_the_file(outputs: dict[str, Output]) -> None:
    addresses = [card_address(outputs[code].context, "visit/a.md") for code in ("vi", "zh")]
    assert addresses == [
        "https://example.test/cards/visit/a.jpg",
        "https://example.test/zh/cards/visit/a.jpg",
    ]


def test_a_missing_glyph_is_an_error_of_its_page(outputs: dict[str, Output]) -> None:
    output = outputs["zh"]
    output.pages = [
        rendered("index.md", "home", "下龙湾"),
        rendered("visit/a.md", "place", "下龙🙂湾ᚠ"),
    ]
    problems = write_cards(output)
    assert [problem.text("en").partition(": no font")[0] for problem in problems] == [
        "content/visit/a.md: the social card of this page in the language zh"
    ] * 2
    assert "“🙂” (U+1F642)" in problems[0].text("vi")
    assert output.path("cards/index.jpg").is_file()
    assert not output.path("cards/visit/a.jpg").exists()


@pytest.mark.parametrize(
    ("name", "meta", "colour"),
    [
        ("visit/a.md", {"image": "images/home.svg"}, (170, 0, 0)),
        ("visit/a.md", {}, (0, 170, 0)),
        ("visit/a.md", {"image": "images/none.svg"}, (0, 170, 0)),
        ("visit/a.md", {"image": "../secret.svg"}, (0, 170, 0)),
        ("news/b.md", {}, (170, 0, 0)),
    ],
)
def test_the_picture_of_the_page_else_of_its_section(
    outputs: dict[str, Output],
    tmp_path: Path,
    name: str,
    meta: dict[str, str],
    colour: tuple[int, ...],
) -> None:
    (tmp_path / "secret.svg").write_text(SVG.format("#0000aa"))
    output = outputs["en"]
    output.pages = [rendered(name, "place", "A", **meta)]
    assert write_cards(output) == []
    data = output.path(social.card_path(name)).read_bytes()
    pixel = Image.open(BytesIO(data)).getpixel((1000, 300))
    assert all(abs(a - b) < 6 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    ("name", "kind", "label"),
    [
        ("index.md", "home", ""),
        ("visit/index.md", "hub", ""),
        ("visit/food.md", "article", "Tham quan"),
        ("visit/itineraries/index.md", "hub", "Tham quan"),
        ("visit/a.md", "place", "Place to visit"),
        ("press/index.md", "hub", ""),
    ],
)
def test_label(outputs: dict[str, Output], name: str, kind: str, label: str) -> None:
    assert label_of(outputs["vi"].context, rendered(name, kind, "A")) == label


def test_sample_mode_is_said(outputs: dict[str, Output]) -> None:
    context = outputs["en"].context
    page = rendered("index.md", "home", "A")
    assert card_of(context, page).note == social.SAMPLE
    context.workspace.settings.options["sample"] = False
    assert card_of(context, page).note == ""


def test_the_sample_line_is_that_of_the_pages() -> None:
    templates = Path(__file__).parents[2] / "overrides" / "portal"
    assert any(social.SAMPLE in path.read_text("utf-8") for path in templates.rglob("*.html"))


def test_names_of_the_glossary_are_kept_together(outputs: dict[str, Output]) -> None:
    assert social.names_in(outputs["zh"].context) == ("下龙湾",)
    assert "vịnh Hạ Long" in social.names_in(outputs["vi"].context)
