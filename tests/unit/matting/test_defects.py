"""What `find_defects` says of a drawn product on paper, whole and damaged in known places."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.matting.defects.defect import KINDS, Defect, Kind
from engine.matting.defects.find import OF_A_KIND, find_defects
from engine.session.records import REASONS

Picture = NDArray[np.uint8]
Box = tuple[int, int, int, int]

_SIDE = 800
_HOLE: Box = (360, 300, 80, 80)


def product(shadow: float = 0.0) -> tuple[Picture, Picture]:
    """Return a blue and red thing with a hole on gray paper, and its exact matte."""
    shape = (_SIDE * 4, _SIDE * 4)
    large = np.zeros(shape, np.uint8)
    cv2.ellipse(large, (1600, 1600), (800, 1000), 20, 0, 360, 255, -1)
    x, y, width, height = (4 * value for value in _HOLE)
    cv2.ellipse(
        large, (x + width // 2, y + height // 2), (width // 2, height // 2), 0, 0, 360, 0, -1
    )
    alpha = cv2.resize(large, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    gy, gx = np.mgrid[:_SIDE, :_SIDE].astype(np.float32) / _SIDE
    light = 190 - 30 * gy - 10 * (gx - 0.5) ** 2
    light *= 1 - shadow * np.exp(-(((gx - 0.5) / 0.25) ** 2) - ((gy - 0.82) / 0.06) ** 2)
    paper = np.repeat(light[..., None], 3, axis=2)
    colour = np.where((gx + gy < 1.05)[..., None], (40, 70, 150), (160, 40, 40))
    share = alpha[..., None] / 255
    noise = np.random.default_rng(7).normal(0, 1.2, paper.shape)
    mixed = share * colour + (1 - share) * paper + noise
    return np.clip(mixed, 0, 255).astype(np.uint8), np.asarray(alpha, np.uint8)


def of_kind(found: tuple[Defect, ...], kind: Kind) -> list[Defect]:
    return [defect for defect in found if defect.kind == kind]


def covers(defect: Defect, box: Box) -> bool:
    """Tell whether a defect's box holds most of another, without being much larger."""
    x, y, width, height = box
    across = min(x + width, defect.x + defect.width) - max(x, defect.x)
    down = min(y + height, defect.y + defect.height) - max(y, defect.y)
    shared = max(0, across) * max(0, down)
    return shared > 0.4 * width * height and defect.width * defect.height < 4 * width * height


@pytest.mark.parametrize("shadow", [0.0, 0.35])
def test_an_exact_matte_has_no_defect(shadow: float) -> None:
    pixels, alpha = product(shadow)
    assert find_defects(pixels, alpha, alpha / np.float32(255), pixels) == ()


def test_photo_and_matte_stay_as_they_are() -> None:
    pixels, alpha = product()
    for array in (pixels, alpha):
        array.setflags(write=False)
    find_defects(pixels, alpha, None, pixels)


def test_a_filled_hole_is_found_in_its_place() -> None:
    pixels, alpha = product()
    x, y, width, height = _HOLE
    alpha[y - 4 : y + height + 4, x - 4 : x + width + 4] = 255
    found = find_defects(pixels, alpha)
    assert found[0].kind == "hole filled"
    assert covers(found[0], _HOLE)


@pytest.mark.parametrize("radius", [14, 40])
def test_an_eaten_hole_is_found_in_its_place(radius: int) -> None:
    pixels, alpha = product()
    cv2.circle(alpha, (400, 520), radius, 0, -1)
    (eaten,) = of_kind(find_defects(pixels, alpha), "hole eaten")
    assert covers(eaten, (400 - radius, 520 - radius, 2 * radius, 2 * radius))


def test_a_part_that_was_cut_off_is_found() -> None:
    pixels, alpha = product(shadow=0.35)
    alpha[:240] = 0
    missing = of_kind(find_defects(pixels, alpha), "part missing")
    assert missing
    assert all(defect.y + defect.height <= 244 for defect in missing)


def test_a_shadow_that_was_kept_is_found() -> None:
    pixels, alpha = product(shadow=0.35)
    kept = alpha.copy()
    cv2.ellipse(kept, (400, 655), (130, 40), 0, 0, 360, 200, -1)
    kept = np.maximum(kept, alpha)
    (shadow,) = of_kind(find_defects(pixels, kept), "shadow left")
    assert shadow.y > 500
    assert shadow.y + shadow.height <= 700


