"""What the Queue screen lists: what runs, waits, failed and ended, each under its heading.

A section holds jobs or photos as they are, and says of one what a line needs when it is drawn: a
queue of ten thousand costs what is in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from engine.session.records import PhotoRecord
from engine.session.states import State
from tui.desk import Desk
from tui.queue.lane import Lane
from tui.queue.progress import Ended

Kind = Literal["running", "waiting", "failed", "unreadable", "remarks", "done"]


@dataclass(frozen=True)
class Told:
    """What a line says, and which photo it is about: None where that has left the queue."""

    photo_id: int | None
    name: str
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """Lines of one kind.

    Attributes
    ----------
    lane : whose jobs ``items`` are; None: they are photos
    told : says what a line needs to know of an item
    """

    kind: Kind
    title: str
    state: State
    items: Sequence[Any]
    told: Callable[[Any], Told]
    lane: Lane[Any, Any] | None = None


def sections(desk: Desk) -> list[Section]:
    """Return what there is to list, no section empty."""
    cutting, exporting = desk.crew.cutting, desk.crew.exporting
    every = chain(
        _under_way(cutting, "cut"),
        _under_way(exporting, "exported"),
        [
            _photos("failed", "Not cut", State.FAILED, desk, lambda photo: photo.failure),
            _jobs("failed", "Not exported", State.FAILED, exporting, exporting.failures),
            _photos("unreadable", "Unreadable", State.UNREADABLE, desk, lambda each: each.problem),
        ],
        _ended(exporting, "Exported", State.EXPORTED),
        _ended(cutting, "Cut", State.CUT),
    )
    return [section for section in every if section.items]


def _under_way(lane: Lane[Any, Any], done: str) -> Iterator[Section]:
    def told(job: Any) -> Told:
        preset = getattr(job, "preset", None)
        return Told(lane.photo_of(job), job.photo.name, preset.name if preset else "")

    running, waiting = f"Being {done}", f"Waiting to be {done}"
    yield Section("running", running, State.WORKING, lane.running_jobs, told, lane)
    yield Section("waiting", waiting, State.QUEUED, lane.waiting_jobs, told, lane)


def _photos(
    kind: Kind, title: str, state: State, desk: Desk, why: Callable[[PhotoRecord], str | None]
) -> Section:
    return Section(
        kind,
        title,
        state,
        desk.index.in_state(state),
        lambda photo: Told(photo.id, str(photo.path), why(photo) or ""),
    )


def _jobs(
    kind: Kind, title: str, state: State, lane: Lane[Any, Any], ended: dict[Any, Ended]
) -> Section:
    def told(job: Any) -> Told:
        entry = ended.get(job)
        if entry is None:
            return Told(None, job.photo.name)
        took = f"{entry.seconds:.1f} s" if entry.seconds else ""
        parts = ("unchanged" if entry.unchanged else took, *entry.remarks)
        return Told(entry.photo_id, entry.name, entry.problem or "  ".join(filter(None, parts)))

    return Section(kind, title, state, list(ended), told, lane)


def _ended(lane: Lane[Any, Any], title: str, state: State) -> Iterator[Section]:
    """Yield what came of jobs, the latest first; before them what a person should look at."""
    ended = dict(reversed(lane.progress.ended.copy().items()))
    against = {job: each for job, each in ended.items() if each.against_rules}
    well = {job: each for job, each in ended.items() if not (each.problem or each.against_rules)}
    yield _jobs("remarks", "Against a rule", State.FAILED, lane, against)
    yield _jobs("done", title, state, lane, well)
