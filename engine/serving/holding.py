"""One service per place: a lock that the system itself lets go when its process ends.

What the lock file says of the service is true as long as the file is locked; a locked file is the
only proof of a living service, so that a process id that was given away again fools nobody.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

from engine.serving.place import Place

_ATTEMPTS = 5  # someone who only asks who serves has the lock for a moment, too
_PAUSE_SECONDS = 0.02


@dataclass(frozen=True)
class Holder:
    """Who serves: the process, what kind it is, and what it has loaded.

    ``since`` is in seconds since the epoch.
    """

    process: int
    kind: Literal["warm", "workstation"]
    model: str
    since: float


class Hold:
    """A place that this process holds until the end of the context, or its own."""

    def __init__(self, place: Place, descriptor: int) -> None:
        self.place = place
        self._descriptor = descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def describe(self, kind: Literal["warm", "workstation"], model: str) -> None:
        """Say who serves, now that it can."""
        text = json.dumps(asdict(Holder(os.getpid(), kind, model, time.time()))).encode()
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text, 0)

    def release(self) -> None:
        """Leave the place as if there had been no service."""
        self.place.socket.unlink(missing_ok=True)
        # Removed while it is locked: whoever opened it meanwhile sees that it has no name.
        self.place.lock.unlink(missing_ok=True)
        os.close(self._descriptor)


def take_hold(place: Place) -> Hold | None:
    """Hold a private place, and clear away what a killed service left; None if one is held.

    Raises
    ------
    OutputError : the folder is not this user's alone
    """
    place.make_private()
    for _ in range(_ATTEMPTS):
        descriptor = os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        # The file may have been removed by its last owner since it was opened.
        if _lock(descriptor) and _is_still(place.lock, descriptor):
            os.ftruncate(descriptor, 0)
            place.socket.unlink(missing_ok=True)
            return Hold(place, descriptor)
        os.close(descriptor)
        time.sleep(_PAUSE_SECONDS)
    return None


def holder_of(place: Place) -> Holder | None:
    """Return who serves at a place; None where nobody does, or not yet.

    What lies in a folder that others can write to says nothing.
    """
    if not place.is_private():
        return None
    with _opened(place.lock) as descriptor:
        if descriptor is None or _lock(descriptor):
            return None
        return _read(descriptor)


def holders(folder: Path) -> dict[Place, Holder]:
    """Return every service of this user, also those of other versions and packshot homes."""
    places = [Place(folder, lock.stem) for lock in sorted(folder.glob("*.lock"))]
    found = {place: holder_of(place) for place in places}
    return {place: holder for place, holder in found.items() if holder is not None}


def sweep(folder: Path) -> None:
    """Remove what killed services of other versions and settings have left in the folder."""
    for lock in folder.glob("*.lock"):
        hold = take_hold(Place(folder, lock.stem))
        if hold is not None:
            hold.release()


@contextmanager
def _opened(path: Path) -> Iterator[int | None]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)  # and with it the lock, where it was got


def _lock(descriptor: int) -> bool:
    """Lock an open file unless somebody has; return whether it is locked now."""
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _is_still(path: Path, descriptor: int) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False


def _read(descriptor: int) -> Holder | None:
    """Return what a lock file says; None before its owner has written anything."""
    with suppress(ValueError, TypeError):
        return Holder(**json.loads(os.pread(descriptor, 4096, 0)))
    return None
