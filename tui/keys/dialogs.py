"""Keys of the dialogs that ask for an answer."""

from __future__ import annotations

from tui.keys.key import Key

CHOOSE = (
    Key("dialog.down", "j,down", "cursor_down", "Down", "Go to the next choice."),
    Key("dialog.up", "k,up", "cursor_up", "Up", "Go to the choice before."),
    Key("dialog.first", "g,home", "first", "First", "Go to the first choice."),
    Key("dialog.last", "G,end", "last", "Last", "Go to the last choice."),
)
"""Keys of a list of choices in a dialog."""

CANCEL = Key("dialog.cancel", "escape", "dismiss(None)", "Cancel", "Change nothing.", footer=True)
"""The key that leaves a dialog without an answer."""

PALETTE = Key(
    "dialog.palette", "ctrl+p", "app.command_palette", "Commands",
    "Find any action by name and run it.",
)  # fmt: skip
"""The key of the palette where one types: its other key is a character."""

REJECT = (
    *(
        Key(
            f"dialog.reason_{number}", str(number), f"choose({number - 1})", f"Reason {number}",
            "Choose or drop the reason with this number.",
        )
        for number in range(1, 10)
    ),
    Key("dialog.toggle", "space", "choose", "Choose", "Choose or drop this reason.", footer=True),
    Key(
        "dialog.next", "tab", "app.focus_next", "Note",
        "Go between the reasons and the note.", footer=True,
    ),
    Key("dialog.reject", "enter", "accept", "Reject", "Reject with these reasons.", footer=True),
    CANCEL,
)  # fmt: skip
"""Keys of the reasons dialog."""

CONFIRM = (
    Key("dialog.yes", "y,enter", "dismiss(True)", "Yes", "Do it.", footer=True),
    Key("dialog.no", "n,escape,q", "dismiss(False)", "No", "Change nothing.", footer=True),
)
"""Keys of a question."""
