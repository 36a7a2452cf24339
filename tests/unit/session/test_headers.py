"""Headers are read by one thread where that is the quickest, by several where the disk is slow."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import pytest

from engine.imaging.header import Header, read_header
from engine.session.headers import read_headers
from engine.session.walk import FoundFile

Save = Callable[..., Path]

COUNT = 1200  # more than are handed to the threads at once


class Disk:
    """A folder of photos on a disk that keeps one waiting, by the clock of the test.

    Attributes
    ----------
    files : in the folder; the sixth is no picture
    waits : seconds for which each file is waited
    turn : seconds that each file takes of the clock where several threads read
    held : a file that a thread does not get before ``release`` is set
    alone : which files were read one after the other
    together : which were read by several threads
    """

    def __init__(self, folder: Path, save: Save) -> None:
        self.folder = folder
        self.files = [FoundFile(PurePosixPath(f"{number}.jpg"), 1, 1) for number in range(COUNT)]
        self.waits = [0.0] * COUNT
        self.turn = 0.0
        self.held = -1
        self.release = threading.Event()
        self.alone: list[int] = []
        self.together: set[int] = set()
        self._now = 0.0
        self._turns = threading.Lock()
        self._thread = threading.current_thread()
        save(folder / "photo.jpg", 1)
        (folder / "text.jpg").write_text("no picture")

    def read(self, path: Path) -> Header:
        number = int(path.stem)
        if threading.current_thread() is self._thread:
            self._now += self.waits[number]
            self.alone.append(number)
        else:
            assert number != self.held or self.release.wait(10), "nobody waits for it"
            with self._turns:
                self._now += self.turn
            self.together.add(number)
        return read_header(self.folder / ("text.jpg" if number == 5 else "photo.jpg"))

    def clock(self) -> SimpleNamespace:
        return SimpleNamespace(monotonic=lambda: self._now, thread_time=lambda: 0.0)


@pytest.fixture
def disk(tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """Return the disk from which headers are read."""
    disk = Disk(tmp_path, save)
    monkeypatch.setattr("engine.session.headers.read_header", disk.read)
    monkeypatch.setattr("engine.session.headers.time", disk.clock())
    return disk


def read_all(disk: Disk) -> None:
    """Read the headers of all files; each is there, in order."""
    read = list(read_headers(disk.folder, disk.files))
    assert [file for file, _ in read] == disk.files
    assert [isinstance(header, str) for _, header in read] == [n == 5 for n in range(COUNT)]


def test_a_local_disk_is_read_by_one_thread(disk: Disk) -> None:
    disk.waits[100] = 0.03  # something else held it up for once
    read_all(disk)
    assert not disk.together


@pytest.mark.parametrize(("seconds", "alone"), [(0.01, 6), (1.0, 1)], ids=["network", "far away"])
def test_a_slow_disk_is_read_by_several_threads_nearly_at_once(
    disk: Disk, seconds: float, alone: int
) -> None:
    disk.waits = [seconds] * COUNT
    read_all(disk)
    assert disk.alone[:alone] == list(range(alone))
    assert len(disk.alone) <= alone + 2, "now and then one, to see whether it still is slow"


def test_a_disk_that_turns_out_slow_later_is_read_by_several_threads(disk: Disk) -> None:
    disk.waits[40:] = [0.01] * (COUNT - 40)
    read_all(disk)
    assert len(disk.alone) < 60


def test_a_disk_that_is_slow_at_first_is_read_by_one_thread_afterwards(disk: Disk) -> None:
    disk.waits[0] = 5.0  # it had to spin up
    read_all(disk)
    assert len(disk.alone) > COUNT / 2


def test_threads_that_only_wait_for_each_other_are_tried_now_and_then(disk: Disk) -> None:
    disk.waits = [0.01] * COUNT
    disk.turn = 0.009  # the interface has its turns between theirs as well
    read_all(disk)
    assert list(range(6, 70)) == sorted(disk.together)[:64]
    assert len(disk.together) < COUNT / 4


def test_threads_go_on_for_as_long_as_they_are_the_quicker(disk: Disk) -> None:
    disk.waits = [0.01] * 300 + [0.0001] * (COUNT - 300)
    disk.turn = 0.002
    read_all(disk)
    assert disk.together == {*range(6, 70), *range(71, 327)}


def test_a_machine_that_was_busy_for_once_is_no_slow_disk(disk: Disk) -> None:
    disk.waits = [0.0001] * COUNT
    disk.waits[100] = 0.08
    disk.turn = 0.0003
    read_all(disk)
    assert disk.together == set(range(101, 165))


def test_a_header_is_told_while_threads_still_read_others(disk: Disk) -> None:
    disk.waits = [1.0] * COUNT
    disk.held = 20
    headers = read_headers(disk.folder, disk.files)
    assert [next(headers)[0] for _ in range(20)] == disk.files[:20]
    disk.release.set()
    headers.close()


def test_each_header_is_told_as_soon_as_it_is_read(disk: Disk) -> None:
    disk.waits = [0.0001] * COUNT
    headers = read_headers(disk.folder, disk.files)
    for number in range(30):
        next(headers)
        assert disk.alone == list(range(number + 1))
