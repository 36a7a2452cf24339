"""What a runtime made ready from a model: sealed, so that only what is whole is ever used.

Beside the model lies ``.ready/<model>/<key>/``: files made from the verified model for one runtime
on one kind of machine, all of which the key names, and ``seal.json`` with the SHA-256 of each.
A folder appears whole or not at all; a damaged or foreign one counts as none and is replaced. The
model's own file stays the source of truth: all of this may be deleted at any time.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from models.digest import file_digest
from models.lock import held

_SEAL = "seal.json"
_MAKING = ".making-"
_LEFT_BEHIND = 7 * 86_400.0  # seconds after which what no longer fits, or was never ended, may go


class Ready:
    """What was made ready from one model.

    Parameters
    ----------
    models : folder that holds the model
    sha256 : the model's own SHA-256
    """

    def __init__(self, models: Path, sha256: str) -> None:
        self._folder = models / ".ready" / sha256[:16]

    def find(self, key: str) -> Path | None:
        """Return the folder kept under ``key`` when every file in it has its seal."""
        folder = self._folder / key
        seal = _read(folder / _SEAL)
        if not seal:
            return None
        try:
            whole = all(file_digest(folder / Path(name).name) == seal[name] for name in seal)
        except OSError:
            return None
        return folder if whole else None

    def keep(self, key: str, make: Callable[[Path], None]) -> Path | None:
        """Have files made and keep them under ``key``; return their folder.

        Parameters
        ----------
        make : writes the files into the folder that it is given; what it raises passes through,
            but for an OSError

        Returns
        -------
        None where the disk does not allow it. Of several processes that do this at once one wins,
        and all of them get a whole folder.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=self._folder))
        except OSError:
            return None
        try:
            make(making)
            seal = {path.name: file_digest(path) for path in sorted(making.iterdir())}
            (making / _SEAL).write_text(json.dumps(seal), encoding="ascii")
            self._place(making, key)
        except OSError:
            return self.find(key)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        self._sweep(key)
        return self._folder / key

    def note(self, key: str) -> dict[str, Any] | None:
        """Return what was noted under ``key``; a damaged note counts as none."""
        return _read(self._folder / f"{key}.json")

    def record(self, key: str, values: Mapping[str, Any]) -> None:
        """Note something; a folder that cannot be written costs only that."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=self._folder))
            try:
                (making / "note").write_text(json.dumps(values, indent=2), encoding="utf-8")
                (making / "note").replace(self._folder / f"{key}.json")
            finally:
                shutil.rmtree(making, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process at a time into the block; all at once where no lock can be had."""
        with ExitStack() as stack:
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(held(self._folder / "lock", lambda: None))
            yield

    def forget(self) -> None:
        """Delete all that was made ready from the model."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _place(self, making: Path, key: str) -> None:
        """Give a finished folder its name; what had it before was not whole, or is as good."""
        target = self._folder / key
        if target.exists() and self.find(key) is None:
            # Out of the way in one step: nobody may find half of it while it is deleted.
            aside = Path(tempfile.mkdtemp(prefix=_MAKING, dir=self._folder))
            with suppress(FileNotFoundError):  # another process was quicker
                target.rename(aside / key)
            shutil.rmtree(aside, ignore_errors=True)
        making.rename(target)

    def _sweep(self, key: str) -> None:
        """Delete what an older runtime left, and what a killed process did not end."""
        before = time.time() - _LEFT_BEHIND
        with suppress(OSError):
            for entry in self._folder.iterdir():
                if entry.name != key and entry.is_dir() and entry.stat().st_mtime < before:
                    shutil.rmtree(entry, ignore_errors=True)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        values = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return values if isinstance(values, dict) else None
