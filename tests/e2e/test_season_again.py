"""Two hundred delivered files, made again by other processes: not a byte differs."""

from __future__ import annotations

import hashlib
import itertools
import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from program import packshot

from engine.atomic import write_atomic
from engine.delivery.export_job import deliver_as, export_jobs, open_for
from engine.delivery.recording import record_export
from engine.delivery.seasons.season import lock_season, open_season
from engine.imaging.encode import encode_matte
from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.session.session import Session

PHOTOS = 25
FORMATS = ("jpeg", "png", "webp", "tiff")
SIDES = (48, 64)
RECIPE = Recipe(model="u2netp", model_sha256="ab" * 32)
NAMES = [f"{kind}-{side}" for kind in FORMATS for side in SIDES]
SEASON = f"""\
schema_version = 1
name = "small"
title = "Small"
starts = 2026-01-01
ends = 2099-12-31
presets = {json.dumps(NAMES)}
"""
PRESET = """\
schema_version = 1
name = "{name}"
version = "2026-11"
title = "Small"
rules = []
canvas = {{ kind = "fixed", width = {side}, height = {side} }}
placement = {{ fill = 0.8, upscale = true }}
background = {{ kind = "{background}" }}
file = {{ format = "{kind}" }}
"""


def shoot(folder: Path) -> Session:
    """Return a session of small photos, cut and approved."""
    for place in ("seasons", "presets"):
        (folder / place).mkdir(parents=True)
    (folder / "seasons" / "small.toml").write_text(SEASON, "utf-8")
    for name in NAMES:
        kind, side = name.split("-")
        background = "blurred" if kind == "jpeg" else "transparent"
        text = PRESET.format(name=name, kind=kind, side=side, background=background)
        (folder / "presets" / f"{name}.toml").write_text(text, "utf-8")
    rng = np.random.default_rng(7)
    for number in range(PHOTOS):
        pixels = rng.integers(0, 256, (48, 40, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"SKU{number}-front.png")
    session = Session.open(folder)
    session.scan()
    for photo in session.photos():
        matte = np.zeros((48, 40), np.uint8)
        cv2.ellipse(matte, (20, 24), (12 + photo.id % 6, 19), 0, 0, 360, 255, -1, cv2.LINE_AA)
        sha256 = hashlib.sha256((folder / photo.path).read_bytes()).hexdigest()
        write_atomic(matte_path(folder, sha256, RECIPE.digest()), encode_matte(matte))
        session.record_cut(
            photo.id, sha256=sha256, size=(40, 48), recipe=RECIPE, seconds=0.1, notes=()
        )
    session.judge([photo.id for photo in session.photos()], "approved")
    return session


def test_a_season_of_200_files_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    with shoot(tmp_path) as session:
        lock_season(session, "small", RECIPE)
        presets = [loaded.preset for loaded in open_season(tmp_path, "small").presets]
        threads = cv2.getNumThreads()
        cv2.setNumThreads(4)  # the program's workers have one each
        try:
            jobs = export_jobs(session, presets, season="small")
            for _, group in itertools.groupby(jobs, lambda job: job.photo_id):
                together = list(group)
                photo = open_for(*together)
                for job in together:
                    record_export(session, job, deliver_as(job, photo))
        finally:
            cv2.setNumThreads(threads)
    command = ["seasons", "verify", "small", "--session", tmp_path, "--workers", "2", "--json"]
    proven = packshot(*command)
    assert proven.returncode == 0, proven.stdout + proven.stderr
    told = json.loads(proven.stdout)
    assert [row["made_again"] for row in told["deliveries"]] == [True] * 200
    assert told["proven"]
