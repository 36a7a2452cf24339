"""``packshot warm``: a service that keeps a network loaded for the commands that follow."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.serving.holding import Hold, Holder
    from engine.serving.place import Place
    from engine.serving.service import Service

_PROGRAM = "from tui.cli.main import main; main()"
_POLL_SECONDS = 0.05
_STOP_SECONDS = 10.0


@click.command()
@click.option("--model", help="The network to load; by default the best one installed.")
@click.option(
    "--idle",
    type=click.FloatRange(0, min_open=True),
    default=15.0,
    show_default=True,
    metavar="MINUTES",
    help="End after so long without a command.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Worker processes, the cores shared out among them. One suits single photos best.",
)
@click.option("--detach", is_flag=True, help="Return as soon as the network is loaded.")
@click.option("--stop", is_flag=True, help="End the service.")
@click.option("--status", is_flag=True, help="Say what is warm; exit status 1: nothing is.")
@click.option("--json", "as_json", is_flag=True, help="With --status: print it as JSON.")
def command(
    model: str | None,
    idle: float,
    workers: int,
    detach: bool,
    stop: bool,
    status: bool,
    as_json: bool,
) -> int:
    """Keep a network loaded, so that packshot cut and export of single photos start at once.

    While it runs, commands of the same user, version and packshot home use its network, over a
    private socket; their output and results are the same as without it. It ends when nothing has
    been asked of it for a while, or with Ctrl+C. An open workstation serves commands, too.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise click.UsageError("this system has no Unix sockets, which the service needs")
    if status:
        return _tell(as_json)
    if stop:
        return _stop()
    if detach:
        return _detach(model, idle, workers)
    return _serve(model, idle * 60, workers)


def _serve(model: str | None, idle: float, workers: int) -> int:
    """Be the service."""
    from engine.serving.holding import sweep, take_hold
    from engine.serving.place import own_place
    from engine.work.recipes import resolve_recipe
    from models.store import ModelStore

    store = ModelStore()
    chosen = resolve_recipe(store, model).model
    place = own_place()
    hold = take_hold(place)
    if hold is None:
        return _already(place)
    with hold:
        sweep(place.folder)
        _load_and_serve(hold, chosen, store.home.absolute(), idle, workers)
    return 0


def _load_and_serve(hold: Hold, model: str, home: Path, idle: float, workers: int) -> None:
    from engine.serving.service import Service
    from engine.work.jobs import WarmJob, warm_up
    from engine.work.workers import Workers
    from tui.cli import served

    pool = Workers(workers)
    try:
        service = Service(hold.place, served.MODULE, lambda: pool)
        _stop_on_signals(service)
        loading = [pool.submit(warm_up, WarmJob(model, home)) for _ in range(workers)]
        for each in loading:
            each.result()
        service.listen()
        minutes = f"{idle / 60:g} minute{'' if idle == 60 else 's'}"
        note(f"warm: {model} is loaded; ends after {minutes} without a command")
        # After the note: who started it in the background passes on what has been said by now.
        hold.describe("warm", model)
        service.serve(idle)
    finally:
        # At once: commands that are at work go on with workers of their own.
        pool.close(wait=False)
    note("warm: ended")


def _stop_on_signals(service: Service) -> None:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Who started it in the background, or with nohup, has had some of them ignored.
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, lambda *_: service.stop())


def _detach(model: str | None, idle: float, workers: int) -> int:
    """Start the service as a process of its own and wait until it can serve."""
    from engine.serving.holding import holder_of
    from engine.serving.place import own_place, settings

    place = own_place()
    if holder_of(place) is not None:
        return _already(place)
    options = [f"--idle={idle}", f"--workers={workers}", *([f"--model={model}"] if model else [])]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, "warm", *options],
            cwd="/",  # no folder is kept busy by a service that nobody sees
            env=settings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
        while process.poll() is None and holder_of(place) is None:
            time.sleep(_POLL_SECONDS)
        said.seek(0)
        note(said.read().decode(errors="replace").rstrip())
    return process.returncode or 0


def _already(place: Place) -> int:
    """Say that there is a service; that is what was asked for."""
    from engine.serving.holding import holder_of

    holder = holder_of(place)
    note(f"warm: already there: {_described(holder)}" if holder else "warm: another one is loading")
    return 0


def _tell(as_json: bool) -> int:
    """Print what serves; return 1 where nothing serves this version and packshot home."""
    from engine.serving.holding import holders
    from engine.serving.place import own_place

    place = own_place()
    found = holders(place.folder)
    if as_json:
        echo_json([asdict(holder) | {"usable": each == place} for each, holder in found.items()])
    else:
        for line in told() or ["nothing is warm"]:
            echo(line)
    return 0 if place in found else 1


def told() -> list[str]:
    """Return what is warm for this user, a line each; nothing on a system without sockets."""
    from engine.serving.holding import holders
    from engine.serving.place import own_place

    if not hasattr(socket, "AF_UNIX"):
        return []
    place = own_place()
    return [
        _described(holder) + ("" if each == place else "; of another version, home or umask")
        for each, holder in holders(place.folder).items()
    ]


def _described(holder: Holder) -> str:
    since = time.strftime("%H:%M", time.localtime(holder.since))
    what = "an open workstation" if holder.kind == "workstation" else safe(holder.model)
    return f"{what}, process {holder.process}, since {since}"


def _stop() -> int:
    """End every service of this user that ``packshot warm`` has started."""
    from engine.serving.holding import holder_of, holders
    from engine.serving.place import service_folder

    found = holders(service_folder())
    ended = {place: each for place, each in found.items() if each.kind == "warm"}
    for holder in ended.values():
        os.kill(holder.process, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while any(holder_of(place) for place in ended) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    left = [each for place in ended if (each := holder_of(place))]
    for each in left:
        note(f"warm: does not end: {_described(each)}")
    if len(ended) < len(found):
        note("warm: a workstation serves as long as it is open")
    elif not ended:
        note("warm: there was none")
    if len(left) < len(ended):
        note("warm: ended")
    return 1 if left else 0
