"""What was ticked of a session's checklists: by whom, when, and as the point read then."""

from __future__ import annotations

from dataclasses import dataclass

from engine.session.access import Access
from engine.session.checklists import Checklist, Checklists, Item, read_checklists
from engine.session.text import now, valid

TickKey = tuple[str, str]
"""The ids of a list and of a point in it."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A point that somebody has ticked.

    ``text`` is how it read then: the point may have been reworded since, or be gone.
    """

    list: str
    item: str
    text: str
    person: str
    at: str


@dataclass(frozen=True)
class Point:
    """A point of a list, and its tick; None while nobody has ticked it."""

    item: Item
    tick: Tick | None

    @property
    def reworded(self) -> bool:
        """Whether it reads otherwise than when it was ticked."""
        return self.tick is not None and self.tick.text != valid(self.item.text)

    @property
    def holds(self) -> bool:
        """Whether it is ticked as it reads now."""
        return self.tick is not None and not self.reworded


@dataclass(frozen=True)
class Standing:
    """How a list stands: its points in their order, and ticks of points that it has no more."""

    checklist: Checklist
    points: tuple[Point, ...]
    gone: tuple[Tick, ...]

    @property
    def done(self) -> int:
        """How many points are ticked as they read now."""
        return sum(point.holds for point in self.points)


class Ticks:
    """The ticks of one session.

    Parameters
    ----------
    access : the way to the session's database
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def all(self) -> dict[TickKey, Tick]:
        """Return every tick, the first one first."""
        with self._access.read() as connection:
            rows = connection.execute(
                "SELECT list, item, text, person, at FROM tick ORDER BY at"
            ).fetchall()
        return {(row["list"], row["item"]): Tick(*row) for row in rows}

    def standings(self) -> tuple[Standing, ...]:
        """Return how each of the session's checklists stands.

        Raises
        ------
        SessionConfigInvalid : the session's own checklists cannot be used
        """
        return standings(read_checklists(self._access.folder), self.all())

    def tick(self, list_id: str, item: Item) -> None:
        """Tick a point. One that is ticked as it reads now keeps who ticked it first.

        Raises
        ------
        SessionReadOnly : the session is open read-only
        """
        with self._access.change() as connection:
            connection.execute(
                "INSERT INTO tick (list, item, text, person, at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (list, item) DO UPDATE SET "
                "text = excluded.text, person = excluded.person, at = excluded.at "
                "WHERE tick.text != excluded.text",
                (list_id, item.id, valid(item.text), self._access.person, now()),
            )

    def untick(self, list_id: str, item_id: str) -> None:
        """Take a tick away, also of a point that is gone.

        Raises
        ------
        SessionReadOnly : the session is open read-only
        """
        with self._access.change() as connection:
            connection.execute("DELETE FROM tick WHERE list = ? AND item = ?", (list_id, item_id))


def standings(lists: Checklists, ticks: dict[TickKey, Tick]) -> tuple[Standing, ...]:
    """Return how each list of a session stands.

    A tick of a point that was taken out stands with its list; ticks of a list that is gone are
    kept in the session, and shown again when the list comes back.
    """
    return tuple(
        Standing(
            each,
            tuple(Point(item, ticks.get((each.id, item.id))) for item in each.item),
            tuple(
                tick
                for (list_id, item_id), tick in ticks.items()
                if list_id == each.id and lists.find(list_id, item_id) is None
            ),
        )
        for each in lists.checklist
    )
