"""Getting a worker process ready before the first photo comes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.work import cutting, previewing  # noqa: F401 - a warm worker has imported them
from engine.work.warm import probability, refiner

_SIDE = 64  # pixels of the picture that the network is run on


@dataclass(frozen=True)
class WarmJob:
    """A model to be loaded from the store in ``model_home``."""

    model: str
    model_home: Path


def warm_up(job: WarmJob) -> None:
    """Load a model and the refiner, and run the model once; runs in a worker process.

    Raises
    ------
    ModelError : the model cannot be used
    """
    probability(np.zeros((_SIDE, _SIDE, 3), np.uint8), job.model, job.model_home)
    refiner()
