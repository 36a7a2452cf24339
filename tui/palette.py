"""The command palette: every action by name, of where one is and of the other screens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from rich.text import Text
from textual import work
from textual.command import CommandPalette, DiscoveryHit, Hit, Provider
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.markup import escape

from tui.dialog import Dialog
from tui.frame import WorkScreen
from tui.keys.contexts import SCREENS, find
from tui.keys.key import SECTIONS, Key
from tui.keys.names import name_of

_FIRST = ("adjust", "compare", "deliver", "work", "judge", "look", "mark", "queue")
_LAST = ("app", "dialog", "move")
_RANK = {SECTIONS[name]: place for place, name in enumerate(_FIRST)} | {
    SECTIONS[name]: 100 + place for place, name in enumerate(_LAST)
}
_FARTHER = 0.7  # the score of an action elsewhere, in terms of one that is here


_gather = CommandPalette._gather_commands.__wrapped__  # type: ignore[attr-defined]  # by @work


@dataclass(frozen=True)
class _Action:
    """An action that is offered: its key as shown, how near it is, and what runs it."""

    key: Key
    title: str
    nearness: float
    run: Callable[[], Any]


class Palette(CommandPalette):
    """Textual's palette, no wider than is read at a glance, and safe to leave at any moment."""

    DEFAULT_CSS = """
    Palette {
        background: transparent;
        SearchIcon { display: none; }
        CommandInput { padding-left: 1; }
        & > Vertical, & > Vertical:dark { width: 100; max-width: 100%; background: $surface; }
        CommandList { background: $surface; }
    }
    """

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        """Look for actions, unless the palette is being left: its list goes before it ends."""
        with suppress(NoMatches):
            await _gather(self, search_value)


class ActionProvider(Provider):
    """Offers what the keys do, with the key beside it so that one learns it."""

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Offer all actions of where one is."""
        for action in self._here():
            yield DiscoveryHit(
                Text(action.title),
                action.run,
                help=escape(action.key.tooltip),
                text=action.key.description,
            )

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """Offer the actions whose name or explanation is like the query, those here first."""
        matcher = self.matcher(query)
        for action in (*self._here(), *self._elsewhere()):
            key = action.key
            score = max(matcher.match(key.description), matcher.match(key.tooltip) * 0.6)
            if score > 0:
                yield Hit(
                    score * action.nearness,
                    Text(action.title),
                    action.run,
                    help=escape(key.tooltip),
                    text=key.description,
                )

    def _here(self) -> Iterator[_Action]:
        """Yield each action once, with the first key that runs it."""
        found: dict[str, _Action] = {}

        def offer(key: Key, pressed: str, action: str, node: DOMNode) -> None:
            title = f"{key.description}  ·  {name_of(pressed)}"
            run = partial(self.app.run_action, action, node)
            found.setdefault(key.id, _Action(key, title, 1.0, run))

        for pressed, active in self.screen.active_bindings.items():
            if key := find(active.binding.id):
                offer(key, pressed, active.binding.action, active.node)
        if isinstance(self.screen, Dialog):
            # A line in which one types has the same keys, and passes them on.
            for key in self.screen.KEYS:
                offer(key, key.keys.split(",")[0], key.action, self.screen)
        # What one would look for first comes first; moving about is not among it.
        yield from sorted(found.values(), key=lambda action: _RANK.get(action.key.section, 50))

    def _elsewhere(self) -> Iterator[_Action]:
        """Yield the actions of the other screens; each goes there first. None in a dialog."""
        if not isinstance(self.screen, WorkScreen):
            return
        known = {str(active.binding.id) for active in self.screen.active_bindings.values()}
        for mode, keys in SCREENS.items():
            for key in keys:
                if key.id not in known:
                    known.add(key.id)
                    title = f"{key.description}  ·  in {mode.capitalize()}"
                    yield _Action(key, title, _FARTHER, partial(self._run_there, mode, key.id))

    def _run_there(self, mode: str, key_id: str) -> None:
        """Go to a screen and run one of its actions."""
        app = self.app
        app.switch_mode(mode)

        async def run() -> None:
            for active in app.screen.active_bindings.values():
                if active.binding.id == key_id:
                    await app.run_action(active.binding.action, active.node)
                    return

        app.call_after_refresh(run)
