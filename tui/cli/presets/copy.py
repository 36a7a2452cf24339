"""``packshot presets copy``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import own_session
from tui.cli.output import echo, echo_json
from tui.safe_text import safe


@click.command(name="copy")
@click.argument("name")
@click.argument("new")
@own_session
@click.option("--user", is_flag=True, help="Into your own folder, for every session.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, new: str, session: Path | None, user: bool, as_json: bool) -> None:
    """Copy the preset NAME as NEW, into the session's presets/ or, with --user, into your own.

    The copy says everything itself, with what NAME has taken over from others. Without a session
    it goes into your own folder. With the same name, it wins over the built-in preset from then on.
    """
    from engine.delivery.own_presets import copy_preset

    path = copy_preset(name, new, session, into_session=not user)
    if as_json:
        echo_json({"path": path})
    else:
        echo(safe(f"{path}: a copy of {name}; packshot presets edit {new} opens it"))
