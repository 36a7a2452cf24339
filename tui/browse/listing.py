"""What mixins of actions need of a screen: its photo list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.browse.photo_list import PhotoList

if TYPE_CHECKING:
    from tui.frame import WorkScreen as Base
else:
    Base = object


class Listing(Base):
    """A screen that has a photo list; actions that work on its selection derive from this."""

    @property
    def photo_list(self) -> PhotoList:
        """The list whose selection the actions work on."""
        return self.query_one(PhotoList)
