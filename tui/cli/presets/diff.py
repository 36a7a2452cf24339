"""``packshot presets diff``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.changes import changes_json, show_changes
from tui.cli.here import own_session
from tui.cli.output import echo, echo_json
from tui.safe_text import safe


@click.command(name="diff")
@click.argument("name")
@click.argument("other", required=False)
@own_session
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, other: str | None, session: Path | None, as_json: bool) -> int:
    """Compare two effective presets, or a preset with the next farther one of its name.

    Exit status 1: they differ.
    """
    from presets.canonical import differences
    from presets.loader import content_of, find_preset, next_preset

    one = find_preset(name, session)
    two = find_preset(other, session) if other else next_preset(one, session)
    found = differences(content_of(two.preset), content_of(one.preset))
    labels = [f"{each.preset.name} ({each.origin})" for each in (two, one)]
    if as_json:
        echo_json(changes_json(found))
    elif found:
        show_changes(found, *labels)
    else:
        echo(f"{safe(labels[1])} says the same as {safe(labels[0])}")
    return 1 if found else 0
