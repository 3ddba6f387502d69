"""Profiles: what was measured is used, whatever else is in the file is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.mt.masks import STYLES
from quangba.mt.profile import STYLES_TRIED, TRUSTED, USABLE, Profile

SHA = "a" * 64
NAMES = [style.name for style in STYLES]


def read(tmp_path: Path, data: object) -> Profile:
    path = tmp_path / "x.calibration.json"
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    path.write_bytes(raw)
    return Profile.read(path, SHA)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    profile = Profile(SHA, {"hash": 1.0}, {"hash": 0.5}, 0.9)
    assert read(tmp_path, profile.to_json().encode()) == profile


def test_no_file_is_an_empty_profile(tmp_path: Path) -> None:
    assert Profile.read(tmp_path / "none.json", SHA) == Profile()
    assert Profile.read(tmp_path, SHA) == Profile()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe\x00", id="binary"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"null", id="null"),
        pytest.param([], id="list"),
        pytest.param([1, 2], id="numbers"),
        pytest.param("text", id="text"),
        pytest.param({}, id="nothing"),
        pytest.param({"sha256": "b" * 64, "masks": {"hash": 1.0}}, id="other-package"),
        pytest.param({"sha256": SHA, "masks": {"hash": 2}}, id="too-much"),
        pytest.param({"sha256": SHA, "masks": {"hash": -1}}, id="negative"),
        pytest.param({"sha256": SHA, "masks": {"hash": float("nan")}}, id="nan"),
        pytest.param({"sha256": SHA, "masks": {"hash": "1"}}, id="string-share"),
        pytest.param({"sha256": SHA, "masks": {"hash": None}}, id="null-share"),
        pytest.param({"sha256": SHA, "masks": {"hash": [1]}}, id="list-share"),
        pytest.param({"sha256": SHA, "masks": ["hash"]}, id="list-of-masks"),
        pytest.param({"sha256": SHA, "masks": None}, id="null-masks"),
        pytest.param({"sha256": SHA, "pairs": 3}, id="number-pairs"),
        pytest.param({"sha256": SHA, "attention": "yes"}, id="string-attention"),
        pytest.param({"sha256": SHA, "attention": 10**400}, id="huge-attention"),
        pytest.param({"sha256": SHA, "more": 1}, id="unknown-field"),
        pytest.param({"sha256": [SHA]}, id="list-sha"),
    ],
)
def test_what_cannot_be_used_is_an_empty_profile(tmp_path: Path, data: object) -> None:
    assert read(tmp_path, data) == Profile()


def test_deep_nesting_is_an_empty_profile(tmp_path: Path) -> None:
    assert read(tmp_path, b"[" * 200_000) == Profile()


@given(st.binary(max_size=60))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    assert read(tmp_path_factory.getbasetemp(), data) == Profile()


@given(
    st.dictionaries(
        st.sampled_from(["sha256", "masks", "pairs", "attention", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.just(SHA) | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(NAMES), inner),
            max_leaves=4,
        ),
    )
)
def test_whatever_is_read_can_be_used(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    profile = read(tmp_path_factory.getbasetemp(), data)
    assert 1 <= len(profile.styles) <= STYLES_TRIED
    assert isinstance(profile.marks_pairs, bool)
    assert isinstance(profile.attends, bool)


@pytest.mark.parametrize(
    ("masks", "expected"),
    [
        pytest.param({}, NAMES[:STYLES_TRIED], id="not-calibrated"),
        pytest.param({"code": 1.0}, ["code"], id="one-survives"),
        pytest.param({"code": 0.8, "hash": 0.9}, ["hash", "code"], id="best-first"),
        pytest.param(dict.fromkeys(NAMES, 1.0), NAMES[:STYLES_TRIED], id="all-as-usual"),
        pytest.param(dict.fromkeys(NAMES, 0.0), NAMES[:STYLES_TRIED], id="none"),
        pytest.param({"hash": USABLE, "code": USABLE - 0.01}, ["hash"], id="limit"),
        pytest.param({"unheard": 1.0}, NAMES[:STYLES_TRIED], id="unknown-style"),
    ],
)
def test_order_of_styles(masks: dict[str, float], expected: list[str]) -> None:
    assert [style.name for style in Profile(SHA, masks).styles] == expected


@pytest.mark.parametrize("share", [0.0, TRUSTED - 0.01, TRUSTED, 1.0])
def test_pairs_and_attention_are_trusted_from_a_share_on(share: float) -> None:
    profile = Profile(SHA, {"hash": 1.0}, {"hash": share, "square": 1.0}, share)
    assert profile.marks_pairs == (share >= TRUSTED)
    assert profile.attends == (share >= TRUSTED)
