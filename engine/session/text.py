"""Text and paths on their way into and out of the database.

SQLite keeps valid Unicode only. A path is kept as the file system's bytes; in other text what is
not valid is kept readable.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import PurePosixPath


def path_bytes(path: PurePosixPath | str) -> bytes:
    """Return a path as the bytes of the file system."""
    return os.fsencode(str(path))


def stored_path(value: bytes) -> PurePosixPath:
    """Return the path that ``path_bytes`` was given."""
    return PurePosixPath(os.fsdecode(value))


def valid(text: str) -> str:
    """Return ``text`` with what is no Unicode written as ``\\udcXX``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def packed(texts: Iterable[str]) -> str:
    """Return texts as a JSON list."""
    return json.dumps([valid(text) for text in texts], ensure_ascii=False)


def unpacked(value: str | None) -> tuple[str, ...]:
    """Return the texts that ``packed`` was given; none for NULL."""
    return tuple(json.loads(value)) if value else ()


def now() -> str:
    """Return the time, in UTC and ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
