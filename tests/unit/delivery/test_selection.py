"""Which photos are exported."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from engine.delivery.selection import exportable
from engine.session.records import MatteRecord, PhotoRecord, State, Verdict
from presets.loader import BUILT_IN, read_preset

AMAZON = read_preset(BUILT_IN / "amazon-main.toml")
MASTER = read_preset(BUILT_IN / "master-png.toml")
MATTE = MatteRecord("0" * 64, "1" * 64, "u2netp", {}, 10, 10, 0.1, (), "a@b", "2026-11-01")


def photo(number: int, path: str, sku: str = "", state: State = "pending", **more: Any) -> Any:
    values: dict[str, Any] = {
        "id": number,
        "path": PurePosixPath(path),
        "sku": sku or PurePosixPath(path).stem,
        "view": "",
        "version": 1,
        "bytes": 1,
        "mtime_ns": 1,
        "width": 10,
        "height": 10,
        "sha256": "0" * 64,
        "format": "JPEG",
        "profile": "sRGB",
        "warnings": (),
        "problem": None,
        "matte": MATTE,
        "verdict": Verdict(state),
        "failure": None,
        "deliveries": 0,
    }
    return PhotoRecord(**values | more)


def test_approved_photos_by_default_and_never_a_rejected_or_uncut_one() -> None:
    photos = [
        photo(1, "a.jpg", state="approved"),
        photo(2, "b.jpg", state="pending"),
        photo(3, "c.jpg", state="rejected"),
        photo(4, "d.jpg", state="approved", matte=None),
        photo(5, "e.jpg", state="approved", missing=True),
    ]
    assert [found.id for found in exportable(photos)] == [1]
    assert [found.id for found in exportable(photos, everything=True)] == [1, 2]
