"""Draws pictures for the terminal; runs in a worker process.

Everything that touches pixels happens here, so that the process that answers the keys never does:
it gets bytes that it only has to pass on.
"""

from __future__ import annotations

import base64
import math
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.work.jobs import Picture, preview
from tui.photo.minimap import with_map
from tui.photo.request import Drawing, Form, PictureJob
from tui.terminal.block_cells import block_cells
from tui.terminal.graphics import Backend
from tui.terminal.png import png_within
from tui.terminal.sixel import sixels_within

Pixels = NDArray[np.uint8]

_QUICK_SCALE = 0.5


class _Encoded(NamedTuple):
    """A picture as its terminal takes it; the names are those of ``Drawing``."""

    columns: int
    rows: int
    data: bytes
    final: bool = False
    source: bytes = b""


def draw(job: PictureJob) -> Drawing:
    """Draw a photo as the job asks.

    Raises
    ------
    PhotoError : the photo cannot be used
    ModelError : the network of a proposal cannot be loaded
    """
    asked = replace(job.preview, scale=scale_of(job))
    picture = preview(asked)
    if job.minimap and asked.zoom:
        picture = with_map(picture, asked, preview)
    return drawn(picture, job)


def scale_of(job: PictureJob) -> float:
    """Return how many pixels are drawn for one of the panel, on a side."""
    return _QUICK_SCALE if job.quick and job.form.backend is not Backend.HALFCELL else 1.0


def drawn(picture: Picture, job: PictureJob) -> Drawing:
    """Return a picture, made for a job, as the job's terminal takes it."""
    pixels = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    encode = _ENCODERS[job.form.backend]
    columns, rows, data, final, source = encode(pixels, job)
    return Drawing(
        columns,
        rows,
        picture.zoom,
        picture.photo_size,
        picture.region,
        data,
        final or not job.quick,
        source,
        picture.file,
    )


def _as_blocks(pixels: Pixels, job: PictureJob) -> _Encoded:
    form = job.form
    columns, rows = _cells(pixels, form, 1.0)
    cells = block_cells(pixels, form.surround, ascii_only=form.ascii, budget=budget_of(job))
    return _Encoded(columns, rows, cells.data, final=cells.exact)


def _as_kitty(pixels: Pixels, job: PictureJob) -> _Encoded:
    form, scale = job.form, scale_of(job)
    columns, rows = _cells(pixels, form, scale)
    ground = math.ceil(columns * form.cell[0] * scale), math.ceil(rows * form.cell[1] * scale)
    png = png_within(pixels, ground, budget_of(job) * 3 // 4)
    return _Encoded(columns, rows, base64.b64encode(png))


def _as_sixels(pixels: Pixels, job: PictureJob) -> _Encoded:
    form, panel = job.form, job.preview.box
    if job.quick:
        # A terminal enlarges no sixels.
        size = round(pixels.shape[1] / _QUICK_SCALE), round(pixels.shape[0] / _QUICK_SCALE)
        fitting = min(size[0], panel[0]), min(size[1], panel[1])
        enlarged = cv2.resize(pixels, fitting, interpolation=cv2.INTER_NEAREST)
        pixels = np.asarray(enlarged, np.uint8)
    made = sixels_within(pixels, panel, form.surround, budget_of(job))
    columns, rows = panel[0] // form.cell[0], panel[1] // form.cell[1]
    return _Encoded(columns, rows, made.data, source=made.source)


_ENCODERS = {
    Backend.HALFCELL: _as_blocks,
    Backend.KITTY: _as_kitty,
    Backend.SIXEL: _as_sixels,
}


def budget_of(job: PictureJob) -> int:
    """Return the most bytes that a picture may take on its way."""
    return job.form.pace.quick if job.quick else job.form.pace.sharp


def _cells(pixels: Pixels, form: Form, scale: float) -> tuple[int, int]:
    """Return how many columns and rows a picture covers, the last ones perhaps in part."""
    height, width = pixels.shape[:2]
    return (
        math.ceil(round(width / scale) / form.cell[0]),
        math.ceil(round(height / scale) / form.cell[1]),
    )
