"""The knobs below the photo: shown while a recipe is being tried, and focused then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from engine.matting.recipe import Recipe
from tui.adjust.knobs import KNOBS
from tui.keys.cut import ADJUST
from tui.keys.key import bindings
from tui.safe_text import safe

if TYPE_CHECKING:
    from models.spec import ModelSpec

Scope = Literal["photo", "marked", "SKU"]

_COLUMNS = 2  # of knobs, so that the photo keeps its room at 80 × 24
_WIDTH = 24  # cells of a knob


class AdjustBar(Static, can_focus=True, inherit_bindings=False):
    """A recipe whose knobs are turned, the one that it is compared with, and for which photos."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(ADJUST))
    DEFAULT_CSS = """
    AdjustBar {
        height: 4; padding: 0 1; background: $panel; color: $foreground; display: none;
        text-wrap: nowrap; text-overflow: ellipsis;
        &.-open { display: block; }
    }
    """

    class Turned(Message):
        """Another recipe is to be shown."""

    class Done(Message):
        """The person is through; ``accepted`` where the photos shall be cut so."""

        def __init__(self, accepted: bool) -> None:
            super().__init__()
            self.accepted = accepted

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._scopes: Sequence[tuple[Scope, int]] = (("photo", 1),)
        self._scope = 0
        self._knob = 0
        self._models: Sequence[ModelSpec] = ()
        self._before: Recipe | None = None
        self._recipe: Recipe | None = None
        self._showing_before = False
        self._splits = False
        self._direction = 1

    @property
    def following(self) -> list[Recipe]:
        """The recipes that one more step of the knob leads to, the likelier first."""
        recipe = self._recipe
        if recipe is None:
            return []
        steps = (self._direction, -self._direction)
        turned = [KNOBS[self._knob].turned(recipe, step, self._models) for step in steps]
        return [each for each in turned if each != recipe]

    @property
    def splits(self) -> bool:
        """Whether the matte that there is should be seen beside the recipe that is tried."""
        return self._splits and not self._showing_before

    @property
    def recipe(self) -> Recipe | None:
        """The recipe that is being tried; None while the bar is closed."""
        return self._recipe

    @property
    def shown_recipe(self) -> Recipe | None:
        """The recipe that the photo should show: the tried one, or the one before it."""
        return self._before if self._showing_before else self._recipe

    @property
    def scope(self) -> Scope:
        """Which photos the recipe is for."""
        return self._scopes[self._scope][0]

    def open(
        self, recipe: Recipe, models: Sequence[ModelSpec], scopes: Sequence[tuple[Scope, int]]
    ) -> None:
        """Let a recipe be turned.

        Parameters
        ----------
        recipe : where to begin, and what to compare with
        models : the networks to choose among
        scopes : for which photos it may be, with how many these are
        """
        self._recipe = self._before = recipe
        self._models, self._scopes, self._scope = models, scopes, 0
        self._showing_before = self._splits = False
        self.add_class("-open")
        self._changed()
        self.focus()

    def close(self) -> None:
        """Go out of sight."""
        self._recipe = self._before = None
        self.remove_class("-open")

    def help_places(self) -> Sequence[str]:
        """Return the recipe's value that the chosen knob turns."""
        return (f"recipe:{KNOBS[self._knob].field}", "screen:knobs")

    def action_knob(self, step: int) -> None:
        """Go to another knob."""
        self._knob = (self._knob + step) % len(KNOBS)
        self._changed()

    def action_turn(self, steps: int) -> None:
        """Turn the knob by steps; what is shown is what is being tried."""
        if self._recipe:
            self._direction = 1 if steps > 0 else -1
            self._recipe = KNOBS[self._knob].turned(self._recipe, steps, self._models)
            self._showing_before = False
            self._changed()

    def action_reset(self) -> None:
        """Begin again."""
        self._recipe, self._showing_before = self._before, False
        self._changed()

    def action_flicker(self) -> None:
        """Show the recipe before, and again the one that is tried."""
        self._showing_before = not self._showing_before
        self._changed()

    def action_split(self) -> None:
        """Show the matte that there is beside the recipe that is tried, or no more."""
        self._splits, self._showing_before = not self._splits, False
        self._changed()

    def action_scope(self) -> None:
        """Take the recipe for other photos."""
        self._scope = (self._scope + 1) % len(self._scopes)
        self._write()

    def action_accept(self) -> None:
        """Have the photos cut so."""
        self.post_message(self.Done(accepted=True))

    def action_leave(self) -> None:
        """Forget the recipe."""
        self.post_message(self.Done(accepted=False))

    def _changed(self) -> None:
        self._write()
        self.post_message(self.Turned())

    def _write(self) -> None:
        recipe = self.shown_recipe
        if recipe is None:
            return
        cells = [self._cell(index, recipe) for index in range(len(KNOBS))]
        rows = -(-len(cells) // _COLUMNS)
        lines = [Content.assemble(*cells[row::rows]) for row in range(rows)]
        name, count = self._scopes[self._scope]
        which = "this photo" if name == "photo" else f"{count} photos ({name})"
        before = "before  " if self._showing_before else ""
        lines.append(Content.assemble((f" {before}", "bold $warning"), (f"for {which}", "$muted")))
        self.update(Content("\n").join(lines))

    def _cell(self, index: int, recipe: Recipe) -> Content:
        knob = KNOBS[index]
        chosen = index == self._knob
        changed = self._before is not None and knob.shown(recipe) != knob.shown(self._before)
        text = Content.assemble(
            ("> " if chosen else "  ", "bold $accent"),
            (f"{knob.title:<10}", "bold" if chosen else "$muted"),
            (safe(knob.shown(recipe)), "bold $warning" if changed else ""),
        )
        return text.truncate(_WIDTH, pad=True)
