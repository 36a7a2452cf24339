"""Verdicts and the journal that undoes them, also after a restart.

Each person (``name@host``) has a journal of their own: undo takes back one's own last step and
leaves a photo alone that somebody has judged since. All functions run inside ``Database.write``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engine.session.records import REASONS, STATES, State, Verdict
from engine.session.text import now, packed, stored_path, unpacked, valid

_PROGRAM = "packshot"
"""Signs what no person decided."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """A verdict with the matte that it is about; ``recipe_digest`` None: there was none yet."""

    verdict: Verdict
    recipe_digest: str | None

    def decided(self) -> tuple[object, ...]:
        """Return what makes two verdicts the same, whoever gave them."""
        verdict = self.verdict
        return verdict.state, verdict.reasons, verdict.note, self.recipe_digest

    def covers(self, recipe_digest: str | None) -> bool:
        """Tell whether the verdict holds for a photo with that matte, or with none.

        A rejection from before there was any matte is about the photo itself, and stays.
        """
        state = self.verdict.state
        of_the_photo = state == "rejected" and self.recipe_digest is None
        return state == "pending" or of_the_photo or self.recipe_digest == recipe_digest


def judge(
    connection: sqlite3.Connection,
    photo_ids: Sequence[int],
    state: State,
    reasons: Sequence[str],
    note: str,
    person: str,
) -> None:
    """Give photos a verdict and write one journal entry for all of them.

    Photos that have this verdict already are left out; where none is left, nothing is written.

    Raises
    ------
    ValueError : an unknown state or reason, or reasons without a rejection
    """
    _refuse_unknown(state, reasons)
    verdict = Verdict(state, tuple(reasons), valid(note), person, now())
    changes = []
    for photo_id in dict.fromkeys(photo_ids):
        before = _verdict_of(connection, photo_id)
        after = _Stored(verdict, _newest_recipe(connection, photo_id))
        if before is None and after.decided()[:3] == (Verdict().state, (), ""):
            continue
        if before is None or before.decided() != after.decided():
            changes.append((photo_id, before, after))
    if changes:
        summary = f"{_named(connection, [photo_id for photo_id, _, _ in changes])}: {state}"
        if reasons:
            summary += f" ({', '.join(reasons)})"
        _write_entry(connection, summary, person, "done", changes)


def withdraw(connection: sqlite3.Connection, photo_id: int, cause: str) -> None:
    """Set a photo back to pending because what was judged is no longer there.

    The journal keeps what the verdict was; nobody's undo brings it back.
    """
    before = _verdict_of(connection, photo_id)
    if before is None or before.verdict.state == "pending":
        return
    note = f"{cause}: it was {before.verdict.state}"
    after = _Stored(Verdict("pending", (), note, _PROGRAM, now()), None)
    summary = f"{_named(connection, [photo_id])}: pending ({cause})"
    _write_entry(connection, summary, _PROGRAM, "fixed", [(photo_id, before, after)])


def withdraw_outdated(
    connection: sqlite3.Connection, photo_id: int, recipe_digest: str, cause: str
) -> None:
    """Withdraw a verdict that does not cover the matte of ``recipe_digest``."""
    stored = _verdict_of(connection, photo_id)
    if stored is not None and not stored.covers(recipe_digest):
        withdraw(connection, photo_id, cause)


def undo(connection: sqlite3.Connection, person: str) -> str | None:
    """Take back the person's last step; return what it was, or None when there is none."""
    return _step(connection, person, "done", "undone", "DESC")


def redo(connection: sqlite3.Connection, person: str) -> str | None:
    """Do the step again that was undone last; return what it is, or None when there is none."""
    return _step(connection, person, "undone", "done", "ASC")


def _step(
    connection: sqlite3.Connection,
    person: str,
    standing: Literal["done", "undone"],
    becomes: Literal["done", "undone"],
    order: Literal["ASC", "DESC"],
) -> str | None:
    entry = connection.execute(
        f"SELECT id, summary FROM entry WHERE person = ? AND standing = ? ORDER BY id {order}",
        (person, standing),
    ).fetchone()
    if entry is None:
        return None
    left = 0
    changes = connection.execute("SELECT * FROM change WHERE entry_id = ?", (entry["id"],))
    for change in changes.fetchall():
        before, after = _from_json(change["before"]), _from_json(change["after"])
        expected, wanted = (after, before) if becomes == "undone" else (before, after)
        photo_id = change["photo_id"]
        unchanged = _decided(_verdict_of(connection, photo_id)) == _decided(expected)
        if unchanged and (wanted is None or wanted.covers(_newest_recipe(connection, photo_id))):
            _write_verdict(connection, photo_id, wanted)
        else:
            left += 1
    connection.execute("UPDATE entry SET standing = ? WHERE id = ?", (becomes, entry["id"]))
    summary: str = entry["summary"]
    if left:
        summary += f" (left as they are, changed since: {left})"
    return summary


