"""The Deliver screen: what was exported, by preset, the newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from engine.delivery.selection import exportable
from engine.session.records import DeliveryRecord, PhotoRecord
from engine.session.states import State
from tui.alt.describing import Describing
from tui.browse.facts import day_text
from tui.deliver.exporting import Exporting
from tui.frame import WorkScreen
from tui.keys.deliver import DELIVER
from tui.keys.key import bindings
from tui.reporting import reported
from tui.safe_text import safe

_SHOWN = 200  # files of one preset; the folder itself lists them all


class DeliverScreen(Exporting, Describing, WorkScreen, inherit_bindings=False):
    """Files by preset."""

    NAME = "deliver"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(DELIVER))
    DEFAULT_CSS = """
    DeliverScreen #deliveries {
        height: 1fr; padding: 1 2; background: $background; scrollbar-size-vertical: 1;
    }
    """

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="deliveries", can_focus=False):
            yield Static(id="deliveries-text")

    def photos_changed(self, changed: Collection[int] | None) -> None:
        """Read the deliveries again."""
        super().photos_changed(changed)
        self._fill()

    def idle_text(self) -> str:
        """Say what could be exported."""
        count = len(exportable(self.desk.photos))
        return f"{count} approved photo{'' if count == 1 else 's'}: E exports with a preset"

    def help_places(self) -> Sequence[str]:
        """Return where one is."""
        return ("screen:deliver",)

    @property
    def described(self) -> PhotoRecord | None:
        """No picture is under a cursor here: the first that lacks a text is meant."""
        return None

    def to_describe(self) -> Sequence[PhotoRecord]:
        """Return the pictures that could be exported."""
        return exportable(self.desk.photos)

    def action_scroll(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one("#deliveries").scroll_relative(y=step, animate=False)

    @work(group="deliveries", exclusive=True)
    @reported
    async def _fill(self) -> None:
        deliveries = await self.desk.call(self.desk.session.deliveries.all)
        self.query_one("#deliveries-text", Static).update(self._text(deliveries))

    def _text(self, deliveries: Sequence[DeliveryRecord]) -> Content:
        if not deliveries:
            return Content.styled(
                "Nothing was exported yet.\nApprove photos with p in Browse, then press E.",
                "$muted",
            )
        groups: dict[str, list[DeliveryRecord]] = defaultdict(list)
        for delivery in sorted(deliveries, key=lambda delivery: delivery.id, reverse=True):
            groups[delivery.preset].append(delivery)
        return Content("\n\n").join(self._group(name, rows) for name, rows in groups.items())

    def _group(self, preset: str, deliveries: Sequence[DeliveryRecord]) -> Content:
        folder = PurePath(deliveries[0].path).parent
        lines = [
            Content.assemble(
                (safe(preset), "bold $accent"),
                (f"  {len(deliveries)} in {safe(folder)}", "$muted"),
            )
        ]
        glyph = self.desk.glyphs[State.EXPORTED]
        lines += [
            Content.assemble(
                (f"  {glyph} ", "$state-exported"),
                f"{safe(PurePath(delivery.path).name):<40}",
                (f"  {day_text(delivery.at)}  {safe(delivery.person)}", "$muted"),
            )
            for delivery in deliveries[:_SHOWN]
        ]
        if len(deliveries) > _SHOWN:
            lines.append(Content.styled(f"  and {len(deliveries) - _SHOWN} more", "$muted"))
        return Content("\n").join(lines)
