"""The Queue screen: what runs, what waits, what failed and why, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from engine.session.records import PhotoRecord
from engine.session.states import State, state_of
from tui.browse.screen import BrowseScreen
from tui.frame import WorkScreen, rate_told, remaining
from tui.help.places import message_places
from tui.keys.key import bindings
from tui.keys.look import VIEWS_AND_ZOOM
from tui.keys.queue import QUEUE
from tui.photo.looking import Looking
from tui.photo.pane import PhotoPane
from tui.queue.lane import Lane
from tui.queue.queue_list import QueueList
from tui.queue.queueing import queue_photos, warm_up
from tui.queue.sections import Section, sections
from tui.reporting import reported
from tui.safe_text import safe

_LOOKS = frozenset(key.action.partition("(")[0] for key in VIEWS_AND_ZOOM)


class QueueScreen(Looking, WorkScreen, inherit_bindings=False):
    """Jobs and photos by what happens to them, and beside them, where there is room, the photo."""

    NAME = "queue"
    AUTO_FOCUS = "#queue"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(QUEUE))
    DEFAULT_CSS = """
    QueueScreen {
        #queue-summary { height: auto; padding: 0 1 1 1; background: $background; }
        #queue-body { height: 1fr; }
        #queue { width: 1fr; }
        #queue-photo { width: 45%; }
        &.-narrow #queue-photo { display: none; }
        #queue-detail {
            height: auto; max-height: 4; padding: 0 1; background: $surface; color: $foreground;
        }
    }
    """

    def compose_body(self) -> ComposeResult:
        yield Static(id="queue-summary")
        with Horizontal(id="queue-body"):
            yield QueueList(self.desk.glyphs, id="queue")
            yield PhotoPane(self.desk, id="queue-photo")
        yield Static(id="queue-detail")

    @property
    def queue(self) -> QueueList:
        """The list."""
        return self.query_one(QueueList)

    # Following what happens

    def photos_changed(self, changed: Collection[int] | None) -> None:
        """List everything afresh."""
        super().photos_changed(changed)
        listed = sections(self.desk)
        self.query_one("#queue-summary", Static).update(self._summary(listed))
        self.queue.update(listed)

    def work_changed(self, changed: Collection[int]) -> None:
        """List everything afresh."""
        self.photos_changed(changed)

    def on_resize(self) -> None:
        """Show the photo where there is room for it."""
        super().on_resize()
        self.call_after_refresh(self._show_photo)

    def line_moved(self) -> None:
        """Say all that there is to say of the line under the cursor."""
        told = self.queue.told
        text = f"{told.name}  {told.detail}" if told and told.detail else ""
        self.query_one("#queue-detail", Static).update(safe(text))
        self._show_photo()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Look at the photo in no other way where it has no room."""
        return (action not in _LOOKS or self.pane.display) and super().check_action(
            action, parameters
        )

    def idle_text(self) -> str:
        """Say that there is nothing to do."""
        key = self.app.key_name
        return (
            f"Nothing is being done. {key('app.browse')} shows the photos; "
            f"{key('work.cut')} queues them."
        )

    def help_places(self) -> Sequence[str]:
        """Return why the photo under the cursor failed, then why others did, and where one is."""
        told = self.queue.told
        failed = self._in_state(State.FAILED) + self._in_state(State.UNREADABLE)
        why = " ".join(f"{photo.failure or ''} {photo.problem or ''}" for photo in failed)
        here = message_places(told.detail) if told else []
        return (*here, *message_places(why), "screen:queue")

    # Actions of the keys

    def action_go(self) -> None:
        """Show the photo under the cursor in Browse."""
        told = self.queue.told
        if told is None or told.photo_id is None:
            self.app.tell("There is no photo here.")
            return
        photo_id = told.photo_id
        self.app.switch_mode("browse")

        def show() -> None:
            browse = self.app.screen
            if isinstance(browse, BrowseScreen) and not browse.photo_list.reveal(photo_id):
                self.app.tell("The filter hides this photo.", "warning")

        self.app.call_after_refresh(show)

    def action_move(self, steps: int) -> None:
        """Have the job under the cursor done earlier or later."""
        current = self.queue.current
        if not current or current[0].kind != "waiting" or not current[0].lane:
            self.app.tell("Only what waits can be moved.")
            return
        section, job = current
        if section.lane and section.lane.move(job, steps):
            self.queue.update(sections(self.desk))

    def action_drop(self) -> None:
        """Drop what is under the cursor from the queue, or from the list of failures."""
        current = self.queue.current
        if current is None:
            self.app.tell("There is nothing here to drop.")
            return
        section, job = current
        name, lane, key = safe(section.told(job).name), section.lane, self.app.key_name
        again = f"{key('queue.restore')} queues it again."
        if lane and section.kind == "waiting" and lane.drop([job]):
            self.app.tell(f"{name} dropped from the queue. {again}")
        elif lane and section.kind == "running" and self.desk.crew.stop(lane, [job]):
            self.app.tell(f"{name} stopped. {again}")
        elif lane and section.kind == "failed":
            lane.dismiss(job)
        else:
            self.app.tell("Only what waits or is under way can be dropped.")

    def action_cancel(self) -> None:
        """Drop all that waits."""
        count = sum(lane.cancel() for lane in self.desk.crew.lanes)
        key = self.app.key_name("queue.restore")
        self.app.tell(
            f"{count} dropped from the queue. {key} queues again." if count else "Nothing waits."
        )

    def action_restore(self) -> None:
        """Queue again what was dropped in this run."""
        count = sum(lane.restore() for lane in self.desk.crew.lanes)
        self.app.tell(f"{count} queued again." if count else "Nothing was dropped.")

    @reported
    async def action_retry(self) -> None:
        """Queue again the failed job under the cursor, just as it was."""
        current = self.queue.current
        await self.app.refresh_photos()
        if current is None or current[0].kind != "failed" or self._is_over(current[1]):
            key = self.app.key_name("queue.retry_all")
            self.app.tell(f"This has not failed. {key} tries all failures again.")
            return
        section, item = current
        if section.lane:
            section.lane.retry([item])
        else:
            await self._retry_photos([item])

    @reported
    async def action_retry_all(self) -> None:
        """Queue again whatever failed, just as it was."""
        failed, exporting = self._in_state(State.FAILED), self.desk.crew.exporting
        if not failed and not exporting.failures:
            self.app.tell("Nothing has failed.")
            return
        exporting.retry(list(exporting.failures))
        await self._retry_photos(failed)

    async def _retry_photos(self, photos: Sequence[PhotoRecord]) -> None:
        """Cut photos with the recipe that failed; after a restart, with that of their matte."""
        if not self.app.may_change():
            return
        cutting = self.desk.crew.cutting
        jobs = {ended.photo_id: job for job, ended in list(cutting.failures.items())}
        cutting.retry([jobs[photo.id] for photo in photos if photo.id in jobs])
        await queue_photos(self.app, [photo for photo in photos if photo.id not in jobs])

    def _is_over(self, item: Any) -> bool:
        """Return whether a photo listed as failed was cut or queued since its line was drawn."""
        if not isinstance(item, PhotoRecord):
            return False
        photo, crew = self.desk.index.records.get(item.id, item), self.desk.crew
        return state_of(photo, crew.waiting, crew.running) is not State.FAILED

    def action_pause(self) -> None:
        """Hold waiting photos back, or go on."""
        crew = self.desk.crew
        if not crew.busy:
            self.app.tell("Nothing is being done.")
            return
        self.app.tell("Paused. Photos under way end normally." if crew.pause() else "Going on.")

    @reported
    async def action_warm(self) -> None:
        """Load the network before the first photo comes."""
        await warm_up(self.app)

    # Drawing

    def _show_photo(self) -> None:
        """Show the photo under the cursor."""
        told, pane = self.queue.told, self.pane
        photo_id = told.photo_id if told and pane.display else None
        photo = None if photo_id is None else self.desk.index.records.get(photo_id)
        pane.show_photo(photo)
        if photo is None:
            pane.show_message("")

    def _summary(self, listed: Sequence[Section]) -> Content:
        crew = self.desk.crew
        lines = [
            self._lane("Cutting", crew.cutting),
            self._lane("Exporting", crew.exporting),
            self._network(),
            Content("" if listed else "The queue is empty."),
        ]
        return Content("\n").join(line for line in lines if line.plain)

    def _lane(self, verb: str, lane: Lane[Any, Any]) -> Content:
        progress = lane.progress
        if not progress.total and not progress.cancelled:
            return Content("")
        state = remaining(lane, self.desk.crew) if progress.busy else "done"
        failed = f"  {len(progress.failed)} failed" if progress.failed else ""
        dropped = f"  {progress.cancelled} dropped" if progress.cancelled else ""
        return Content.assemble(
            (f"{verb:<11}", "bold $accent"),
            f"{progress.done} of {progress.total}  ",
            (f"{state}{rate_told(lane)}", "$muted"),
            (failed, "$state-failed"),
            (dropped, "$muted"),
        )

    def _network(self) -> Content:
        """Say whether the first photo would wait for the network."""
        crew = self.desk.crew
        warmth, key = crew.warmth_of(), self.app.key_name("queue.warm")
        advice = f"  {key} loads it before the first photo" if warmth == "cold" else ""
        return Content.assemble(
            (f"{'Network':<11}", "bold $accent"),
            f"{crew.model} " if crew.model else "",
            (warmth, "$state-working" if warmth == "warming" else ""),
            (advice, "$muted"),
        )

    def _in_state(self, state: State) -> list[PhotoRecord]:
        return self.desk.index.in_state(state)
