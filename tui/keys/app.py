"""Keys that work on every screen."""

from __future__ import annotations

from tui.keys.key import Key

HELP = (
    Key(
        "app.keys", "question_mark", "app.keys", "Keys", "List the keys that work here.",
        footer=True,
    ),
    Key(
        "app.glossary", "f1", "app.glossary", "Help",
        "Explain what is in front of you, and search all of the help.", footer=True,
    ),
    Key(
        "app.palette", "ctrl+p,colon", "app.command_palette", "Commands",
        "Find any action by name and run it.",
    ),
)  # fmt: skip
"""Keys that work on every screen and in every dialog."""

APP = (
    Key("app.browse", "f2", "show('browse')", "Browse", "Show the photos."),
    Key("app.queue", "f3", "show('queue')", "Queue", "Show what runs, waits and failed."),
    Key("app.deliver", "f5", "show('deliver')", "Deliver", "Show what was exported, and export."),
    *HELP,
    Key(
        "app.checklists", "f6", "checklists", "Checklists",
        "Tick what has been seen to, of the session's checklists.",
    ),
    Key(
        "app.guide", "f7", "guide", "Guided start",
        "Go through the main steps, one by one, with the real keys; or leave that.",
    ),
    Key(
        "app.guide_next", "ctrl+n", "guide_next", "Next step",
        "Go to the next step of the guided start.",
    ),
    Key("app.journal", "f8", "journal", "Log", "List every notice of this run."),
    Key(
        "app.suspend", "ctrl+z", "suspend_process", "To the shell",
        "Put packshot aside and go to the shell; fg comes back.",
    ),
    Key("app.theme", "f9", "next_theme", "Theme", "Go through the dark, light and high-contrast "
        "theme."),
    Key(
        "app.redraw", "ctrl+l", "redraw", "Redraw",
        "Draw the screen afresh and send the picture again.",
    ),
    Key(
        "app.quit", "q,ctrl+q,ctrl+c", "quit", "Quit",
        "Leave; asks first while photos are being cut.", footer=True,
    ),
)  # fmt: skip
"""Keys that work on every screen."""
