"""What people decide about a session's photos, each decision a step that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from engine.errors import SessionError
from engine.session.access import Access
from engine.session.history import undoing, verdicts
from engine.session.history.mattes import choose
from engine.session.history.ratings import rate
from engine.session.history.reading import Event, Step, events_of, last_verdicts, steps_of
from engine.session.history.trash import Trash
from engine.session.records import State, Verdict


class Decisions:
    """The part of a session in which people decide; see `engine.session.history`.

    Parameters
    ----------
    access : the way to the session's database
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def judge(
        self,
        photo_ids: Sequence[int],
        state: State,
        reasons: Sequence[str] = (),
        note: str = "",
    ) -> None:
        """Give photos a verdict.

        Raises
        ------
        ValueError : an unknown state or reason (see ``records.REASONS``)
        SessionError : the session has no photo of that number; nothing was judged
        """
        with self._access.change(photo_ids) as connection:
            verdicts.judge(connection, photo_ids, state, reasons, note, self._access.person)

    def annotate(self, photo_ids: Sequence[int], note: str) -> None:
        """Write a note on photos whatever their verdict, which stays; an empty one takes it away.

        Raises
        ------
        SessionError : the session has no photo of that number; nothing was written
        """
        with self._access.change(photo_ids) as connection:
            verdicts.annotate(connection, photo_ids, note, self._access.person)

    def rate(self, photo_ids: Sequence[int], stars: int) -> None:
        """Give photos one to five stars; 0 takes them away.

        Raises
        ------
        ValueError : not 0…5 stars
        SessionError : the session has no photo of that number; nothing was rated
        """
        with self._access.change(photo_ids) as connection:
            rate(connection, photo_ids, stars, self._access.person)

    def choose_matte(self, photo_id: int, recipe_digest: str) -> None:
        """Have another of a photo's mattes count; a verdict about the one before is withdrawn.

        Raises
        ------
        SessionError : the photo has no matte of that recipe
        """
        with self._access.change([photo_id]) as connection:
            if not choose(connection, photo_id, recipe_digest, self._access.person):
                raise SessionError(
                    str(self._access.folder),
                    f"photo number {photo_id} has no matte of the recipe {recipe_digest[:12]}",
                    "Cut it with that recipe first.",
                )

    def trash(self, photo_ids: Sequence[int]) -> None:
        """Move photos to the session's ``Trash`` folder; undo brings them back.

        Everything that is known of them is kept.

        Raises
        ------
        SessionError : one of them is unknown, not there, or cannot be moved; none was moved
        """
        with self._trash() as trash, self._access.change(photo_ids) as connection:
            trash.discard(connection, photo_ids, self._access.person)

    def undo(self) -> str | None:
        """Take back this person's last step; return what it was, None when there is none.

        Cuts by which mattes took the place of others are steps, too.

        Raises
        ------
        SessionError : a photo cannot be moved back from the Trash; nothing was taken back
        """
        with self._trash() as trash, self._access.change() as connection:
            return undoing.undo(connection, self._access.person, trash)

    def redo(self) -> str | None:
        """Do the step again that was undone last; None when there is none. Errors as `undo`."""
        with self._trash() as trash, self._access.change() as connection:
            return undoing.redo(connection, self._access.person, trash)

    def steps(self, *, undone: bool = False, limit: int = 100) -> list[Step]:
        """Return this person's steps that can be taken back, the next one first.

        With ``undone`` those that can be done again.
        """
        with self._access.read() as connection:
            return steps_of(connection, self._access.person, "undone" if undone else "done", limit)

    def events(self, photo_id: int) -> list[Event]:
        """Return everything that was done to a photo, by anyone, the oldest first."""
        with self._access.read() as connection:
            return events_of(connection, photo_id)

    def last_verdicts(self) -> dict[tuple[int, str], Verdict]:
        """Return what was decided last about each matte, by photo and its recipe's digest.

        Mattes that no longer count are among them, the newest decision is the last one.
        """
        with self._access.read() as connection:
            return last_verdicts(connection)

    @contextmanager
    def _trash(self) -> Iterator[Trash]:
        """Give the Trash for a change; files are where they were when the change fails."""
        trash = Trash(self._access.folder)
        try:
            yield trash
        except BaseException:
            trash.put_back()
            raise
