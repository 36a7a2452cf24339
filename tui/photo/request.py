"""What the interface asks a worker for when it wants to show a picture, and what comes back.

The interface imports this and nothing that works on pixels.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from engine.work.jobs import MadeFile, PreviewJob, Sample, SampleJob
from tui.terminal.graphics import Backend
from tui.terminal.pace import FAST, Pace


@dataclass(frozen=True)
class Form:
    """How a terminal takes a picture.

    Attributes
    ----------
    backend : the protocol
    cell : width and height in pixels of a character cell, or of what is shown in one
    surround : the colour (0…255) around the picture where the protocol has no transparency
    ascii : only ASCII characters are shown
    pace : the most bytes that a picture may take on its way to the terminal
    """

    backend: Backend
    cell: tuple[int, int]
    surround: tuple[int, int, int] = (0, 0, 0)
    ascii: bool = False
    pace: Pace = FAST


@dataclass(frozen=True)
class PictureJob:
    """A picture of a photo, drawn for a terminal.

    ``quick`` asks for fewer bytes: something to look at until the sharp one comes. With a
    ``minimap`` a close look shows where it is in a corner.
    """

    preview: PreviewJob
    form: Form
    quick: bool = False
    minimap: bool = False

    @property
    def photo(self) -> Path:
        """The photo that is shown."""
        return self.preview.photo

    def is_like(self, other: PictureJob) -> bool:
        """Return whether another job asks for the same, at this pace or another."""
        return replace(self, form=replace(self.form, pace=other.form.pace)) == other


@dataclass(frozen=True)
class Drawing:
    """A picture as a terminal takes it.

    Attributes
    ----------
    columns, rows : the cells that it covers; for sixels those of the whole panel
    zoom : screen pixels per photo pixel
    photo_size : the photo's own width and height in pixels
    region : what of the photo is shown: left, top, right and bottom in its pixels
    data : a PNG in base64 (kitty), sixels, or what each cell shows, row by row (see ``blocks``)
    final : whether a sharp picture would be the same
    source : what parts of it can be made of (sixels)
    file : what the file came to that is shown, where it is one
    """

    columns: int
    rows: int
    zoom: float
    photo_size: tuple[int, int]
    region: tuple[int, int, int, int]
    data: bytes
    final: bool
    source: bytes = b""
    file: MadeFile | None = None


@dataclass(frozen=True)
class PartsJob:
    """Parts of a sixel picture that are to be drawn again.

    ``boxes`` are left, top, right and bottom in pixels of the panel.
    """

    source: bytes
    boxes: tuple[tuple[int, int, int, int], ...]


class Artist(Protocol):
    """Who has pictures drawn: the workers of the workstation."""

    def picture(self, job: PictureJob) -> Future[Drawing]:
        """Have a picture drawn."""

    def parts(self, job: PartsJob) -> Future[list[bytes]]:
        """Have parts of a picture drawn again."""

    def sample(self, job: SampleJob) -> Future[Sample]:
        """Have a pixel read."""


def draw(job: PictureJob) -> Drawing:
    """Draw a picture, as ``tui.photo.drawing.draw`` does, in a worker."""
    from tui.photo import drawing  # noqa: PLC0415 - see above

    return drawing.draw(job)


def draw_parts(job: PartsJob) -> list[bytes]:
    """Encode parts of a sixel picture, in a worker."""
    from tui.terminal import sixel  # noqa: PLC0415 - see above

    return sixel.parts_of(job.source, job.boxes)
