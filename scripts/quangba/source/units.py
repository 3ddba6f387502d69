"""Units and currencies behind numbers: 50,000 USD is not 50.000 đồng."""

from __future__ import annotations

import re

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SCALE = (
    "nghìn|ngàn|triệu|tỷ|tỉ|thousand|millions?|billion|mille|milliards?|de(?= )"
    "|[千百万亿億兆천백만억조]"
)
"""Words between a number and its unit; none is empty, nor the beginning of another and itself."""

UNITS = {
    "VND": "đồng|VND|VNĐ|₫|dongs?|dôngs?|越南盾|盾|(?:ベトナム)?ドン|(?:베트남 )?동",
    "USD": r"USD|US\$|đô la(?: Mỹ)?|(?:US )?dollars?|美元|米?ドル|(?:미국 )?달러",
    "EUR": "EUR|euros?|欧元|ユーロ|유로",
    "km": "km|kilomet(?:er|re)s?|kilomètres?|公里|千米|キロ(?:メートル)?(?!グラム)"
    "|킬로(?!그램)(?:미터)?",
    "m": "m|mét|met(?:er|re)s?|mètres?|米|メートル|미터",
    "ha": "ha|hectares?|héc-ta|公顷|ヘクタール|헥타르",
    "kg": "kg|kilograms?|kilogrammes?|公斤|千克|キログラム|킬로그램",
}
"""Forms in the site's languages, as regular expressions."""

MEASURED = {
    unit: re.compile(
        rf"\d(?:[\s\ue200-\ue3ff]|{SCALE})*(?:{forms})(?![²³\d])(?![A-Za-zÀ-ỹ])",
        re.IGNORECASE if unit != "m" else 0,
    )
    for unit, forms in UNITS.items()
}
"""A number with its unit or currency, as far as a list of seven goes; masks bear their own."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def unit_difference(source: str, target: str) -> str | None:
    """
    Name a unit or currency behind a number that one text has and the other has not.

    >>> unit_difference('Giá 50.000 đồng', '50,000 USD'), unit_difference('5 ha', '5公顷')
    ('−VND', None)
    """
    for unit, pattern in MEASURED.items():
        before, after = pattern.search(source), pattern.search(target)
        if bool(before) != bool(after):
            return ("−" if before else "+") + unit
    return None
