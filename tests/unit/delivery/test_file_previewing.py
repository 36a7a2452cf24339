"""Pictures of files before they are delivered: what is seen is what would be written."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from seasonal import jobs

from engine.delivery.export_job import ExportJob, export
from engine.session.session import Session
from engine.work.jobs import MadeFile, Picture, PreviewJob, View, preview

VIEWS: tuple[View, ...] = ("black", "white", "checker")


def pixels(picture: Picture) -> np.ndarray:
    return np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)


def seen(
    job: ExportJob, box: tuple[int, int], view: View = "checker", zoom: float = 0.0
) -> Picture:
    return preview(PreviewJob(job.photo, None, view, box, zoom, file=job))


def job_of(session: Session, preset: str) -> ExportJob:
    return next(job for job in jobs(session) if job.preset.name == preset)


def test_a_file_is_seen_and_measured_as_it_would_be_written(session: Session) -> None:
    job = job_of(session, "meta")
    picture = seen(job, (4000, 4000))
    assert not (session.folder / "Output").exists()
    made = export(job)
    assert picture.photo_size == (made.width, made.height)
    assert picture.file == MadeFile(made.bytes, made.findings, made.notes)
    with Image.open(io.BytesIO(made.path.read_bytes())) as image:
        assert np.array_equal(pixels(picture), np.asarray(image.convert("RGB")))


def test_a_panel_shows_all_of_it_or_a_part(session: Session) -> None:
    job = job_of(session, "meta")
    fitted = seen(job, (60, 90))
    assert (fitted.width, fitted.height) == (60, 60)
    assert pixels(fitted)[0, 0].min() >= 250, "the canvas is white to its corner"
    close = seen(job, (60, 90), zoom=1.0)
    assert (close.width, close.height, close.zoom) == (60, 90, 1.0)
    assert pixels(close).max() < 250, "the middle of the product"


def test_what_is_transparent_lies_on_the_ground_of_the_view(session: Session) -> None:
    job = job_of(session, "email-comp")
    corners = {view: int(pixels(seen(job, (64, 64), view))[0, 0, 0]) for view in VIEWS}
    assert corners["black"] == 0
    assert corners["white"] == 255
    assert 0 < corners["checker"] < 255
