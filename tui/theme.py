"""Three themes with neutral surroundings: colour is judged against grey, never against a tint.

Backgrounds and the surround of a photo are pure greys (red = green = blue) in every theme, so
that the eye adapts to nothing but the photo. Colour stands for a state, and never alone: each
state has a glyph too (see ``tui.browse.states``).
"""

from __future__ import annotations

from textual.theme import Theme

DARK = "packshot-dark"
LIGHT = "packshot-light"
CONTRAST = "packshot-contrast"

STATE_COLOURS = (
    "new",
    "unreadable",
    "queued",
    "working",
    "cut",
    "failed",
    "approved",
    "rejected",
    "exported",
    "outdated",
    "missing",
)
"""Every theme has a variable ``state-<name>`` for each of these."""


def _theme(
    name: str,
    greys: tuple[str, str, str, str, str],
    accent: str,
    states: dict[str, str],
    dark: bool,
) -> Theme:
    """Build a theme from its five greys: background, surface, panel, surround, foreground."""
    background, surface, panel, surround, foreground = greys
    muted = states["new"]
    return Theme(
        name=name,
        primary=accent,
        secondary=muted,
        accent=accent,
        foreground=foreground,
        background=background,
        surface=surface,
        panel=panel,
        boost=panel,
        success=states["approved"],
        warning=states["cut"],
        error=states["rejected"],
        dark=dark,
        variables={
            "surround": surround,
            "muted": muted,
            "footer-background": surface,
            "footer-key-foreground": accent,
            "footer-description-foreground": foreground,
            "block-cursor-background": accent,
            "block-cursor-foreground": background,
            "block-cursor-text-style": "none",
            "border": accent,
            "border-blurred": muted,
            "scrollbar": panel,
            "scrollbar-hover": muted,
            "scrollbar-active": accent,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            "input-selection-background": f"{accent} 35%",
            **{f"state-{state}": states[state] for state in STATE_COLOURS},
        },
    )


THEMES = (
    _theme(
        DARK,
        ("#171717", "#202020", "#2e2e2e", "#2b2b2b", "#d2d2d2"),
        "#8ab4d8",
        {
            "new": "#858585",
            "unreadable": "#e0709a",
            "queued": "#7f9fd0",
            "working": "#62c6d8",
            "cut": "#dcb860",
            "failed": "#e0709a",
            "approved": "#7cc48a",
            "rejected": "#ea7a62",
            "exported": "#b39ae0",
            "outdated": "#e0a468",
            "missing": "#9a7f9a",
        },
        dark=True,
    ),
    _theme(
        LIGHT,
        ("#e8e8e8", "#dcdcdc", "#c9c9c9", "#bdbdbd", "#1c1c1c"),
        "#245a8c",
        {
            "new": "#606060",
            "unreadable": "#a3175a",
            "queued": "#32549a",
            "working": "#0b6374",
            "cut": "#7a5200",
            "failed": "#a3175a",
            "approved": "#1c6a31",
            "rejected": "#a8321a",
            "exported": "#5d3fa3",
            "outdated": "#8a4300",
            "missing": "#6b4a6b",
        },
        dark=False,
    ),
    _theme(
        CONTRAST,
        ("#000000", "#000000", "#3a3a3a", "#000000", "#ffffff"),
        "#ffd75f",
        {
            "new": "#d0d0d0",
            "unreadable": "#ff87d7",
            "queued": "#87afff",
            "working": "#5fffff",
            "cut": "#ffff5f",
            "failed": "#ff87d7",
            "approved": "#5fff87",
            "rejected": "#ff8772",
            "exported": "#d7afff",
            "outdated": "#ffaf5f",
            "missing": "#d7afd7",
        },
        dark=True,
    ),
)
"""The themes in the order in which the theme key goes through them."""


def next_theme(name: str) -> str:
    """Return the theme after ``name``, round and round."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
