"""A photo's way in the worker, with real weights: what is made, what is kept, what is refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.atomic import write_atomic
from engine.errors import MaskMissing, OutputExists, PhotoUnreadable
from engine.imaging.encode import decode_matte, encode_matte
from engine.session.layout import mask_path, matte_path
from engine.session.session import Session
from engine.work.batch import Outcome
from engine.work.jobs import CutJob, PreviewJob, cut, preview
from engine.work.recipes import resolve_recipe
from engine.work.session_jobs import cut_job, record_cut
from models.store import ModelStore


@pytest.fixture
def photo(tmp_path: Path, sample_photos: Path) -> Path:
    picture = Image.open(sample_photos / "SKU201-front.jpg")
    picture.thumbnail((300, 300))
    picture.save(tmp_path / "SKU201-front.jpg", quality=92)
    return tmp_path / "SKU201-front.jpg"


@pytest.fixture
def job(photo: Path, model_home: Path) -> CutJob:
    recipe = resolve_recipe(ModelStore(model_home), "u2netp")
    return CutJob(photo, recipe, model_home, session=photo.parent)


def test_a_matte_is_made_once_and_used_again(job: CutJob) -> None:
    first = cut(job)
    assert "network" in first.seconds
    assert not first.skipped
    again = cut(replace(job, measured=True))
    assert again.skipped
    assert (again.sha256, again.width, again.height) == (first.sha256, first.width, first.height)
    mastered = cut(replace(job, master=job.photo.parent / "out" / "m.png"))
    assert "network" not in mastered.seconds
    assert not mastered.skipped
    assert "network" in cut(replace(job, force=True)).seconds


def test_another_recipe_is_another_matte(job: CutJob) -> None:
    cut(job)
    grown = replace(job, recipe=replace(job.recipe, edge_shift=2.0))
    assert not cut(grown).skipped
    mattes = list((job.photo.parent / ".packshot" / "mattes").rglob("*.png"))
    assert len(mattes) == 2


def test_a_changed_photo_is_cut_again(job: CutJob) -> None:
    cut(job)
    Image.open(job.photo).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(job.photo)
    assert not cut(job).skipped


def test_a_foreign_file_in_the_way_is_kept(job: CutJob) -> None:
    foreign = job.photo.parent / "mine.png"
    Image.new("RGB", (4, 4)).save(foreign)
    before = foreign.read_bytes()
    with pytest.raises(OutputExists, match="mine"):
        cut(replace(job, master=foreign))
    assert foreign.read_bytes() == before


def test_a_vanished_photo_is_an_error_of_the_tree(job: CutJob) -> None:
    job.photo.unlink()
    with pytest.raises(PhotoUnreadable, match="SKU201-front"):
        cut(job)


def test_a_blank_picture_has_an_empty_matte_and_says_so(job: CutJob) -> None:
    Image.new("RGB", (320, 240), (251, 251, 251)).save(job.photo)
    result = cut(job)
    assert result.coverage == 0
    assert any("empty" in note for note in result.notes)


def test_a_copy_and_a_lost_record_are_learnt_from_what_is_on_the_disk(
    photo: Path, model_home: Path
) -> None:
    recipe = resolve_recipe(ModelStore(model_home), "u2netp")
    (photo.parent / "copy.jpg").write_bytes(photo.read_bytes())
    with Session.open(photo.parent) as session:
        session.scan()
        for record in session.photos():
            request = cut_job(session, record, recipe, model_home)
            record_cut(session, record.id, Outcome(request, cut(request), None))
        times = [record.matte.seconds for record in session.photos() if record.matte]
        assert len(times) == 2
        for record in session.photos():
            request = cut_job(session, record, recipe, model_home)
            record_cut(session, record.id, Outcome(request, cut(request), None))
        assert times == [record.matte.seconds for record in session.photos() if record.matte]


@pytest.mark.parametrize("view", ["original", "matte", "checker", "black", "white", "overlay"])
def test_every_view_fits_its_panel(job: CutJob, view: str) -> None:
    result = cut(job)
    matte = next((job.photo.parent / ".packshot" / "mattes").rglob("*.png"))
    request = PreviewJob(job.photo, matte, view, (120, 80))  # type: ignore[arg-type]
    picture = preview(request)
    assert (picture.width, picture.height) == (
        round(result.width * picture.zoom),
        round(result.height * picture.zoom),
    )
    assert picture.width <= 120
    assert picture.height <= 80
    assert len(picture.rgb) == picture.width * picture.height * 3


def test_a_zoomed_preview_shows_the_photos_own_pixels(job: CutJob) -> None:
    full = np.asarray(Image.open(job.photo).convert("RGB"))
    picture = preview(PreviewJob(job.photo, None, "original", (40, 30), 1.0, (0.5, 0.5)))
    shown = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    top, left = round(full.shape[0] / 2 - 15), round(full.shape[1] / 2 - 20)
    assert (shown == full[top : top + 30, left : left + 40]).all()


def test_panning_stops_at_the_photos_edge(job: CutJob) -> None:
    full = np.asarray(Image.open(job.photo).convert("RGB"))
    picture = preview(PreviewJob(job.photo, None, "original", (40, 30), 1.0, (2.0, -1.0)))
    shown = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    assert (shown == full[:30, -40:]).all()


def test_a_mask_from_outside_stands_in_the_networks_place(job: CutJob) -> None:
    width, height = Image.open(job.photo).size
    mask = np.zeros((height, width), np.uint8)
    mask[40:200, 50:220] = 200
    digest = hashlib.sha256(encode_matte(mask)).hexdigest()
    photo = hashlib.sha256(job.photo.read_bytes()).hexdigest()
    folder = job.photo.parent
    recipe = replace(job.recipe, refine=False, mask_sha256=digest)
    with pytest.raises(MaskMissing, match="handoff take"):
        cut(replace(job, recipe=recipe))

    write_atomic(mask_path(folder, photo, digest), encode_matte(mask))
    # No network is there to run.
    result = cut(replace(job, recipe=recipe, model_home=folder / "nowhere"))
    stored = matte_path(folder, photo, recipe.digest())
    assert "network" not in result.seconds
    assert np.array_equal(decode_matte(stored.read_bytes()), mask)
    shown = preview(PreviewJob(job.photo, stored, "matte", (300, 300)))
    assert np.frombuffer(shown.rgb, np.uint8).max() == 200
    write_atomic(mask_path(folder, photo, digest), encode_matte(255 - mask))
    with pytest.raises(MaskMissing, match="was changed"):
        cut(replace(job, recipe=recipe, force=True))


def test_a_mask_goes_with_its_own_photo_alone(job: CutJob) -> None:
    folder, digest = job.photo.parent, "c" * 64
    Image.open(job.photo).rotate(180).save(folder / "SKU202-front.jpg")
    with Session.open(folder) as session:
        session.scan()
        first, second = session.photos()
        sha256 = hashlib.sha256(job.photo.read_bytes()).hexdigest()
        recipe = replace(job.recipe, mask_sha256=digest)
        session.record_cut(first.id, sha256=sha256, size=(1, 1), recipe=recipe, seconds=0, notes=())
        first = session.photo(first.id)
        assert cut_job(session, first, recipe, job.model_home).recipe == recipe
        assert cut_job(session, second, recipe, job.model_home).recipe == job.recipe
