"""Where the service of this user, these files and these settings is to be found.

Its name is a hash of all that has to be the same for a command to come out the same when another
process runs it: a client of another version, packshot home or umask looks for another name, and
finds nothing. Imports little: every ``packshot cut`` begins here.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("engine", "models", "presets", "tui")
_CODE_SUFFIXES = (".py", ".toml", ".onnx")
_PATH_LIMIT = 103  # bytes of a socket's path: 104 with the final zero on the meanest system
_NAME_LENGTH = 20  # hexadecimal digits
_SOCKET = ".sock"
HOME = "PACKSHOT_HOME"


class Place(NamedTuple):
    """A private folder, and the name of one service in it."""

    folder: Path
    name: str

    @property
    def socket(self) -> Path:
        """The socket that the service listens on."""
        return self.folder / f"{self.name}{_SOCKET}"

    @property
    def lock(self) -> Path:
        """The file that the service keeps locked while it lives."""
        return self.folder / f"{self.name}.lock"

    def is_private(self) -> bool:
        """Whether the folder is there, and nobody else may enter it."""
        try:
            found = self.folder.lstat()
        except OSError:
            return False
        return (
            stat.S_ISDIR(found.st_mode)
            and found.st_uid == os.geteuid()
            and not found.st_mode & 0o077
        )

    def make_private(self) -> None:
        """Make the folder where it is missing.

        Raises
        ------
        OutputError : it cannot be made, or somebody else may enter it
        """
        from engine.errors import OutputError  # noqa: PLC0415 - no client needs it

        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                str(self.folder),
                f"the folder for the service's socket cannot be made ({error.strerror})",
                "Set XDG_RUNTIME_DIR to a folder of your own.",
            ) from error
        if not self.is_private():
            raise OutputError(
                str(self.folder),
                "the folder for the service's socket is not yours alone",
                f"Remove it, or run: chmod 700 {self.folder}",
            )


def may_be_served() -> bool:
    """Return whether any service of this user listens: to tell which takes ten times as long."""
    return any(service_folder().glob(f"*{_SOCKET}"))


def own_place() -> Place:
    """Return the place for the files, the user and the settings of this process."""
    return Place(service_folder(), _name())


def service_folder() -> Path:
    """Return the folder of this user's sockets; it need not exist yet."""
    user = os.geteuid()
    for base in (os.environ.get("XDG_RUNTIME_DIR"), f"/run/user/{user}"):
        if base and Path(base).is_dir():
            folder = Path(base).absolute() / "packshot"
            if len(os.fsencode(folder)) + _NAME_LENGTH + len(f"/{_SOCKET}") <= _PATH_LIMIT:
                return folder
    return Path(f"/tmp/packshot-{user}")


def settings() -> dict[str, str]:
    """Return the environment of this process, with an absolute packshot home."""
    environment = dict(os.environ)
    if environment.get(HOME):
        environment[HOME] = str(Path(environment[HOME]).expanduser().absolute())
    return environment


def _name() -> str:
    import hashlib  # noqa: PLC0415 - see the module; most commands find nobody to look for
    import json  # noqa: PLC0415

    described = json.dumps(
        {
            "code": list(_code()),
            "python": [sys.prefix, sys.version],
            "settings": _relevant(settings()),
            "names": sys.getfilesystemencoding(),
            # What a worker writes has the mode and the group of the service.
            "umask": _umask(),
            "group": os.getegid(),
            "files": _root_of_files(),
        },
        sort_keys=True,
    )
    return hashlib.sha256(described.encode()).hexdigest()[:_NAME_LENGTH]


def _relevant(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that say which models are used, and how."""
    places = {"HOME", "XDG_DATA_HOME"}
    return {
        key: value
        for key, value in environment.items()
        if key in places or key.startswith("PACKSHOT_")
    }


def _code() -> Iterator[tuple[str, int, int]]:
    """Yield each file that packshot consists of, with its size and time.

    This stands for the version and the rendering version, and in a working copy for every edit.
    """
    for package in _PACKAGES:
        for folder, folders, files in os.walk(_ROOT / package):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(files):
                if name.endswith(_CODE_SUFFIXES):
                    path = f"{folder}/{name}"
                    found = os.stat(path)  # noqa: PTH116 - a Path for each would double the time
                    yield path, found.st_size, found.st_mtime_ns


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _root_of_files() -> str:
    """Return what tells one view of the file system from a container's or a chroot's."""
    root = Path("/").stat()
    try:
        namespace = Path("/proc/self/ns/mnt").readlink()
    except OSError:
        namespace = Path()
    return f"{root.st_dev} {root.st_ino} {namespace}"
