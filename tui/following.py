"""Following what happens: in the session, in its folder, to its seasons and in the queue.

Screens subscribe to the signals; what they are told was read by other threads.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import TYPE_CHECKING

from textual import work
from textual.app import App
from textual.signal import Signal

from tui.journal import Journal, Severity
from tui.reporting import reported
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.session.scan import ScanReport
    from engine.session.walk import Trouble
    from engine.session.watch import Growing
    from tui.desk import Desk

_POLL_SECONDS = 0.25  # how soon another person's changes are seen
_SEASON_SECONDS = 2.0  # how soon a change of seasons and presets is seen
_TOLD_TROUBLES = 2  # in one notice
_GATHER_SECONDS = 0.1  # changes of the queue that are shown together


class Following(App[None]):
    """Keeps the screens of the app up with what happens; mixed into it.

    Attributes
    ----------
    photos_changed : of which photos anything else is known now
    work_changed : which photos have another state because of the queue
    season_changed : that the seasons stand otherwise
    """

    desk: Desk
    journal: Journal

    def have_news(self) -> None:
        """Have signals from the start; nothing is followed yet."""
        self.photos_changed: Signal[frozenset[int]] = Signal(self, "photos changed")
        self.work_changed: Signal[frozenset[int]] = Signal(self, "work changed")
        self.season_changed: Signal[None] = Signal(self, "season changed")
        self._work_news: set[int] | None = None
        self._work_lock = threading.Lock()
        self._shown_reading: tuple[int, int] | None = None
        self._told_troubles: frozenset[Trouble] = frozenset()

    def follow(self) -> None:
        """Follow from now on."""
        self.desk.crew.changed = self._work_has_changed
        self.set_interval(_POLL_SECONDS, self.refresh_photos)
        self.set_interval(_POLL_SECONDS, self._follow_folder)
        self.set_interval(_GATHER_SECONDS, self._show_work)
        self.set_interval(_SEASON_SECONDS, self.follow_seasons)

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Show a notice and keep it."""
        raise NotImplementedError

    def key_name(self, key_id: str) -> str:
        """Return the first key of an action as a person reads it."""
        raise NotImplementedError

    @property
    def work_pending(self) -> bool:
        """Whether changes of the queue are not shown yet."""
        return self._work_news is not None

    @reported
    async def refresh_photos(self) -> None:
        """Show what anyone has changed in the session."""
        changed = await self.desk.reload()
        if changed is not None:
            self.photos_changed.publish(frozenset(changed))

    @work(group="seasons")
    @reported
    async def follow_seasons(self) -> None:
        """Show how the seasons stand."""
        if await self.desk.look_at_seasons():
            self.season_changed.publish(None)

    async def scan(self, *, announce: bool = True) -> None:
        """Look at the folder afresh and say what is different.

        Parameters
        ----------
        announce : say also that nothing is different

        Raises
        ------
        SessionError : the folder or its settings cannot be used
        """
        report = await self._scanned()
        if not report.total:
            self.tell("There are no photos in this folder.", "warning")
            return
        told = report.told()
        if unreadable := len(report.unreadable):
            told += f"{', ' if told else ''}{unreadable} unreadable"
        if told or announce:
            self.tell(f"Scanned: {told}." if told else "Scanned: nothing has changed.")

    async def _scanned(self, leave: Growing = frozenset()) -> ScanReport:
        """Scan, and show what was found before saying that the scan is over."""
        try:
            report = await self.desk.scan(leave)
        finally:
            await self.refresh_photos()
            self.desk.reading = None
        self._tell_troubles(report.troubles)
        return report

    def _tell_troubles(self, troubles: Collection[Trouble]) -> None:
        """Say, once, which folders and links cannot be followed: no photo stands for them."""
        new = [each for each in troubles if each not in self._told_troubles]
        self._told_troubles = frozenset(troubles)
        if new:
            told = [f"{safe(each.path)}: {safe(each.problem)}" for each in new[:_TOLD_TROUBLES]]
            if more := len(new) - len(told):
                told.append(f"And {more} more; packshot scan lists them.")
            self.tell("\n".join(told), "warning")

    def _follow_folder(self) -> None:
        growing = self.desk.folder_news()
        if growing is not None:
            self._take_in(growing)

    @work(group="scan")
    @reported
    async def _take_in(self, growing: Growing) -> None:
        """Take in what has appeared in the folder, and bother nobody: it is what one expects."""
        report = await self._scanned(growing)
        told = report.told()
        if told and report.missing:
            self.tell(f"In the folder: {told}.", "warning")
        elif told:
            self.journal.add(f"In the folder: {told}.", "information")

    def _work_has_changed(self, photos: Collection[int]) -> None:
        """Remember that the queue has changed for some photos; called from any thread."""
        with self._work_lock:
            self._work_news = (self._work_news or set()).union(photos)

    @reported
    async def _show_work(self) -> None:
        with self._work_lock:
            news, self._work_news = self._work_news, None
        reading, self._shown_reading = self._shown_reading, self.desk.reading
        if news is None:
            if reading != self.desk.reading:
                self.work_changed.publish(frozenset())
            return
        # Records first: a photo that was cut must not look uncut for a moment.
        await self.refresh_photos()
        self.work_changed.publish(frozenset(self.desk.index.restate(news)))
        for told in self.desk.crew.finished():
            why = f" {self.key_name(told.key)} says why." if told.troubled else ""
            self.tell(told.text + why, "warning" if told.troubled else "information")
