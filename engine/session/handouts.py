"""What was handed to outside services: which photo is known there by which name."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from engine.session.access import Access
from engine.session.text import now, valid

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without what is mistaken for something else when it is read out or typed."""

_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Handout:
    """One photo in one pack.

    ``token`` is what it is called outside, ``pack`` the name of the file that it went out in.
    ``mask_sha256`` is the mask that was taken in for it, None before; ``person`` and ``at`` say who
    handed it out, ``taken_by`` and ``taken_at`` who took the mask, and when, in UTC.
    """

    token: str
    pack: str
    photo_id: int
    photo_sha256: str
    person: str
    at: str
    mask_sha256: str | None = None
    taken_by: str | None = None
    taken_at: str | None = None


def new_token() -> str:
    """Return a name that says nothing, and that nobody can guess another one from."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


class Handouts:
    """The handouts of one session.

    Parameters
    ----------
    access : the way to the session's database
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def all(self) -> list[Handout]:
        """Return everything that was handed out, the oldest first."""
        with self._access.read() as connection:
            rows = connection.execute("SELECT * FROM handout ORDER BY at, token").fetchall()
        return [Handout(**dict(row)) for row in rows]

    def add(self, pack: str, photos: Iterable[tuple[str, int, str]]) -> None:
        """Note what a pack holds: token, photo's number, and hash of its content, for each.

        Raises
        ------
        SessionReadOnly : the session is open read-only
        """
        with self._access.change() as connection:
            connection.executemany(
                "INSERT INTO handout (token, pack, photo_id, photo_sha256, person, at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (token, valid(pack), number, sha256, self._access.person, now())
                    for token, number, sha256 in photos
                ],
            )

    def take(self, token: str, mask_sha256: str) -> None:
        """Note which mask was taken in for a token.

        Raises
        ------
        SessionReadOnly : the session is open read-only
        """
        with self._access.change() as connection:
            connection.execute(
                "UPDATE handout SET mask_sha256 = ?, taken_by = ?, taken_at = ? WHERE token = ?",
                (mask_sha256, self._access.person, now(), token),
            )
