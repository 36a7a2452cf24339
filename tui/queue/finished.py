"""What a lane came to, once it is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tui.queue.progress import Progress

TRIED = "tried"
"""The verb of a rehearsal."""


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
        f"{failed} failed" if failed else "",
        f"{against} against a rule" if against else "",
        f"{progress.cancelled} dropped" if progress.cancelled else "",
    ]
    text = ", ".join(part for part in parts if part)
    key = "deliver.report" if verb == TRIED else "app.queue"
    return Finished(f"{text}.", failed + against > 0, key)
