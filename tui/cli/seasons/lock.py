"""``packshot seasons lock``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.changes import changes_shown
from tui.cli.here import this_session
from tui.cli.output import echo, echo_json, note
from tui.cli.seasons.described import lock_json


@click.command(name="lock")
@click.argument("name")
@this_session
@click.option(
    "--model", help="The network to lock; by default the one that what is approved was cut with."
)
@click.option(
    "--recipe",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file with the recipe to lock.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, folder: Path, model: str | None, recipe: Path | None, as_json: bool) -> int:
    """Hold a season's presets, recipe, network and rendering as they are now.

    The lock is written to seasons/NAME.lock in the session. That one file is all that a colleague
    needs: `packshot seasons adopt FILE` takes it over there.
    """
    from engine.delivery.seasons.season import lock_season, unheld
    from engine.session.session import Session
    from engine.work.recipes import recipe_to_lock
    from models.store import ModelStore
    from presets.lock import lock_path

    with changes_shown(as_json), Session.open(folder) as session:
        chosen = recipe_to_lock(session, ModelStore(), model, recipe)
        made, is_new = lock_season(session, name, chosen)
        others = unheld(session, made)
    if others:
        photos = "approved photo was" if others == 1 else "approved photos were"
        note(
            f"{others} {photos} cut with another network than {made.recipe['model']}, which is "
            "locked: they have to be cut and judged anew before they are exported."
        )
    if as_json:
        echo_json({**lock_json(made), "new": is_new})
        return 0
    echo(f"{'Locked' if is_new else 'Locked already'}: {lock_path(folder, name)}")
    echo(f"  lock {made.hash}")
    echo(f"  seal {made.seal}")
    return 0
