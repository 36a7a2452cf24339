"""Where a person is in the guided start, and the lines that say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.adjust.bar import AdjustBar
from tui.dialog import Dialog
from tui.guide.steps import STEPS, Step

if TYPE_CHECKING:
    from tui.app import Workstation

_KEY = re.compile(r"<([a-z_.]+)>")


class Guide:
    """The step that a person is at.

    Parameters
    ----------
    app : the workstation in which it happens
    """

    def __init__(self, app: Workstation) -> None:
        self._app = app
        self._at = 0
        self._done = False
        self._before = self._measured()

    @property
    def step(self) -> Step:
        """What is to be tried now."""
        return STEPS[self._at]

    def follow(self) -> None:
        """Go on when the step is done, and what was opened for it is closed again."""
        self._done = self._done or self._measured() != self._before
        if self._done and not self._is_covered():
            self.next()

    def next(self) -> None:
        """Go to the next step; the last one stays."""
        self._at = min(self._at + 1, len(STEPS) - 1)
        self._done = False
        self._before = self._measured()

    def text(self) -> Content:
        """Return what to do now."""
        before, *rest = _KEY.split(self.step.text)
        pieces: list[Content | tuple[str, str]] = [Content(before)]
        for key_id, after in zip(rest[::2], rest[1::2], strict=True):
            pieces += [(self._app.key_name(key_id), "bold $accent"), Content(after)]
        heading = (f"{self._at + 1}/{len(STEPS)} {self.step.title}  ", "bold")
        if self.step is STEPS[-1]:
            return Content.assemble(heading, *pieces)
        following, leaving = (
            self._app.key_name(key_id) for key_id in ("app.guide_next", "app.guide")
        )
        keys = f"  {following} next step, {leaving} ends this"
        return Content.assemble(heading, *pieces, (keys, "$muted"))

    def _measured(self) -> object:
        return self.step.measure(self._app) if self.step.measure else None

    def _is_covered(self) -> bool:
        """Whether a dialog or the knobs are open: the person is not done with them."""
        screen = self._app.screen
        return isinstance(screen, Dialog) or any(bar.recipe for bar in screen.query(AdjustBar))


class GuideBar(Static):
    """The lines above the line of work that say what to try next."""

    DEFAULT_CSS = """
    GuideBar { display: none; height: auto; background: $panel; padding: 0 1; }
    """

    def show(self, guide: Guide | None) -> None:
        """Show where a person is; None: there is no guided start."""
        self.display = guide is not None
        if guide:
            text = guide.text()
            if text != self.visual:
                self.update(text)
