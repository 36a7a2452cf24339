"""Keys of the Deliver screen and of the export dialog."""

from __future__ import annotations

from tui.keys.alt import ALT
from tui.keys.browse import EXPORT
from tui.keys.dialogs import CANCEL
from tui.keys.key import Key
from tui.keys.queue import BACK

DELIVER = (
    Key("work.down", "j,down", "scroll(1)", "Down", "Scroll down."),
    Key("work.up", "k,up", "scroll(-1)", "Up", "Scroll up."),
    EXPORT,
    ALT,
    BACK,
)
"""Keys of the Deliver screen."""

PRESETS = (
    Key(
        "dialog.scope", "tab", "next_scope", "Which photos",
        "Export the approved photos, the marked ones, or all that are cut.", footer=True,
    ),
    Key("dialog.export", "enter", "accept", "Export", "Export with this preset.", footer=True),
    CANCEL,
)  # fmt: skip
"""Keys of the export dialog."""
