"""The season that a session works for, when nobody has named one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from engine.delivery.seasons.standing import Standing


def at_hand(
    standings: Sequence[Standing], today: datetime.date, wanted: str | None = None
) -> Standing | None:
    """Return the season that is wanted, or else the one that is nearest to hand.

    One with a lock, or with something wrong about its lock, comes before an open one; among those,
    one whose dates hold today; then the session's own before the user's. Built-in seasons are
    examples, and meant only where one is wanted.

    Parameters
    ----------
    standings : every season of the session, by name
    today : in UTC
    wanted : the name that a person has chosen; one that is gone counts for nothing
    """
    chosen = next((each for each in standings if each.name == wanted), None)
    if chosen is not None:
        return chosen
    near = [each for each in standings if each.lock or _origin(each) != "built-in"]
    return min(
        near,
        key=lambda each: (
            each.lock is None and each.state != "broken",
            not (each.loaded and each.loaded.season.covers(today)),
            _origin(each) != "session",
        ),
        default=None,
    )


def _origin(standing: Standing) -> str:
    """Return whose season it is; one that is known by its lock alone is the session's."""
    return standing.loaded.origin if standing.loaded else "session"
