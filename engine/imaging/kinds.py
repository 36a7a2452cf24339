"""Kinds of files: which are read, and what the others are called in an error.

A kind is told by a file's first bytes, never by its name.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from PIL import TiffImagePlugin

from engine.errors import PhotoError, PhotoUnreadable, PhotoUnsupported

READ_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")
"""Pillow's names of what is read; no other reader of Pillow ever sees a file.

The one for JPEG also takes MPO, a JPEG with more pictures behind the first.
"""

PHOTO_SUFFIXES = frozenset((
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif",
    ".avif", ".heic", ".heif",
))  # fmt: skip
"""What a scan picks up: lower case, with the dot. HEIC is there to be named as unsupported."""

RAW_SUFFIXES = frozenset((
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dng", ".erf", ".fff", ".iiq", ".mef", ".mos",
    ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf",
    ".srw", ".x3f",
))  # fmt: skip
"""Camera raw files, which only their names tell from a TIFF for certain."""

PNG_PACKET_KEYWORD = "XML:com.adobe.xmp"
"""The keyword of the iTXt chunk that holds a PNG's packet of metadata (XMP, part 3)."""

TIFF_PACKET_TAG = 700
"""The tag that holds a TIFF's packet of metadata (XMP, part 3)."""

RESTORE = "Copy it again from the camera or the backup."
"""The remedy for a file that lost something on its way."""

_HEAD = 4096  # bytes looked at
_CONVERT = "Export it as JPEG, PNG or TIFF first."
_READ_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"BM", b"GIF8")
_TIFF_SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_TIFF_REGISTERED = 32768  # compressions from here on are those of single makers
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_OTHER_PICTURES = (
    (b"8BPS", "a Photoshop document"),
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript file"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"\0\0\x01\0", "an icon"),
    (b"qoif", "a QOI picture"),
    (b"v/1\x01", "an OpenEXR picture"),
    (b"FUJIFILMCCD-RAW", "a camera raw file"),
)


def describe_other(path: Path, stream: BinaryIO) -> PhotoError:
    """Return the error for a file that none of the readers took, from its first bytes."""
    head = stream.read(_HEAD)
    if head.startswith(_TIFF_SIGNATURES):
        return _describe_tiff(path, stream)
    if head[4:8] == b"ftyp":
        return _describe_box_file(path, head[8:12])
    for signature, name in _OTHER_PICTURES:
        if head.startswith(signature):
            return PhotoUnsupported(str(path), f"is {name}, which packshot does not read", _CONVERT)
    return _describe_no_picture(path, head)


def _describe_no_picture(path: Path, head: bytes) -> PhotoUnreadable:
    remedy = "Remove it, or replace it by the photo."
    if _is_text(head):
        problem = "is text, not a picture"
    elif head.startswith(_READ_SIGNATURES):
        problem = "is truncated or damaged: it starts like a photo, and its header cannot be read"
        remedy = RESTORE
    elif not head.strip(b"\0"):
        problem = "holds nothing but zeros: it was never written to the end"
        remedy = RESTORE
    else:
        problem = "is not a picture that packshot knows"
    return PhotoUnreadable(str(path), problem, remedy)


def _describe_tiff(path: Path, stream: BinaryIO) -> PhotoError:
    """Tell a TIFF that is broken from one of the format's many rare kinds."""
    stream.seek(0)
    reason = ""
    try:
        TiffImagePlugin.TiffImageFile(stream)
    # As in ``opening``: what a reader raises on a damaged file is not foreseeable.
    except Exception as error:
        text = str(error)
        if text.startswith("unknown"):
            reason = text
        elif text.isdecimal() and int(text) >= _TIFF_REGISTERED:
            # The key that Pillow did not find in its table.
            reason = f"compression {text}"
    if reason:
        return PhotoUnsupported(
            str(path),
            f"is a kind of TIFF that packshot does not read ({reason})",
            "Export it as TIFF with 8 or 16 bits per channel, RGB, grey or CMYK.",
        )
    return PhotoUnreadable(
        str(path),
        "is truncated or damaged: it starts like a TIFF, and its header cannot be read",
        RESTORE,
    )


def _describe_box_file(path: Path, brand: bytes) -> PhotoError:
    if brand in _HEIF_BRANDS:
        return PhotoUnsupported(
            str(path),
            "is a HEIC photo, which packshot does not read yet",
            'Convert it to JPEG or TIFF; an iPhone shoots JPEG when set to "Most Compatible".',
        )
    if brand == b"crx ":
        return PhotoUnsupported(
            str(path),
            "is a camera raw file",
            "Develop it in your raw converter and export a TIFF or JPEG.",
        )
    if brand in {b"avif", b"avis"}:
        return PhotoUnreadable(
            str(path),
            "is a damaged AVIF picture",
            RESTORE,
        )
    return PhotoUnsupported(str(path), "is a film, not a photo", "Export a frame of it as JPEG.")


def _is_text(head: bytes) -> bool:
    """Whether these bytes are UTF-8 without control characters but for white space."""
    # The last character may have been cut in two.
    text = (
        head[:-4].decode("utf-8", "replace") if len(head) > 4 else head.decode("utf-8", "replace")
    )
    return "\ufffd" not in text and all(sign.isprintable() or sign.isspace() for sign in text)
