"""A session of 300 photos as they really come, cut by the real program with real weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from program import packshot
from session_of_trouble import TroubleSession, build

from engine.session.session import Session


def _digests(folder: Path) -> dict[Path, str]:
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not {".packshot", "Output"} & set(path.parts)
    }


def _delta_e(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return CIE 1976 colour differences."""
    labs = [cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) for rgb in (one, other)]
    return np.linalg.norm(labs[0] - labs[1], axis=-1)


@pytest.fixture(scope="module")
def trouble(
    tmp_path_factory: pytest.TempPathFactory, sample_photos: Path
) -> Iterator[TroubleSession]:
    yield build(tmp_path_factory.mktemp("trouble") / "session", sample_photos)


@pytest.mark.xdist_group("trouble")
def test_every_good_photo_is_done_and_every_bad_one_is_named(
    trouble: TroubleSession, model_home: Path
) -> None:
    before = _digests(trouble.folder)
    assert len(before) == trouble.photos == 300

    ran = packshot("cut", trouble.folder, "--json", home=model_home)

    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    rows = json.loads(ran.stdout)
    assert len(rows) == 300
    names = {str(Path(row["photo"]).relative_to(trouble.folder)): row for row in rows}
    assert {name for name, row in names.items() if row["state"] == "failed"} == trouble.bad
    for name in trouble.bad:
        assert name in names[name]["error"]
        assert name in ran.stderr
    assert len({row["output"] for row in rows if "output" in row}) == 297
    assert all(Path(row["output"]).exists() for row in rows if "output" in row)
    assert _digests(trouble.folder) == before

    with Session.open(trouble.folder) as session:
        photos = {str(photo.path): photo for photo in session.photos()}
    assert sum(photo.matte is not None for photo in photos.values()) == 297
    for name in trouble.bad:
        assert photos[name].failure or photos[name].problem


@pytest.mark.xdist_group("trouble")
def test_odd_files_come_out_turned_and_coloured_right(trouble: TroubleSession) -> None:
    for name, truth in trouble.expected.items():
        master = trouble.folder / "Output" / "masters" / Path(name).with_suffix(".png")
        rgba = np.asarray(Image.open(master))
        assert rgba.shape == (*truth.shape[:2], 4), name
        solid = rgba[..., 3] == 255
        assert solid.mean() > 0.05, f"{name}: nothing was cut out"
        difference = _delta_e(rgba[..., :3], truth)[solid]
        assert difference.mean() < 2, f"{name}: mean ΔE {difference.mean():.2f}"


@pytest.mark.xdist_group("trouble")
def test_a_second_run_finds_everything_done(trouble: TroubleSession, model_home: Path) -> None:
    packshot("cut", trouble.folder, home=model_home)  # whichever test came first
    ran = packshot("cut", trouble.folder, home=model_home)
    assert ran.returncode == 1
    assert "297 unchanged" in ran.stdout
    assert "3 failed" in ran.stdout
