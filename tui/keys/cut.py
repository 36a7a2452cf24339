"""Keys that cut photos and turn their recipes."""

from __future__ import annotations

from tui.keys.key import Key

CUT = (
    Key(
        "work.cut", "s", "cut", "Cut",
        "Queue the marked photos, or the one under the cursor, to be cut.", footer=True,
    ),
    Key(
        "work.cut_similar", "S", "cut_similar", "Cut similar",
        "Queue every photo like this one that has no matte yet, with this one's recipe.",
    ),
    Key(
        "work.adjust", "a", "adjust", "Adjust",
        "Turn the knobs of this photo's recipe and see what comes of it, before it is cut again.",
    ),
    Key("work.copy_recipe", "C", "copy_recipe", "Copy recipe", "Copy this matte's recipe."),
    Key(
        "work.paste_recipe", "V", "paste_recipe", "Paste recipe",
        "Cut the marked photos, or this one, with the recipe that was copied.",
    ),
)  # fmt: skip
"""Keys that queue photos to be cut."""

ADJUST = (
    Key("adjust.next", "j,down", "knob(1)", "Next knob", "Go to the next knob."),
    Key("adjust.previous", "k,up", "knob(-1)", "Previous knob", "Go to the knob before."),
    Key("adjust.less", "h,left", "turn(-1)", "Less", "Turn the knob back.", footer=True),
    Key("adjust.more", "l,right", "turn(1)", "More", "Turn the knob on.", footer=True),
    Key("adjust.much_less", "H", "turn(-5)", "Much less", "Turn the knob back by five steps."),
    Key("adjust.much_more", "L", "turn(5)", "Much more", "Turn the knob on by five steps."),
    Key("adjust.reset", "0", "reset", "Begin again", "Give every knob the value that it had."),
    Key(
        "adjust.flicker", "c", "flicker", "Before",
        "Show the matte of the recipe before, and again that of the one being tried.", footer=True,
    ),
    Key(
        "adjust.split", "Y", "split", "Split",
        "Show the matte that there is on the left, and the recipe being tried on the right.",
    ),
    Key(
        "adjust.scope", "a", "scope", "Which photos",
        "Take the recipe for this photo, for the marked ones, or for the whole SKU.", footer=True,
    ),
    Key("adjust.accept", "enter", "accept", "Cut so", "Cut with this recipe.", footer=True),
    Key("adjust.leave", "escape", "leave", "Leave", "Forget the recipe.", footer=True),
)  # fmt: skip
"""Keys of the knobs; the others of Browse go on working while they are turned."""
