"""What a worker can be asked for, in one place: requests, results and the functions that answer.

Every request and result is a frozen dataclass that crosses process borders by pickling. Whoever
asks imports nothing that answering takes: the functions import their machinery when they run,
which is in the worker.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.matting.defects.defect import Defect
from engine.matting.recipe import Recipe

if TYPE_CHECKING:
    from engine.delivery.checking.findings import Finding
    from engine.delivery.deliver import Delivered
    from engine.delivery.export_job import ExportJob, ExportPlan
    from engine.errors import PackshotError

    Deliveries = tuple[tuple[ExportJob, Delivered | PackshotError], ...]
    """What came of each of some exports."""

View = Literal[
    "original", "matte", "checker", "black", "white", "brand", "overlay", "edge", "split"
]


@dataclass(frozen=True)
class CutJob:
    """A photo to be cut.

    ``session`` is the folder whose ``.packshot`` keeps the matte; ``master`` is the PNG to write.
    Either may be left out. With ``alpha_only`` the master is the 8-bit matte alone. With
    ``force`` what is already there is made again. ``measured`` says that the defects of the
    session's matte are known, so that a photo that was cut need not be opened again. ``pixels`` is
    the photo's size, where it is known: it decides how many photos are under way. ``level`` says
    how hard the master is compressed, 1 quick … 9 small. ``batch`` names the work that the cut is
    part of: a person takes it back as a whole. ``exports`` are made of a photo that is cut now,
    while it is decoded. Two jobs that differ in these two alone are the same.
    """

    photo: Path
    recipe: Recipe
    model_home: Path
    session: Path | None = None
    master: Path | None = None
    alpha_only: bool = False
    force: bool = False
    measured: bool = False
    pixels: int = 0
    level: int = 1
    batch: str | None = field(default=None, compare=False)
    exports: tuple[ExportPlan, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class CutResult:
    """What a cut made: the photo's identity and size, times per step, and what to know of it.

    ``coverage`` is the mean of the matte, 0…1. ``skipped`` means that all was there already.
    ``defects`` of the matte, the worst first, and the product's ``box`` in it, left, top, right
    and bottom, are there unless the photo was skipped; an empty matte has no box.
    ``provider`` ran the network, if it ran. ``seconds`` are those of the clock by step,
    ``processor`` those that the processor worked, all threads together. ``delivered`` is what came
    of the exports that were asked for; nothing where the photo was cut before.
    """

    sha256: str
    width: int
    height: int
    coverage: float | None
    seconds: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    defects: tuple[Defect, ...] | None = None
    box: tuple[int, int, int, int] | None = None
    skipped: bool = False
    provider: str | None = None
    processor: dict[str, float] = field(default_factory=dict)
    delivered: Deliveries = ()


@dataclass(frozen=True)
class WarmJob:
    """A network to be loaded from the store in ``model_home``, before the first photo comes."""

    model: str
    model_home: Path


@dataclass(frozen=True)
class Proposal:
    """A recipe to be tried, and the one that the stored matte was made with, if there is one.

    ``mask`` is where the session keeps the recipe's mask from outside, where it has one.
    """

    recipe: Recipe
    model_home: Path
    stored: Recipe | None = None
    mask: Path | None = None

    @property
    def keeps_matte(self) -> bool:
        """Whether the stored matte shows the recipe once its edge is moved and softened."""
        stored = self.stored
        return stored is not None and replace(stored, keep_shadow=False) == unedged(self.recipe)


@dataclass(frozen=True)
class Beside:
    """Another matte of a photo that a picture is compared with.

    ``how`` is ``split``, the other on the left and the picture's own on the right, or
    ``difference``, both in one. ``keep_shadow`` is as in `PreviewJob`, for the other.
    """

    matte: Path
    how: Literal["split", "difference"]
    keep_shadow: bool = False


@dataclass(frozen=True)
class PreviewJob:
    """A picture to be made for a panel.

    ``box`` is the panel in pixels, (width, height). ``zoom`` 0 fits the photo into it; otherwise
    it is screen pixels per photo pixel, and ``centre`` says which point of the photo, in shares of
    its width and height, lies in the middle. ``scale`` 0.5 makes the same picture with half the
    pixels on a side. Without a ``matte`` only the original can be shown. With ``keep_shadow`` a
    cutout is shown with the shadow that exports will have. With a ``proposal`` the picture shows
    what its recipe would make of the photo, matte or not. ``beside`` compares it with another
    matte. In ``proxies`` reduced copies are kept of photos that are slow to decode; None: nowhere.
    ``brand`` is the colour (0…255) behind the product in the view of that name; ``divide`` is
    where the cutout begins in the split view.

    With a ``file`` the picture shows what that export would make instead of the photo; of a
    transparent file ``view`` says what lies under it.
    """

    photo: Path
    matte: Path | None
    view: View
    box: tuple[int, int]
    zoom: float = 0.0
    centre: tuple[float, float] = (0.5, 0.5)
    keep_shadow: bool = False
    proposal: Proposal | None = None
    beside: Beside | None = None
    proxies: Path | None = None
    scale: float = 1.0
    brand: tuple[int, int, int] = (255, 255, 255)
    divide: float = 0.5
    file: ExportJob | None = None


@dataclass(frozen=True)
class MadeFile:
    """What a file came to that was made to be looked at: its length, and what its check found.

    ``notes`` say what there is to know of how it was made.
    """

    bytes: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """Pixels for a screen: ``rgb`` holds height rows of width pixels, three bytes each.

    ``zoom`` is in pixels of the panel per photo pixel, ``photo_size`` the photo's own (width,
    height), and ``region`` what of it is shown: left, top, right and bottom in photo pixels. Where
    a ``file`` is shown, size and pixels are the file's.
    """

    width: int
    height: int
    rgb: bytes
    zoom: float
    photo_size: tuple[int, int]
    region: tuple[int, int, int, int]
    file: MadeFile | None = None


@dataclass(frozen=True)
class SampleJob:
    """A pixel of a photo to be read.

    ``preview`` says which photo and which matte; ``place`` is (x, y) in the photo's pixels.
    """

    preview: PreviewJob
    place: tuple[int, int]

    @property
    def photo(self) -> Path:
        """The photo that is read."""
        return self.preview.photo


@dataclass(frozen=True)
class Sample:
    """A pixel: its place in the photo, its colour there (sRGB, 0…255), and the matte's alpha."""

    place: tuple[int, int]
    rgb: tuple[int, int, int]
    alpha: int | None


