"""One output for each photo, whatever the names."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import PhotoUnreadable, SessionEmpty
from engine.work.outputs import collect, plan_outputs

_NAMES = st.text(alphabet="aAbB.é", min_size=1, max_size=4).filter(lambda name: name.strip("."))
_PHOTOS = st.builds(
    lambda folder, name, suffix: PurePosixPath(*folder, name + suffix),
    st.lists(st.sampled_from(["SKU1", "sku1", "x"]), max_size=2),
    _NAMES,
    st.sampled_from([".jpg", ".JPG", ".png", ".tif"]),
)


@given(st.sets(_PHOTOS, max_size=30))
def test_no_two_photos_share_an_output_not_even_where_case_is_ignored(
    photos: set[PurePosixPath],
) -> None:
    planned = plan_outputs(photos, ".png")
    assert planned.keys() == photos
    assert len({str(path).casefold() for path in planned.values()}) == len(photos)
    assert all(planned[photo].parent == photo.parent for photo in photos)
    assert all(path.suffix == ".png" for path in planned.values())


@given(st.sets(_PHOTOS, max_size=12))
def test_a_photo_whose_name_is_its_own_keeps_it(photos: set[PurePosixPath]) -> None:
    planned = plan_outputs(photos, ".png")
    plain = [str(photo.with_suffix(".png")).casefold() for photo in photos]
    for photo in photos:
        if plain.count(str(photo.with_suffix(".png")).casefold()) == 1:
            assert planned[photo] == photo.with_suffix(".png")


def test_names_that_would_meet_keep_their_suffix() -> None:
    photos = [PurePosixPath("a/front.jpg"), PurePosixPath("a/front.tif"), PurePosixPath("b.png")]
    assert [str(path) for path in plan_outputs(photos, ".png").values()] == [
        "b.png",
        "a/front.jpg.png",
        "a/front.tif.png",
    ]


def _touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")


def test_one_folder_is_its_own_root(tmp_path: Path) -> None:
    _touch(tmp_path, "SKU1/front.jpg", "SKU2/front.jpg", "notes.txt", "out/old.png")
    found = collect([tmp_path], tmp_path / "out").photos
    assert sorted(map(str, found.values())) == ["SKU1/front.jpg", "SKU2/front.jpg"]


def test_files_of_several_folders_keep_what_tells_them_apart(tmp_path: Path) -> None:
    _touch(tmp_path, "SKU1/front.jpg", "SKU2/front.jpg")
    found = collect([tmp_path / "SKU1/front.jpg", tmp_path / "SKU2/front.jpg"]).photos
    assert sorted(map(str, found.values())) == ["SKU1/front.jpg", "SKU2/front.jpg"]


def test_one_file_is_known_by_its_name(tmp_path: Path) -> None:
    _touch(tmp_path, "SKU1/front.jpg")
    assert list(map(str, collect([tmp_path / "SKU1/front.jpg"]).photos.values())) == ["front.jpg"]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable, match="nowhere"):
        collect([tmp_path / "nowhere"])


def test_a_folder_without_photos_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SessionEmpty):
        collect([tmp_path])
