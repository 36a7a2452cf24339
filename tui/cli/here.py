"""Which session a command is about where none was named: the one that you are in."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.options import SESSION_FOLDER

_SIGNS = (".packshot", "presets", "seasons", "manifests")
"""Any of these folders makes the folder that you are in the session that is meant."""


def _chosen(_: click.Context, __: click.Parameter, named: Path | None) -> Path | None:
    """Return the session's folder; None where none is named and you are in none.

    Raises
    ------
    SessionMissing, SessionError : the folder that was named is not there, or cannot be read
    """
    if named is not None:
        from engine.session.opening import existing_folder

        return existing_folder(named)
    here = Path.cwd()
    return here if any((here / sign).is_dir() for sign in _SIGNS) else None


own_session = click.option(
    "--session",
    type=SESSION_FOLDER,
    callback=_chosen,
    help="A session whose own presets and seasons come first; by default the one that you are in.",
)
"""For commands that also work without a session."""

this_session = click.option(
    "--session",
    "folder",
    type=SESSION_FOLDER,
    default=".",
    help="The session; by default the folder that you are in.",
)
"""For commands that need one."""
