"""``packshot cost``: what an image costs on this machine, and what it costs in a cloud."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import SESSION_FOLDER
from tui.cli.output import echo, echo_json, note, table

if TYPE_CHECKING:
    from tui.help.cost import Assumptions, Comparison


_SHORTEST = 0.001  # seconds; and the least of what something is divided by
_GREATEST = 1e9


def _amount(least: float) -> Callable[[click.Context, click.Parameter, float | None], float | None]:
    """Return a check of an option; no range of click's refuses “nan”."""

    def check(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
        # Written so that NaN, which compares false with everything, is refused too.
        if value is None or least <= value <= _GREATEST:
            return value
        raise click.BadParameter(f"{value:g} is not from {least:g} to {_GREATEST:g}")

    return check


_ANY = _amount(0)
_SOME = _amount(_SHORTEST)
_COLUMN = 12  # signs for an amount


@click.command(context_settings={"show_default": True})
@click.option(
    "--photos",
    type=click.IntRange(0, 10**9),
    metavar="INTEGER",
    default=1000,
    help="Images a month.",
)
@click.option(
    "--seconds", type=float, callback=_SOME, help="Time per image; else what was measured here."
)
@click.option(
    "--session",
    type=SESSION_FOLDER,
    help="Take the time per image from this session's mattes.",
)
@click.option(
    "--watts", type=float, callback=_ANY, default=65.0, help="What a machine draws at work."
)
@click.option(
    "--kwh-price", type=float, callback=_ANY, default=0.30, help="Price of a kilowatt-hour."
)
@click.option(
    "--machine-price", type=float, callback=_ANY, default=1200.0, help="0 if it is there anyway."
)
@click.option(
    "--machine-years", type=float, callback=_SOME, default=4.0, help="How long a machine is used."
)
@click.option(
    "--hours", type=float, callback=_SOME, default=160.0, help="A machine's working hours a month."
)
@click.option(
    "--hosting", type=float, callback=_ANY, default=0.0, help="Storage and care, a month."
)
@click.option(
    "--cloud-price", type=float, callback=_ANY, default=0.10, help="Price per image in the cloud."
)
@click.option(
    "--cloud-fee", type=float, callback=_ANY, default=0.0, help="The cloud's fee, a month."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    seconds: float | None, session: Path | None, as_json: bool, **given: float | int
) -> None:
    """Compare the cost of cutting images here with that of a cloud service.

    \b
    here   machines x price / (12 x years) + hosting
           + photos x seconds x watts / 3,600,000 x price per kWh
    cloud  fee + photos x price per image

    Time per image is what was given, or the mean of a session's mattes as if they were made one
    after the other, or what a whole photo took on this machine with all of its cores at work.

    Prices are in one currency, whichever is yours. The defaults are assumptions: give your own
    figures. People's time is left out, because judging costs the same on both sides.
    """
    from tui.help.cost import Assumptions, compare

    if seconds is not None:
        source = "given"
    elif session is not None:
        seconds, source = _of_session(session)
    else:
        seconds, source = _of_network()
    assumptions = Assumptions(seconds=seconds, **given)  # type: ignore[arg-type]  # click checked
    result = compare(assumptions)
    if as_json:
        echo_json(
            {
                "assumptions": {**dataclasses.asdict(assumptions), "seconds_source": source},
                "result": dataclasses.asdict(result),
            }
        )
    else:
        _print(assumptions, result, source)


def _of_session(folder: Path) -> tuple[float, str]:
    """Return the mean seconds of a session's mattes: reading and refining included."""
    from statistics import mean

    from engine.session.session import Session

    with Session.open(folder, readonly=True) as session:
        seconds = [photo.matte.seconds for photo in session.photos() if photo.matte]
    if not seconds:
        raise click.UsageError("this session has no mattes yet: cut it first, or give --seconds")
    return max(_SHORTEST, mean(seconds)), f"mean of {_count(len(seconds), 'matte')}, one by one"


def _of_network() -> tuple[float, str]:
    """Return the seconds a photo that this machine needs with the network used by default."""
    from models.store import ModelStore

    store = ModelStore()
    model = store.default().id
    seconds = store.timing(model)
    if seconds is None:
        raise click.UsageError(
            "no photo was cut on this machine yet: cut some, or give --seconds or --session"
        )
    return max(_SHORTEST, seconds), f"measured here: whole photos with {model}, all cores at work"


def _print(given: Assumptions, result: Comparison, source: str) -> None:
    echo(f"{given.photos} images a month, {given.seconds:.2f} s each ({source})")
    echo(
        f"{result.busy_hours:.1f} hours of work on {_count(result.machines, 'machine')}; "
        f"one can do {result.capacity} in {given.hours:g} hours"
    )
    echo()
    table(
        ("", "here".rjust(_COLUMN), "cloud".rjust(_COLUMN)),
        [
            ("machines", _money(result.machine), ""),
            ("hosting, fee", _money(result.hosting), _money(given.cloud_fee)),
            ("electricity", _money(result.electricity), ""),
            ("by image", "", _money(result.cloud - given.cloud_fee)),
            ("a month", _money(result.local), _money(result.cloud)),
            ("an image", _each(result.local_per_image), _each(result.cloud_per_image)),
        ],
    )
    echo(f"\n{_verdict(given, result)}")
    note(
        f"Assumed: {given.watts:g} W, {given.kwh_price:g} per kWh, a machine for "
        f"{given.machine_price:g} over {given.machine_years:g} years, {given.cloud_price:g} per "
        "image in the cloud. packshot cost --help names the options."
    )


def _verdict(given: Assumptions, result: Comparison) -> str:
    if result.break_even is None:
        return "Here never becomes cheaper at these prices: each image costs more than the cloud's."
    if result.break_even == 0:
        return "Here is cheaper at every volume."
    beyond = ""
    if result.break_even > result.capacity:
        beyond = " That is more than one machine can do in its hours."
    return f"One machine is cheaper from {result.break_even} images a month on.{beyond}"


def _money(amount: float) -> str:
    return f"{amount:{_COLUMN}.2f}"


def _each(amount: float | None) -> str:
    return "" if amount is None else f"{amount:{_COLUMN}.4f}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
