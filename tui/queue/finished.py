"""What a lane came to, once it is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.queue.progress import Progress

if TYPE_CHECKING:
    from engine.delivery.export_job import ExportJob

EXPORTED, TRIED = "exported", "tried"
"""The verbs of an export and of a rehearsal."""


@dataclass(frozen=True)
class Finished:
    """What a lane came to, in a sentence; ``troubled`` where a person should look.

    ``key`` is the id of the key that says why.
    """

    text: str
    troubled: bool
    key: str


def report(verb: str, progress: Progress[Any]) -> Finished:
    """Return what a lane came to; ``verb`` says what it does with a job."""
    failed = len(progress.failed)
    ended = list(progress.ended.values())
    unchanged = sum(entry.unchanged for entry in ended)
    made = len(ended) - failed - unchanged
    against = sum(entry.against_rules for entry in ended)
    parts = [
        f"{made} {verb}" if made or not unchanged else "",
        f"{unchanged} unchanged" if unchanged else "",
        "nothing to write" if verb == EXPORTED and unchanged == len(ended) else "",
        f"{failed} failed" if failed else "",
        f"{against} against a rule" if against else "",
        f"{progress.cancelled} dropped" if progress.cancelled else "",
    ]
    text = ", ".join(part for part in parts if part)
    key = "deliver.report" if verb == TRIED else "app.queue"
    of = f"{_presets(progress)}: " if verb == EXPORTED and ended else ""
    return Finished(f"{of}{text}.", failed + against > 0, key)


def _presets(exports: Progress[ExportJob]) -> str:
    """Return the preset that was exported with, or how many there were."""
    names = {job.preset.name for job in exports.ended}
    return names.pop() if len(names) == 1 else f"{len(names)} presets"
