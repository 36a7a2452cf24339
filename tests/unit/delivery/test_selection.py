"""Which photos are exported, and names that keep them apart."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.delivery.naming.apart import name_parts
from engine.delivery.naming.filename import delivery_name
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


def names(photos: list[PhotoRecord], preset: Any = MASTER) -> list[str]:
    parts = name_parts(photos, preset)
    return [delivery_name(preset, parts[found.id]).as_posix() for found in photos]


def test_photos_of_the_same_name_keep_their_folders() -> None:
    photos = [photo(1, "a/front.jpg"), photo(2, "b/front.jpg")]
    assert names(photos) == ["master-png/a/front.png", "master-png/b/front.png"]


def test_photos_that_differ_by_suffix_or_case_are_told_apart() -> None:
    assert names([photo(1, "front.jpg"), photo(2, "front.tif")]) == [
        "master-png/front-jpg.png",
        "master-png/front-tif.png",
    ]
    told = names([photo(1, "x/front.jpg"), photo(2, "X/front.jpg"), photo(3, "y/front.jpg")])
    assert len({name.casefold() for name in told}) == 3
    assert told[2] == "master-png/y/front.png"


def test_two_shots_of_one_sku_and_view_are_told_apart() -> None:
    photos = [photo(1, "SKU1 front.jpg", "SKU1"), photo(2, "SKU1.jpg", "SKU1")]
    assert names(photos, AMAZON) == [
        "amazon-main/SKU1-SKU1 front.jpg",
        "amazon-main/SKU1-SKU1.jpg",
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "a/", "A/", "a/b/"]),
            st.sampled_from(["x", "X", "x-v2", "y z", "ü"]),
            st.sampled_from([".jpg", ".JPG", ".tif"]),
        ),
        unique=True,
        max_size=12,
    )
)
def test_no_two_photos_share_a_name(paths: list[tuple[str, str, str]]) -> None:
    photos = [photo(number, "".join(path), "SKU") for number, path in enumerate(paths)]
    assert len({name.casefold() for name in names(photos, AMAZON)}) == len(paths)
