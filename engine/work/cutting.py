"""One photo's way from file to matte and master; runs in a worker process."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.atomic import write_atomic
from engine.delivery.product import SOLID, find_product
from engine.errors import OutputExists
from engine.imaging.decode import Photo, read_photo
from engine.imaging.encode import decode_matte, encode_matte
from engine.imaging.header import read_header
from engine.imaging.opening import open_hashed
from engine.matting.defects.find import find_defects
from engine.matting.imported import matte_of_mask
from engine.matting.matte import make_matte
from engine.matting.smaller import Smaller
from engine.session.layout import matte_path, proxy_folder
from engine.work.allocation import FreedMemory
from engine.work.fresh_cut import FreshCut
from engine.work.jobs import CutJob, CutResult
from engine.work.made_files import make_files, master_origin
from engine.work.masks import read_mask, stored_mask
from engine.work.origin import made_by_packshot, was_made_from
from engine.work.proxies import keep_proxy
from engine.work.stopwatch import Stopwatch
from engine.work.warm import is_warm, load_ahead, network, note_time, refiner, sight

_freed = FreedMemory()


def cut(job: CutJob) -> CutResult:
    """Cut one photo: matte into the session, master into its file.

    A matte that the session already holds for the same photo and recipe is used as it is, and a
    master that says it was made from both is left alone.

    Raises
    ------
    PhotoError : the photo cannot be used
    ModelError : the network cannot be loaded
    MaskMissing : the recipe's mask from outside is not in the session
    OutputError : a file could not be written
    """
    warm = is_warm(job.recipe.model, job.model_home)
    started = time.process_time()
    with _freed.kept():
        result = _cut(job)
    if warm and result.provider is not None:
        note_time(job.recipe.model, job.model_home, time.process_time() - started)
    return result


def _cut(job: CutJob) -> CutResult:
    watch = Stopwatch()
    if job.master is not None:
        _refuse_foreign(job.master)
    with watch.step("read"):
        sha256, stream = open_hashed(job.photo)
    with stream:
        return _cut_opened(job, sha256, stream, watch)


def _cut_opened(job: CutJob, sha256: str, stream: BinaryIO, watch: Stopwatch) -> CutResult:
    stored = matte_path(job.session, sha256, job.recipe.digest()) if job.session else None
    if not job.force and _is_done(job, stored, sha256):
        header = read_header(job.photo)
        return CutResult(sha256, header.width, header.height, None, watch.seconds, skipped=True)
    if job.recipe.mask_sha256 is None:
        load_ahead(job.recipe.model, job.model_home)
    with watch.step("decode"):
        photo = read_photo(job.photo, stream)
        _freed.fit(photo.pixels.nbytes)
    smaller = Smaller(photo.pixels)
    if job.session is not None:
        with watch.step("proxy"):
            changed = os.fstat(stream.fileno()).st_mtime_ns
            keep_proxy(proxy_folder(job.session), job.photo, changed, photo)

    coarse: NDArray[np.float32] | None = None
    if stored is not None and stored.exists() and not job.force:
        with watch.step("read"):
            alpha = decode_matte(stored.read_bytes())
    else:
        alpha, coarse = _new_matte(photo, smaller, sha256, job, watch)
        if stored is not None:
            with watch.step("store"):
                write_atomic(stored, encode_matte(alpha, master_origin(job, sha256)))
    with watch.step("measure"):
        # A photo that came with an alpha has lost the background to measure against.
        cut_here = photo.alpha is None
        defects = find_defects(photo.pixels, alpha, coarse, None, smaller) if cut_here else ()
        product = find_product(alpha > SOLID)
    # Last, for the photo's pixels are written over.
    made = make_files(job, FreshCut(sha256, stream, photo, alpha, defects, smaller), watch)

    height, width = alpha.shape
    coverage = cv2.mean(alpha)[0] / 255
    notes = photo.notes + _cutout_notes(photo) + _coverage_notes(coverage)
    if made.lacks_shadow and cut_here:
        notes += ("no shadow is kept: the backdrop is no plain sweep or paper",)
    provider = None
    if coarse is not None:
        running = network(job.recipe.model, job.model_home)
        provider = running.provider
        notes += running.news()
    return CutResult(
        sha256,
        width,
        height,
        coverage,
        watch.seconds,
        notes,
        defects,
        box=product.box.edges if product else None,
        provider=provider,
        processor=watch.processor,
        delivered=made.delivered,
    )


def _new_matte(
    photo: Photo, smaller: Smaller, sha256: str, job: CutJob, watch: Stopwatch
) -> tuple[NDArray[np.uint8], NDArray[np.float32] | None]:
    """Return the matte, and the network's probability that it was made from, if one ran."""
    if photo.alpha is not None:
        # Someone has cut this picture already; a network would only guess at it again.
        return photo.alpha, None
    if job.recipe.mask_sha256 is not None:
        with watch.step("read"):
            path = stored_mask(job.session, sha256, job.recipe.mask_sha256)
            mask = read_mask(job.photo, path)
        with watch.step("refine"):
            return matte_of_mask(photo.pixels, mask, job.recipe, refiner()), None
    found = sight(
        photo.pixels,
        job.recipe.model,
        job.model_home,
        refined=job.recipe.refine,
        smaller=smaller,
        timed=watch.step,
    )
    with watch.step("refine"):
        coarse = found.probability
        return make_matte(photo.pixels, coarse, job.recipe, refiner(), found.seen, smaller), coarse


def _is_done(job: CutJob, stored: Path | None, sha256: str) -> bool:
    """Whether everything that is asked for was made before, of this very photo and recipe."""
    if stored is not None and not (job.measured and stored.exists()):
        return False
    if job.master is None:
        return True
    return job.master.exists() and was_made_from(job.master, master_origin(job, sha256))


def _refuse_foreign(master: Path) -> None:
    """Refuse to replace a file that packshot did not make: it may be somebody's original."""
    if master.exists() and not made_by_packshot(master):
        raise OutputExists(
            str(master),
            "is already there and was not made by packshot",
            "Choose another output folder, or move that file away.",
        )


def _cutout_notes(photo: Photo) -> tuple[str, ...]:
    if photo.alpha is None:
        return ()
    return ("it came with transparency: its own alpha is kept as the matte",)


def _coverage_notes(coverage: float) -> tuple[str, ...]:
    if coverage < 0.001:
        return ("the matte is empty: the network found no product",)
    if coverage > 0.98:
        return ("the matte covers the whole frame: the network found no background",)
    return ()