def test_islands_are_found_one_by_one() -> None:
    pixels, alpha = product()
    for centre in ((60, 60), (740, 700)):
        cv2.circle(alpha, centre, 5, 255, -1)
    islands = of_kind(find_defects(pixels, alpha), "islands")
    assert sorted(
        (round(each.x + each.width / 2, -1), round(each.y + each.height / 2, -1))
        for each in islands
    ) == [(60, 60), (740, 700)]


def test_a_product_that_leaves_the_frame_is_found_at_each_side() -> None:
    pixels, alpha = product()
    found = find_defects(pixels[300:, :420].copy(), alpha[300:, :420].copy())
    crops = of_kind(found, "wrong crop")
    assert {(crop.x == 0 and crop.width > 100, crop.y == 0) for crop in crops} >= {(False, True)}
    assert any(crop.x + crop.width == 420 and crop.height > 100 for crop in crops)


def test_a_matte_that_is_too_wide_has_a_halo() -> None:
    pixels, alpha = product()
    wide = cv2.dilate(alpha, np.ones((9, 9), np.uint8))
    (halo,) = of_kind(find_defects(pixels, np.asarray(wide, np.uint8)), "halo")
    assert covers(halo, cv2.boundingRect(alpha))  # type: ignore[arg-type]  # OpenCV's Rect


def mirrored(share: float) -> tuple[Picture, Picture]:
    """Return the thing with a rim that mirrors the paper along a share of its outline."""
    pixels, alpha = product()
    rim = (alpha > 0) & (cv2.erode(alpha, np.ones((9, 9), np.uint8)) == 0)
    gy, gx = np.mgrid[:_SIDE, :_SIDE] / _SIDE - 0.5
    rim &= np.arctan2(gy, gx) < np.pi * (2 * share - 1)
    beside = cv2.dilate(alpha, np.ones((15, 15), np.uint8)) == 0
    pixels[rim] = np.median(pixels[beside], axis=0)
    return pixels, alpha


@pytest.mark.parametrize(("share", "halos"), [(0.3, 0), (0.8, 1)])
def test_a_rim_that_mirrors_the_paper_in_places_is_no_halo(share: float, halos: int) -> None:
    assert len(of_kind(find_defects(*mirrored(share)), "halo")) == halos


