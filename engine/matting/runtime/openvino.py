"""Networks run by Intel's OpenVINO, which also knows AMD's processors.

The package ``openvino`` is used as it is: the builds of ONNX Runtime that contain OpenVINO replace
``onnxruntime``'s own files, and its plug-in of the same name refuses processors not of Intel.

``openvino`` computes in float32 and gives what the processor gives with ONNX Runtime, to 1e-5.
``openvino-bf16`` halves the width of the numbers on processors that can, which is about twice as
fast and only for networks that bear it: the measurement tells.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from engine.matting.runtime.identity import cpu_features

if TYPE_CHECKING:
    from types import ModuleType

    from openvino import CompiledModel, Core

_PRECISION = {"openvino": "f32", "openvino-bf16": "bf16"}
NAMES = tuple(_PRECISION)
"""Providers that this module knows."""

_BF16 = frozenset({"avx512_bf16", "amx_bf16", "bf16"})
_BLOB = "network.blob"


def offered() -> list[str]:
    """Return what OpenVINO can do on this machine, as far as it is installed."""
    if importlib.util.find_spec("openvino") is None:
        return []
    return ["openvino", "openvino-bf16"] if cpu_features() & _BF16 else ["openvino"]


class OpenVinoNetwork:
    """A network compiled by OpenVINO; ``provider`` is what runs it."""

    def __init__(self, compiled: CompiledModel, provider: str) -> None:
        self.provider = provider
        self._request = compiled.create_infer_request()

    def run(self, blob: NDArray[np.float32]) -> NDArray[Any]:
        """Return the first output for one input."""
        self._request.infer([blob])
        return np.array(self._request.get_output_tensor(0).data)


def prepare(model: str | bytes, folder: Path, provider: str, threads: int, side: int) -> None:
    """Write the model compiled for this very processor into ``folder``."""
    compiled = _compiled(model, provider, threads, side)
    with (folder / _BLOB).open("wb") as stream:
        stream.write(compiled.export_model().getvalue())


def open_prepared(folder: Path, provider: str, threads: int) -> OpenVinoNetwork:
    """Load what :func:`prepare` wrote."""
    compiled = _core().import_model(
        (folder / _BLOB).read_bytes(), "CPU", _settings(provider, threads)
    )
    return OpenVinoNetwork(compiled, provider)


def open_model(model: str | bytes, provider: str, threads: int, side: int) -> OpenVinoNetwork:
    """Load and compile a model's path or content.

    Raises
    ------
    Exception : whatever OpenVINO raises; its errors share no narrower class
    """
    return OpenVinoNetwork(_compiled(model, provider, threads, side), provider)


def _core() -> Core:
    """Return OpenVINO, imported without the part that reports every import to its makers.

    The report is sent by a package of its own, in a process of its own, which ``engine.offline``
    would not see; where that package cannot be imported, OpenVINO does without.
    """
    cast("dict[str, ModuleType | None]", sys.modules)["openvino_telemetry"] = None
    import openvino  # noqa: PLC0415 - an extra, and slow to import

    return openvino.Core()


def _compiled(model: str | bytes, provider: str, threads: int, side: int) -> CompiledModel:
    core = _core()
    network = core.read_model(model)
    if network.inputs[0].partial_shape.is_dynamic:
        network.reshape([1, 3, side, side])
    return core.compile_model(network, "CPU", _settings(provider, threads))


def _settings(provider: str, threads: int) -> dict[str, Any]:
    return {
        "INFERENCE_PRECISION_HINT": _PRECISION[provider],
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
    }
