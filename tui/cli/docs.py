"""``packshot docs``: the help as Markdown, for an internal wiki."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import SESSION_FOLDER
from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.session.session import Session
    from engine.session.ticks import Tick, TickKey
    from tui.help.exemplars import Shown
    from tui.help.publish import Published


@click.group()
def command() -> None:
    """Write glossary, playbook and presets as Markdown for a wiki."""


@command.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--session",
    type=SESSION_FOLDER,
    help="A session whose own presets and checklists come first, with what was ticked there.",
)
@click.option("--season", help="Of the session: its page, and its presets alone, as locked.")
@click.option(
    "--pictures/--no-pictures",
    default=True,
    help="Exemplars: small pictures of photos of the session that were judged.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what became of each page as JSON.")
def export(
    folder: Path, session: Path | None, season: str | None, pictures: bool, as_json: bool
) -> int:
    """Write glossary, playbook, checklists, exemplars, presets and keys into FOLDER as Markdown.

    Run again, it changes only pages that changed, and removes those of its own that are gone.
    Other files in FOLDER, and pages that somebody edited, are left alone and named: the exit
    status is then 1. FOLDER has to lie outside of every session.

    Exemplars are mattes of the sample session that were rejected, beside better ones, and with
    --session those that were judged there; none of a confidential product.

    With --season, the presets are those in force; where one was changed under the season's lock,
    nothing is written and the change is named.
    """
    from engine.delivery.seasons.season import open_season
    from engine.session.checklists import read_checklists
    from presets.loader import list_presets
    from tui.help.exemplars import samples
    from tui.help.publish import publish
    from tui.help.wiki import wiki_pages
    from tui.help.wiki_exemplars import exemplar_pictures
    from tui.keys.contexts import KEYS

    if session is not None:
        from engine.session.opening import existing_folder

        session = existing_folder(session)
    elif season is not None:
        raise click.UsageError("--season needs --session: a season is locked in a session")
    _refuse_session(folder, session)
    listing = list_presets(session)
    opened = open_season(session, season) if session and season else None
    exemplars = [*(_exemplars(session) if pictures else ()), *samples()]
    pages = wiki_pages(
        read_checklists(session),
        opened.presets if opened else listing.presets,
        KEYS,
        season=opened,
        ticks=_ticks(session),
        exemplars=exemplars,
    )
    report = publish(folder, {**pages, **exemplar_pictures(exemplars)})
    if as_json:
        echo_json(dataclasses.asdict(report))
    else:
        echo(_summary(report))
    for path in report.kept:
        note(safe(f"{folder / path}: not packshot's, or changed by somebody; left as it is"))
    for problem in listing.problems:
        note(safe(problem))
    return 1 if report.kept or listing.problems else 0


def _ticks(folder: Path | None) -> Mapping[TickKey, Tick]:
    """Return what was ticked in a session; nothing where none was started."""
    with _started(folder) as session:
        return session.ticks.all() if session else {}


def _exemplars(folder: Path | None) -> list[Shown]:
    """Return the exemplars of a session; none where none was started."""
    from tui.help.session_exemplars import exemplars_of

    with _started(folder) as session:
        return exemplars_of(session) if session else []


@contextmanager
def _started(folder: Path | None) -> Iterator[Session | None]:
    """Open a session to read in it; nothing where none was started."""
    from engine.session.layout import store_path
    from engine.session.session import Session

    if folder is None or not store_path(folder).exists():
        yield None
        return
    with Session.open(folder, create=False, readonly=True) as session:
        yield session


def _refuse_session(folder: Path, named: Path | None) -> None:
    """Raise OutputInSession for a folder in a session, whether it is the one that was named."""
    from engine.errors import OutputInSession
    from engine.session.layout import session_around

    around = session_around(folder)
    if around is None and named is not None and folder.resolve().is_relative_to(named.resolve()):
        around = named
    if around is not None:
        raise OutputInSession(
            str(folder),
            f"it lies in the session {around}, where pages of a wiki have no place",
            "Name a folder outside it.",
        )


def _summary(report: Published) -> str:
    """Return how many pages met which fate: ``3 changed, 150 unchanged``."""
    counts = {name: len(paths) for name, paths in dataclasses.asdict(report).items()}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)
