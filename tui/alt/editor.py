"""The editor of a picture's alt text: one text a language, with a guide to its length.

It stands in the lower right corner, so that the picture stays in sight while it is described.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from engine.session.alt_list import oddities
from engine.session.alt_texts import LIMIT, TARGET, AltText, one_line
from tui.dialog import Dialog
from tui.keys.alt import EDITOR
from tui.keys.key import bindings
from tui.safe_text import safe


@dataclass(frozen=True)
class Written:
    """The texts of a picture by language, and whether the next picture is to follow."""

    texts: Mapping[str, str]
    go_on: bool = False


class _Text(TextArea):
    """A text without line breaks of its own: Enter belongs to the dialog."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()


class AltDialog(Dialog[Written | None]):
    """Asks for a picture's texts; the answer is None when it was left.

    Parameters
    ----------
    sku, view : whose picture
    texts : what is known, by language
    languages : those of the session, the first one to begin with
    """

    KEYS = EDITOR
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(EDITOR))
    DEFAULT_CSS = """
    AltDialog {
        align: right bottom;
        #panel { width: 72; margin: 0 1 2 0; }
        #languages { height: 1; }
        #text {
            height: 4; border: none; padding: 0 1; background: $panel;
            scrollbar-size-vertical: 1;
            &:focus { border: none; }
        }
        #guide { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(
        self, sku: str, view: str, texts: Mapping[str, str], languages: Sequence[str]
    ) -> None:
        super().__init__(f"Alt text: {safe(sku)} {safe(view)}".rstrip())
        self._sku, self._view = sku, view
        self._known = dict(texts)
        self._texts = dict(texts)
        self._languages = list(dict.fromkeys([*languages, *texts]))
        self._place = 0
        self._leaving = False

    def compose_panel(self) -> Iterator[Widget]:
        yield Static(id="languages")
        yield _Text(self._texts.get(self.language, ""), soft_wrap=True, id="text")
        yield Static(id="guide")

    def on_mount(self) -> None:
        """Begin at the end of what is there."""
        area = self.query_one(_Text)
        area.move_cursor(area.document.end)
        self._write()

    @property
    def language(self) -> str:
        """The language that is being written."""
        return self._languages[self._place]

    def help_places(self) -> Sequence[str]:
        """Return what of it the help explains."""
        return ("screen:alt text", "command:alt")

    def on_text_area_changed(self) -> None:
        """Follow what is typed."""
        self._texts[self.language] = one_line(self.query_one(_Text).text)
        self._leaving = False
        self._write()

    def action_language(self, step: int) -> None:
        """Write another language's text."""
        self._place = (self._place + step) % len(self._languages)
        area = self.query_one(_Text)
        area.load_text(self._texts.get(self.language, ""))
        area.move_cursor(area.document.end)
        self._write()

    def action_accept(self) -> None:
        """Answer with the texts."""
        self._answer(go_on=False)

    def action_accept_and_go_on(self) -> None:
        """Answer with the texts, and ask for the next picture."""
        self._answer(go_on=True)

    def action_leave(self) -> None:
        """Change nothing; what was written is given up only when that is asked for again."""
        if self._leaving or self._texts == self._known:
            self.dismiss(None)
            return
        self._leaving = True
        self._write()

    def _answer(self, *, go_on: bool) -> None:
        too_long = [each for each in self._languages if len(self._texts.get(each, "")) > LIMIT]
        if too_long:
            # Go to the text that has to be shortened.
            self.action_language(self._languages.index(too_long[0]) - self._place)
            return
        self.dismiss(Written({each: self._texts.get(each, "") for each in self._languages}, go_on))

    def _write(self) -> None:
        self.query_one("#languages", Static).update(self._language_line())
        self.query_one("#guide", Static).update(self._guide())

    def _language_line(self) -> Content:
        """Return every language, the one that is written first of all, with what is missing."""
        shown = []
        for language in self._languages:
            count = len(self._texts.get(language, ""))
            said = f"{language} {count}" if count else f"{language} –"
            shown.append(
                Content.styled(f"[{said}]", "bold $accent")
                if language == self.language
                else Content.styled(f" {said} ", "$muted")
            )
        return Content(" ").join(shown)

    def _guide(self) -> Content:
        """Return how long the text is, and what a person should look at again."""
        text = self._texts.get(self.language, "")
        count = len(text)
        if self._leaving:
            key = self.app.key_name("dialog.alt_leave")
            return Content.styled(f"! {key} again forgets what was written.", "$warning")
        if count > LIMIT:
            return Content.styled(
                f"x {count}: {count - LIMIT} more than the {LIMIT} that go", "$error"
            )
        odd = oddities(AltText(self._sku, self._view, self.language, text)) if text else []
        if odd:
            return Content.styled(f"! {odd[0]}", "$warning")
        return Content.styled(f"{count} of {TARGET} characters", "$muted")
