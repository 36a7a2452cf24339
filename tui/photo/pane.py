"""A photo with its heading: name, view and zoom above, the picture in a neutral surround below.

The pane knows which photo, which view and which place are wanted; it asks for the picture and
shows it when it comes. View and zoom stay when the photo changes, so that the same place of many
photos can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from engine.session.layout import matte_path
from engine.session.records import PhotoRecord
from engine.work.jobs import Beside, Picture, PreviewJob, Proposal, View
from tui.photo.backend import Graphics
from tui.photo.previews import PictureCache, Previews, Submit
from tui.photo.view import PhotoView
from tui.photo.views import VIEWS, next_view
from tui.photo.zoom import FIT, Zoom
from tui.safe_text import safe

_STALE_SECONDS = 0.4  # how long the photo before may stay on the screen


class PhotoPane(Vertical):
    """One photo, in one of its views, whole or close."""

    DEFAULT_CSS = """
    PhotoPane {
        background: $surround;
        #photo-heading { height: 1; background: $surface; color: $foreground; padding: 0 1; }
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
        self, folder: Path, graphics: Graphics, submit: Submit, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._folder = folder
        # Held, not looked up: a picture may come when the screen is being taken down.
        self._heading = Static(id="photo-heading")
        self._view_widget = PhotoView(graphics, id="photo-view")
        self._message = Static(id="photo-message")
        self._previews = Previews(submit, self._picture_made, self._picture_failed, PictureCache())
        self._photo: PhotoRecord | None = None
        self._ahead: Sequence[PhotoRecord] = ()
        self._view: View = "checker"
        self._view_before: View = "checker"
        self._zoom = Zoom()
        self._stale: Timer | None = None
        self._shown: PreviewJob | None = None
        self._proposal: Proposal | None = None
        self._proposal_beside: Beside | None = None
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
        """Whether the picture on the screen is the one that is asked for."""
        return self._photo is not None and self._shown == self._job(self._photo)

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
            self._stale = self.set_timer(_STALE_SECONDS, self._drop_stale)
        self._ask()

    def show_message(self, text: str) -> None:
        """Show a sentence, or one a line, in the place of the picture."""
        lines = "\n".join(safe(line) for line in text.split("\n"))
        self._message.update(Content(lines))
        self._clear_picture()
        self.add_class("-message")

    def try_recipe(self, proposal: Proposal | None, beside: Beside | None = None) -> None:
        """Show what a recipe would make of the photo, perhaps beside a matte, or what it is."""
        if (proposal, beside) != (self._proposal, self._proposal_beside):
            self._proposal, self._proposal_beside = proposal, beside
            self._ask()

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
        picture = self._view_widget.picture
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
        if picture := self._view_widget.picture:
            box = self._view_widget.box
            self._set_zoom(self._zoom.panned(right, down, box, picture.photo_size))

    async def resend(self) -> None:
        """Send the picture to the terminal again."""
        await self._view_widget.resend()

    def on_photo_view_resized(self) -> None:
        """Ask for a picture of the new size."""
        self._ask()

    def on_resize(self) -> None:
        """Write the heading to the new width."""
        self._write_heading()

    # How a picture comes about

    def _set_zoom(self, zoom: Zoom) -> None:
        if zoom != self._zoom:
            self._zoom = zoom
            self._ask()
            self.post_message(self.Looked())

    def _job(self, photo: PhotoRecord) -> PreviewJob:
        matte = photo.matte
        path = None
        if matte:
            path = matte_path(self._folder, matte.photo_sha256, matte.recipe_digest)
        proposal = self._proposal
        if proposal:
            shadow = proposal.recipe.keep_shadow
        else:
            shadow = matte is not None and matte.recipe.get("keep_shadow") is True
        return PreviewJob(
            photo=self._folder / photo.path,
            matte=path,
            view=self._view if matte or proposal else "original",
            box=self._view_widget.box,
            zoom=self._zoom.factor,
            centre=self._zoom.centre,
            keep_shadow=shadow,
            proposal=proposal,
            beside=self._proposal_beside if proposal else self._beside,
        )

    def _ask(self) -> None:
        """Ask for the picture of what is wanted now."""
        self._write_heading()
        photo = self._photo
        if photo is None or not self.is_attached:
            self._previews.forget()
            return
        reason = _why_not(photo)
        if reason:
            self._previews.forget()
            self.show_message(reason)
            return
        if self.has_class("-message"):
            # The panel gets its size back with its place on the screen, and asks again then.
            self.remove_class("-message")
        if self._view_widget.size.width < 2 or self._view_widget.size.height < 1:
            return
        others = () if self._proposal else self._ahead
        ahead = [(self._job(other), other.mtime_ns) for other in others if not _why_not(other)]
        self._previews.ask(self._job(photo), photo.mtime_ns, ahead)

    def _picture_made(self, job: PreviewJob, picture: Picture) -> None:
        if picture is not self._view_widget.picture:
            self._put_up(job, picture)

    @work(group="picture")
    async def _put_up(self, job: PreviewJob, picture: Picture) -> None:
        await self._view_widget.show(picture)
        if self._view_widget.picture is not picture:
            return
        self._shown = job
        self._forget_stale()
        self._write_heading()

    def _picture_failed(self, job: PreviewJob, problem: str) -> None:
        self.show_message(problem)

    def _drop_stale(self) -> None:
        """Take the photo before off the screen: nobody should judge it under another's name."""
        self._stale = None
        if not self.ready:
            self._clear_picture()

    def _forget_stale(self) -> None:
        if self._stale:
            self._stale.stop()
            self._stale = None

    def _clear_picture(self) -> None:
        self._forget_stale()
        self._shown = None
        self._view_widget.clear()

    # Heading

    def _write_heading(self) -> None:
        if not self.is_attached:
            return
        heading = self._heading
        if self._photo is None:
            heading.update("", layout=False)
            return
        width = heading.content_size.width
        name = Content(safe(self._photo.path))
        zoom = Content.styled(f"  {self._zoom_text():>4}", "$muted")
        right = Content.assemble(self._view_names(), zoom)
        if name.cell_length + right.cell_length + 2 > width:
            right = Content.assemble((VIEWS[self.view], "bold $accent"), zoom)
        name = name.truncate(max(0, width - right.cell_length - 2), ellipsis=True)
        gap = " " * (width - right.cell_length - name.cell_length)
        heading.update(Content.assemble(name, gap, right), layout=False)

    def _view_names(self) -> Content:
        """Return the names of all views, the one that is shown standing out."""
        parts = [
            Content.styled(f" {name} ", "$background on $accent" if view == self.view else "$muted")
            for view, name in VIEWS.items()
        ]
        return Content("").join(parts)

    def _zoom_text(self) -> str:
        picture = self._view_widget.picture
        if picture is None:
            return ""
        return "Fit" if self._zoom.fits else f"{picture.zoom:.0%}"


def _why_not(photo: PhotoRecord) -> str | None:
    """Return why a photo has no picture, if it has none."""
    if photo.missing:
        return "This file is missing.\nIts verdict is kept; a rescan looks for it again."
    return photo.problem
