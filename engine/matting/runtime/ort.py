"""Networks run by ONNX Runtime, on the processor or by another of its providers.

A network here has one input and a first output that counts; arrays are float32 unless the network
says otherwise, and belong to the caller.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnxruntime

_EXECUTES = {
    "cpu": "CPUExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "directml": "DmlExecutionProvider",
}
# The same photo gives the same bytes: full precision, and no search for the quickest algorithm,
# which ends differently from one process to the next.
_STABLE = {"cuda": {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"}}
_GRAPH, _WEIGHTS = "graph.onnx", "weights.bin"
_WEIGHT_BYTES = 1024  # from so many on a constant lies in the file of weights


def offered() -> list[str]:
    """Return the providers that this build of ONNX Runtime brings, the processor first."""
    import onnxruntime  # noqa: PLC0415 - only what runs networks has to wait for it

    available = onnxruntime.get_available_providers()
    return [name for name, long in _EXECUTES.items() if long in available]


def options(threads: int) -> onnxruntime.SessionOptions:
    """Return the options that every session here has; ``threads`` 0: ONNX Runtime chooses.

    Threads do not spin while they wait: with several worker processes they would burn each
    other's cores (a fifth of the processor time of u2netp on two threads). Memory is not planned
    ahead per input shape, which takes a quarter more of it and saves no time.
    """
    import onnxruntime  # noqa: PLC0415 - only what runs networks has to wait for it

    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = threads
    chosen.inter_op_num_threads = 1
    chosen.enable_mem_pattern = False
    # A worker keeps what is freed for whatever comes next, photo or network: an arena of the
    # runtime's own would hold 200 MB beside it that nothing else can use.
    chosen.enable_cpu_mem_arena = False
    chosen.log_severity_level = 3  # warnings about the graph are no news for a person
    chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return chosen


def session(
    model: str | bytes, threads: int, provider: str = "cpu"
) -> onnxruntime.InferenceSession:
    """Return a session for a model's path or content, as it is.

    Raises
    ------
    Exception : whatever ONNX Runtime raises; its errors share no narrower class
    """
    return _session(model, options(threads), provider)


class OrtNetwork:
    """A network loaded into ONNX Runtime; ``provider`` is what runs it."""

    def __init__(self, loaded: onnxruntime.InferenceSession, provider: str) -> None:
        self.provider = provider
        self._session = loaded
        self._input = loaded.get_inputs()[0].name
        self._output = loaded.get_outputs()[0].name

    def run(self, blob: NDArray[np.float32]) -> NDArray[Any]:
        """Return the first output for one input."""
        found: NDArray[Any] = self._session.run([self._output], {self._input: blob})[0]
        return found


def prepare(model: str | bytes, folder: Path) -> None:
    """Write the model's optimised graph into ``folder``, its weights in a file of their own.

    The weights are then mapped into memory instead of being read and copied: a session starts in
    a twentieth of the time, and all worker processes share one copy. The graph is optimised for
    this very processor.
    """
    chosen = options(1)
    chosen.optimized_model_filepath = str(folder / _GRAPH)
    prefix = "session.optimized_model_external_initializers_"
    chosen.add_session_config_entry(f"{prefix}file_name", _WEIGHTS)
    chosen.add_session_config_entry(f"{prefix}min_size_in_bytes", str(_WEIGHT_BYTES))
    _session(model, chosen, "cpu")


def open_prepared(folder: Path, threads: int, name: str = "cpu") -> OrtNetwork:
    """Load what :func:`prepare` wrote; the processor that runs it goes by that name."""
    import onnxruntime  # noqa: PLC0415 - only what runs networks has to wait for it

    chosen = options(threads)
    chosen.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return OrtNetwork(_session(str(folder / _GRAPH), chosen, "cpu"), name)


def _session(
    model: str | bytes, chosen: onnxruntime.SessionOptions, provider: str
) -> onnxruntime.InferenceSession:
    import onnxruntime  # noqa: PLC0415 - only what runs networks has to wait for it

    wanted = _EXECUTES[provider]
    if wanted not in onnxruntime.get_available_providers():
        raise RuntimeError(f"this build of ONNX Runtime has no {wanted}")
    providers: list[str | tuple[str, dict[str, str]]] = [(wanted, _STABLE.get(provider, {}))]
    if provider != "cpu":
        providers.append(_EXECUTES["cpu"])  # for what the other cannot do
    loaded = onnxruntime.InferenceSession(model, chosen, providers=providers)
    # ONNX Runtime falls back without a word when a driver is missing.
    if wanted not in loaded.get_providers():
        raise RuntimeError(f"ONNX Runtime left {wanted} out; is its driver installed?")
    return loaded
