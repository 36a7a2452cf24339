"""SHA-256 of files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_digest_once(path: Path) -> str:
    """Return the SHA-256 of a file, read only once in this process while the file stays the same.

    Replaced or written to since (another inode, size or time), it is read again.
    """
    status = path.stat()
    return _remembered(path, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _remembered(path: Path, _inode: int, _bytes: int, _mtime_ns: int) -> str:
    return file_digest(path)
