"""The one place where networks are loaded: with the best provider, from what was made ready.

A verified model's optimised graph is kept beside it, so that every start after the first takes a
fraction. Whatever goes wrong with that, or with a provider, costs speed and never the network.

A network may be loaded as far as one of its outputs only, for a smaller picture (``truncate``), and
then the processor computes it in integers where the network is known to bear that (``eight_bits``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from engine.matting.runtime import openvino, ort
from engine.matting.runtime.choice import (
    FULL_PRECISION,
    Choice,
    Loaded,
    Open,
    choose,
    first_line,
    measure_and_keep,
)
from engine.matting.runtime.eight_bits import in_eight_bits
from engine.matting.runtime.identity import RUNTIMES, fingerprint
from engine.matting.runtime.truncate import truncate
from models.calibrated import Calibration, calibration
from models.errors import ModelInvalid
from models.ready import Ready
from models.spec import Look, ModelSpec


@dataclass(frozen=True)
class LoadedNetwork:
    """A network, and what a person should know of how it came to be loaded."""

    network: Loaded
    notes: tuple[str, ...] = ()


def load(model: Path, spec: ModelSpec, threads: int, look: Look) -> LoadedNetwork:
    """Load a model's verified file.

    Parameters
    ----------
    model : the file; what is made ready from it lies beside it
    threads : how many threads one inference may use
    look : what is wanted of it; what only other outputs need is left out

    Raises
    ------
    ModelInvalid : not even the processor can run the file
    """
    ready = Ready(model.parent, spec.sha256)
    opening = partial(_open, _File(model, spec, look), threads, ready)
    try:
        return _best(*choose(spec, look.side, ready, opening), opening)
    # ONNX Runtime's exceptions share no base class but Exception.
    except Exception as error:
        raise ModelInvalid(
            spec.id,
            f"ONNX Runtime cannot load {model.name} ({first_line(error)})",
            f"Install it again: packshot models install {spec.id}.",
        ) from error


def measure_again(model: Path, spec: ModelSpec, threads: int) -> Choice:
    """Measure every provider of a model's verified file anew, and keep to the result from now on.

    Raises
    ------
    Exception : whatever ONNX Runtime raises where not even the processor can run the file
    """
    ready = Ready(model.parent, spec.sha256)
    opening = partial(_open, _File(model, spec, spec.quick), threads, ready)
    with ready.alone():
        return measure_and_keep(spec, spec.quick.side, ready, opening)


def _best(choice: Choice, new: bool, opening: Open) -> LoadedNetwork:
    """Load with the provider chosen, or with the processor when that fails today."""
    notes = []
    if new:
        notes += [_note(name, trouble) for name, trouble in choice.failed.items()]
    if new and choice.seconds:
        notes.append(f"the providers were measured once for this model: {choice.provider} runs it")
    if choice.provider != "cpu":
        try:
            return LoadedNetwork(opening(choice.provider), tuple(notes))
        # Drivers and runtimes raise what they like; the processor is always there.
        except Exception as error:
            notes.append(_note(choice.provider, first_line(error)))
    return LoadedNetwork(opening("cpu"), tuple(notes))


def _note(provider: str, trouble: str) -> str:
    return f"the provider {provider} does not work and is left out ({trouble})"


@dataclass(frozen=True)
class _File:
    """A model's file, as far as it is wanted."""

    path: Path
    spec: ModelSpec
    look: Look

    calibration: Calibration | None = None

    def in_integers(self) -> _File:
        """Return it computed in integers, where that is wanted and known not to harm."""
        if self.look.exact:
            return self
        known = calibration(self.spec.id, self.spec.sha256, self.look.output)
        return replace(self, calibration=known)

    @property
    def source(self) -> str | bytes:
        """What a runtime loads: the file, or what is made of its content."""
        if not self._changed:
            return str(self.path)
        wanted = truncate(self.path.read_bytes(), self.look.output, self.look.side)
        return in_eight_bits(wanted, self.calibration) if self.calibration else wanted

    @property
    def key(self) -> str:
        """What tells it from the file as it is."""
        if not self._changed:
            return ""
        integers = f"-{self.calibration.digest}" if self.calibration else ""
        return f"-{self.look.output}-{self.look.side}{integers}"

    @property
    def _changed(self) -> bool:
        whole = (self.look.output, self.look.side) == (0, self.spec.input_size)
        return self.calibration is not None or not whole


def _open(file: _File, threads: int, ready: Ready, provider: str) -> Loaded:
    """Load a network with one provider, from what was made ready where the provider can."""
    if provider in ("cpu", FULL_PRECISION):
        file = file.in_integers() if provider == "cpu" else file
        return _from_ready(
            ready,
            "cpu",
            file.key,
            lambda folder: ort.prepare(file.source, folder),
            lambda folder: ort.open_prepared(folder, threads, provider),
        ) or ort.OrtNetwork(ort.session(file.source, threads), provider)
    if provider in openvino.NAMES:
        return _from_ready(
            ready,
            provider,
            file.key,
            lambda folder: openvino.prepare(file.source, folder, provider, threads, file.look.side),
            lambda folder: openvino.open_prepared(folder, provider, threads),
        ) or openvino.open_model(file.source, provider, threads, file.look.side)
    return ort.OrtNetwork(ort.session(file.source, threads, provider), provider)


def _from_ready(
    ready: Ready,
    provider: str,
    part: str,
    make: Callable[[Path], None],
    opened: Callable[[Path], Loaded],
) -> Loaded | None:
    """Return the network from files made ready, now or earlier; None when that does not work."""
    libraries = [name for name in RUNTIMES if name.startswith("onnx") == (provider == "cpu")]
    key = f"{provider}{part}-{fingerprint(libraries=libraries)}"
    try:
        folder = ready.find(key) or ready.keep(key, make)
        return opened(folder) if folder else None
    # A full disk or a graph that cannot be written: the model's own file tells what is wrong.
    except Exception:
        return None
