"""The Deliver screen: what goes out, how each file of it stands, and what the file looks like.

On the left the photos with a mark for each of their files, on the right the file of the preset
that is shown, made as an export would make it. What blocks a file is said with the key that mends
it, before anything is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from engine.session.records import PhotoRecord
from tui.alt.describing import Describing
from tui.browse.filter_line import FilterLine
from tui.deliver.explained import file_places
from tui.deliver.file_lines import FileLines
from tui.deliver.holding import Holding
from tui.deliver.marks import FileMark
from tui.deliver.plan_list import PlanList
from tui.deliver.result import ResultPane
from tui.deliver.sending import Sending
from tui.deliver.tabs import PresetTabs
from tui.frame import WorkScreen
from tui.keys.deliver import DELIVER
from tui.keys.key import bindings
from tui.queue.trials import Trial


class DeliverScreen(Sending, Holding, Describing, WorkScreen, inherit_bindings=False):
    """List with marks, presets, file, and what is to be said of it."""

    NAME = "deliver"
    AUTO_FOCUS = "#photos"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (40, "-tall")]  # noqa: RUF012 - as Textual declares it
    DEFAULT_CSS = "DeliverScreen.-tall FileLines { height: 9; }"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(DELIVER))

    def compose_body(self) -> ComposeResult:
        desk = self.desk
        yield PresetTabs(id="presets")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield FilterLine(id="filter")
                yield PlanList(desk.index, desk.glyphs, self.marks_of, id="photos")
                yield Static(id="list-counts")
            with Vertical(id="middle"):
                yield ResultPane(desk, id="pane")
                yield FileLines(id="file-lines")

    # Following what happens

    def photos_changed(self, changed: Collection[int] | None) -> None:
        """Show the photos as they are now, and read soon how their files stand."""
        self.photo_list.update(changed)
        self.write_frame()
        self.read_soon()

    def work_changed(self, changed: Collection[int]) -> None:
        """Show how far the exports are."""
        self.photo_list.refresh()
        self.write()

    def season_changed(self) -> None:
        """Read how the files stand under the season as it is now."""
        self.write_frame()
        self.read_soon()

    def on_screen_resume(self) -> None:
        """Read how the files stand after a dialog, which may have mended something."""
        super().on_screen_resume()
        if self.known:
            self.read_soon()

    def line_moved(self) -> None:
        """Show the file of the photo under the cursor."""
        self.write()

    def on_resize(self) -> None:
        """Write everything to the new width."""
        super().on_resize()
        self.call_after_refresh(self.write)

    def on_result_pane_made(self, event: ResultPane.Made) -> None:
        """Take in what the check of a file has found that was made to be looked at."""
        job, file = event.job, event.file
        trial = Trial(job, file.bytes, file.findings, file.notes)
        self.desk.crew.trials.keep(trial)
        self.photo_list.refresh()
        self._write_words()

    def idle_text(self) -> Content:
        """Say what there is to export, or what the marks are good for."""
        key = self.app.key_name
        if not self.known:
            return Content.styled("Reading how the files stand…", "$muted")
        if marked := self.photo_list.marked_count:
            told = f"{marked} marked: {key('work.export')} exports them"
            return Content.styled(f"{told}  {key('mark.escape')} none", "$accent")
        wanting = len(self.outlook.wanting(self.outlook.names))
        files = f"{wanting} file{' is' if wanting == 1 else 's are'} ready"
        told = f"{files}: {key('work.export')} exports, {key('deliver.dry_run')} only tries"
        if not wanting:
            told = self._unjudged() or "Nothing is ready to be exported."
        return Content.styled(told, "$muted")

    def _unjudged(self) -> str:
        """Say how many photos have a file that was delivered before anybody judged them.

        The key goes from photo to photo, however many presets each was delivered with.
        """
        files = self.outlook.files.values()
        count = len({file.photo.id for file in files if file.is_unjudged})
        photos = f"{count} photo{'' if count == 1 else 's'}"
        next_one = self.app.key_name("deliver.blocked")
        return f"{photos} delivered unjudged: {next_one} goes to the next" if count else ""

    def help_places(self) -> Sequence[str]:
        """Return what the file is blocked by, the rules it breaks, and where one is."""
        file = self.file
        about = file_places(file, self.trial(file)) if file else ()
        return (*about, "screen:deliver")

    # Whose alt texts are written

    @property
    def described(self) -> PhotoRecord | None:
        """The photo under the cursor."""
        return self.photo

    def to_describe(self) -> Sequence[PhotoRecord]:
        """Return the photos that the list shows."""
        records = self.desk.index.records
        return [records[number] for number in self.photo_list.shown]

    def go_to_picture(self, photo: PhotoRecord) -> None:
        """Move the cursor to a photo."""
        self.photo_list.reveal(photo.id)

    # Actions of the keys

    def action_preset(self, step: int) -> None:
        """Show the file of another preset."""
        names = self.outlook.names
        if names:
            self.preset_name = names[(names.index(self.preset_name) + step) % len(names)]
            self.photo_list.refresh()
            self.write()

    def action_blocked(self) -> None:
        """Go to the next photo that has a blocked file, or one that nobody has judged."""

        def is_blocked(photo_id: int) -> bool:
            return not {FileMark.BLOCKED, FileMark.UNJUDGED}.isdisjoint(self.marks_of(photo_id))

        if not self.photo_list.go_to(lambda row: not row.heading and is_blocked(row.photo.id)):
            self.app.tell("No further photo is blocked.")

    def action_show_photo(self) -> None:
        """Show the photo in Browse."""
        if self.photo is not None:
            self.app.show_in_browse(self.photo.id)

    def action_escape(self) -> None:
        """Leave what is temporary, one at a time, and at last the screen."""
        photos = self.photo_list
        if photos.leave_range() or self.pane.fit() or photos.clear_marks():
            return
        if photos.filter_text:
            self.query_one(FilterLine).clear()
            return
        self.app.switch_mode("browse")

    def on_photo_list_marked(self) -> None:
        """Say what the marks are good for."""
        self.write_frame()

    # Drawing

    def write(self) -> None:
        """Write all that is said of what is shown."""
        if not self.is_attached or self.is_too_small:
            return
        tabs, outlook = self.query_one(PresetTabs), self.outlook
        if outlook.presets:
            marks = (self.mark((each, self.preset_name)) for each in self.photo_list.shown)
            counts = Counter(mark for mark in marks if mark)
            key = self.app.key_name
            keys = key("deliver.previous"), key("deliver.next")
            tabs.show(outlook.names, self.preset_name, counts, self.desk.glyphs, keys)
        else:
            tabs.say(self._why_no_presets())
        self._write_counts()
        self._show_file()
        self._write_words()
        self.write_work_line()

    def _show_file(self) -> None:
        photo, file, pane = self.photo, self.file, self.query_one(ResultPane)
        if photo is None or file is None:
            pane.show_nothing(self.why_empty())
        elif file.job is None:
            told = "\n".join(block.told for block in file.blocks)
            pane.show_nothing(f"There is no file to show:\n{told}.")
        else:
            pane.show_file(photo, file.job)

    def _write_words(self) -> None:
        file = self.file
        mark = self.mark((file.photo.id, file.preset)) if file else None
        lines = self.query_one(FileLines)
        trial = self.trial(file) if file else None
        lines.show(file, mark or FileMark.READY, trial, self.desk.glyphs, self.app.key_name)

    def _write_counts(self) -> None:
        total, shown = len(self.desk.photos), len(self.photo_list.shown)
        count = f"{shown} of {total}" if self.photo_list.filter_text else f"{total}"
        told = f"{count} photo{'' if total == 1 else 's'}"
        self.query_one("#list-counts", Static).update(told, layout=False)

    def _why_no_presets(self) -> str:
        if not self.known:
            return ""
        if self.outlook.problem:
            return "Nothing can be exported."
        return "Nothing is chosen to be delivered."
