"""The help panel: a search line over all of the help, what it finds, and what the chosen one says.

An empty line lists the glossary. Terms that lead on are gone through with Tab and followed with
Enter, while the search line keeps the focus.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from tui.dialog import Dialog
from tui.help.everything import Hit, search_all
from tui.help.glossary import terms
from tui.help.reading import copied, hit_of, read
from tui.keys.key import bindings
from tui.keys.reading import GLOSSARY


class GlossaryPanel(Dialog[None]):
    """The words of the trade and all other help, looked up while one types."""

    KEYS = GLOSSARY
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(GLOSSARY))
    DEFAULT_CSS = """
    GlossaryPanel {
        #panel { width: 92; height: 90%; }
        #search { height: 1; border: none; padding: 0 1; background: $panel; margin-bottom: 1; }
        #glossary { height: 1fr; }
        #terms { width: 24; height: 1fr; border: none; padding: 0; background: $surface;
                 scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #terms > .option-list--option-highlighted { background: $accent 32%; color: $foreground; }
        #meaning { width: 1fr; height: 1fr; padding: 0 1 0 2; scrollbar-size-vertical: 1; }
        #meaning-text { width: 1fr; height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__("Help")
        self._found: list[Hit] = [hit_of(term) for term in terms()]
        self._open: Hit | None = None
        self._link = -1
        self._visited: list[Hit] = []

    def compose_panel(self) -> Iterator[Widget]:
        yield Input(placeholder="Search: a term in any language, a code, a key", id="search")
        titles = OptionList(*(_line(hit) for hit in self._found), id="terms", markup=False)
        titles.can_focus = False
        meaning = VerticalScroll(Static(id="meaning-text"), id="meaning", can_focus=False)
        yield Horizontal(titles, meaning, id="glossary")

    def on_mount(self) -> None:
        """Explain the first term."""
        self._choose(0)

    @work(exclusive=True, group="search")
    async def on_input_changed(self, event: Input.Changed) -> None:
        """Find help while the person types; the first search reads all of it."""
        if event.value.strip():
            found = await asyncio.to_thread(search_all, event.value)
            if not self.is_current:
                return  # the panel was closed meanwhile
        else:
            found = [hit_of(term) for term in terms()]
        self._found = found
        titles = self.query_one("#terms", OptionList)
        titles.clear_options()
        titles.add_options([_line(hit) for hit in found])
        self._choose(0)

    def on_input_submitted(self) -> None:
        """Enter follows the link that stands out."""
        self.action_follow()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Explain what is under the cursor."""
        if event.option_index < len(self._found):
            self._visited.clear()
            self._explain(self._found[event.option_index])

    def action_move(self, step: int) -> None:
        """Go to another line while the search line keeps the focus."""
        self._choose((self.query_one("#terms", OptionList).highlighted or 0) + step)

    def action_link(self, step: int) -> None:
        """Go to the next related term."""
        links = read(self._open).links if self._open else ()
        if links:
            self._link = (self._link + step) % len(links) if self._link >= 0 else 0
            self._write()
            # They stand at the end, which may be out of sight.
            self.call_after_refresh(self.query_one("#meaning").scroll_end, animate=False)

    def action_follow(self) -> None:
        """Read the related term that stands out."""
        links = read(self._open).links if self._open else ()
        if self._open and 0 <= self._link < len(links):
            self._visited.append(self._open)
            self._explain(hit_of(links[self._link]))

    def action_back(self) -> None:
        """Read again what was read before."""
        if self._visited:
            self._explain(self._visited.pop())

    def action_scroll(self, step: int) -> None:
        """Scroll what is read by half a page."""
        meaning = self.query_one("#meaning")
        meaning.scroll_relative(y=step * max(1, meaning.size.height // 2), animate=False)

    def action_copy(self) -> None:
        """Copy what is read, as plain text."""
        if self._open:
            self.app.copy_to_clipboard(copied(self._open))
            self.app.tell(f"Copied: {self._open.title}.")

    def _choose(self, index: int) -> None:
        if not self._found:
            self._open = None
            nothing = Content.styled("Nothing in the help is like that.", "$muted")
            self.query_one("#meaning-text", Static).update(nothing)
            return
        index = max(0, min(index, len(self._found) - 1))
        self.query_one("#terms", OptionList).highlighted = index
        self._visited.clear()
        self._explain(self._found[index])

    def _explain(self, hit: Hit) -> None:
        self._open, self._link = hit, -1
        self._write()
        self.query_one("#meaning").scroll_home(animate=False)

    def _write(self) -> None:
        if self._open is None:
            return
        reading = read(self._open)
        lines = [Content.styled(reading.title, "bold $accent")]
        if reading.under:
            lines.append(Content.styled(reading.under, "$muted"))
        for heading, text in reading.parts:
            lines += [Content(""), *([Content.styled(heading, "bold")] if heading else [])]
            lines.append(Content(text))
        if reading.links:
            links = [
                Content.styled(
                    f" {term.name} ", "$background on $accent" if place == self._link else "$accent"
                )
                for place, term in enumerate(reading.links)
            ]
            lines += [Content(""), Content.styled("Related", "bold"), Content("").join(links)]
        self.query_one("#meaning-text", Static).update(Content("\n").join(lines))


def _line(hit: Hit) -> str:
    """Return a hit's title, with what tells a defect or a field from the term of its name."""
    return f"{hit.title} ({hit.id.partition(':')[0]})" if hit.kind == "topic" else hit.title
