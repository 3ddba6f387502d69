from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from photos import Maker, bomb
from PIL import Image, ImageChops

from quangba.media import faces
from quangba.media import lettering as module
from quangba.media.cards import Card, Cards
from quangba.media.lettering import HEIGHT, LARGEST, PANEL, TEXT, WIDTH, Letterer, title_lines
from quangba.media.typeset import em_width

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900">'
    '<rect width="1600" height="900" fill="#a9cdc5"/>'
    '<circle cx="900" cy="450" r="200" fill="#f0785e"/></svg>'
)

TITLES = {
    "vi": "Vịnh Hạ Long: Ặ, Ễ, Ộ và một tiêu đề dài để xuống dòng",
    "en": "Crossing at Mong Cai: papers, opening hours and how to continue",
    "zh": "下龙湾：世界自然遗产（2025年）",
    "ja": "世界自然遺産ハロン湾をめぐる一日のクルーズ",
    "ko": "몽까이 국경을 건너려면: 서류, 운영 시간",
    "fr": "Que faire « au large » ? Les îles de Bai Tu Long",
}


@pytest.fixture
def art(tmp_path: Path) -> Path:
    path = tmp_path / "a.svg"
    path.write_text(DRAWING, encoding="utf-8")
    return path


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    return Cards(tmp_path / "cache")


def card(language: str, art: Path | None = None, **more: str) -> Card:
    texts = {"title": TITLES[language], "label": "", "site": "Quảng Ninh", **more}
    return Card(language, **texts, art=art)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("language", TITLES)
def test_a_card_in_every_language(cards: Cards, art: Path, language: str) -> None:
    found = card(language, art)
    assert found.missing() == []
    data = cards.make(found).data
    image = opened(data)
    assert image.size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(data) <= LARGEST
    # The picture shows on the right, letters on the left, and none reach across.
    assert max(image.getpixel((900, 300))) > 150
    for x in range(PANEL - 40, PANEL - 2):
        assert abs(image.getpixel((x, 500))[0] - 0x0C) < 12


@pytest.mark.parametrize("language", TITLES)
def test_lines_fit(language: str) -> None:
    lines, size = title_lines(TITLES[language], language, ())
    assert 1 <= len(lines) <= 5
    assert all(em_width(line, language) * size <= TEXT for line in lines)


def test_same_bytes_again(cards: Cards, tmp_path: Path, art: Path) -> None:
    other = Cards(tmp_path / "other")
    assert cards.make(card("vi", art)).data == other.make(card("vi", art)).data


def test_the_cache_saves_drawing(
    cards: Cards, art: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = cards.make(card("vi", art)).data
    again = Cards(tmp_path / "cache")
    monkeypatch.setattr(Letterer, "draw", lambda *_: pytest.fail("drawn again"))
    assert again.make(card("vi", art)).data == data


@pytest.mark.parametrize("change", ["title", "label", "note", "site", "art", "language"])
def test_every_change_makes_another_card(cards: Cards, art: Path, change: str) -> None:
    before = cards.key(card("vi", art))
    if change == "art":
        other = art.with_name("b.svg")
        other.write_text(DRAWING.replace("f0785e", "000000"), encoding="utf-8")
        assert cards.key(card("vi", other)) != before
    elif change == "language":
        assert cards.key(Card("en", TITLES["vi"], "", "Quảng Ninh", "", art)) != before
    else:
        assert cards.key(card("vi", art, **{change: "khác"})) != before


@pytest.mark.parametrize("change", ["cut off", "changed"])
def test_a_card_in_the_cache_that_is_not_as_it_was_written_is_drawn_again(
    cards: Cards, art: Path, tmp_path: Path, change: str
) -> None:
    made = cards.make(card("vi", art))
    assert made.kept is not None
    # Whoever shrinks the pictures of a published site writes into the cache as well.
    published = tmp_path / "card.jpg"
    published.hardlink_to(made.kept)
    other = made.data[:1000] if change == "cut off" else b"\xff\xd8 other \xff\xd9"
    published.write_bytes(other)
    again = Cards(cards.cache)
    assert again.find(card("vi", art)) is None
    assert again.make(card("vi", art)) == made
    assert made.kept.read_bytes() == made.data, "the cache is whole again"
    assert published.read_bytes() == other, "nobody wrote into the site"


def test_a_closed_cache_costs_no_card(cards: Cards, art: Path) -> None:
    cards.cache.write_bytes(b"a file where a folder belongs")
    made = cards.make(card("vi", art))
    assert made.kept is None
    assert opened(made.data).size == (WIDTH, HEIGHT)


def test_a_photograph_as_art(cards: Cards, photo: Maker) -> None:
    image = opened(cards.make(card("en", photo())).data)
    plain = opened(cards.make(card("en")).data)
    assert ImageChops.difference(image, plain).getbbox()


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg", bomb(20_000, 20_000), DRAWING.replace("<circle", "<script/><circle").encode()],
)
@pytest.mark.parametrize("name", ["b.svg", "b.png"])
def test_art_that_cannot_be_used_is_left_out(
    cards: Cards, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    assert cards.make(card("en", tmp_path / name)).data == cards.make(card("en")).data


def test_missing_characters_are_named() -> None:
    found = card("ja", title="絵文字🙂とᚠ", note="ກ")
    assert found.missing() == ["🙂", "ᚠ", "ກ"]


def test_a_heavy_card_is_made_lighter(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = Image.effect_noise((WIDTH, HEIGHT), 20).convert("RGB")
    monkeypatch.setattr(module, "LARGEST", 10_000_000)
    monkeypatch.setattr(module, "LARGEST", len(module.jpeg(noise)) * 2 // 3)
    assert len(module.jpeg(noise)) <= module.LARGEST


def test_letters_without_raqm(
    cards: Cards, tmp_path: Path, art: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lays letters out well is not on every computer; cards are made without it too."""
    basic = faces.ImageFont.Layout.BASIC
    truetype = faces.ImageFont.truetype
    monkeypatch.setattr(
        faces.ImageFont, "truetype", lambda f, s: truetype(f, s, layout_engine=basic)
    )
    faces.load.cache_clear()
    try:
        assert opened(Cards(tmp_path / "basic").make(card("ja", art)).data).size == (WIDTH, HEIGHT)
    finally:
        faces.load.cache_clear()


def test_fonts_of_another_freetype(monkeypatch: pytest.MonkeyPatch) -> None:
    data = faces.converted(faces.LATIN.path)
    assert data[:4] == b"\x00\x01\x00\x00"
