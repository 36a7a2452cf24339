"""Getting a worker process ready before the first photo comes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.matting.defects.lab import fill_tables

# A warm worker has imported them.
from engine.work import cutting, exports_of_cut, previewing  # noqa: F401
from engine.work.warm import sight

_SIDE = 64  # pixels of the picture that the network is run on


def warm_up(model: str, model_home: Path) -> None:
    """Load all that a cut takes, and run the model once; runs in a worker process.

    Parameters
    ----------
    model : its id
    model_home : the home of the store that it is in

    Raises
    ------
    ModelError : the model cannot be used
    """
    sight(np.zeros((_SIDE, _SIDE, 3), np.uint8), model, model_home)
    fill_tables()
