"""The child of ``packshot privacy --verify``: shuts itself off, then cuts one photo.

Run as ``python -m tui.privacy.confined REPORT PHOTO MASTER``. What was tried and what came of it
is written to REPORT as JSON. It has to confine itself before anything starts a thread, so that
nothing heavy is imported before that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui.privacy.namespace import leave_network
from tui.privacy.probes import network_families, probe
from tui.privacy.seccomp import forbid_network_sockets


def main(report: Path, photo: Path, master: Path) -> None:
    """Confine this process, probe it, and cut."""
    told: dict[str, Any] = {
        "namespace": _tried(leave_network),
        "filter": _tried(forbid_network_sockets),
        "probes": _probed(),
    }
    _write(report, told)
    told["cut"] = _cut(photo, master)
    _write(report, told)


def _tried(measure: Callable[[], None]) -> str:
    """Return "" where a measure holds, else why it could not be had."""
    try:
        measure()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _probed() -> dict[str, str]:
    """Return what came of asking for a socket of each family; nothing where no child is forked."""
    if sys.platform == "win32":
        return {}
    import resource  # noqa: PLC0415 - not on every system

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a probe that is ended leaves no core file
    return {name: probe(family) for name, family in network_families().items()}


def _cut(photo: Path, master: Path) -> dict[str, Any]:
    """Cut a photo the way that `packshot cut` does, a worker process included."""
    from engine.errors import REPORTED, sentence  # noqa: PLC0415 - only after the confinement
    from engine.offline import forbid_other_hosts  # noqa: PLC0415

    forbid_other_hosts()
    from engine.work.jobs import CutJob, cut  # noqa: PLC0415
    from engine.work.recipes import resolve_recipe  # noqa: PLC0415
    from engine.work.workers import Workers  # noqa: PLC0415
    from models.store import ModelStore  # noqa: PLC0415

    store = ModelStore()
    try:
        recipe = resolve_recipe(store)
        job = CutJob(photo=photo, recipe=recipe, model_home=store.home, master=master)
        with Workers(1, forked=True) as workers:
            result = workers.submit(cut, job).result()
    except REPORTED as error:
        return {"error": sentence(error)}
    return {
        "model": recipe.model,
        "width": result.width,
        "height": result.height,
        "seconds": sum(result.seconds.values()),
        "bytes": master.stat().st_size,
    }


def _write(report: Path, told: dict[str, Any]) -> None:
    report.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
