"""``packshot checklists``: what has to be true before a session goes on, and who has seen to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.here import this_session
from tui.cli.options import JSON
from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.session.checklists import Item
    from engine.session.session import Session
    from engine.session.ticks import Point, Standing

_POINTS = click.argument("points", metavar="LIST.POINT…", nargs=-1, required=True)


@click.group()
def command() -> None:
    """List and tick the checklists of a session, and make them your own.

    The session's own `checklists.toml` takes the place of the built-in lists.
    """


@command.command(name="list")
@this_session
@click.option("--open", "only_open", is_flag=True, help="Only points that nobody has ticked.")
@JSON
def list_command(folder: Path, only_open: bool, as_json: bool) -> int:
    """List every point with who ticked it and when."""
    from engine.session.session import Session

    with Session.open(folder, create=False, readonly=True) as session:
        found = session.ticks.standings()
    if as_json:
        echo_json([standing_json(each, only_open=only_open) for each in found])
        return 0
    for standing in found:
        echo(f"{safe(standing.checklist.title)}: {standing.done} of {len(standing.points)}")
        for point in standing.points:
            if not (only_open and point.holds):
                echo(f"  {_told(standing.checklist.id, point)}")
        for tick in standing.gone:
            where = f"{tick.list}.{tick.item}"
            echo(safe(f"  [x] {where}: {tick.text} (no longer in the list; {tick.person})"))
    return 0


@command.command()
@_POINTS
@this_session
def tick(points: Sequence[str], folder: Path) -> int:
    """Tick points, such as `capture.backdrop`; one that is ticked keeps who ticked it first."""
    from engine.session.session import Session

    with Session.open(folder, create=False) as session:
        for list_id, item in _found(session, points):
            session.ticks.tick(list_id, item)
        _say_counts(session)
    return 0


@command.command()
@_POINTS
@this_session
def untick(points: Sequence[str], folder: Path) -> int:
    """Take ticks back, also those of points that are no longer in their list."""
    from engine.session.session import Session

    with Session.open(folder, create=False) as session:
        ticked = session.ticks.all()
        keys = [_key(each) for each in points]
        for key in keys:
            if key not in ticked:
                raise click.UsageError(f"{safe('.'.join(key))} is not ticked")
        for list_id, item_id in keys:
            session.ticks.untick(list_id, item_id)
        _say_counts(session)
    return 0


@command.command()
@this_session
def write(folder: Path) -> int:
    """Write the built-in lists into the session's folder, for the team to change.

    Ticks stay with their points as long as those keep their ids.
    """
    from engine.atomic import write_new
    from engine.errors import OutputExists
    from engine.session.checklists import BUILT_IN, FILE_NAME
    from engine.session.opening import existing_folder

    path = existing_folder(folder) / FILE_NAME
    if not write_new(path, BUILT_IN.read_bytes()):
        raise OutputExists(
            str(path),
            "the session has checklists of its own already",
            "Edit that file; to begin anew, move it away first.",
        )
    echo(safe(f"Written: {path}"))
    return 0


def standings_of(session: Session) -> tuple[Standing, ...]:
    """Return how a session's checklists stand; a file that cannot be used stops nothing."""
    from engine.errors import SessionConfigInvalid, sentence

    try:
        return session.ticks.standings()
    except SessionConfigInvalid as error:
        note(safe(sentence(error)))
        return ()


def counts(standings: Iterable[Standing]) -> str:
    """Return how many points of each list are ticked: ``Capture 9 of 11, Mask QA 0 of 9``."""
    return ", ".join(
        f"{safe(each.checklist.title)} {each.done} of {len(each.points)}" for each in standings
    )


def standing_json(standing: Standing, *, only_open: bool = False) -> dict[str, Any]:
    """Return how a list stands, for scripts."""
    return {
        "list": standing.checklist.id,
        "title": standing.checklist.title,
        "points": len(standing.points),
        "ticked": standing.done,
        "items": [
            {
                "item": point.item.id,
                "text": point.item.text,
                "ticked": point.holds,
                "person": point.tick and point.tick.person,
                "at": point.tick and point.tick.at,
                "ticked_as": point.tick.text if point.tick and point.reworded else None,
            }
            for point in standing.points
            if not (only_open and point.holds)
        ],
        "gone": [
            {"item": tick.item, "text": tick.text, "person": tick.person, "at": tick.at}
            for tick in standing.gone
        ],
    }


def _told(list_id: str, point: Point) -> str:
    """Return a point on a line, with who ticked it."""
    text = f"{list_id}.{point.item.id}: {point.item.text}"
    if point.tick is None:
        return safe(f"[ ] {text}")
    who = f"{point.tick.person}, {point.tick.at[:16].replace('T', ' ')}"
    if point.reworded:
        return safe(f"[ ] {text} (was ticked as “{point.tick.text}” by {who})")
    return safe(f"[x] {text} ({who})")


def _key(point: str) -> tuple[str, str]:
    list_id, dot, item_id = point.partition(".")
    if not dot:
        raise click.UsageError(f"{safe(point)!r} is not LIST.POINT, such as capture.backdrop")
    return list_id, item_id


def _found(session: Session, points: Sequence[str]) -> list[tuple[str, Item]]:
    """Return the points that are meant; none is ticked where one is unknown."""
    from engine.session.checklists import read_checklists

    lists = read_checklists(session.folder)
    found = []
    for list_id, item_id in map(_key, points):
        item = lists.find(list_id, item_id)
        if item is None:
            raise click.UsageError(
                f"there is no point {safe(f'{list_id}.{item_id}')}; packshot checklists list "
                "names them"
            )
        found.append((list_id, item))
    return found


def _say_counts(session: Session) -> None:
    note(counts(session.ticks.standings()))
