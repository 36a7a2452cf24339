"""A terminal that keeps the pictures it is sent, and shows the screen as a picture.

pyte understands the text. What it does not know is taken out before: kitty's commands, by which
pictures are kept, replaced and deleted as kitty's specification says, sixels, which are drawn over
the cells, and the questions that a program asks, whose answers are collected.
"""

from __future__ import annotations

import base64
import codecs
import io
import re
import unicodedata
from dataclasses import dataclass, field

import numpy as np
import pyte
from numpy.typing import NDArray
from PIL import Image
from sixels import decode_sixels

Pixels = NDArray[np.uint8]

PLACEHOLDER = "\U0010eeee"

_TOKEN = re.compile(
    r"""
      \x1b_ (?P<apc> [^\x1b]*) \x1b\\
    | \x1bP (?P<dcs> (?: [^\x1b] | \x1b(?!\\) )*) \x1b\\
    | \x1b\[ (?P<question> c | >0q | 16t | \?2026\$p )
    | \x1b\[\? (?P<modes> [0-9;]+ [hl] )
    | \x1b\[ [<>=] [0-9;]* u                    # keys' modes, which pyte takes for a cursor's
    """,
    re.VERBOSE,
)
_UNFINISHED = re.compile(r"\x1b(?:[_P].*|\[[<>=?0-9;$]*)?\Z", re.DOTALL)


class _Screen(pyte.Screen):
    """A screen on which text takes away the sixels that it is written over."""

    def __init__(self, columns: int, rows: int) -> None:
        self.sixels: dict[tuple[int, int], Pixels] = {}
        super().__init__(columns, rows)

    def draw(self, data: str) -> None:
        row, first = self.cursor.y, self.cursor.x
        super().draw(data)
        for column in range(first, self.cursor.x):
            self.sixels.pop((column, row), None)

    def reset(self) -> None:
        self.sixels.clear()
        super().reset()


