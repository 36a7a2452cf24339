"""``packshot seasons list``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.here import own_session
from tui.cli.output import echo_json, note, table
from tui.cli.seasons.described import season_json

if TYPE_CHECKING:
    from engine.delivery.seasons.standing import Standing


@click.command(name="list")
@own_session
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(session: Path | None, as_json: bool) -> int:
    """List every season with its dates, its origin and how it stands.

    A season is open, locked, changed (under its lock: nothing is exported), broken (its lock
    cannot be trusted) or unusable. Exit status 1: one of them is none of the first two.
    """
    from presets.seasons import list_seasons

    listing = list_seasons(session)
    if session is None:
        rows = [{**season_json(loaded), "lock": "–"} for loaded in listing.seasons]
        problems = []
    else:
        from engine.delivery.seasons.standing import standings

        found = standings(session)
        rows = [_row(each) for each in found]
        problems = [f"{each.name}: {each.problem}" for each in found if each.problem]
    if as_json:
        echo_json(rows)
    else:
        table(
            ("season", "starts", "ends", "origin", "lock", "presets"),
            [
                (
                    *(row[key] for key in ("name", "starts", "ends", "origin", "lock")),
                    ", ".join(row["presets"]),
                )
                for row in rows
            ],
        )
    for problem in (*problems, *listing.problems):
        note(str(problem))
    return 1 if problems or listing.problems else 0


def _row(each: Standing) -> dict[str, Any]:
    if each.loaded is not None:
        told = season_json(each.loaded)
    else:
        # Its lock alone is here: that holds the season in full.
        held = each.lock.season if each.lock else {}
        told = {"name": each.name, "starts": "–", "ends": "–", "presets": [], **held}
        told |= {"origin": "lock alone", "path": None}
    return {**told, "lock": each.state}
