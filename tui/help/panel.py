"""The help panel: a search line over all of the help, what it finds, and what the chosen one says.

An empty line lists what belongs to where the person is, then everything that one may leaf through.
Links are gone through with Tab and followed with Enter, while the search line keeps the focus.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.dialog import Dialog
from tui.help.handbook import Handbook, Hit
from tui.help.markup import Line, Link, laid_out, links
from tui.help.reading import Reading, copied, read
from tui.keys.key import bindings
from tui.keys.reading import GLOSSARY

_HERE = "Here"
_STYLES = {"": "", "strong": "bold", "code": "bold", "link": "$accent underline"}
_CHOSEN = "bold reverse"  # of a link; told apart without colours too


class GlossaryPanel(Dialog[None]):
    """The words of the trade and all other help, looked up while one types."""

    KEYS = GLOSSARY
    HINTS = ()
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(GLOSSARY))
    DEFAULT_CSS = """
    GlossaryPanel {
        #panel { width: 92; height: 90%; }
        #search { height: 1; border: none; padding: 0 1; background: $panel; margin-bottom: 1; }
        #glossary { height: 1fr; }
        #terms { width: 24; height: 1fr; border: none; padding: 0; background: $surface;
                 scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #terms > .option-list--option-highlighted {
            background: $accent 32%; color: $foreground; text-style: bold;
        }
        #terms > .option-list--option-disabled { color: $accent; text-style: bold; }
        #meaning { width: 1fr; height: 1fr; padding: 0 1 0 2; scrollbar-size-vertical: 1; }
        #meaning-text { width: 1fr; height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__("Help")
        self._book = Handbook()
        self._places: Sequence[str] = ()
        self._rows: list[Hit | None] = []  # None is a heading
        self._open: Hit | None = None
        self._reading = Reading("", "", "")
        self._links: Sequence[Link] = ()
        self._link = -1
        self._visited: list[Hit] = []

    def compose_panel(self) -> Iterator[Widget]:
        yield Input(placeholder="Search: a term in any language, a code, a key", id="search")
        titles = OptionList(id="terms", markup=False)
        titles.can_focus = False
        meaning = VerticalScroll(Static(id="meaning-text"), id="meaning", can_focus=False)
        yield Horizontal(titles, meaning, id="glossary")

    def open_at(self, book: Handbook, places: Sequence[str]) -> None:
        """Have it say what a book says of some places, from when it is shown next."""
        self._book, self._places = book, places

    def on_screen_resume(self) -> None:
        """List what there is, and explain where the person is."""
        search = self.query_one("#search", Input)
        with self.prevent(Input.Changed):
            search.clear()
        search.focus()
        self._leaf()

    def on_resize(self, _: events.Resize) -> None:
        """Lay the text out for the room that there is."""
        self.call_after_refresh(self._write)

    @work(exclusive=True, group="search")
    async def on_input_changed(self, event: Input.Changed) -> None:
        """Find help while the person types."""
        if not event.value.strip():
            self._leaf()
            return
        found = await asyncio.to_thread(self._book.search, event.value)
        if self.is_current:  # else the panel was closed meanwhile
            self._list({"": found})

    def on_input_submitted(self) -> None:
        """Enter follows the link that stands out."""
        self.action_follow()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Explain what is under the cursor."""
        hit = self._rows[event.option_index] if event.option_index < len(self._rows) else None
        if hit and hit != self._open:
            self._visited.clear()
            self._explain(hit)

    def action_move(self, step: int) -> None:
        """Go to another line while the search line keeps the focus."""
        self._choose((self.query_one("#terms", OptionList).highlighted or 0) + step, step)

    def action_link(self, step: int) -> None:
        """Go to the next link, and bring it into sight."""
        if self._links:
            self._link = (self._link + step) % len(self._links) if self._link >= 0 else 0
            line = self._write()
            meaning = self.query_one("#meaning")
            if not meaning.scroll_y <= line < meaning.scroll_y + meaning.size.height:
                meaning.scroll_to(y=max(0, line - meaning.size.height // 2), animate=False)

    def action_follow(self) -> None:
        """Read what the link that stands out leads to."""
        if self._open and 0 <= self._link < len(self._links):
            link = self._links[self._link]
            hit = self._book.hit(link.kind, link.id)
            if hit:
                self._visited.append(self._open)
                self._explain(hit)

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
            self.app.copy_to_clipboard(copied(self._open, self._book))
            self.app.tell(f"Copied: {self._open.title}.")

    def _leaf(self) -> None:
        """List what belongs to where the person is, and everything that one may leaf through."""
        here = self._book.at(self._places)
        self._list(({_HERE: here} if here else {}) | dict(self._book.shelves()))

    def _list(self, shelves: dict[str, Sequence[Hit]]) -> None:
        """Fill the list, each shelf under its heading, and explain the first hit."""
        self._rows, options = [], []
        for heading, hits in shelves.items():
            if heading:
                self._rows.append(None)
                options.append(Option(heading, disabled=True))
            self._rows += hits
            options += [Option(_title(hit)) for hit in hits]
        titles = self.query_one("#terms", OptionList)
        titles.clear_options()
        titles.add_options(options)
        self._choose(0, 1)

    def _choose(self, index: int, step: int) -> None:
        """Go to a line, past a heading in the direction of ``step``, and explain it."""
        hits = [place for place, hit in enumerate(self._rows) if hit]
        if not hits:
            self._open = None
            nothing = Content.styled("Nothing in the help is like that.", "$muted")
            self.query_one("#meaning-text", Static).update(nothing)
            return
        ahead = [place for place in hits if (place >= index if step > 0 else place <= index)]
        chosen = (
            (ahead[0] if step > 0 else ahead[-1]) if ahead else (hits[-1] if step > 0 else hits[0])
        )
        titles = self.query_one("#terms", OptionList)
        titles.highlighted = chosen
        if chosen == hits[0]:
            titles.scroll_home(animate=False)  # its heading comes into sight as well
        hit = self._rows[chosen]
        if hit:
            self._visited.clear()
            self._explain(hit)

    def _explain(self, hit: Hit) -> None:
        self._open, self._link = hit, -1
        self._reading = read(hit, self._book)
        self._links = links(self._reading.text)
        self._write()
        self.query_one("#meaning").scroll_home(animate=False)

    def _write(self) -> int:
        """Write what is read, and return the line of the link that stands out."""
        if self._open is None:
            return 0
        text = self.query_one("#meaning-text", Static)
        width = max(20, text.size.width)
        lines = Content(self._reading.title).stylize("bold $accent").wrap(width)
        if self._reading.under:
            lines += Content(self._reading.under).stylize("$muted").wrap(width)
        lines.append(Content(""))
        at = 0
        for line in laid_out(self._reading.text, width):
            if any(piece.link == self._link for piece in line if piece.link is not None):
                at = len(lines)
            lines.append(self._styled(line))
        text.update(Content("\n").join(lines))
        return at

    def _styled(self, line: Line) -> Content:
        return Content.assemble(
            *(
                (
                    piece.text,
                    _CHOSEN
                    if piece.link == self._link and piece.link is not None
                    else _STYLES[piece.style],
                )
                for piece in line
            )
        )


def _title(hit: Hit) -> str:
    """Return a hit's title, with what tells a defect or a checklist from the term of its name."""
    kind = hit.id.partition(":")[0] if hit.kind == "topic" else hit.kind
    return f"{hit.title} ({kind})" if hit.kind in {"topic", "checklist"} else hit.title
