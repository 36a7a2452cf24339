"""A change of the matting code that changes mattes has to raise RENDERING_VERSION.

The mattes of drawn scenes are kept in ``tests/data/golden-mattes``, named by the version that made
them. When this test fails: raise ``RENDERING_VERSION`` in ``engine/matting/recipe.py`` and run

    python tests/unit/matting/test_golden.py

which makes the pictures of the new version and removes the old. No network is needed; the scenes
draw what one would say. Pictures of a version that was never released are made again with
``--unreleased``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.matting.foreground import estimate_foreground
from engine.matting.matte import make_matte
from engine.matting.recipe import RENDERING_VERSION, Recipe
from engine.matting.refiner import load_refiner
from engine.matting.shadow import cast_shadow

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "golden-mattes"
HEIGHT, WIDTH = 360, 480

# Processors round differently in the last bit; nobody sees that, and nothing else is let through.
LEVELS, SHARE = 2, 0.001

Picture = NDArray[np.uint8]


def _antialiased(paint: Callable[[Picture], object]) -> NDArray[np.float32]:
    big = np.zeros((HEIGHT * 4, WIDTH * 4), np.uint8)
    paint(big)
    small = cv2.resize(big, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(small / np.float32(255), np.float32)


def _bottle(canvas: Picture) -> None:
    cv2.rectangle(canvas, (720, 560), (1200, 1200), 255, -1)
    cv2.circle(canvas, (960, 460), 200, 255, -1)


def _rack(canvas: Picture) -> None:
    cv2.rectangle(canvas, (480, 320), (1440, 1160), 255, -1)
    for left in range(540, 1400, 220):
        cv2.rectangle(canvas, (left, 400), (left + 150, 1080), 0, -1)


def _photographed(alpha: NDArray[np.float32], shade: NDArray[np.float32]) -> Picture:
    light = np.linspace(1.0, 0.87, HEIGHT, dtype=np.float32)[:, None] * (1 - shade)
    paper = light[..., None] * np.array([205, 203, 198], np.float32)
    mixed = alpha[..., None] * np.array([150, 45, 40], np.float32) + (1 - alpha[..., None]) * paper
    grain = np.random.default_rng(11).normal(0, 1.0, mixed.shape)
    return np.asarray((mixed + grain + 0.5).clip(0, 255), np.uint8)


def _said(alpha: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Return what a small network would say: blurred, with the narrow gaps all but filled."""
    small = cv2.resize(alpha, (320, 320), interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((45, 45), np.uint8))
    mostly = cv2.GaussianBlur(0.9 * closed + 0.1 * small, (0, 0), sigma)
    return np.asarray(mostly.clip(0, 1), np.float32)


def pictures() -> dict[str, Picture]:
    """Return every picture that is kept, by its name."""
    refiner = load_refiner(threads=1)
    lit = np.zeros((HEIGHT, WIDTH), np.float32)
    cast = _antialiased(lambda c: cv2.ellipse(c, (1050, 1190), (460, 110), 0, 0, 360, 110, -1))
    shade = np.asarray(cv2.GaussianBlur(cast, (0, 0), 7), np.float32)
    bottle, rack = _antialiased(_bottle), _antialiased(_rack)
    rack_photo, bottle_photo = _photographed(rack, lit), _photographed(bottle, shade)
    bottle_matte = np.asarray(np.round(bottle * 255), np.uint8)
    shadow = cast_shadow(bottle_photo, bottle_matte)
    assert shadow is not None
    own = estimate_foreground(bottle_photo, bottle_matte)
    own[bottle_matte == 0] = 0
    recipe = Recipe("", "")
    plain = Recipe("", "", refine=False, edge_shift=-1.5, edge_softness=1.5)
    return {
        "rack": make_matte(rack_photo, _said(rack, 2.0), recipe, refiner),
        "bottle": make_matte(bottle_photo, _said(bottle, 2.5), recipe, refiner),
        "bottle-unrefined": make_matte(bottle_photo, _said(bottle, 2.5), plain, refiner),
        "bottle-shadow": shadow,
        "bottle-colour": own,
    }


def _path(name: str) -> Path:
    return GOLDEN / f"{name}-v{RENDERING_VERSION}.png"


def _differs(made: Picture, kept: Picture) -> bool:
    off = np.abs(made.astype(int) - kept)
    return bool((off > LEVELS).mean() > SHARE)


def _read(name: str) -> Picture | None:
    if not _path(name).exists():
        return None
    return np.asarray(cv2.imread(str(_path(name)), cv2.IMREAD_UNCHANGED), np.uint8)


@pytest.fixture(scope="module")
def made() -> dict[str, Picture]:
    return pictures()


@pytest.mark.parametrize(
    "name", ["rack", "bottle", "bottle-unrefined", "bottle-shadow", "bottle-colour"]
)
def test_mattes_change_only_with_the_version(name: str, made: dict[str, Picture]) -> None:
    kept = _read(name)
    assert kept is not None, f"{_path(name).name} is missing: run python {__file__}"
    assert not _differs(made[name], kept), (
        "what the matting code makes has changed: raise RENDERING_VERSION in "
        f"engine/matting/recipe.py and renew the pictures with python {__file__}"
    )


def test_the_scenes_show_something(made: dict[str, Picture]) -> None:
    """Keep the golden pictures from being renewed to something broken."""
    rack = _antialiased(_rack)
    assert np.abs(made["rack"] / 255 - rack).mean() < 0.02
    assert np.abs(made["bottle"] / 255 - _antialiased(_bottle)).mean() < 0.01
    assert made["bottle-shadow"].max() > 60


def _renew() -> int:
    parser = argparse.ArgumentParser(description="Renew the golden mattes.")
    parser.add_argument("--unreleased", action="store_true", help="of a version not yet released")
    allowed = parser.parse_args().unreleased
    made = pictures()
    changed = [n for n, p in made.items() if (k := _read(n)) is not None and _differs(p, k)]
    if changed and not allowed:
        return int(bool(sys.stderr.write(f"changed: {changed}; raise RENDERING_VERSION first\n")))
    for old in GOLDEN.glob("*.png"):
        old.unlink()
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, picture in made.items():
        cv2.imwrite(str(_path(name)), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return 0


if __name__ == "__main__":
    sys.exit(_renew())
