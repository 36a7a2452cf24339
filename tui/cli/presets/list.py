"""``packshot presets list``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import own_session
from tui.cli.output import echo_json, note, table
from tui.cli.presets.described import described
from tui.safe_text import safe


@click.command(name="list")
@own_session
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(session: Path | None, as_json: bool) -> int:
    """List every preset with its origin."""
    from presets.loader import list_presets
    from tui.deliver.told import canvas_told

    listing = list_presets(session)
    if as_json:
        echo_json([described(loaded) for loaded in listing.presets])
    else:
        table(
            ("preset", "version", "origin", "size", "file", "what it is"),
            [
                (
                    loaded.preset.name,
                    loaded.preset.version,
                    loaded.origin,
                    canvas_told(loaded.preset),
                    loaded.preset.file.format,
                    loaded.preset.title,
                )
                for loaded in listing.presets
            ],
        )
    for problem in listing.problems:
        note(safe(problem))
    return 1 if listing.problems else 0
