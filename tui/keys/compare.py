"""Keys of the comparison of a photo's mattes."""

from __future__ import annotations

from tui.keys.key import Key
from tui.keys.look import VIEWS_AND_ZOOM

COMPARE = (
    Key("compare.next", "j", "choose(1)", "Next", "Go to the next matte."),
    Key("compare.previous", "k", "choose(-1)", "Previous", "Go to the matte before."),
    Key(
        "compare.flicker", "c,space", "flicker", "Flicker",
        "Show the matte that is compared with, and the chosen one again.", footer=True,
    ),
    Key(
        "compare.split", "Y", "beside('split')", "Split",
        "Show both at once: on the left the one that is compared with.", footer=True,
    ),
    Key(
        "compare.difference", "d", "beside('difference')", "Difference",
        "Show what the chosen matte keeps more (blue) or less (orange).", footer=True,
    ),
    Key(
        "compare.against", "a", "against", "Against",
        "Compare with the chosen matte from now on.",
    ),
    Key(
        "compare.use", "enter", "accept", "Use it",
        "Have the matte that is shown count; the others are kept.", footer=True,
    ),
    Key("compare.leave", "escape,q", "dismiss(None)", "Leave", "Change nothing.", footer=True),
    Key("compare.pan_left", "left", "pan(-1,0)", "Left", "Zoomed in, move left."),
    Key("compare.pan_right", "right", "pan(1,0)", "Right", "Zoomed in, move right."),
    Key("compare.pan_up", "up", "pan(0,-1)", "Up", "Zoomed in, move up."),
    Key("compare.pan_down", "down", "pan(0,1)", "Down", "Zoomed in, move down."),
    *VIEWS_AND_ZOOM,
)  # fmt: skip
"""Keys of the comparison; views and zoom are those of the photo."""
