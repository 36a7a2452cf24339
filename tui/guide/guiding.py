"""The guided start in the app: begun once by itself on the sample session, later with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import App
from textual.timer import Timer

from tui.demo.sample import is_sample
from tui.guide.guide import Guide, GuideBar
from tui.remembered import read_guided, write_guided

if TYPE_CHECKING:
    from tui.app import Workstation
    from tui.desk import Desk

_FOLLOW_SECONDS = 0.2  # how soon a step that is done leads to the next


class Guiding(App[None]):
    """Actions for the app that lead a person through the sample session; mixed into it."""

    desk: Desk
    _guide: Guide | None = None
    _guide_timer: Timer | None = None

    async def guide_newcomer(self) -> None:
        """Begin the guided start where the sample is opened by somebody who never saw it."""
        if await self.desk.call(self._is_newcomer):
            self.action_guide()

    def action_guide(self) -> None:
        """Begin the guided start, or leave it."""
        if self._guide_timer:
            self._guide_timer.stop()
        if self._guide:
            self._guide = self._guide_timer = None
        else:
            self._guide = Guide(cast("Workstation", self))
            self._guide_timer = self.set_interval(_FOLLOW_SECONDS, self.follow_guide)
        self.show_guide()

    def action_guide_next(self) -> None:
        """Go to the next step."""
        if self._guide:
            self._guide.next()
            self.show_guide()

    def show_guide(self) -> None:
        """Show on the screen that is open where the person is."""
        for bar in self.screen.query(GuideBar):
            bar.show(self._guide)

    def _is_newcomer(self) -> bool:
        """Return whether the guided start is due, which it is never again after that."""
        session = self.desk.session
        due = not session.readonly and is_sample(session.folder) and not read_guided()
        return due and write_guided()

    def follow_guide(self) -> None:
        """Go on where a step is done."""
        if self._guide:
            self._guide.follow()
            self.show_guide()
