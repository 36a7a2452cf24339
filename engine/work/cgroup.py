"""The share of a machine that Linux gives to a group of processes, such as a container.

A group lies in groups, and each may limit what it hands on: the tightest limit counts. Version 2
has one tree of groups, version 1 one per resource; a system may mount both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

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
    for kind, group in _groups(membership, mount):
        if kind == "both":
            cores += _share(*_text(group / "cpu.max").partition(" ")[::2])
        if kind == "cpu":
            quota, period = (_text(group / f"cpu.cfs_{what}_us") for what in ("quota", "period"))
            cores += _share(quota, period)
        if kind in _MEMORY_FILES:
            memory += _bytes(_text(group / _MEMORY_FILES[kind].limit))
    return Limits(min(cores, default=None), min(memory, default=None))


def headroom(membership: Path = _PROC, mount: Path = _MOUNT) -> int | None:
    """Return the bytes that this process's group may still take; None where nothing limits it.

    What is cached of files, and was not used lately, gives way and counts as free.
    """
    left: list[int] = []
    for kind, group in _groups(membership, mount):
        if kind not in _MEMORY_FILES:
            continue
        files = _MEMORY_FILES[kind]
        for limit in _bytes(_text(group / files.limit)):
            used = sum(_bytes(_text(group / files.used)))
            statistics = dict(
                line.partition(" ")[::2] for line in _text(group / "memory.stat").splitlines()
            )
            cached = sum(_bytes(statistics.get(files.cached, "")))
            left.append(max(0, limit - max(0, used - cached)))
    return min(left, default=None)


class _MemoryFiles(NamedTuple):
    """What the files of a group are called, and its line on files that are cached."""

    limit: str
    used: str
    cached: str


_MEMORY_FILES = {
    "both": _MemoryFiles("memory.max", "memory.current", "inactive_file"),
    "memory": _MemoryFiles("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
}


def _groups(membership: Path, mount: Path) -> Iterator[tuple[str, Path]]:
    """Yield what a group limits, "cpu", "memory" or (version 2) "both", and the group's folder."""
    for line in _text(membership).splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if not controllers:
            yield from (("both", group) for group in _around(mount, path))
        for one in {"cpu", "memory"}.intersection(controllers.split(",")):
            tree = _tree(mount, controllers, one)
            yield from ((one, group) for group in _around(tree, path))


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
