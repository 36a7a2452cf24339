"""``packshot incident``: bad pictures taken back, and what has to follow.

Each command in a module of its own name.
"""

from __future__ import annotations

import click

from tui.cli.lazy import LazyGroup

SUMMARIES = {
    "recall": "Take files back: their hashes can never be delivered again.",
    "list": "List every incident, and what is still missing.",
    "show": "Print one incident: its files, and what has to come in their place.",
    "purge": "Print what a CDN has to be told, as Fastly, Cloudflare or CloudFront takes it.",
    "search": "Find copies of recalled files below a folder.",
    "close": "End an incident that no corrected file will end; its files stay blocked.",
}
"""Every command by name, in the order of the help."""


@click.group(cls=LazyGroup, prefix=f"{__name__}.", summaries=SUMMARIES)
def command() -> None:
    """Recall files that were published, purge caches, find copies, follow up.

    A recalled file can never be delivered again, in this session or in another of yours: exporting
    it is refused by name, and `packshot scan` finds it among photos. An incident stays open until
    a corrected file was delivered for each one that was current.
    """
