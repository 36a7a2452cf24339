"""``packshot demo``: the whole way once, on photos that come along."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.output import echo, note, table
from tui.demo.sample import SEASON, sample_photos
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.deliver import Delivered
    from engine.delivery.export_job import ExportJob
    from engine.session.session import Session
    from engine.work.batch import Outcome
    from engine.work.jobs import CutJob, CutResult


@click.command(name="demo")
@click.argument("folder", default="packshot-demo", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> int:
    """Write a sample session of thirteen packshots, cut it and export it, ready to open.

    FOLDER (packshot-demo) is made when it is missing. What is there already is kept, so that a
    second run only does what is left. Its season and presets lie in the folder, locked: change
    one value of a preset, and `packshot run` refuses and shows the difference. The first time,
    the workstation leads through it in two minutes.
    """
    from engine.delivery.seasons.season import lock_season, open_season
    from engine.session.session import Session
    from engine.work.recipes import resolve_recipe
    from models.store import ModelStore
    from tui.cli.changes import changes_shown
    from tui.cli.cut import cut_session
    from tui.cli.export import export_season
    from tui.cli.models import install_shown

    write_photos(folder)
    write_season(folder)
    store = ModelStore()
    if not store.installed():
        install_shown(store, store.default().id)
    recipe = resolve_recipe(store)
    with Session.open(folder) as session, changes_shown():
        lock_season(session, SEASON, recipe)
        opened = open_season(session.folder, SEASON)
        cuts = cut_session(session, store, recipe, masters=False, season=opened)
        exports = export_season(session, opened, everything=True, cuts=cuts)
        presets = opened.season.presets
        rows = summary(session, cuts, exports, presets)
        table(["SKU", "view", "pixels", "matte", *presets], rows)
    program, place = _program(), shlex.quote(as_argument(folder))
    preset = shlex.quote(str(folder / "presets" / "amazon-main.toml"))
    echo(f"\nIts season is locked. Change a value in {preset}, and this refuses:")
    echo(f"          {program} run {place} --season {SEASON}")
    echo(f"Open it:  {program} {place}")
    echo("          The first time, it leads you through in two minutes.")
    done = all(cut.result for cut in cuts) and all(export.result for export in exports)
    return 0 if done else 1


def write_photos(folder: Path) -> None:
    """Copy the sample photos into a folder; a file that is there already stays as it is.

    Raises
    ------
    OutputError : the folder cannot be written
    """
    from engine.atomic import write_new

    for photo in sample_photos():
        write_new(folder / photo.name, photo.read_bytes())
    note(f"Sample photos: {safe(folder)}")


def write_season(folder: Path) -> None:
    """Copy the sample season and its presets into a folder; a file that is there stays as it is.

    Raises
    ------
    OutputError : the folder cannot be written
    """
    from engine.atomic import write_new
    from presets.loader import BUILT_IN as PRESETS
    from presets.seasons import BUILT_IN as SEASONS
    from presets.seasons import read_season

    source = SEASONS / f"{SEASON}.toml"
    write_new(folder / "seasons" / source.name, source.read_bytes())
    for name in read_season(source).presets:
        preset = PRESETS / f"{name}.toml"
        write_new(folder / "presets" / preset.name, preset.read_bytes())


def as_argument(folder: Path) -> str:
    """Return a folder as a word that is not taken for a command of the same name."""
    from tui.cli.main import SUMMARIES

    return f"./{folder}" if str(folder) in SUMMARIES else str(folder)


def _program() -> str:
    """Return what a person types to start packshot again: its name, or its path off the PATH."""
    started = Path(sys.argv[0])
    found = shutil.which(started.name)
    return started.name if found and Path(found).samefile(started) else str(started)


def summary(
    session: Session,
    cuts: Sequence[Outcome[CutJob, CutResult]],
    exports: Sequence[Outcome[ExportJob, Delivered]],
    presets: Sequence[str],
) -> list[list[str]]:
    """Return one row per photo: SKU, view, size, what became of it, and its file by each preset."""
    cut = {outcome.job.photo: _became(outcome.result) for outcome in cuts}
    made = {
        (outcome.job.photo, outcome.job.preset.name): outcome.result.path
        for outcome in exports
        if outcome.result is not None
    }
    rows = []
    for photo in session.photos():
        path = session.folder / photo.path
        rows.append(
            [
                photo.sku,
                photo.view,
                "none" if photo.problem else f"{photo.width}×{photo.height}",
                "unreadable" if photo.problem else photo.failure or cut.get(path, "unchanged"),
                *(
                    str(file.relative_to(session.folder)) if file else "none"
                    for file in (made.get((path, preset)) for preset in presets)
                ),
            ]
        )
    return rows


def _became(result: CutResult | None) -> str:
    """Return what became of a photo that was to be cut."""
    if result is None:
        return "failed"
    return "unchanged" if result.skipped else "cut"
