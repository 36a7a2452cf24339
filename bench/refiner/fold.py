"""Rewrite an exported network so that ONNX Runtime computes the same in less time.

Two of its parts are moves of memory, not arithmetic, and ONNX Runtime keeps channels in blocks of
16 between convolutions, which both force it to give up:

- folding pixels into channels before the first convolution: a convolution with a kernel twice as
  large and a stride of two reads the same values where they are;
- joining two pictures of which one has no multiple of 16 channels before a convolution: that is the
  sum of two convolutions, one of each.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import onnx
from onnx import helper, numpy_helper

_BLOCK = 16  # channels
_FOLDED = 2  # pixels along a side that become channels


def fold(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the network rewritten; the model handed in is changed."""
    graph = _Graph(model.graph)
    for node in list(model.graph.node):
        if node.op_type == "Transpose":
            _enter_by_stride(graph, node)
        elif node.op_type == "Concat" and _splits_blocks(graph, node):
            _sum_of_two(graph, node)
    graph.drop_unused()
    onnx.checker.check_model(model)
    return model


class _Graph:
    """A graph whose nodes are found by what they give and take."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.proto = graph

    def giver(self, name: str) -> onnx.NodeProto:
        return next(node for node in self.proto.node if name in node.output)

    def takers(self, name: str) -> list[onnx.NodeProto]:
        return [node for node in self.proto.node if name in node.input]

    def weights(self, name: str) -> np.ndarray:
        found = next(part for part in self.proto.initializer if part.name == name)
        return numpy_helper.to_array(found)

    def add_weights(self, name: str, values: np.ndarray) -> str:
        self.proto.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def replace(self, old: onnx.NodeProto, *new: onnx.NodeProto) -> None:
        place = list(self.proto.node).index(old)
        self.proto.node.remove(old)
        for offset, node in enumerate(new):
            self.proto.node.insert(place + offset, node)

    def drop_unused(self) -> None:
        """Take out nodes and weights whose values nobody takes any more."""
        wanted = {output.name for output in self.proto.output}
        for node in reversed(list(self.proto.node)):
            if wanted.isdisjoint(node.output):
                self.proto.node.remove(node)
            else:
                wanted.update(node.input)
        for part in list(self.proto.initializer):
            if part.name not in wanted:
                self.proto.initializer.remove(part)


def _enter_by_stride(graph: _Graph, transpose: onnx.NodeProto) -> None:
    """Make one convolution of the folding and the convolution after it."""
    before = list(_chain(graph, transpose, "Concat"))[-1]
    convolution = transpose
    while convolution.op_type != "Conv":
        (convolution,) = graph.takers(convolution.output[0])
    weights = graph.weights(convolution.input[1])
    outputs, folded, height, width = weights.shape
    channels = folded // _FOLDED**2
    # Folded channels count: channel, row within the fold, column within the fold.
    parts = weights.reshape(outputs, channels, _FOLDED, _FOLDED, height, width)
    large = parts.transpose(0, 1, 4, 2, 5, 3).reshape(
        outputs, channels, _FOLDED * height, _FOLDED * width
    )
    name = graph.add_weights(f"{convolution.input[1]}_folded", large)
    pads = [_FOLDED * (height // 2)] * 4
    graph.replace(
        convolution,
        helper.make_node(
            "Conv",
            [before.output[0], name, convolution.input[2]],
            convolution.output,
            convolution.name,
            kernel_shape=large.shape[2:],
            pads=pads,
            strides=[_FOLDED, _FOLDED],
        ),
    )


def _chain(graph: _Graph, node: onnx.NodeProto, kind: str) -> Iterator[onnx.NodeProto]:
    """Yield a node and those that its first input comes from, as far as one of a kind."""
    yield node
    while node.op_type != kind:
        node = graph.giver(node.input[0])
        yield node


def _splits_blocks(graph: _Graph, concat: onnx.NodeProto) -> bool:
    """Whether pictures are joined for a convolution of which one has no whole blocks."""
    takers = graph.takers(concat.output[0])
    if [taker.op_type for taker in takers] != ["Conv"] or len(concat.input) != 2:
        return False
    return any(_width(graph, name) % _BLOCK for name in concat.input)


def _width(graph: _Graph, name: str) -> int:
    """Return how many channels a value has that a convolution gave."""
    convolution = list(_chain(graph, graph.giver(name), "Conv"))[-1]
    return len(graph.weights(convolution.input[1]))


def _sum_of_two(graph: _Graph, concat: onnx.NodeProto) -> None:
    """Replace a convolution of two pictures joined by the sum of one of each."""
    (convolution,) = graph.takers(concat.output[0])
    weights, bias, sums = (*convolution.input[1:3], convolution.output[0])
    parts = np.split(graph.weights(weights), [_width(graph, concat.input[0])], axis=1)
    attributes = {each.name: helper.get_attribute_value(each) for each in convolution.attribute}
    added = [
        [picture, graph.add_weights(f"{weights}_{place}", part)]
        for place, (picture, part) in enumerate(zip(concat.input, parts, strict=True))
    ]
    graph.replace(
        convolution,
        helper.make_node("Conv", added[0], [f"{sums}_0"], **attributes),
        helper.make_node("Conv", [*added[1], bias], [f"{sums}_1"], **attributes),
        helper.make_node("Add", [f"{sums}_0", f"{sums}_1"], [sums]),
    )
