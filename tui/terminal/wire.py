"""The one way to the terminal: frames of text first, commands of pictures between them.

A terminal reads one stream. A picture's command between the halves of an escape sequence, or
between the parts of another picture, spoils both. So one thread writes everything, one whole thing
at a time: frames in the order in which they come, and a picture's parts when no frame waits. What
is sent after a frame is written after it.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_MOST_FRAMES = (
    30  # that may wait; then whoever draws has to wait, and draws several changes at once
)
_DRAIN_S = 5.0  # a terminal that has taken nothing for so long is left as it is


@dataclass
class _Parcel:
    """Commands that belong together, and what is told when all of them are written, or not all."""

    commands: Sequence[str]
    broken: str
    done: Callable[[bool], None]
    holds: Callable[[], bool]
    written: int = 0


class Wire:
    """Writes to a terminal, in a thread of its own; its methods may be called from any thread.

    Parameters
    ----------
    sink : file descriptor of the terminal
    spell : turns a frame's text into the terminal's bytes

    Attributes
    ----------
    wrote : called in the wire's thread with every frame after it is written
    gone : whether nobody reads any more
    written : bytes, of frames and commands
    """

    def __init__(self, sink: int, spell: Callable[[str], bytes] = str.encode) -> None:
        self.wrote: Callable[[str], None] | None = None
        self.gone = False
        self.written = 0
        self._sink = sink
        self._spell = spell
        self._changed = threading.Condition()
        self._frames: deque[str] = deque()
        self._parcels: deque[_Parcel] = deque()
        self._writing = False  # a frame
        self._takes_commands = True
        threading.Thread(target=self._run, daemon=True, name="wire").start()

    def frame(self, text: str) -> None:
        """Write a frame of text, or anything else that is whole in itself, soon."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._frames) < _MOST_FRAMES or self.gone)
            self._frames.append(text)
            self._changed.notify_all()

    def send(
        self,
        commands: Sequence[str],
        done: Callable[[bool], None],
        broken: str = "",
        holds: Callable[[], bool] = lambda: True,
    ) -> None:
        """Write commands when no frame waits, after those that were sent before.

        Parameters
        ----------
        commands : each is whole in itself; nothing but frames comes between them
        done : called from another thread with whether all of them were written
        broken : what ends the row when it is dropped in the middle
        holds : asked before the first is written; if it does not hold any more, none is
        """
        with self._changed:
            if takes := self._takes_commands:
                self._parcels.append(_Parcel(commands, broken, done, holds))
                self._changed.notify_all()
        if not takes:
            done(False)

    def shut(self) -> str:
        """Forget the commands that are not written and take no more until it is opened.

        Returns what ends a row that was begun. Frames are written as ever.
        """
        with self._changed:
            self._takes_commands = False
            dropped, self._parcels = self._parcels, deque()
        begun = dropped[0].broken if dropped and dropped[0].written else ""
        for parcel in dropped:
            parcel.done(False)
        return begun

    def open(self) -> None:
        """Take commands again."""
        self._takes_commands = True

    def drain(self) -> None:
        """Return when every frame is written, or when the terminal takes no more."""
        with self._changed:
            self._changed.wait_for(
                lambda: self.gone or not (self._frames or self._writing), _DRAIN_S
            )

    def _run(self) -> None:
        while True:
            with self._changed:
                self._writing = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._frames or self._parcels)
                self._writing = bool(self._frames)
                frame = "".join(self._frames)
                parcel = None if self._frames else self._parcels[0]
                self._frames.clear()
            if parcel is None:
                self._write(self._spell(frame))
                if self.wrote:
                    self.wrote(frame)
            else:
                self._advance(parcel)

    def _advance(self, parcel: _Parcel) -> None:
        """Write a parcel's next command, and tell whoever sent it when that was the last."""
        holds = parcel.written > 0 or parcel.holds()
        if holds:
            parcel.written += 1
            self._write(parcel.commands[parcel.written - 1].encode())
            if parcel.written < len(parcel.commands):
                return
        with self._changed:
            if not self._parcels or self._parcels[0] is not parcel:
                return  # it was dropped, and that was told
            self._parcels.popleft()
        parcel.done(holds and not self.gone)

    def _write(self, data: bytes) -> None:
        try:
            while data and not self.gone:
                count = os.write(self._sink, data)
                self.written += count
                data = data[count:]
        except OSError:
            self.gone = True  # the window was closed or the line cut; the program ends by itself
