"""``packshot open``, and ``packshot SESSION``: the workstation."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import GIVEN_PATH
from tui.cli.output import note
from tui.safe_text import safe
from tui.terminal.graphics import CHOICES

if TYPE_CHECKING:
    from textual.driver import Driver

    from tui.terminal.graphics import Graphics


@click.command()
@click.argument("session", metavar="SESSION", type=GIVEN_PATH)
@click.option(
    "--images",
    type=click.Choice(CHOICES),
    default="auto",
    show_default=True,
    help="How the terminal shows pictures.",
)
@click.option("--ascii", "ascii_only", is_flag=True, help="Write nothing but ASCII characters.")
@click.option("--readonly", is_flag=True, help="Look, and change nothing.")
def command(session: Path, images: str, ascii_only: bool, readonly: bool) -> int:
    """Open the workstation on SESSION, a folder of photos."""
    from tui.terminal.choose import choose, environment_for

    _check(session)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            "the workstation needs a terminal; scripts use packshot scan, cut and export"
        )
    graphics, typed = choose(
        images, os.environ, encoding=sys.stdout.encoding, ascii_only=ascii_only
    )
    os.environ.update(environment_for(graphics))
    return run_workstation(session, graphics, readonly=readonly, typed=typed)


def run_workstation(folder: Path, graphics: Graphics, *, readonly: bool, typed: str = "") -> int:
    """Run the workstation and return its exit status; the terminal is usable afterwards.

    Textual and the engine are imported here, after the terminal was asked what it can show.

    Parameters
    ----------
    folder : the session
    graphics : how pictures are shown
    readonly : change nothing
    typed : what a person typed while the terminal was asked
    """
    from engine.session.session import Session
    from tui.app import Workstation
    from tui.browse.states import glyphs_for
    from tui.cli.serving import serving
    from tui.desk import Desk
    from tui.log import start_logging
    from tui.queue.crew import Crew
    from tui.terminal.ending import ending_in_order
    from tui.terminal.terminal import Terminal
    from tui.tidying import unhurried

    log = start_logging()
    terminal = Terminal(graphics, typed)
    with Session.open(folder, readonly=readonly) as session:
        desk = Desk(session, terminal, glyphs_for(ascii_only=graphics.ascii), Crew(session))
        app = Workstation(desk, driver=_driver())
        try:
            with unhurried(), ending_in_order(app.leave, terminal.farewell), serving(desk.crew):
                app.run()
        finally:
            desk.close()
    if app.ended_by:
        return 128 + app.ended_by
    if app.fault is None:
        return 0
    where = f"What happened is written down in {safe(log)}." if log else f"{safe(app.fault)}"
    note(f"packshot: the workstation stopped; no verdict and no finished matte is lost. {where}")
    return 3


def _driver() -> type[Driver] | None:
    """Return what the workstation writes to and reads from, where it is not Textual's own."""
    if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
        return None
    from tui.terminal.driver import Outlet

    return Outlet


def _check(folder: Path) -> None:
    """Refuse a folder that cannot be a session before anything heavy is imported."""
    from engine.errors import SessionMissing

    if not folder.is_dir():
        problem = "is a file, not a folder" if folder.exists() else "no such folder"
        raise SessionMissing(str(folder), problem, "Name a folder of photos.")
