"""Units and currencies behind numbers."""

from __future__ import annotations

import pytest

from quangba.source.quantities import quantities
from quangba.source.units import exchanges, measures, unit_difference


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Giá 250.000 đồng", "Price: 250,000 USD"),
        ("Giá 250.000 đồng", "Price: 250,000"),
        ("Giá 250.000 đồng", "价格25万元"),
        ("Dài 60 km", "It is 60 m long"),
        ("Rộng 5 ha", "It covers 5 km²"),
    ],
)
def test_another_unit_is_another_number(source: str, target: str) -> None:
    assert unit_difference(source, target) is not None


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Giá 250.000 đồng", "Price: 250,000 dong"),
        ("Giá 250.000 đồng", "价格25万越南盾"),
        ("Dài 60 km", "全長は60キロメートルです"),
        ("Rộng 5 ha", "면적은 5헥타르입니다"),
        ("Giá 12 tỷ đồng", "Prix : 12 milliards de dôngs"),
    ],
)
def test_a_unit_has_a_name_in_each_language(source: str, target: str) -> None:
    assert unit_difference(source, target) is None


@pytest.mark.parametrize("filler", [" ", "million", "de ", "\ue200", "triệu ", "万"])
def test_hostile_text_ends(filler: str) -> None:
    assert unit_difference("5" + filler * 5000 + "x", "") is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("12 tỷ đồng", "vi", [("12000000000", "VND")]),
        ("từ 5 đến 7 km", "vi", [("5", "km"), ("7", "km")]),
        ("đến km 102", "vi", [("102", "km")]),
        ("120 km/giờ", "vi", [("120", "km/h")]),
        ("时速120公里", "zh", [("120", "km/h")]),
        ("150万越南盾，1元人民币", "zh", [("1500000", "VND"), ("1", "CNY")]),
        ("46.2km², 38°C", "ko", [("46.2", "km²"), ("38", "°C")]),
        ("몽까이 1동, 150만 동", "ko", [("1", ""), ("1500000", "VND")]),
        ("US$50 and 2 percentage points", "en", [("50", "USD"), ("2", "pp")]),
        ("12,5 % de 3 milliards d’euros", "fr", [("12.5", "%"), ("3000000000", "EUR")]),
        ("18 米ドル、7分", "ja", [("18", "USD"), ("7", "minute")]),
        ("5 km", "lo", []),
    ],
)
def test_a_unit_is_bound_to_its_number(
    text: str, language: str, expected: list[tuple[str, str]]
) -> None:
    found = measures(text, language, quantities(text, language))
    assert [(each.value, each.unit) for each in found] == expected


def test_units_that_changed_places_are_found() -> None:
    source, target = "5 km và 3 ha", "3 km and 5 ha"
    here = measures(source, "vi", quantities(source, "vi"))
    there = measures(target, "en", quantities(target, "en"))
    assert [(each.here.unit, each.there.unit) for each in exchanges(here, there)] == [
        ("km", "ha"),
        ("ha", "km"),
    ]
