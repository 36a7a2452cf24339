"""Moving about in a photo: zoom and place, by keys and by the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical

from tui.photo.mouse import MouseOnPhoto
from tui.photo.places import pixel_at, share_on_map
from tui.photo.view import PhotoView
from tui.photo.zoom import FIT, Zoom

if TYPE_CHECKING:
    from engine.session.records import PhotoRecord
    from tui.photo.request import Drawing


class Moving(Vertical):
    """What a pane needs to have its photo looked at more closely, and elsewhere."""

    if TYPE_CHECKING:
        _photo: PhotoRecord | None
        _view_widget: PhotoView

        @property
        def zoom(self) -> Zoom: ...
        @property
        def drawing(self) -> Drawing | None: ...
        def set_zoom(self, zoom: Zoom) -> None: ...

    def toggle_zoom(self, factor: float) -> None:
        """Look at a factor, or, where that is shown already, at the whole photo."""
        self.set_zoom(self.zoom.to(FIT if self.zoom.factor == factor else factor))

    def step_zoom(self, step: int) -> None:
        """Look one step closer or farther."""
        if (zoom := self._stepped(step)) is not None:
            self.set_zoom(zoom)

    def fit(self) -> bool:
        """Look at the whole photo; return whether that is a change."""
        changed = not self.zoom.fits
        self.set_zoom(Zoom())
        return changed

    def look_at(self, box: tuple[int, int, int, int]) -> None:
        """Look at a part of the photo: left, top, width and height in the matte's pixels."""
        if self._photo and (matte := self._photo.matte):
            size = (matte.width, matte.height)
            self.set_zoom(self.zoom.onto(box, self._view_widget.box, size))

    def pan(self, right: int, down: int) -> None:
        """Move by steps over the photo; nothing when all of it is shown."""
        if picture := self.drawing:
            self.set_zoom(self.zoom.panned(right, down, self._view_widget.box, picture.photo_size))

    # By the mouse

    @on(MouseOnPhoto.Wheeled)
    def wheeled(self, event: MouseOnPhoto.Wheeled) -> None:
        """Look closer or farther, at the place under the mouse."""
        picture, zoom = self.drawing, self._stepped(event.step)
        point = self._view_widget.point_at(event.cell)
        if picture is None or zoom is None or point is None:
            return
        found = pixel_at(picture, point)
        if found is None:
            self.set_zoom(zoom)
            return
        across, down = (
            (at + 0.5) / side for at, side in zip(found, picture.photo_size, strict=True)
        )
        width, height = self._view_widget.cell
        on_panel = (event.cell[0] + 0.5) * width, (event.cell[1] + 0.5) * height
        box = self._view_widget.box
        self.set_zoom(zoom.about(zoom.factor, (across, down), on_panel, box, picture.photo_size))

    @on(MouseOnPhoto.Dragged)
    def dragged(self, event: MouseOnPhoto.Dragged) -> None:
        """Move the photo with the mouse."""
        if picture := self.drawing:
            width, height = self._view_widget.cell
            move = -event.right * width, -event.down * height
            self.set_zoom(self.zoom.moved(*move, self._view_widget.box, picture.photo_size))

    def jump_on_map(self, cell: tuple[int, int]) -> bool:
        """Go to the place that a cell of the map means; return whether it is one."""
        point = self._view_widget.point_at(cell)
        if self.drawing is None or point is None or self.zoom.fits:
            return False
        place = share_on_map(self.drawing, self._view_widget.box, point)
        if place is None:
            return False
        moved = Zoom(self.zoom.factor, place)
        self.set_zoom(moved.panned(0, 0, self._view_widget.box, self.drawing.photo_size))
        return True

    def _stepped(self, step: int) -> Zoom | None:
        """Return the zoom one step closer or farther; nothing where no picture is shown."""
        picture = self.drawing
        if picture is None:
            return None
        # What is asked for counts before what is shown, so that a key may be pressed fast.
        shown = picture.zoom if self.zoom.fits else self.zoom.factor
        if step > 0:
            return self.zoom.closer(shown)
        box, photo = self._view_widget.box, picture.photo_size
        return self.zoom.farther(shown, min(box[0] / photo[0], box[1] / photo[1], 1.0))
