"""``packshot bench providers``: measures again what runs a network fastest here."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tui.cli.output import echo, echo_json, table

if TYPE_CHECKING:
    from engine.matting.runtime.choice import Choice


@click.command(name="providers")
@click.argument("model", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(model: str | None, as_json: bool) -> int:
    """Measure the execution providers of MODEL (by default the best one installed) again.

    A provider is chosen once for each network and kept until processor, driver or library change,
    for with another one the same photo may come out a little different. This measures anew and
    keeps the result: mattes that are there stay, new ones are made with the new choice.
    """
    from engine.matting.runtime.loading import measure_again
    from engine.work.machine import available_cores
    from models.store import ModelStore

    store = ModelStore()
    spec = store.spec(model) if model else store.default()
    choice = measure_again(store.verified_path(spec.id), spec, available_cores())
    if as_json:
        echo_json({"model": spec.id} | asdict(choice))
    else:
        _print(spec.id, choice)
    return 0


def _print(model: str, choice: Choice) -> None:
    from engine.matting.runtime.choice import FORCE, FULL_PRECISION, ON_PROCESSOR

    rows = [
        (
            name,
            f"{seconds:.3f} s" + ("" if name in ON_PROCESSOR else " of the clock"),
            f"{choice.difference.get(name, 0):.4f}",
            "runs it from now on" if name == choice.provider else "",
        )
        for name, seconds in choice.seconds.items()
    ]
    rows += [
        (name, "-", f"{choice.difference[name]:.4f}" if name in choice.difference else "-", trouble)
        for name, trouble in (choice.refused | choice.failed).items()
    ]
    table((model, "processor time", "differs by", ""), rows)
    if choice.difference.get("cpu"):
        echo(
            "cpu computes it in integers of eight bits, with mattes as good: see bench/README.md. "
            f"{FORCE}={FULL_PRECISION} has it computed in full precision."
        )
    if list(choice.seconds) == ["cpu"] and not choice.failed:
        echo("Nothing but the processor is installed here: see Faster hardware in the README.")
