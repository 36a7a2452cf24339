"""``packshot presets show``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.here import own_session
from tui.cli.output import echo, echo_json, echo_toml, table
from tui.cli.presets.described import described
from tui.safe_text import safe

if TYPE_CHECKING:
    from presets.loader import LoadedPreset
    from presets.sources import FieldSource


@click.command(name="show")
@click.argument("name")
@click.option("--origins", is_flag=True, help="Say of every field which file it comes from.")
@own_session
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, origins: bool, session: Path | None, as_json: bool) -> None:
    """Print one preset in full, ready to be copied and changed.

    What is shown is the effective preset: with its defaults, and with what it takes over from the
    preset that it extends. With --origins it is a table that names, field by field, the file that
    says it.
    """
    from presets.loader import content_of, find_preset
    from presets.sources import field_sources

    loaded = find_preset(name, session)
    content = content_of(loaded.preset)
    if as_json:
        fields = [
            {"field": each.field, "value": each.value, "file": each.file and str(each.file)}
            for each in field_sources(loaded)
        ]
        echo_json({**described(loaded), "preset": content, "fields": fields})
        return
    echo(f"# origin: {loaded.origin} ({safe(loaded.path)})")
    for parent in loaded.parents:
        echo(f"# extends: {safe(parent)}")
    echo(f"# digest: {described(loaded)['digest']}")
    echo()
    if origins:
        table(
            ("field", "value", "from"),
            [(_field(each), _value(each), _whence(each, loaded)) for each in field_sources(loaded)],
        )
    else:
        echo_toml(content)


def _field(each: FieldSource) -> str:
    return f"rule {each.value['check']}" if isinstance(each.value, dict) else each.field


def _value(each: FieldSource) -> str:
    import json

    value = each.value
    if isinstance(value, dict):
        bounds = {
            name: value[name] for name in ("minimum", "maximum", "allowed") if value.get(name)
        }
        told = ", ".join(f"{name} {_plain(bound)}" for name, bound in bounds.items())
        return f"{value['severity']}s{f': {told}' if told else ''}"
    return " ".join(value.split()) if isinstance(value, str) else json.dumps(value)


def _plain(bound: object) -> str:
    if isinstance(bound, list):
        return "/".join(map(str, bound))
    return f"{bound:g}" if isinstance(bound, float) else str(bound)


def _whence(each: FieldSource, loaded: LoadedPreset) -> str:
    if each.file is None:
        return "default"
    return "this file" if each.file == loaded.path else each.file.stem
