"""Store the weights of an exported network as the integers that its convolutions compute in.

The roundings of activations are in the graph already, as pairs of ``QuantizeLinear`` and
``DequantizeLinear``. From such a pair on either side, and weights and bias that are dequantised,
ONNX Runtime makes one convolution in integers
(https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html).
"""

from __future__ import annotations

import numpy as np
import onnx
from graph import Graph
from onnx import helper

from engine.matting.runtime.eight_bits import WEIGHT_STEPS

_FEWEST = 16  # outputs that ONNX Runtime's quickest convolution makes at once
_OFF = 1e-3  # of a step, by which a weight may miss a whole number of them
_BIAS_STEPS = 2**30
_SMALLEST = 1e-30  # of a step: a channel may hold nothing but zeros


def store_integers(graph: Graph) -> int:
    """Rewrite the convolutions between roundings; return how many there are."""
    rewritten = 0
    for node in list(graph.proto.node):
        taken = graph.giver(node.input[0]) if node.op_type == "Conv" else None
        given = [taker.op_type for taker in graph.takers(node.output[0])]
        if taken is not None and taken.op_type == "DequantizeLinear" and "QuantizeLinear" in given:
            _store(graph, node, graph.weights(taken.input[1]))
            rewritten += 1
    graph.drop_unused()
    return rewritten


def _store(graph: Graph, convolution: onnx.NodeProto, step: np.ndarray) -> None:
    """Store weights as int8 and bias as int32; ``step`` is that of the activations."""
    weights, bias = (graph.weights(name) for name in convolution.input[1:3])
    if len(bias) < _FEWEST:
        _keep_first(graph, convolution, len(bias))
        weights, bias = (_padded(each) for each in (weights, bias))
    steps = np.abs(weights).max(axis=(1, 2, 3)) / WEIGHT_STEPS
    for least in (np.abs(bias) / (step * _BIAS_STEPS), _SMALLEST):  # any step does for zeros
        steps = np.maximum(steps, least)
    exact = weights / steps[:, None, None, None]
    whole = np.rint(exact)
    if not np.abs(exact - whole).max() <= _OFF:
        raise ValueError(f"{convolution.name}: weights that are not rounded, or too large a bias")
    sums = np.rint(bias / (step * steps))
    replaced = [convolution.input[0]]
    nodes = []
    for name, integers, unit in (
        ("weights", whole.astype(np.int8), steps),
        ("bias", sums.astype(np.int32), step * steps),
    ):
        title = f"{convolution.name}/{name}"
        takes = [
            graph.add_weights(f"{title}/integers", integers),
            graph.add_weights(f"{title}/step", unit.astype(np.float32)),
            graph.add_weights(f"{title}/zero", np.zeros(len(unit), integers.dtype)),
        ]
        nodes.append(helper.make_node("DequantizeLinear", takes, [title], title, axis=0))
        replaced.append(title)
    kept = onnx.NodeProto()
    kept.CopyFrom(convolution)
    del kept.input[:]
    kept.input.extend(replaced)
    graph.replace(convolution, *nodes, kept)


def _padded(values: np.ndarray) -> np.ndarray:
    """Return what belongs to outputs with zeros for more of them, which nobody takes."""
    return np.pad(values, [(0, _FEWEST - len(values)), *[(0, 0)] * (values.ndim - 1)])


def _keep_first(graph: Graph, convolution: onnx.NodeProto, count: int) -> None:
    """Take the first outputs of a convolution from behind its rounding."""
    (rounding,) = graph.takers(convolution.output[0])
    title = f"{convolution.name}/first"
    bounds = [
        graph.add_weights(f"{title}/{name}", np.array([number], np.int64))
        for name, number in (("start", 0), ("end", count), ("axis", 1))
    ]
    all_of_them = f"{title}/all"
    kept = helper.make_node("Slice", [all_of_them, *bounds], [rounding.output[0]], title)
    rounding.output[0] = all_of_them
    graph.insert_after(rounding, kept)
