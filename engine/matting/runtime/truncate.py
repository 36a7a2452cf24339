"""A network cut off behind one of its outputs, for a picture of another size.

U²-Net gives a mask at every level of its decoder (Qin et al., "U²-Net: Going Deeper with Nested
U-Structure", Pattern Recognition 2020). The last level only sharpens the outline, which packshot
draws by other means, and in the small network it takes more than half of the time. ONNX Runtime
computes every node of a graph, wanted or not; so the nodes that the wanted output does not need are
taken out of the file's content before it is loaded. Nor does what the product is need the size that
the outline needs: a network without fully connected layers takes a smaller square as well, once the
size that is written in the file is another one.

Only the parts of ONNX's protobuf messages (https://onnx.ai/onnx/repo-docs/IR.html,
https://protobuf.dev/programming-guides/encoding) that this takes are read; all others are kept byte
by byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

_GRAPH = 7  # of a model
_NODE, _INPUT, _OUTPUT, _VALUE = 1, 11, 12, 13  # of a graph
_TAKES, _GIVES = 1, 2  # of a node
_NAME, _TYPE = 1, 2  # of an input, an output or a value
_TENSOR = 1  # of a type
_ELEMENTS, _SHAPE = 1, 2  # of a tensor's type
_DIMENSION = 1  # of a shape, and its value
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # wire types


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
    parts = list(_fields(model))
    graphs = [content for number, content, _ in parts if number == _GRAPH]
    if len(graphs) != 1:
        raise ValueError("an ONNX model has one graph")
    graph = list(_fields(graphs[0]))
    outputs = [raw for number, _, raw in graph if number == _OUTPUT]
    if not 0 <= output < len(outputs):
        raise ValueError(f"output {output} of a model that has {len(outputs)}")
    kept = _needed(graph, outputs[output])
    changed = b"".join(_sized(field, side) for field in kept if field[0] != _VALUE)
    return b"".join(
        _field(_GRAPH, changed) if number == _GRAPH else whole for number, _, whole in parts
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


def _sized(field: Field, side: int) -> bytes:
    """Return a field of a graph; its input has another size, its output whatever comes of that."""
    number, content, whole = field
    if number not in (_INPUT, _OUTPUT):
        return whole

    def shape(dimensions: bytes) -> bytes:
        if number == _OUTPUT:
            return b""
        first = [whole for _, _, whole in _fields(dimensions)][:-2]
        last = _field(_DIMENSION, _key(_DIMENSION, _VARINT) + _varint(side))
        return _field(_SHAPE, b"".join(first) + 2 * last)

    def tensor(content: bytes) -> bytes:
        return _field(_TENSOR, _replaced(content, _SHAPE, shape))

    return _field(
        number,
        _replaced(content, _TYPE, lambda kind: _field(_TYPE, _replaced(kind, _TENSOR, tensor))),
    )


def _replaced(message: bytes, number: int, made: Callable[[bytes], bytes]) -> bytes:
    """Return a message in which a field of that number is made anew from its content."""
    return b"".join(
        made(content) if each == number else whole for each, content, whole in _fields(message)
    )


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


def _field(number: int, content: bytes) -> bytes:
    return _key(number, _BYTES) + _varint(len(content)) + content


def _key(number: int, kind: int) -> bytes:
    return _varint(number << 3 | kind)
