"""Numbers, dates, units, currencies, lunar days and days of the week by value."""

from __future__ import annotations

import pytest
from checked import entry_of, said
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import PAIRS

MODULES = ("values", "days")
HINTS = {"repeated-year", "counted-one", "order-of-values"}


def names(source: str, target: str, language: str) -> list[str]:
    """Return the checks that speak, once for each finding, hints apart."""
    found = said(entry_of(source, target, language), *MODULES)
    return [name for name, values in found.items() for _ in values if name not in HINTS]


@pytest.mark.parametrize("number", range(len(PAIRS)))
def test_correct_translations_are_left_alone(number: int) -> None:
    pair = PAIRS[number]
    found = {code: names(pair["vi"], text, code) for code, text in pair.items() if code != "vi"}
    assert not any(found.values()), found


@pytest.mark.parametrize(
    ("source", "language", "target"),
    [
        ("Giá 1.500.000 đồng", "zh", "价格１５０万越南盾"),
        ("Giá 1.500.000 đồng", "fr", "Prix : 1 500 000 VND"),
        ("Vốn 12 tỷ đồng", "fr", "Capital : 12 milliards de dongs"),
        ("Từ 2 đến 2,5 triệu đồng", "ko", "200만~250만 동"),
        ("Tăng 2 điểm phần trăm", "en", "Up 2 percentage points"),
        ("Tăng 2 điểm phần trăm", "ja", "2ポイント上昇"),
        ("Hội mở lúc 7 giờ tối", "en", "It opens at 7 in the evening"),
        ("Hội mở lúc 19 giờ", "fr", "Ouverture à 7 heures du soir"),
        ("Mở cửa lúc 7h30", "ja", "7時30分に開きます"),
        ("Chín tháng đầu năm 2025", "ja", "2025年1～9月"),
        ("Quý I năm 2026", "ko", "2026년 1분기"),
        ("Bình quân đầu người", "ko", "1인당"),
        ("Phường Móng Cái 1", "ko", "몽까이 1동"),
        ("Đội hình dài 5 hải lý", "en", "It is 5 nautical miles long"),
        ("Trực 24/24 giờ", "fr", "Ouvert 24 heures sur 24"),
        ("Chiếm 2/3 đảo", "en", "Two thirds of the island"),
        ("Những năm 1990", "zh", "20世纪90年代"),
        ("Xuống -1°C", "ja", "気温は-1°C"),
        ("Hai ngày", "zh", "2天"),
        ("2 ngày", "en", "two days"),
        ("Năm nay có 5 nước", "lo", "5"),
    ],
)
def test_the_same_value_in_another_form(source: str, language: str, target: str) -> None:
    assert names(source, target, language) == []


@pytest.mark.parametrize(
    ("check", "source", "language", "target"),
    [
        ("numbers", "Vốn 12 tỷ", "en", "Capital of 12 million"),
        ("numbers", "Vốn 12 tỷ đồng", "fr", "Capital : 12 millions de dongs"),
        ("numbers", "120 tỷ đồng", "zh", "1200万越南盾"),
        ("missing-number", "Đảo có 6.800 dân", "en", "The island has inhabitants"),
        ("missing-number", "Trong bảy năm", "ja", "年連続"),
        ("added-number", "Đảo có dân", "en", "The island has 42 inhabitants"),
        ("dates", "Ngày 2/9/2025", "en", "9 February 2025"),
        ("dates", "Từ 2/9", "zh", "2月9日起"),
        ("dates", "Năm 2025", "zh", "2026年"),
        ("dates", "Tháng Chín", "fr", "en octobre"),
        ("dates", "Lúc 20 giờ ngày 2/9/2025", "ko", "2025년 9월 20일 2시"),
        ("dates", "Tháng 7 năm 2024", "zh", "7年2024月"),
        ("percent", "Tăng 12,5%", "en", "Up 12.5"),
        ("percent", "Tăng 2 điểm phần trăm", "en", "Up 2%"),
        ("currency", "Giá 50.000 đồng", "en", "It costs 50,000 USD"),
        ("currency", "Giá 50 USD", "zh", "价格50欧元"),
        ("currency", "Giá {fact:ve} đồng", "en", "It costs {fact:ve} dollars"),
        ("units", "Dài 5 km, rộng 3 ha", "en", "3 km long, covering 5 hectares"),
        ("units", "Rộng 46 km²", "ja", "46ヘクタール"),
        ("units", "Nóng 38°C", "en", "38°F"),
        ("units", "Đi 45 phút", "ko", "45시간 걸립니다"),
        ("units", "Rộng 46,2 km², có 6.800 dân", "en", "6,800 km² with 46.2 inhabitants"),
        ("swapped-values", "Giai đoạn 2025-2030", "zh", "2030—2025年"),
        (
            "swapped-values",
            "{fact:a} tàu và {fact:b} khách",
            "en",
            "{fact:b} ships, {fact:a} guests",
        ),
        ("swapped-values", "1.250 khách Hàn và 860 khách Nhật", "zh", "860名韩国客和1250名日本客"),
        ("lunar-dates", "Ngày 10 tháng Giêng âm lịch", "ja", "1月10日"),
        ("lunar-dates", "Mùng 4 tháng Tư âm lịch", "en", "The 4th day of the fourth month"),
        ("added-lunar-date", "Ngày 10 tháng 6", "ko", "음력 6월 10일"),
        ("weekdays", "Nghỉ thứ Hai", "fr", "Fermé le mardi"),
        ("weekdays", "Từ thứ Ba đến Chủ nhật, nghỉ thứ Hai", "zh", "周二至周日，周二闭馆"),
        ("number-words", "Tỉnh có hai đặc khu", "en", "The province has six special zones"),
    ],
)
def test_one_mistake_is_one_finding(check: str, source: str, language: str, target: str) -> None:
    assert names(source, target, language) == [check]


