"""One photo, one preset, one checked file: the work behind an export.

Runs in a worker process. The matte comes from the session: nothing is inferred again. A delivery
appears whole or not at all, and never replaces a file.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.cutout import cutout_colour, shadow_of
from engine.delivery.checking.check import check
from engine.delivery.checking.findings import Finding
from engine.delivery.checking.known import Known
from engine.delivery.composing.compose import Composition, Cutout, compose
from engine.delivery.composing.finishing import finished, finishing_notes
from engine.delivery.composing.sheet import Frame
from engine.delivery.encoding import encode
from engine.delivery.incidents.refusal import recalled_error
from engine.delivery.inputs import NO_INPUTS, Inputs
from engine.delivery.metadata import alt_problem, metadata_packet
from engine.delivery.naming.allowed import name_problem
from engine.delivery.naming.filename import NameParts, delivery_name
from engine.delivery.needs import NO_NEEDS, Needs, keeps_shadow
from engine.delivery.provenance import Provenance, provenance_properties
from engine.delivery.writing import place_delivery, write_delivery
from engine.errors import AltTextMissing, MatteOutdated, NameRefused
from engine.imaging.credit import read_credit
from engine.imaging.decode import Photo, read_photo
from engine.imaging.deep import read_deep
from engine.imaging.icc import Space
from engine.imaging.opening import open_hashed
from engine.imaging.xmp import Name, Value
from engine.matting.smaller import Smaller
from engine.session.warnings import Facts
from presets.schema import Preset


@dataclass(frozen=True)
class Delivered:
    """A finished file.

    ``version`` is the number in its name, 1 where there is none. ``unchanged`` says that the same
    bytes had been delivered before and were left alone.
    ``seconds`` is the time it took, but for opening the photo.
    """

    path: Path
    version: int
    sha256: str
    bytes: int
    width: int
    height: int
    unchanged: bool
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class OpenedPhoto:
    """A photo decoded and cut out, ready for any number of presets, none of which changes it.

    ``keeps_shadow`` says whether the recipe of its matte keeps the shadow. ``credit`` is what its
    file says of those properties that the presets keep.
    """

    path: Path
    cutout: Cutout
    keeps_shadow: bool
    credit: Mapping[Name, Value]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Conditions:
    """What a delivery depends on and does not enter its file.

    ``blocked`` are the files that were recalled, by their hash, and when and why; ``source`` are
    the photo's name and header, for rules about where its pixels come from. With ``dry`` the file
    is made and checked, and not written.
    """

    blocked: Mapping[str, str] = field(default_factory=dict)
    source: Facts | None = None
    dry: bool = False


UNCONDITIONAL = Conditions()
"""Nothing was recalled, and nobody knows where the photo comes from."""


def open_photo(
    path: Path,
    matte: NDArray[np.uint8],
    provenance: Provenance,
    *,
    keep_shadow: bool = False,
    needs: Needs = NO_NEEDS,
) -> OpenedPhoto:
    """Decode a photo and take the background out of its colours, once for all its presets.

    Parameters
    ----------
    path : the photo, opened for reading only
    matte : (H, W) coverage at the photo's own size, 0…255
    provenance : the photo and recipe that the matte belongs to
    keep_shadow : whether that recipe keeps the product's shadow
    needs : what the presets want of the photo besides

    Raises
    ------
    PhotoUnreadable, PhotoUnsupported : the photo cannot be decoded
    MatteOutdated : the photo is not the one that the matte was made from
    """
    sha256, stream = open_hashed(path)
    with stream:
        if sha256 != provenance.photo:
            raise _outdated(path, "the photo has changed since its matte was made")
        photo = read_photo(path, stream)
        if photo.pixels.shape[:2] != matte.shape:
            height, width = photo.pixels.shape[:2]
            raise _outdated(
                path,
                f"its matte is {matte.shape[1]} × {matte.shape[0]}, the photo {width} × {height}",
            )
        shade = shadow_of(photo, matte) if needs.shade else None
        return take_apart(path, stream, photo, matte, shade, needs, keep_shadow=keep_shadow)


def take_apart(
    path: Path,
    stream: BinaryIO,
    photo: Photo,
    matte: NDArray[np.uint8],
    shade: NDArray[np.uint8] | None,
    needs: Needs,
    *,
    keep_shadow: bool,
    smaller: Smaller | None = None,
) -> OpenedPhoto:
    """Take the background out of a photo that is decoded already; its pixels are written over.

    Parameters
    ----------
    path, stream : the photo's file, and that file opened
    photo : what it was decoded to
    matte : (H, W) coverage, 0…255
    shade : (H, W), that of its shadow, where it was looked for and found
    needs, keep_shadow : as in `open_photo`
    smaller : copies of its pixels; None makes its own
    """
    credit = read_credit(stream, needs.properties)
    deep = _deep(path, stream, needs, matte.shape)
    whole = photo.pixels.copy() if needs.original and photo.alpha is None else None
    colour = cutout_colour(photo, matte, in_place=True, smaller=smaller)
    cutout = Cutout(colour, matte, shade, whole, deep)
    return OpenedPhoto(path, cutout, keep_shadow, credit, photo.notes)


def _deep(
    path: Path, stream: BinaryIO, needs: Needs, shape: tuple[int, ...]
) -> dict[Space, NDArray[np.uint16]]:
    """Return the photo's deep colours by the spaces that are wanted and that it has."""
    found = {space: read_deep(path, stream, space) for space in sorted(needs.spaces)}
    return {
        space: colours
        for space, colours in found.items()
        if colours is not None and colours.shape[:2] == shape
    }


