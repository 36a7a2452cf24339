"""Weights that travel inside packages of the Python and npm registries, as streams of chunks.

The package is fetched by the registry's own client, with the mirrors and proxies that the person
has set up for it. Nothing of a package is installed or run, and nothing is unpacked to a path
that the archive names: only the wanted members are read.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Generator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from models.errors import SourceFailed
from models.events import Arrived
from models.spec import NpmSource, PythonSource
from models.watched import run_watched

_CHUNK = 1 << 20
_BAD_ARCHIVE = (EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError)


def read_python_package(
    source: PythonSource, folder: Path, patience: float, arrived: Arrived
) -> Generator[bytes]:
    """Yield a member of a wheel, fetched with the running interpreter's pip, in chunks.

    Parameters
    ----------
    folder : an empty folder to work in; what is left in it is the caller's to delete
    patience : seconds without progress after which the download is given up
    arrived : called with the bytes so far and in all

    Raises
    ------
    SourceFailed : no pip, a failed download, or no such member
    """
    if importlib.util.find_spec("pip") is None:
        raise _failed(source, "this Python has no pip to fetch it with")
    command = [sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--ignore-requires-python", "--no-cache-dir", "--no-input", "--no-color"]
    command += ["--disable-pip-version-check", "--progress-bar=off", "--retries=1"]
    command += [f"--dest={folder}", f"{source.package}=={source.version}"]
    run_watched(command, folder, str(source), patience, arrived, source.download_bytes)
    try:
        with zipfile.ZipFile(_only(source, folder, "*.whl")) as wheel:
            if source.member not in wheel.namelist():
                raise _failed(source, f"there is no {source.member} in it")
            with wheel.open(source.member) as member:
                yield from _chunks(member)
    except _BAD_ARCHIVE as error:
        raise _failed(source, f"the package is damaged ({error})") from error


def read_npm_package(
    source: NpmSource, folder: Path, patience: float, arrived: Arrived
) -> Generator[bytes]:
    """Yield a member of an npm package, or its chunks joined, in chunks.

    Parameters and errors are those of ``read_python_package``, with the npm client for pip.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise _failed(source, "there is no npm client on this machine to fetch it with")
    command = [npm, "pack", f"{source.package}@{source.version}", "--ignore-scripts"]
    command += ["--loglevel=error", "--no-update-notifier", "--fetch-retries=1"]
    command += [f"--cache={folder / 'cache'}", f"--pack-destination={folder}"]
    run_watched(command, folder, str(source), patience, arrived, source.download_bytes)
    try:
        package = _only(source, folder, "*.tgz")
        for part in _collect(source, package, _wanted(source, package, folder), folder):
            with part.open("rb") as stream:
                yield from _chunks(stream)
    except _BAD_ARCHIVE as error:
        raise _failed(source, f"the package is damaged ({error})") from error


def _wanted(source: NpmSource, package: Path, folder: Path) -> Sequence[str]:
    """Return the members that make the file, in their order."""
    if source.resource is None:
        return [source.member]
    (index,) = _collect(source, package, [source.member], folder)
    beside = PurePosixPath(source.member).parent
    try:
        chunks = json.loads(index.read_bytes())[source.resource]["chunks"]
        return [str(beside / chunk["hash"]) for chunk in chunks]
    except (ValueError, LookupError, TypeError) as error:
        problem = f"its {source.member} lists no chunks of {source.resource}"
        raise _failed(source, problem) from error


def _collect(source: NpmSource, package: Path, members: Sequence[str], folder: Path) -> list[Path]:
    """Copy members into ``folder`` under names of our own, and return them in the given order.

    A compressed tar can only be read forwards, so that members are taken as they come by.
    """
    found: dict[str, Path] = {}
    with tarfile.open(package, "r|gz") as archive:
        for entry in archive:
            # Every path in a package starts with a folder, by custom `package/`.
            name = entry.name.partition("/")[2]
            stream = archive.extractfile(entry) if name in members else None
            if stream is not None:
                found[name] = folder / f"part-{len(found)}"
                with found[name].open("wb") as part:
                    shutil.copyfileobj(stream, part, _CHUNK)
    missing = [member for member in members if member not in found]
    if missing:
        raise _failed(source, f"there is no {missing[0]} in it")
    return [found[member] for member in members]


def _only(source: PythonSource | NpmSource, folder: Path, pattern: str) -> Path:
    files = list(folder.glob(pattern))
    if len(files) != 1:
        raise _failed(source, f"the client left {len(files)} packages instead of one")
    return files[0]


def _chunks(stream: IO[bytes]) -> Generator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _failed(source: PythonSource | NpmSource, problem: str) -> SourceFailed:
    return SourceFailed(str(source), problem, "Check the connection and try again.")
