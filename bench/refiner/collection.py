"""The photos of a folder that grows while training goes on.

Every file is an archive with the ``family`` of its product; files whose name ends in ``-0`` show
the product on the backdrop that it was rendered on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

Photo = TypeVar("Photo")

HELD_OUT = (
    *("jug", "tube", "cage", "strap", "keys"),
    "carafe",  # glass with facets and a thick rim
    "kettle",  # chrome that shows its table
    "figurine",  # white on white
    "net_bag",  # openwork
    "desk_lamp",  # thin parts
    "feather",  # soft edges
    "tools",  # flat, in a contact shadow
    "earrings",  # a pair
    "handbag",  # a bag, its handles and chain
)
"""Families that are never trained on: they tell how a network does on unknown products."""

UNSEEN = (
    *HELD_OUT,
    *("toaster", "moka_pot", "clothes_iron", "shaker", "bell", "stand_mixer", "mills"),
    *("bicycle", "drying_rack", "macrame", "dish_rack", "trellis", "crate"),
    *("controller", "skateboard", "baby_set", "folded_shirt", "weights"),
    *("toy_car", "helmet", "guitar"),
)
"""Those, and the families that came after the training of the weights that are shipped."""


class Collection(Generic[Photo]):
    """All photos of a folder; ``refresh`` takes in those that have appeared since.

    Parameters
    ----------
    folder : of ``.npz`` files
    load : reads one of them
    own : share of the draws, 0…1, that show a product on its own backdrop
    held_out : whether to take the families that are never trained on, or all others
    """

    def __init__(
        self, folder: Path, load: Callable[[Path], Photo], own: float, *, held_out: bool
    ) -> None:
        self.folder, self.held_out = folder, held_out
        self.photos: list[Photo] = []
        self._load, self._share = load, own
        self._own: list[Photo] = []
        self._seen: set[str] = set()

    def refresh(self) -> int:
        """Load new photos of the wanted families; return how many photos there are."""
        for file in sorted(self.folder.glob("*.npz")):
            if file.name in self._seen:
                continue
            with np.load(file) as stored:
                wanted = (str(stored["family"]) in HELD_OUT) == self.held_out
            self._seen.add(file.name)
            if wanted:
                self.photos.append(self._load(file))
                if file.stem.endswith("-0"):
                    self._own.append(self.photos[-1])
        return len(self.photos)

    def draw(self, rng: np.random.Generator) -> Photo:
        """Choose a photo, often one that shows the product on its own backdrop.

        Only there do glass, mirrors and glossy rims show that backdrop too.
        """
        among = self._own if self._own and rng.random() < self._share else self.photos
        return among[rng.integers(len(among))]
