"""The dialog that asks in which order to list the photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from tui.browse.order import ORDERS, Order
from tui.choices import Choices
from tui.dialog import Dialog
from tui.keys.browse import SORT
from tui.keys.key import bindings


class SortDialog(Dialog[Order | None]):
    """The orders, the cursor on the one that holds."""

    KEYS = SORT
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(SORT))
    DEFAULT_CSS = """
    SortDialog #panel { width: 40; }
    """

    def __init__(self, order: Order) -> None:
        super().__init__("Sort by")
        self._order = order

    def compose_panel(self) -> Iterator[Widget]:
        yield Choices(*(order.title.capitalize() for order in ORDERS))

    def help_places(self) -> Sequence[str]:
        """Return what of it the help explains."""
        return ("screen:orders",)

    def on_mount(self) -> None:
        """Begin with the order that holds."""
        self.query_one(Choices).highlighted = ORDERS.index(self._order)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on an order chooses it."""
        self.dismiss(ORDERS[event.option_index])

    def action_accept(self) -> None:
        """Answer with the order under the cursor."""
        self.dismiss(ORDERS[self.query_one(Choices).highlighted or 0])
