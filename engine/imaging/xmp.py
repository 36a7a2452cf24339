"""XMP: what a picture says about itself, as one packet that every format has a place for.

Written after ISO 16684-1 (XMP, part 1): RDF/XML in UTF-8, one description, properties in the order
of their names. The same properties make the same bytes. A packet that is read is untrusted: it is
bounded, may define no entities, and what cannot be understood counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from engine.imaging.kinds import READ_FORMATS, TIFF_PACKET_TAG

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LARGEST = 1 << 20  # bytes of a packet that is read
_ID = "W5M0MpCehiHzreSzNTczkc9d"  # of every packet (part 1, 7.3.2)
# Characters that XML 1.0 knows no way to write.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Text = str
Languages = Mapping[str, str]
"""Alternatives of one text by language (rdf:Alt)."""
Value = Text | Languages | tuple[str, ...]
"""A text, a text in several languages, or several texts."""


@dataclass(frozen=True)
class Name:
    """The name of a property: its namespace, the prefix that it is written with, and its own.

    Several texts of it are ``ordered`` (rdf:Seq), or only belong together (rdf:Bag).
    """

    namespace: str
    prefix: str
    local: str
    ordered: bool = True

    def __str__(self) -> str:
        return f"{self.prefix}:{self.local}"

    @property
    def key(self) -> str:
        """What `read_packet` finds it by."""
        return self.namespace + self.local


def packet(properties: Mapping[Name, Value]) -> bytes:
    """Return the packet that says these properties.

    Parameters
    ----------
    properties : by name; of languages the first stands for those that a reader knows none of
    """
    names = sorted(properties, key=str)
    spaces = {name.prefix: name.namespace for name in names}
    declared = "".join(f"\n    xmlns:{p}={quoteattr(uri)}" for p, uri in sorted(spaces.items()))
    lines = [
        f'<?xpacket begin="\ufeff" id="{_ID}"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        f' <rdf:RDF xmlns:rdf="{_RDF}">',
        f'  <rdf:Description rdf:about=""{declared}>',
        *(line for name in names for line in _property(name, properties[name])),
        "  </rdf:Description>",
        " </rdf:RDF>",
        "</x:xmpmeta>",
        '<?xpacket end="r"?>',
    ]
    return "\n".join(lines).encode()


def read_packet(data: bytes) -> dict[str, Value]:
    """Return the simple properties of a packet by ``namespace + local name``.

    Structures and qualifiers are left out; what is no packet that can be read says nothing.
    """
    if len(data) > _LARGEST:
        return {}
    try:
        text = data.decode().strip("\0 \r\n\t")
        if re.search("<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
            return {}
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        return {}
    found: dict[str, Value] = {}
    for description in root.iter(f"{{{_RDF}}}Description"):
        for name, text in description.attrib.items():
            if not name.startswith(f"{{{_RDF}}}"):
                found.setdefault(_joined(name), text)
        for element in description:
            value = _value(element)
            if value is not None:
                found.setdefault(_joined(element.tag), value)
    return found


def packet_in(stream: BinaryIO) -> bytes | None:
    """Return the packet that a picture's file holds; None where it holds none."""
    stream.seek(0)
    try:
        with Image.open(stream, formats=READ_FORMATS) as image:
            held = image.info.get("xmp") or getattr(image, "tag_v2", {}).get(TIFF_PACKET_TAG)
    # Pillow's readers raise whatever they stumble over; such a file says nothing.
    except Exception:
        return None
    return held.encode() if isinstance(held, str) else held


def _property(name: Name, value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield f"   <{name}>{_text(value)}</{name}>"
        return
    if isinstance(value, Mapping):
        default = value.get("x-default", next(iter(value.values()), ""))
        alternatives = {"x-default": default, **value}.items()
        kind = "Alt"
        items = [
            f"<rdf:li xml:lang={quoteattr(_clean(language))}>{_text(text)}</rdf:li>"
            for language, text in alternatives
        ]
    else:
        kind = "Seq" if name.ordered else "Bag"
        items = [f"<rdf:li>{_text(text)}</rdf:li>" for text in value]
    yield f"   <{name}><rdf:{kind}>{''.join(items)}</rdf:{kind}></{name}>"


def _text(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _joined(tag: str) -> str:
    """Return ElementTree's ``{namespace}name`` as one text."""
    return tag.removeprefix("{").replace("}", "", 1)


def _value(element: ElementTree.Element) -> Value | None:
    """Return what a property says; None for a structure, or nothing."""
    for kind in ("Alt", "Seq", "Bag"):
        container = element.find(f"{{{_RDF}}}{kind}")
        if container is None:
            continue
        items = [item for item in container if item.text]
        if kind == "Alt":
            return {item.get(_XML_LANGUAGE, "x-default"): item.text or "" for item in items}
        return tuple(item.text or "" for item in items)
    return element.text if len(element) == 0 and element.text else None


def first_text(value: Value | None) -> str:
    """Return what a property says as one text; empty where it says nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    texts: Iterable[str] = value.values() if isinstance(value, Mapping) else value
    return next(iter(texts), "")