def deliver(
    photo: OpenedPhoto,
    preset: Preset,
    target: Path,
    names: NameParts,
    provenance: Provenance,
    inputs: Inputs = NO_INPUTS,
    conditions: Conditions = UNCONDITIONAL,
) -> Delivered:
    """Make a preset's file of one photo, write it and check what was written.

    Parameters
    ----------
    photo : from :func:`open_photo`
    preset : what to make
    target : output folder; the preset's own folder goes inside
    names : what the photo is called
    provenance : the photo and recipe that the matte belongs to
    inputs : what else enters the file
    conditions : what does not enter it

    Raises
    ------
    NothingToPlace : the matte is empty
    BackgroundMissing : the photo's own background is wanted, and it has none
    AltTextMissing : the preset wants an alt text, and there is none
    NameRefused : the preset does not allow the file's name
    Recalled : the file is one of those that were recalled
    OutputError and its branches : nothing was written
    """
    started = time.perf_counter()
    if problem := alt_problem(preset, dict(inputs.alt)):
        raise AltTextMissing(
            str(photo.path), problem, "Write it in the workstation, or import a list: packshot alt."
        )
    name = delivery_name(preset, names)
    if problem := name_problem(preset, names, name):
        raise NameRefused(
            str(photo.path), problem, "See to the name, or export it with another preset."
        )
    picture, encoded = render(photo, preset, provenance, inputs)
    sha256 = hashlib.sha256(encoded).hexdigest()
    if why := conditions.blocked.get(sha256):
        raise recalled_error(str(name), f"this very file was {why}")
    put = place_delivery if conditions.dry else write_delivery
    written = put(target, name, encoded, names.taken, preset.naming.collisions)
    known = Known(picture.coverage, picture.cut, picture.scale, conditions.source)
    findings = check(encoded, preset, str(written.path), known)
    height, width = picture.pixels.shape[:2]
    return Delivered(
        path=written.path,
        version=written.version,
        sha256=sha256,
        bytes=len(encoded),
        width=width,
        height=height,
        unchanged=not written.is_new,
        findings=findings,
        notes=photo.notes + picture.notes,
        seconds=time.perf_counter() - started,
    )


def render(
    photo: OpenedPhoto, preset: Preset, provenance: Provenance, inputs: Inputs
) -> tuple[Composition, bytes]:
    """Return the picture that a preset asks for, and the file that it makes.

    The same photo, matte, preset and inputs give the same bytes.

    Raises
    ------
    NothingToPlace : the matte is empty
    BackgroundMissing : the photo's own background is wanted, and it has none
    """
    picture = _picture(photo, preset.for_view(inputs.view), inputs.frame)
    origin = provenance_properties(provenance, preset)
    said = metadata_packet(preset, photo.credit, dict(inputs.alt), origin)
    encoded = encode(finished(picture, photo.cutout, preset), preset, said)
    notes = (*picture.notes, *finishing_notes(photo.cutout, preset), *encoded.notes)
    return replace(picture, notes=notes), encoded.data


def _picture(photo: OpenedPhoto, preset: Preset, frame: Frame | None) -> Composition:
    cutout = photo.cutout
    if not keeps_shadow(preset, photo.keeps_shadow):
        return compose(replace(cutout, shade=None), preset, str(photo.path), frame)
    made = compose(cutout, preset, str(photo.path), frame)
    if cutout.shade is None:
        lost = "no shadow is kept: the backdrop is no plain sweep or paper"
        return replace(made, notes=(*made.notes, lost))
    return made


def _outdated(path: Path, problem: str) -> MatteOutdated:
    return MatteOutdated(str(path), problem, "Cut it again, look at the new matte and export then.")
