"""Keys of the checklists."""

from __future__ import annotations

from tui.keys.key import Key

CHECKLISTS = (
    Key(
        "checklist.tick", "space,enter", "tick", "Tick", "Tick this point, or take it back.",
        footer=True,
    ),
    Key("checklist.next", "tab", "list(1)", "Next list", "Go to the next list.", footer=True),
    Key("checklist.previous", "shift+tab", "list(-1)", "List before", "Go to the list before."),
    Key(
        "checklist.close", "escape,f6,q", "dismiss", "Close", "Close the checklists.", footer=True,
    ),
)  # fmt: skip
"""Keys of the dialog; those of a list of choices come before."""
