"""What is known of a session's photos, kept current at the cost of what changes.

Ten thousand photos are read once. From then on whoever changes something names the photos that it
concerns, and only they are looked at again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from engine.session.ordering import natural_key
from engine.session.records import PhotoRecord
from engine.session.states import State

StateOf = Callable[[PhotoRecord], State]


class PhotoIndex:
    """The photos by number, in the natural order of their paths, and by state.

    Parameters
    ----------
    state_of : tells a photo's state now, the queue considered

    Attributes
    ----------
    records : every photo by its id; the mapping itself is never replaced
    loaded : whether the photos were read for the first time; a session may have none
    listing : grows when other photos are there than before, or their order or SKU has changed
    """

    def __init__(self, state_of: StateOf) -> None:
        self.records: dict[int, PhotoRecord] = {}
        self.loaded = False
        self.listing = 0
        self._state_of = state_of
        self._order: list[int] = []
        self._states: dict[int, State] = {}
        self._counts: Counter[State] = Counter()
        self._photos: Sequence[PhotoRecord] | None = None

    @property
    def photos(self) -> Sequence[PhotoRecord]:
        """Every photo, in order."""
        if self._photos is None:
            self._photos = [self.records[each] for each in self._order]
        return self._photos

    @property
    def order(self) -> Sequence[int]:
        """The id of every photo, in order."""
        return self._order

    @property
    def states(self) -> Mapping[int, State]:
        """The state of every photo by its id."""
        return self._states

    @property
    def counts(self) -> list[tuple[State, int]]:
        """How many photos are in each state, in the order of the states, none left out."""
        return [(state, self._counts[state]) for state in State if self._counts[state]]

    def in_state(self, state: State) -> list[PhotoRecord]:
        """Return the photos in a state, in order."""
        if not self._counts[state]:
            return []
        return [photo for photo in self.photos if self._states[photo.id] is state]

    def update(self, photos: Iterable[PhotoRecord], *, complete: bool = False) -> set[int]:
        """Take in what is new; return the ids of the photos that are others, or in another state.

        Parameters
        ----------
        photos : those that anything is new about
        complete : they are all that there are
        """
        photos = list(photos)
        changed = {photo.id for photo in photos if self.records.get(photo.id) != photo}
        gone = self.records.keys() - {photo.id for photo in photos} if complete else set()
        moved = bool(gone) or any(self._moves(photo) for photo in photos)
        for photo_id in gone:
            del self.records[photo_id]
            self._set_state(photo_id, None)
        for photo in photos:
            self.records[photo.id] = photo
            if self._set_state(photo.id, self._state_of(photo)):
                changed.add(photo.id)
        if moved:
            # Sorted lists in a row of newcomers: next to nothing is compared twice.
            self._order = sorted(self.records, key=self._place)
            self.listing += 1
        self._photos = None
        self.loaded = True
        return changed | gone

    def restate(self, photo_ids: Collection[int]) -> set[int]:
        """Look at the states of photos again; return the ids of those that have another one."""
        changed = set()
        for photo_id in photo_ids:
            photo = self.records.get(photo_id)
            if photo is not None and self._set_state(photo_id, self._state_of(photo)):
                changed.add(photo_id)
        return changed

    def _moves(self, photo: PhotoRecord) -> bool:
        """Whether a photo stands elsewhere in the order than before, or was not in it."""
        known = self.records.get(photo.id)
        return known is None or (known.path, known.sku) != (photo.path, photo.sku)

    def _place(self, photo_id: int) -> tuple[object, ...]:
        return natural_key(str(self.records[photo_id].path))

    def _set_state(self, photo_id: int, state: State | None) -> bool:
        before = self._states.get(photo_id)
        if before is state:
            return False
        if before is not None:
            self._counts[before] -= 1
        if state is None:
            del self._states[photo_id]
        else:
            self._states[photo_id] = state
            self._counts[state] += 1
        return True
