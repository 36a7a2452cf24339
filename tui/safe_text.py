"""Untrusted text made fit for a terminal.

Names come from file systems, metadata and other people's machines. A control character among
them could move the cursor, change the clipboard or run a terminal's macro; a bidirectional
override could make ``gpj.exe`` look like ``exe.jpg``. None reaches the screen.
"""

from __future__ import annotations

import unicodedata

_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset({"\u200c", "\u200d"})  # letters of Persian and Indic scripts, and emoji


def safe(text: object) -> str:
    """Return ``text`` on one line, every unsafe character replaced by ``�``."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if is_unsafe(character) else character
        for character in str(text)
    )


def safe_lines(text: object) -> str:
    """Return ``text`` with its line ends, every other unsafe character replaced by ``�``."""
    return "\n".join(safe(line) for line in str(text).split("\n"))


def is_unsafe(character: str) -> bool:
    """Return whether a terminal might obey a character, or show others in another order."""
    return character not in _JOINERS and unicodedata.category(character) in _UNSAFE_CATEGORIES
