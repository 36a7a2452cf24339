"""``packshot open``, and ``packshot SESSION``: the workstation."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.output import note
from tui.photo.backend import CHOICES
from tui.safe_text import safe

if TYPE_CHECKING:
    from tui.photo.backend import Graphics


@click.command()
@click.argument("session", metavar="SESSION", type=click.Path(path_type=Path))
@click.option(
    "--images",
    type=click.Choice(CHOICES),
    default="auto",
    show_default=True,
    help="How the terminal shows pictures.",
)
@click.option("--readonly", is_flag=True, help="Look, and change nothing.")
def command(session: Path, images: str, readonly: bool) -> int:
    """Open the workstation on SESSION, a folder of photos."""
    from tui.photo.backend import choose, environment_for

    _check(session)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            "the workstation needs a terminal; scripts use packshot scan, cut and export"
        )
    graphics = choose(images, os.environ)
    os.environ.update(environment_for(graphics))
    return run_workstation(session, graphics, readonly=readonly)


def run_workstation(folder: Path, graphics: Graphics, *, readonly: bool) -> int:
    """Run the workstation and return its exit status; the terminal is usable afterwards.

    Textual and the engine are imported here, after the terminal was asked what it can show.
    """
    from engine.session.session import Session
    from tui.app import Workstation
    from tui.browse.states import glyphs_for
    from tui.cli.serving import serving
    from tui.desk import Desk
    from tui.log import start_logging
    from tui.queue.crew import Crew

    log = start_logging()
    with Session.open(folder, readonly=readonly) as session:
        desk = Desk(session, graphics, glyphs_for(sys.stdout.encoding), Crew(session))
        app = Workstation(desk)
        try:
            with serving(desk.crew):
                app.run()
        finally:
            desk.close()
    if app.fault is None:
        return 0
    where = f"What happened is written down in {safe(log)}." if log else f"{safe(app.fault)}"
    note(f"packshot: the workstation stopped; no verdict and no finished matte is lost. {where}")
    return 3


def _check(folder: Path) -> None:
    """Refuse a folder that cannot be a session before anything heavy is imported."""
    from engine.errors import SessionMissing

    if not folder.is_dir():
        problem = "is a file, not a folder" if folder.exists() else "no such folder"
        raise SessionMissing(str(folder), problem, "Name a folder of photos.")
