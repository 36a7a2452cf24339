"""``packshot presets fields``."""

from __future__ import annotations

import click

from tui.cli.output import echo, echo_json


@click.command(name="fields")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Print every field that a preset may have, with its values and its meaning, as Markdown."""
    from dataclasses import asdict

    from tui.help.preset_reference import reference, reference_page

    if as_json:
        echo_json([asdict(table) for table in reference()])
    else:
        echo(reference_page().rstrip())
