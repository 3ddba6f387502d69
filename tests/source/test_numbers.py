from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.source.numbers import difference, localise, render
from quangba.source.quantities import quantities

LANGUAGES = ("vi", "en", "zh", "ja", "ko", "fr", "de", "lo", "dao", "x_1-?")

PIECES = [
    *"0123456789.,/:-– %\u00a0\u202f年月日万亿億조억만천百十三１½{}`",
    "tháng ",
    "năm ",
    "ngày ",
]
PIECES += [" triệu", " tỷ", " million", " milliard", "May ", "II", "thứ ", "百分之", "September "]
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=40).map("".join)

EQUAL = [
    ("1.500.000 đồng", "en 1,500,000 VND|zh 150万越南盾|ko 150만 동|fr 1 500 000 VND|ja 150万ドン"),
    ("12 tỷ đồng", "en 12 billion VND|zh 120亿越南盾|ko 120억 동|fr 12 milliards|ja 120億ドン"),
    ("5 nghìn tỷ", "en 5 trillion|en 5,000 billion|zh 5万亿|fr 5 000 milliards|ko 5조|ja 5兆"),
    ("Lễ 2/9/2025", "en 2 September 2025|zh 2025年9月2日|ko 2025년 9월 2일|fr 2 septembre 2025"),
    ("ngày 2/9", "en September 2|zh 9月2日|fr 2 septembre|ko 9월 2일|ja 9月2日"),
    ("thế kỷ XIX", "en 19th century|zh 19世纪|zh 十九世纪|fr XIXe siècle|ko 19세기|ja 19世紀"),
    ("cầu Bắc Luân II", "en Bac Luan II bridge|en Bridge No. 2|zh 北仑二桥|zh 北仑第二桥|ko 2교"),
    ("12,5%", "en 12.5%|en 12.5 per cent|zh 12.5％|zh 百分之12.5|fr 12,5 %|ko 12.5퍼센트"),
    ("5-7 km", "en 5–7 km|zh 5～7公里|ko 5~7km|fr 5 à 7 km"),
    ("từ 2 đến 2,5 triệu", "en 2–2.5 million|zh 200万至250万|ko 200만~250만|fr 2 à 2,5 millions"),
    ("rộng 10 km2", "en 10 km²|zh 10平方公里|fr 10 km²"),
    ("10 tháng Sáu âm lịch", "en the 10th day of the sixth lunar month|zh 六月初十"),
    ("mùng 4 tháng Tư", "en the 4th day of the fourth month|zh 四月初四"),
    ("Ngày 18 là chính hội", "zh 十八为正日|en The 18th is the main day"),
    ("thứ 2 đến thứ 6", "en Monday to Friday|fr lundi à vendredi|zh 星期一至星期五"),
    ("17h30", "en 5.30 pm|zh 下午5点半|ko 오후 5시 30분|fr 17 h 30"),
    ("Nghị định 76/2020/NĐ-CP", "en Decree 76/2020/ND-CP|zh 第76/2020/NĐ-CP号议定"),
    ("ĐT: 0203.3825.555", "en Tel. +84 203 3825 555|zh 电话02033825555"),
    ("Web 2.0", "fr Web 2.0"),
    ("-5 độ", "en −5 degrees|zh 零下5度"),
    ("QL18 dài 300 km", "en National Highway 18 is 300 km long"),
]


@pytest.mark.parametrize(
    ("source", "language", "target"),
    [(source, *target.split(" ", 1)) for source, targets in EQUAL for target in targets.split("|")],
)
def test_equal_numbers_make_no_difference(source: str, language: str, target: str) -> None:
    assert difference(source, "vi", target, language) is None
    assert difference(target, language, source, "vi") is None


@pytest.mark.parametrize(
    ("source", "target", "language", "expected"),
    [
        ("12 tỷ", "12 million", "en", "−12000000000"),
        ("12 tỷ", "12 billions", "fr", "−12000000000"),
        ("1.500 người", "1.500 people", "en", "−1500"),
        ("1.500.000 đồng", "1.500.000 VND", "en", "−1500000"),
        ("9,75", "9,75", "zh", "−9.75"),
        ("1.500.000", "", "en", "−1500000"),
        ("một phòng", "4 rooms", "en", "+4"),
        ("2 ngày", "two days", "en", "−2"),
        ("2 ngày", "两天", "zh", "−2"),
        ("5 và 5", "5", "en", "−5"),
        ("2/9/2025", "9 February 2025", "en", "−9"),
        ("2/9 và ngày 3/10/2025", "2/9 and 10 March 2025", "en", "−10"),
        ("2/9/2025 và 3/10/2025", "3/9/2025 and 2/10/2025", "en", "−2025-9-2"),
        ("15% số khách", "15 guests", "en", "−15%"),
        ("15 khách", "15% of guests", "en", "+15%"),
        ("tháng Chín", "October", "en", "−9"),
        ("31/2021/NĐ-CP", "31/2012/ND-CP", "en", "−2021"),
        ("02033825555", "02033825556", "en", "−02033825555"),
        ("https://a.vn/2025", "https://a.vn/2024", "en", "−2025"),
        ("thứ 2", "Tuesday", "en", "−2"),
        ("thế kỷ XIX", "thế kỷ XX", "vi", "−19"),
        ("-5 độ", "5 degrees", "en", "−-5"),
        ("8h30", "8:20", "en", "−30"),
    ],
)
def test_difference_names_the_first(source: str, target: str, language: str, expected: str) -> None:
    assert difference(source, "vi", target, language) == expected


