"""Which pictures the alt text key is about, on a screen with a photo list."""

from __future__ import annotations

from collections.abc import Sequence

from engine.session.records import PhotoRecord
from tui.alt.describing import Describing
from tui.browse.listing import Listing


class DescribingListed(Listing, Describing):
    """The action of the alt text key; mixed into a screen that has a photo list."""

    @property
    def described(self) -> PhotoRecord | None:
        """The photo under the cursor."""
        row = self.photo_list.current
        return row.photo if row else None

    def to_describe(self) -> Sequence[PhotoRecord]:
        """Return the photos that the list shows."""
        records = self.desk.index.records
        return [records[number] for number in self.photo_list.shown]

    def go_to_picture(self, photo: PhotoRecord) -> None:
        """Move the cursor to a photo, where it is not folded away."""
        for step in (1, -1):
            if self.photo_list.go_to(lambda row: row.photo.id == photo.id, step):
                return
