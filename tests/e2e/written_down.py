"""Which files the real program writes: an audit hook in each of its processes keeps a list."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_HOOK = """
import os, sys
_LIST = os.open({list!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def _written(event, arguments):
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        yield arguments[0]
    elif event in {{"os.mkdir", "os.truncate"}}:
        yield arguments[0]
    elif event in {{"os.rename", "os.link", "os.symlink"}}:
        yield arguments[1]
    elif event == "sqlite3.connect" and arguments[0] != ":memory:":
        yield str(arguments[0]).removeprefix("file://").partition("?")[0]
    elif event == "socket.bind" and isinstance(arguments[1], (str, bytes)):
        yield arguments[1]

def _hook(event, arguments):
    for path in _written(event, arguments):
        if isinstance(path, (str, bytes)) or hasattr(path, "__fspath__"):
            os.write(_LIST, os.path.abspath(os.fsencode(path)) + b"\\n")

sys.addaudithook(_hook)
"""


class WrittenDown:
    """A folder of a user's own, and what programs that are started in it write.

    Attributes
    ----------
    environment : what to start them with: nothing set but the home and a folder for the moment
    home : the user's home folder
    """

    def __init__(self, folder: Path) -> None:
        self._list = folder / "written"
        self.home, hooks, temporary = (folder / name for name in ("home", "hooks", "tmp"))
        for each in (self.home, hooks, temporary):
            each.mkdir()
        text = _HOOK.format(list=str(self._list))
        (hooks / "sitecustomize.py").write_text(text, encoding="utf-8")
        kept = {key: value for key, value in os.environ.items() if not _of_the_system(key)}
        self.environment = {
            **kept,
            "HOME": str(self.home),
            "TMPDIR": str(temporary),  # or else all of the test's own folder would be a place
            "PYTHONPATH": str(hooks),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def paths(self) -> set[Path]:
        """Return what was written so far: by Python, and whatever is left in the home."""
        lines = self._list.read_bytes().splitlines()
        listed = {Path(os.fsdecode(line)) for line in lines}
        return {
            path
            for path in listed | {path for path in self.home.rglob("*") if path.is_file()}
            if not path.is_relative_to("/dev") and not path.is_relative_to("/proc")
        }


def _of_the_system(key: str) -> bool:
    # With some of them a library writes nothing that it would write at a person's desk.
    return key.startswith(("XDG_", "PACKSHOT_", "PYTEST", "ORT_")) or key in {"TMUX", "CI"}


if sys.platform == "win32":
    raise ImportError("the places of a user's data are other ones there")
