"""Pictures of files before they are delivered: made, encoded, decoded again, and fitted to a panel.

What a person sees is what the channel will get, the encoder's traces included. Runs in a worker
process, which keeps the last photo open and the last files decoded: another preset of the same
photo decodes nothing again, and zooming makes nothing again.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.delivery.checking.check import check
from engine.delivery.checking.known import Known
from engine.delivery.deliver import OpenedPhoto, render
from engine.delivery.export_job import ExportJob, open_for
from engine.delivery.naming.filename import delivery_name
from engine.delivery.needs import Needs, needs_of
from engine.imaging.decode import Photo, read_photo
from engine.work.framing import ground, region_of, scaled
from engine.work.jobs import MadeFile, Picture, PreviewJob
from engine.work.stamp import stamp_of


@dataclass(frozen=True)
class _Made:
    decoded: Photo
    file: MadeFile


def preview_file(job: PreviewJob, file: ExportJob) -> Picture:
    """Make the picture of a file for a panel, and say what its check found.

    Parameters
    ----------
    job : the panel, and what of the file is seen in it
    file : what would make it

    Raises
    ------
    as ``engine.delivery.export_job.open_for`` and ``engine.delivery.deliver.render``
    """
    made = _made(file, stamp_of(file.photo))
    shown, alpha = made.decoded.pixels, made.decoded.alpha
    size = (shown.shape[1], shown.shape[0])
    zoom = job.zoom or min(job.box[0] / size[0], job.box[1] / size[1], 1.0)
    region = region_of(size, job.box, zoom, job.centre)
    drawn = zoom * job.scale
    width = max(1, min(job.box[0], round((region[2] - region[0]) * drawn)))
    height = max(1, min(job.box[1], round((region[3] - region[1]) * drawn)))
    pixels = scaled(shown, region, size, (width, height))
    if alpha is not None:
        share = scaled(alpha, region, size, (width, height))
        pixels = _over(pixels, share, ground(job.view, height, width, job.scale))
    return Picture(width, height, pixels.tobytes(), zoom, size, region, made.file)


def _over(
    pixels: NDArray[np.uint8], alpha: NDArray[np.uint8], behind: NDArray[np.float32]
) -> NDArray[np.uint8]:
    share = alpha.astype(np.float32)[..., None] / 255
    return np.asarray(pixels * share + behind * (1 - share) + 0.5, np.uint8)


@functools.lru_cache(maxsize=4)
def _made(job: ExportJob, stamp: int) -> _Made:
    """Return a job's file; ``stamp`` is another one when the photo's file is."""
    photo = _opened(_Opening.of(job), stamp)
    picture, encoded = render(photo, job.preset, job.provenance, job.inputs)
    known = Known(picture.coverage, picture.cut, picture.scale, job.source)
    findings = check(encoded, job.preset, str(delivery_name(job.preset, job.names)), known)
    made = MadeFile(len(encoded), findings, photo.notes + picture.notes)
    return _Made(read_photo(job.photo, encoded), made)


@dataclass(frozen=True)
class _Opening:
    """What decides how a photo is opened; jobs that agree in it share the opened photo."""

    job: ExportJob = field(compare=False)
    photo: Path
    matte: Path
    keep_shadow: bool
    needs: Needs

    @classmethod
    def of(cls, job: ExportJob) -> _Opening:
        preset = job.preset.for_view(job.inputs.view)
        needs = needs_of([preset], recipe_keeps_shadow=job.keep_shadow)
        return cls(job, job.photo, job.matte, job.keep_shadow, needs)


@functools.lru_cache(maxsize=1)
def _opened(opening: _Opening, stamp: int) -> OpenedPhoto:
    return open_for(opening.job)
