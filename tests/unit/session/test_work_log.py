"""Cuts, failures and deliveries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import SessionError
from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.session.session import Session

Cut = Callable[..., str]
MakeRecipe = Callable[..., Recipe]


def test_a_cut_becomes_the_photos_matte(
    session: Session, cut: Cut, make_recipe: MakeRecipe
) -> None:
    recipe = make_recipe()
    sha256 = cut(session, 1, recipe, notes=("no profile: sRGB assumed",))
    photo = session.photo(1)
    assert photo.sha256 == sha256
    assert photo.matte is not None
    assert (photo.matte.recipe_digest, photo.matte.model) == (recipe.digest(), "u2netp")
    assert photo.matte.recipe == recipe.content()
    assert photo.matte.notes == ("no profile: sRGB assumed",)
    assert (photo.matte.width, photo.matte.height, photo.matte.seconds) == (1200, 1000, 1.5)
    assert photo.matte.person == "anna@desk"
    assert session.mattes(sha256) == [photo.matte]
    assert [each.matte for each in session.photos()].count(photo.matte) == 1


def test_the_newest_matte_counts(session: Session, cut: Cut, make_recipe: MakeRecipe) -> None:
    first, second = make_recipe("u2netp"), make_recipe("isnet")
    sha256 = cut(session, 1, first)
    cut(session, 1, second)
    assert [matte.model for matte in session.mattes(sha256)] == ["isnet", "u2netp"]
    cut(session, 1, first)
    assert [matte.model for matte in session.mattes(sha256)] == ["u2netp", "isnet"]
    photo = session.photo(1)
    assert photo.matte is not None
    assert photo.matte.model == "u2netp"


def test_the_matte_file_is_named_when_it_exists(
    session: Session, cut: Cut, make_recipe: MakeRecipe
) -> None:
    recipe = make_recipe()
    assert session.matte_file(session.photo(1)) is None
    sha256 = cut(session, 1, recipe)
    photo = session.photo(1)
    assert session.matte_file(photo) is None
    path = matte_path(session.folder, sha256, recipe.digest())
    path.parent.mkdir(parents=True)
    path.touch()
    assert photo.matte is not None
    assert session.matte_file(photo) == session.matte_file(photo.matte) == path


def test_copies_of_a_photo_share_their_mattes(
    session: Session, cut: Cut, make_recipe: MakeRecipe
) -> None:
    content = cut(session, 1, make_recipe("u2netp"))
    cut(session, 2, make_recipe("isnet"), sha256=content)
    assert session.photo(1).matte == session.photo(2).matte


def test_a_failure_lasts_until_the_next_cut(session: Session, cut: Cut) -> None:
    session.record_failure(1, "truncated \udce9")
    assert session.photo(1).failure == "truncated \\udce9"
    cut(session, 1)
    assert session.photo(1).failure is None


def test_an_approval_does_not_cover_another_matte(
    session: Session, cut: Cut, make_recipe: MakeRecipe
) -> None:
    cut(session, 1, make_recipe("u2netp"))
    session.judge([1], "approved")
    cut(session, 1, make_recipe("u2netp"))
    assert session.photo(1).verdict.state == "approved"
    cut(session, 1, make_recipe("isnet"))
    assert session.photo(1).verdict.state == "pending"
    assert session.photo(1).verdict.note == "cut again: it was approved"


def test_an_approval_from_before_the_cut_does_not_cover_it(session: Session, cut: Cut) -> None:
    session.judge([1], "approved")
    session.judge([2], "rejected", ["other"])
    cut(session, 1)
    cut(session, 2)
    assert session.photo(1).verdict.state == "pending"
    assert session.photo(2).verdict.state == "rejected"


def test_a_rejected_matte_is_looked_at_again_when_it_is_another(
    session: Session, cut: Cut, make_recipe: MakeRecipe
) -> None:
    cut(session, 1, make_recipe("u2netp"))
    session.judge([1], "rejected", ["halo"])
    cut(session, 1, make_recipe("isnet"))
    assert session.photo(1).verdict.state == "pending"


def test_deliveries_are_kept_in_order(session: Session) -> None:
    for number in (1, 2):
        session.deliveries.record(
            1,
            preset="amazon-main",
            preset_digest="p" * 64,
            path=f"Output/SKU1 \udce9-v{number}.jpg",
            sha256=str(number) * 64,
            recipe_digest="r" * 64,
        )
    first, second = session.deliveries.of(1)
    assert (first.path, second.path) == ("Output/SKU1 \udce9-v1.jpg", "Output/SKU1 \udce9-v2.jpg")
    assert (first.preset, first.person, first.sha256) == ("amazon-main", "anna@desk", "1" * 64)
    assert session.deliveries.of(2) == []
    assert [session.photo(number).deliveries for number in (1, 2)] == [2, 0]


def test_only_photos_of_the_session_are_recorded(session: Session) -> None:
    with pytest.raises(SessionError, match="no photo number 99"):
        session.record_failure(99, "no")


def test_the_revision_grows_with_every_record(session: Session, cut: Cut) -> None:
    seen = [session.revision()]
    for change in (
        lambda: session.record_failure(1, "no"),
        lambda: cut(session, 1),
        lambda: session.judge([1], "approved"),
        session.undo,
    ):
        change()
        seen.append(session.revision())
    assert seen == sorted(set(seen))


def test_a_step_done_again_does_not_cover_another_matte(
    session: Session, cut: Cut, make_recipe: MakeRecipe
) -> None:
    cut(session, 1, make_recipe("u2netp"))
    session.judge([1], "approved")
    session.undo()
    cut(session, 1, make_recipe("isnet"))
    assert session.redo() == "SKU1-back.jpg: approved (left as they are, changed since: 1)"
    assert session.photo(1).verdict.state == "pending"
