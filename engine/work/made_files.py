"""The files made of a photo that was just cut, while it is decoded: its exports and its master."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.atomic import write_atomic
from engine.cutout import shadow_of
from engine.delivery.deliver import Delivered, take_apart
from engine.delivery.export_job import ExportJob
from engine.delivery.needs import needs_of
from engine.errors import PackshotError
from engine.imaging.decode import Photo
from engine.imaging.encode import encode_matte, encode_png
from engine.matting.defects.defect import Defect
from engine.matting.shadow import joint_alpha, lay_over
from engine.session.records import MatteRecord
from engine.work.exporting import deliver_each
from engine.work.jobs import CutJob
from engine.work.origin import origin_text
from engine.work.stopwatch import Stopwatch

Plane = NDArray[np.uint8]
Deliveries = tuple[tuple[ExportJob, Delivered | PackshotError], ...]


@dataclass(frozen=True)
class FreshCut:
    """A photo with its matte, (H, W), and still at hand: its file opened, and what is in it."""

    sha256: str
    stream: BinaryIO
    photo: Photo
    alpha: Plane
    defects: tuple[Defect, ...]


@dataclass(frozen=True)
class Made:
    """What came of the exports, and whether a shadow was looked for and not found."""

    delivered: Deliveries = ()
    lacks_shadow: bool = False


def make_files(job: CutJob, fresh: FreshCut, watch: Stopwatch) -> Made:
    """Do a photo's exports and write its master; its pixels are written over.

    Raises
    ------
    OutputError : the master could not be written; an export that fails is told of in the result
    """
    wanted = needs_of(
        (plan.preset.for_view(plan.inputs.view) for plan in job.exports),
        recipe_keeps_shadow=job.recipe.keep_shadow,
    )
    shade: Plane | None = None
    if wanted.shade or job.recipe.keep_shadow:
        with watch.step("shadow"):
            shade = shadow_of(fresh.photo, fresh.alpha)
    made = Made(lacks_shadow=job.recipe.keep_shadow and shade is None)
    own = shade if job.recipe.keep_shadow else None
    if job.master is not None and job.alpha_only:
        with watch.step("encode"):
            whole = fresh.alpha if own is None else joint_alpha(fresh.alpha, own)
            data = encode_matte(whole, master_origin(job, fresh.sha256))
        with watch.step("write"):
            write_atomic(job.master, data)
    if not job.exports and (job.master is None or job.alpha_only):
        return made

    with watch.step("foreground"):
        apart = take_apart(
            job.photo,
            fresh.stream,
            fresh.photo,
            fresh.alpha,
            shade,
            wanted,
            keep_shadow=job.recipe.keep_shadow,
        )
    if job.exports:
        with watch.step("export"):
            matte = _record(job, fresh)
            exports = [plan.job(matte) for plan in job.exports]
            made = replace(made, delivered=tuple(deliver_each(exports, apart)))
    if job.master is not None and not job.alpha_only:
        with watch.step("encode"):
            # Last of all: the shadow is written into the colours.
            colour = apart.cutout.colour
            whole = fresh.alpha if own is None else lay_over(colour, fresh.alpha, own)
            origin = master_origin(job, fresh.sha256)
            data = encode_png(colour, alpha=whole, level=job.level, text=origin)
        with watch.step("write"):
            write_atomic(job.master, data)
    return made


def master_origin(job: CutJob, sha256: str) -> dict[str, str]:
    """Return what a job's master, or its matte, says of what it was made from."""
    return origin_text(sha256, job.recipe.digest(), "matte" if job.alpha_only else "master")


def _record(job: CutJob, fresh: FreshCut) -> MatteRecord:
    """Return the matte as its session will record it, but for who made it and when."""
    height, width = fresh.alpha.shape
    return MatteRecord(
        photo_sha256=fresh.sha256,
        recipe_digest=job.recipe.digest(),
        model=job.recipe.model,
        recipe=job.recipe.content(),
        width=width,
        height=height,
        seconds=0.0,
        notes=(),
        person="",
        at="",
        defects=fresh.defects,
    )
