"""Which letters a language is written with, and what in a text is not in them."""

from __future__ import annotations

import pytest

from quangba.source.names import latinised
from quangba.source.scripts import is_copy, own_scripts, script_flaw


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param("Mua vé tàu ở cảng", "mua ve tau o cang", True, id="without_accents"),
        pytest.param("Buy the tickets here", "Buy the tickets here.", True, id="full_stop"),
        pytest.param("Buy the tickets here", "The tickets here buy", True, id="order"),
        pytest.param("Sun World Ha Long", "Sun World Ha Long", False, id="name"),
        pytest.param("Ha Long, Mong Cai", "Ha Long, Mong Cai", False, id="names"),
        pytest.param("visa", "visa", False, id="one_word"),
        pytest.param("Buy the tickets here", "Achetez les tickets", False, id="one_in_common"),
        pytest.param("2025", "2025", False, id="number"),
        pytest.param("", "", False, id="empty"),
    ],
)
def test_copy(source: str, target: str, expected: bool) -> None:
    assert is_copy(source, target) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "LATIN"),
        ("de", "LATIN"),
        ("vi", "LATIN"),
        ("zh", "CJK"),
        ("zh-TW", "CJK"),
        ("ja", "CJK"),
        ("ko", "HANGUL"),
        ("lo", "LAO"),
        ("km", "KHMER"),
        ("ru", "CYRILLIC"),
    ],
)
def test_own_scripts(language: str, expected: str) -> None:
    assert own_scripts(language)[0] == expected


def test_unknown_script_is_not_checked() -> None:
    assert own_scripts("xx") == own_scripts("th") == ()
    assert script_flaw("anything 船 ц", "Mua vé", "th") is None


@pytest.mark.parametrize(
    ("text", "source", "language", "expected"),
    [
        pytest.param("See Vân Đồn", "Xem Vân Đồn", "en", "See Van Don", id="en"),
        pytest.param("Voir Vân Đồn", "Xem Vân Đồn", "fr", "Voir Vân Dôn", id="fr"),
        pytest.param("看Vân Đồn", "Xem Vân Đồn", "zh", "看Vân Đồn", id="zh"),
        pytest.param("See Cát Bà", "Xem Vân Đồn", "en", "See Cát Bà", id="not_of_the_source"),
        pytest.param("vé of Vân Đồn", "vé Vân Đồn", "en", "vé of Van Don", id="no_name"),
    ],
)
def test_latinised(text: str, source: str, language: str, expected: str) -> None:
    assert latinised(text, source, language) == expected