@pytest.mark.parametrize(
    ("target", "language", "source", "expected"),
    [
        ("1.500.000 VND", "en", "1.500.000 đồng", "1,500,000 VND"),
        ("12,5 million", "en", "12,5 triệu", "12.5 million"),
        ("1.500 visiteurs", "fr", "1.500 khách", "1\u202f500 visiteurs"),
        ("约1.500人，9,75%", "zh", "1.500 người, 9,75%", "约1,500人，9.75%"),
        ("1.500 and 1.500", "en", "1.500", "1,500 and 1.500"),
        ("in 2025, QL18", "en", "năm 2025, QL18", "in 2025, QL18"),
        ("see https://a.vn/1.500 for 1.500", "en", "1.500", "see https://a.vn/1.500 for 1,500"),
        ("`1.500`", "en", "`1.500`", "`1.500`"),
        ("1.500 things", "en", "không có gì", "1.500 things"),
    ],
)
def test_localise(target: str, language: str, source: str, expected: str) -> None:
    assert localise(target, language, source, "vi") == expected


@pytest.mark.parametrize(
    ("literal", "language", "expected"),
    [
        ("1.500.000", "en", "1,500,000"),
        ("1.500.000", "fr", "1\u202f500\u202f000"),
        ("1.500,50", "zh", "1,500.50"),
        ("9,75", "ko", "9.75"),
        ("2025", "ja", "2025"),
        ("12 tỷ", "en", "12 billion"),
        ("12 tỷ", "zh", "120亿"),
        ("12 tỷ", "ja", "120億"),
        ("12 tỷ", "ko", "120억"),
        ("12 tỷ", "fr", "12 milliards"),
        ("12,5 triệu", "en", "12.5 million"),
        ("1,5 triệu", "fr", "1,5 million"),
        ("15%", "en", "15%"),
        ("12,50%", "fr", "12,50\u202f%"),
        ("2/9/2025", "en", "2 September 2025"),
        ("2 tháng 9 năm 2025", "ja", "2025年9月2日"),
        ("1/9/2025", "fr", "1er septembre 2025"),
        ("tháng 9/2025", "ko", "2025년 9월"),
        ("8 giờ 30", "en", "8:30"),
        ("31/2021/NĐ-CP", "zh", "31/2021/NĐ-CP"),
        ("2/9", "en", None),
        ("31/2/2025", "en", None),
        ("5-7", "en", None),
        ("12 tỷ đồng", "en", None),
        ("", "en", None),
        ("hai", "en", None),
    ],
)
def test_render(literal: str, language: str, expected: str | None) -> None:
    written = render(literal, "vi", language)
    assert (written and written.replace("\u00a0%", "\u202f%")) == expected


@given(
    st.decimals(0, 10**12, places=2, allow_nan=False),
    st.sampled_from(["", " nghìn", " triệu", " tỷ"]),
    st.sampled_from(["en", "zh", "ja", "ko", "fr", "de"]),
)
def test_what_is_rendered_reads_as_the_same_value(
    value: Decimal, scale: str, language: str
) -> None:
    literal = f"{value:,}".translate(str.maketrans(",.", ".,")) + scale
    written = render(literal, "vi", language)
    if scale == "":
        assert written is not None
    if written is not None:
        (there,), (here,) = quantities(written, language), quantities(literal, "vi")
        assert there.values == here.values


@given(HOSTILE, HOSTILE, st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None)
def test_no_text_raises(source: str, target: str, source_language: str, language: str) -> None:
    difference(source, source_language, target, language)
    localise(target, language, source, source_language)
    render(source, source_language, language)
    assert difference(source, language, source, language) is None
    spans = [(each.start, each.end) for each in quantities(source, language)]
    assert spans == sorted(spans)
    assert all(start < end <= len(source) for start, end in spans)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("9" * 5000, id="digits"),
        pytest.param("1." * 5000, id="dots"),
        pytest.param("1,111" * 2000, id="groups"),
        pytest.param("1 111 " * 2000, id="blanks"),
        pytest.param("9万" * 2000, id="myriads"),
        pytest.param("1" + "億" * 5000, id="powers"),
        pytest.param("一" * 5000, id="numerals"),
        pytest.param("1 tỷ " * 2000, id="scales"),
        pytest.param("XI" * 5000, id="roman"),
        pytest.param("<a" * 5000, id="tags"),
        pytest.param("{" * 5000, id="braces"),
        pytest.param("a." * 5000 + "@", id="addresses"),
        pytest.param("0 1" * 3000, id="phones"),
    ],
)
def test_hostile_text_ends(text: str, language: str) -> None:
    assert difference(text, language, text, language) is None
    assert render(text, language, "en") in (None, text)