@pytest.mark.parametrize(("contrast", "parts"), [(26, 0), (40, 1)])
def test_a_faint_light_on_the_paper_is_no_part(contrast: int, parts: int) -> None:
    pixels, alpha = product()
    pixels[680:700, 90:110] = (pixels[680:700, 90:110] - [0, contrast, contrast // 2]).clip(0)
    assert len(of_kind(find_defects(pixels, alpha), "part missing")) == parts


def test_steps_in_the_outline_are_found() -> None:
    pixels, alpha = product()
    small = cv2.resize(alpha, (_SIDE // 8, _SIDE // 8), interpolation=cv2.INTER_AREA)
    steps = cv2.resize(small, (_SIDE, _SIDE), interpolation=cv2.INTER_NEAREST)
    assert of_kind(find_defects(pixels, np.asarray(steps, np.uint8)), "edge jagged")


def test_a_cast_of_the_light_shows_on_gray_paper() -> None:
    pixels, alpha = product()
    warm = np.clip(pixels * np.array([1.05, 1.0, 0.94]), 0, 255).astype(np.uint8)
    (cast,) = of_kind(find_defects(warm, alpha), "colour cast")
    assert (cast.x, cast.y, cast.width, cast.height) == (0, 0, _SIDE, _SIDE)


def test_a_cast_of_the_cutout_shows_against_the_photo() -> None:
    pixels, alpha = product()
    tinted = np.clip(pixels.astype(np.int16) + np.array([0, 14, 0]), 0, 255).astype(np.uint8)
    (cast,) = of_kind(find_defects(pixels, alpha, None, tinted), "colour cast")
    assert covers(cast, cv2.boundingRect(alpha))  # type: ignore[arg-type]  # OpenCV's Rect


def test_what_the_network_does_not_know_is_found() -> None:
    pixels, alpha = product()
    doubtful = alpha / np.float32(255)
    doubtful[430:560, 330:470] = 0.5
    coarse = cv2.resize(doubtful, (320, 320), interpolation=cv2.INTER_AREA)
    (doubt,) = find_defects(pixels, alpha, np.asarray(coarse, np.float32))
    assert doubt.kind == "low confidence"
    assert covers(doubt, (330, 430, 140, 130))


def test_what_the_matte_leaves_half_transparent_is_found() -> None:
    pixels, alpha = product()
    alpha[430:455, 330:380] = 128
    (doubt,) = find_defects(pixels, alpha)
    assert doubt.kind == "low confidence"
    assert covers(doubt, (332, 432, 46, 21))


@pytest.mark.parametrize("sigma", [0.7, 1.0, 1.5])
def test_a_soft_edge_is_no_doubt(sigma: float) -> None:
    pixels, alpha = product()
    soft = np.asarray(cv2.GaussianBlur(alpha, (0, 0), sigma), np.uint8)
    assert not of_kind(find_defects(pixels, soft), "low confidence")


@pytest.mark.parametrize("level", [0, 60, 255])
def test_nothing_else_is_said_of_an_empty_or_a_full_matte(level: int) -> None:
    pixels, alpha = product()
    alpha[:] = level
    assert find_defects(pixels, alpha) == (Defect("blank or full", 1.0, 0, 0, _SIDE, _SIDE),)


def test_fine_teeth_are_no_doubt() -> None:
    pixels, alpha = product()
    alpha[:, ::2] = 0
    assert not of_kind(find_defects(pixels, alpha), "low confidence")


def test_a_hundred_islands_are_as_many_as_a_person_wants_to_see() -> None:
    pixels, alpha = product()
    for x in range(20, 780, 40):
        cv2.circle(alpha, (x, 30), 4, 255, -1)
        cv2.circle(alpha, (x, 770), 4, 255, -1)
    found = find_defects(pixels, alpha)
    assert len(of_kind(found, "islands")) == OF_A_KIND
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    pixels, alpha = product()
    with pytest.raises(ValueError, match="a matte of"):
        find_defects(pixels, alpha[1:])
    with pytest.raises(ValueError, match="a foreground of"):
        find_defects(pixels, alpha, None, pixels[1:])


def test_the_words_of_a_session_are_used_where_it_has_one() -> None:
    assert set(REASONS) - set(KINDS) == {"other"}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Picture, Picture, NDArray[np.float32] | None]:
    """Return noise, flat levels and blocks, in any small and any narrow size."""
    height, width = draw(st.integers(0, 90)), draw(st.integers(0, 90))
    if draw(st.booleans()):
        height *= 30
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    levels = draw(st.integers(1, 256))
    pixels = random.integers(0, levels, (height, width, 3)).astype(np.uint8)
    kind = draw(st.sampled_from(("noise", "flat", "blocks", "two")))
    alpha = np.full((height, width), draw(st.integers(0, 255)), np.uint8)
    if kind == "noise":
        alpha = random.integers(0, 256, (height, width)).astype(np.uint8)
    elif kind == "two":
        alpha = (random.integers(0, 2, (height, width)) * 255).astype(np.uint8)
    elif kind == "blocks":
        alpha[height // 4 : height // 2, width // 3 :] = 255
    probability = None
    if draw(st.booleans()):
        size = draw(st.integers(1, 40)), draw(st.integers(1, 40))
        probability = random.random(size).astype(np.float32)
    return pixels, alpha, probability


@given(cases())
def test_every_defect_lies_in_the_frame(
    case: tuple[Picture, Picture, NDArray[np.float32] | None],
) -> None:
    pixels, alpha, probability = case
    for defect in find_defects(pixels, alpha, probability, pixels):
        assert defect.kind in KINDS
        assert 0 <= defect.score <= 1
        assert defect.x >= 0 and defect.y >= 0
        assert defect.width >= 1 and defect.height >= 1
        assert defect.x + defect.width <= alpha.shape[1]
        assert defect.y + defect.height <= alpha.shape[0]


def test_the_same_matte_has_the_same_defects_again() -> None:
    pixels, alpha = product()
    cv2.circle(alpha, (400, 520), 30, 0, -1)
    assert find_defects(pixels, alpha) == find_defects(pixels, alpha)
