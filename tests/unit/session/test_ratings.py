"""Stars and notes, which stand beside verdicts."""

from __future__ import annotations

import pytest

from engine.errors import SessionError
from engine.session.session import Session


def stars(session: Session) -> list[int]:
    return [photo.stars for photo in session.photos()]


def test_stars_are_given_and_taken_away_step_by_step(session: Session) -> None:
    one, two, _ = (photo.id for photo in session.photos())
    session.rate([one, two], 3)
    session.rate([one], 5)
    session.rate([two], 0)
    assert stars(session) == [5, 0, 0]
    assert session.undo() == "SKU1-front.jpg: 0 stars"
    assert session.undo() == "SKU1-back.jpg: 5 stars"
    assert stars(session) == [3, 3, 0]
    assert session.redo() == "SKU1-back.jpg: 5 stars"
    assert stars(session) == [5, 3, 0]


def test_as_many_stars_as_before_are_no_step(session: Session) -> None:
    session.rate([1], 2)
    before = session.revision()
    session.rate([1], 2)
    session.rate([2], 0)
    assert session.revision() == before


@pytest.mark.parametrize("count", [-1, 6])
def test_there_are_five_stars_at_most(session: Session, count: int) -> None:
    with pytest.raises(ValueError, match="0 to 5 stars"):
        session.rate([1], count)


def test_only_photos_of_the_session_are_rated(session: Session) -> None:
    with pytest.raises(SessionError, match="no photo number 99"):
        session.rate([1, 99], 4)
    assert stars(session) == [0, 0, 0]


def test_those_who_follow_a_session_learn_of_stars(session: Session) -> None:
    since = session.changes().revision
    session.rate([2], 4)
    changes = session.changes(since)
    assert [(photo.id, photo.stars) for photo in changes.photos] == [(2, 4)]


def test_a_note_stands_beside_the_verdict(session: Session) -> None:
    session.judge([1], "rejected", ["halo"])
    given = session.photo(1).verdict
    with Session.open(session.folder, person="ben@laptop") as ben:
        ben.annotate([1, 2], "ask for a new shot")
    noted = session.photo(1).verdict
    assert (noted.state, noted.reasons, noted.person) == ("rejected", ("halo",), given.person)
    assert [session.photo(number).verdict.note for number in (1, 2)] == ["ask for a new shot"] * 2
    assert session.photo(2).verdict.person == "ben@laptop"
    session.annotate([1], "")
    assert session.photo(1).verdict == given
    assert session.undo() == "SKU1-back.jpg: note taken away"
    assert session.photo(1).verdict.note == "ask for a new shot"
