"""Keys of what one reads: the help, the list of keys, the log."""

from __future__ import annotations

from tui.keys.dialogs import PALETTE
from tui.keys.key import Key

GLOSSARY = (
    Key("dialog.term_down", "down,ctrl+n", "move(1)", "Next", "Go to the next line.", footer=True),
    Key("dialog.term_up", "up", "move(-1)", "Previous", "Go to the line before."),
    Key("dialog.link", "tab", "link(1)", "Link", "Go to the next link in the text.", footer=True),
    Key("dialog.link_back", "shift+tab", "link(-1)", "Link before", "Go to the link before."),
    Key("dialog.follow", "enter", "follow", "Follow", "Read what the link leads to.", footer=True),
    Key("dialog.back", "ctrl+b", "back", "Back", "Read again what was read before."),
    Key("dialog.copy", "ctrl+y", "copy", "Copy", "Copy what is read as text.", footer=True),
    Key("dialog.read_down", "pagedown", "scroll(1)", "Scroll down", "Scroll what is read down."),
    Key("dialog.read_up", "pageup", "scroll(-1)", "Scroll up", "Scroll what is read up."),
    PALETTE,
    Key("dialog.close", "escape,f1", "dismiss", "Close", "Close the help.", footer=True),
)  # fmt: skip
"""Keys of the help panel."""

SCROLL = (
    Key("dialog.scroll_down", "j,down", "scroll(1)", "Down", "Scroll down.", footer=True),
    Key("dialog.scroll_up", "k,up", "scroll(-1)", "Up", "Scroll up.", footer=True),
    Key("dialog.page_down", "pagedown,space", "page(1)", "Page down", "Scroll a page down."),
    Key("dialog.page_up", "pageup", "page(-1)", "Page up", "Scroll a page up."),
    Key("dialog.text_top", "g,home", "top", "Top", "Go to the first line."),
    Key("dialog.text_bottom", "G,end", "bottom", "Bottom", "Go to the last line."),
)
"""Keys of a text that scrolls."""

KEYS_PANEL = (
    *SCROLL,
    Key(
        "dialog.close_keys",
        "escape,question_mark,q",
        "dismiss",
        "Close",
        "Close this list.",
        footer=True,
    ),
)
"""Keys of the keys panel."""

INSPECTOR = (
    *SCROLL,
    Key("dialog.close_inspector", "escape,i,q", "dismiss", "Close", "Close this.", footer=True),
)
"""Keys of the inspector's panel."""

JOURNAL = (
    *SCROLL,
    Key("dialog.close_log", "escape,f8,q", "dismiss", "Close", "Close the log.", footer=True),
)
"""Keys of the log."""
