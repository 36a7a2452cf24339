"""The command palette: every action of the screen that is open, by name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Provider
from textual.types import IgnoreReturnCallbackType

from tui.keys.contexts import find
from tui.keys.key import SECTIONS, Key
from tui.keys.names import name_of

_ORDER = ("adjust", "work", "judge", "look", "mark", "queue", "app", "checklist", "dialog", "move")
_RANK = {SECTIONS[section]: place for place, section in enumerate(_ORDER)}


class ActionProvider(Provider):
    """Offers what the keys do, with the key beside it so that one learns it."""

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Offer all actions."""
        for key, pressed, active in self._actions():
            yield DiscoveryHit(
                self._title(key, pressed), self._run(active), help=key.tooltip, text=key.description
            )

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """Offer the actions whose name or explanation is like the query."""
        matcher = self.matcher(query)
        for key, pressed, active in self._actions():
            score = max(matcher.match(key.description), matcher.match(key.tooltip) * 0.6)
            if score > 0:
                yield Hit(
                    score,
                    self._title(key, pressed),
                    self._run(active),
                    help=key.tooltip,
                    text=key.description,
                )

    def _actions(self) -> Iterator[tuple[Key, str, ActiveBinding]]:
        """Yield each action once, with the first key that runs it."""
        found: dict[str, tuple[Key, str, ActiveBinding]] = {}
        for pressed, active in self.screen.active_bindings.items():
            if key := find(active.binding.id):
                found.setdefault(key.id, (key, pressed, active))
        # What one would look for first comes first; moving about is not among it.
        yield from sorted(found.values(), key=lambda entry: _RANK[entry[0].section])

    @staticmethod
    def _title(key: Key, pressed: str) -> str:
        return f"{key.description}  ·  {name_of(pressed)}"

    def _run(self, active: ActiveBinding) -> IgnoreReturnCallbackType:
        return partial(self.app.run_action, active.binding.action, active.node)