def cut(job: CutJob) -> CutResult:
    """Cut one photo, as ``engine.work.cutting.cut`` does."""
    from engine.work import cutting  # noqa: PLC0415 - see above

    return cutting.cut(job)


def warm_up(job: WarmJob) -> None:
    """Load a network and all that cutting takes, as ``engine.work.warming.warm_up`` does."""
    from engine.work import warming  # noqa: PLC0415 - see above

    warming.warm_up(job.model, job.model_home)


def preview(job: PreviewJob) -> Picture:
    """Make the picture of one photo for a panel, as ``engine.work.previewing.preview`` does."""
    from engine.work import previewing  # noqa: PLC0415 - see above

    return previewing.preview(job)


def details(photo: Path) -> tuple[tuple[str, str], ...]:
    """Return a photo's EXIF, as ``engine.imaging.exif_table.exif_table`` does."""
    from engine.imaging import exif_table  # noqa: PLC0415 - see above

    return exif_table.exif_table(photo)


def sample(job: SampleJob) -> Sample:
    """Read a pixel of a photo, as ``engine.work.previewing.sample`` does."""
    from engine.work import previewing  # noqa: PLC0415 - see above

    return previewing.sample(job)


def export(job: ExportJob) -> Delivered:
    """Do one export, as ``engine.delivery.export_job.export`` does."""
    from engine.delivery import export_job  # noqa: PLC0415 - see above

    return export_job.export(job)


def unedged(recipe: Recipe) -> Recipe:
    """Return the recipe without what is done to a finished matte."""
    return replace(recipe, edge_shift=0.0, edge_softness=0.0, keep_shadow=False)
