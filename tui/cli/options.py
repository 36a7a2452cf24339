"""Options that several commands share, so that they look and read the same everywhere."""

from __future__ import annotations

from pathlib import Path

import click

GIVEN_PATH = click.Path(path_type=Path, readable=False)
"""A session, or its photos: of one that cannot be read, the engine says what to do about it."""

SESSION_FOLDER = click.Path(path_type=Path, file_okay=False, readable=False)
"""The same for ``--session``, where nothing but a folder can be meant."""

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def pairs(
    context: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Return options of the form NAME=VALUE as a mapping; for click's ``callback``."""
    found = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise click.BadParameter(f"{text!r} is not NAME=VALUE", ctx=context, param=option)
        found[name.strip()] = value.strip()
    return found


MAP = click.option(
    "--map",
    "chosen",
    multiple=True,
    metavar="FIELD=HEADING",
    callback=pairs,
    help="Which column is which, where its heading is not a usual one; repeatable.",
)

FILTER = click.option(
    "--filter",
    "words",
    metavar="WORDS",
    help="Photos that all words hold for, as in the workstation: left is:cut !has:halo.",
)
"""For commands about photos of a session; see ``tui.cli.chosen``."""
