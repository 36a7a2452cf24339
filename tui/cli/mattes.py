"""``packshot mattes``: every matte of a photo, and which of them counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, table

if TYPE_CHECKING:
    from engine.session.records import MatteRecord

_SHOWN_OF_DIGEST = 12


@click.command("mattes")
@click.argument("session", type=GIVEN_PATH)
@click.argument("photo", type=GIVEN_PATH)
@click.option(
    "--use", "beginning", metavar="RECIPE", help="Have the matte of this recipe count: its hash."
)
@JSON
def command(session: Path, photo: Path, beginning: str | None, as_json: bool) -> int:
    """List the mattes of PHOTO in SESSION, the newest first.

    One of them counts: it is judged and exported. That is the last that was made, until another
    is chosen with --use and the beginning of its recipe's hash. A verdict on the one before is
    withdrawn; `packshot undo` takes the choice back.
    """
    from engine.session.session import Session
    from tui.cli.chosen import photo_at

    with Session.open(session, create=False, readonly=beginning is None) as opened:
        record = photo_at(opened, opened.photos(), photo)
        mattes = opened.mattes(record.sha256) if record.sha256 else []
        if beginning is not None:
            opened.choose_matte(record.id, _of_recipe(mattes, beginning).recipe_digest)
            record = opened.photo(record.id)
        current = record.matte and record.matte.recipe_digest
        shown = [
            (matte, matte.recipe_digest == current, opened.matte_file(matte)) for matte in mattes
        ]
    if as_json:
        echo_json([_as_json(matte, counts, path) for matte, counts, path in shown])
    elif shown:
        table(
            ("recipe", "model", "made", "by", ""),
            [
                (
                    matte.recipe_digest[:_SHOWN_OF_DIGEST],
                    matte.model,
                    matte.at,
                    matte.person,
                    "counts" if counts else "" if path else "its file is missing",
                )
                for matte, counts, path in shown
            ],
        )
    else:
        echo("The photo has no matte yet; packshot cut makes one.")
    return 0


def _of_recipe(mattes: list[MatteRecord], beginning: str) -> MatteRecord:
    """Return the matte whose recipe's hash begins so."""
    found = [matte for matte in mattes if matte.recipe_digest.startswith(beginning.casefold())]
    if len(found) != 1 or not beginning:
        wrong = "several mattes have" if found else "no matte of the photo has"
        raise click.BadParameter(
            f"{wrong} a recipe that begins with {beginning!r}", param_hint="--use"
        )
    return found[0]


def _as_json(matte: MatteRecord, counts: bool, path: Path | None) -> dict[str, Any]:
    return {
        "recipe_sha256": matte.recipe_digest,
        "photo_sha256": matte.photo_sha256,
        "counts": counts,
        "file": path,
        "model": matte.model,
        "recipe": dict(matte.recipe),
        "seconds": matte.seconds,
        "person": matte.person,
        "at": matte.at,
    }
