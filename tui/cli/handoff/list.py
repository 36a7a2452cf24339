"""``packshot handoff list``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo_json, table


@click.command(name="list")
@click.argument("folder", metavar="SESSION", type=GIVEN_PATH)
@click.option("--waiting", is_flag=True, help="Only photos whose mask has not come back.")
@JSON
def command(folder: Path, waiting: bool, as_json: bool) -> int:
    """List what was handed out of SESSION: the key to the names outside. Keep it to yourself."""
    from engine.session.session import Session

    with Session.open(folder, create=False, readonly=True) as session:
        found = [each for each in session.handouts.all() if not (waiting and each.mask_sha256)]
        paths = {each.photo_id: session.photo(each.photo_id).path for each in found}
    if as_json:
        echo_json([asdict(each) | {"photo": str(paths[each.photo_id])} for each in found])
        return 0
    table(
        ("name outside", "photo", "pack", "handed out", "mask"),
        [
            (
                each.token,
                paths[each.photo_id],
                each.pack,
                each.at[:10],
                f"taken in on {each.taken_at[:10]}" if each.taken_at else "–",
            )
            for each in found
        ],
    )
    return 0
