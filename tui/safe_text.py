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
        character
        if character in _JOINERS or unicodedata.category(character) not in _UNSAFE_CATEGORIES
        else "\N{REPLACEMENT CHARACTER}"
        for character in str(text)
    )
