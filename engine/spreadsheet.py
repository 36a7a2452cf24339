"""CSV files as people's spreadsheets write and read them.

What is read comes from other people: its size, encoding and form are checked, and nothing is
guessed about its letters. What is written opens in a spreadsheet without being run: a text that
starts like a formula gets an apostrophe in front, which spreadsheets take for "this is text", and
`read_sheet` takes away again.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import CsvInvalid

LARGEST = 64 << 20
"""Bytes of the largest file that is read; a catalogue of 100,000 products has a third of it."""

_DELIMITERS = (",", ";", "\t", "|")
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # what Excel writes as a line of its own
_LIKE_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_KEPT_CONTROLS = frozenset("\n\t")


@dataclass(frozen=True)
class SheetRow:
    """One row: the line of the file that it ends on, and its cells by column, trimmed."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A CSV file with a line of headings."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file: its delimiter is found in its first line, blank lines are left out.

    Raises
    ------
    CsvInvalid : unreadable, too large, not UTF-8 or UTF-16, no headings or one of them twice, a
        row with more cells than headings, or quotes that do not close; the line is named
    """
    text = _text(path)
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    skipped = 1 if declared else 0
    columns: tuple[str, ...] = ()
    rows = []
    try:
        for cells in reader:
            line = reader.line_num + skipped
            trimmed = [_unguarded(cell.strip()) for cell in cells]
            if not any(trimmed):
                continue
            if not columns:
                columns = _headings(path, line, trimmed)
            elif any(trimmed[len(columns) :]):
                problem = f"line {line} has {len(trimmed)} cells, and there are {len(columns)}"
                raise _invalid(path, f"{problem} headings", "Put texts with a comma into quotes.")
            else:
                filled = [*trimmed, *[""] * len(columns)][: len(columns)]
                rows.append(SheetRow(line, dict(zip(columns, filled, strict=True))))
    except csv.Error as error:
        line = reader.line_num + skipped
        raise _invalid(path, f"line {line} is no CSV ({error})", "Save it as CSV again.") from error
    if not columns:
        raise _invalid(path, "is empty", "The first line has to name the columns.")
    return Sheet(columns, tuple(rows))


def write_sheet(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    delimiter: str = ",",
    bom: bool = False,
    guard: bool = True,
) -> bytes:
    """Return a CSV file in UTF-8, lines ended as RFC 4180 has it.

    Parameters
    ----------
    columns : headings
    rows : texts, as many as headings; control characters but line breaks and tabs are replaced
    delimiter : between cells
    bom : whether a mark stands in front that old versions of Excel need to see UTF-8
    guard : whether texts that start like a formula get an apostrophe in front
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    for row in (columns, *rows):
        cells = [_printable(cell) for cell in row]
        writer.writerow([_guarded(cell) for cell in cells] if guard else cells)
    encoded = stream.getvalue().encode("utf-8")
    return codecs.BOM_UTF8 + encoded if bom else encoded


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise _invalid(path, "is not a file", "Name a CSV file.")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        problem = f"could not be read ({error.strerror or error})"
        raise _invalid(path, problem, "Check the path.") from error
    if len(data) > LARGEST:
        raise _invalid(path, f"is larger than {LARGEST >> 20} MB", "Divide it.")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _invalid(
            path,
            f"is not written in UTF-8 (byte {error.start + 1})",
            "Save it as “CSV UTF-8”: in any other encoding, letters with accents would be guessed.",
        ) from error
    if "\0" in text:
        raise _invalid(path, "holds a zero byte and is no text", "Save it as CSV again.")
    return text


def _delimiter(text: str) -> str:
    """Return what divides the first line into the most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def cells(delimiter: str) -> int:
        return len(next(csv.reader([first], delimiter=delimiter), []))

    return max(_DELIMITERS, key=cells)


def _headings(path: Path, line: int, cells: Sequence[str]) -> tuple[str, ...]:
    columns = list(cells)
    while columns and not columns[-1]:
        columns.pop()  # a spreadsheet writes the columns that were emptied, too
    for number, column in enumerate(columns, 1):
        if not column:
            raise _invalid(path, f"line {line}: column {number} has no heading", "Give it one.")
        if column in columns[: number - 1]:
            raise _invalid(path, f"line {line} has the heading {column!r} twice", "Rename one.")
    return tuple(columns)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _LIKE_FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _printable(cell: str) -> str:
    """Return a text without what a terminal or a reader of CSV could take for a command."""
    return "".join(
        character
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}
        else "\N{REPLACEMENT CHARACTER}"
        for character in cell
    )


def _invalid(path: Path, problem: str, remedy: str) -> CsvInvalid:
    return CsvInvalid(str(path), problem, remedy)
