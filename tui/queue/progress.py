"""What a lane of work has come to: the photos that ended, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Job = TypeVar("Job")


@dataclass(frozen=True)
class Ended:
    """A photo that the workers are done with.

    ``name`` is what was made, or what it should have been made from. ``problem`` says why nothing
    came of it, ``remarks`` what to know of what did, ``against_rules`` that a check has failed,
    ``unchanged`` that all was there already.
    """

    photo_id: int
    name: str
    seconds: float = 0.0
    problem: str | None = None
    remarks: tuple[str, ...] = ()
    against_rules: bool = False
    unchanged: bool = False


@dataclass
class Progress(Generic[Job]):
    """How far a lane is since it was last empty; ``told`` once a person knows how it ended.

    What was dropped counts as ``cancelled`` and no longer in the ``total``; what is queued again
    counts once.
    """

    total: int = 0
    cancelled: int = 0
    ended: dict[Job, Ended] = field(default_factory=dict)
    told: bool = False

    @property
    def done(self) -> int:
        """How many jobs ended, whatever came of them."""
        return len(self.ended)

    @property
    def failed(self) -> list[Ended]:
        """The photos of which nothing came."""
        return [entry for entry in list(self.ended.values()) if entry.problem]

    @property
    def busy(self) -> bool:
        """Whether anything is left to do."""
        return self.done < self.total

    def queued(self, job: Job) -> None:
        """Count a job that was queued."""
        if self.ended.pop(job, None) is None:
            self.total += 1

    def dropped(self) -> None:
        """Count a job that was dropped or stopped."""
        self.cancelled += 1
        self.total -= 1
