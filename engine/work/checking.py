"""Files on disk against presets, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from engine.delivery.checking.check import check
from engine.delivery.checking.findings import Finding
from engine.errors import PhotoError, PhotoUnreadable
from engine.work.machine import available_cores
from presets.schema import Preset

_MOST_AT_ONCE = 4  # files whose pixels are in memory together


@dataclass(frozen=True)
class CheckedFile:
    """A file held against a preset; ``problem`` says why it could not be."""

    path: Path
    preset: Preset
    findings: tuple[Finding, ...] = ()
    problem: PhotoError | None = None


def check_files(
    tasks: Sequence[tuple[Path, Preset]], step: Callable[[Path], None]
) -> list[CheckedFile]:
    """Hold files against presets, in the order that is given.

    Parameters
    ----------
    tasks : each file with a preset
    step : called after each
    """
    checked = []
    with ThreadPoolExecutor(min(_MOST_AT_ONCE, available_cores()), "check") as pool:
        for each in pool.map(lambda task: _checked(*task), tasks):
            checked.append(each)
            step(each.path)
    return checked


def _checked(path: Path, preset: Preset) -> CheckedFile:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would never end
            raise PhotoUnreadable(str(path), "is no file", "Give picture files or folders.")
        return CheckedFile(path, preset, check(path.read_bytes(), preset, str(path)))
    except PhotoError as error:
        return CheckedFile(path, preset, problem=error)
    except OSError as error:
        problem = f"could not be read ({error.strerror})"
        unreadable = PhotoUnreadable(str(path), problem, "Check the path and its permissions.")
        return CheckedFile(path, preset, problem=unreadable)
