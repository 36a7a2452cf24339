"""Reduced copies of photos that are slow to decode: kept, used, given up when the photo changes."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.imaging.decode import read_photo
from engine.work import previewing, proxies
from engine.work.jobs import PreviewJob
from engine.work.previewing import preview
from engine.work.proxies import SIDE, find_proxy, keep_proxy


def tiff(folder: Path, tone: int = 90, size: tuple[int, int] = (3000, 1500)) -> Path:
    path = folder / "SKU1-front.tif"
    Image.new("RGB", size, (tone, 120, 200)).save(path)
    return path


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    previewing._reduced.cache_clear()


def shown(photo: Path, folder: Path | None) -> tuple[int, ...]:
    made = preview(PreviewJob(photo, None, "original", (300, 300), proxies=folder))
    return tuple(made.rgb[:3])


def test_a_second_look_decodes_the_copy_and_a_changed_photo_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, folder = tiff(tmp_path), tmp_path / "proxies"
    first = shown(photo, folder)
    (kept,) = folder.iterdir()
    assert max(Image.open(kept).size) == SIDE
    monkeypatch.setattr(previewing, "read_reduced", None)
    previewing._reduced.cache_clear()
    assert np.abs(np.subtract(shown(photo, folder), first)).max() <= 2
    monkeypatch.undo()
    tiff(tmp_path, tone=10)
    os.utime(photo, ns=(1, photo.stat().st_mtime_ns + 1))
    assert shown(photo, folder)[0] < 20


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    photo = tiff(tmp_path)
    shown(photo, None)
    assert list(tmp_path.iterdir()) == [photo]


@pytest.mark.parametrize(("name", "mode"), [("a.jpg", "RGB"), ("a.png", "RGBA")])
def test_what_is_quick_or_transparent_has_no_copy(tmp_path: Path, name: str, mode: str) -> None:
    Image.new(mode, (40, 30), (9, 9, 9, 100)[: len(mode)]).save(photo := tmp_path / name)
    keep_proxy(tmp_path / "proxies", photo, 1, read_photo(photo))
    assert find_proxy(tmp_path / "proxies", photo, 1) is None


def test_a_damaged_copy_counts_as_none(tmp_path: Path) -> None:
    photo, folder = tiff(tmp_path, size=(60, 40)), tmp_path / "proxies"
    keep_proxy(folder, photo, 1, read_photo(photo))
    (kept,) = folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    assert find_proxy(folder, photo, 1) is None


def test_the_oldest_go_where_all_take_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, folder = tiff(tmp_path, size=(60, 40)), tmp_path / "proxies"
    read = read_photo(photo)
    keep_proxy(folder, photo, 1, read)
    (kept,) = folder.iterdir()
    monkeypatch.setattr(proxies, "_MOST_BYTES", 2 * kept.stat().st_size)
    for stamp in (2, 3):
        os.utime(kept, ns=(1, 1))
        keep_proxy(folder, photo, stamp, read)
    assert find_proxy(folder, photo, 1) is None
    assert find_proxy(folder, photo, 3) is not None
