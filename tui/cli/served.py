"""The commands that a warm service runs for other processes of its user.

``prepare`` and ``run`` are what ``engine.serving.hatchery`` asks of the module it is given.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence

MODULE = __name__

COMMANDS = frozenset({"cut", "export", "run"})
"""Those that work without a person and spend their time on starting: nothing else is served."""

_NEEDED = (
    "engine.delivery.seasons.season",
    "engine.delivery.export_job",
    "engine.delivery.planning",
    "engine.session.similarity",
    "engine.work.batch",
    "engine.work.cutting",
    "engine.work.exporting",
    "engine.work.exports_of_cut",
    "engine.work.jobs",
    "engine.work.outputs",
    "engine.work.recipes",
    "engine.work.session_jobs",
    "presets.loader",
    "tui.cli.cut",
    "tui.cli.cut_recording",
    "tui.cli.export",
    "tui.cli.main",
    "tui.cli.run",
)


def prepare() -> None:
    """Import what the commands need, so that running one imports nothing."""
    for name in _NEEDED:
        importlib.import_module(name)
    from models.catalogue import builtin_specs

    builtin_specs()  # read once, for all


def run(arguments: Sequence[str]) -> int:
    """Run a command that may be served and return its exit status.

    Raises
    ------
    ValueError : it may not
    """
    from tui.cli.main import run as run_command

    if not arguments or arguments[0] not in COMMANDS:
        raise ValueError(f"{arguments[:1]} is not served")
    return run_command(arguments)