def _write_entry(
    connection: sqlite3.Connection,
    summary: str,
    person: str,
    standing: Literal["done", "fixed"],
    changes: Iterable[tuple[int, _Stored | None, _Stored]],
) -> None:
    # A new step ends what could be done again.
    connection.execute(
        "UPDATE entry SET standing = 'superseded' WHERE person = ? AND standing = 'undone'",
        (person,),
    )
    entry_id = connection.execute(
        "INSERT INTO entry (person, at, summary, standing) VALUES (?, ?, ?, ?)",
        (person, now(), summary, standing),
    ).lastrowid
    for photo_id, before, after in changes:
        _write_verdict(connection, photo_id, after)
        connection.execute(
            "INSERT INTO change VALUES (?, ?, ?, ?)",
            (entry_id, photo_id, _to_json(before), _to_json(after)),
        )


def _refuse_unknown(state: str, reasons: Sequence[str]) -> None:
    if state not in STATES:
        raise ValueError(f"no verdict is called {state!r}: {', '.join(STATES)}")
    if reasons and state != "rejected":
        raise ValueError("only a rejection has reasons")
    for reason in reasons:
        if reason not in REASONS:
            raise ValueError(f"no reason is called {reason!r}: {', '.join(REASONS)}")


def _verdict_of(connection: sqlite3.Connection, photo_id: int) -> _Stored | None:
    row = connection.execute("SELECT * FROM verdict WHERE photo_id = ?", (photo_id,)).fetchone()
    if row is None:
        return None
    verdict = Verdict(row["state"], unpacked(row["reasons"]), row["note"], row["person"], row["at"])
    return _Stored(verdict, row["recipe_digest"])


def _write_verdict(connection: sqlite3.Connection, photo_id: int, stored: _Stored | None) -> None:
    if stored is None:
        connection.execute("DELETE FROM verdict WHERE photo_id = ?", (photo_id,))
        return
    verdict = stored.verdict
    connection.execute(
        "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            photo_id,
            verdict.state,
            packed(verdict.reasons),
            verdict.note,
            stored.recipe_digest,
            verdict.person,
            verdict.at,
        ),
    )


def _newest_recipe(connection: sqlite3.Connection, photo_id: int) -> str | None:
    row = connection.execute(
        "SELECT recipe_digest FROM matte JOIN photo ON photo.sha256 = matte.photo_sha256 "
        "WHERE photo.id = ? ORDER BY matte.id DESC LIMIT 1",
        (photo_id,),
    ).fetchone()
    return None if row is None else str(row["recipe_digest"])


def _named(connection: sqlite3.Connection, photo_ids: Sequence[int]) -> str:
    """Return the name of one photo, or the number of several."""
    if len(photo_ids) > 1:
        return f"{len(photo_ids)} photos"
    row = connection.execute("SELECT path FROM photo WHERE id = ?", (photo_ids[0],)).fetchone()
    return valid(stored_path(row["path"]).name)


def _decided(stored: _Stored | None) -> tuple[object, ...] | None:
    return None if stored is None else stored.decided()


def _to_json(stored: _Stored | None) -> str | None:
    if stored is None:
        return None
    verdict = stored.verdict
    return json.dumps(
        {
            "state": verdict.state,
            "reasons": verdict.reasons,
            "note": verdict.note,
            "recipe_digest": stored.recipe_digest,
            "person": verdict.person,
            "at": verdict.at,
        }
    )


def _from_json(text: str | None) -> _Stored | None:
    if text is None:
        return None
    values = json.loads(text)
    recipe_digest = values.pop("recipe_digest")
    verdict = Verdict(**values)
    return _Stored(replace(verdict, reasons=tuple(verdict.reasons)), recipe_digest)
