"""Keys of the photo pane: views, zoom, defects."""

from __future__ import annotations

from tui.keys.key import Key

VIEWS = (
    Key("look.next_view", "tab", "view(1)", "Next view", "Show the next view of the photo."),
    Key("look.previous_view", "shift+tab", "view(-1)", "Previous view", "Show the view before."),
    Key(
        "look.original", "backslash", "toggle_view('original')", "Before / after",
        "Show the original photo, and the view before it again.",
    ),
    Key("look.matte", "m", "toggle_view('matte')", "Matte", "Show the matte: white is kept."),
    Key("look.black", "b", "toggle_view('black')", "On black", "Show the cutout on black."),
    Key("look.white", "w", "toggle_view('white')", "On white", "Show the cutout on white."),
    Key(
        "look.brand", "B", "toggle_view('brand')", "On brand colour",
        "Show the cutout on the colour that packshot.toml names under [look] brand.",
    ),
    Key(
        "look.edge", "full_stop", "toggle_view('edge')", "Edge only",
        "Show the edge in colour on dull grey: all that is neither kept nor taken away.",
    ),
    Key(
        "look.overlay", "t", "toggle_view('overlay')", "Overlay",
        "Tint what will be taken away, over the original.",
    ),
)  # fmt: skip
"""Keys of the views."""

ZOOM = (
    Key(
        "look.actual",
        "z",
        "zoom(1.0)",
        "1:1",
        "One photo pixel per screen pixel, and back to the whole photo.",
    ),
    Key("look.double", "Z", "zoom(2.0)", "200%", "Twice as large: where edges are judged."),
    Key("look.closer", "plus,equals_sign", "zoom_step(1)", "Closer", "Zoom in by one step."),
    Key("look.farther", "minus", "zoom_step(-1)", "Farther", "Zoom out by one step."),
    Key("look.fit", "f", "fit", "Fit", "Show the whole photo."),
)
"""Keys of the zoom."""

VIEWS_AND_ZOOM = (*VIEWS, *ZOOM)
"""Keys that look at a photo in another way, wherever there is one."""

SPLIT = (
    Key(
        "look.split", "Y", "toggle_view('split')", "Split",
        "Show the original on the left of a line and the cutout on its right.",
    ),
    Key(
        "look.split_left", "less_than_sign", "divide(-1)", "Divider left",
        "Move the line of the split view to the left.",
    ),
    Key(
        "look.split_right", "greater_than_sign", "divide(1)", "Divider right",
        "Move the line of the split view to the right.",
    ),
)  # fmt: skip
"""Keys of the split view and of its line."""

READOUT = Key(
    "look.readout", "comma", "readout", "Read pixels",
    "Say place, colour and alpha of the pixel under a cursor, which the arrows and the mouse move.",
)  # fmt: skip
"""The key that reads pixels out."""

INSPECT = Key(
    "look.inspect", "i", "inspect", "Inspector",
    "Tell all that is known: file, EXIF, recipe, defects, exports, and what happened.",
)  # fmt: skip
"""The key of the inspector."""

DEFECTS = (
    Key("look.next_defect", "J", "defect(1)", "Next defect", "Look at the matte's next defect."),
    Key("look.last_defect", "K", "defect(-1)", "Previous defect", "Look at the defect before."),
)
"""Keys that go from defect to defect."""

ARROWS = (
    Key("look.left", "left", "arrow(-1,0)", "Left", "Fold the SKU; zoomed in, move left."),
    Key("look.right", "right", "arrow(1,0)", "Right", "Unfold the SKU; zoomed in, move right."),
    Key("look.up", "up", "arrow(0,-1)", "Up", "Go to the line before; zoomed in, move up."),
    Key("look.down", "down", "arrow(0,1)", "Down", "Go to the next line; zoomed in, move down."),
)
"""Keys that move in the list, or over a photo that is looked at closely."""

LOOK = (*VIEWS_AND_ZOOM, *SPLIT, READOUT, INSPECT, *DEFECTS, *ARROWS)
"""Keys of the photo pane."""
