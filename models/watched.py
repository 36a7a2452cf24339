"""Another program that fetches a file: watched while it works, stopped when nothing arrives."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from models.errors import SourceFailed
from models.events import Arrived

_LOOK_EVERY = 0.1  # seconds


def run_watched(
    command: Sequence[str],
    folder: Path,
    subject: str,
    patience: float,
    arrived: Arrived,
    total: int | None,
) -> None:
    """Run a program that downloads into ``folder``, and wait for its good end.

    The program works and keeps its temporary files there, so that the growth of the folder is
    the progress, and a folder that does not grow for ``patience`` seconds means a dead connection.
    The program never outlives this call.

    Raises
    ------
    SourceFailed : it could not be started, failed, or nothing arrived any more
    """
    place = str(folder)
    log = folder / "log.txt"
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "TMPDIR": place, "TEMP": place, "TMP": place},
            )
        except OSError as error:
            raise _failed(subject, f"cannot be fetched ({error})") from error
        try:
            _wait(process, folder, subject, patience, arrived, total)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    if process.returncode:
        raise _failed(subject, _complaint(log))


def _wait(
    process: subprocess.Popen[bytes],
    folder: Path,
    subject: str,
    patience: float,
    arrived: Arrived,
    total: int | None,
) -> None:
    written, since = 0, time.monotonic()
    while process.poll() is None:
        sizes = _sizes(folder)
        if sum(sizes) != written:
            written, since = sum(sizes), time.monotonic()
            # The download is the largest file; a cache may hold a second copy of it.
            arrived(max(sizes), total)
        elif time.monotonic() - since > patience:
            raise _failed(subject, f"nothing arrived for {patience:.0f} s")
        time.sleep(_LOOK_EVERY)


def _sizes(folder: Path) -> list[int]:
    """Return the sizes of all files below a folder that is being written."""
    sizes = []
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                sizes.append(Path(parent, name).stat().st_size)
            except FileNotFoundError:
                continue  # moved while we looked
    return sizes


def _complaint(log: Path) -> str:
    """Return the last line in which the program says what went wrong."""
    lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines()]
    spoken = [line for line in lines if line]
    errors = [line for line in spoken if "error" in line.casefold()]
    said = (errors or spoken or ["it gave no reason"])[-1]
    return f"the download failed ({said[:200]})"


def _failed(subject: str, problem: str) -> SourceFailed:
    return SourceFailed(subject, problem, "Check the connection and try again.")
