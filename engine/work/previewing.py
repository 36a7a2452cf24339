"""Pictures for a screen: a photo, its matte or its cutout, at the size of the panel.

A preview shows what an export would look like, so that it is made of the same parts: the stored
matte and the estimated foreground colour. Runs in a worker process, which keeps the last photos
decoded: zooming, panning and changing the view of one photo decode nothing again.
"""

from __future__ import annotations

import functools
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.decode import Photo, read_photo, read_reduced
from engine.imaging.encode import decode_matte
from engine.imaging.header import read_header
from engine.matting.shadow import cast_shadow
from engine.work.comparing import compared
from engine.work.framing import region_of, scaled
from engine.work.jobs import Picture, PreviewJob, Sample, SampleJob
from engine.work.proposing import propose, with_edge
from engine.work.proxies import SIDE, find_proxy, keep_proxy
from engine.work.stamp import stamp_of
from engine.work.viewing import CUTOUTS, Layers, view_of

Pixels = NDArray[np.uint8]


def preview(job: PreviewJob) -> Picture:
    """Make the picture of one photo for a panel.

    Raises
    ------
    PhotoError : the photo cannot be used
    ModelError : the network of a proposal cannot be loaded
    """
    if job.file is not None:
        # What delivering takes is heavy to import: not before a file is looked at.
        from engine.work.file_previewing import preview_file  # noqa: PLC0415

        return preview_file(job, job.file)
    return _preview(job) if job.beside is None else compared(job, job.beside, _preview)


def _preview(job: PreviewJob) -> Picture:
    """Make the picture of one photo with one matte."""
    photo_stamp = stamp_of(job.photo)
    size = _photo_size(job.photo, photo_stamp)
    fitting = min(job.box[0] / size[0], job.box[1] / size[1], 1.0)
    zoom = job.zoom or fitting
    region = region_of(size, job.box, zoom, job.centre)
    drawn = zoom * job.scale
    width = max(1, min(job.box[0], round((region[2] - region[0]) * drawn)))
    height = max(1, min(job.box[1], round((region[3] - region[1]) * drawn)))

    whole = drawn * max(size) <= SIDE
    photo = (
        _reduced(job.photo, photo_stamp, job.proxies) if whole else _full(job.photo, photo_stamp)
    )
    pixels = scaled(photo.pixels, region, size, (width, height))
    matte = None if job.view == "original" else _wanted_matte(job, photo_stamp)
    if matte is None:
        shown = pixels
    else:
        alpha = scaled(matte, region, size, (width, height))
        if job.proposal and photo.alpha is None:
            alpha = with_edge(alpha, job.proposal.recipe, width / (region[2] - region[0]))
        shade = None
        if job.keep_shadow and job.matte and job.view in CUTOUTS and photo.alpha is None:
            stamps = photo_stamp, stamp_of(job.matte)
            cast = _shade(job.photo, job.matte, stamps, job.proxies, reduced=whole)
            shade = None if cast is None else scaled(cast, region, size, (width, height))
        layers = Layers(pixels, alpha, shade, came_cut=photo.alpha is not None, scale=job.scale)
        shown = view_of(layers, job.view, brand=job.brand, divide=job.divide)
    return Picture(width, height, shown.tobytes(), zoom, size, region)


def sample(job: SampleJob) -> Sample:
    """Read a pixel of a photo and of its matte, both at full size.

    Raises
    ------
    PhotoError : the photo cannot be used
    ModelError : the network of a proposal cannot be loaded
    """
    asked = job.preview
    photo_stamp = stamp_of(asked.photo)
    width, height = _photo_size(asked.photo, photo_stamp)
    x, y = min(max(job.place[0], 0), width - 1), min(max(job.place[1], 0), height - 1)
    red, green, blue = _full(asked.photo, photo_stamp).pixels[y, x]
    matte = _wanted_matte(asked, photo_stamp)
    alpha = None
    if matte is not None:
        # A proposal's matte is a reduced one.
        row, column = y * matte.shape[0] // height, x * matte.shape[1] // width
        if asked.proposal:
            matte = with_edge(matte, asked.proposal.recipe, matte.shape[1] / width)
        alpha = int(matte[row, column])
    return Sample((x, y), (int(red), int(green), int(blue)), alpha)


def _wanted_matte(job: PreviewJob, photo_stamp: int) -> Pixels | None:
    """Return the matte to be shown, at any size: the stored one, or that of a proposal."""
    if job.proposal and not (job.matte and job.proposal.keeps_matte):
        return propose(job.photo, photo_stamp, job.proposal)
    return _matte(job.matte, stamp_of(job.matte)) if job.matte else None


@functools.lru_cache(maxsize=256)
def _photo_size(path: Path, stamp: int) -> tuple[int, int]:
    header = read_header(path)
    return header.width, header.height


@functools.lru_cache(maxsize=8)
def _reduced(path: Path, stamp: int, proxies: Path | None) -> Photo:
    """Return a photo at most `SIDE` pixels long, from the copy that is kept of it if there is."""
    if proxies is not None and (kept := find_proxy(proxies, path, stamp)) is not None:
        return kept
    read = read_reduced(path, SIDE)
    if proxies is not None:
        keep_proxy(proxies, path, stamp, read)
    return read


@functools.lru_cache(maxsize=2)
def _full(path: Path, stamp: int) -> Photo:
    return read_photo(path)


@functools.lru_cache(maxsize=4)
def _matte(path: Path, stamp: int) -> Pixels:
    return decode_matte(path.read_bytes())


@functools.lru_cache(maxsize=4)
def _shade(
    photo: Path, matte: Path, stamps: tuple[int, int], proxies: Path | None, *, reduced: bool
) -> Pixels | None:
    """Return the product's shade over the whole frame, of the photo reduced or at its own size."""
    read = _reduced(photo, stamps[0], proxies) if reduced else _full(photo, stamps[0])
    pixels = read.pixels
    size = (pixels.shape[1], pixels.shape[0])
    alpha = cv2.resize(_matte(matte, stamps[1]), size, interpolation=cv2.INTER_AREA)
    return cast_shadow(pixels, np.asarray(alpha, np.uint8))
