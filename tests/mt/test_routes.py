"""Routes: a direct package first, the newest of a pair, else over English."""

from __future__ import annotations

import random

import pytest
from hostile import installed

from quangba.mt.routes import find_route


@pytest.mark.parametrize(
    ("names", "target", "expected"),
    [
        pytest.param("", "en", None, id="nothing"),
        pytest.param("vi_en-1.9", "en", "vi_en-1.9", id="direct"),
        pytest.param("vi_en-1.9 en_ja-1.1", "ja", "vi_en-1.9 en_ja-1.1", id="pivot"),
        pytest.param("vi_en-1.9 en_ja-1.1 vi_ja-0.1", "ja", "vi_ja-0.1", id="direct-beats-pivot"),
        pytest.param("en_ja-1.1", "ja", None, id="first-hop-missing"),
        pytest.param("vi_en-1.9", "ja", None, id="second-hop-missing"),
        pytest.param("vi_en-1.9 en_ja-1.1", "lo", None, id="no-package"),
        pytest.param("vi_en-1.10 vi_en-1.9", "en", "vi_en-1.10", id="ten-after-nine"),
        pytest.param("vi_en-1.9 vi_en-2", "en", "vi_en-2", id="newest"),
        pytest.param("en_vi-1.9", "en", None, id="other-way-round"),
        pytest.param("vi_fr-1 fr_ja-1", "ja", None, id="no-pivot-but-english"),
        pytest.param("vi_en-1.9 vi_en-1..", "en", "vi_en-1.9", id="no-version"),
        pytest.param("vi_en-1..", "en", "vi_en-1..", id="only-one-without-version"),
        pytest.param("vi_en-1 en_ja-1 en_ja-3 vi_en-2", "ja", "vi_en-2 en_ja-3", id="both-newest"),
    ],
)
def test_route(names: str, target: str, expected: str | None) -> None:
    packages = [installed(name) for name in names.split()]
    for seed in range(4):
        random.Random(seed).shuffle(packages)
        route = find_route(packages, "vi", target)
        assert (route and " ".join(package.name for package in route)) == expected


def test_english_sources_need_no_pivot() -> None:
    packages = [installed("vi_en-1"), installed("en_ja-1")]
    route = find_route(packages, "en", "ja")
    assert route == (packages[1],)


def test_english_to_english_is_no_route() -> None:
    assert find_route([installed("vi_en-1"), installed("en_vi-1")], "en", "en") is None
