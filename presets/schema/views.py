"""What is otherwise for the photos of one view."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from presets.schema.part import Border, Part, Share
from presets.schema.placement import Alignment, Margins
from presets.schema.shadow import Shadow


class ViewChanges(Part):
    """What is otherwise for the photos of one view."""

    view: Annotated[str, Field(min_length=1)]
    """The view as the photos are named, in any case: ``top``."""
    fill: Share | None = None
    """As ``placement.fill``, for this view."""
    margin: Border | None = None
    """As ``placement.margin``, for this view."""
    margins: Margins | None = None
    """As ``placement.margins``, for this view."""
    align: Alignment | None = None
    """As ``placement.align``, for this view."""
    shadow: Shadow | None = None
    """As ``shadow``, for this view."""

    @property
    def placement(self) -> dict[str, Any]:
        """The fields of the placement that are otherwise."""
        return self.model_dump(exclude={"view", "shadow"}, exclude_none=True)
