"""Agreement: French articles and elisions, Korean particles, English articles, CJK blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.catalogs.agreement import AGREEMENTS, final_sound, place

SLOT = "\ue200"


def put(text: str, form: str, language: str, french: str = "") -> str:
    return place(text.replace("▢", SLOT), SLOT, form, language, french)


@pytest.mark.parametrize(
    ("text", "form", "french", "expected"),
    [
        pytest.param("la ▢", "Ha Long", "", "Ha Long", id="name-has-no-article"),
        pytest.param("de la ▢", "Móng Cái", "", "de Móng Cái", id="de-la-name"),
        pytest.param("du ▢", "Ha Long", "", "d’Ha Long", id="du-name-with-h"),
        pytest.param("à l'▢", "Ha Long", "", "à Ha Long", id="a-l-name"),
        pytest.param("d’▢", "Hai Phong", "", "de Hai Phong", id="d-before-consonant"),
        pytest.param("d' ▢", "Uông Bi", "", "d’Uông Bi", id="straight-apostrophe"),
        pytest.param("de ▢", "Yên Tu", "", "de Yên Tu", id="y-does-not-elide"),
        pytest.param("le ▢", "baie d’Ha Long", "f", "la baie d’Ha Long", id="gender"),
        pytest.param("La ▢", "port Ao Tiên", "m", "Le port Ao Tiên", id="capital"),
        pytest.param("Le ▢", "aéroport", "m", "L’aéroport", id="elided-capital"),
        pytest.param("de la ▢", "port Ao Tiên", "m", "du port Ao Tiên", id="du"),
        pytest.param("du ▢", "île Ti Top", "f", "de l’île Ti Top", id="de-l"),
        pytest.param("de ▢", "baie d’Ha Long", "f", "de la baie d’Ha Long", id="named-place"),
        pytest.param("dans ▢", "baie d’Ha Long", "f", "dans la baie d’Ha Long", id="in-a-place"),
        pytest.param("sans ▢", "visa électronique", "m", "sans visa électronique", id="no-article"),
        pytest.param("pas de ▢", "visa d’affaires", "m", "pas de visa d’affaires", id="no-visa"),
        pytest.param("projets de ▢", "IDE", "mp", "projets d’IDE", id="abbreviation"),
        pytest.param("à la ▢", "zones économiques", "fp", "aux zones économiques", id="aux"),
        pytest.param("de la ▢", "îlots du Coq", "mp", "des îlots du Coq", id="des"),
        pytest.param("jusqu’à la ▢", "mont Bài Tho", "m", "jusqu’au mont Bài Tho", id="jusqu-a"),
        pytest.param("que ▢", "Ha Long", "", "qu’Ha Long", id="qu"),
        pytest.param("lorsqu’▢", "Mong Cai", "", "lorsque Mong Cai", id="lorsque"),
        pytest.param("ce ▢", "aéroport", "m", "cet aéroport", id="cet"),
        pytest.param("ce ▢", "grotte", "f", "cette grotte", id="cette"),
        pytest.param("un ▢", "grotte", "f", "une grotte", id="une"),
        pytest.param("sa ▢", "école zen Truc Lâm", "f", "son école zen Truc Lâm", id="son"),
        pytest.param("sa ▢", "temple", "m", "son temple", id="his-temple"),
        pytest.param("la **▢**", "Ha Long", "", "**Ha Long**", id="bold"),
        pytest.param("de la \ue101▢\ue102", "Ha Long", "", "d’\ue101Ha Long\ue102", id="marks"),
        pytest.param("le « ▢ »", "grotte", "f", "la « grotte »", id="quotation-marks"),
        pytest.param("l’▢", "hameau", "m", "le hameau", id="aspirated-h"),
        pytest.param("le ▢", "hôtel", "m", "l’hôtel", id="mute-h"),
        pytest.param("cela ▢", "Ha Long", "", "cela Ha Long", id="end-of-a-word"),
        pytest.param("▢ et la ▢", "Ha Long", "", "Ha Long et Ha Long", id="twice"),
        pytest.param("Venir à ▢ !", "Ha Long", "", "Venir à Ha Long !", id="nothing-to-do"),
    ],
)
def test_french(text: str, form: str, french: str, expected: str) -> None:
    assert put(text, form, "fr", french) == expected


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        pytest.param("▢은", "하롱베이", "하롱베이는", id="topic-vowel"),
        pytest.param("▢는", "꽝닌", "꽝닌은", id="topic-consonant"),
        pytest.param("▢가 ▢를", "꽝닌", "꽝닌이 꽝닌을", id="subject-object"),
        pytest.param("▢과 ▢과의", "하롱베이", "하롱베이와 하롱베이와의", id="with"),
        pytest.param("▢로 ▢로부터", "꽝닌", "꽝닌으로 꽝닌으로부터", id="toward"),
        pytest.param("▢으로", "호텔", "호텔로", id="toward-after-l"),
        pytest.param("▢은", "호텔", "호텔은", id="topic-after-l"),
        pytest.param("▢이라는 ▢이나", "하롱베이", "하롱베이라는 하롱베이나", id="called-or"),
        pytest.param("▢아", "하롱베이", "하롱베이야", id="calling"),
        pytest.param("▢은", "재팬데스크(꽝닌)", "재팬데스크(꽝닌)는", id="brackets"),
        pytest.param("▢은 ▢를", "FDI", "FDI는 FDI를", id="letters"),
        pytest.param("▢는", "PAR", "PAR은", id="letter-r"),
        pytest.param("▢는", "Sun World Ha Long", "Sun World Ha Long은", id="latin-name"),
        pytest.param("▢으로", "경찰 117", "경찰 117로", id="digit-7"),
        pytest.param("▢는", "경찰 113", "경찰 113은", id="digit-3"),
        pytest.param("**▢**는", "꽝닌", "**꽝닌**은", id="bold"),
        pytest.param("\ue101▢\ue102는", "꽝닌", "\ue101꽝닌\ue102은", id="marks"),
        pytest.param("▢ 는 크다", "꽝닌", "꽝닌은 크다", id="stray-blank"),
        pytest.param("▢에서 ▢의 ▢도", "꽝닌", "꽝닌에서 꽝닌의 꽝닌도", id="unchanging"),
        pytest.param("▢은행 ▢가구", "하롱베이", "하롱베이은행 하롱베이가구", id="other-words"),
        pytest.param("▢는", "下龙", "下龙는", id="unknown-sound"),
    ],
)
def test_korean(text: str, form: str, expected: str) -> None:
    assert put(text, form, "ko") == expected


@pytest.mark.parametrize(
    ("form", "final"),
    [("", None), ("()", None), ("꽝닌", "ㄴ"), ("A1", "ㄹ"), ("(꽝닌)", "ㄴ"), ("Hạ Long", "ㄴ")],
)
def test_last_sounds(form: str, final: str | None) -> None:
    assert final_sound(form) == final


@pytest.mark.parametrize(
    ("text", "form", "language", "expected"),
    [
        pytest.param("a ▢", "e-visa", "en", "an e-visa", id="an"),
        pytest.param("An ▢", "UNESCO site", "en", "A UNESCO site", id="like-you"),
        pytest.param("a ▢", "FDI project", "en", "an FDI project", id="spelled"),
        pytest.param("an “▢”", "ward", "en", "a “ward”", id="quotation-marks"),
        pytest.param("Visa ▢", "area", "en", "Visa area", id="end-of-a-word"),
        pytest.param("去 ▢ 玩", "下龙湾", "zh", "去下龙湾玩", id="chinese"),
        pytest.param("在 ▢ 玩", "Sun World", "zh", "在Sun World玩", id="latin-in-chinese"),
        pytest.param("见 QN ▢ A", "Sun World", "zh", "见 QN Sun World A", id="latin-words"),
        pytest.param("「 ▢ 」 の", "ハロン湾", "ja", "「ハロン湾」 の", id="japanese"),
        pytest.param("Đến ▢ chơi", "Hạ Long", "vi", "Đến Hạ Long chơi", id="vietnamese"),
        pytest.param("in der ▢", "Ha-Long-Bucht", "de", "in der Ha-Long-Bucht", id="german"),
    ],
)
def test_others(text: str, form: str, language: str, expected: str) -> None:
    assert put(text, form, language) == expected


@given(
    st.text("la d’'▢ \ue100은는로으이 an*", max_size=30),
    st.sampled_from(["Ha Long", "îles", "하롱베이", "下龙", "113", "(x)"]),
    st.sampled_from(sorted(AGREEMENTS)),
    st.sampled_from(["", "m", "f", "mp", "fp"]),
)
def test_every_slot_is_filled_and_marks_stay(
    text: str, form: str, language: str, french: str
) -> None:
    found = put(text, form, language, french)
    assert SLOT not in found
    assert found.count(form) >= text.count("▢")
    assert found.count("\ue100") == text.count("\ue100")
