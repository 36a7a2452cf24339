"""A network whose convolutions are computed in integers of eight bits.

Processors do four such multiplications for one in float32, and a third of the time is left. Each
value becomes one of 256 steps of the range that it has on photos, and the weights of each channel
one of 127 (Jacob et al., "Quantization and training of neural networks for efficient
integer-arithmetic-only inference", CVPR 2018). Ranges are measured beforehand; a convolution whose
input has none, or whose weights do not bear it, stays as it is.

Weights take seven of the eight bits: processors that add two products in 16 bits, as AVX2 does,
would reach the end of those. So the sums are exact, and the same on every processor.

What is written is the graph with a rounding behind each value and before each convolution's
weights, from which ONNX Runtime makes convolutions in integers
(https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.matting.runtime import protobuf as pb
from models.calibrated import Calibration

WEIGHT_STEPS = 63
"""To either side of zero."""

_GRAPH, _OPERATORS = 7, 8  # of a model
_DOMAIN, _VERSION = 1, 2  # of a set of operators
_NODE, _WEIGHTS, _INPUT = 1, 5, 11  # of a graph
_NAME = 1  # of an input
_TAKES, _GIVES, _KIND, _ATTRIBUTE, _FROM = 1, 2, 4, 5, 7  # of a node
_TITLE, _INTEGER, _TYPE = 1, 3, 20  # of an attribute, and the type that it has:
_IS_INTEGER = 2
_LENGTH, _ELEMENTS, _LABEL, _RAW = 1, 2, 8, 9  # of a tensor, whose elements may be:
_FLOAT32, _UINT8, _INT8, _INT32 = 1, 2, 3, 6
_ELEMENT_OF = {"float32": _FLOAT32, "uint8": _UINT8, "int8": _INT8, "int32": _INT32}

_RUNTIME = b"com.microsoft"  # ONNX itself rounds by channels only since version 13 of its operators
_POOLS = 12  # version of ONNX's operators; nothing that U²-Net uses changed from 11 to it
_WITHIN = {b"MaxPool", b"Resize"}  # what they give has the range of what they take
_STEPS, _BIAS_STEPS = 255, 2**30
_SMALLEST = 1e-30  # of a step: a channel may hold nothing but zeros


def in_eight_bits(model: bytes, calibration: Calibration) -> bytes:
    """Return a model that computes in integers where the ranges of its values are known.

    Parameters
    ----------
    model : a serialised ONNX model, its weights inside
    calibration : made for this model

    Raises
    ------
    ValueError : it is no ONNX model
    """
    own = pb.field(_DOMAIN, _RUNTIME) + pb.varint_field(_VERSION, 1)
    parts: list[pb.Message] = []
    for number, content, whole in pb.fields(model):
        if number == _GRAPH:
            parts += pb.framed(_GRAPH, _rounded(content, calibration))
        elif number == _OPERATORS and not next(pb.texts(content, _DOMAIN), b""):
            parts.append(pb.field(_OPERATORS, pb.replaced(content, _VERSION, _pooling_integers)))
        else:
            parts.append(whole)
    return b"".join([*parts, pb.field(_OPERATORS, own)])


def _pooling_integers(version: memoryview) -> bytes:
    """Return a version of ONNX's operators whose pooling takes integers, too."""
    return pb.varint_field(_VERSION, max(_POOLS, pb.read_varint(version)[0]))


def _rounded(graph: memoryview, calibration: Calibration) -> list[pb.Message]:
    """Return the fields of a graph with its values and weights rounded."""
    parts = list(pb.fields(graph))
    steps = {name.encode(): _Steps.of(*limits) for name, limits in calibration.ranges.items()}
    exact = {name.encode() for name in calibration.exact}
    weights = {
        _label(content): content
        for number, content, _ in parts
        if number == _WEIGHTS and _label(content) not in exact
    }
    writer = _Writer(steps, weights)
    for number, content, _ in parts:
        if number == _INPUT:
            writer.round_value(next(pb.texts(content, _NAME), b""))
    for number, content, _ in parts:
        if number == _NODE:
            writer.add(content)
    kept = [
        whole
        for number, content, whole in parts
        if number != _NODE and not (number == _WEIGHTS and _label(content) in writer.replaced)
    ]
    return [*kept, *writer.written]


@dataclass(frozen=True)
class _Steps:
    """How a value is written as an integer: ``size`` of a step, and the step that is ``zero``."""

    size: float
    zero: int

    @classmethod
    def of(cls, least: float, greatest: float) -> _Steps:
        least, greatest = min(least, 0.0), max(greatest, 0.0)
        size = max((greatest - least) / _STEPS, _SMALLEST)
        return cls(size, round(-least / size))


