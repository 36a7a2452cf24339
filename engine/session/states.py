"""Where a photo stands on its way through a session."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from engine.session.records import PhotoRecord


class State(StrEnum):
    """Where a photo stands on its way; the names are also what a filter's ``is:`` takes."""

    NEW = "new"
    UNREADABLE = "unreadable"
    QUEUED = "queued"
    WORKING = "working"
    CUT = "cut"
    FAILED = "failed"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPORTED = "exported"
    OUTDATED = "outdated"
    MISSING = "missing"


JUDGEABLE = frozenset({State.CUT, State.APPROVED, State.REJECTED, State.EXPORTED, State.OUTDATED})
"""States with a matte that a person can judge."""


def state_of(
    photo: PhotoRecord, waiting: Collection[int] = (), running: Collection[int] = ()
) -> State:
    """Return a photo's state; what is happening now comes before what was.

    Parameters
    ----------
    photo : the photo's record
    waiting, running : ids of the photos that are queued and being cut
    """
    if photo.id in running:
        return State.WORKING
    if photo.id in waiting:
        return State.QUEUED
    return _settled(photo)


def _settled(photo: PhotoRecord) -> State:
    """Return the state of a photo that nothing is being done with."""
    if photo.missing:
        return State.MISSING
    if photo.problem:
        return State.UNREADABLE
    if photo.failure:
        return State.FAILED
    if photo.matte is None:
        return State.NEW
    return _judged(photo)


def _judged(photo: PhotoRecord) -> State:
    """Return the state of a photo that has a matte."""
    if photo.verdict.state == "rejected":
        return State.REJECTED
    if photo.verdict.state == "pending":
        return State.CUT
    if photo.current:
        return State.EXPORTED
    return State.OUTDATED if photo.deliveries else State.APPROVED
