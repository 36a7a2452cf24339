"""Keys that judge mattes."""

from __future__ import annotations

from tui.keys.key import Key

JUDGE = (
    Key(
        "judge.approve", "p", "approve", "Approve",
        "Approve the marked photos, or this one; again takes it back.", footer=True,
    ),
    Key(
        "judge.reject", "x", "reject", "Reject",
        "Reject the marked photos, or this one, with reasons; again takes it back.", footer=True,
    ),
    Key("judge.approve_sku", "P", "approve_sku", "Approve SKU", "Approve every matte of the SKU."),
    Key("judge.reject_sku", "X", "reject_sku", "Reject SKU", "Reject every matte of the SKU."),
    Key("judge.undo", "u", "undo", "Undo", "Take back the last verdict, also of earlier days."),
    Key("judge.redo", "ctrl+r", "redo", "Redo", "Give the verdict again that was taken back."),
    Key(
        "judge.advance", "A", "toggle_advance", "Auto-advance",
        "After a verdict, go to the next photo that waits for one; on or off.",
    ),
)  # fmt: skip
"""Keys that judge mattes."""
