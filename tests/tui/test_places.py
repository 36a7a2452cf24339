"""Cells of a panel and pixels of a photo: which shows which, and how a look moves."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.photo.look import Look
from tui.photo.minimap import map_size
from tui.photo.places import pixel_at, point_of, share_on_map, size_of
from tui.photo.request import Drawing
from tui.photo.zoom import Zoom

few = settings(max_examples=30)
sides = st.integers(20, 4000)


def drawing(
    region: tuple[int, int, int, int], zoom: float, cell: tuple[int, int], photo: tuple[int, int]
) -> Drawing:
    width, height = (round((region[2 + axis] - region[axis]) * zoom) for axis in (0, 1))
    columns, rows = math.ceil(width / cell[0]), math.ceil(height / cell[1])
    return Drawing(columns, rows, zoom, photo, region, b"", True)


@few
@given(sides, sides, st.sampled_from([0.25, 0.5, 1.0, 2.0]), st.sampled_from([(2, 4), (10, 20)]))
def test_every_cell_shows_a_pixel_that_lies_under_it(
    width: int, height: int, zoom: float, cell: tuple[int, int]
) -> None:
    shown = drawing((0, 0, width, height), zoom, cell, (width, height))
    panel = shown.columns + 3, shown.rows + 2
    seen = []
    for column in range(panel[0]):
        point = point_of(shown, panel, cell, (column, panel[1] // 2))
        pixel = pixel_at(shown, point)
        if pixel is None:
            assert not 0 <= point[0] < size_of(shown)[0] or not 0 <= point[1] < size_of(shown)[1]
            continue
        assert abs((pixel[0] + 0.5) * zoom - point[0]) <= max(zoom, 1) + 1e-6
        seen.append(pixel[0])
    assert seen == sorted(seen)


def test_nothing_is_read_beside_a_picture() -> None:
    shown = drawing((0, 0, 100, 100), 1.0, (10, 20), (100, 100))
    assert pixel_at(shown, point_of(shown, (30, 10), (10, 20), (0, 5))) is None
    assert pixel_at(shown, point_of(shown, (30, 10), (10, 20), (10, 2))) == (5, 10)


def test_a_place_on_the_map_is_the_one_that_it_shows() -> None:
    photo, box = (4000, 3000), (400, 300)
    shown = drawing((1000, 1000, 1400, 1300), 1.0, (10, 20), photo)
    size = map_size(box, photo, shown.region)
    assert size == (88, 66)
    assert share_on_map(shown, box, (400 - 44, 300 - 33)) == (0.5, 0.5)
    assert share_on_map(shown, box, (100, 100)) is None
    assert map_size(box, photo, (0, 0, 4000, 3000)) is None, "all of it is shown"


@few
@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.sampled_from([0.5, 1.0, 2.0, 4.0]))
def test_what_is_under_the_mouse_stays_there_when_the_wheel_turns(
    across: float, down: float, factor: float
) -> None:
    panel, photo = (500, 360), (4000, 4000)
    point = (120.0, 200.0)
    zoom = Zoom(1.0).about(factor, (across, down), point, panel, photo)
    left = zoom.centre[0] * photo[0] - panel[0] / 2 / factor
    top = zoom.centre[1] * photo[1] - panel[1] / 2 / factor
    assert left >= -1e-6
    assert top >= -1e-6
    at_edge = zoom.centre[0] * factor * photo[0] <= panel[0] / 2 + 1e-6 or (
        (1 - zoom.centre[0]) * factor * photo[0] <= panel[0] / 2 + 1e-6
    )
    if not at_edge:
        assert left + point[0] / factor == pytest.approx(across * photo[0])


def test_a_drag_moves_the_photo_with_the_mouse_as_far_as_it_goes() -> None:
    zoom = Zoom(1.0).moved(-100, 0, (500, 360), (4000, 4000))
    assert zoom.centre == pytest.approx((0.475, 0.5))
    assert Zoom(1.0).moved(1e6, 0, (500, 360), (4000, 4000)).centre[0] == pytest.approx(0.9375)
    assert Zoom().moved(50, 50, (500, 360), (4000, 4000)) == Zoom()


def test_the_divider_stays_in_the_picture() -> None:
    look = Look().divided(-20)
    assert look.divide == 0.0
    assert look.divided(3).divide == pytest.approx(0.3)
    assert look.divided(99).divide == 1.0
