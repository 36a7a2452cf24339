"""Asks the terminal what it can do, once, before the workstation begins.

textual-image asks one question after the other and waits a tenth of a second for each: over SSH
the answers come later, are read as keys, and the terminal counts as one without pictures. Here
all questions leave in one write. Every terminal answers the last of them, DA1, and answers in
order, so that its answer means that no other will come.

Sources: XTerm Control Sequences (DA1, XTVERSION, 16t); kitty's Terminal graphics protocol
("Querying support").
"""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tui.terminal.passthrough import through_tmux
from tui.terminal.replies import Replies

_PATIENCE_S = 2.0  # a satellite line takes 0.7 s, a busy machine at its other end longer
_TMUX_PATIENCE_S = 0.5  # after tmux itself has answered, for the terminal around it

NAME = "\x1b[>0q"
CELL = "\x1b[16t"
DEVICE = "\x1b[c"
KITTY = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"

_SIXEL = "4"  # among the attributes of DA1


@dataclass(frozen=True)
class Answers:
    """What a terminal says of itself.

    Attributes
    ----------
    name : program and version, as ``kitty(0.40.1)``, where it tells
    kitty : it takes kitty's pictures
    sixel : it takes sixel pictures
    cell : width and height of a character cell in pixels, where it tells
    answered : it has answered at all
    typed : what a person typed meanwhile
    """

    name: str = ""
    kitty: bool = False
    sixel: bool = False
    cell: tuple[int, int] | None = None
    answered: bool = False
    typed: str = ""


def ask_terminal(*, inside: bool) -> Answers:
    """Ask the terminal on standard input and output.

    Parameters
    ----------
    inside : a multiplexer may be in between; kitty's question is then wrapped for tmux, which
        would take a bare one for a window's title
    """
    source, sink = sys.__stdin__, sys.__stdout__
    if source is None or sink is None:
        return Answers()
    with _unbuffered(source.fileno()):
        return ask(
            lambda text: _write(sink.fileno(), text),
            lambda seconds: _read(source.fileno(), seconds),
            inside=inside,
        )


def ask(
    write: Callable[[str], None], read: Callable[[float], str], *, inside: bool = False
) -> Answers:
    """Ask a terminal through two functions.

    Parameters
    ----------
    write : sends text to the terminal
    read : waits so many seconds at most, and returns what has come, or nothing
    inside : as for `ask_terminal`
    """
    replies = Replies()
    heard: list[str] = []
    typed: list[str] = []

    def listen(until: Callable[[], bool], patience: float) -> None:
        end = time.monotonic() + patience
        while not until() and (left := end - time.monotonic()) > 0:
            text, answers = replies.take(read(left))
            typed.append(text)
            heard.extend(answers)

    write(NAME + CELL + ("" if inside else KITTY) + DEVICE)
    listen(lambda: device_of(heard) is not None, _PATIENCE_S)
    if inside and name_of(heard).startswith("tmux"):
        write(through_tmux(KITTY))
        listen(lambda: kitty_of(heard), _TMUX_PATIENCE_S)
    typed.append(replies.rest(_PATIENCE_S))
    device = device_of(heard)
    return Answers(
        name=name_of(heard),
        kitty=kitty_of(heard),
        sixel=device is not None and _SIXEL in device,
        cell=next(filter(None, map(cell_of, heard)), None),
        answered=device is not None,
        typed="".join(typed),
    )


def device_of(replies: list[str]) -> list[str] | None:
    """Return the attributes that a terminal names in its answer to DA1, if it is there."""
    found = next(filter(None, (re.fullmatch(r"\x1b\[\?([\d;]*)c", r) for r in replies)), None)
    return found[1].split(";") if found else None


def cell_of(reply: str) -> tuple[int, int] | None:
    """Return width and height of a cell in pixels, where a reply tells them."""
    found = re.fullmatch(r"\x1b\[6;(\d+);(\d+)t", reply)
    if not found or not (int(found[1]) and int(found[2])):
        return None
    return int(found[2]), int(found[1])


def name_of(replies: list[str]) -> str:
    """Return the terminal's name and version, where it is told."""
    found = next(filter(None, (re.match(r"\x1bP>\|([ -~]*)", r) for r in replies)), None)
    return found[1] if found else ""


def kitty_of(replies: list[str]) -> bool:
    """Return whether kitty's question was answered, and with OK."""
    return any(re.match(r"\x1b_G[^;]*;OK", reply) for reply in replies)


@contextmanager
def _unbuffered(source: int) -> Iterator[None]:
    """Read every character at once and show none, as long as the context lasts."""
    import termios  # noqa: PLC0415 - not on Windows
    import tty  # noqa: PLC0415 - not on Windows

    before = termios.tcgetattr(source)
    now = termios.tcgetattr(source)
    now[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON)
    now[tty.CC][termios.VMIN] = 1
    termios.tcsetattr(source, termios.TCSANOW, now)
    try:
        yield
    finally:
        termios.tcsetattr(source, termios.TCSANOW, before)


def _write(sink: int, text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(sink, data) :]


def _read(source: int, seconds: float) -> str:
    ready, _, _ = select.select([source], [], [], seconds)
    if not ready:
        return ""
    data = os.read(source, 4096)
    if not data:  # nobody is there any more
        time.sleep(seconds)
    return data.decode("utf-8", "replace")
