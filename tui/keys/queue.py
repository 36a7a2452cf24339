"""Keys of the Queue screen."""

from __future__ import annotations

from tui.keys.key import Key
from tui.keys.look import VIEWS_AND_ZOOM

BACK = Key("queue.back", "escape", "app.show('browse')", "Back", "Go back to the photos.")
"""The key that leaves a screen for the photos."""

LINES = (
    Key("queue.down", "j,down", "cursor(1)", "Down", "Go to the next line."),
    Key("queue.up", "k,up", "cursor(-1)", "Up", "Go to the line before."),
    Key("queue.top", "g,home", "top", "Top", "Go to the first line."),
    Key("queue.bottom", "G,end", "bottom", "Bottom", "Go to the last line."),
    Key("queue.page_down", "pagedown,ctrl+d", "page(1)", "Page down", "Go down by a page."),
    Key("queue.page_up", "pageup,ctrl+b", "page(-1)", "Page up", "Go up by a page."),
)
"""Keys of the queue's list."""

QUEUE = (
    Key("queue.go", "enter", "go", "Show", "Show this photo in Browse.", footer=True),
    Key(
        "queue.retry", "r", "retry", "Retry",
        "Queue this failure again, with the recipe or the preset that it had.", footer=True,
    ),
    Key("queue.retry_all", "R", "retry_all", "Retry all", "Queue every failure again."),
    Key("queue.earlier", "K,left_square_bracket", "move(-1)", "Earlier", "Do this one earlier."),
    Key("queue.later", "J,right_square_bracket", "move(1)", "Later", "Do this one later."),
    Key("queue.first", "T", "move(-1000000)", "Next", "Do this one next."),
    Key(
        "queue.drop", "d,delete", "drop", "Drop",
        "Drop this one from the queue, or stop it where it is under way; forget a failed export.",
        footer=True,
    ),
    Key(
        "queue.pause", "space", "pause", "Pause",
        "Start no further photo, or go on; those under way end normally.", footer=True,
    ),
    Key(
        "queue.cancel", "c", "cancel", "Drop all",
        "Drop all that waits; what is finished or under way is kept.", footer=True,
    ),
    Key("queue.restore", "u", "restore", "Queue again", "Queue again what was dropped."),
    Key(
        "queue.warm", "W", "warm", "Warm up",
        "Load the network now, so that the first photo need not wait for it.",
    ),
    BACK,
    *VIEWS_AND_ZOOM,
)  # fmt: skip
"""Keys of the Queue screen."""
