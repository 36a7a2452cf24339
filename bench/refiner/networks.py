"""The two networks that are trained here, and what each is trained on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frame_data
import frame_model
import numpy as np
import outline_data
import outline_model
from torch import nn


@dataclass(frozen=True)
class Task:
    """One network's training.

    network : makes it, untrained; its input's last channel is the matte to be corrected
    inputs, stride : channels of its input, and what its height and width are multiples of
    load : reads a photo
    patch : cuts a training pair from a photo: pictures (inputs, side, side) and target (2, side,
        side), the true matte and how much every pixel counts; float32, 0…1
    own : share of the draws that show a product on its own backdrop
    truth : share of the true mattes in the loss of the twin in 8 bits, beside its original's
    """

    network: Callable[[], nn.Module]
    inputs: int
    stride: int
    load: Callable[[Path], Any]
    patch: Callable[[np.random.Generator, Any], tuple[np.ndarray, np.ndarray]]
    own: float
    truth: float


TASKS = {
    "frame": Task(
        frame_model.FrameCorrector,
        frame_model.INPUTS,
        frame_model.STRIDE,
        frame_data.load,
        frame_data.patch,
        frame_data.OWN,
        truth=0.0,
    ),
    "outline": Task(
        outline_model.OutlineDrawer,
        outline_model.INPUTS,
        outline_model.STRIDE,
        outline_data.load,
        outline_data.patch,
        outline_data.OWN,
        truth=0.5,
    ),
}
