"""The Browse screen: the photos by SKU on the left, one of them large on the right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from engine.session.records import PhotoRecord
from engine.session.states import State
from tui.adjust.adjusting import Adjusting
from tui.adjust.bar import AdjustBar
from tui.browse.advice import advice
from tui.browse.describing import DescribingListed
from tui.browse.explained import photo_places
from tui.browse.filing import Filing
from tui.browse.filter_line import FilterLine
from tui.browse.filtering import Filtering
from tui.browse.inspecting import Inspecting
from tui.browse.inspector import InspectorColumn, InspectorLines
from tui.browse.order import BY_NAME, Order
from tui.browse.photo_list import PhotoList
from tui.browse.sort import SortDialog
from tui.compare.comparing import Comparing
from tui.deliver.exporting import Exporting
from tui.frame import WorkScreen
from tui.keys.contexts import BROWSE
from tui.keys.key import bindings
from tui.photo.pane import PhotoPane
from tui.photo.zoom import Zoom
from tui.review.noting import Noting
from tui.review.pointing import Pointing

_COLUMN_FROM = 132  # columns from which the inspector stands beside the picture
_LOOK_AHEAD = 2  # photos to prepare below the cursor
_REST_SECONDS = 0.3  # after which the cursor has come to rest


class BrowseScreen(
    Filtering,
    Pointing,
    Noting,
    Comparing,
    Adjusting,
    Inspecting,
    Exporting,
    DescribingListed,
    Filing,
    WorkScreen,
    inherit_bindings=False,
):
    """List, picture and inspector."""

    NAME = "browse"
    AUTO_FOCUS = "#photos"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(BROWSE))
    CSS_PATH = "browse.tcss"
    _rest: Timer | None = None

    def compose_body(self) -> ComposeResult:
        desk = self.desk
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield FilterLine(id="filter")
                yield PhotoList(desk.index, desk.glyphs, id="photos")
                yield Static(id="list-counts")
            with Vertical(id="middle"):
                yield PhotoPane(desk, id="pane")
                yield AdjustBar(id="adjust")
                yield InspectorLines(id="inspector-lines")
            yield InspectorColumn(id="inspector-column")

    @property
    def photo(self) -> PhotoRecord | None:
        """The photo that is shown."""
        row = self.photo_list.current
        return row.photo if row else None

    def on_mount(self) -> None:
        """Go to where the person was."""
        place = self.desk.place
        self.auto_advance = place.advance
        self.photo_list.restore(place.cursor, place.folded, place.filter, place.order)
        self.query_one(FilterLine).restore(place.filter)
        self.pane.restore(place.view, Zoom(place.zoom, place.centre))

    # Following what happens

    def photos_changed(self, changed: Collection[int] | None) -> None:
        """Show the photos as they are now."""
        self.photo_list.update(changed)
        self.write_frame()

    def work_changed(self, changed: Collection[int]) -> None:
        """Show the queue as it is now, or how far the scan of a new session is."""
        self.photo_list.update(changed)
        self.write_frame()
        if self.photo is None:
            self._show_photo()

    def on_resize(self) -> None:
        """Put the inspector where it has room."""
        super().on_resize()
        self.set_class(self.app.size.width >= _COLUMN_FROM, "-column")
        self.call_after_refresh(self._show_photo)

    def line_moved(self) -> None:
        """Show the photo under the cursor; one that a person stays with is cut next."""
        self._show_photo()
        self.write_work_line()
        self._note_place()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST_SECONDS, self._hurry_photo)

    def on_photo_pane_looked(self) -> None:
        """Remember how the person looks."""
        self._note_place()

    def on_photo_list_listed(self) -> None:
        """Count the lines."""
        self._write_counts()

    def on_photo_list_marked(self) -> None:
        """Count the marks."""
        self._write_counts()
        self.write_frame()

    def idle_text(self) -> Content:
        """Return what the marks are good for, or what the cursor's photo waits for."""
        marked = self.photo_list.marked_count
        key = self.app.key_name
        if self.adjust_bar.recipe:
            accept, leave = key("adjust.accept"), key("adjust.leave")
            return Content.styled(f"{accept} cuts with this recipe, {leave} forgets it", "$accent")
        if self.photo_list.in_range:
            return Content.styled(
                f"Range of {marked}: {key('mark.range')} or {key('mark.toggle')} marks it, "
                f"{key('mark.escape')} leaves",
                "$accent",
            )
        if marked:
            return Content.styled(
                f"{marked} marked: {key('work.cut')} cut  {key('judge.approve')} approve  "
                f"{key('judge.reject')} reject  {key('work.export')} export  "
                f"{key('mark.escape')} none",
                "$accent",
            )
        if pointed := self.pointed_text():
            return Content.styled(pointed, "$warning")
        return Content.styled(self._advice(), "$muted")

    def go_to_photo(self, photo_id: int) -> None:
        """Put the cursor on a photo; what hides it is taken away."""
        photos = self.photo_list
        if not photos.reveal(photo_id):
            self.query_one(FilterLine).clear()
            photos.set_filter("")
            photos.reveal(photo_id)

    # Actions of the keys

    def action_sort(self) -> None:
        """Ask for the order of the photos."""

        def answered(order: Order | None) -> None:
            if order:
                self.photo_list.set_order(order)

        self.app.push_screen(SortDialog(self.photo_list.order), answered)

    def action_escape(self) -> None:
        """Leave what is temporary, one at a time."""
        photos = self.photo_list
        if self.pointed_text():
            self.stop_pointing()
            self.write_work_line()
        if photos.leave_range() or self.pane.leave_readout():
            return
        if self.pane.fit() or photos.clear_marks():
            return
        if photos.filter_text:
            self.query_one(FilterLine).clear()

    def marked_photos(self) -> Sequence[PhotoRecord]:
        """Return the photos that were marked, for an export of just these."""
        return self.photo_list.marked

    def action_toggle_advance(self) -> None:
        """Switch auto-advance, also for the next start."""
        super().action_toggle_advance()
        self._note_place()

    def help_places(self) -> Sequence[str]:
        """Return the defect that is looked at, and what else is said about the photo."""
        defect = self.pointed_defect()
        pointed = [f"defect:{defect.kind}"] if defect else []
        return (*pointed, *(photo_places(self.photo) if self.photo else ()), "screen:browse")

    # Drawing

    def _note_place(self) -> None:
        """Note where the person is, once the photos are there."""
        photos, zoom = self.photo_list, self.pane.zoom
        if self.desk.loaded:
            self.desk.place = replace(
                self.desk.place,
                cursor=photos.current.key if photos.current else None,
                folded=tuple(sorted(photos.folded)),
                filter=photos.filter_text,
                order=photos.order.name,
                view=self.pane.wanted_view,
                zoom=zoom.factor,
                centre=zoom.centre,
                advance=self.auto_advance,
            )

    def _hurry_photo(self) -> None:
        """Have the photo that a person looks at cut next, if it waits to be cut."""
        if self.photo is not None:
            self.desk.crew.cutting.first([self.photo.id])

    def _show_photo(self) -> None:
        photo = self.photo
        pane = self.pane
        self.follow_adjusting(photo)
        if photo is None:
            pane.show_photo(None)
            pane.show_message(self._why_empty())
        else:
            pane.show_photo(photo, self._ahead())
        state = self.desk.state_of(photo) if photo else State.NEW
        glyph = self.desk.glyphs[state]
        self.query_one(InspectorLines).show(photo, state, glyph)
        if self.has_class("-column"):
            self.fill_column(photo, state, glyph)

    def _ahead(self) -> list[PhotoRecord]:
        rows = self.photo_list.rows
        current = self.photo_list.current
        if current is None:
            return []
        start = self.photo_list.cursor + 1
        return [row.photo for row in rows[start : start + _LOOK_AHEAD] if not row.heading]

    def _why_empty(self) -> str:
        if not self.desk.loaded:
            return "Reading the session…"
        if self.desk.reading and not self.desk.photos:
            read, to_read = self.desk.reading
            return f"Reading {read:,} of {to_read:,} headers…" if to_read else "Reading the folder…"
        if self.desk.photos and not self.photo_list.filter_text:
            return "Reading the session…"  # they are known, and listed as soon as that is told
        if self.desk.photos:
            return (
                f"No photo matches the filter.\n{self.app.key_name('mark.escape')} shows all again."
            )
        rescan = self.app.key_name("work.rescan")
        return f"There are no photos in this folder.\nPut some into it; {rescan} looks at once."

    def _write_counts(self) -> None:
        photos = self.photo_list
        total, shown = len(self.desk.photos), photos.shown
        skus = photos.sku_count
        count = f"{len(shown)} of {total}" if photos.filter_text else f"{total}"
        parts = [
            f"{count} photo{'' if total == 1 else 's'}",
            f"{skus} SKU{'' if skus == 1 else 's'}",
        ]
        if photos.order is not BY_NAME:
            parts.append(f"by {photos.order.title.split(',')[0]}")
        if marked := photos.marked_count:
            parts.append(f"{marked} marked")
        self.query_one("#list-counts", Static).update(Content("  ".join(parts)), layout=False)

    def _advice(self) -> str:
        """Return what the photo under the cursor waits for."""
        if self.photo is None:
            return ""
        if self.desk.session.readonly:
            return "Open read-only: look at everything; nothing can be changed"
        text = advice(self.desk.state_of(self.photo), self.app.key_name)
        return f"{text}   auto-advance" if self.auto_advance else text
