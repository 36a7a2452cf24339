"""A photo's file opened as a Pillow image, its pixels not yet decoded.

Every way in which a file can fail to be a photo ends here as a ``PhotoError`` that says which way
it was. The file is opened read-only and closed with the block.
"""

from __future__ import annotations

import hashlib
import io
import stat
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageFile, PngImagePlugin, UnidentifiedImageError

from engine.errors import PhotoError, PhotoUnreadable, PhotoUnsupported
from engine.imaging.kinds import RAW_SUFFIXES, READ_FORMATS, RESTORE, describe_other

MAX_PIXELS = 400_000_000
"""More than any camera makes; far less than what a crafted file may claim to be."""

# Pillow's own limit would refuse, or warn about, what is legal here; this module checks sizes.
Image.MAX_IMAGE_PIXELS = None
# Nor is a photo damaged for an editing history or a profile of more than a megabyte.
PngImagePlugin.MAX_TEXT_CHUNK = 1 << 24
# What Pillow finds odd in a file's metadata is no news for the person at the terminal.
warnings.filterwarnings("ignore", module=r"PIL\.")


Content = bytes | BinaryIO
"""What a file holds, or the file opened."""


@contextmanager
def opened(
    path: Path, content: Content | None = None
) -> Iterator[tuple[ImageFile.ImageFile, BinaryIO]]:
    """Open a photo; yield Pillow's image and the stream that it reads from.

    Parameters
    ----------
    path : Path
        The file; with ``content`` only its name for errors.
    content : bytes or a binary stream, optional
        The file's content, where it is at hand; a stream is read from its start and left open.

    Raises
    ------
    PhotoUnreadable : gone, not allowed, empty, not a picture, truncated or damaged
    PhotoUnsupported : a picture of a kind or size that packshot does not work with
    """
    try:
        with _stream(path, content) as stream, _identified(path, stream) as image:
            yield image, stream
    except OSError as error:
        raise _failing(path, error) from error


def open_hashed(path: Path) -> tuple[str, io.BufferedReader]:
    """Open a file and return its SHA-256, in hex, and the stream, which the caller closes.

    The photo is decoded from the same open file that was hashed: it is that very content even
    where another file takes its name meanwhile, and a TIFF of 600 MB need not be held in memory.

    Raises
    ------
    PhotoUnreadable : gone, not allowed, empty, on a failing disk
    """
    stream = _open_file(path)
    try:
        return hashlib.file_digest(stream, "sha256").hexdigest(), stream
    except OSError as error:
        stream.close()
        raise _failing(path, error) from error


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Report whatever goes wrong inside the block as the fault of the photo.

    It is for the calls in which Pillow works on a file's bytes, and only for these.

    Raises
    ------
    PhotoUnreadable : truncated or damaged
    PhotoUnsupported : too large for this machine
    """
    try:
        yield
    except PhotoError:
        raise
    except MemoryError as error:
        raise PhotoUnsupported(
            str(path), "needs more memory than there is", "Close other programs, or scale it down."
        ) from error
    # Pillow's readers raise whatever they stumble over in a damaged file, from struct.error to
    # ZeroDivisionError, so that no list of classes would be complete.
    except Exception as error:
        raise PhotoUnreadable(str(path), _what_broke(error), RESTORE) from error


def _stream(path: Path, content: Content | None) -> AbstractContextManager[BinaryIO]:
    if content is None:
        return _open_file(path)
    if not isinstance(content, bytes):
        content.seek(0)
        return nullcontext(content)
    if not content:
        raise _empty(path)
    return io.BytesIO(content)


def _open_file(path: Path) -> io.BufferedReader:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise PhotoUnreadable(str(path), "is a folder", "Name a photo inside it.")
        if not stat.S_ISREG(status.st_mode):
            # Opening a pipe would wait for a writer that never comes.
            raise PhotoUnreadable(str(path), "is not a regular file", "Name a photo.")
        if status.st_size == 0:
            raise _empty(path)
        return path.open("rb")
    except FileNotFoundError as error:
        raise PhotoUnreadable(
            str(path), "does not exist", "Check the path; rescan the session if it was moved."
        ) from error
    except PermissionError as error:
        raise PhotoUnreadable(
            str(path), "may not be read (permission denied)", "Change its permissions."
        ) from error


def _failing(path: Path, error: OSError) -> PhotoUnreadable:
    return PhotoUnreadable(
        str(path), f"cannot be read ({error.strerror or error})", "Check the disk."
    )


def _empty(path: Path) -> PhotoUnreadable:
    return PhotoUnreadable(str(path), "is empty (0 bytes)", RESTORE)


def _identified(path: Path, stream: BinaryIO) -> ImageFile.ImageFile:
    if path.suffix.lower() in RAW_SUFFIXES:
        # Most of these are TIFF inside, and Pillow would take the thumbnail for the photo.
        raise PhotoUnsupported(
            str(path),
            "is a camera raw file",
            "Develop it in your raw converter and export a TIFF or JPEG.",
        )
    with blaming(path):
        try:
            image = Image.open(stream, formats=READ_FORMATS)
        except UnidentifiedImageError as error:
            stream.seek(0)
            raise describe_other(path, stream) from error
    if image.width * image.height > MAX_PIXELS:
        raise PhotoUnsupported(
            str(path),
            f"is {image.width} × {image.height} pixels, more than the"
            f" {MAX_PIXELS // 1_000_000} megapixels that packshot reads",
            "Scale it down first.",
        )
    return image


def _what_broke(error: Exception) -> str:
    """Return the problem that a reader's failure stands for."""
    reason = str(error)
    if "truncated" in reason.lower() or isinstance(error, EOFError):
        return "is truncated: the end of the file is missing"
    if reason.startswith("decoder error"):
        # All that libtiff says.
        return "is truncated or damaged, or compressed in a way that packshot does not read"
    return "is damaged: its content cannot be decoded"
