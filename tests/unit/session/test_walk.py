"""Which files of a folder are photos of the session."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from engine.session.walk import Listing, list_photos


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def listed(folder: Path, *ignored: str) -> Listing:
    return list_photos(folder, {".jpg", ".png"}, ignored)


def names(folder: Path, *ignored: str) -> list[str]:
    return [str(file.path) for file in listed(folder, *ignored).files]


def test_photos_are_found_in_sub_folders_and_by_suffix(tmp_path: Path) -> None:
    touch(*(tmp_path / name for name in ("b.JPG", "a.png", "notes.txt", "SKU1/x/front.jpg", "jpg")))
    assert names(tmp_path) == ["SKU1/x/front.jpg", "a.png", "b.JPG"]


def test_size_and_time_come_along(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg")
    os.utime(tmp_path / "a.jpg", ns=(1, 1_234_567_890_123_456_700))
    file = listed(tmp_path).files[0]
    assert (file.bytes, file.mtime_ns) == (1, (tmp_path / "a.jpg").stat().st_mtime_ns)


def test_what_is_not_a_photo_of_the_session_is_left_out(tmp_path: Path) -> None:
    kept = [tmp_path / "Capture" / "a.jpg", tmp_path / "Selects" / "b.jpg"]
    touch(
        *kept,
        tmp_path / "Output" / "c.jpg",
        tmp_path / "Trash" / "d.jpg",
        tmp_path / "Capture" / "CaptureOne" / "Cache" / "e.jpg",
        tmp_path / ".packshot" / "f.png",
        tmp_path / ".hidden" / "g.jpg",
        tmp_path / "._h.jpg",
        tmp_path / ".packshot-i.jpg",
        tmp_path / "exports" / "web" / "j.jpg",
    )
    assert names(tmp_path, "Exports/Web") == ["Capture/a.jpg", "Selects/b.jpg"]
    ignored = {str(path) for path in listed(tmp_path, "exports/web").ignored}
    assert ignored == {"Capture/CaptureOne", "Output", "Trash", "exports/web"}


def test_the_same_name_in_two_folders_is_two_photos(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "1.jpg", tmp_path / "b" / "1.jpg")
    assert names(tmp_path) == ["a/1.jpg", "b/1.jpg"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    touch(tmp_path / "z" / "a.jpg")
    (tmp_path / "z" / "self").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "z")
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert names(tmp_path) == ["z/a.jpg"]


def test_a_linked_folder_is_followed(tmp_path: Path) -> None:
    touch(tmp_path / "elsewhere" / "a.jpg")
    (tmp_path / "shoot").mkdir()
    (tmp_path / "shoot" / "linked").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "shoot") == ["linked/a.jpg"]


def test_a_link_to_nowhere_is_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    listing = listed(tmp_path)
    assert listing.files == []
    assert [trouble.path for trouble in listing.troubles] == [PurePosixPath("gone.jpg")]


def test_a_folder_that_cannot_be_read_is_reported(locked_folder: Path) -> None:
    was = os.geteuid()
    os.seteuid(os.getuid())
    secret = locked_folder / "secret"
    touch(secret / "a.jpg")
    secret.chmod(0)
    os.seteuid(was)
    listing = listed(locked_folder)
    assert [str(file.path) for file in listing.files] == ["SKU1-front.jpg"]
    assert [str(trouble.path) for trouble in listing.troubles] == ["secret"]
    assert "Permission denied" in listing.troubles[0].problem
    os.seteuid(os.getuid())
    secret.chmod(0o755)
    os.seteuid(was)


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.jpg"
    with open(raw, "wb") as stream:  # noqa: PTH123 - pathlib takes no bytes
        stream.write(b"x")
    (found,) = listed(tmp_path).files
    assert os.fsencode(str(found.path)) == b"caf\xe9.jpg"
