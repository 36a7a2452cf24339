"""The Queue screen: what runs, what waits, what failed and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from engine.session.records import PhotoRecord
from engine.session.states import State
from tui.frame import WorkScreen, remaining
from tui.help.places import message_places
from tui.keys.key import bindings
from tui.keys.queue import QUEUE
from tui.queue.lane import Lane
from tui.queue.queueing import queue_photos
from tui.reporting import reported
from tui.safe_text import safe

_SHOWN = 200  # lines of one group; a queue of ten thousand is not read line by line


class QueueScreen(WorkScreen, inherit_bindings=False):
    """Groups of photos by what happens to them."""

    NAME = "queue"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(QUEUE))
    DEFAULT_CSS = """
    QueueScreen #queue {
        height: 1fr; padding: 1 2; background: $background; scrollbar-size-vertical: 1;
    }
    """

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="queue", can_focus=False):
            yield Static(id="queue-text")

    def photos_changed(self, changed: Collection[int] | None) -> None:
        """Write the groups afresh."""
        super().photos_changed(changed)
        self.query_one("#queue-text", Static).update(self._text())

    def work_changed(self, changed: Collection[int]) -> None:
        """Write the groups afresh."""
        self.photos_changed(changed)

    def idle_text(self) -> str:
        """Say that there is nothing to do."""
        key = self.app.key_name
        return (
            f"Nothing is being done. {key('app.browse')} shows the photos; "
            f"{key('work.cut')} queues them."
        )

    def help_places(self) -> Sequence[str]:
        """Return why photos failed, and where one is."""
        failed = self._in_state(State.FAILED) + self._in_state(State.UNREADABLE)
        why = " ".join(f"{photo.failure or ''} {photo.problem or ''}" for photo in failed)
        return (*message_places(why), "screen:queue")

    def action_scroll(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one("#queue").scroll_relative(y=step, animate=False)

    @reported
    async def action_retry(self) -> None:
        """Queue what failed again."""
        failed = self._in_state(State.FAILED)
        if failed:
            await queue_photos(self.app, failed)
        else:
            self.app.tell("Nothing has failed.")

    def action_pause(self) -> None:
        """Hold waiting photos back, or go on."""
        crew = self.desk.crew
        if not crew.busy:
            self.app.tell("Nothing is being done.")
            return
        self.app.tell("Paused. Photos under way end normally." if crew.pause() else "Going on.")

    def action_cancel(self) -> None:
        """Drop what waits."""
        count = self.desk.crew.cutting.cancel() + self.desk.crew.exporting.cancel()
        self.app.tell(f"{count} dropped from the queue." if count else "Nothing waits.")

    def _text(self) -> Content:
        crew = self.desk.crew
        parts = [
            self._summary("Cutting", crew.cutting),
            self._summary("Exporting", crew.exporting),
            self._group("Under way", State.WORKING),
            self._group("Waiting", State.QUEUED),
            self._group("Failed", State.FAILED, lambda photo: photo.failure),
            self._group("Unreadable", State.UNREADABLE, lambda photo: photo.problem),
            self._ended("Not exported, or against a rule", crew.exporting),
            self._ended("Cut in this run", crew.cutting),
        ]
        shown = [part for part in parts if part.plain]
        return (
            Content("\n\n").join(shown)
            if shown
            else Content.styled("The queue is empty.", "$muted")
        )

    def _summary(self, verb: str, lane: Lane[Any, Any]) -> Content:
        progress = lane.progress
        if not progress.total:
            return Content("")
        state = remaining(lane, self.desk.crew.model) if progress.busy else "done"
        failed = f"  {len(progress.failed)} failed" if progress.failed else ""
        dropped = f"  {progress.cancelled} dropped" if progress.cancelled else ""
        return Content.assemble(
            (f"{verb}  ", "bold $accent"),
            f"{progress.done} of {progress.total}  ",
            (state, "$muted"),
            (failed, "$state-failed"),
            (dropped, "$muted"),
        )

    def _group(self, heading: str, state: State, reason: Any = None) -> Content:
        photos = self._in_state(state)
        return self._lines(
            heading,
            state,
            [(str(photo.path), reason(photo) if reason else "") for photo in photos],
        )

    def _ended(self, heading: str, lane: Lane[Any, Any]) -> Content:
        """List what a lane ended in this run: for exports only what a person should look at."""
        exports = lane is self.desk.crew.exporting
        entries = [
            (entry.name, entry.problem or "  ".join((f"{entry.seconds:.1f} s", *entry.remarks)))
            for entry in reversed(lane.progress.ended)
            if (entry.problem or entry.remarks if exports else not entry.problem)
        ]
        return self._lines(heading, State.FAILED if exports else State.CUT, entries)

    def _lines(self, heading: str, state: State, entries: list[tuple[str, str]]) -> Content:
        if not entries:
            return Content("")
        style = f"$state-{state}"
        glyph = self.desk.glyphs[state]
        lines = [Content.assemble((f"{heading} ", "bold"), (f"{len(entries)}", "$muted"))]
        for name, reason in entries[:_SHOWN]:
            lines.append(Content.assemble((f"  {glyph} ", style), safe(name)))
            if reason:
                lines[-1] = Content.assemble(lines[-1], (f"  {safe(reason)}", "$muted"))
        if len(entries) > _SHOWN:
            lines.append(Content.styled(f"  and {len(entries) - _SHOWN} more", "$muted"))
        return Content("\n").join(lines)

    def _in_state(self, state: State) -> list[PhotoRecord]:
        return self.desk.index.in_state(state)
