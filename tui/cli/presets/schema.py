"""``packshot presets schema``."""

from __future__ import annotations

import click

from tui.cli.output import echo_json


@click.command(name="schema")
@click.option("--season", is_flag=True, help="That of season files.")
def command(season: bool) -> None:
    """Print the JSON Schema of preset files, for editors that check while one types."""
    from presets.json_schema import preset_schema, season_schema

    echo_json(season_schema() if season else preset_schema())
