"""Ends the workstation in good order when the system asks it to, with the terminal restored.

Without this a SIGTERM, as of a machine that goes down or a closed session, leaves the shell with
the alternate screen, without echo, and with every move of the mouse printed.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ORDERLY_S = 8.0  # for the loop to end by itself; then the terminal is restored without it

RESTORE = (
    "\x1b[?2026l"  # no update is under way
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # no reports of the mouse
    "\x1b[?2004l\x1b[?1004l\x1b[?2048l"  # nor of pasting, focus and size
    "\x1b[<u"  # plain keys
    "\x1b[?7h\x1b[?1049l\x1b[?25h"  # wrapped lines, the screen of before, the cursor
)
"""What undoes whatever the workstation has asked of a terminal."""


@contextmanager
def ending_in_order(leave: Callable[[int], None], farewell: Callable[[], str]) -> Iterator[None]:
    """Have SIGTERM and SIGHUP end the program in order, as long as the context lasts.

    Parameters
    ----------
    leave : asks the program to end, given the signal; called in the main thread
    farewell : what takes pictures out of the terminal, where the program does not end by itself
    """
    if sys.platform == "win32":
        yield
        return
    restore_modes = _remember_modes()

    def end_at_once(number: int) -> None:
        restore_modes()
        os.set_blocking(1, False)
        os.write(1, (farewell() + RESTORE).encode())
        os._exit(128 + number)

    def asked(number: int, _: FrameType | None) -> None:
        timer = threading.Timer(_ORDERLY_S, end_at_once, [number])
        timer.daemon = True
        timer.start()
        leave(number)

    signals = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, asked) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def _remember_modes() -> Callable[[], None]:
    """Return what gives the terminal the modes that it has now."""
    import termios  # noqa: PLC0415 - not on Windows

    try:
        modes = termios.tcgetattr(0)
    except termios.error:
        return lambda: None
    return lambda: termios.tcsetattr(0, termios.TCSANOW, modes)
