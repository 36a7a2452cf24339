"""Which judged mattes of a session people learn from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.matting.recipe import Recipe
from engine.session.exemplars import APPROVED, EACH_REASON, Exemplar, exemplars
from engine.session.layout import matte_path
from engine.session.session import Session

Cut = Callable[..., str]
ONE, OTHER = Recipe("u2netp", "5" * 64), Recipe("isnet", "5" * 64)


@pytest.fixture
def cut_again(session: Session, cut: Cut) -> Cut:
    """Return what records a cut, with a file for its matte."""

    def kept(photo_id: int, recipe: Recipe = ONE) -> str:
        sha256 = cut(session, photo_id, recipe)
        file = matte_path(session.folder, sha256, recipe.digest())
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"a matte")
        return sha256

    return kept


def told(found: list[Exemplar]) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (
            each.photo.path.stem,
            each.reason,
            each.rejected and each.rejected.model,
            each.approved and each.approved.model,
        )
        for each in found
    ]


def test_what_was_rejected_cut_again_and_approved_is_a_pair(
    session: Session, cut_again: Cut
) -> None:
    cut_again(1)
    session.judge([1], "rejected", ["halo", "hole filled"], "a rim at the cap")
    cut_again(1, OTHER)
    assert told(exemplars(session)) == [("SKU1-back", "halo", "u2netp", None)]
    session.judge([1], "approved")
    (pair,) = exemplars(session)
    assert told([pair]) == [("SKU1-back", "halo", "u2netp", "isnet")]
    assert pair.verdict.note == "a rim at the cap"


def test_only_what_was_said_last_of_a_matte_counts(session: Session, cut_again: Cut) -> None:
    for photo_id in (1, 2, 3):
        cut_again(photo_id)
    session.judge([1], "rejected", ["halo"])
    session.judge([1], "pending")
    session.judge([2], "rejected", ["halo"])
    session.judge([2], "approved")
    session.judge([3], "rejected", ["halo"])
    session.undo()
    assert told(exemplars(session)) == [("SKU1-front", "", None, "u2netp")]


def test_confidential_products_and_what_has_no_file_are_left_out(
    session: Session, cut_again: Cut, cut: Cut
) -> None:
    cut_again(1)
    cut_again(2)
    cut(session, 3)
    session.judge([1, 2, 3], "rejected", ["halo"])
    session.products.mark("SKU1", confidential=True)
    assert exemplars(session) == []


def test_a_few_of_each_are_shown_the_best_first(
    folder: Path, save: Callable[..., Path], cut_again: Cut, session: Session
) -> None:
    for number in range(3, 14):
        save(folder / f"SKU{number}-front.jpg", number)
    session.scan()
    photos = {photo.path.stem: photo.id for photo in session.photos()}
    for photo_id in photos.values():
        cut_again(photo_id)
    bad = [photos[f"SKU{number}-front"] for number in (1, 2, 3, 4)]
    for photo_id in bad:
        session.judge(
            [photo_id], "rejected", ["halo"], "see the strap" if photo_id == bad[1] else ""
        )
    good = [photo_id for photo_id in photos.values() if photo_id not in bad]
    session.judge(good, "approved")
    best = photos["SKU12-front"]
    session.rate([best], 5)
    found = exemplars(session)
    rejected = [each for each in found if each.reason]
    assert len(rejected) == EACH_REASON
    assert rejected[0].photo.id == bad[1], "a note teaches more than none"
    approved = [each.photo for each in found if not each.reason]
    assert len(approved) == APPROVED
    assert approved[0].id == best
    assert len({photo.sku for photo in approved}) == APPROVED


def test_copies_share_a_matte_and_each_its_verdict(
    folder: Path, session: Session, cut_again: Cut
) -> None:
    copy = folder / "SKU9-front.jpg"
    copy.write_bytes((folder / "SKU1-front.jpg").read_bytes())
    session.scan()
    photos = {photo.path.stem: photo.id for photo in session.photos()}
    digest = cut_again(photos["SKU1-front"])
    assert digest == hashlib.sha256(copy.read_bytes()).hexdigest()
    cut_again(photos["SKU9-front"])
    session.judge([photos["SKU9-front"]], "rejected", ["halo"])
    session.judge([photos["SKU1-front"]], "approved")
    assert told(exemplars(session)) == [
        ("SKU9-front", "halo", "u2netp", None),
        ("SKU1-front", "", None, "u2netp"),
    ]
