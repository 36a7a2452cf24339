"""A session with a season of its own, small enough to be delivered in every test."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from engine.atomic import write_atomic
from engine.delivery.export_job import ExportJob, export, export_jobs
from engine.delivery.recording import record_export
from engine.delivery.seasons.events import log_deliveries
from engine.delivery.seasons.season import open_season
from engine.imaging.encode import encode_matte
from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.session.session import Session
from presets.loader import BUILT_IN

RECIPE = Recipe(model="u2netp", model_sha256="ab" * 32)
SEASON = """\
schema_version = 1
name = "autumn"
title = "Autumn"
starts = 2026-09-01
ends = 2027-02-28
presets = ["meta", "email-comp"]
"""


def add_cut(session: Session, photo_id: int, recipe: Recipe = RECIPE) -> None:
    """Give a photo the matte of its disc."""
    photo = session.photo(photo_id)
    data = (session.folder / photo.path).read_bytes()
    alpha = np.zeros((360, 400), np.uint8)
    cv2.circle(alpha, (200, 180), 149, 255, -1, cv2.LINE_AA)
    sha256 = hashlib.sha256(data).hexdigest()
    write_atomic(matte_path(session.folder, sha256, recipe.digest()), encode_matte(alpha))
    session.record_cut(
        photo_id, sha256=sha256, size=(400, 360), recipe=recipe, seconds=0.1, notes=()
    )


def autumn(folder: Path) -> Iterator[Session]:
    """Yield a session with a season of its own and two approved photos."""
    (folder / "seasons").mkdir(parents=True)
    (folder / "presets").mkdir()
    (folder / "seasons" / "autumn.toml").write_text(SEASON, "utf-8")
    shutil.copy(BUILT_IN / "meta.toml", folder / "presets")
    for number in (1, 2):
        pixels = np.full((360, 400, 3), 180, np.uint8)
        cv2.circle(pixels, (200, 180), 150, (20, number, 120), -1, cv2.LINE_AA)
        Image.fromarray(pixels).save(folder / f"SKU{number}-front.png", compress_level=1)
    with Session.open(folder, person="anna@desk") as opened:
        opened.scan()
        for photo in opened.photos():
            add_cut(opened, photo.id)
        opened.judge([photo.id for photo in opened.photos()], "approved")
        yield opened


def change(session: Session, before: str, after: str, name: str = "presets/meta.toml") -> None:
    """Put one text in the place of another in a file of the session."""
    path = session.folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def jobs(session: Session, season: str | None = "autumn") -> list[ExportJob]:
    """Return the jobs that export the season."""
    presets = [loaded.preset for loaded in open_season(session.folder, "autumn").presets]
    return export_jobs(session, presets, season=season)


def deliver_all(session: Session) -> None:
    """Export the season as a command does."""
    for job in jobs(session):
        record_export(session, job, export(job))
    log_deliveries(session)
