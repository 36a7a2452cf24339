"""Pictures as terminals take them: encoded, decoded again, and within their bytes."""

from __future__ import annotations

import base64
import io

import numpy as np
import pyte
import pytest
from emulator import Emulator
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from rich.cells import cell_len
from rich.console import Console
from sixels import decode_sixels

from tui.terminal import kitty
from tui.terminal.block_cells import block_cells
from tui.terminal.blocks import block_strips
from tui.terminal.letters import spelling
from tui.terminal.png import png_within
from tui.terminal.sixel import parts_of, sixels_within
from tui.terminal.touched import cells_written

GREY = (43, 43, 43)


def photo(width: int, height: int, seed: int = 0) -> np.ndarray:
    """Return something like a photo: a soft gradient with noise, and a sharp disc."""
    chance = np.random.default_rng(seed)
    rows, columns = np.mgrid[:height, :width]
    ramp = np.stack([columns / width, rows / height, (columns + rows) / (width + height)], -1)
    pixels = 60 + 120 * ramp + chance.normal(0, 4, (height, width, 3))
    disc = (columns - width / 2) ** 2 + (rows - height / 2) ** 2 < (min(width, height) / 3) ** 2
    pixels[disc] = (200, 60, 40)
    return np.clip(pixels, 0, 255).astype(np.uint8)


SIZES = st.tuples(st.integers(1, 90), st.integers(1, 90))


@settings(max_examples=40)
@given(SIZES, st.tuples(st.integers(0, 9), st.integers(0, 9)), st.integers(0, 5))
def test_a_png_within_enough_bytes_is_the_picture_itself(
    size: tuple[int, int], more: tuple[int, int], seed: int
) -> None:
    pixels = photo(*size, seed)
    ground = size[0] + more[0], size[1] + more[1]
    image = Image.open(io.BytesIO(png_within(pixels, ground, 1 << 20))).convert("RGBA")
    assert image.size == ground
    left, top = more[0] // 2, more[1] // 2
    whole = np.asarray(image)
    part = whole[top : top + size[1], left : left + size[0]]
    assert (part[..., :3] == pixels).all()
    assert (part[..., 3] == 255).all()
    assert (whole[..., 3] == 255).sum() == size[0] * size[1], "all around it is clear"


@pytest.mark.parametrize("budget", [200_000, 60_000, 20_000, 6_000])
def test_a_png_takes_no_more_than_it_may(budget: int) -> None:
    pixels = photo(500, 360)
    data = png_within(pixels, (510, 380), budget)
    assert len(data) <= budget
    image = Image.open(io.BytesIO(data)).convert("RGBA").resize((510, 380))
    shown = np.asarray(image, np.int16)[10:370, 5:505, :3]
    assert np.abs(shown - pixels).mean() < 12


def test_a_colour_that_a_picture_has_is_never_its_clear_one() -> None:
    greens = np.zeros((16, 16, 3), np.uint8)
    greens[..., 2] = np.arange(256).reshape(16, 16)
    image = Image.open(io.BytesIO(png_within(greens, (20, 20), 1 << 20))).convert("RGBA")
    assert (np.asarray(image)[2:18, 2:18, 3] == 255).all()


