"""An ONNX graph that is rewritten."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import numpy_helper


class Graph:
    """A graph whose nodes are found by what they give and take."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.proto = graph

    def giver(self, name: str) -> onnx.NodeProto | None:
        """Return the node that a value comes from, None for weights and the network's input."""
        return next((node for node in self.proto.node if name in node.output), None)

    def takers(self, name: str) -> list[onnx.NodeProto]:
        """Return the nodes that a value goes to."""
        return [node for node in self.proto.node if name in node.input]

    def weights(self, name: str) -> np.ndarray:
        """Return what is stored under a name, or is the value of a constant."""
        node = self.giver(name)
        if node is not None:
            return numpy_helper.to_array(node.attribute[0].t)
        found = next(part for part in self.proto.initializer if part.name == name)
        return numpy_helper.to_array(found)

    def add_weights(self, name: str, values: np.ndarray) -> str:
        """Store values under a name, and return the name."""
        self.proto.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def replace(self, old: onnx.NodeProto, *new: onnx.NodeProto) -> None:
        """Put nodes in the place of another."""
        place = list(self.proto.node).index(old)
        self.proto.node.remove(old)
        for offset, node in enumerate(new):
            self.proto.node.insert(place + offset, node)

    def insert_after(self, node: onnx.NodeProto, new: onnx.NodeProto) -> None:
        """Put a node behind another."""
        self.proto.node.insert(list(self.proto.node).index(node) + 1, new)

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
