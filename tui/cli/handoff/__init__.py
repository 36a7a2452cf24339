"""``packshot handoff``: photos for an outside cutout service, and its masks.

Each command in a module of its own name.
"""

from __future__ import annotations

import click

from tui.cli.lazy import LazyGroup

SUMMARIES = {
    "pack": "Pack photos for an outside service: pixels alone, under random names.",
    "list": "List what was handed out, under which names, and what came back.",
    "take": "Take masks back, each checked on its photo, as its matte.",
}
"""Every command by name, in the order of the help."""


@click.group(cls=LazyGroup, prefix=f"{__name__}.", summaries=SUMMARIES)
def command() -> None:
    """Hand photos to an outside cutout service and take its masks back.

    What leaves are decoded pixels under random names; which photo is which stays in the session. A
    confidential SKU, or one of its family, is never packed.
    """
