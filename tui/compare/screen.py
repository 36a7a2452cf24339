"""The comparison: a photo with one of its mattes or two, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from engine.session.records import MatteRecord, PhotoRecord
from engine.work.jobs import View
from tui.compare.described import described
from tui.desk import Desk
from tui.dialog import Dialog
from tui.keys.compare import COMPARE
from tui.keys.key import bindings
from tui.photo.beside import beside
from tui.photo.looking import Looking
from tui.photo.pane import PhotoPane
from tui.photo.zoom import Zoom
from tui.safe_text import safe

_LINES = 4  # mattes that are listed at once: the photo keeps its room at 80 × 24


class CompareScreen(Looking, Dialog[MatteRecord | None]):
    """Two mattes of a photo at a time; the answer is the one that shall count.

    Parameters
    ----------
    photo : whose mattes they are
    mattes : at least two, the one that counts among them
    desk : what all screens share
    view, zoom : how the person has looked at the photo
    """

    KEYS = COMPARE
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(COMPARE))
    DEFAULT_CSS = """
    CompareScreen {
        #panel { width: 100%; max-width: 100%; height: 100%; max-height: 100%; }
        PhotoPane { height: 1fr; }
        #mattes { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
        #panel-keys { margin-top: 0; }
    }
    """

    def __init__(
        self,
        photo: PhotoRecord,
        mattes: Sequence[MatteRecord],
        desk: Desk,
        view: View,
        zoom: Zoom,
    ) -> None:
        super().__init__(f"Compare the mattes of {safe(photo.path.name)}")
        self._photo, self._mattes, self._desk = photo, mattes, desk
        self._told = described(mattes)
        current = photo.matte.recipe_digest if photo.matte else ""
        self._against = next(
            (place for place, each in enumerate(mattes) if each.recipe_digest == current), 0
        )
        self._chosen = 0 if self._against else 1
        self._flickers = False
        self._how: Literal["split", "difference"] | None = None
        self._begin_with = "checker" if view == "original" else view, zoom

    def compose_panel(self) -> Iterator[Widget]:
        desk = self._desk
        yield PhotoPane(desk)
        yield Static(id="mattes")

    def on_mount(self) -> None:
        """Look as the person has looked, at the first that is another."""
        self.pane.restore(*self._begin_with)
        self._show()

    def help_places(self) -> Sequence[str]:
        """Return where one is."""
        return ("screen:compare",)

    def action_choose(self, step: int) -> None:
        """Go to another matte, round and round."""
        self._chosen = (self._chosen + step) % len(self._mattes)
        self._flickers = False
        self._show()

    def action_flicker(self) -> None:
        """Show the matte that is compared with, and the chosen one again."""
        self._flickers, self._how = not self._flickers, None
        self._show()

    def action_beside(self, how: Literal["split", "difference"]) -> None:
        """Show two mattes at once, and the chosen one alone again."""
        self._how, self._flickers = None if self._how == how else how, False
        self._show()

    def action_against(self) -> None:
        """Compare with the chosen matte from now on."""
        self._against, self._flickers = self._chosen, False
        self._show()

    def action_pan(self, right: int, down: int) -> None:
        """Move over the photo."""
        self.pane.pan(right, down)

    def action_accept(self) -> None:
        """Answer with the matte that is shown; of two with the chosen one."""
        self.dismiss(self._mattes[self._against if self._flickers else self._chosen])

    def _show(self) -> None:
        chosen, against = self._mattes[self._chosen], self._mattes[self._against]
        shown, other = (against, chosen) if self._flickers else (chosen, against)
        both = None
        if self._how and chosen is not against:
            both = beside(self._desk.session.folder, against, self._how)
        self.pane.show_photo(
            replace(self._photo, matte=shown), [replace(self._photo, matte=other)], both
        )
        self.query_one("#mattes", Static).update(Content("\n").join(self._lines()))

    def _lines(self) -> Iterator[Content]:
        """Yield the mattes around the chosen one, with what is on the screen of them."""
        first = min(max(0, self._chosen - _LINES // 2), max(0, len(self._mattes) - _LINES))
        for place in range(first, min(first + _LINES, len(self._mattes))):
            matte = self._mattes[place]
            seen = place == (self._against if self._flickers else self._chosen)
            style = "bold $accent" if seen else "$muted"
            counts = self._photo.matte and matte.recipe_digest == self._photo.matte.recipe_digest
            yield Content.assemble(
                (f"{'>' if place == self._chosen else ' '} ", "bold $accent"),
                (f"{self._part(place):<9}", style),
                (f"{'counts' if counts else '':<8}", "$state-approved"),
                (self._told[place], "" if seen else "$muted"),
            )

    def _part(self, place: int) -> str:
        """Return what a matte is in the picture."""
        both = self._how and self._chosen != self._against
        if place == self._chosen:
            if both:
                return "right" if self._how == "split" else "chosen"
            return "" if self._flickers else "shown"
        if place == self._against:
            if both:
                return "left" if self._how == "split" else "against"
            return "shown" if self._flickers else "against"
        return ""
