"""One thing that is wrong with a matte: a plain value, positions in pixels of the photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "blank or full",
    "part missing",
    "hole eaten",
    "hole filled",
    "shadow left",
    "islands",
    "wrong crop",
    "halo",
    "colour cast",
    "edge jagged",
    "low confidence",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind. Where a session has a reason for rejecting of the same name, it means this."""


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect and where it is.

    kind : what is wrong
    score : 0…1, how sure and how grave; the worst is 1
    x, y : the top left corner of the box around it, in pixels of the photo
    width, height : of that box, at least 1; it lies inside the photo
    """

    kind: Kind
    score: float
    x: int
    y: int
    width: int
    height: int
