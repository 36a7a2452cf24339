"""A photo with its heading: name, view and zoom above, the picture in a neutral surround below.

The pane knows which photo, which view and which place are wanted; it asks for the picture and
shows it when it comes. View and zoom stay when the photo changes, so that the same place of many
photos can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from engine.session.records import PhotoRecord
from engine.work.jobs import Beside, PreviewJob, Proposal, View
from tui.photo.heading import PhotoHeading
from tui.photo.previews import PictureCache, Previews
from tui.photo.request import Artist, Drawing, PictureJob
from tui.photo.view import PhotoView
from tui.photo.views import next_view
from tui.photo.wanted import preview_job, why_not
from tui.photo.zoom import FIT, Zoom
from tui.safe_text import safe
from tui.terminal.terminal import Terminal

_STALE_SECONDS = 0.4  # how long the photo before may stay on the screen without a word


class PhotoPane(Vertical):
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

    def __init__(
        self, folder: Path, terminal: Terminal, artist: Artist, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._folder = folder
        # Held, not looked up: a picture may come when the screen is being taken down.
        self._heading = PhotoHeading(id="photo-heading")
        self._view_widget = PhotoView(terminal, artist, id="photo-view")
        self._message = Static(id="photo-message")
        self._terminal = terminal
        self._previews = Previews(artist.picture, self, PictureCache())
        self._photo: PhotoRecord | None = None
        self._ahead: Sequence[PhotoRecord] = ()
        self._view: View = "checker"
        self._view_before: View = "checker"
        self._zoom = Zoom()
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
        return self._view if has_matte else "original"

    @property
    def zoom(self) -> Zoom:
        """The zoom and place that is asked for."""
        return self._zoom

    @property
    def wanted_view(self) -> View:
        """The view that is asked for, whether or not this photo has a matte for it."""
        return self._view

    def restore(self, view: View, zoom: Zoom) -> None:
        """Begin with a view and a zoom."""
        self._view, self._zoom = view, zoom

    @property
    def ready(self) -> bool:
        """Whether the picture on the screen is the one that is asked for, and sharp."""
        job, drawing = self._shown, self.drawing
        if self._photo is None or job is None or drawing is None:
            return False
        sharp = drawing.final or not job.quick
        return sharp and replace(job, quick=False) == self._picture(self._photo, self._proposal)

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
        self._ask()

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
            self._ask()

    @property
    def shown(self) -> PreviewJob | None:
        """What the picture on the screen was asked for with."""
        return self._shown.preview if self._shown else None

    # View

    def set_view(self, view: View) -> None:
        """Look at the photo in another view."""
        if view != self._view:
            self._view_before, self._view = self._view, view
            self._ask()
            self.post_message(self.Looked())

    def toggle_view(self, view: View) -> None:
        """Look in a view, or, where it is shown already, in the one before."""
        if self._view != view:
            self.set_view(view)
        else:
            self.set_view(self._view_before if self._view_before != view else "checker")

    def step_view(self, step: int) -> None:
        """Look in the next view or the one before."""
        self.set_view(next_view(self._view, step))

    # Zoom

    def toggle_zoom(self, factor: float) -> None:
        """Look at a factor, or, where that is shown already, at the whole photo."""
        self._set_zoom(self._zoom.to(FIT if self._zoom.factor == factor else factor))

    def step_zoom(self, step: int) -> None:
        """Look one step closer or farther."""
        picture = self.drawing
        if picture is None:
            return
        # What is asked for counts before what is shown, so that a key may be pressed fast.
        shown = picture.zoom if self._zoom.fits else self._zoom.factor
        if step > 0:
            self._set_zoom(self._zoom.closer(shown))
        else:
            box, photo = self._view_widget.box, picture.photo_size
            fitting = min(box[0] / photo[0], box[1] / photo[1], 1.0)
            self._set_zoom(self._zoom.farther(shown, fitting))

    def fit(self) -> bool:
        """Look at the whole photo; return whether that is a change."""
        changed = not self._zoom.fits
        self._set_zoom(Zoom())
        return changed

    def look_at(self, box: tuple[int, int, int, int]) -> None:
        """Look at a part of the photo: left, top, width and height in the matte's pixels."""
        if self._photo and (matte := self._photo.matte):
            size = (matte.width, matte.height)
            self._set_zoom(self._zoom.onto(box, self._view_widget.box, size))

    def pan(self, right: int, down: int) -> None:
        """Move by steps over the photo; nothing when all of it is shown."""
        if picture := self.drawing:
            box = self._view_widget.box
            self._set_zoom(self._zoom.panned(right, down, box, picture.photo_size))

    async def resend(self) -> None:
        """Send the picture to the terminal again."""
        await self._view_widget.resend()

    def ask_again(self) -> None:
        """Ask for the picture as the terminal takes it now."""
        self._ask()

    def on_photo_view_resized(self) -> None:
        """Ask for a picture of the new size."""
        self._ask()

    def on_unmount(self) -> None:
        """Want no picture any more."""
        self._previews.close()

    def on_resize(self) -> None:
        """Write the heading to the new width."""
        self._write_heading()

    # How a picture comes about

    def _set_zoom(self, zoom: Zoom) -> None:
        if zoom != self._zoom:
            self._zoom = zoom
            self._ask()
            self.post_message(self.Looked())

    def _picture(self, photo: PhotoRecord, proposal: Proposal | None = None) -> PictureJob:
        beside = self._proposal_beside if proposal else self._beside
        job = preview_job(
            self._folder, photo, self._view, self._view_widget.box, self._zoom, proposal, beside
        )
        return PictureJob(job, self._view_widget.form)

    def _ahead_of(self, photo: PhotoRecord) -> list[tuple[PictureJob, int]]:
        """Return what will probably be wanted next: other recipes of a photo, or other photos."""
        if self._proposal or self._proposals_ahead:
            trials = [self._picture(photo, each) for each in self._proposals_ahead]
            return [(trial, photo.mtime_ns) for trial in trials]
        others = [other for other in self._ahead if not why_not(other)]
        return [(self._picture(other), other.mtime_ns) for other in others]

    def _ask(self) -> None:
        """Ask for the picture of what is wanted now."""
        self._write_heading()
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
                self._write_heading()
            await followed()

    def give_up(self, job: PictureJob, problem: str) -> None:
        """Say why there is no picture."""
        self.show_message(problem)

    def _note_stale(self) -> None:
        """Say that this is still the photo before: nobody should judge it under another's name."""
        self._stale = None
        photo = self._photo
        if photo and self._shown and self._shown.photo != self._folder / photo.path:
            self._view_widget.say(f" Reading {safe(photo.path.name)}… ")

    def _forget_stale(self) -> None:
        if self._stale:
            self._stale.stop()
            self._stale = None

    def _clear_picture(self) -> None:
        self._forget_stale()
        self._shown = None
        self._view_widget.clear()

    def _write_heading(self) -> None:
        if self.is_attached:
            drawing = self.drawing
            zoom = "" if drawing is None else "Fit" if self._zoom.fits else f"{drawing.zoom:.0%}"
            self._heading.show(self._photo and self._photo.path, self.view, zoom)
