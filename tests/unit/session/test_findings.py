"""Signs of trouble in a whole session."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from engine.session.findings import Finding, find_anti_patterns
from engine.session.records import PhotoRecord, Verdict
from engine.session.warnings import Facts, photo_warnings, text_warnings


def photo(number: int, path: str, **more: Any) -> PhotoRecord:
    relative = PurePosixPath(path)
    record = PhotoRecord(
        id=number, path=relative, sku=relative.stem, view="", version=1, bytes=1000 + number,
        mtime_ns=1, width=2000, height=2000, sha256=None, format="JPEG", profile="sRGB",
        warnings=(), problem=None, matte=None, verdict=Verdict(), failure=None, deliveries=0,
    )  # fmt: skip
    record = replace(record, **more)
    return replace(record, warnings=photo_warnings(Facts.of(record)))


def only(photos: list[PhotoRecord]) -> Finding:
    (finding,) = find_anti_patterns(photos)
    return finding


def test_a_good_session_has_none() -> None:
    assert find_anti_patterns([photo(1, "a.jpg"), photo(2, "b.jpg")]) == []
    assert find_anti_patterns([]) == []


def test_profiles_that_differ_from_most() -> None:
    photos = [
        photo(1, "a.jpg"),
        photo(2, "b.jpg", profile="sRGB (assumed)"),
        photo(3, "c.jpg", profile="Display P3"),
    ]
    finding = only(photos)
    assert finding.kind == "mixed-profiles"
    assert finding.paths == (PurePosixPath("c.jpg"),)
    assert finding.details == ("Display P3",)


def test_the_same_sku_and_view_twice() -> None:
    photos = [
        photo(1, "Capture/a.jpg", sku="SKU1", view="front"),
        photo(2, "Selects/a.jpg", sku="sku1", view="front"),
        photo(3, "Selects/a-v2.jpg", sku="SKU1", view="front", version=2),
    ]
    finding = only(photos)
    assert finding.kind == "same-name"
    assert finding.paths == (PurePosixPath("Selects/a.jpg"),)
    assert finding.details == ("like Capture/a.jpg",)


def test_the_same_content_twice() -> None:
    photos = [photo(number, f"{number}.jpg", bytes=5000) for number in (1, 2, 3)]
    hashes = {"1.jpg": "a", "2.jpg": "b", "3.jpg": "a"}
    (finding,) = find_anti_patterns(photos, lambda path: hashes[path.name])
    assert finding.kind == "same-content"
    assert finding.paths == (PurePosixPath("3.jpg"),)
    assert finding.details == ("like 1.jpg",)
    assert find_anti_patterns(photos) == []
    known = [replace(each, sha256=hashes[each.path.name]) for each in photos]
    assert only(known).paths == (PurePosixPath("3.jpg"),)


def test_only_photos_that_may_be_the_same_are_read() -> None:
    def unread(path: PurePosixPath) -> str | None:
        raise AssertionError(f"{path} was read without need")

    for difference in ({"bytes": 1}, {"width": 1999}, {"taken": "2026:11:23 10:00:00"}):
        photos = [
            photo(1, "a.jpg", bytes=5000),
            replace(photo(2, "b.jpg", bytes=5000), **difference),
        ]
        assert find_anti_patterns(photos, unread) == []
    raw = [photo(number, f"{number}.tif", bytes=5000, format="TIFF") for number in (1, 2)]
    assert find_anti_patterns(raw, unread) == []


def test_a_file_that_cannot_be_read_is_like_no_other() -> None:
    photos = [photo(1, "a.jpg", bytes=5000), photo(2, "b.jpg", bytes=5000)]
    assert find_anti_patterns(photos, lambda _: None) == []


def test_copies_and_small_photos_are_gathered() -> None:
    photos = [
        photo(1, "IMG-20260412-WA0007.jpg"),
        photo(2, "b.jpg", width=500, height=500),
        photo(3, "c.jpg", width=600, height=500),
    ]
    copies, small = find_anti_patterns(photos)
    assert (copies.kind, len(copies.paths)) == ("messaging-copy", 1)
    assert (small.kind, len(small.paths)) == ("too-small", 2)
    assert all(finding.problem and finding.remedy for finding in (copies, small))


def test_unreadable_photos_are_left_out() -> None:
    photos = [photo(1, "a.jpg"), photo(2, "b.jpg", problem="is empty", profile=None)]
    assert find_anti_patterns(photos) == []


def test_approved_photos_that_nobody_has_described() -> None:
    described = photo(1, "a.jpg")
    finding = only([described, replace(photo(2, "b.jpg"), warnings=text_warnings(["en", "de"]))])
    assert finding.kind == "missing-alt-text"
    assert (finding.paths, finding.details) == ((PurePosixPath("b.jpg"),), ("in en, de",))
