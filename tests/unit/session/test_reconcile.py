"""Recognising photos that have moved, changed, vanished and come back."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.session.reconcile import KnownPhoto, Plan, reconcile
from engine.session.walk import FoundFile


def known(
    number: int, path: str, size: int = 1, time: int = 1, sha256: str | None = None, **more: Any
) -> KnownPhoto:
    values: dict[str, Any] = {"missing": False, "problem": None, **more}
    return KnownPhoto(number, PurePosixPath(path), size, time, sha256, **values)


def found(path: str, size: int = 1, time: int = 1) -> FoundFile:
    return FoundFile(PurePosixPath(path), size, time)


def unread(path: PurePosixPath) -> str | None:
    raise AssertionError(f"{path} was read without need")


def summary(plan: Plan) -> dict[str, object]:
    return {
        "back": [photo.id for photo in plan.back],
        "moved": {photo.id: str(file.path) for photo, file in plan.moved},
        "changed": {photo.id: str(file.path) for photo, file in plan.changed},
        "reread": {photo.id: str(file.path) for photo, file in plan.reread},
        "added": [str(file.path) for file in plan.added],
        "missing": [photo.id for photo in plan.missing],
    }


def only(**expected: object) -> dict[str, object]:
    return summary(Plan()) | expected


def test_nothing_has_changed() -> None:
    plan = reconcile([known(1, "a", sha256="A")], [found("a")], unread)
    assert not plan


def test_a_renamed_photo_is_recognised_by_size_and_time() -> None:
    plan = reconcile([known(1, "a", 7, 3)], [found("b", 7, 3)], unread)
    assert summary(plan) == only(moved={1: "b"})


def test_a_photo_of_another_time_is_another_photo() -> None:
    plan = reconcile([known(1, "a", 7, 3)], [found("b", 7, 4)], unread)
    assert summary(plan) == only(added=["b"], missing=[1])


def test_a_known_hash_decides_over_size_and_time() -> None:
    photos = [known(1, "a", 7, 3, "A")]
    assert summary(reconcile(photos, [found("b", 7, 99)], lambda _: "A")) == only(moved={1: "b"})
    plan = reconcile(photos, [found("b", 7, 3)], lambda _: "B")
    assert summary(plan) == only(added=["b"], missing=[1])


def test_new_content_at_the_same_path() -> None:
    plan = reconcile([known(1, "a", 7, 3, "A")], [found("a", 7, 4)], lambda _: "B")
    assert summary(plan) == only(changed={1: "a"})


def test_a_new_time_alone_is_no_new_content() -> None:
    plan = reconcile([known(1, "a", 7, 3, "A")], [found("a", 7, 4)], lambda _: "A")
    assert summary(plan) == only(moved={1: "a"})


def test_two_photos_have_changed_places() -> None:
    photos = [known(1, "a", 7, 3), known(2, "b", 8, 4)]
    plan = reconcile(photos, [found("a", 8, 4), found("b", 7, 3)], unread)
    assert summary(plan) == only(moved={1: "b", 2: "a"})


def test_a_copy_leaves_the_original_where_it_is() -> None:
    plan = reconcile([known(1, "a", 7, 3)], [found("a", 7, 3), found("b", 7, 3)], unread)
    assert summary(plan) == only(added=["b"])


def test_a_missing_photo_comes_back() -> None:
    photos = [known(1, "a", 7, 3, missing=True), known(2, "b", 8, 4, missing=True)]
    plan = reconcile(photos, [found("a", 7, 3), found("x/b", 8, 4)], unread)
    assert summary(plan) == only(back=[1], moved={2: "x/b"})


def test_a_path_that_was_taken_over_stays_with_the_photo_that_is_there() -> None:
    photos = [known(1, "a", 7, 3, missing=True), known(2, "a", 7, 3)]
    assert not reconcile(photos, [found("a", 7, 3)], unread)


def test_an_unreadable_photo_is_tried_again() -> None:
    plan = reconcile([known(1, "a", problem="is empty")], [found("a")], unread)
    assert summary(plan) == only(reread={1: "a"})


def test_a_photo_that_was_cut_before_its_new_content_was_scanned() -> None:
    plan = reconcile([known(1, "a", 7, 3, "NEW")], [found("a", 9, 4)], lambda _: "NEW")
    assert summary(plan) == only(reread={1: "a"})


def test_of_two_equal_files_the_one_of_the_same_name_is_taken() -> None:
    plan = reconcile([known(1, "x/a", 7, 3)], [found("y/b", 7, 3), found("z/a", 7, 3)], unread)
    assert summary(plan) == only(moved={1: "z/a"}, added=["y/b"])


FILES = st.dictionaries(
    st.sampled_from([f"{folder}/{name}" for folder in "xyz" for name in "abc"]),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
)


@given(FILES, FILES, st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_every_file_is_one_photo_and_no_photo_is_lost(
    before: dict[str, tuple[int, int]],
    after: dict[str, tuple[int, int]],
    missing: set[int],
    hashed: set[int],
) -> None:
    def content(stamp: tuple[int, int]) -> str:
        return f"size {stamp[0]}"

    photos = [
        known(
            number,
            path,
            *stamp,
            content(stamp) if number in hashed else None,
            missing=number in missing,
        )
        for number, (path, stamp) in enumerate(before.items())
    ]
    files = [found(path, *stamp) for path, stamp in after.items()]
    plan = reconcile(photos, files, lambda path: content(after[str(path)]))

    touched = [photo.id for photo, _ in (*plan.moved, *plan.changed, *plan.reread)]
    touched += [photo.id for photo in (*plan.back, *plan.missing)]
    assert len(touched) == len(set(touched))
    taken = [file.path for _, file in (*plan.moved, *plan.changed, *plan.reread)]
    taken += [file.path for file in plan.added] + [photo.path for photo in plan.back]
    assert len(taken) == len(set(taken))
    kept = {p.path for p in photos if p.id not in touched and not p.missing}
    assert set(taken) | kept == {file.path for file in files}
