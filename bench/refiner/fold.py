"""Rewrite an exported network so that ONNX Runtime enters it in less time.

The exporter puts rounded comparisons together as floats, and folds them by a general transposition.
Both only move memory, which a quarter as many bytes do in a quarter of the time.
"""

from __future__ import annotations

import numpy as np
import onnx
from graph import Graph
from onnx import helper

_FOLDED = 2  # pixels along a side that become channels


def fold(graph: Graph) -> None:
    """Rewrite the entrance of a network; it comes to the same numbers."""
    for node in list(graph.proto.node):
        if node.op_type == "Transpose":
            _enter_in_integers(graph, node)
    graph.drop_unused()


def _enter_in_integers(graph: Graph, transpose: onnx.NodeProto) -> None:
    """Put comparisons together and fold them as integers, and take them as floats behind that."""
    together = transpose
    while together.op_type != "Concat":
        together = graph.giver(together.input[0])
    convolution = transpose
    while convolution.op_type != "Conv":
        (convolution,) = graph.takers(convolution.output[0])
    exact = [graph.giver(name) for name in together.input]
    title = f"{together.name}/integers"
    nodes = [
        helper.make_node("Concat", [each.input[0] for each in exact], [title], title, axis=1),
        helper.make_node(
            "SpaceToDepth", [title], [f"{title}/folded"], f"{title}/folded", blocksize=_FOLDED
        ),
        helper.make_node(
            "DequantizeLinear",
            [f"{title}/folded", *exact[0].input[1:]],
            [f"{title}/exact"],
            f"{title}/exact",
        ),
    ]
    sorted_weights = _folded(graph.weights(convolution.input[1]))
    kept = onnx.NodeProto()
    kept.CopyFrom(convolution)
    kept.input[0] = f"{title}/exact"
    kept.input[1] = graph.add_weights(f"{convolution.input[1]}_folded", sorted_weights)
    graph.replace(convolution, *nodes, kept)


def unfolded(weights: np.ndarray) -> np.ndarray:
    """Return the weights of a folded entrance as they were before."""
    outputs, folded, height, width = weights.shape
    parts = weights.reshape(outputs, _FOLDED, _FOLDED, folded // _FOLDED**2, height, width)
    return parts.transpose(0, 3, 1, 2, 4, 5).reshape(weights.shape)


def _folded(weights: np.ndarray) -> np.ndarray:
    """Return weights for channels that are folded pixels.

    Torch counts those by channel, row and column; ONNX by row, column and channel.
    """
    outputs, folded, height, width = weights.shape
    parts = weights.reshape(outputs, folded // _FOLDED**2, _FOLDED, _FOLDED, height, width)
    return parts.transpose(0, 2, 3, 1, 4, 5).reshape(weights.shape)