class _Writer:
    """Writes the nodes of a graph anew, one after the other.

    Parameters
    ----------
    steps : of the values whose ranges are known; more become known on the way
    weights : those that may be rounded, as they are stored

    Attributes
    ----------
    written : the fields of the graph so far
    replaced : names of the weights that integers stand for
    """

    def __init__(self, steps: dict[bytes, _Steps], weights: Mapping[bytes, memoryview]) -> None:
        self.written: list[bytes] = []
        self.replaced: set[bytes] = set()
        self._steps = steps
        self._weights = weights

    def add(self, node: memoryview) -> None:
        """Write a node that takes what is rounded so, and round what it gives."""
        takes, gives = list(pb.texts(node, _TAKES)), list(pb.texts(node, _GIVES))
        kind = next(pb.texts(node, _KIND), b"")
        taken = [_behind(name) if name in self._steps else name for name in takes]
        if takes and takes[0] in self._steps:
            if kind == b"Conv" and all(name in self._weights for name in takes[1:]):
                taken[1:] = self._rounded_weights(takes)
            if kind in _WITHIN:
                self._steps |= dict.fromkeys(gives, self._steps[takes[0]])
        others = (whole for number, _, whole in pb.fields(node) if number != _TAKES)
        self._write_node(*(pb.field(_TAKES, name) for name in taken), *others)
        for name in gives:
            self.round_value(name)

    def round_value(self, name: bytes) -> None:
        """Write the rounding of a value whose range is known, to an integer and back."""
        if name not in self._steps:
            return
        steps = self._steps[name]
        known = [
            self._write_tensor(name + b" step", np.array(steps.size, np.float32)),
            self._write_tensor(name + b" zero", np.array(steps.zero, np.uint8)),
        ]
        self._write_step(b"QuantizeLinear", [name, *known], name + b" as integer")
        self._write_step(b"DequantizeLinear", [name + b" as integer", *known], _behind(name))

    def _rounded_weights(self, takes: Sequence[bytes]) -> list[bytes]:
        """Write a convolution's weights, and its bias if it has one, as integers; name them."""
        name = takes[1]
        weights = _array(self._weights[name])
        step = np.abs(weights).reshape(len(weights), -1).max(axis=1) / WEIGHT_STEPS
        picture = self._steps[takes[0]].size
        biases = [_array(self._weights[bias]) for bias in takes[2:]]
        for values in biases:  # of a channel of all but zeros, it may be far more than a step
            step = np.maximum(step, np.abs(values) / (picture * _BIAS_STEPS))
        step = np.maximum(step, _SMALLEST)
        across = step.reshape(-1, *[1] * (weights.ndim - 1))
        whole = [(name, np.rint(weights / across).astype(np.int8), step)]
        for bias, values in zip(takes[2:], biases, strict=True):
            size = picture * step
            whole.append((bias, np.rint(values / size).astype(np.int32), size))
        self.replaced.update(takes[1:])
        return [self._write_constant(*one) for one in whole]

    def _write_constant(self, name: bytes, integers: NDArray[Any], step: NDArray[Any]) -> bytes:
        """Write integers, a step for each channel, and what they come to."""
        zero = np.zeros(step.shape, integers.dtype)
        takes = [
            self._write_tensor(name + b" as integer", integers),
            self._write_tensor(name + b" step", step.astype(np.float32)),
            self._write_tensor(name + b" zero", zero),
        ]
        along = pb.field(_TITLE, b"axis") + pb.varint_field(_INTEGER, 0)
        along += pb.varint_field(_TYPE, _IS_INTEGER)
        return self._write_step(b"DequantizeLinear", takes, _behind(name), along)

    def _write_step(
        self, kind: bytes, takes: Sequence[bytes], gives: bytes, attribute: bytes = b""
    ) -> bytes:
        node = b"".join(pb.field(_TAKES, name) for name in takes) + pb.field(_GIVES, gives)
        node += pb.field(_KIND, kind) + pb.field(_FROM, _RUNTIME)
        self._write_node(node + (pb.field(_ATTRIBUTE, attribute) if attribute else b""))
        return gives

    def _write_node(self, *parts: pb.Message) -> None:
        self.written.append(pb.field(_NODE, *parts))

    def _write_tensor(self, name: bytes, values: NDArray[Any]) -> bytes:
        tensor = b"".join(pb.varint_field(_LENGTH, length) for length in values.shape)
        tensor += pb.varint_field(_ELEMENTS, _ELEMENT_OF[values.dtype.name])
        tensor += pb.field(_LABEL, name) + pb.field(_RAW, values.tobytes())
        self.written.append(pb.field(_WEIGHTS, tensor))
        return name


def _label(tensor: memoryview) -> bytes:
    """Return a tensor's name."""
    return next(pb.texts(tensor, _LABEL), b"")


def _behind(name: bytes) -> bytes:
    """Return what a value is called once it is rounded."""
    return name + b" rounded"


def _array(tensor: memoryview) -> NDArray[np.float32]:
    """Return a tensor of float32 as an array."""
    shape = [
        length
        for number, content, _ in pb.fields(tensor)
        if number == _LENGTH
        for length in pb.varints(content)
    ]
    raw = next((content for number, content, _ in pb.fields(tensor) if number == _RAW), b"")
    return np.frombuffer(raw, np.float32).reshape(shape)
