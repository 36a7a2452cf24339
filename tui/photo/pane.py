"""A photo with its heading: name, view and zoom above, the picture in a neutral surround below.

The pane knows which photo, which view and which place are wanted; it asks for the picture and
shows it when it comes. View and zoom stay when the photo changes, so that the same place of many
photos can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from engine.session.records import PhotoRecord
from engine.work.jobs import Beside, PreviewJob, Proposal, View
from tui.photo.heading import PhotoHeading
from tui.photo.look import Look
from tui.photo.previews import Previews
from tui.photo.reading import Reading
from tui.photo.readout import Readout
from tui.photo.request import Drawing, PictureJob
from tui.photo.view import PhotoView
from tui.photo.views import next_view
from tui.photo.wanted import preview_job, why_not
from tui.photo.zoom import Zoom
from tui.safe_text import safe

if TYPE_CHECKING:
    from tui.desk import Desk

_STALE_SECONDS = 0.4  # how long the photo before may stay on the screen without a word


class PhotoPane(Reading):
    """One photo, in one of its views, whole or close."""

    DEFAULT_CSS = """
    PhotoPane {
        background: $surround;
        #photo-message {
            width: 1fr; height: 1fr; content-align: center middle; text-align: center;
            padding: 1 4; background: $surround; color: $foreground 80%; display: none;
        }
        &.-message #photo-message { display: block; }
        &.-message PhotoView { display: none; }
    }
    """

    class Looked(Message):
        """Another view, zoom or place is asked for."""

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._desk = desk
        self._folder = desk.session.folder
        # Held, not looked up: a picture may come when the screen is being taken down.
        self._heading = PhotoHeading(id="photo-heading")
        self._view_widget = PhotoView(desk.terminal, desk.crew, id="photo-view")
        self._message = Static(id="photo-message")
        self._terminal = desk.terminal
        self._previews = Previews(desk.crew.picture, self, desk.pictures)
        self._photo: PhotoRecord | None = None
        self._ahead: Sequence[PhotoRecord] = ()
        self._readout = Readout(desk.crew.sample, self.write_heading)
        self._look = Look()
        self._stale: Timer | None = None
        self._shown: PictureJob | None = None
        self._proposal: Proposal | None = None
        self._proposal_beside: Beside | None = None
        self._proposals_ahead: Sequence[Proposal] = ()
        self._beside: Beside | None = None

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._view_widget
        yield self._message

    @property
    def view(self) -> View:
        """The view that is shown: the original where there is no matte yet."""
        has_matte = self._photo is not None and (self._photo.matte or self._proposal)
        return self._look.view if has_matte else "original"

    @property
    def zoom(self) -> Zoom:
        """The zoom and place that is asked for."""
        return self._look.zoom

    @property
    def wanted_view(self) -> View:
        """The view that is asked for, whether or not this photo has a matte for it."""
        return self._look.view

    def restore(self, view: View, zoom: Zoom) -> None:
        """Begin with a view and a zoom."""
        self._look = Look(view, zoom=zoom)

    @property
    def ready(self) -> bool:
        """Whether the picture on the screen is the one that is asked for, and sharp."""
        sharp = self._sharp
        return bool(self._photo and sharp and sharp == self._picture(self._photo, self._proposal))

    @property
    def shown_now(self) -> PreviewJob | None:
        """What was asked for and is on the screen, if it is the photo that is wanted."""
        photo, shown = self._photo, self._shown
        if photo is None or shown is None or shown.photo != self._folder / photo.path:
            return None
        return shown.preview

    def show_photo(
        self,
        photo: PhotoRecord | None,
        ahead: Sequence[PhotoRecord] = (),
        beside: Beside | None = None,
    ) -> None:
        """Show a photo; those ``ahead`` are prepared when there is time.

        With ``beside`` its matte is compared with another.
        """
        changed = (photo and photo.id) != (self._photo and self._photo.id)
        self._photo, self._ahead, self._beside = photo, ahead, beside
        if changed and self._shown and self._stale is None:
            # Who was told already that another is being read is told at once which it is now.
            wait = 0.0 if self._view_widget.noted else _STALE_SECONDS
            self._stale = self.set_timer(wait, self._note_stale)
        self.ask()

    def show_message(self, text: str) -> None:
        """Show a sentence, or one a line, in the place of the picture."""
        lines = "\n".join(safe(line) for line in text.split("\n"))
        self._message.update(Content(lines))
        self._clear_picture()
        self.add_class("-message")

    def try_recipe(
        self,
        proposal: Proposal | None,
        beside: Beside | None = None,
        ahead: Sequence[Proposal] = (),
    ) -> None:
        """Show what a recipe would make of the photo, perhaps beside a matte, or what it is.

        Those ``ahead`` are prepared when there is time.
        """
        trial = proposal, beside, tuple(ahead)
        if trial != (self._proposal, self._proposal_beside, self._proposals_ahead):
            self._proposal, self._proposal_beside, self._proposals_ahead = trial
            self.ask()

    @property
    def shown(self) -> PreviewJob | None:
        """What the picture on the screen was asked for with."""
        return self._shown.preview if self._shown else None

    # View

    def toggle_view(self, view: View) -> None:
        """Look in a view, or, where it is shown already, in the one before."""
        self._set_look(self._look.toggled(view))

    def step_view(self, step: int) -> None:
        """Look in the next view or the one before."""
        self._set_look(self._look.seen_in(next_view(self._look.view, step)))

    def divide(self, steps: int) -> None:
        """Move the divider of the split view, and look in that view."""
        self._set_look(self._look.seen_in("split").divided(steps))

    def set_zoom(self, zoom: Zoom) -> None:
        """Look at a place, as close as the zoom says."""
        self._set_look(self._look.at(zoom))

    async def resend(self) -> None:
        """Send the picture to the terminal again."""
        await self._view_widget.resend()

    def on_photo_view_resized(self) -> None:
        """Ask for a picture of the new size."""
        self.ask()

    def on_unmount(self) -> None:
        """Want no picture any more."""
        self._previews.close()
        self._readout.close()

    def on_resize(self) -> None:
        """Write the heading to the new width."""
        self.write_heading()

    # How a picture comes about

    def _set_look(self, look: Look) -> None:
        if look != self._look:
            self._look = look
            self.ask()
            self.post_message(self.Looked())

    def _picture(self, photo: PhotoRecord, proposal: Proposal | None = None) -> PictureJob:
        box, beside = self._view_widget.box, self._proposal_beside if proposal else self._beside
        job = preview_job(self._folder, photo, self._look, box, proposal, beside)
        job = replace(job, brand=self._desk.session.config.look.brand_rgb)
        wanted = PictureJob(job, self._view_widget.form, minimap=True)
        sharp = self._sharp
        # What is on the screen is not drawn again because the line turned out slower or faster.
        return sharp if sharp and wanted.is_like(sharp) else wanted

    @property
    def _sharp(self) -> PictureJob | None:
        """The sharp picture on the screen, as it was asked for; None while it is a quick one."""
        job, drawing = self._shown, self.drawing
        if job is None or drawing is None or (job.quick and not drawing.final):
            return None
        return replace(job, quick=False)

    def _ahead_of(self, photo: PhotoRecord) -> list[tuple[PictureJob, int]]:
        """Return what will probably be wanted next: other recipes of a photo, or other photos."""
        if self._proposal or self._proposals_ahead:
            trials = [self._picture(photo, each) for each in self._proposals_ahead]
            return [(trial, photo.mtime_ns) for trial in trials]
        others = [other for other in self._ahead if not why_not(other)]
        return [(self._picture(other), other.mtime_ns) for other in others]

    def ask(self) -> None:
        """Ask for the picture of what is wanted now, as the terminal takes it now."""
        self.write_heading()
        photo = self._photo
        if photo is None or not self.is_attached:
            self._previews.forget()
            return
        reason = why_not(photo)
        if reason:
            self._previews.forget()
            self.show_message(reason)
            return
        if self.has_class("-message"):
            # The panel gets its size back with its place on the screen, and asks again then.
            self.remove_class("-message")
        if self._view_widget.size.width < 2 or self._view_widget.size.height < 1:
            return
        wanted = self._picture(photo, self._proposal)
        self._previews.ask(wanted, photo.mtime_ns, self._ahead_of(photo))

    # Where pictures are shown

    @property
    def drawing(self) -> Drawing | None:
        """What is on the screen."""
        return self._view_widget.drawing

    async def put_up(self, job: PictureJob, drawing: Drawing) -> None:
        """Show a picture, unless another is wanted by the time the terminal has it."""
        with self._terminal.pacing() as followed:
            if await self._view_widget.show(drawing, lambda: self._previews.wants(job)):
                self._shown = job
                self._forget_stale()
                self.read_out()
            await followed()
        if self._terminal.pace != job.form.pace:
            self.ask()

    def give_up(self, job: PictureJob, problem: str) -> None:
        """Say why there is no picture."""
        self.show_message(problem)

    def _note_stale(self) -> None:
        """Say that this is still the photo before: nobody should judge it under another's name."""
        self._stale = None
        photo = self._photo
        if photo and self._shown and self.shown_now is None:
            self._view_widget.say(f" Reading {safe(photo.path.name)}… ")

    def _forget_stale(self) -> None:
        if self._stale:
            self._stale.stop()
            self._stale = None

    def _clear_picture(self) -> None:
        self._forget_stale()
        self._shown = None
        self._view_widget.clear()

    def write_heading(self) -> None:
        """Say what is looked at, or which pixel is under the cursor."""
        if self.is_attached:
            drawing = self.drawing
            fits = self._look.zoom.fits
            zoom = "" if drawing is None else "Fit" if fits else f"{drawing.zoom:.0%}"
            sample = self._readout.sample
            self._heading.show(self._photo and self._photo.path, self.view, zoom, sample)
