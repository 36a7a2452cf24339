"""``packshot presets``: what can be exported, and whose each preset is.

Each command in a module of its own name.
"""

from __future__ import annotations

import click

from tui.cli.lazy import LazyGroup

SUMMARIES = {
    "list": "List every preset with its origin.",
    "show": "Print one preset in full, ready to be copied and changed.",
    "copy": "Copy a preset under another name, into the session or your own folder.",
    "edit": "Open a preset in your editor; it is replaced only by one that can be used.",
    "diff": "Compare two presets, or a preset with the next farther one of its name.",
    "check": "Say whether preset files can be used, and what is wrong with those that cannot.",
    "fields": "Print every field that a preset may have, with its values and its meaning.",
    "schema": "Print the JSON Schema of preset files, for editors that check while one types.",
}
"""Every command by name, in the order of the help."""


@click.group(cls=LazyGroup, prefix=f"{__name__}.", summaries=SUMMARIES)
def command() -> None:
    """List, show, copy, edit, compare and check export presets.

    The session's own presets win over the user's, which win over the built-in ones.
    """
