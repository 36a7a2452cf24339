"""The networks that this worker process has loaded, kept warm from job to job."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import REPORTED
from engine.matting.defects.lab import fill_tables
from engine.matting.network import Network
from engine.matting.refiner import Refiner, load_refiner
from engine.matting.sight import Sight, look
from engine.matting.smaller import Smaller
from engine.work.machine import available_cores, job_threads
from models.store import ModelStore

_TIMING_WEIGHT = 0.2  # of the newest photo in the running mean that `models list` shows

_networks: dict[tuple[Path, str], Network] = {}
_refiners: list[Refiner] = []
_loading = threading.RLock()  # held by whoever loads one of them


def sight(
    pixels: NDArray[np.uint8],
    model: str,
    home: Path,
    *,
    refined: bool = True,
    smaller: Smaller | None = None,
    timed: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> Sight:
    """Return what a model and the refiner see in a photo, loading what is cold.

    Parameters
    ----------
    pixels : (H, W, 3) uint8 sRGB
    model : the model's id
    home : the store that holds it
    refined : whether its answer will be refined
    smaller : copies of the same photo; None makes its own
    timed : what to count the time of ``network`` and ``refine`` with

    Raises
    ------
    ModelMissing, ModelChanged, ModelInvalid : a file cannot be used
    """
    with timed("network"):  # or what is loaded for it
        asked, learned = network(model, home), refiner() if refined else None
    return look(pixels, asked, learned, smaller, timed)


def is_warm(model: str, home: Path) -> bool:
    """Return whether a model is loaded in this process."""
    return (home, model) in _networks


def network(model: str, home: Path) -> Network:
    """Return a model's network, loaded now or earlier; it says which provider runs it.

    Raises
    ------
    ModelMissing, ModelChanged, ModelInvalid : the file cannot be used
    """
    key = (home, model)
    with _loading:
        if key not in _networks:
            store = ModelStore(home)
            loaded = Network(store.verified_path(model), store.spec(model), job_threads())
            _networks.clear()  # one model at a time: two large ones would not fit a small machine
            _networks[key] = loaded
        return _networks[key]


def refiner() -> Refiner:
    """Return the learned networks of the refiner, loaded once in this process.

    Raises
    ------
    ModelChanged : a file is not the one that packshot came with
    """
    with _loading:
        if not _refiners:
            _refiners.append(load_refiner(job_threads()))
        return _refiners[0]


def load_ahead(model: str, home: Path) -> None:
    """Load what a cut takes in a thread of its own, while its photo is decoded.

    What goes wrong is told when it is asked for: then it is tried again.
    """
    if is_warm(model, home):
        return

    def load() -> None:
        with suppress(*REPORTED):
            network(model, home)
            refiner()
        fill_tables()

    threading.Thread(target=load, daemon=True).start()


def note_time(model: str, home: Path, seconds: float) -> None:
    """Note how long a whole photo takes with a model on this machine.

    Parameters
    ----------
    seconds : of the processor, for one photo, the model warm; with all cores at work on photos,
        one is done in as many seconds as that comes to for each core
    """
    store = ModelStore(home)
    each = seconds / available_cores()
    known = store.timing(model)
    if known is not None:
        each = (1 - _TIMING_WEIGHT) * known + _TIMING_WEIGHT * each
    store.record_timing(model, each)
