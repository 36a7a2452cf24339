"""The orders in which photos can be listed.

A SKU stands where its first photo does, and its photos stand in the same order below it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.session.records import PhotoRecord
from engine.session.states import State

_STATES = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True)
class Order:
    """A way to sort photos; those that it does not tell apart stay in the order of their names.

    Attributes
    ----------
    name : what it is remembered by
    title : what a person calls it
    key : what photos are sorted by, smallest first; None for their names
    follows : whether work and verdicts change it
    """

    name: str
    title: str
    key: Callable[[PhotoRecord, State], Any] | None
    follows: bool = False


def _taken(photo: PhotoRecord, _: State) -> tuple[bool, str]:
    return photo.taken is None, photo.taken or ""


def _worst(photo: PhotoRecord, _: State) -> float:
    defects = (photo.matte.defects if photo.matte else None) or ()
    return -max((defect.score for defect in defects), default=0.0)


def _pixels(photo: PhotoRecord, _: State) -> int:
    return (photo.width or 0) * (photo.height or 0)


BY_NAME = Order("name", "name", None)

ORDERS = (
    BY_NAME,
    Order("taken", "time taken", _taken),
    Order("newest", "newest file first", lambda photo, _: -photo.mtime_ns),
    Order("state", "state", lambda _, state: _STATES[state], follows=True),
    Order("defect", "worst defect first", _worst, follows=True),
    Order("rating", "most stars first", lambda photo, _: -photo.stars, follows=True),
    Order("size", "smallest first", _pixels),
)
"""Every order, in that of the dialog."""


def order_called(name: str) -> Order:
    """Return the order of a name, or that by name where there is none."""
    return next((order for order in ORDERS if order.name == name), BY_NAME)
