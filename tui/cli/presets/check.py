"""``packshot presets check``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tui.cli.here import own_session
from tui.cli.output import echo, echo_json
from tui.safe_text import safe


@click.command(name="check")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@own_session
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(files: tuple[Path, ...], session: Path | None, as_json: bool) -> int:
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
