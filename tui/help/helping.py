"""Opening the help over any screen, fast: the panel is built once, and the help is read ahead."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import App

from engine.errors import SessionConfigInvalid
from engine.session.checklists import read_checklists
from tui.help.handbook import Handbook
from tui.help.here import places_around
from tui.help.keys import KeysPanel
from tui.help.panel import GlossaryPanel
from tui.keys.user import UserKeys, read_user_keys

if TYPE_CHECKING:
    from tui.desk import Desk


class Helping(App[None]):
    """Actions for the app that open the help; mixed into it.

    Attributes
    ----------
    user_keys : the keys that the person has changed
    handbook : the help, with these keys and the session's checklists
    """

    desk: Desk
    user_keys: UserKeys
    handbook: Handbook

    def have_help(self) -> None:
        """Have help from the start; nothing of it is read yet."""
        self.user_keys = read_user_keys()
        self.handbook = Handbook(self.user_keys)
        # One panel that stays: to build it anew would take half of the time until it is seen.
        self._help = GlossaryPanel()
        self.install_screen(self._help, "help")

    async def read_checklists(self) -> None:
        """Take the session's own checklists into the help."""
        self.handbook = await self.desk.call(self._own_handbook)

    async def prepare_help(self) -> None:
        """Read the help and build its panel while nobody waits for it."""
        await asyncio.to_thread(self.handbook.prepare)
        await self._get_screen(self._help)[1]

    def action_keys(self) -> None:
        """List the keys of the screen."""
        if not isinstance(self.screen, KeysPanel):
            self.push_screen(KeysPanel(self.screen.active_bindings))

    def action_glossary(self) -> None:
        """Open the help on what the person looks at."""
        if self.screen is not self._help:
            self._help.open_at(self.handbook, places_around(self.focused or self.screen))
            self.push_screen(self._help)

    def _own_handbook(self) -> Handbook:
        """Return the help with the session's checklists; F6 says why some cannot be used."""
        try:
            return Handbook(self.user_keys, read_checklists(self.desk.session.folder))
        except SessionConfigInvalid:
            return Handbook(self.user_keys)
