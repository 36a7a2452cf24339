"""What was archived of a session's photos: masters by version, with a note for each.

Rows are only ever added: a version that was given to a master stays its own, also when the file
was moved into an image library and is not in the archive's folder any more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from engine.session.access import Access


@dataclass(frozen=True, slots=True)
class ArchivedMaster:
    """One version of a view's master.

    ``key`` is what the view is known by, within which ``version`` counts from 1; ``path`` is below
    the archive's folder. ``photo_sha256``, ``recipe_digest`` and ``preset_digest`` say what it was
    made from, ``note`` what is new about it; ``person`` and ``at`` who archived it, and when, in
    UTC.
    """

    photo_id: int
    key: str
    version: int
    path: str
    sha256: str
    bytes: int
    photo_sha256: str
    recipe_digest: str
    preset_digest: str
    note: str
    person: str
    at: str


_COLUMNS = tuple(field.name for field in fields(ArchivedMaster))


class Archive:
    """The archived masters of one session.

    Parameters
    ----------
    access : the way to the session's database
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def all(self) -> list[ArchivedMaster]:
        """Return every master that was archived, the oldest first."""
        with self._access.read() as connection:
            rows = connection.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM archived ORDER BY id"
            ).fetchall()
        return [ArchivedMaster(**dict(row)) for row in rows]

    def record(self, master: ArchivedMaster) -> None:
        """Record a master; one that is recorded already stays as it is.

        Raises
        ------
        SessionReadOnly, SessionError : as `Access.change`
        """
        marks = ", ".join("?" * len(_COLUMNS))
        with self._access.change([master.photo_id]) as connection:
            connection.execute(
                f"INSERT OR IGNORE INTO archived ({', '.join(_COLUMNS)}) VALUES ({marks})",
                tuple(getattr(master, name) for name in _COLUMNS),
            )
