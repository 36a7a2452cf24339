"""``packshot trash``: photos out of the way, and back with ``packshot undo``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.options import FILTER, GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json
from tui.safe_text import safe

_NAMED = 5  # photos that the question names


@click.command("trash")
@click.argument("session", type=GIVEN_PATH)
@click.argument("photos", nargs=-1, type=GIVEN_PATH, metavar="[PHOTO]...")
@FILTER
@click.option("--yes", is_flag=True, help="Do not ask.")
@JSON
def command(
    session: Path, photos: tuple[Path, ...], words: str | None, yes: bool, as_json: bool
) -> int:
    """Move photos of SESSION to its Trash folder, after a question.

    Those that are named, those that a filter finds, or both that. Nothing is deleted, and nothing
    in the Trash replaced; what is known of a photo is kept, and `packshot undo` brings it back.
    """
    from engine.session.session import Session
    from tui.cli.chosen import chosen_photos

    with Session.open(session, create=False) as opened:
        meant = chosen_photos(opened, photos, words)
        if not yes:
            names = ", ".join(safe(photo.path) for photo in meant[:_NAMED])
            more = f" and {len(meant) - _NAMED} more" if len(meant) > _NAMED else ""
            click.confirm(f"Move {names}{more} to the Trash?", abort=True, err=True)
        opened.trash([photo.id for photo in meant])
    if as_json:
        echo_json([str(photo.path) for photo in meant])
    else:
        count = f"{len(meant)} photo{'' if len(meant) == 1 else 's'}"
        echo(f"{count} moved to the Trash, which packshot undo takes back.")
    return 0
