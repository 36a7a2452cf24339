"""Keys that judge mattes."""

from __future__ import annotations

from tui.keys.key import Key

_STARS = ("No stars", "1 star", *(f"{stars} stars" for stars in range(2, 6)))

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
    *(
        Key(
            f"judge.stars_{stars}", str(stars), f"rate({stars})", _STARS[stars],
            "Rate the marked photos, or this one." if stars
            else "Take the stars of the marked photos, or of this one, away.",
        )
        for stars in range(6)
    ),
    Key(
        "judge.compare", "c", "compare", "Compare",
        "Compare the photo's mattes, and choose which one counts.",
    ),
    Key(
        "judge.note", "e", "note", "Note",
        "Write a note on the marked photos, or this one, in your editor ($VISUAL or $EDITOR).",
    ),
    Key(
        "judge.undo", "u", "undo", "Undo",
        "Take back your last step, also of earlier days: verdicts, stars, notes, cuts.",
    ),
    Key("judge.redo", "ctrl+r", "redo", "Redo", "Do the step again that was taken back."),
    Key(
        "judge.advance", "A", "toggle_advance", "Auto-advance",
        "After a verdict, go to the next photo that waits for one; on or off.",
    ),
)  # fmt: skip
"""Keys that judge mattes."""
