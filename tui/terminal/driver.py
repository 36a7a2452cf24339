"""Textual's driver, with one writer and without answers among the keys.

Textual writes frames from a thread of its own and reads every answer of the terminal as keys. This
driver gives it the wire for a file, which pictures go through too, and takes the answers out of
what it reads.
"""

from __future__ import annotations

import os
import selectors
import sys
import time
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.letters import spelling
from tui.terminal.replies import Replies
from tui.terminal.wire import Wire

if TYPE_CHECKING:
    from tui.app import Workstation

_IDLE_S = 0.1
_HELD_S = 0.03  # for the rest of an answer; an escape key comes alone


class Outlet(LinuxDriver):
    """What Textual writes to and reads from."""

    def __init__(self, app: Workstation, **options: Any) -> None:
        super().__init__(app, **options)
        assert sys.__stdout__ is not None
        self._terminal = app.terminal
        # Standard output, which is known to be a terminal; standard error may go to a file.
        self._sink = sys.__stdout__.fileno()
        self._wire = Wire(self._sink, spelling(self._terminal.graphics.ascii))
        self._terminal.connect(self._wire, self._loop)

    def write(self, data: str) -> None:
        """Write a frame."""
        self._wire.frame(data)

    def stop_application_mode(self) -> None:
        """Leave no picture behind, then restore the terminal."""
        self.write(self._terminal.farewell())
        super().stop_application_mode()

    def close(self) -> None:
        """Return when the terminal is restored."""
        self._wire.drain()
        super().close()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and rows as the terminal has them now.

        Textual goes by COLUMNS and LINES where they are set. They say what the terminal was when
        some program was started, and no window that is made larger changes them.
        """
        try:
            columns, rows = os.get_terminal_size(self._sink)
        except OSError:
            columns, rows = 0, 0
        return (columns, rows) if columns and rows else super()._get_terminal_size()

    def run_input_thread(self) -> None:
        """Read keys and answers until the program ends or the terminal is gone."""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            try:
                self._read(selector)
            except OSError:
                self._hang_up()

    def _read(self, selector: selectors.BaseSelector) -> None:
        parser = XTermParser(self._debug)
        replies = Replies()
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        typed, self._terminal.typed = self._terminal.typed, ""
        held_since = time.monotonic()
        while not self.exit_event.is_set():
            for event in parser.feed(typed) if typed else ():
                self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
            if selector.select(_HELD_S if replies.holds else _IDLE_S):
                data = os.read(self.fileno, 4096)
                if not data:
                    self._hang_up()
                    return
                typed, answers = replies.take(decode(data))
                held_since = time.monotonic()
                for answer in answers:
                    self._terminal.heard(answer)
            else:
                typed = replies.rest(time.monotonic() - held_since)

    def _hang_up(self) -> None:
        """End the program: nobody is there any more."""
        self._loop.call_soon_threadsafe(self._app.exit)
