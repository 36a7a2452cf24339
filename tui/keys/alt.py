"""Keys of alt text: the one that opens its editor, and those of the editor."""

from __future__ import annotations

from tui.keys.dialogs import PALETTE
from tui.keys.key import Key

ALT = Key(
    "work.alt", "T", "alt", "Alt text",
    "Write what the picture shows, in words, for people who do not see it.",
)  # fmt: skip
"""The key that opens the editor, in Browse and on the Deliver screen."""

EDITOR = (
    Key("dialog.alt_keep", "enter", "accept", "Keep", "Keep the texts.", footer=True),
    Key(
        "dialog.alt_next", "ctrl+n", "accept_and_go_on", "Keep, next",
        "Keep the texts, and write that of the next picture that lacks one.", footer=True,
    ),
    Key(
        "dialog.alt_language", "tab", "language(1)", "Language",
        "Write the text in the session's next language.", footer=True,
    ),
    Key(
        "dialog.alt_language_back", "shift+tab", "language(-1)", "Language before",
        "Write the text in the language before.",
    ),
    Key(
        "dialog.alt_leave", "escape", "leave", "Leave",
        "Change nothing; asked for twice where something was written.", footer=True,
    ),
    PALETTE,
)  # fmt: skip
"""Keys of the editor; what is typed goes into the text."""
