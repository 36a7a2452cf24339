"""Verdicts: approved, rejected with reasons and a note, or pending."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from engine.session.history.steps import Change, Kind, Values, take
from engine.session.records import REASONS, STATES, State, Verdict
from engine.session.text import now, packed, unpacked, valid

_PROGRAM = "packshot"
"""Signs what no person decided."""

_DECIDED = ("state", "reasons", "note", "recipe_digest")
"""What makes two verdicts the same, whoever gave them."""


class _Verdict:
    """A verdict with the matte that it is about; ``recipe_digest`` None: there was none yet."""

    name = "verdict"

    def now(self, connection: sqlite3.Connection, photo_id: int) -> Values | None:
        row = connection.execute("SELECT * FROM verdict WHERE photo_id = ?", (photo_id,)).fetchone()
        if row is None:
            return None
        values = {name: row[name] for name in ("state", "note", "recipe_digest", "person", "at")}
        return {**values, "reasons": list(unpacked(row["reasons"]))}

    def write(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> None:
        if values is None:
            connection.execute("DELETE FROM verdict WHERE photo_id = ?", (photo_id,))
            return
        connection.execute(
            "INSERT OR REPLACE INTO verdict "
            "(photo_id, state, reasons, note, recipe_digest, person, at) "
            "VALUES (:photo_id, :state, :reasons, :note, :recipe_digest, :person, :at)",
            {**values, "photo_id": photo_id, "reasons": packed(values["reasons"])},
        )

    def same(self, one: Values | None, other: Values | None) -> bool:
        if one is None or other is None:
            return one is other
        return all(one[name] == other[name] for name in _DECIDED)

    def fits(self, connection: sqlite3.Connection, photo_id: int, values: Values | None) -> bool:
        return values is None or _covers(values, _current_recipe(connection, photo_id))


VERDICT: Kind = _Verdict()


def judge(
    connection: sqlite3.Connection,
    photo_ids: Sequence[int],
    state: State,
    reasons: Sequence[str],
    note: str,
    person: str,
) -> None:
    """Give photos a verdict, as one step.

    Photos that have this verdict already are left out; where none is left, nothing is written.

    Raises
    ------
    ValueError : an unknown state or reason, or reasons without a rejection
    """
    _refuse_unknown(state, reasons)
    said = {"state": state, "reasons": list(reasons), "note": valid(note)}
    signed = {**said, "person": person, "at": now()}
    what = f"{state} ({', '.join(reasons)})" if reasons else state
    _decide(connection, photo_ids, lambda _, untouched: {**untouched, **signed}, what, person)


def annotate(
    connection: sqlite3.Connection, photo_ids: Sequence[int], note: str, person: str
) -> None:
    """Write a note on photos, as one step; an empty one takes it away.

    What was decided stays as it is, and signed as it is.
    """

    def noted(before: Values | None, untouched: Values) -> Values:
        decided = before and before["state"] != untouched["state"]
        signed = {} if decided else {"person": person, "at": now()}
        return {**(before or untouched), "note": valid(note), **signed}

    _decide(connection, photo_ids, noted, "note written" if note else "note taken away", person)


def withdraw(connection: sqlite3.Connection, photo_id: int, cause: str) -> None:
    """Set a photo back to pending because what was judged is no longer there.

    The journal keeps what the verdict was; nobody's undo brings it back.
    """
    before = VERDICT.now(connection, photo_id)
    if before is None or before["state"] == "pending":
        return
    change = _withdrawn(photo_id, before, cause)
    take(connection, [change], f"pending ({cause})", _PROGRAM, "fixed")


def withdraw_outdated(
    connection: sqlite3.Connection, photo_id: int, recipe_digest: str, cause: str
) -> None:
    """Withdraw a verdict that does not cover the matte of ``recipe_digest``."""
    if outdated(connection, photo_id, recipe_digest, cause):
        withdraw(connection, photo_id, cause)


def outdated(
    connection: sqlite3.Connection, photo_id: int, recipe_digest: str, cause: str
) -> Change | None:
    """Return what withdraws a verdict that does not cover the matte of ``recipe_digest``."""
    before = VERDICT.now(connection, photo_id)
    if before is None or _covers(before, recipe_digest):
        return None
    return _withdrawn(photo_id, before, cause)


def _decide(
    connection: sqlite3.Connection,
    photo_ids: Sequence[int],
    decided: Callable[[Values | None, Values], Values],
    what: str,
    person: str,
) -> None:
    """Make of verdicts what ``decided`` says, given what each was and what one is at first."""
    changes = []
    for photo_id in dict.fromkeys(photo_ids):
        before = VERDICT.now(connection, photo_id)
        untouched: Values = {
            "state": Verdict().state,
            "reasons": [],
            "note": "",
            "recipe_digest": _current_recipe(connection, photo_id),
        }
        after = decided(before, untouched)
        if not VERDICT.same(before or untouched, after):
            changes.append(Change(VERDICT, photo_id, before, after))
    if changes:
        take(connection, changes, what, person)


def _withdrawn(photo_id: int, before: Values, cause: str) -> Change:
    after: Values = {
        "state": "pending",
        "reasons": [],
        "note": f"{cause}: it was {before['state']}",
        "recipe_digest": None,
        "person": _PROGRAM,
        "at": now(),
    }
    return Change(VERDICT, photo_id, before, after)


def _covers(verdict: Values, recipe_digest: str | None) -> bool:
    """Tell whether a verdict holds for a photo with that matte, or with none.

    A rejection from before there was any matte is about the photo itself, and stays.
    """
    of_the_photo = verdict["state"] == "rejected" and verdict["recipe_digest"] is None
    return (
        verdict["state"] == "pending" or of_the_photo or verdict["recipe_digest"] == recipe_digest
    )


def _refuse_unknown(state: str, reasons: Sequence[str]) -> None:
    if state not in STATES:
        raise ValueError(f"no verdict is called {state!r}: {', '.join(STATES)}")
    if reasons and state != "rejected":
        raise ValueError("only a rejection has reasons")
    for reason in reasons:
        if reason not in REASONS:
            raise ValueError(f"no reason is called {reason!r}: {', '.join(REASONS)}")


def _current_recipe(connection: sqlite3.Connection, photo_id: int) -> str | None:
    row = connection.execute(
        "SELECT recipe_digest FROM matte JOIN photo ON photo.sha256 = matte.photo_sha256 "
        "WHERE photo.id = ? AND matte.current = 1",
        (photo_id,),
    ).fetchone()
    return None if row is None else str(row["recipe_digest"])
