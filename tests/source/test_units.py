"""Units and currencies behind numbers."""

from __future__ import annotations

import pytest

from quangba.source.units import unit_difference


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
