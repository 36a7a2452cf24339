"""Pictures from which a matte is judged, and the place that they show close."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.encode import encode_matte
from engine.matting.defects.defect import Defect
from engine.work.exemplar_picture import CELL, COLUMNS, Place, exemplar_picture, place_of

SIZE = (1000, 800)  # height and width


def matte(folder: Path, name: str, alpha: NDArray[np.uint8]) -> Path:
    path = folder / name
    path.write_bytes(encode_matte(alpha))
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Return a matte of a hard-edged box with one soft corner."""
    alpha = np.zeros(SIZE, np.uint8)
    alpha[200:800, 200:600] = 255
    alpha[180:260, 180:260] = 128
    return matte(tmp_path, "plain.png", alpha)


def contains(place: Place | None, x: int, y: int) -> bool:
    assert place is not None
    return place.x <= x < place.x + place.width and place.y <= y < place.y + place.height


def test_a_defect_in_one_place_is_shown(plain: Path) -> None:
    defects = (
        Defect("halo", 0.9, 190, 190, 420, 620),
        Defect("halo", 0.8, 590, 400, 20, 30),
        Defect("islands", 1.0, 5, 5, 4, 4),
    )
    assert place_of(defects, "halo", plain, None) == Place(590, 400, 20, 30)
    assert place_of(defects, "islands", plain, None) == Place(5, 5, 4, 4)


def test_what_reaches_all_around_is_shown_where_the_edge_is_softest(plain: Path) -> None:
    around = (Defect("halo", 0.9, 190, 190, 420, 620),)
    assert contains(place_of(around, "halo", plain, None), 220, 220)
    assert contains(place_of((), "edge jagged", plain, None), 220, 220)
    assert place_of((), "part missing", plain, None) is None


def test_beside_a_better_matte_it_is_shown_where_the_two_differ_most(
    tmp_path: Path, plain: Path
) -> None:
    alpha = np.zeros(SIZE, np.uint8)
    alpha[200:800, 200:600] = 255
    alpha[180:260, 180:260] = 128
    alpha[850:920, 380:420] = 255  # the part that was missing
    better = matte(tmp_path, "better.png", alpha)
    assert contains(place_of((), "part missing", plain, better), 400, 880)
    assert place_of((), "part missing", plain, plain) is None, "nothing differs"


def test_the_picture_has_a_row_and_where_a_place_is_known_another(
    tmp_path: Path, plain: Path
) -> None:
    photo = tmp_path / "photo.png"
    Image.new("RGB", SIZE[::-1], (120, 140, 160)).save(photo)
    sizes = []
    for place in (None, Place(590, 400, 20, 30)):
        data = exemplar_picture(photo, plain, place)
        with Image.open(io.BytesIO(data)) as picture:
            sizes.append(picture.size)
            black = picture.getpixel((2 * (picture.width // 4) + CELL // 2, 3))
            assert black == pytest.approx((0, 0, 0), abs=12), "third column: on black"
        assert data == exemplar_picture(photo, plain, place), "the same bytes every time"
    assert sizes[0][0] == sizes[1][0] > len(COLUMNS) * CELL
    assert sizes[1][1] > 2 * sizes[0][1] == 2 * CELL
