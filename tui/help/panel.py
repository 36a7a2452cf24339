"""The glossary panel: a search line, the terms that it finds, and what the chosen one means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from tui.dialog import Dialog
from tui.help.glossary import Term, related, search
from tui.keymap import GLOSSARY
from tui.keys import bindings


class GlossaryPanel(Dialog[None]):
    """The words of the trade, looked up while one types."""

    KEYS = GLOSSARY
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(GLOSSARY))
    DEFAULT_CSS = """
    GlossaryPanel {
        #panel { width: 92; height: 90%; }
        #search { height: 1; border: none; padding: 0 1; background: $panel; margin-bottom: 1; }
        #glossary { height: 1fr; }
        #terms { width: 24; height: 1fr; border: none; padding: 0; background: $surface;
                 scrollbar-size-vertical: 1; }
        #terms > .option-list--option-highlighted { background: $accent 32%; color: $foreground; }
        #meaning { width: 1fr; height: 1fr; padding: 0 1 0 2; scrollbar-size-vertical: 1; }
        #meaning-text { width: 1fr; height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__("Glossary")
        self._found: list[Term] = search("")

    def compose_panel(self) -> Iterator[Widget]:
        yield Input(placeholder="Search: a term, or another word for it", id="search")
        terms = OptionList(*(term.name for term in self._found), id="terms", markup=False)
        terms.can_focus = False
        meaning = VerticalScroll(Static(id="meaning-text"), id="meaning", can_focus=False)
        yield Horizontal(terms, meaning, id="glossary")

    def on_mount(self) -> None:
        """Explain the first term."""
        self._choose(0)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find terms while the person types."""
        self._found = search(event.value)
        terms = self.query_one("#terms", OptionList)
        terms.clear_options()
        terms.add_options([term.name for term in self._found])
        self._choose(0)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Explain the term under the cursor."""
        self._explain(event.option_index)

    def action_move(self, step: int) -> None:
        """Go to another term while the search line keeps the focus."""
        self._choose((self.query_one("#terms", OptionList).highlighted or 0) + step)

    def _choose(self, index: int) -> None:
        if self._found:
            index = max(0, min(index, len(self._found) - 1))
            self.query_one("#terms", OptionList).highlighted = index
            self._explain(index)
        else:
            self.query_one("#meaning-text", Static).update(
                Content.styled("Not in the glossary.", "$muted")
            )

    def _explain(self, index: int) -> None:
        if index >= len(self._found):
            return
        term = self._found[index]
        parts = [Content.styled(term.name, "bold $accent")]
        if term.also:
            parts.append(Content.styled(", ".join(term.also), "$muted"))
        for heading, text in (
            ("Engineers mean", term.engineer),
            ("Merchandisers mean", term.merchandiser),
            ("Why it matters", term.why),
            ("Related", ", ".join(other.name for other in related(term))),
        ):
            parts += [Content(""), Content.styled(heading, "bold"), Content(text)]
        self.query_one("#meaning-text", Static).update(Content("\n").join(parts))
        self.query_one("#meaning").scroll_home(animate=False)