@dataclass
class Kept:
    """A picture in the terminal's memory, and the cells that it fills."""

    image: Image.Image
    columns: int
    rows: int

    def pixels(self, cell: tuple[int, int]) -> Pixels:
        """Return it as it fills its cells: as large as fits, in the middle, clear around."""
        size = self.columns * cell[0], self.rows * cell[1]
        scale = min(size[0] / self.image.width, size[1] / self.image.height)
        fitted = self.image.resize(
            (round(self.image.width * scale), round(self.image.height * scale))
        )
        ground = Image.new("RGBA", size)
        ground.paste(fitted, ((size[0] - fitted.width) // 2, (size[1] - fitted.height) // 2))
        return np.asarray(ground)


@dataclass
class Emulator:
    """A terminal of so many columns and rows.

    Attributes
    ----------
    cell : width and height of a cell in pixels
    name : what it answers when it is asked for its name; nothing if empty
    kitty, sixel : which pictures it shows
    answers : what it has to tell the program, not yet fetched
    pictures : those of kitty's protocol that are kept, by number
    bytes, picture_bytes : how many have come, and how many of them of commands and sixels
    private_modes : those that are set, as 1049 for the other screen
    faults : what no program may do
    """

    columns: int
    rows: int
    cell: tuple[int, int] = (10, 20)
    name: str = "kitty(0.42.0)"
    kitty: bool = False
    sixel: bool = False
    answers: list[str] = field(default_factory=list)
    pictures: dict[int, Kept] = field(default_factory=dict)
    bytes: int = 0
    picture_bytes: int = 0
    private_modes: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.screen = _Screen(self.columns, self.rows)
        self._stream = pyte.Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="strict").decode
        self._held = ""
        self._parts: dict[str, str] | None = None
        self._data: list[str] = []

    # What comes in

    def feed(self, data: bytes) -> None:
        """Take what the program has written."""
        self.bytes += len(data)
        text, self._held = self._held + self._decode(data), ""
        place = 0
        while found := _TOKEN.search(text, place):
            self._draw(text[place : found.start()])
            self._obey(found)
            place = found.end()
        rest = text[place:]
        if held := _UNFINISHED.search(rest):
            self._held, rest = held[0], rest[: held.start()]
        self._draw(rest)

    def _draw(self, text: str) -> None:
        if text:
            self._stream.feed(text)

    def _obey(self, found: re.Match[str]) -> None:
        if found["apc"] is not None:
            self.picture_bytes += len(found[0])
            if self.kitty and found["apc"].startswith("G"):
                self._command(found["apc"][1:])
        elif found["dcs"] is not None:
            if "q" in found["dcs"][:20] and not found["dcs"].startswith("tmux;"):
                self.picture_bytes += len(found[0])
                self._put_sixels(found["dcs"])
        elif found["question"] is not None:
            self._answer(found["question"])
        elif found["modes"] is not None:
            self._switch(found["modes"])

    def _switch(self, modes: str) -> None:
        numbers = {int(number) for number in modes[:-1].split(";")}
        if modes.endswith("h"):
            self.private_modes |= numbers
        else:
            self.private_modes -= numbers
        if 1049 in numbers:
            self.screen.reset()  # each of the two screens begins empty
        self._stream.feed(f"\x1b[?{modes}")

    def _answer(self, question: str) -> None:
        if question == "c":
            self.answers.append("\x1b[?62;4;22c" if self.sixel else "\x1b[?62;22c")
        elif question.startswith(">") and question.endswith("q") and self.name:
            self.answers.append(f"\x1bP>|{self.name}\x1b\\")
        elif question == "16t":
            self.answers.append(f"\x1b[6;{self.cell[1]};{self.cell[0]}t")
        elif question == "?2026$p":
            self.answers.append("\x1b[?2026;2$y")

    # Kitty's pictures

    def _command(self, command: str) -> None:
        head, _, data = command.partition(";")
        keys = dict(pair.split("=", 1) for pair in head.split(",") if pair)
        if self._parts is not None:
            if set(keys) - {"m", "q"}:
                self.faults.append(f"{head} between the parts of another picture")
                self._parts = None
            else:
                self._data.append(data)
                if keys.get("m") != "1":
                    self._keep()
                return
        action = keys.get("a", "t")
        if action == "q":
            self.answers.append(f"\x1b_Gi={keys['i']};OK\x1b\\")
        elif action in "tT":
            self._parts, self._data = keys, [data]
            if keys.get("m") != "1":
                self._keep()
        elif action == "d":
            self._delete(keys)

    def _keep(self) -> None:
        keys, self._parts = self._parts or {}, None
        if "U" not in keys or keys.get("f") != "100":
            self.faults.append(f"a picture that is not placed by characters: {keys}")
            return
        if any(len(part) > 4096 for part in self._data):
            self.faults.append("a part of more than 4096 bytes")
        try:
            image = Image.open(io.BytesIO(base64.b64decode("".join(self._data)))).convert("RGBA")
        except (OSError, ValueError):
            return  # a terminal forgets what it cannot read
        self.pictures[int(keys["i"])] = Kept(image, int(keys["c"]), int(keys["r"]))

    def _delete(self, keys: dict[str, str]) -> None:
        # Without d= all placements that are visible go; those of placeholders stay, and so does
        # every picture's data.
        if keys.get("d") == "I":
            self.pictures.pop(int(keys["i"]), None)
            if missing := self.missing_cells():
                self.faults.append(f"{missing} cells show a picture that was deleted")

    def missing_cells(self) -> int:
        """Return how many cells stand for a picture that is not there."""
        return sum(
            number not in self.pictures
            for number, _, _ in self._placeholders().values()
            if number is not None
        )

    def _placeholders(self) -> dict[tuple[int, int], tuple[int, int, int]]:
        """Return what the cells with placeholders say: number, row and column of a picture."""
        found = {}
        for y in range(self.rows):
            line = self.screen.buffer[y]
            for x in range(self.columns):
                text = line[x].data
                if text.startswith(PLACEHOLDER):
                    # Without marks, a cell goes on where the one on its left is.
                    marks = [ACCENTS.index(mark) for mark in text[1:]]
                    before = found.get((x - 1, y), (0, 0, -1))
                    row = marks[0] if marks else before[1]
                    column = marks[1] if len(marks) > 1 else before[2] + 1
                    colour = line[x].fg
                    number = int(colour, 16) if re.fullmatch("[0-9a-f]{6}", colour) else 0
                    found[x, y] = number, row, column
        return found

    # Sixels

    def _put_sixels(self, data: str) -> None:
        if not self.sixel:
            return
        pixels = decode_sixels(data)
        width, height = self.cell
        left, top = self.screen.cursor.x, self.screen.cursor.y
        rows, columns = -(-pixels.shape[0] // height), -(-pixels.shape[1] // width)
        if top + rows > self.rows:
            self.faults.append("sixels below the last line: the screen would scroll")
        for y in range(rows):
            for x in range(columns):
                part = pixels[y * height : (y + 1) * height, x * width : (x + 1) * width]
                if part.shape != (height, width, 4):
                    self.faults.append("sixels that do not fill their cells")
                    return
                self.screen.sixels[left + x, top + y] = part
                cell = self.screen.buffer[top + y][left + x]
                self.screen.buffer[top + y][left + x] = cell._replace(data=" ")

    # What is seen

    @property
    def text(self) -> str:
        """The screen as lines of text; what stands for a picture is a block."""
        lines = "\n".join(self.screen.display)
        return re.sub(f"{PLACEHOLDER}[{''.join(ACCENTS)}]*", "▒", lines)

    def shown(self) -> dict[tuple[int, int], Pixels]:
        """Return the pixels of every cell that shows part of a picture, by column and row."""
        width, height = self.cell
        cells = {}
        pictures = {number: kept.pixels(self.cell) for number, kept in self.pictures.items()}
        for place, (number, row, column) in self._placeholders().items():
            if number in pictures:
                part = pictures[number][row * height : (row + 1) * height]
                cells[place] = part[:, column * width : (column + 1) * width]
        return cells | self.screen.sixels

    def picture(self) -> Image.Image | None:
        """Return what the cells with pictures show, put together; None if there are none."""
        cells = self.shown()
        if not cells:
            return None
        width, height = self.cell
        left, top = min(x for x, _ in cells), min(y for _, y in cells)
        right, bottom = max(x for x, _ in cells) + 1, max(y for _, y in cells) + 1
        canvas = np.zeros(((bottom - top) * height, (right - left) * width, 4), np.uint8)
        for (x, y), pixels in cells.items():
            row, column = (y - top) * height, (x - left) * width
            canvas[row : row + height, column : column + width] = pixels
        return Image.fromarray(canvas)


def _accents() -> list[str]:
    """Return the marks of rows and columns as kitty's own table derives them.

    They are the marks above a letter (class 230) of Unicode 6.0 without a decomposition, but for
    those that some normal form joins with a letter.
    """
    from textual_image.renderable.tgp import _NUMBER_TO_DIACRITIC

    marks = [chr(value) for value in _NUMBER_TO_DIACRITIC]
    assert all(unicodedata.combining(mark) == 230 for mark in marks)
    return marks


ACCENTS = _accents()
