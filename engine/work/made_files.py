"""The files made of a photo that was just cut, while it is decoded: its exports and its master."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.atomic import write_atomic
from engine.cutout import cutout_colour, shadow_of
from engine.imaging.encode import encode_matte, encode_png
from engine.matting.shadow import joint_alpha, lay_over
from engine.work.fresh_cut import FreshCut, Plane
from engine.work.jobs import CutJob
from engine.work.origin import origin_text
from engine.work.stopwatch import Stopwatch

if TYPE_CHECKING:
    from engine.work.exports_of_cut import ExportsOfCut
    from engine.work.jobs import Deliveries


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
    exports = _exports(job)
    shade: Plane | None = None
    if job.recipe.keep_shadow or (exports and exports.want_shade):
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
    if exports is None and (job.master is None or job.alpha_only):
        return made

    if exports is None:
        with watch.step("foreground"):
            colour = cutout_colour(fresh.photo, fresh.alpha, in_place=True, smaller=fresh.smaller)
    else:
        with watch.step("foreground"):
            opened = exports.open(fresh, shade)
        with watch.step("export"):
            made = replace(made, delivered=exports.deliver(fresh, opened))
        colour = opened.cutout.colour
    if job.master is not None and not job.alpha_only:
        with watch.step("encode"):
            # Last of all: the shadow is written into the colours.
            whole = fresh.alpha if own is None else lay_over(colour, fresh.alpha, own)
            origin = master_origin(job, fresh.sha256)
            data = encode_png(colour, alpha=whole, level=job.level, text=origin)
        with watch.step("write"):
            write_atomic(job.master, data)
    return made


def master_origin(job: CutJob, sha256: str) -> dict[str, str]:
    """Return what a job's master, or its matte, says of what it was made from."""
    return origin_text(sha256, job.recipe.digest(), "matte" if job.alpha_only else "master")


def _exports(job: CutJob) -> ExportsOfCut | None:
    if not job.exports:
        return None
    from engine.work.exports_of_cut import ExportsOfCut  # noqa: PLC0415 - it says why

    return ExportsOfCut(job)
