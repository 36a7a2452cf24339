"""Which provider runs a network: measured once, then kept.

The same photo and recipe give the same bytes only while the same provider computes them, so that
a choice stands until the processor, its driver or a library changes, or a person has it measured
again. A provider has to be faster than the processor and to say the same; one that fails is named
and left out. What runs on the processor is compared by the time that the processor worked: that is
what photos side by side cost each other, and other programs do not disturb it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.matting.runtime import openvino, ort
from engine.matting.runtime.identity import fingerprint
from engine.matting.runtime.probe import as_probability, probes
from models.calibrated import calibration
from models.ready import Ready
from models.spec import ModelSpec

FORCE = "PACKSHOT_PROVIDER"
"""Environment variable by which a person chooses the provider instead."""

FULL_PRECISION = "cpu-float32"
"""The processor without integers of eight bits: what others are compared with, and chosen by nobody
but a person."""

NAMES = ("cpu", FULL_PRECISION, "openvino", "openvino-bf16", "cuda", "coreml", "directml")
"""Every provider that packshot knows, whether it is here or not."""

ON_PROCESSOR = frozenset({"cpu", *openvino.NAMES})
"""Those that need no other device."""

_MOST, _MEAN = 0.02, 0.0005  # of a probability, by which a provider may differ from the processor
_GAIN = 0.9  # share of the processor's time below which another provider is worth its while
_ROUNDS = 3


class Loaded(Protocol):
    """A network ready to run."""

    provider: str

    def run(self, blob: NDArray[np.float32]) -> NDArray[Any]:
        """Return the first output for one input."""


Open = Callable[[str], Loaded]
"""Loads the network with the provider of that name."""


@dataclass(frozen=True)
class Choice:
    """The provider of a network, and why it is that one.

    ``seconds`` of one inference, the processor's own or those that pass while another device works,
    and ``difference`` from the processor's probabilities (the largest), both by provider;
    ``refused`` says why one must not be used, ``failed`` why one cannot.
    """

    provider: str
    seconds: dict[str, float] = field(default_factory=dict)
    difference: dict[str, float] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def offered() -> list[str]:
    """Return the providers that are installed here, the processor first; loads none."""
    return [*ort.offered(), *openvino.offered()]


def choose(spec: ModelSpec, side: int, ready: Ready, load: Open) -> tuple[Choice, bool]:
    """Return the provider for a network: the one asked for, the one kept, or the fastest now.

    The second value is True where a person should be told, because it was not so before. ``side``
    is that of the picture that ``load`` loads the network for.
    """
    here = offered()
    if wanted := os.environ.get(FORCE, "").strip().lower():
        if wanted in (*here, FULL_PRECISION):
            return Choice(wanted), False
        reason = "is not installed here" if wanted in NAMES else "is unknown"
        return Choice("cpu", failed={wanted: f"it {reason}; there is {', '.join(here)}"}), True
    if here == ["cpu"]:
        return Choice("cpu"), False
    with ready.alone():
        if known := kept(spec, ready):
            return known, False
        return measure_and_keep(spec, side, ready, load), True


def measure_and_keep(spec: ModelSpec, side: int, ready: Ready, load: Open) -> Choice:
    """Measure the providers that are here, whatever was chosen before, and keep the choice."""
    here = offered()
    measured = measure(spec, side, here, load)
    ready.record(_key(spec, here), asdict(measured))
    return measured


def kept(spec: ModelSpec, ready: Ready) -> Choice | None:
    """Return the choice that was measured before, without measuring anything."""
    here = offered()
    return _read(ready.note(_key(spec, here)), here)


def measure(spec: ModelSpec, side: int, names: Sequence[str], load: Open) -> Choice:
    """Time every provider on the same pictures, in turn, and compare what they say.

    Parameters
    ----------
    side : of the picture that the network is loaded for
    names : the providers, the processor first
    """
    pictures = probes(spec, side)
    loaded: dict[str, Loaded] = {}
    refused: dict[str, str] = {}
    failed: dict[str, str] = {}
    difference: dict[str, float] = {}

    def answers(network: Loaded) -> list[NDArray[np.float32]]:
        return [as_probability(network.run(p), spec.activation) for p in pictures]

    # What eight bits change was weighed on photos with a true matte, not by these pictures.
    in_integers = calibration(spec.id, spec.sha256, spec.quick_output) is not None
    truth = answers(load(FULL_PRECISION)) if in_integers else []
    for name in names:
        try:
            network = load(name)
            said = answers(network)
        # Drivers and runtimes raise what they like; it only costs this provider its chance.
        except Exception as error:
            if name == "cpu":
                raise
            failed[name] = first_line(error)
            continue
        truth = truth or said
        apart = [np.abs(ours - true) for ours, true in zip(said, truth, strict=True)]
        difference[name] = float(max(each.max() for each in apart))
        alike = difference[name] <= _MOST and max(each.mean() for each in apart) <= _MEAN
        if not (alike or (name == "cpu" and in_integers)):
            refused[name] = f"its probabilities differ by up to {difference[name]:.3f}"
            continue
        loaded[name] = network
    seconds = _timed(loaded, pictures[0])
    best = min(seconds, key=lambda name: seconds[name])
    provider = best if seconds[best] < _GAIN * seconds["cpu"] else "cpu"
    return Choice(provider, seconds, difference, refused, failed)


def _timed(loaded: Mapping[str, Loaded], picture: NDArray[np.float32]) -> dict[str, float]:
    """Return each one's shortest time; all take turns, so that other work disturbs all alike."""
    seconds = dict.fromkeys(loaded, float("inf"))
    for _ in range(_ROUNDS):
        for name, network in loaded.items():
            clock = time.process_time if name in ON_PROCESSOR else time.perf_counter
            started = clock()
            network.run(picture)
            seconds[name] = min(seconds[name], clock() - started)
    return seconds


def _key(spec: ModelSpec, here: Sequence[str]) -> str:
    """Return what a choice is kept under: it holds for what was measured, integers among it."""
    known = calibration(spec.id, spec.sha256, spec.quick_output)
    return f"provider-{fingerprint(*here)}" + (f"-{known.digest}" if known else "")


def _read(note: Mapping[str, Any] | None, here: Sequence[str]) -> Choice | None:
    """Return a note as a choice; None when it is not one that can be kept to."""
    if note is None:
        return None
    try:
        choice = Choice(**note)
        if choice.provider not in here:
            return None
        return Choice(
            choice.provider,
            {str(name): float(value) for name, value in choice.seconds.items()},
            {str(name): float(value) for name, value in choice.difference.items()},
            {str(name): str(value) for name, value in choice.refused.items()},
            {str(name): str(value) for name, value in choice.failed.items()},
        )
    except (TypeError, ValueError, AttributeError):
        return None


def first_line(error: Exception) -> str:
    """Return what an error of a runtime says, without its pages of detail."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:200]
