"""Protobuf messages taken apart and put together, as far as rewriting an ONNX file takes.

After https://protobuf.dev/programming-guides/encoding. A message is read as the list of its fields,
each with its bytes as they are, so that what is not changed stays byte by byte. They are views of
the message: the weights of a network may be hundreds of megabytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

VARINT, BYTES = 0, 2
"""Wire types of what is written here."""

_FIXED64, _FIXED32 = 1, 5

Message = bytes | memoryview
Field = tuple[int, memoryview, memoryview]
"""A field's number, its content, and its whole bytes, key and length included."""


def fields(message: Message) -> Iterator[Field]:
    """Yield the fields of a message.

    Raises
    ------
    ValueError : it is none
    """
    message = memoryview(message)
    place = 0
    while place < len(message):
        start = place
        head, place = read_varint(message, place)
        kind = head & 7
        if kind == VARINT:
            _, end = read_varint(message, place)
        elif kind == BYTES:
            length, place = read_varint(message, place)
            end = place + length
        elif kind in (_FIXED32, _FIXED64):
            end = place + (4 if kind == _FIXED32 else 8)
        else:
            raise ValueError("no ONNX model: an unknown wire type")
        if end > len(message):
            raise ValueError("no ONNX model: it ends too early")
        yield head >> 3, message[place:end], message[start:end]
        place = end


def texts(message: Message, number: int) -> Iterator[bytes]:
    """Yield the contents of the fields of that number."""
    return (bytes(content) for each, content, _ in fields(message) if each == number)


def replaced(message: Message, number: int, made: Callable[[memoryview], bytes]) -> bytes:
    """Return a message in which a field of that number is made anew from its content."""
    return b"".join(
        made(content) if each == number else whole for each, content, whole in fields(message)
    )


def read_varint(message: Message, place: int = 0) -> tuple[int, int]:
    """Return the number that begins at a place, and the place after it.

    Raises
    ------
    ValueError : the message ends before the number does
    """
    value = shift = 0
    while place < len(message):
        byte = message[place]
        value |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            return value, place
        shift += 7
    raise ValueError("no ONNX model: it ends too early")


def varints(content: Message) -> Iterator[int]:
    """Yield the numbers that stand one behind the other, as in a packed field."""
    place = 0
    while place < len(content):
        value, place = read_varint(content, place)
        yield value


def varint(value: int) -> bytes:
    """Return a number of 0 or more as it is written."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def varint_field(place: int, value: int) -> bytes:
    """Return a field that holds a number of 0 or more."""
    return key(place, VARINT) + varint(value)


def field(place: int, *content: Message) -> bytes:
    """Return a field that holds bytes, a text or a message; parts of it are joined."""
    return b"".join(framed(place, content))


def framed(place: int, content: Sequence[Message]) -> list[Message]:
    """Return a field as the parts that it is to be joined of: large ones are copied once only."""
    return [key(place, BYTES), varint(sum(map(len, content))), *content]


def key(place: int, kind: int) -> bytes:
    """Return what a field of that number and wire type begins with."""
    return varint(place << 3 | kind)
