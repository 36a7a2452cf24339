"""Pictures with two mattes of a photo: each half, and every pixel that is different."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.imaging.encode import encode_matte, encode_png
from engine.work.jobs import Beside, PreviewJob, preview

BOX = (60, 40)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Return a grey photo and two mattes: the one is a box, the other lies further to the right."""
    paths = {name: tmp_path / f"{name}.png" for name in ("photo", "old", "new")}
    paths["photo"].write_bytes(encode_png(np.full((40, 60, 3), 120, np.uint8)))
    for name, left in (("old", 10), ("new", 20)):
        alpha = np.zeros((40, 60), np.uint8)
        cv2.rectangle(alpha, (left, 10), (left + 29, 29), 255, -1)
        paths[name].write_bytes(encode_matte(alpha))
    return paths


def shown(job: PreviewJob) -> NDArray[np.uint8]:
    picture = preview(job)
    return np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)


def test_a_split_shows_the_other_on_the_left(files: dict[str, Path]) -> None:
    beside = Beside(files["old"], "split")
    both = shown(PreviewJob(files["photo"], files["new"], "black", BOX, beside=beside))
    old, new = (
        shown(PreviewJob(files["photo"], files[name], "black", BOX)) for name in ("old", "new")
    )
    assert (both[:, :29] == old[:, :29]).all()
    assert (both[:, 31:] == new[:, 31:]).all()
    assert not (old == new).all()


def test_a_difference_is_blue_where_more_is_kept_and_orange_where_less(
    files: dict[str, Path],
) -> None:
    beside = Beside(files["old"], "difference")
    both = shown(PreviewJob(files["photo"], files["new"], "checker", BOX, beside=beside))
    coloured = both[..., 2].astype(int) - both[..., 0]
    assert (coloured[10:30, 40:50] > 200).all(), "only the new one keeps it"
    assert (coloured[10:30, 10:20] < -200).all(), "only the old one keeps it"
    assert (coloured[:, 20:40] == 0).all()
    assert (coloured[:10] == 0).all()


def test_the_original_has_nothing_to_compare(files: dict[str, Path]) -> None:
    job = PreviewJob(files["photo"], files["new"], "original", BOX)
    beside = Beside(files["old"], "split")
    assert (
        shown(PreviewJob(job.photo, job.matte, "original", BOX, beside=beside)) == shown(job)
    ).all()