@settings(max_examples=30, deadline=None)
@given(SIZES, st.integers(0, 5))
def test_sixels_are_read_as_the_picture_in_its_surround(size: tuple[int, int], seed: int) -> None:
    pixels = photo(*size, seed)
    panel = size[0] + 10, size[1] + 7
    made = sixels_within(pixels, panel, GREY, 1 << 20)
    text = made.data.decode()
    assert text.startswith("\x1bP")
    assert text.endswith("\x1b\\")
    read = decode_sixels(text[2:-2])
    assert read.shape == (panel[1], panel[0], 4)
    assert (read[..., 3] == 255).all(), "nothing of what was there before shines through"
    part = read[3 : 3 + size[1], 5 : 5 + size[0], :3].astype(np.int16)
    assert np.abs(part - pixels).mean() < 8
    assert np.abs(read[0, 0, :3].astype(int) - GREY).max() <= 8
    # Any part can be made again, and is the same.
    box = (panel[0] // 3, panel[1] // 4, panel[0], panel[1] - panel[1] // 5)
    (again,) = parts_of(made.source, [box])
    same = decode_sixels(again.decode()[2:-2])
    assert np.abs(same.astype(int) - read[box[1] : box[3], box[0] : box[2]]).max() <= 2


def test_sixels_take_no_more_than_they_may() -> None:
    pixels = photo(480, 360)
    for budget in (200_000, 44_000, 12_000):
        assert len(sixels_within(pixels, (500, 360), GREY, budget).data) <= budget


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 297), st.integers(1, 60), st.integers(1, kitty.NUMBERS - 1))
def test_placeholders_are_one_cell_each_and_name_their_place(
    columns: int, rows: int, number: int
) -> None:
    strips = kitty.placeholders(number, columns, rows)
    assert len(strips) == rows
    assert all(cell_len(strip.text) == columns for strip in strips)
    emulator = Emulator(columns, rows, kitty=True)
    emulator.feed(b"\x1b[?7l")
    console = Console(color_system="truecolor")
    for row, strip in enumerate(strips):
        emulator.feed(f"\x1b[{row + 1};1H{strip.render(console)}".encode())
    # Also where only the right half of a line is drawn again, as beside a notice.
    right = strips[-1].crop(columns // 2)
    emulator.feed(f"\x1b[{rows};{columns // 2 + 1}H{right.render(console)}".encode())
    places = emulator._placeholders()
    assert places == {(x, y): (number, y, x) for x in range(columns) for y in range(rows)}


def test_a_picture_is_sent_kept_and_deleted() -> None:
    pixels = photo(100, 60)
    png = base64.b64encode(png_within(pixels, (100, 60), 1 << 20)).decode()
    emulator = Emulator(80, 24, kitty=True)
    for command in kitty.transmit(77, png, 10, 3):
        emulator.feed(command.encode())
    assert (np.asarray(emulator.pictures[77].image)[..., :3] == pixels).all()
    emulator.feed(kitty.delete(76).encode())
    assert 77 in emulator.pictures
    emulator.feed(kitty.delete(77).encode())
    assert emulator.pictures == {}
    assert emulator.faults == []


def test_blocks_show_edges_between_half_cells() -> None:
    pixels = np.zeros((4, 2, 3), np.uint8)
    pixels[:, 0] = 255
    cells = block_cells(pixels, (0, 0, 0), ascii_only=False, budget=1 << 20)
    strips = block_strips(cells.data, 1)
    assert [strip.text for strip in strips] == ["▌"]
    (segment,) = strips[0]
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.color.triplet == (255, 255, 255)


def test_blocks_fill_what_the_picture_leaves_with_the_surround() -> None:
    pixels = np.full((2, 3, 3), (80, 90, 100), np.uint8)
    strips = block_strips(block_cells(pixels, GREY, ascii_only=False, budget=1 << 20).data, 2)
    assert len(strips) == 1
    colours = {
        tuple(colour.triplet)
        for segment in strips[0]
        if segment.style
        for colour in (segment.style.color, segment.style.bgcolor)
        if colour and colour.triplet
    }
    assert GREY in colours


@pytest.mark.parametrize("budget", [400_000, 44_000, 20_000])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_blocks_take_about_no_more_than_they_may(budget: int, ascii_only: bool) -> None:
    pixels = photo(50, 36) if ascii_only else photo(100, 72)
    cells = block_cells(pixels, GREY, ascii_only=ascii_only, budget=budget)
    console = Console(color_system="truecolor")
    strips = block_strips(cells.data, 50)
    assert len(strips) == 18
    assert all(strip.cell_length == 50 for strip in strips)
    sent = "".join(strip.render(console) for strip in strips)
    assert len(sent) <= budget
    assert cells.exact or budget < 400_000
    assert sent.isascii() == ascii_only


@given(st.text(max_size=40))
def test_letters_are_ascii_and_no_line_moves(text: str) -> None:
    printable = "".join(letter for letter in text if letter.isprintable())
    spelled = spelling(ascii_only=True)(printable).decode()
    assert spelled.isascii()
    assert cell_len(spelled) == cell_len(printable)


def test_frames_and_names_have_readable_stand_ins() -> None:
    spell = spelling(ascii_only=True)
    assert spell("╭─ Über café ─╮ ▆ … 日本 ✓") == b"+- Uber cafe -+ # . ???? +"
    assert spell("\x1b[38;2;1;2;3m│\x1b[0m") == b"\x1b[38;2;1;2;3m|\x1b[0m"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.integers(0, 19),
            st.text(alphabet="abc ─█日é", min_size=1, max_size=6),
        ),
        max_size=12,
    )
)
def test_the_cells_that_a_frame_writes_are_known(runs: list[tuple[int, int, str]]) -> None:
    frame = "".join(
        f"\x1b[{row + 1};{column + 1}H\x1b[1;38;2;9;8;7m{text}\x1b[0m" for row, column, text in runs
    )
    screen = pyte.Screen(40, 10)
    pyte.Stream(screen).feed(frame)
    written = {(x, row) for row, first, last in cells_written(frame) for x in range(first, last)}
    drawn = {
        (x, y)
        for y, line in screen.buffer.items()
        for x, cell in line.items()
        if cell.bold  # every cell that was written has the style
    }
    assert drawn <= written
    assert len(written - drawn) <= sum("日" in text for _, _, text in runs) * 6
