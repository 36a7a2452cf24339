"""A network cut off behind one of its outputs.

U²-Net gives a mask at every level of its decoder (Qin et al., "U²-Net: Going Deeper with Nested
U-Structure", Pattern Recognition 2020). The last level only sharpens the outline, which packshot
draws by other means, and in the small network it takes more than half of the time. ONNX Runtime
computes every node of a graph, wanted or not; so the nodes that the wanted output does not need are
taken out of the file's content before it is loaded.

Only the parts of ONNX's protobuf messages (https://onnx.ai/onnx/repo-docs/IR.html,
https://protobuf.dev/programming-guides/encoding) that this takes are read; all others are kept byte
by byte.
"""

from __future__ import annotations

from collections.abc import Iterator

_GRAPH = 7  # of a model
_NODE, _OUTPUT = 1, 12  # of a graph
_TAKES, _GIVES = 1, 2  # of a node
_NAME = 1  # of an output
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # wire types


def keep_output(model: bytes, index: int) -> bytes:
    """Return a model with one of its outputs, and the nodes that it needs.

    Parameters
    ----------
    model : a serialised ONNX model, its weights inside
    index : which of its outputs to keep, from 0

    Raises
    ------
    ValueError : it is no ONNX model, or has no such output
    """
    parts = list(_fields(model))
    graphs = [content for number, content, _ in parts if number == _GRAPH]
    if len(graphs) != 1:
        raise ValueError("an ONNX model has one graph")
    graph = list(_fields(graphs[0]))
    outputs = [raw for number, _, raw in graph if number == _OUTPUT]
    if not 0 <= index < len(outputs):
        raise ValueError(f"output {index} of a model that has {len(outputs)}")
    kept = [whole for number, _, whole in _needed(graph, outputs[index])]
    changed = b"".join(kept)
    return b"".join(
        _key(_GRAPH, _BYTES) + _varint(len(changed)) + changed if number == _GRAPH else whole
        for number, _, whole in parts
    )


Field = tuple[int, bytes, bytes]
"""A field's number, its content, and its whole bytes, key and length included."""


def _needed(graph: list[Field], output: bytes) -> list[Field]:
    """Return a graph's fields, without other outputs and the nodes that nobody needs.

    Nodes are stored in the order in which they run: those that give what is needed are found from
    the last to the first.
    """
    contents = {whole: content for number, content, whole in graph if number == _OUTPUT}
    wanted = set(_texts(contents[output], _NAME))
    kept: list[Field] = []
    for field in reversed(graph):
        number, content, whole = field
        if number == _OUTPUT and whole != output:
            continue
        if number == _NODE:
            if wanted.isdisjoint(_texts(content, _GIVES)):
                continue
            wanted.update(_texts(content, _TAKES))
        kept.append(field)
    return kept[::-1]


def _texts(message: bytes, number: int) -> Iterator[bytes]:
    return (content for each, content, _ in _fields(message) if each == number)


def _fields(message: bytes) -> Iterator[Field]:
    """Yield the fields of a message."""
    place = 0
    while place < len(message):
        start = place
        key, place = _read_varint(message, place)
        kind = key & 7
        if kind == _VARINT:
            _, end = _read_varint(message, place)
        elif kind == _BYTES:
            length, place = _read_varint(message, place)
            end = place + length
        elif kind in (_FIXED32, _FIXED64):
            end = place + (4 if kind == _FIXED32 else 8)
        else:
            raise ValueError("no ONNX model: an unknown wire type")
        if end > len(message):
            raise ValueError("no ONNX model: it ends too early")
        yield key >> 3, message[place:end], message[start:end]
        place = end


def _read_varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(message):
        byte = message[place]
        value |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            return value, place
        shift += 7
    raise ValueError("no ONNX model: it ends too early")


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _key(number: int, kind: int) -> bytes:
    return _varint(number << 3 | kind)
