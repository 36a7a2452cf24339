"""Two drawn packshots on which providers are timed and compared.

They have what tells networks apart: a soft shadow, a hole, thin parts, a product nearly as light
as its backdrop. Drawn, not photographed, they are the same on every machine.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from models.spec import ModelSpec


def probes(spec: ModelSpec, side: int) -> list[NDArray[np.float32]]:
    """Return the inputs for a network, each (1, 3, side, side) and normalised as it expects."""
    mean, deviation = (np.array(values, np.float32) for values in (spec.mean, spec.std))
    return [
        np.ascontiguousarray(((picture / 255 - mean) / deviation).transpose(2, 0, 1)[None])
        for picture in (_ring(side), _bottle(side))
    ]


def as_probability(output: NDArray[np.float32], activation: str) -> NDArray[np.float32]:
    """Return a network's output as 0…1 per pixel."""
    raw = np.asarray(output, np.float32)
    if activation == "sigmoid":
        return np.asarray(1 / (1 + np.exp(-raw)), np.float32)
    return np.asarray(raw.clip(0, 1))


def _ring(side: int) -> NDArray[np.float32]:
    """Draw a dark ring with wires on a sweep of grey."""
    picture = _sweep(side, 236, 196)
    centre = (side // 2, side // 2)
    cv2.circle(picture, centre, side // 4, (48, 60, 92), max(2, side // 16), cv2.LINE_AA)
    for x, y in ((0.2, 0.15), (0.8, 0.12)):
        end = (int(x * side), int(y * side))
        cv2.line(picture, end, centre, (90, 70, 60), max(1, side // 160), cv2.LINE_AA)
    return picture


def _bottle(side: int) -> NDArray[np.float32]:
    """Draw a pale bottle with a shadow and a label, on paper that is hardly lighter."""
    picture = _sweep(side, 248, 240)
    shadow = np.zeros((side, side), np.float32)
    foot = (int(side * 0.55), int(side * 0.86))
    cv2.ellipse(shadow, foot, (side // 4, side // 24), 0, 0, 360, 60, -1)
    picture -= cv2.GaussianBlur(shadow, (0, 0), side / 40)[..., None]
    body = ((int(side * 0.36), int(side * 0.3)), (int(side * 0.64), int(side * 0.86)))
    neck = ((int(side * 0.46), int(side * 0.1)), (int(side * 0.54), int(side * 0.32)))
    for corners in (body, neck):
        cv2.rectangle(picture, *corners, (222, 224, 219), -1, cv2.LINE_AA)
    label = ((int(side * 0.38), int(side * 0.5)), (int(side * 0.62), int(side * 0.7)))
    cv2.rectangle(picture, *label, (40, 110, 150), -1, cv2.LINE_AA)
    return picture


def _sweep(side: int, light: float, dark: float) -> NDArray[np.float32]:
    """Return a backdrop that darkens downwards, with the noise of a camera."""
    ramp = np.linspace(light, dark, side, dtype=np.float32)[:, None, None]
    noise = np.random.default_rng(0).normal(0, 1.5, (side, side, 3)).astype(np.float32)
    return np.ascontiguousarray(np.broadcast_to(ramp, noise.shape) + noise)
