"""Same photo, same recipe: the same bytes; another number of threads: nothing visible.

With real weights, on a sample photo, reduced to be quick.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.decode import read_photo
from engine.matting.matte import make_matte
from engine.matting.network import Network
from engine.matting.recipe import Recipe
from engine.matting.refiner import load_refiner
from engine.session.layout import matte_path
from engine.work.jobs import CutJob, cut
from engine.work.recipes import resolve_recipe
from models.store import ModelStore


@pytest.fixture
def photo(sample_photos: Path, tmp_path: Path) -> Path:
    picture = Image.open(sample_photos / "SKU204-front.jpg")
    picture.thumbnail((700, 700))
    picture.save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


def _hashes(home: Path, photo: Path, out: Path) -> str:
    """Cut a photo with its shadow and return the hashes of matte and master."""
    recipe = replace(resolve_recipe(ModelStore(home), "u2netp"), keep_shadow=True)
    master = out / "master.png"
    result = cut(CutJob(photo, recipe, home, session=out, master=master, force=True))
    matte = matte_path(out, result.sha256, recipe.digest())
    return " ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in (matte, master))


def test_the_same_photo_and_recipe_give_the_same_bytes_in_every_process(
    model_home: Path, photo: Path, tmp_path: Path
) -> None:
    here = [_hashes(model_home, photo, tmp_path / str(turn)) for turn in range(2)]
    other = subprocess.run(
        [sys.executable, __file__, model_home, photo, tmp_path / "other"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert here[0] == here[1] == other.stdout


@pytest.fixture
def threads() -> Iterator[None]:
    """Put OpenCV's number of threads back."""
    before = cv2.getNumThreads()
    yield
    cv2.setNumThreads(before)


@pytest.mark.usefixtures("threads")
def test_the_number_of_threads_changes_nothing_visible(model_home: Path, photo: Path) -> None:
    store = ModelStore(model_home)
    pixels = read_photo(photo).pixels
    mattes: list[NDArray[np.int16]] = []
    for count in (1, 2):
        cv2.setNumThreads(count)
        network = Network(store.verified_path("u2netp"), store.spec("u2netp"), count)
        refiner = load_refiner(threads=count)
        matte = make_matte(
            pixels, network.probability(pixels, network.spec.quick), Recipe("", ""), refiner
        )
        mattes.append(matte.astype(np.int16))
    off = np.abs(mattes[0] - mattes[1])
    assert off.max() <= 1
    assert (off > 0).mean() <= 0.001


if __name__ == "__main__":
    sys.stdout.write(_hashes(*(Path(argument) for argument in sys.argv[1:])))
