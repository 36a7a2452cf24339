"""``packshot bench speed``: measures this machine and says what changed since the last time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.output import echo, echo_json, note, progress, table

if TYPE_CHECKING:
    from engine.work.speed_record import Figure, SpeedRun

_STEPS = 5  # that progress is told of
_BUSY = 0.5  # load per core


@click.command(name="speed")
@click.option("--model", help="The network to use; by default the best one installed.")
@click.option("--quick", is_flag=True, help="Fewer photos, once each: a minute instead of several.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(model: str | None, quick: bool, as_json: bool) -> int:
    """Measure how fast packshot is on this machine.

    Photos of 4 and 24 megapixels are made from the sample pictures. The result is kept with what
    the machine, its system and its libraries are, and compared with the last run of the same model.
    """
    from engine.work.speed_record import changes, last_like, save_run
    from models.store import ModelStore

    home = ModelStore().home
    run = _measured(model, quick, busy=_is_busy())
    last = last_like(home, run)
    said = None if last is None else changes(last, run)
    file = save_run(home, run)
    if as_json:
        echo_json(_as_json(run, last, said))
        return 0
    _print(run)
    if last is None or said is None:
        note("the first such run on this machine: there is nothing to compare it with")
    else:
        note(
            f"since the last run, {last.made[:10]}:" if said else f"as fast as on {last.made[:10]}"
        )
        for line in said:
            note(f"  {line}")
    note(f"kept in {file}")
    return 0


def _is_busy() -> bool:
    """Return whether others use the processor, and say so: the figures would be theirs as well."""
    import os

    from engine.work.machine import available_cores

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    if load > _BUSY * available_cores():
        note(
            f"this machine is busy (load {load:.1f}): all but the CPU figures will be too high, "
            "and no later run will be held against this one"
        )
        return True
    return False


def _measured(model: str | None, quick: bool, *, busy: bool) -> SpeedRun:
    import tempfile
    from datetime import UTC, datetime
    from importlib.resources import as_file, files

    from engine.work.hardware import facts
    from engine.work.recipes import resolve_recipe
    from engine.work.speed import FULL, QUICK, measure
    from engine.work.speed_record import SpeedRun
    from models.store import ModelStore

    store = ModelStore()
    recipe = resolve_recipe(store, model)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    with (
        as_file(files("tui.demo") / "photos") as samples,
        tempfile.TemporaryDirectory(prefix="packshot-speed-") as folder,
        progress(_STEPS, "measure") as bar,
    ):
        plan = QUICK if quick else FULL
        figures, provider = measure(
            sorted(samples.glob("*.jpg")), recipe, store.home, Path(folder), plan, bar.step
        )
    name = "quick" if quick else "full"
    return SpeedRun(made, recipe.model, provider, facts(), figures, name, busy)


def _print(run: SpeedRun) -> None:
    rows = [
        (name, _shown(name, figure), f"±{100 * figure.spread:.0f} %" if figure.spread else "")
        for name, figure in run.figures.items()
    ]
    table(("measured", "", "spread"), rows)
    echo()
    echo(
        f"{run.model} on {run.provider}; {run.facts['processor']}, {run.facts['cores']} cores, "
        f"{run.facts['memory']}, {run.facts['system']}"
    )


def _shown(name: str, figure: Figure) -> str:
    from engine.work.speed_record import MEGABYTES

    if name.endswith(MEGABYTES):
        return f"{figure.value:6.0f}"
    return f"{figure.value:8.3f} s"


def _as_json(run: SpeedRun, last: SpeedRun | None, said: list[str] | None) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(run) | {"last": last.made if last else None, "changes": said}
