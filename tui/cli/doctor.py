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
    checks = [*_terminal(), *_machine(), *_models(), *_places(), *_versions()]
    if as_json:
        echo_json([asdict(check) for check in checks])
    else:
        width = max(len(check.subject) for check in checks)
        for check in checks:
            mark = " " if check.sound else "!"
            echo(f"{mark} {check.subject:<{width}}  {safe(check.found)}")
    return 0 if all(check.sound for check in checks) else 1


def _terminal() -> list[Check]:
    from tui.photo.backend import choose

    graphics = choose("auto", os.environ)
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
    import onnxruntime

    from engine.work.machine import available_cores, available_memory, default_workers

    providers = ", ".join(
        name.removesuffix("ExecutionProvider") for name in onnxruntime.get_available_providers()
    )
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


def _places() -> list[Check]:
    from models.store import ModelStore
    from presets.loader import config_folder
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
