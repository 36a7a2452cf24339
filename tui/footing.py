"""The last line of a screen: the keys of where one is, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from tui.keys.names import name_of

_GAPS = 2  # cells of a key in the line beside its name and its description
_PADDING = 2  # cells at the ends of the line


class KeyFooter(Footer):
    """Keys that can be clicked: first those of what has the focus, last those of everywhere.

    What has no room is left out whole; the list of keys has it.
    """

    DEFAULT_CSS = "KeyFooter { padding: 0 1; &.-covered { visibility: hidden; } }"

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
            )

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
            if active.binding.show and not self._is_typed(active):
                shown.setdefault(active.binding.action, active)
        everywhere = [active for active in shown.values() if active.node is self.app]
        room = width - _PADDING - self._width(everywhere)
        for active in shown.values():
            room -= 0 if active.node is self.app else self._width([active])
            if active.node is not self.app and room >= 0:
                yield active
        yield from everywhere

    def _is_typed(self, active: ActiveBinding) -> bool:
        """Whether a key is a character that goes into the line that has the focus.

        Textual leaves such keys out itself, but does not know every name of a character.
        """
        focused, key = self.screen.focused, active.binding.key
        name = name_of(key)
        return (
            focused is not None
            and active.node is not focused
            and focused.check_consume_key(key, name if len(name) == 1 and name.isascii() else None)
        )

    def _width(self, keys: Sequence[ActiveBinding]) -> int:
        return sum(
            cell_len(self.app.get_key_display(active.binding) + active.binding.description) + _GAPS
            for active in keys
        )
