"""Verdicts, and the journal that takes them back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import SessionError
from engine.session.records import REASONS, STATES, Verdict
from engine.session.session import Session


def states(session: Session) -> list[str]:
    return [photo.verdict.state for photo in session.photos()]


def ids(session: Session) -> list[int]:
    return [photo.id for photo in session.photos()]


def test_a_photo_is_pending_at_first(session: Session) -> None:
    assert {photo.verdict for photo in session.photos()} == {Verdict()}


def test_a_verdict_says_what_why_and_who(session: Session) -> None:
    session.judge(ids(session)[:2], "rejected", ["halo", "hole eaten"], "left edge")
    first, second, third = (photo.verdict for photo in session.photos())
    assert (first.state, first.reasons) == ("rejected", ("halo", "hole eaten"))
    assert (first.note, first.person) == ("left edge", "anna@desk")
    assert first.at.endswith("+00:00")
    assert second == first
    assert third.state == "pending"


@pytest.mark.parametrize(
    ("state", "reasons", "words"),
    [
        ("fine", (), "'fine'"),
        ("rejected", ("ugly",), "'ugly'"),
        ("approved", ("halo",), "only a rejection has reasons"),
    ],
)
def test_only_known_words_are_taken(
    session: Session, state: str, reasons: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        session.judge(ids(session), state, reasons)  # type: ignore[arg-type]
    assert states(session) == ["pending"] * 3


def test_a_photo_that_does_not_exist_leaves_all_as_they_were(session: Session) -> None:
    with pytest.raises(SessionError, match="no photo number 999"):
        session.judge([*ids(session), 999], "approved")
    with pytest.raises(SessionError, match="no photo number 999"):
        session.photo(999)
    assert states(session) == ["pending"] * 3


def test_undo_and_redo_step_through_the_journal(session: Session) -> None:
    one, two, three = ids(session)
    session.judge([one], "approved")
    session.judge([two, three], "rejected", ["halo"])
    assert session.undo() == "2 photos: rejected (halo)"
    assert states(session) == ["approved", "pending", "pending"]
    assert session.undo() == "SKU1-back.jpg: approved"
    assert session.undo() is None
    assert session.redo() == "SKU1-back.jpg: approved"
    assert session.redo() == "2 photos: rejected (halo)"
    assert session.redo() is None
    assert states(session) == ["approved", "rejected", "rejected"]


def test_a_new_verdict_ends_what_could_be_done_again(session: Session) -> None:
    one, two, _ = ids(session)
    session.judge([one], "approved")
    session.undo()
    session.judge([two], "approved")
    assert session.redo() is None
    assert states(session) == ["pending", "approved", "pending"]


def test_the_journal_lasts_over_a_restart(session: Session) -> None:
    session.judge(ids(session), "approved")
    session.close()
    with Session.open(session.folder, person="anna@desk") as opened:
        assert opened.undo() == "3 photos: approved"
    with Session.open(session.folder, person="anna@desk") as opened:
        assert opened.redo() == "3 photos: approved"
        assert states(opened) == ["approved"] * 3


def test_each_person_takes_back_only_their_own(session: Session) -> None:
    one, two, _ = ids(session)
    session.judge([one, two], "approved")
    with Session.open(session.folder, person="ben@laptop") as ben:
        assert ben.undo() is None
        ben.judge([two], "rejected", ["halo"])
        assert session.undo() == "2 photos: approved (left as they are, changed since: 1)"
        assert states(session) == ["pending", "rejected", "pending"]
        assert ben.undo() == "SKU1-front.jpg: rejected (halo)"
        assert states(session) == ["pending", "approved", "pending"]


def test_the_same_verdict_again_is_no_step(session: Session) -> None:
    session.judge(ids(session), "approved")
    before = session.revision()
    session.judge(ids(session), "approved")
    assert session.revision() == before
    session.undo()
    session.judge(ids(session), "pending")
    assert session.redo() == "3 photos: approved"


NOTES = st.text(st.characters(categories=["L", "N", "P", "S", "Z", "Cc", "Cs"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(reasons=st.lists(st.sampled_from(REASONS), unique=True), note=NOTES)
def test_what_is_written_is_read(session: Session, reasons: list[str], note: str) -> None:
    first = ids(session)[0]
    session.judge([first], "rejected", reasons, note)
    verdict = session.photo(first).verdict
    assert verdict.reasons == tuple(reasons)
    assert verdict.note == note.encode("utf-8", "backslashreplace").decode()


STEPS = st.lists(
    st.sampled_from(["undo", "redo"])
    | st.tuples(st.integers(0, 2), st.integers(0, 2))
    | st.tuples(st.integers(0, 2), st.sampled_from(STATES), st.sampled_from(["", "note"])),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(steps=STEPS)
def test_undo_is_the_exact_opposite_of_a_decision(session: Session, steps: list[object]) -> None:
    numbers = ids(session)
    session.judge(numbers, "pending", note="start")
    past, future = [], []

    def now() -> list[tuple[str, str, int]]:
        verdicts = [(photo.verdict, photo.stars) for photo in session.photos()]
        return [(verdict.state, verdict.note, stars) for verdict, stars in verdicts]

    for step in steps:
        before = now()
        if step == "undo":
            if past:
                session.undo()
                future.append(before)
                assert now() == past.pop()
        elif step == "redo":
            if future:
                assert session.redo() is not None
                past.append(before)
                assert now() == future.pop()
        else:
            index, *decided = step  # type: ignore[misc]
            if len(decided) == 1:
                session.rate([numbers[index]], decided[0])
            else:
                session.judge([numbers[index]], decided[0], note=decided[1])
            if now() != before:
                past.append(before)
                future.clear()
    session.judge(numbers, "pending", note=f"end {len(steps)}")
