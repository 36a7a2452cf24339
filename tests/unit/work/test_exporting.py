"""Several presets of one photo: opened once, the same bytes as one by one, failures apart."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.delivery import deliver as delivering
from engine.delivery.deliver import Delivered
from engine.delivery.export_job import ExportJob
from engine.delivery.naming.filename import NameParts
from engine.delivery.provenance import Provenance
from engine.errors import MatteOutdated, OutputNotWritable
from engine.imaging.encode import encode_matte
from engine.work.batch import Outcome
from engine.work.exporting import export_outcomes
from engine.work.workers import Workers
from presets.loader import find_preset

PRESETS = ("master-png", "amazon-main")


class Here(Workers):
    """A pool that does each job at once, in this process."""

    def __init__(self, count: int, **_: Any) -> None:
        self.count = count

    def submit(self, function: Any, job: Any, timeout: float | None = None) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(function(job))
        except Exception as error:  # as a pool does: whatever it is, it is the job's
            done.set_exception(error)
        return done

    def close(self, *, wait: bool) -> None:
        pass


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the photos that were decoded, in order."""
    seen: list[Path] = []
    read_photo = delivering.read_photo

    def noting(path: Path, data: bytes | None = None) -> Any:
        seen.append(path)
        return read_photo(path, data)

    monkeypatch.setattr(delivering, "read_photo", noting)
    return seen


def jobs(folder: Path, target: Path, photos: int = 1) -> list[ExportJob]:
    """Return the exports of discs on grey, with every preset each."""
    made = []
    for number in range(photos):
        photo, matte = folder / f"SKU{number}-front.png", folder / f"{number}.matte"
        rows, columns = np.mgrid[:300, :320]
        alpha = (100 - np.hypot(rows - 150, columns - 160)).clip(0, 1)
        pixels = alpha[..., None] * (30, 60, 160) + (1 - alpha[..., None]) * (200, 200, 200)
        Image.fromarray(pixels.astype(np.uint8)).save(photo)
        matte.write_bytes(encode_matte((alpha * 255).astype(np.uint8)))
        provenance = Provenance(hashlib.sha256(photo.read_bytes()).hexdigest(), "r" * 64)
        names = NameParts(stem=photo.stem, sku=f"SKU{number}", view="front")
        made += [
            ExportJob(
                photo,
                number,
                matte,
                find_preset(name, folder).preset,
                target,
                names,
                provenance,
            )
            for name in PRESETS
        ]
    return made


def files(target: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(target): path.read_bytes() for path in target.rglob("*") if path.is_file()
    }


def test_presets_of_a_photo_share_its_decoding_and_come_out_the_same(
    tmp_path: Path, opened: list[Path]
) -> None:
    together = jobs(tmp_path, tmp_path / "together", photos=2)
    ended = list(export_outcomes(Here(1), together))
    assert {outcome.job for outcome in ended} == set(together)
    assert all(isinstance(outcome.result, Delivered) for outcome in ended)
    assert len(opened) == 2
    # With more workers than photos, every file is a job of its own.
    list(export_outcomes(Here(9), jobs(tmp_path, tmp_path / "apart", photos=2)))
    assert len(opened) == 2 + 4
    assert files(tmp_path / "together") == files(tmp_path / "apart")


def test_a_file_that_cannot_be_written_costs_the_others_nothing(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / PRESETS[0]).symlink_to(outside)
    first, second = export_outcomes(Here(1), jobs(tmp_path, tmp_path / "out"))
    assert isinstance(first.error, OutputNotWritable)
    assert second.result is not None


def test_a_photo_that_cannot_be_opened_fails_every_file_of_it(tmp_path: Path) -> None:
    todo = jobs(tmp_path, tmp_path / "out")
    todo[0].matte.unlink()
    ended: list[Outcome[ExportJob, Delivered]] = list(export_outcomes(Here(1), todo))
    assert [outcome.job for outcome in ended] == todo
    assert all(isinstance(outcome.error, MatteOutdated) for outcome in ended)
