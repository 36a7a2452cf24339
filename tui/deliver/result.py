"""A file as it will be delivered: made, encoded, decoded again, and shown like a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from engine.session.records import PhotoRecord
from engine.work.jobs import MadeFile, PreviewJob, Proposal
from tui.deliver.told import canvas_told, file_told
from tui.photo.pane import PhotoPane
from tui.photo.places import Cell
from tui.photo.request import Drawing, PictureJob
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.export_job import ExportJob


class ResultPane(PhotoPane):
    """One photo's file of one preset, whole or close."""

    class Made(Message):
        """A file was made to be looked at."""

        def __init__(self, job: ExportJob, file: MadeFile) -> None:
            super().__init__()
            self.job = job
            self.file = file

    _file: ExportJob | None = None

    def show_file(self, photo: PhotoRecord, job: ExportJob) -> None:
        """Show the file that a job would make of a photo."""
        self._file = job
        self.show_photo(photo)

    def show_nothing(self, reason: str) -> None:
        """Say why there is nothing to be seen."""
        self._file = None
        self.show_photo(None)
        self.show_message(reason)

    async def put_up(self, job: PictureJob, drawing: Drawing) -> None:
        """Tell what a file came to, and show its picture."""
        if job.preview.file is not None and drawing.file is not None:
            self.post_message(self.Made(job.preview.file, drawing.file))
        await super().put_up(job, drawing)

    def _picture(self, photo: PhotoRecord, proposal: Proposal | None = None) -> PictureJob:
        picture = super()._picture(photo, proposal)
        if self._file is None:
            return picture
        view, zoom = self._view_widget, self.zoom
        preview = PreviewJob(
            photo=self._file.photo,
            matte=None,
            view=self.wanted_view,
            box=view.box,
            zoom=zoom.factor,
            centre=zoom.centre,
            file=self._file,
        )
        return PictureJob(preview, picture.form, minimap=picture.minimap)

    def _read_at(self, cell: Cell | None) -> None:
        """Read nothing out: what could be read is the photo, and what is seen is its file."""

    def write_heading(self) -> None:
        """Say which preset's file is looked at."""
        if not self.is_attached:
            return
        if self._file is None:
            self._heading.update("", layout=False)
            return
        preset, drawing = self._file.preset, self.drawing
        width = self._heading.content_size.width
        told = "" if drawing is None else "Fit" if self.zoom.fits else f"{drawing.zoom:.0%}"
        zoom = Content.styled(f"  {told:>4}", "$muted")
        facts = f"  {canvas_told(preset)}  {file_told(preset)}"
        left = Content.assemble((safe(preset.name), "bold"), (facts, "$muted"))
        left = left.truncate(max(0, width - zoom.cell_length), ellipsis=True)
        gap = " " * max(0, width - left.cell_length - zoom.cell_length)
        self._heading.update(Content.assemble(left, gap, zoom), layout=False)
