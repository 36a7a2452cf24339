"""``packshot presets``: what can be exported, and whose each preset is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.changes import changes_json, show_changes
from tui.cli.here import own_session
from tui.cli.output import echo, echo_json, echo_toml, note, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from presets.loader import LoadedPreset

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def command() -> None:
    """List, show, compare and check export presets.

    The session's own presets win over the user's, which win over the built-in ones.
    """


@command.command(name="list")
@own_session
@_JSON
def list_command(session: Path | None, as_json: bool) -> int:
    """List every preset with its origin."""
    from presets.loader import list_presets
    from tui.deliver.told import canvas_told

    listing = list_presets(session)
    if as_json:
        echo_json([_described(loaded) for loaded in listing.presets])
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


@command.command()
@click.argument("name")
@own_session
@_JSON
def show(name: str, session: Path | None, as_json: bool) -> None:
    """Print one preset in full, ready to be copied and changed.

    What is shown is the effective preset: with its defaults, and with what it takes over from the
    preset that it extends.
    """
    from presets.loader import content_of, find_preset

    loaded = find_preset(name, session)
    content = content_of(loaded.preset)
    if as_json:
        echo_json({**_described(loaded), "preset": content})
        return
    described = _described(loaded)
    echo(f"# origin: {loaded.origin} ({safe(loaded.path)})")
    for parent in loaded.parents:
        echo(f"# extends: {safe(parent)}")
    echo(f"# digest: {described['digest']}")
    echo()
    echo_toml(content)


@command.command()
@click.argument("name")
@click.argument("other", required=False)
@own_session
@_JSON
def diff(name: str, other: str | None, session: Path | None, as_json: bool) -> int:
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


@command.command(name="schema")
def schema_command() -> None:
    """Print the JSON Schema of preset files, for editors that check while one types."""
    from presets.json_schema import preset_schema

    echo_json(preset_schema())


@command.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@own_session
@_JSON
def check(files: tuple[Path, ...], session: Path | None, as_json: bool) -> int:
    """Say whether preset files can be used, and what is wrong with those that cannot."""
    from presets.errors import PresetInvalid
    from presets.loader import digest, read_preset

    rows: list[dict[str, Any]] = []
    for path in files:
        try:
            preset = read_preset(path, session)
        except PresetInvalid as error:
            rows.append({"file": path, "valid": False, "error": str(error)})
        else:
            rows.append(
                {"file": path, "valid": True, "preset": preset.label, "digest": digest(preset)}
            )
    if as_json:
        echo_json(rows)
    else:
        for row in rows:
            echo(safe(f"{row['file']}: valid, {row['preset']}" if row["valid"] else row["error"]))
    return 0 if all(row["valid"] for row in rows) else 1


def _described(loaded: LoadedPreset) -> dict[str, Any]:
    from presets.loader import digest

    preset = loaded.preset
    return {
        "name": preset.name,
        "version": preset.version,
        "title": preset.title,
        "origin": loaded.origin,
        "path": str(loaded.path),
        "extends": [str(parent) for parent in loaded.parents],
        "digest": digest(preset),
    }
