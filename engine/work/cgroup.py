"""The share of a machine that Linux gives to a group of processes, such as a container.

A group lies in groups, and each may limit what it hands on: the tightest limit counts. Version 2
has one tree of groups, version 1 one per resource; a system may mount both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_PROC, _MOUNT = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")
_UNLIMITED = 1 << 60  # bytes; version 1 writes a number beyond every machine for "no limit"


@dataclass(frozen=True)
class Limits:
    """``cores`` (with fractions) and bytes of ``memory`` that a group may use; None: no limit."""

    cores: float | None
    memory: int | None


def limits(membership: Path = _PROC, mount: Path = _MOUNT) -> Limits:
    """Return the limits of this process's group and of those around it.

    Parameters
    ----------
    membership : file that says in which groups this process is
    mount : folder where the trees of groups are mounted
    """
    cores: list[float] = []
    memory: list[int] = []
    for line in _text(membership).splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        names = controllers.split(",") if controllers else []
        if not names:
            for group in _around(mount, path):
                cores += _share(*_text(group / "cpu.max").partition(" ")[::2])
                memory += _bytes(_text(group / "memory.max"))
        if "cpu" in names:
            for group in _around(_tree(mount, controllers, "cpu"), path):
                quota, period = (
                    _text(group / f"cpu.cfs_{what}_us") for what in ("quota", "period")
                )
                cores += _share(quota, period)
        if "memory" in names:
            for group in _around(_tree(mount, controllers, "memory"), path):
                memory += _bytes(_text(group / "memory.limit_in_bytes"))
    return Limits(min(cores, default=None), min(memory, default=None))


def _tree(mount: Path, controllers: str, one: str) -> Path:
    """Return where a tree of version 1 is mounted: under all its controllers, or under one."""
    return mount / controllers if (mount / controllers).is_dir() else mount / one


def _around(tree: Path, path: str) -> Iterator[Path]:
    """Yield a group's folder and those above it, up to the root of its tree.

    Inside a container the path may be the one that the host sees, which is not there; the root
    then is the container's own group.
    """
    group = PurePosixPath("/", path.strip())
    if ".." in group.parts:  # a group outside of what this process may see
        group = PurePosixPath("/")
    for each in (group, *group.parents):
        yield tree / each.relative_to("/")


def _share(quota: str, period: str) -> list[float]:
    """Return the cores that a quota of microseconds in a period comes to, if it is one."""
    if quota.isdigit() and period.isdigit() and int(period):
        return [int(quota) / int(period)]
    return []  # "max", -1, or no such file


def _bytes(text: str) -> list[int]:
    return [int(text)] if text.isdigit() and int(text) < _UNLIMITED else []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
