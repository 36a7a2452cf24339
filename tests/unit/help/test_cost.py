"""The cost of an image, here and in a cloud."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.help.cost import Assumptions, compare

MONTH = Assumptions(
    photos=3600, seconds=2.0, watts=100.0, kwh_price=0.5, machine_price=1200.0,
    machine_years=2.0, hours=160.0, hosting=10.0, cloud_price=0.1, cloud_fee=20.0,
)  # fmt: skip

amounts = st.floats(0, 1e4)
months = st.builds(
    Assumptions, photos=st.integers(0, 10**6), seconds=st.floats(0.01, 600), watts=amounts,
    kwh_price=st.floats(0, 10), machine_price=amounts, machine_years=st.floats(0.1, 20),
    hours=st.floats(1, 744), hosting=amounts, cloud_price=st.floats(0, 10), cloud_fee=amounts,
)  # fmt: skip


def test_a_month_by_hand() -> None:
    result = compare(MONTH)
    # 3600 images of 2 s are 2 hours; at 100 W 0.2 kWh; 1200 over 24 months are 50 a month.
    assert result.busy_hours == pytest.approx(2.0)
    assert result.machines == 1
    assert result.electricity == pytest.approx(0.1)
    assert result.local == pytest.approx(50 + 10 + 0.1)
    assert result.cloud == pytest.approx(20 + 360)
    assert result.local_per_image == pytest.approx(60.1 / 3600)
    assert result.capacity == 288_000
    # 40 of fixed cost more than the cloud's fee, and 0.1 less electricity saved by each image
    assert result.break_even == math.ceil(40 / (0.1 - 0.1 / 3600))


def test_more_work_than_a_machine_has_hours_needs_another() -> None:
    result = compare(replace(MONTH, photos=288_001))
    assert result.machines == 2
    assert result.machine == pytest.approx(100)


def test_without_images_there_is_no_cost_of_one() -> None:
    result = compare(replace(MONTH, photos=0))
    assert result.local_per_image is None
    assert result.cloud_per_image is None
    assert result.machines == 1


def test_a_cloud_for_nothing_is_never_beaten_and_a_machine_for_nothing_always_wins() -> None:
    assert compare(replace(MONTH, cloud_price=0.0, cloud_fee=0.0)).break_even is None
    assert compare(replace(MONTH, machine_price=0.0, hosting=0.0)).break_even == 0


@given(months)
def test_from_break_even_on_one_machine_is_not_dearer(month: Assumptions) -> None:
    volume = compare(month).break_even
    assume(volume is not None)
    assert volume is not None
    result = compare(replace(month, photos=volume))
    assume(result.machines == 1)
    assert result.local <= result.cloud + 1e-6 * max(1.0, result.cloud)


@given(months)
def test_before_break_even_one_machine_is_dearer(month: Assumptions) -> None:
    volume = compare(month).break_even
    assume(volume is not None and volume > 0)
    assert volume is not None
    result = compare(replace(month, photos=volume - 1))
    assert result.local >= result.cloud - 1e-6 * max(1.0, result.cloud)


@given(months)
def test_parts_add_up_and_machines_suffice(month: Assumptions) -> None:
    result = compare(month)
    assert result.local == pytest.approx(result.machine + result.hosting + result.electricity)
    assert result.machines * month.hours >= result.busy_hours * (1 - 1e-9)
    assert result.machines == 1 or (result.machines - 1) * month.hours < result.busy_hours
