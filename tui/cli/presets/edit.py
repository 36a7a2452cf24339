"""``packshot presets edit``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from tui.cli.here import own_session
from tui.cli.output import echo, note
from tui.safe_text import safe


@click.command(name="edit")
@click.argument("name")
@own_session
def command(name: str, session: Path | None) -> int:
    """Open the preset NAME in your editor ($VISUAL, $EDITOR).

    A copy is edited. It takes the preset's place only when it can be used; otherwise it is said
    what is wrong, and the copy is kept. A built-in preset, and one that a season's lock holds, can
    be copied instead: packshot presets copy.
    """
    from engine.delivery.own_presets import replace_preset, require_editable
    from engine.errors import sentence
    from presets.errors import PresetInvalid
    from presets.loader import find_preset

    loaded = find_preset(name, session)
    require_editable(loaded, session)
    folder = Path(tempfile.mkdtemp(prefix="packshot-"))
    copy = folder / loaded.path.name
    shutil.copyfile(loaded.path, copy)
    click.edit(filename=str(copy))
    try:
        changed = replace_preset(loaded, copy, session)
    except PresetInvalid as error:
        note(safe(sentence(error)))
        note(safe(f"{loaded.path} is as it was; your copy is {copy}"))
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    echo(safe(f"{loaded.path}: {'changed' if changed else 'as it was'}"))
    return 0
