"""Which of a photo's mattes counts, and how a cut or a choice is taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from engine.errors import SessionError
from engine.matting.recipe import Recipe
from engine.session import schema, store
from engine.session.layout import store_path
from engine.session.session import Session

Cut = Callable[..., str]
MakeRecipe = Callable[..., Recipe]

ONE, OTHER = Recipe("u2netp", "5" * 64), Recipe("isnet", "5" * 64)


def model_of(session: Session, photo_id: int) -> str | None:
    matte = session.photo(photo_id).matte
    return matte.model if matte else None


def record(session: Session, photo_id: int, recipe: Recipe, batch: str | None) -> None:
    """Record a cut of a photo whose content is named after its number."""
    session.record_cut(
        photo_id,
        sha256=str(photo_id) * 64,
        size=(12, 10),
        recipe=recipe,
        seconds=1.0,
        notes=(),
        batch=batch,
    )


def test_a_cut_that_replaces_a_matte_is_taken_back_with_its_verdict(
    session: Session, cut: Cut
) -> None:
    cut(session, 1, ONE)
    session.judge([1], "approved")
    cut(session, 1, OTHER)
    assert (model_of(session, 1), session.photo(1).verdict.state) == ("isnet", "pending")
    assert session.undo() == "SKU1-back.jpg: cut again with isnet"
    assert (model_of(session, 1), session.photo(1).verdict.state) == ("u2netp", "approved")
    assert session.redo() == "SKU1-back.jpg: cut again with isnet"
    assert (model_of(session, 1), session.photo(1).verdict.state) == ("isnet", "pending")


def test_the_first_cut_is_no_step(session: Session, cut: Cut) -> None:
    cut(session, 1, ONE)
    cut(session, 1, ONE)
    assert session.undo() is None
    assert model_of(session, 1) == "u2netp"


def test_a_matte_is_chosen_and_the_choice_taken_back(session: Session, cut: Cut) -> None:
    content = cut(session, 1, ONE)
    cut(session, 1, OTHER)
    session.judge([1], "approved")
    session.choose_matte(1, ONE.digest())
    assert (model_of(session, 1), session.photo(1).verdict.state) == ("u2netp", "pending")
    assert [each.model for each in session.mattes(content)] == ["isnet", "u2netp"]
    assert str(session.undo()).startswith("SKU1-back.jpg: the matte ")
    assert (model_of(session, 1), session.photo(1).verdict.state) == ("isnet", "approved")


def test_only_a_matte_that_is_there_is_chosen(session: Session, cut: Cut) -> None:
    cut(session, 1, ONE)
    with pytest.raises(SessionError, match="has no matte of the recipe"):
        session.choose_matte(1, OTHER.digest())
    with pytest.raises(SessionError, match="has no matte of the recipe"):
        session.choose_matte(2, ONE.digest())
    before = session.revision()
    session.choose_matte(1, ONE.digest())
    assert session.revision() == before


def test_a_batch_is_one_step(session: Session) -> None:
    for number in (1, 2, 3):
        record(session, number, ONE, "first")
    assert session.undo() is None
    for number in (1, 2):
        record(session, number, OTHER, "second")
    session.judge([3], "approved")
    record(session, 3, OTHER, "second")
    assert [model_of(session, number) for number in (1, 2, 3)] == ["isnet"] * 3
    assert session.undo() == "SKU2-front.jpg: approved (left as they are, changed since: 1)"
    assert session.undo() == "3 photos: cut again with isnet"
    assert [model_of(session, number) for number in (1, 2, 3)] == ["u2netp"] * 3
    assert session.photo(3).verdict.state == "approved"


def test_what_a_batch_makes_after_it_was_taken_back_waits_for_redo(session: Session) -> None:
    for number in (1, 2):
        record(session, number, ONE, "first")
    record(session, 1, OTHER, "second")
    session.undo()
    record(session, 2, OTHER, "second")
    assert [model_of(session, number) for number in (1, 2)] == ["u2netp"] * 2
    assert session.redo() == "2 photos: cut again with isnet"
    assert [model_of(session, number) for number in (1, 2)] == ["isnet"] * 2


def test_a_cut_in_the_background_leaves_redo_alone(session: Session) -> None:
    record(session, 1, ONE, "first")
    session.judge([2], "rejected", ["other"])
    session.undo()
    record(session, 1, OTHER, "second")
    assert session.redo() == "SKU1-front.jpg: rejected (other)"


def test_a_matte_that_was_made_before_counts_again_when_it_is_asked_for(
    session: Session,
) -> None:
    record(session, 1, ONE, None)
    record(session, 1, OTHER, None)
    assert not session.record_known(1, "1" * 64, "0" * 64)
    assert session.record_known(1, "1" * 64, ONE.digest())
    assert model_of(session, 1) == "u2netp"
    assert session.undo() == "SKU1-back.jpg: cut again with u2netp"
    assert model_of(session, 1) == "isnet"


def test_copies_share_the_choice(session: Session, cut: Cut) -> None:
    content = cut(session, 1, ONE)
    cut(session, 2, OTHER, sha256=content)
    session.judge([1], "approved")
    session.choose_matte(2, ONE.digest())
    assert [model_of(session, number) for number in (1, 2)] == ["u2netp"] * 2
    assert session.photo(1).verdict.state == "pending"
    session.undo()
    assert [model_of(session, number) for number in (1, 2)] == ["isnet"] * 2
    assert session.photo(1).verdict.state == "approved"


def test_a_photo_tells_everything_that_was_done_to_it(session: Session, cut: Cut) -> None:
    cut(session, 1, ONE)
    session.judge([1], "approved")
    session.rate([1], 4)
    cut(session, 1, OTHER)
    session.undo()
    told = [(event.kind, event.standing) for event in session.events(1)]
    assert told == [
        ("verdict", "done"),
        ("rating", "done"),
        ("matte", "undone"),
        ("verdict", "undone"),
    ]


def test_a_session_of_an_older_packshot_keeps_mattes_and_journal(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.close()
    path = store_path(session.folder)
    path.unlink()
    with monkeypatch.context() as older:
        older.setattr(store, "MIGRATIONS", schema.MIGRATIONS[: schema.MIGRATIONS.index(DECISIONS)])
        store.Store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLDER)
    with Session.open(session.folder, person="anna@desk") as opened:
        assert model_of(opened, 1) == "isnet"
        assert opened.undo() == "SKU1-back.jpg: approved"
        assert opened.photo(1).verdict.state == "pending"


DECISIONS = next(each for each in schema.MIGRATIONS if any("TABLE rating" in text for text in each))

OLDER = f"""
INSERT INTO photo (id, path, bytes, mtime_ns, sha256) VALUES
    (1, CAST('SKU1-back.jpg' AS BLOB), 1, 1, '{"a" * 64}');
INSERT INTO matte (photo_sha256, recipe_digest, model, recipe, width, height, seconds, notes,
    person, at) VALUES
    ('{"a" * 64}', '1', 'u2netp', '{{}}', 1, 1, 1.0, '[]', 'anna@desk', ''),
    ('{"a" * 64}', '2', 'isnet', '{{}}', 1, 1, 1.0, '[]', 'anna@desk', '');
INSERT INTO verdict VALUES (1, 'approved', '[]', '', '2', 'anna@desk', '');
INSERT INTO entry VALUES (1, 'anna@desk', '', 'SKU1-back.jpg: approved', 'done');
INSERT INTO change VALUES (1, 1, NULL, '{{"state": "approved", "reasons": [], "note": "",
    "recipe_digest": "2", "person": "anna@desk", "at": ""}}');
"""
"""One photo with two mattes, of which the newer was approved."""
