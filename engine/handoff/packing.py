"""Photos made fit to leave the house: pixels alone, under names that say nothing.

A photo is decoded and encoded anew: no byte of its file goes along, so that no camera, place,
date, thumbnail, comment or maker's note can. The order in a pack is that of the names, which are
drawn by chance, and the files have no times.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from engine.atomic import writing
from engine.errors import OutputExists, SessionEmpty
from engine.imaging.decode import read_photo
from engine.imaging.encode import encode_jpeg, encode_png
from engine.imaging.opening import open_hashed
from engine.session.handouts import new_token
from engine.session.records import PhotoRecord
from engine.session.session import Session
from engine.work.machine import job_threads

Format = Literal["jpeg", "png"]

FORMATS: tuple[Format, ...] = get_args(Format)

_SUFFIXES: dict[Format, str] = {"jpeg": ".jpg", "png": ".png"}
_QUALITY = 95  # 4:4:4: what a person needs to see an edge, at a seventh of a PNG's bytes
_README = """\
Please make a mask for every picture.

- One 8-bit grey PNG for each, under the picture's own name: AB12CD34EF.png
- The picture's own width and height, not cropped, not scaled, not turned
- White is the product, black is the background, grey is an edge that lets some through
- Or the cutout as a PNG with transparency: its alpha is taken for the mask
"""


@dataclass(frozen=True)
class PackJob:
    """One photo to be made fit to leave; crosses process borders by pickling."""

    photo: Path
    photo_id: int
    token: str
    format: Format
    pixels: int


@dataclass(frozen=True)
class PackedPhoto:
    """A photo as it leaves: the bytes of its new file, and the hash of the one that it is of."""

    data: bytes
    photo_sha256: str


def pack_jobs(session: Session, photos: Iterable[PhotoRecord], format_: Format) -> list[PackJob]:
    """Return the jobs that make photos fit to leave, in the order of their new names."""
    jobs = [
        PackJob(session.folder / photo.path, photo.id, new_token(), format_, photo.pixels)
        for photo in photos
    ]
    return sorted(jobs, key=lambda job: job.token)


def sanitised(job: PackJob) -> PackedPhoto:
    """Make one photo fit to leave; runs in a worker process.

    Raises
    ------
    PhotoError : it cannot be decoded
    """
    sha256, stream = open_hashed(job.photo)
    with stream:
        pixels = read_photo(job.photo, stream).pixels
    if job.format == "jpeg":
        made = encode_jpeg(pixels, quality=_QUALITY, subsampling="4:4:4", progressive=False)
    else:
        made = encode_png(pixels, threads=job_threads())
    return PackedPhoto(made, sha256)


def write_pack(session: Session, path: Path, packed: Iterable[tuple[PackJob, PackedPhoto]]) -> int:
    """Write photos into a ZIP file as they come; return how many.

    The session knows every name before the file appears.

    Raises
    ------
    OutputExists : the file is there already
    SessionEmpty : no photo came; nothing was written
    OutputError and its branches : nothing was written
    """
    if path.exists():
        raise OutputExists(
            str(path), "is there already", "Choose another name: what was handed out stays known."
        )
    entries = []
    with writing(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("README.txt"), _README)
        for job, made in packed:
            archive.writestr(zipfile.ZipInfo(job.token + _SUFFIXES[job.format]), made.data)
            entries.append((job.token, job.photo_id, made.photo_sha256))
        if not entries:
            raise SessionEmpty(
                str(session.folder), "no photo could be packed", "See to the errors above."
            )
        session.handouts.add(path.name, entries)
    return len(entries)
