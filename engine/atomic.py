"""Files that appear whole or not at all.

A file is written under a temporary name in its own folder, flushed to the disk and renamed.
A reader sees the old file, the new file, or none: never a part.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.errors import DiskFull, OutputError, OutputNotWritable

TEMPORARY_PREFIX = ".packshot-"
"""Every temporary file starts so; a leftover of a killed process may be deleted."""


def _file_mode() -> int:
    """Return the mode that ``open`` would give; only setting the umask tells what it was."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


_FILE_MODE = _file_mode()  # read once: setting it later would race with other threads
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, replacing what was there, and make its folder when missing.

    Raises
    ------
    DiskFull, OutputNotWritable, OutputError : nothing was changed
    """
    with writing(path) as stream:
        stream.write(data)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content becomes ``path`` when the block ends without an error.

    For what is too large to be held in memory. An OSError of the block counts as one of writing.

    Raises
    ------
    DiskFull, OutputNotWritable, OutputError : nothing was changed
    """
    with _beside(path) as temporary:
        with temporary.open("wb") as stream:
            yield stream
            _flush(stream)
        temporary.replace(path)
    _sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> bool:
    """Write ``data`` to ``path`` unless it exists; return whether it was written.

    Of two processes that write the same path at once, one wins and the other gets False.

    Raises
    ------
    DiskFull, OutputNotWritable, OutputError : nothing was changed
    """
    with _beside(path) as temporary:
        with temporary.open("wb") as stream:
            stream.write(data)
            _flush(stream)
        try:
            # A hard link fails where the name exists; a rename would replace it.
            os.link(temporary, path)
        except FileExistsError:
            return False
        except OSError as error:
            # Some network and memory-card file systems know no hard links.
            if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}:
                raise
            if path.exists():
                return False
            temporary.replace(path)
    _sync_folder(path.parent)
    return True


def output_error(path: Path, error: OSError) -> OutputError:
    """Return the error of the tree that says what an ``OSError`` means for ``path``."""
    if error.errno in _FULL:
        return DiskFull(
            str(path),
            "no space is left on the disk",
            "Free some space and run the command again: what was done is kept.",
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return OutputNotWritable(
            str(path),
            "the folder does not allow writing",
            "Choose another folder, or change its permissions.",
        )
    return OutputError(
        str(path),
        f"could not be written ({error.strerror or error})",
        "Check the path and the disk, then run the command again.",
    )


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give an empty temporary file in the folder of ``path``; what is left of it is deleted."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            temporary.chmod(_FILE_MODE)
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(path, error) from error


def _flush(stream: BinaryIO) -> None:
    """Bring a stream's content to the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can open folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
