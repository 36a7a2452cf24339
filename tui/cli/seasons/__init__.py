"""``packshot seasons``: what is exported together, and the lock that keeps it as it is.

Each command in a module of its own name.
"""

from __future__ import annotations

import click

from tui.cli.lazy import LazyGroup

SUMMARIES = {
    "list": "List every season with its dates, its origin and how it stands.",
    "show": "Print one season, its lock and who changed that, and what was changed under it.",
    "lock": "Hold a season's presets, recipe, network and rendering as they are now.",
    "unlock": "Take a season's lock away, with a reason.",
    "adopt": "Take over a colleague's lock, with the season and the presets in it.",
    "restore": "Write a locked season and its presets back as they were locked.",
    "verify": "Prove that every delivery of a season was made under its lock.",
}
"""Every command by name, in the order of the help."""


@click.group(cls=LazyGroup, prefix=f"{__name__}.", summaries=SUMMARIES)
def command() -> None:
    """List, show, lock, share, unlock and verify seasons.

    A season is a file in seasons/ that names dates and presets. Its lock holds the presets, the
    recipe, the network and packshot's rendering: while it is there, nothing is exported with a
    preset that was changed.
    """
