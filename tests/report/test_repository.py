from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quangba.report.repository import in_order


@given(st.lists(st.integers(0, 2**33), min_size=1))
def test_times_never_go_back_and_are_times_that_were_there(times: list[int]) -> None:
    steady = in_order([float(time) for time in times])
    assert steady == sorted(steady)
    assert len(steady) == len(times)
    assert set(steady) <= set(map(float, times))


@given(st.lists(st.integers(0, 1000)))
def test_times_in_order_are_believed(times: list[int]) -> None:
    steady = sorted(map(float, times))
    assert in_order(steady) == steady
