"""How a file that is to be delivered stands, in one cell: told apart without colour."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tui.browse.states import UNICODE

if TYPE_CHECKING:
    from engine.delivery.ready import Readiness
    from engine.session.states import State
    from tui.queue.trials import Trial


class FileMark(StrEnum):
    """How a file stands."""

    READY = "ready"
    OUTDATED = "outdated"
    DELIVERED = "delivered"
    UNJUDGED = "delivered unjudged"
    AGAINST = "against a rule"
    BLOCKED = "blocked"
    RECALLED = "recalled"
    QUEUED = "under way"


GLYPHS = {
    FileMark.READY: ("○", "o"),
    FileMark.OUTDATED: ("△", "~"),
    FileMark.DELIVERED: ("▲", "^"),
    FileMark.UNJUDGED: ("?", "?"),
    FileMark.AGAINST: ("✗", "x"),
    FileMark.BLOCKED: ("!", "!"),
    FileMark.RECALLED: ("⊗", "@"),
    FileMark.QUEUED: ("◌", ":"),
}
"""The sign of each on any terminal, and on one that knows ASCII alone."""

STYLES = {
    FileMark.READY: "foreground",
    FileMark.OUTDATED: "state-outdated",
    FileMark.DELIVERED: "state-exported",
    FileMark.UNJUDGED: "warning",
    FileMark.AGAINST: "error",
    FileMark.BLOCKED: "warning",
    FileMark.RECALLED: "error",
    FileMark.QUEUED: "state-queued",
}
"""The theme's variable for each."""


def glyph_of(mark: FileMark, glyphs: dict[State, str]) -> str:
    """Return a mark's sign on a terminal that shows these glyphs of the states."""
    return GLYPHS[mark][glyphs is not UNICODE]


def file_mark(file: Readiness, trial: Trial | None, *, under_way: bool) -> FileMark:
    """Return how a file stands.

    Parameters
    ----------
    file : as its records tell
    trial : what is known of it from having been made once, if anything is
    under_way : whether it is being exported
    """
    if under_way:
        return FileMark.QUEUED
    if file.job is not None and (file.job.recalled or _is_recalled(file)):
        return FileMark.RECALLED
    if file.is_unjudged or file.state == "delivered":
        return _mark_of_delivered(file)
    if file.state == "blocked":
        return FileMark.BLOCKED
    if trial is not None and any(finding.severity == "fail" for finding in trial.findings):
        return FileMark.AGAINST
    return FileMark.OUTDATED if file.state == "outdated" else FileMark.READY


def _mark_of_delivered(file: Readiness) -> FileMark:
    findings = file.last.findings if file.last else None
    if any(finding["severity"] == "fail" for finding in findings or ()):
        return FileMark.AGAINST
    return FileMark.UNJUDGED if file.is_unjudged else FileMark.DELIVERED


def _is_recalled(file: Readiness) -> bool:
    return bool(file.last and file.job and file.last.sha256 in file.job.blocked)
