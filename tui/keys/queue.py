"""Keys of the Queue screen."""

from __future__ import annotations

from tui.keys.key import Key

SCROLL = (
    Key("queue.down", "j,down", "scroll(1)", "Down", "Scroll down."),
    Key("queue.up", "k,up", "scroll(-1)", "Up", "Scroll up."),
)
"""Keys of a page of text, here and on the Deliver screen."""

BACK = Key("queue.back", "escape", "app.show('browse')", "Back", "Go back to the photos.")
"""The key that leaves a screen for the photos."""

QUEUE = (
    *SCROLL,
    Key("queue.retry", "r", "retry", "Retry failures", "Queue what failed again.", footer=True),
    Key(
        "queue.pause", "space", "pause", "Pause",
        "Start no further photo, or go on; those under way end normally.", footer=True,
    ),
    Key(
        "queue.cancel", "c", "cancel", "Cancel waiting",
        "Drop what waits; what is finished or under way is kept.", footer=True,
    ),
    BACK,
)  # fmt: skip
"""Keys of the Queue screen."""
