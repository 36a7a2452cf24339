"""The networks that this worker process has loaded, kept warm from job to job."""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.matting.network import Network
from engine.matting.refiner import load_network
from engine.work.machine import job_threads
from models.store import ModelStore

if TYPE_CHECKING:
    import onnxruntime as ort

_TIMING_WEIGHT = 0.2  # of the newest run in the running mean that `models list` shows

_networks: dict[tuple[Path, str], Network] = {}


def probability(pixels: NDArray[np.uint8], model: str, home: Path) -> NDArray[np.float32]:
    """Return a model's raw probability map for a photo, loading the model when it is cold.

    Parameters
    ----------
    pixels : (H, W, 3) uint8 sRGB
    model : the model's id
    home : the store that holds it

    Returns
    -------
    (h, w) float32, 0…1, for the whole photo at the network's own resolution

    Raises
    ------
    ModelMissing, ModelChanged, ModelInvalid : the file cannot be used
    """
    store = ModelStore(home)
    key = (home, model)
    network = _networks.get(key)
    cold = network is None
    if network is None:
        network = Network(store.verified_path(model), store.spec(model), job_threads())
        _networks.clear()  # one model at a time: two large ones would not fit a small machine
        _networks[key] = network
    started = time.monotonic()
    result = network.probability(pixels)
    if not cold:
        _note_timing(store, model, time.monotonic() - started)
    return result


@functools.cache
def refiner() -> ort.InferenceSession:
    """Return the learned refiner, loaded once in this process.

    Raises
    ------
    ModelChanged : its file is not the one that packshot came with
    """
    return load_network(job_threads())


def _note_timing(store: ModelStore, model: str, seconds: float) -> None:
    known = store.timing(model)
    if known is not None:
        seconds = (1 - _TIMING_WEIGHT) * known + _TIMING_WEIGHT * seconds
    store.record_timing(model, seconds)
