"""``packshot doctor``: what this terminal and this machine can do, and what is missing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from dataclasses import asdict, dataclass

import click

from tui.cli.output import echo, echo_json
from tui.safe_text import safe

_LIBRARIES = (
    "textual",
    "textual-image",
    "onnxruntime",
    "numpy",
    "Pillow",
    "opencv-python-headless",
)


@dataclass(frozen=True)
class Check:
    """One line of the report; ``sound`` is False where something should be done about it."""

    subject: str
    found: str
    sound: bool = True


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(as_json: bool) -> int:
    """Say what this terminal and this machine can do.

    The exit status is 1 when something is missing that the main job needs.
    """
    checks = [
        *_terminal(),
        *_machine(),
        *_models(),
        *_providers(),
        *_speed(),
        *_warm(),
        *_places(),
        *_versions(),
    ]
    if as_json:
        echo_json([asdict(check) for check in checks])
    else:
        width = max(len(check.subject) for check in checks)
        for check in checks:
            mark = " " if check.sound else "!"
            echo(f"{mark} {check.subject:<{width}}  {safe(check.found)}")
    return 0 if all(check.sound for check in checks) else 1


def _terminal() -> list[Check]:
    from tui.terminal.choose import choose

    graphics, _ = choose("auto", os.environ, encoding=sys.stdout.encoding)
    width, height = graphics.cell
    encoding = sys.stdout.encoding or "unknown"
    colours = os.environ.get("COLORTERM", "not told")
    return [
        Check("terminal", f"{os.environ.get('TERM', 'unknown')}, COLORTERM {colours}"),
        Check("pictures", f"{graphics.backend}: {graphics.reason}"),
        Check("cell", f"{width}×{height} pixels"),
        Check("encoding", encoding, sound="utf" in encoding.lower()),
        Check("tmux", "yes" if "TMUX" in os.environ else "no"),
        Check("SSH", "yes" if "SSH_CONNECTION" in os.environ else "no"),
    ]


def _machine() -> list[Check]:
    from engine.matting.runtime.choice import FORCE, offered
    from engine.work.machine import available_cores, available_memory, default_workers

    forced = os.environ.get(FORCE)
    providers = ", ".join(offered()) + (f"; {FORCE} asks for {forced}" if forced else "")
    memory = available_memory() / 1e9
    return [
        Check("system", f"{platform.system()} {platform.machine()}"),
        Check("cores", f"{available_cores()}, {default_workers()} workers"),
        Check("memory", f"{memory:.0f} GB", sound=memory >= 2),
        Check("providers", providers),
    ]


def _models() -> list[Check]:
    from engine.errors import REPORTED, sentence
    from models.store import ModelStore

    store = ModelStore()
    installed = store.installed()
    if not installed:
        return [Check("models", "none installed: packshot models install u2netp", sound=False)]
    checks = []
    default = store.default().id
    for spec in installed:
        seconds = store.timing(spec.id)
        speed = f", {seconds:.2f} s a photo here" if seconds else ""
        chosen = ", the default" if spec.id == default else ""
        try:
            store.verify(spec.id)
        except REPORTED as error:
            checks.append(Check(f"model {spec.id}", sentence(error), sound=False))
        else:
            found = f"{spec.bytes / 1e6:.0f} MB, {spec.licence}{speed}{chosen}"
            checks.append(Check(f"model {spec.id}", found))
    return checks


def _providers() -> list[Check]:
    """Say what runs each model where that was a choice, and what was left out of it."""
    from engine.matting.runtime.choice import kept
    from models.ready import Ready
    from models.store import ModelStore

    store = ModelStore()
    checks = []
    for spec in store.installed():
        choice = kept(spec, Ready(store.home / "models", spec.sha256))
        if choice is None:
            continue
        times = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in choice.seconds.items())
        left_out = choice.refused | choice.failed
        troubles = "".join(f"; not {name}: {trouble}" for name, trouble in left_out.items())
        checks.append(Check(f"runs {spec.id}", f"{choice.provider} ({times}){troubles}"))
    return checks


def _speed() -> list[Check]:
    """Show the last run of ``bench speed``, and whether it still is this machine's."""
    from engine.work.hardware import differences, facts
    from engine.work.speed_record import last_run
    from models.store import ModelStore

    run = last_run(ModelStore().home)
    if run is None:
        return [Check("speed", "not measured here: packshot bench speed")]
    photos = ", ".join(
        f"{name.removesuffix(', a photo')} {figure.value:.2f} s"
        for name, figure in run.figures.items()
        if name.endswith(", a photo")
    )
    checks = [Check("speed", f"{photos} a photo, {run.model} on {run.provider}, {run.made[:10]}")]
    changed = differences(run.facts, facts())
    if changed:
        since = f"no longer this machine's: {'; '.join(changed)}. Run packshot bench speed"
        checks.append(Check("speed since", since))
    return checks


def _warm() -> list[Check]:
    """Name what keeps networks warm for this user's commands."""
    from tui.cli.warm import told

    return [Check("warm", each) for each in told() or ["nothing; see packshot warm"]]


def _places() -> list[Check]:
    from models.store import ModelStore
    from presets.user_folder import config_folder
    from tui.log import log_path

    return [
        Check("data", str(ModelStore().home)),
        Check("config", str(config_folder())),
        Check("log", str(log_path())),
    ]


def _versions() -> list[Check]:
    from tui import __version__

    return [
        Check("packshot", __version__),
        Check("Python", platform.python_version()),
        *(Check(name, _version(name), sound=_version(name) != "missing") for name in _LIBRARIES),
    ]


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "missing"
