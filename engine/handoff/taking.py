"""Masks that come back: each to its own photo, checked, and kept as a recipe of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.atomic import write_atomic
from engine.errors import MaskRefused, PhotoError, RecipeInvalid
from engine.handoff.mask import (
    REDUCED_SIDE,
    decode_mask,
    mask_bytes_limit,
    require_fit,
    require_sense,
)
from engine.handoff.returned import ReturnedFile, returned_files, twice
from engine.imaging.decode import read_reduced
from engine.imaging.encode import decode_matte, encode_matte
from engine.imaging.header import read_header
from engine.matting.recipe import Recipe, recipe_from
from engine.session.handouts import Handout
from engine.session.hashing import sha256_of
from engine.session.layout import mask_path
from engine.session.records import PhotoRecord
from engine.session.session import Session

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class TakeJob:
    """One mask to be checked and kept; crosses process borders by pickling.

    ``place`` is the file in the ``pack``, ``own`` the session's matte of the photo, where there is
    one. ``unchecked`` takes a mask whose outline is not found in the photo.
    """

    photo: Path
    photo_sha256: str
    token: str
    pack: Path
    place: str
    session: Path
    own: Path | None
    unchecked: bool = False
    pixels: int = 0


@dataclass(frozen=True)
class TakenMask:
    """A mask that the session keeps: its hash, and whether it has every pixel of its photo."""

    sha256: str
    is_full_size: bool


def take_jobs(
    session: Session, pack: Path, *, unchecked: bool = False
) -> tuple[dict[TakeJob, int], list[str]]:
    """Return the jobs for the masks in a ZIP file or a folder, by their photos' numbers.

    Returns
    -------
    dict : jobs, each with its photo's number
    list : a sentence for each file that belongs to no photo which was handed out, or is there twice

    Raises
    ------
    PackUnreadable : the ZIP file or folder cannot be read
    """
    handouts = {each.token.casefold(): each for each in session.handouts.all()}
    photos = {photo.id: photo for photo in session.photos()}
    jobs: dict[TakeJob, int] = {}
    problems = []
    with returned_files(pack) as files:
        double = twice(files)
        for file in files:
            handout = handouts.get(file.stem.casefold())
            problem = _problem(file, handout, double, photos)
            if problem is not None or handout is None:
                problems.append(f"{file.place}: {problem}")
                continue
            photo = photos[handout.photo_id]
            jobs[
                TakeJob(
                    photo=session.folder / photo.path,
                    photo_sha256=handout.photo_sha256,
                    token=handout.token,
                    pack=pack.absolute(),
                    place=file.place,
                    session=session.folder,
                    own=session.matte_file(photo),
                    unchecked=unchecked,
                    pixels=photo.pixels,
                )
            ] = photo.id
    return jobs, problems


def take_mask(job: TakeJob) -> TakenMask:
    """Check one mask and keep it in the session; runs in a worker process.

    Raises
    ------
    MaskRefused : it does not fit, or the photo is another one by now
    PhotoError : the photo cannot be decoded
    OutputError and its branches : it could not be kept
    """
    if sha256_of(job.photo) != job.photo_sha256:
        raise MaskRefused(
            job.place,
            f"is of {job.photo.name} as it was handed out, and the photo has changed since",
            "Hand the photo out again.",
        )
    header = read_header(job.photo)
    size = header.width, header.height
    with returned_files(job.pack) as files:
        (file,) = [each for each in files if each.place == job.place]
        mask = decode_mask(file.read(mask_bytes_limit(size)), job.place, size)
    _require_fit(job, mask, size)
    data = encode_matte(mask)
    sha256 = hashlib.sha256(data).hexdigest()
    write_atomic(mask_path(job.session, job.photo_sha256, sha256), data)
    return TakenMask(sha256, is_full_size=mask.shape == size[::-1])


def recipe_with(photo: PhotoRecord, taken: TakenMask, fallback: Callable[[], Recipe]) -> Recipe:
    """Return the recipe that makes a photo's matte from a mask.

    A mask of the photo's size is the matte, value for value; a smaller one is refined by the
    photo's colours. The network and the choice of the shadow stay what they were.

    Parameters
    ----------
    photo : whose mask it is
    taken : the mask
    fallback : gives the recipe of a photo that was not cut before
    """
    try:
        before = recipe_from(photo.matte.recipe if photo.matte else {}, "the matte's recipe")
    except RecipeInvalid:
        before = fallback()
    return Recipe(
        model=before.model,
        model_sha256=before.model_sha256,
        keep_shadow=before.keep_shadow,
        refine=not taken.is_full_size,
        mask_sha256=taken.sha256,
    )


def _problem(
    file: ReturnedFile,
    handout: Handout | None,
    double: Collection[str],
    photos: dict[int, PhotoRecord],
) -> str | None:
    if handout is None:
        return "is of no photo that was handed out from this session"
    if file.stem.casefold() in double:
        return "is there twice; say which by taking the other one out"
    if handout.photo_id not in photos:
        return "is of a photo that is not there any more"
    return None


def _require_fit(job: TakeJob, mask: Pixels, size: tuple[int, int]) -> None:
    photo = read_reduced(job.photo, REDUCED_SIDE).pixels
    height, width = photo.shape[:2]
    small = _resized(mask, width, height)
    require_sense(small, job.place, _own(job, width, height))
    if not job.unchecked:
        require_fit(photo, small, job.place, size[0] / width)


def _own(job: TakeJob, width: int, height: int) -> Pixels | None:
    if job.own is None:
        return None
    try:
        return _resized(decode_matte(job.own.read_bytes()), width, height)
    except (OSError, PhotoError):
        return None  # it only helps to tell an inverted mask


def _resized(mask: Pixels, width: int, height: int) -> Pixels:
    return np.asarray(cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
