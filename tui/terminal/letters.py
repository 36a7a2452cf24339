"""Spells the screen with nothing but ASCII, for terminals and fonts that have no more.

All that the workstation writes goes through here, Textual's frames and scroll bars and the names
of files included, so that no screen needs a second version of itself. A character becomes as many
ASCII characters as it has cells, so that no line moves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from rich.cells import get_character_cell_size

_SIGNS = {
    "─━╌╍┄┅┈┉╴╶╸╺═▔▁▂▃‐‑–—−": "-",
    "│┃╎╏┆┇┊┋╵╷╹╻║▏▎▍▕": "|",
    "┌┐└┘├┤┬┴┼╭╮╯╰┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬": "+",
    "█▉▊▋▌▐▀▄▅▆▇▓▒▛▜▙▟▞▚": "#",
    "░▖▗▘▝": ":",
    "●◉•◆■▪▶": "*",
    "○◌◇□▫·…": ".",
    "✓✔": "+",
    "✗✖×": "x",
    "▲↑⏶": "^",
    "▼↓⏷": "v",
    "←◀‹«": "<",
    "→›»⏵": ">",
    "“”„": '"',
    "‘’‚": "'",
}


class _Letters(dict[int, str]):
    """A table for ``str.translate`` that finds out what it does not know yet."""

    def __missing__(self, code: int) -> str:
        spelled = chr(code) if code < 128 else _spelled(chr(code))
        self[code] = spelled
        return spelled


def _spelled(character: str) -> str:
    """Return ASCII of the same width: a known sign, a letter without its accents, or ``?``."""
    width = get_character_cell_size(character)
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain if len(plain) == width else "?" * width


LETTERS = _Letters({ord(sign): plain for signs, plain in _SIGNS.items() for sign in signs})
"""What stands for each character."""


def spelling(ascii_only: bool) -> Callable[[str], bytes]:
    """Return what turns a frame's text into the terminal's bytes."""
    if ascii_only:
        return lambda text: text.translate(LETTERS).encode("ascii")
    return lambda text: text.encode("utf-8", "replace")
