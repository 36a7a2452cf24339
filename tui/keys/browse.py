"""Keys of the Browse screen: list, filter and files; those of the photo are in ``look``."""

from __future__ import annotations

from tui.keys.alt import ALT
from tui.keys.dialogs import CANCEL
from tui.keys.key import Key

LIST = (
    Key("move.down", "j", "cursor(1)", "Down", "Go to the next line."),
    Key("move.up", "k", "cursor(-1)", "Up", "Go to the line before."),
    Key("move.fold", "h", "fold", "Fold", "Fold the SKU away; its photos become one line."),
    Key("move.unfold", "l", "unfold", "Unfold", "Show the photos of a folded SKU."),
    Key("move.fold_all", "H", "fold_all", "Fold all", "Fold every SKU, or unfold all again."),
    Key("move.top", "g,home", "top", "Top", "Go to the first line."),
    Key("move.bottom", "G,end", "bottom", "Bottom", "Go to the last line."),
    Key("move.page_down", "pagedown,ctrl+d", "page(1)", "Page down", "Go down by a page."),
    Key("move.page_up", "pageup,ctrl+b", "page(-1)", "Page up", "Go up by a page."),
    Key("move.next_sku", "right_curly_bracket", "sku(1)", "Next SKU", "Go to the next SKU."),
    Key("move.last_sku", "left_curly_bracket", "sku(-1)", "Previous SKU", "Go to the SKU before."),
    Key(
        "mark.toggle", "space", "mark", "Mark",
        "Mark the photo, or the whole SKU on its heading, and go on to the next.", footer=True,
    ),
    Key(
        "mark.range", "v", "range", "Range",
        "Start a range here; moving extends it, v again marks what is in it.",
    ),
    Key("mark.all", "ctrl+a", "mark_all", "Mark all", "Mark every photo that the list shows."),
)  # fmt: skip
"""Keys of the photo list."""

FILTERING = (
    Key(
        "mark.filter", "slash", "filter", "Filter",
        "Show only what matches: words of a name, is:cut, view:front, has:halo; ! inverts.",
        footer=True,
    ),
    Key("mark.next", "n", "match(1)", "Next match", "Go to the next photo that matches."),
    Key("mark.previous", "N", "match(-1)", "Previous match", "Go to the match before."),
    Key(
        "mark.escape", "escape", "escape", "Back",
        "Leave the range, then the zoom, the marks and the filter, one at a time.",
    ),
)  # fmt: skip
"""Keys of the filter, wherever photos are listed."""

MATCHES = (
    FILTERING[0],
    Key("mark.sort", "O", "sort", "Sort", "Choose in which order the photos are listed."),
    *FILTERING[1:],
)
"""Keys that choose what the list shows."""

EXPORT = Key(
    "work.export", "E", "export", "Export",
    "Write files with a preset, from the marked photos or from all approved ones.", footer=True,
)  # fmt: skip
"""The key that exports, here and on the Deliver screen."""

FILES = (
    EXPORT,
    ALT,
    Key(
        "work.rescan", "R", "rescan", "Rescan",
        "Look for new, changed and missing files now; they are found by themselves, too.",
    ),
    Key(
        "work.open", "o", "open_outside", "Open outside",
        "Open the photo in the program that your system has for it.",
    ),
    Key(
        "work.trash", "d", "trash", "To the Trash",
        "Move the marked photos, or this one, to the session's Trash folder; asks first.",
    ),
    Key("work.copy", "y", "copy_path", "Copy path", "Copy the photo's path to the clipboard."),
)  # fmt: skip
"""Keys for what goes in and out of the session."""

FILTER = (
    Key("mark.close_filter", "escape", "close", "Clear", "Show every photo again.", footer=True),
    Key(
        "mark.keep_filter",
        "enter,down",
        "keep",
        "Keep",
        "Go to the list; the filter stays.",
        footer=True,
    ),
)
"""Keys of the filter line."""

SORT = (
    Key("dialog.sort", "enter", "accept", "Sort", "List the photos in this order.", footer=True),
    CANCEL,
)
"""Keys of the dialog of orders."""
