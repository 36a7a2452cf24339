"""The workstation: a Textual app over one session.

The app holds the desk and switches between screens; what a screen shows and does is the screen's
own. It never decodes a photo, runs a model, or waits for a disk.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import Any, ClassVar

from rich.segment import Segment
from textual import work
from textual._styles_cache import StylesCache
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Event, InputEvent
from textual.notifications import Notify
from textual.screen import Screen, ScreenResultCallbackType, ScreenResultType
from textual.strip import Strip

from engine.errors import SessionReadOnly, sentence
from tui.browse.screen import BrowseScreen
from tui.checklists.panel import ChecklistsPanel
from tui.deliver.screen import DeliverScreen
from tui.desk import Desk
from tui.dialog import Confirm
from tui.following import Following
from tui.frame import WorkScreen
from tui.guide.guiding import Guiding
from tui.help.helping import Helping
from tui.journal import Journal, JournalPanel, Severity
from tui.keys.app import APP
from tui.keys.key import bindings
from tui.keys.names import name_of
from tui.keys.user import config_file
from tui.palette import ActionProvider, Palette
from tui.photo.pane import PhotoPane
from tui.queue.screen import QueueScreen
from tui.remembered import read_theme, write_theme
from tui.reporting import reported
from tui.safe_text import safe
from tui.theme import DARK, THEMES, next_theme
from tui.tidying import Tidying

_FORGET_SECONDS = 10.0  # how often what was drawn of dialogs that are closed is forgotten
_KEPT_LINES = 2000  # and styles
_KEEP_SECONDS = 5.0  # how often the person's place is written down
_TIDY_SECONDS = 0.25  # how often it is looked whether nobody types and something can be collected
_TOLD_PROBLEMS = 4  # of the user's keys, in one notice

_logger = logging.getLogger(__name__)


class Workstation(Following, Helping, Guiding, inherit_bindings=False):
    """packshot on a terminal."""

    TITLE = "packshot"
    CSS = """
    ToastRack { dock: top; align: right top; margin-top: 1; }
    ModalScreen ToastRack { dock: bottom; align: right bottom; margin: 0; }
    Toast { background: $panel; width: 46; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(APP))
    COMMANDS: ClassVar[set[type[ActionProvider]]] = {ActionProvider}  # type: ignore[assignment]  # without Textual's own
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it for instances
        (0, "-narrow"),
        (100, "-medium"),
        (160, "-wide"),
    ]
    NOTIFICATION_TIMEOUT = 4.0

    def __init__(
        self, desk: Desk, *, scan: bool = True, driver: type[Driver] | None = None
    ) -> None:
        super().__init__(driver_class=driver)
        self.desk = desk
        self.terminal = desk.terminal
        self.fault: Exception | None = None
        self.ended_by = 0  # a signal, if one did
        self._mounted_loop: asyncio.AbstractEventLoop | None = None
        self.journal = Journal()
        self._tidying = Tidying()
        self._scan_first = scan
        self.have_news()
        self.have_help()
        for theme in THEMES:
            self.register_theme(theme)
        known = read_theme()
        self.theme = known if known in {theme.name for theme in THEMES} else DARK
        self.add_mode("browse", BrowseScreen)
        self.add_mode("queue", QueueScreen)
        self.add_mode("deliver", DeliverScreen)

    def on_mount(self) -> None:
        """Open the first screen and start to follow the session."""
        self._mounted_loop = asyncio.get_running_loop()
        if self.ended_by:
            self.exit()
        self.set_keymap(dict(self.user_keys.keys))
        self.switch_mode("browse")
        self.app_resume_signal.subscribe(self, self._resumed)
        self.terminal.measured = self._terminal_measured
        self.follow()
        self.set_interval(_KEEP_SECONDS, self.desk.keep_place)
        self.set_interval(_FORGET_SECONDS, _forget_lines)
        self.set_interval(_TIDY_SECONDS, self._tidying.look)
        self._begin()

    async def on_event(self, event: Event) -> None:
        """Note that somebody types, beside what Textual does."""
        if isinstance(event, InputEvent):
            self._tidying.note_input()
        await super().on_event(event)

    def on_resize(self) -> None:
        """See whether the terminal's font has another size, too."""
        self.terminal.remeasure()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do nothing that could not be seen, but quit."""
        screen = self.screen if self.screen_stack else None
        if action != "quit" and isinstance(screen, WorkScreen) and screen.is_too_small:
            return False
        return super().check_action(action, parameters)

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as the footer shows it."""
        return name_of(binding.key)

    def key_name(self, key_id: str) -> str:
        """Return the first key of an action as a person reads it, the user's own regarded."""
        return self.user_keys.name_of(key_id)

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Show a notice for a while and keep it in the log; errors stay longer."""
        self.journal.add(text, severity)
        timeout = 12.0 if severity == "error" else None
        self.notify(text, severity=severity, timeout=timeout, markup=False)
        _logger.log(logging.ERROR if severity == "error" else logging.INFO, text)

    def on_notify(self, event: Notify) -> None:
        """Let a notice take the place of one with the same words that still stands there."""
        for notice in list(self._notifications):
            if notice.message == event.notification.message:
                self._unnotify(notice, refresh=False)

    def push_screen(
        self,
        screen: Screen[ScreenResultType] | str,
        callback: ScreenResultCallbackType[ScreenResultType] | None = None,
        *arguments: Any,
        **options: Any,
    ) -> Any:
        """Open a dialog without the notices that would lie over it; the log has them."""
        self.clear_notifications()
        return super().push_screen(screen, callback, *arguments, **options)

    def may_change(self) -> bool:
        """Return whether the session may be changed, and say so where it may not."""
        try:
            self.desk.session.require_writable()
        except SessionReadOnly as error:
            self.tell(safe(sentence(error)), "warning")
            return False
        return True

    def show_in_browse(self, photo_id: int) -> None:
        """Go to a photo in Browse; where the filter there hides it, the filter goes."""
        self.switch_mode("browse")

        def show() -> None:
            if isinstance(self.screen, BrowseScreen):
                self.screen.go_to_photo(photo_id)

        self.call_after_refresh(show)

    # Actions of the keys

    def action_show(self, name: str) -> None:
        """Go to another screen."""
        self.switch_mode(name)

    def action_command_palette(self) -> None:
        """Offer every action by name."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_checklists(self) -> None:
        """Show the session's checklists, to be ticked."""
        self.push_screen(ChecklistsPanel(self.desk))

    def action_journal(self) -> None:
        """List every notice of this run."""
        self.push_screen(JournalPanel(self.journal.notices))

    async def action_next_theme(self) -> None:
        """Take the next theme, also at the next start."""
        self.theme = next_theme(self.theme)
        await self.desk.call(write_theme, self.theme)

    async def action_redraw(self) -> None:
        """Draw everything afresh and send the pictures again."""
        self.refresh(repaint=True, layout=True)
        self.screen.refresh(repaint=True, layout=True)
        for pane in self.screen.query(PhotoPane):
            await pane.resend()

    async def action_quit(self) -> None:
        """Leave; ask first while work is under way."""
        crew = self.desk.crew
        if not crew.busy:
            self.exit()
            return
        left = sum(
            lane.progress.total - lane.progress.done for lane in (crew.cutting, crew.exporting)
        )

        def answered(leave: bool | None) -> None:
            if leave:
                self.exit()

        question = (
            f"{left} photo{' is' if left == 1 else 's are'} not finished yet.\n"
            "What is finished is kept; the others can be queued again."
        )
        self.push_screen(Confirm("Quit while work is under way?", question), answered)

    def leave(self, signal: int) -> None:
        """End because the system asks for it."""
        self.ended_by = signal
        if self._mounted_loop:
            self._mounted_loop.call_soon_threadsafe(self.exit)

    @work(group="begin")
    @reported
    async def _begin(self) -> None:
        self._tell_key_problems()
        if self._scan_first:
            self.desk.reading = (0, 0)  # an empty list says what it waits for
        await self.refresh_photos()
        self.follow_seasons()
        await self.read_checklists()
        if self._scan_first:
            await self.desk.watch()
            await self.scan(announce=False)
            await self.guide_newcomer()
            await self.prepare_help()
            # What is there now stays: to look through it for waste again and again would hold up
            # a key now and then for longer than a screen takes to be drawn.
            gc.freeze()

    def _tell_key_problems(self) -> None:
        """Say which of the user's keys cannot be used; their actions keep the keys they had."""
        problems = self.user_keys.problems
        if not problems:
            return
        for problem in problems:
            _logger.warning("%s: %s", config_file(), problem)
        more = len(problems) - _TOLD_PROBLEMS
        told = [
            *problems[:_TOLD_PROBLEMS],
            *([f"And {more} more: see the log."] if more > 0 else []),
        ]
        self.tell("Your keys, not used:\n" + "\n".join(told), "error")

    async def _resumed(self, _: object) -> None:
        """Draw everything again after the shell had the terminal, which has lost the pictures."""
        self.terminal.resume()
        await self.action_redraw()

    def _terminal_measured(self) -> None:
        """Draw pictures for the new size of a character."""
        for pane in self.screen.query(PhotoPane):
            pane.ask()

    def _handle_exception(self, error: Exception) -> None:
        """Write a fault down and leave in good order; the command says where it was written."""
        _logger.error("the interface stopped", exc_info=error)
        self.fault = error
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.exit(return_code=1)


def _forget_lines() -> None:
    """Forget what was drawn of dialogs that are closed, and of pictures that are gone.

    Textual remembers colours that it has worked out for a thousand widgets, and with each of them
    every line of it: a hundred megabytes after an hour. Of lines that were cut, and of styles, it
    keeps sixteen thousand; every picture in kitty's protocol has lines and a style of its own.
    """
    StylesCache.get_inner_outer.cache_clear()
    for kept in (Segment._split_cells, Strip.render_ansi):
        if kept.cache_info().currsize > _KEPT_LINES:
            kept.cache_clear()
