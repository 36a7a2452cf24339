"""Headers are read by one thread where that is the quickest, by several where the disk is slow."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from engine.imaging.header import read_header
from engine.session.headers import read_headers
from engine.session.walk import FoundFile

Save = Callable[..., Path]


@pytest.fixture
def files(tmp_path: Path, save: Save) -> list[FoundFile]:
    """Return forty photos in the folder, of which one is no picture."""
    save(tmp_path / "a.jpg", 1)
    for number in range(40):
        (tmp_path / f"SKU{number:02}.jpg").hardlink_to(tmp_path / "a.jpg")
    (tmp_path / "SKU05.jpg").unlink()
    (tmp_path / "SKU05.jpg").write_text("no picture")
    return [FoundFile(PurePosixPath(f"SKU{number:02}.jpg"), 1, 1) for number in range(40)]


@pytest.mark.parametrize("seconds", [0.0, 0.01], ids=["local", "network"])
def test_a_slow_disk_is_asked_by_several_threads_at_once(
    tmp_path: Path, files: list[FoundFile], monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    readers: set[int] = set()

    def slow(path: Path) -> object:
        readers.add(threading.get_ident())
        time.sleep(seconds)
        return read_header(path)

    monkeypatch.setattr("engine.session.headers.read_header", slow)
    # However slow the machine of the test is: what counts is the waiting that the disk is given.
    monkeypatch.setattr("engine.session.headers._WAIT", 0.005 if seconds else 1.0)
    read = list(read_headers(tmp_path, files))
    assert [file for file, _ in read] == files
    assert [isinstance(header, str) for _, header in read] == [n == 5 for n in range(40)]
    assert (len(readers) > 1) == bool(seconds)
