"""What the terminal holds: whatever happens in whatever order, leaving leaves no picture behind."""

from __future__ import annotations

import asyncio
import base64
import io
import os

from emulator import Emulator
from PIL import Image

from tui.terminal.graphics import Backend, Graphics
from tui.terminal.terminal import Terminal
from tui.terminal.wire import Wire


def picture() -> str:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def test_a_picture_whose_deletion_still_waits_is_deleted_by_the_farewell() -> None:
    source, sink = os.pipe()

    async def leave() -> None:
        terminal = Terminal(Graphics(Backend.KITTY))
        wire = Wire(sink)
        terminal.connect(wire, asyncio.get_running_loop())
        number = await terminal.send_picture(picture(), 4, 2)
        assert number is not None
        # A frame that is larger than the pipe holds keeps the deletion waiting behind it.
        wire.frame("\x1b[1;1H" + "surround " * 20_000)
        terminal.delete_picture(number)
        wire.frame(terminal.farewell())
        reader = asyncio.create_task(asyncio.to_thread(read))
        await asyncio.to_thread(wire.drain)
        os.close(sink)
        await reader

    data = bytearray()

    def read() -> None:
        while chunk := os.read(source, 65536):
            data.extend(chunk)

    asyncio.run(leave())
    os.close(source)
    emulator = Emulator(80, 24, kitty=True)
    emulator.feed(bytes(data))
    assert emulator.faults == []
    assert emulator.pictures == {}
