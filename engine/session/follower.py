"""What whoever follows a session has been told, and so what is new to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from engine.session import queries
from engine.session.alt_texts import ViewKey, view_key
from engine.session.circumstances import Circumstances, Settings, Surroundings
from engine.session.records import Changes, PhotoRecord
from engine.session.store import stored_revision


class Follower:
    """Tells which photos are others than before, at the cost of those.

    Parameters
    ----------
    surroundings : of the session that is followed
    """

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._told: Circumstances | None = None
        self._views: dict[ViewKey, set[int]] | None = None  # None until all photos were told

    def changes(
        self,
        connection: sqlite3.Connection,
        settings: Settings,
        since: int | None,
        told_since: int,
    ) -> Changes:
        """Return the photos that are others than at a revision; all of them without one.

        ``told_since`` is the revision from which on the database knows what was changed.
        """
        revision, before = stored_revision(connection), self._told
        if before and since == revision and before.settings == settings:
            return Changes(revision, [], complete=False)
        around = self._surroundings.now(connection, settings)
        others = self._others(before, around) if before else frozenset()
        if since is None or since < told_since or others is None:
            found = Changes(revision, queries.all_photos(connection, around), complete=True)
            self._views = {}
        else:
            photos = queries.changed_photos(connection, around, since, others)
            found = Changes(revision, photos, complete=False)
        self._told = around
        self._note_views(found.photos)
        return found

    def _others(self, before: Circumstances, around: Circumstances) -> Iterable[int] | None:
        """Return the photos that other circumstances make others; None where it may be all."""
        if (before.settings, before.profile) != (around.settings, around.profile):
            return None
        views = around.redescribed(before)
        if self._views is None:
            return None if views else ()
        return {photo for view in views for photo in self._views.get(view, ())}

    def _note_views(self, photos: Iterable[PhotoRecord]) -> None:
        """Note what photos show: where one showed something else before, that does no harm."""
        if self._views is not None:
            for photo in photos:
                self._views.setdefault(view_key(photo.sku, photo.view), set()).add(photo.id)
