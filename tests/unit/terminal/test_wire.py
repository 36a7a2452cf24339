"""One writer: whole frames, whole commands, pictures one after the other, through a real pipe."""

from __future__ import annotations

import asyncio
import os
import random
import re
import threading
import time
from collections.abc import Iterator

import pytest
from emulator import Emulator

from tui.terminal import kitty
from tui.terminal.graphics import Backend, Graphics
from tui.terminal.terminal import Terminal
from tui.terminal.wire import Wire


class Pipe:
    """The reading end of a wire, read as slowly as is wanted."""

    def __init__(self, pause: float = 0.0) -> None:
        self.source, self.sink = os.pipe()
        self.pause = pause
        self.data = b""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        while chunk := os.read(self.source, 512):
            self.data += chunk
            time.sleep(self.pause)

    def close(self) -> bytes:
        os.close(self.sink)
        self._thread.join(30)
        os.close(self.source)
        return self.data


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    yield Pipe()


def wait_for(events: list[threading.Event]) -> None:
    assert all(event.wait(30) for event in events)


def test_frames_and_pictures_of_many_threads_never_mix(pipe: Pipe) -> None:
    wire = Wire(pipe.sink)
    done = [threading.Event() for _ in range(12)]
    chance = random.Random(4)
    png = "".join(chance.choices("ABCDEF", k=30_000))

    def draw() -> None:
        for number in range(60):
            wire.frame(f"\x1b[{number};1H\x1b[38;2;1;2;3m{'frame ' * 40}\x1b[0m")

    def send(first: int) -> None:
        for number in range(first, first + 3):
            commands = kitty.transmit(number + 1, png, 10, 10)
            wire.send(commands, lambda _, number=number: done[number].set())

    threads = [threading.Thread(target=draw) for _ in range(2)]
    threads += [threading.Thread(target=send, args=(first,)) for first in range(0, 12, 3)]
    for thread in threads:
        thread.start()
    wait_for(done)
    for thread in threads:
        thread.join()
    wire.drain()
    text = pipe.close().decode()
    emulator = Emulator(80, 24, kitty=True)
    emulator.feed(text.encode())
    assert emulator.faults == []
    frames = re.findall(r"\x1b\[38;2;1;2;3m((?:frame )+)\x1b\[0m", text)
    assert len(frames) == 120
    assert {len(frame) for frame in frames} == {240}, "no command falls into a frame"


def test_frames_come_before_pictures_that_wait() -> None:
    pipe = Pipe(pause=0.002)
    wire = Wire(pipe.sink)
    done = threading.Event()
    wire.send(kitty.transmit(1, "A" * 400_000, 10, 10), lambda _: done.set())
    time.sleep(0.05)
    wire.frame("a key was pressed")
    wire.drain()
    assert not done.is_set(), "the frame did not wait for the picture"
    wait_for([done])
    assert b"a key was pressed" in pipe.close()


def test_what_is_sent_after_a_frame_is_written_after_it(pipe: Pipe) -> None:
    wire = Wire(pipe.sink)
    done = threading.Event()
    for number in range(25):
        wire.frame(f"[{number}]")
    wire.send(["<delete>"], lambda _: done.set())
    wait_for([done])
    assert pipe.close() == b"".join(b"[%d]" % number for number in range(25)) + b"<delete>"


def test_leaving_drops_what_waits_and_ends_what_was_begun() -> None:
    pipe = Pipe(pause=0.002)
    wire = Wire(pipe.sink)
    told: list[tuple[str, bool]] = []
    for name in ("first", "second"):
        commands = kitty.transmit(1, "A" * 400_000, 10, 10)
        wire.send(commands, lambda whole, name=name: told.append((name, whole)), kitty.BROKEN)
    time.sleep(0.1)
    wire.frame(wire.shut() + kitty.delete(1))
    wire.drain()
    assert told == [("first", False), ("second", False)]
    emulator = Emulator(80, 24, kitty=True)
    emulator.feed(pipe.close())
    assert emulator.faults == []
    assert emulator.pictures == {}


def test_what_a_worker_finishes_after_leaving_is_not_written_until_the_terminal_is_back(
    pipe: Pipe,
) -> None:
    wire = Wire(pipe.sink)
    told: list[bool] = []
    done = threading.Event()
    wire.frame(wire.shut())
    wire.send(["<late>"], told.append)
    wire.frame("the shell's prompt ")
    wire.drain()
    assert told == [False]
    wire.open()
    wire.send(["<again>"], lambda _: done.set())
    wait_for([done])
    assert pipe.close() == b"the shell's prompt <again>"


def test_commands_that_do_not_hold_any_more_are_not_written(pipe: Pipe) -> None:
    wire = Wire(pipe.sink)
    told: list[bool] = []
    done = threading.Event()
    wire.send(["<old>"], told.append, holds=lambda: False)
    wire.send(["<new>"], lambda _: done.set())
    wait_for([done])
    assert told == [False]
    assert pipe.close() == b"<new>"


def test_a_window_that_was_closed_stops_nobody(pipe: Pipe) -> None:
    source, sink = os.pipe()
    os.close(source)
    wire = Wire(sink)
    told: list[bool] = []
    done = threading.Event()
    for _ in range(100):
        wire.frame("x" * 1000)
    wire.send(["<picture>"], lambda whole: (told.append(whole), done.set()))
    wait_for([done])
    wire.drain()
    assert wire.gone
    assert told == [False]


async def test_a_picture_that_is_kept_is_not_replaced_by_later_ones(pipe: Pipe) -> None:
    terminal = Terminal(Graphics(Backend.KITTY))
    terminal.connect(Wire(pipe.sink), asyncio.get_running_loop())
    kept = await terminal.send_picture("AAAA", 2, 2)
    for _ in range(40):
        number = await terminal.send_picture("AAAA", 2, 2)
        assert number is not None and number != kept
        terminal.delete_picture(number)
