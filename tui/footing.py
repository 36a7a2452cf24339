"""The last line of a screen: the keys of where one is, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_GAPS = 2  # cells of a key in the line beside its name and its description


class KeyFooter(Footer):
    """Keys that can be clicked: first those of what has the focus, last those of everywhere.

    What has no room is left out whole; the list of keys has it.
    """

    DEFAULT_CSS = "KeyFooter.-covered { visibility: hidden; }"

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._keys: Sequence[ActiveBinding] = ()

    def cover(self, covered: bool) -> None:
        """Put the keys away while a dialog has its own; without styling the whole screen anew."""
        self.set_class(covered, "-covered")

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Show other keys where others work now, and leave the line alone where they do not."""
        if self._is_stale():
            super().bindings_changed(screen)

    def compose(self) -> ComposeResult:
        """Yield a key each."""
        if not self._bindings_ready:
            return
        self._keys = list(self._fitting(self.app.size.width))
        self.styles.grid_size_columns = max(1, len(self._keys))
        for active in self._keys:
            binding = active.binding
            yield FooterKey(
                binding.key,
                self.app.get_key_display(binding),
                binding.description,
                binding.action,
                disabled=not active.enabled,
                tooltip=active.tooltip,
            ).data_bind(compact=Footer.compact)

    def on_resize(self) -> None:
        """Show more where there is more room."""
        self.call_after_refresh(self._renew)

    async def _renew(self) -> None:
        if self._is_stale():
            await self.recompose()

    def _is_stale(self) -> bool:
        return list(self._fitting(self.app.size.width)) != self._keys

    def _fitting(self, width: int) -> Iterator[ActiveBinding]:
        shown: dict[str, ActiveBinding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show:
                shown.setdefault(active.binding.action, active)
        everywhere = [active for active in shown.values() if active.node is self.app]
        room = width - self._width(everywhere)
        for active in shown.values():
            room -= 0 if active.node is self.app else self._width([active])
            if active.node is not self.app and room >= 0:
                yield active
        yield from everywhere

    def _width(self, keys: Sequence[ActiveBinding]) -> int:
        return sum(
            cell_len(self.app.get_key_display(active.binding) + active.binding.description) + _GAPS
            for active in keys
        )
