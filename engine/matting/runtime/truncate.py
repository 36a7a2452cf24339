"""A network cut off behind one of its outputs, for a picture of another size.

U²-Net gives a mask at every level of its decoder (Qin et al., "U²-Net: Going Deeper with Nested
U-Structure", Pattern Recognition 2020). The last level only sharpens the outline, which packshot
draws by other means, and in the small network it takes more than half of the time. ONNX Runtime
computes every node of a graph, wanted or not; so the nodes that the wanted output does not need are
taken out of the file's content before it is loaded. Nor does what the product is need the size that
the outline needs: a network without fully connected layers takes a smaller square as well, once the
size that is written in the file is another one.

Only the parts of ONNX's messages (https://onnx.ai/onnx/repo-docs/IR.html) that this takes are read;
all others are kept byte by byte.
"""

from __future__ import annotations

from engine.matting.runtime.protobuf import (
    Field,
    Message,
    field,
    fields,
    framed,
    replaced,
    texts,
    varint_field,
)

_GRAPH = 7  # of a model
_NODE, _WEIGHTS, _INPUT, _OUTPUT, _VALUE = 1, 5, 11, 12, 13  # of a graph
_TAKES, _GIVES = 1, 2  # of a node
_NAME, _TYPE = 1, 2  # of an input, an output or a value
_LABEL = 8  # of weights
_TENSOR = 1  # of a type
_ELEMENTS, _SHAPE = 1, 2  # of a tensor's type
_DIMENSION = 1  # of a shape, and its value


def truncate(model: bytes, output: int, side: int) -> bytes:
    """Return a model with one of its outputs, the nodes that it needs, and a square input.

    Parameters
    ----------
    model : a serialised ONNX model, its weights inside; its one input is a picture
    output : which of its outputs to keep, from 0
    side : of the picture, in pixels

    Raises
    ------
    ValueError : it is no ONNX model, or has no such output
    """
    parts = list(fields(model))
    graphs = [content for number, content, _ in parts if number == _GRAPH]
    if len(graphs) != 1:
        raise ValueError("an ONNX model has one graph")
    graph = list(fields(graphs[0]))
    outputs = [part for part in graph if part[0] == _OUTPUT]
    if not 0 <= output < len(outputs):
        raise ValueError(f"output {output} of a model that has {len(outputs)}")
    changed = [_sized(part, side) for part in _needed(graph, outputs[output])]
    made: list[Message] = []
    for number, _, whole in parts:
        made += framed(_GRAPH, changed) if number == _GRAPH else [whole]
    return b"".join(made)


def _needed(graph: list[Field], output: Field) -> list[Field]:
    """Return a graph's fields, without other outputs and the nodes and weights that nobody needs.

    Nodes are stored in the order in which they run: those that give what is needed are found from
    the last to the first.
    """
    wanted = set(texts(output[1], _NAME))
    kept: list[Field] = []
    for part in reversed([each for each in graph if each[0] == _NODE]):
        if not wanted.isdisjoint(texts(part[1], _GIVES)):
            wanted.update(texts(part[1], _TAKES))
            kept.append(part)
    nodes = kept[::-1]
    others = [
        part
        for part in graph
        if part[0] not in (_NODE, _OUTPUT, _VALUE)
        and (part[0] != _WEIGHTS or not wanted.isdisjoint(texts(part[1], _LABEL)))
    ]
    return [*nodes, *others, output]


def _sized(part: Field, side: int) -> Message:
    """Return a field of a graph; its input has another size, its output whatever comes of that."""
    number, content, whole = part
    if number not in (_INPUT, _OUTPUT):
        return whole

    def shape(dimensions: memoryview) -> bytes:
        if number == _OUTPUT:
            return b""
        first = [whole for _, _, whole in fields(dimensions)][:-2]
        last = field(_DIMENSION, varint_field(_DIMENSION, side))
        return field(_SHAPE, b"".join(first) + 2 * last)

    def tensor(content: memoryview) -> bytes:
        return field(_TENSOR, replaced(content, _SHAPE, shape))

    return field(
        number,
        replaced(content, _TYPE, lambda kind: field(_TYPE, replaced(kind, _TENSOR, tensor))),
    )