def test_a_finding_names_both_values() -> None:
    found = said(entry_of("Ngày 2/9/2025", "On 9 February 2025", "en"), *MODULES)
    assert found == {"dates": [{"source": "2/9/2025", "target": "9 February 2025"}]}


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        pytest.param(
            "Từ 7 giờ 30 đến 17 giờ 30",
            "From 7:30 am to 5:00 pm",
            {"missing-number": [{"source": "17 giờ 30", "target": ""}]},
            id="second",
        ),
        pytest.param(
            "Từ 7 giờ 30 đến 17 giờ 30",
            "From 7 am to 5:30 pm",
            {"missing-number": [{"source": "7 giờ 30", "target": ""}]},
            id="first",
        ),
        pytest.param(
            "Từ 7 giờ 30 đến 17 giờ",
            "From 7:30 am to 5:30 pm",
            {"added-number": [{"source": "", "target": "5:30 pm"}]},
            id="added",
        ),
    ],
)
def test_of_two_times_the_wrong_one_is_named(
    source: str, target: str, found: dict[str, list[dict[str, str]]]
) -> None:
    assert said(entry_of(source, target, "en"), *MODULES) == found


def test_a_year_said_once_for_two_sentences_is_a_hint() -> None:
    source = "Kinh tế năm 2025 tăng. Vốn năm 2025 giảm."
    found = said(entry_of(source, "In 2025 the economy grew and capital fell.", "en"), *MODULES)
    assert list(found) == ["repeated-year"]
    assert names(source, "In 2025 the economy grew. Capital fell.", "en") == ["missing-number"]


def test_numbers_in_tooltips_are_compared() -> None:
    source, target = '[Vé](a.md "Giá 50 USD")', '[Ticket](a.md "60 USD")'
    assert names(source, target, "en") == ["numbers"]


TEXTS = st.text(alphabet=st.sampled_from("0123456789.,/-~ %年月日万億억조kmVND đồng{}:*năm tháng"))


@given(TEXTS, TEXTS, st.sampled_from(["en", "zh", "ja", "ko", "fr", "de", "lo"]))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(source: str, target: str, language: str) -> None:
    names(source, target, language)
    assert not {"numbers", "units", "currency"} & set(names(source, source, "vi"))


@pytest.mark.parametrize(
    ("target", "language"),
    [
        ("平均気温は23.5度です。", "ja"),
        ("평균 기온은 23.5도입니다.", "ko"),
        ("平均气温23.5度。", "zh"),
    ],
)
def test_degrees_are_celsius_where_the_language_says_no_more(target: str, language: str) -> None:
    assert not said(entry_of("Nhiệt độ trung bình là 23,5 °C.", target, language), "values")


def test_another_number_of_degrees_is_another_number() -> None:
    assert said(
        entry_of("Nhiệt độ trung bình là 23,5 °C.", "平均気温は24.5度です。", "ja"), "values"
    )


TWO_DAYS = "Lễ hội khai mạc ngày 5/3/2026 và bế mạc ngày 10/4/2026."


@pytest.mark.parametrize(
    ("target", "language"),
    [
        ("庙会于2026年3月5日开幕，4月10日闭幕。", "zh"),
        ("祭りは2026年3月5日に開幕し、4月10日に閉幕します。", "ja"),
        ("The festival opens on 5 March and closes on 10 April 2026.", "en"),
    ],
)
def test_a_year_is_said_once_for_two_days(target: str, language: str) -> None:
    assert said(entry_of(TWO_DAYS, target, language), "values").keys() <= {"repeated-year"}


@pytest.mark.parametrize(
    ("target", "language"),
    [
        ("庙会于2026年3月5日开幕，4月11日闭幕。", "zh"),
        ("庙会于3月5日开幕，4月10日闭幕。", "zh"),
        ("The festival opens on 5 March 2025 and closes on 10 April 2026.", "en"),
    ],
)
def test_another_day_or_no_year_at_all_is_found(target: str, language: str) -> None:
    assert said(entry_of(TWO_DAYS, target, language), "values").keys() - {"repeated-year"}
