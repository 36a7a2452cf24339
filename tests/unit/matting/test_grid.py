"""The working grid covers every pixel once, and expands without a seam."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.matting.grid import Grid

SIDES = st.integers(1, 3000)


@given(SIDES, SIDES)
def test_tiles_cover_every_pixel_once(height: int, width: int) -> None:
    grid = Grid.of(height, width)
    covered = np.zeros((height, width), np.uint8)
    for tile in grid.tiles(np.ones(grid.shape, np.bool_)):
        covered[tile.pixels] += 1
    assert (covered == 1).all()
    assert max(grid.shape) <= 1200 or grid.step == min(height, width)


def test_only_wanted_tiles_come() -> None:
    grid = Grid.of(2400, 2400)
    wanted = np.zeros(grid.shape, np.bool_)
    wanted[700, 10] = True
    (tile,) = grid.tiles(wanted)
    assert tile.pixels[0].start <= 2 * 700 < tile.pixels[0].stop
    assert tile.pixels[1] == slice(2 * 10, 2 * 11)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 2**32), st.floats(0, 0.02))
def test_every_wanted_cell_is_in_one_tile(rows: int, columns: int, seed: int, often: float) -> None:
    wanted = np.random.default_rng(seed).random((rows, columns)) < often
    held = np.zeros(wanted.shape, np.uint8)
    for tile in Grid(rows, columns, 1).tiles(wanted):
        assert wanted[tile.cells].any(axis=0).all()
        held[tile.cells] += 1
    assert held[wanted].all()
    assert held.max() <= 1


@given(st.integers(100, 2600), st.integers(100, 2600))
def test_a_plane_expands_to_the_same_plane(height: int, width: int) -> None:
    grid = Grid.of(height, width)
    y, x = (np.arange(n, dtype=np.float32) * grid.step + (grid.step - 1) / 2 for n in grid.shape)
    cells = np.add.outer(y, 2 * x).astype(np.float32)
    whole = np.zeros((height, width), np.float32)
    for tile in grid.tiles(np.ones(grid.shape, np.bool_)):
        (whole[tile.pixels],) = grid.expand(cells[None], tile)
    inside = slice(grid.step, -2 * grid.step)
    expected = np.add.outer(np.arange(height), 2 * np.arange(width))
    assert np.abs(whole - expected)[inside, inside].max() < 0.05


def test_cells_are_means() -> None:
    grid = Grid.of(2400, 1800)
    pixels = np.random.default_rng(0).integers(0, 256, (2400, 1800, 3), dtype=np.uint8)
    expected = pixels.reshape(1200, 2, 900, 2, 3).mean((1, 3)) / 255
    assert np.abs(grid.reduce(pixels) - expected).max() <= 0.51 / 255


@given(
    st.integers(1, 900),
    st.integers(1, 900),
    st.integers(1, 12),
    st.integers(1, 300),
    st.integers(0, 2**32 - 1),
)
def test_a_slope_is_read_between_the_cells_and_ends_beyond_them(
    height: int, width: int, step: int, count: int, seed: int
) -> None:
    grid = Grid(height, width, min(step, height, width))
    rows, columns = grid.shape
    down, along = np.mgrid[:rows, :columns].astype(np.float32)
    random = np.random.default_rng(seed)
    at = random.integers(height, size=count), random.integers(width, size=count)
    found = grid.at(np.stack([down, along, down - along], axis=-1), *at)
    places = [
        ((each + 0.5) / grid.step - 0.5).clip(0, length - 1)
        for each, length in zip(at, (rows, columns), strict=True)
    ]
    assert found.shape == (3, count)
    np.testing.assert_allclose(found[:2], places, atol=1 / 32)
    np.testing.assert_allclose(found[2], found[0] - found[1], atol=1e-3)
