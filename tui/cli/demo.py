"""``packshot demo``: the whole way once, on photos that come along."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.output import echo, note, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.deliver import Delivered
    from engine.delivery.export_job import ExportJob
    from engine.session.session import Session
    from engine.work.batch import Outcome
    from engine.work.jobs import CutJob, CutResult

PRESETS = ("master-png", "amazon-main")


@click.command(name="demo")
@click.argument("folder", default="packshot-demo", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> int:
    """Write a sample session of thirteen packshots, cut it and export it, ready to open.

    FOLDER (packshot-demo) is made when it is missing. What is there already is kept, so that a
    second run only does what is left.
    """
    from engine.session.session import Session
    from engine.work.recipes import resolve_recipe
    from models.store import ModelStore
    from tui.cli.cut import cut_session
    from tui.cli.export import export_session
    from tui.cli.models import install_shown

    write_photos(folder)
    store = ModelStore()
    if not store.installed():
        install_shown(store, store.default().id)
    with Session.open(folder) as session:
        cuts = cut_session(session, store, resolve_recipe(store), masters=False)
        exports = export_session(session, PRESETS, everything=True)
        _print_table(session, cuts, exports)
    echo(f"\nOpen it:  {_program()} {shlex.quote(str(folder))}")
    done = all(cut.result for cut in cuts) and all(export.result for export in exports)
    return 0 if done else 1


def write_photos(folder: Path) -> None:
    """Copy the sample photos into a folder; a file that is there already stays as it is.

    Raises
    ------
    OutputError : the folder cannot be written
    """
    from engine.atomic import write_new

    photos = files("tui.demo") / "photos"
    for photo in photos.iterdir():
        if photo.name.endswith(".jpg"):
            write_new(folder / photo.name, photo.read_bytes())
    note(f"Sample photos: {safe(folder)}")


def _program() -> str:
    """Return what a person types to start packshot again: its name, or its path off the PATH."""
    started = Path(sys.argv[0])
    found = shutil.which(started.name)
    return started.name if found and Path(found).samefile(started) else str(started)


def _print_table(
    session: Session,
    cuts: Sequence[Outcome[CutJob, CutResult]],
    exports: Sequence[Outcome[ExportJob, Delivered]],
) -> None:
    """Print one row per photo: its family, size, how much of it is product, and its files."""
    coverage = {outcome.job.photo: outcome.result for outcome in cuts}
    made: dict[Path, list[str]] = {}
    for outcome in exports:
        if outcome.result is not None:
            path = outcome.result.path.relative_to(session.folder)
            made.setdefault(outcome.job.photo, []).append(str(path))
    rows = []
    for photo in session.photos():
        path = session.folder / photo.path
        cut = coverage.get(path)
        rows.append(
            [
                photo.sku,
                photo.view,
                f"{photo.width}×{photo.height}",
                photo.failure or ("cut" if cut and not cut.skipped else "unchanged"),
                *made.get(path, []),
            ]
        )
    table(["SKU", "view", "pixels", "matte", *PRESETS], rows)
