"""Keys of the Deliver screen and of its dialogs."""

from __future__ import annotations

from tui.keys.alt import ALT
from tui.keys.browse import EXPORT, FILTERING
from tui.keys.dialogs import CANCEL, PALETTE
from tui.keys.key import Key
from tui.keys.look import ARROWS, ZOOM
from tui.keys.reading import SCROLL

DELIVER = (
    Key(
        "deliver.next", "right_square_bracket", "preset(1)", "Next preset",
        "Show the photo's file of the next preset.",
    ),
    Key(
        "deliver.previous", "left_square_bracket", "preset(-1)", "Preset before",
        "Show the photo's file of the preset before.",
    ),
    Key(
        "deliver.choose", "c", "choose", "Choose",
        "Choose the season that is delivered, or single presets.", footer=True,
    ),
    EXPORT,
    Key(
        "deliver.dry_run", "D", "dry_run", "Dry run",
        "Make and check every file that is ready, and write none.", footer=True,
    ),
    Key(
        "deliver.report", "r", "report", "Report",
        "List what was delivered, what breaks a rule, and what is blocked by what.", footer=True,
    ),
    Key(
        "deliver.blocked", "b", "blocked", "Next blocked",
        "Go to the next photo that is blocked, or that was delivered unjudged.",
    ),
    Key(
        "deliver.lock", "L", "lock", "Lock",
        "Lock the season as it is now, or unlock it with a reason.",
    ),
    Key(
        "deliver.copy", "C", "copy_preset", "Copy preset",
        "Copy the preset into the session under another name, to be changed there.",
    ),
    Key(
        "deliver.recall", "x", "recall", "Recall",
        "Take the photo's newest file back, with all that was made of its matte.",
    ),
    Key(
        "deliver.show", "enter", "show_photo", "In Browse",
        "Show the photo in Browse, where it is cut and judged.",
    ),
    ALT,
    *FILTERING,
    *ZOOM,
    *ARROWS,
)  # fmt: skip
"""Keys of the Deliver screen; those of its list come before."""

SCOPE = Key(
    "dialog.scope", "tab", "next_scope", "Which photos",
    "Export the approved photos, the marked ones, or all that are cut.", footer=True,
)  # fmt: skip
"""The key of the export dialog that takes other photos."""

PRESETS = (
    SCOPE,
    Key("dialog.export", "enter", "accept", "Export", "Export with this preset.", footer=True),
    CANCEL,
)
"""Keys of the export dialog."""

CHOICE = (
    Key(
        "dialog.choose_preset", "space", "add", "Add preset",
        "Add the preset under the cursor to those that are delivered, or take it away.",
        footer=True,
    ),
    Key(
        "dialog.deliver", "enter", "accept", "Take",
        "Take the season under the cursor, or the presets that were added.", footer=True,
    ),
    CANCEL,
)  # fmt: skip
"""Keys of the choice of a season or of presets."""

BATCH = (
    Key(
        "dialog.batch_scope", "tab", "next_scope", "Which files",
        "Export all presets or the one that is shown, of all photos or of the marked ones.",
        footer=True,
    ),
    Key("dialog.batch", "enter", "accept", "Export", "Write these files.", footer=True),
    CANCEL,
)  # fmt: skip
"""Keys of the question before a season or some presets are exported."""

REASON = (
    Key("dialog.reason", "enter", "accept", "Do it", "Do it, for this reason.", footer=True),
    Key("dialog.no_reason", "escape", "dismiss(None)", "Cancel", "Change nothing.", footer=True),
    PALETTE,
)
"""Keys of a line that asks for a reason or a name."""

REPORT = (
    *SCROLL,
    Key("dialog.close_report", "escape,q,r", "dismiss", "Close", "Close the report.", footer=True),
)
"""Keys of the report."""
