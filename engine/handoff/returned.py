"""What came back from outside: a ZIP file or a folder, read without trusting either.

Nothing is unpacked to a disk and no path inside is followed: a file is known by its last name
alone, and read only when it is asked for, up to a limit. Whatever is wrong with one file is told
of that file; the others can be read.
"""

from __future__ import annotations

import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from engine.errors import MaskRefused, PackUnreadable

MOST_FILES = 20_000
"""Files in one ZIP file."""

_DIRECTORY_BYTES = 8 << 20  # of a ZIP file's list of names; 20,000 of 400 bytes
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class ReturnedFile:
    """One file: its last name, for a person its whole one, and how to read it."""

    name: str
    place: str
    _read: Callable[[int], bytes]

    @property
    def stem(self) -> str:
        """Its name without the suffix."""
        return PurePosixPath(self.name).stem

    def read(self, limit: int) -> bytes:
        """Return its content.

        Parameters
        ----------
        limit : bytes that it may have

        Raises
        ------
        MaskRefused : it is larger, encrypted, damaged, or cannot be read
        """
        try:
            data = self._read(limit + 1)
        # zipfile raises whatever it stumbles over in a damaged file, from struct.error to
        # IndexError, so that no list of classes would be complete.
        except Exception as error:
            raise MaskRefused(
                self.place, f"cannot be read ({error})", "Ask for it again, as a plain PNG."
            ) from error
        if len(data) > limit:
            raise MaskRefused(
                self.place,
                f"has more than {limit >> 20} MB when unpacked",
                "Ask for an 8-bit grey PNG of the photo's size.",
            )
        return data


@contextmanager
def returned_files(path: Path) -> Iterator[list[ReturnedFile]]:
    """Give the files of a ZIP file or a folder, by name; hidden ones and folders are left out.

    Raises
    ------
    PackUnreadable : neither, unreadable, empty, or with more in it than masks need
    """
    with ExitStack() as open_files:
        files = _in_folder(path) if path.is_dir() else _in_zip(path, open_files)
        if not files:
            raise _unreadable(path, "holds no files")
        yield files


def twice(files: list[ReturnedFile]) -> set[str]:
    """Return the names, without suffix and in small letters, that several files have."""
    counts = Counter(file.stem.casefold() for file in files)
    return {stem for stem, count in counts.items() if count > 1}


def _in_folder(folder: Path) -> list[ReturnedFile]:
    found: list[ReturnedFile] = []
    for path in sorted(folder.rglob("*")):
        # A link could lead anywhere, and opening a pipe would wait for ever.
        if not stat.S_ISREG(path.lstat().st_mode) or _is_hidden(path.relative_to(folder).parts):
            continue
        if len(found) == MOST_FILES:
            raise _unreadable(folder, f"holds more than {MOST_FILES} files")
        found.append(ReturnedFile(path.name, str(path), _reader_of(path)))
    return found


def _reader_of(path: Path) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        with path.open("rb") as stream:
            return stream.read(size)

    return read


def _in_zip(path: Path, open_files: ExitStack) -> list[ReturnedFile]:
    try:
        # Opening a pipe would wait for a writer that never comes.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unreadable(path, "is no regular file")
        stream = open_files.enter_context(path.open("rb"))
        _refuse_a_huge_directory(path, stream)
        archive = open_files.enter_context(zipfile.ZipFile(stream))
    except PackUnreadable:
        raise
    except Exception as error:  # as above: zipfile raises anything
        raise _unreadable(path, f"cannot be read as a ZIP file ({error})") from error
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise _unreadable(path, f"holds more than {MOST_FILES} files")
    found = []
    for entry in entries:
        parts = tuple(part for part in entry.filename.replace("\\", "/").split("/") if part)
        if parts and not entry.filename.endswith("/") and not _is_hidden(parts):
            found.append(ReturnedFile(parts[-1], entry.filename, _reader_in(archive, entry)))
    return sorted(found, key=lambda file: file.name)


def _reader_in(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        if entry.flag_bits & _ENCRYPTED:
            raise NotImplementedError("it is encrypted")
        with archive.open(entry) as stream:
            return stream.read(size)

    return read


def _is_hidden(parts: tuple[str, ...]) -> bool:
    """Tell files that systems leave behind: ``__MACOSX``, ``.DS_Store``."""
    names = [part for part in parts if part not in {".", ".."}]
    return any(name.startswith(".") or name == "__MACOSX" for name in names)


def _refuse_a_huge_directory(path: Path, stream: BinaryIO) -> None:
    """Look how long the list of names says it is, before it is read into memory.

    The record at the end of the file tells (APPNOTE.TXT 4.3.14 and 4.3.16); `zipfile` finds the
    same one, and says what is wrong where there is none.
    """
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - _END.size - _LONGEST_COMMENT - _LOCATOR_64.size))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        return
    directory = _END.unpack_from(tail, at)[5]
    before = at - _LOCATOR_64.size
    if before >= 0 and tail[before:].startswith(b"PK\x06\x07"):
        stream.seek(_LOCATOR_64.unpack_from(tail, before)[2])
        record = stream.read(_END_64.size)
        stream.seek(0)
        if len(record) == _END_64.size:
            directory = _END_64.unpack(record)[8]
    if directory > _DIRECTORY_BYTES:
        raise _unreadable(path, "has a list of names too long for masks")


def _unreadable(path: Path, problem: str) -> PackUnreadable:
    return PackUnreadable(
        str(path), problem, "Name the ZIP file, or the folder, that the masks came in."
    )
