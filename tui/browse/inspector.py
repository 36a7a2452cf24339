"""What is known of the photo: two lines below the picture, a column beside it, or a panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from engine.session.records import PhotoRecord
from engine.session.states import State
from tui.browse.explained import photo_places
from tui.browse.facts import (
    Fact,
    defect_facts,
    delivery_facts,
    export_facts,
    matte_facts,
    outcome,
    photo_facts,
    recipe_facts,
    summary,
    verdict_facts,
)
from tui.browse.states import LABELS
from tui.browse.told_history import Past, history_facts
from tui.dialog import TextDialog
from tui.keys.key import bindings
from tui.keys.reading import INSPECTOR
from tui.safe_text import safe

_LABEL_WIDTH = 9
_WIDE_LABEL = 26  # cells for the names of EXIF's tags


class InspectorLines(Static):
    """The photo in two lines: its state and file, then what came of it."""

    DEFAULT_CSS = """
    InspectorLines {
        height: 2; padding: 0 1; background: $surface; color: $foreground;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def show(self, photo: PhotoRecord | None, state: State, glyph: str) -> None:
        """Describe a photo."""
        if photo is None:
            self.update("", layout=False)
            return
        first = Content.assemble(
            (f"{glyph} {LABELS[state]}", f"bold $state-{state}"), "  ", (summary(photo), "")
        )
        second = (outcome(photo), "$muted")
        self.update(Content.assemble(first, "\n", second), layout=False)


class InspectorColumn(VerticalScroll, can_focus=False):
    """The photo in groups of facts, below each other."""

    DEFAULT_CSS = """
    InspectorColumn {
        width: 38; background: $surface; padding: 0 1; scrollbar-size-vertical: 1;
        #inspector-facts { width: 1fr; height: auto; color: $foreground; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="inspector-facts")

    def show(
        self, photo: PhotoRecord | None, state: State, glyph: str, past: Past | None = None
    ) -> None:
        """Describe a photo."""
        target = self.query_one("#inspector-facts", Static)
        if photo is None:
            target.update("")
            return
        width = max(10, self.size.width - 3)
        parts = [_state(state, glyph)]
        parts += _group("", verdict_facts(photo), width)
        parts += _group("Matte", [*matte_facts(photo), *recipe_facts(photo)], width)
        parts += _group("Photo", photo_facts(photo), width)
        if past:
            parts += _group("Exported", delivery_facts(past.deliveries), width)
        target.update(Content("\n").join(parts))


class InspectorPanel(TextDialog):
    """All of it, for any width of the terminal, with the history and the camera's own words.

    Parameters
    ----------
    photo, state, glyph : the photo, and how its state is shown
    past : what happened to it
    """

    KEYS = INSPECTOR
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(INSPECTOR))
    DEFAULT_CSS = "InspectorPanel #panel { width: 92; }"

    def __init__(self, photo: PhotoRecord, state: State, glyph: str, past: Past) -> None:
        super().__init__(safe(photo.path))
        self._photo = photo
        self._state = _state(state, glyph)
        self._past = past
        self._exif: Sequence[Fact] = (Fact("", "Reading…"),)

    def show_exif(self, table: Iterable[tuple[str, str]]) -> None:
        """Tell what the camera has written, once it was read."""
        facts = [Fact(safe(name), safe(value)) for name, value in table]
        self._exif = facts or (Fact("", "The file holds no EXIF."),)
        self.write()

    def help_places(self) -> Sequence[str]:
        """Return what is said about the photo, and where one is."""
        return (*photo_places(self._photo), "screen:inspector")

    def text(self, width: int) -> Content:
        """Return the facts in groups."""
        photo = self._photo
        groups: list[tuple[str, Sequence[Fact], int]] = [
            ("", verdict_facts(photo), _LABEL_WIDTH),
            ("Matte", matte_facts(photo), _LABEL_WIDTH),
            ("Recipe", recipe_facts(photo), _LABEL_WIDTH),
            ("Defects", defect_facts(photo), _LABEL_WIDTH),
            ("Photo", photo_facts(photo), _LABEL_WIDTH),
            ("Exported", export_facts(self._past.deliveries), _LABEL_WIDTH),
            ("History, UTC", history_facts(self._past), 18),
            ("EXIF", self._exif, _WIDE_LABEL),
        ]
        parts = [self._state]
        for heading, facts, label in groups:
            parts += _group(heading, facts, width, label)
        return Content("\n").join(parts)


def _state(state: State, glyph: str) -> Content:
    return Content.styled(f"{glyph} {LABELS[state]}", f"bold $state-{state}")


def _group(
    heading: str, facts: Sequence[Fact], width: int, label: int = _LABEL_WIDTH
) -> list[Content]:
    """Return facts under their heading, if there are any, with an empty line before it."""
    if not facts:
        return []
    start = [Content(""), Content.styled(heading, "bold $accent")] if heading else []
    return start + [line for fact in facts for line in _lines(fact, width, label)]


def _lines(fact: Fact, width: int, label_width: int) -> list[Content]:
    """Return a fact with its value beside its label, going on below itself."""
    style = "$warning" if fact.alert else ""
    if not fact.label:
        return Content.styled(fact.value, style).wrap(width)
    room = max(8, width - label_width)
    wrapped = Content(fact.value).wrap(room) if fact.value else [Content("")]
    label = Content.styled(f"{fact.label[: label_width - 1]:<{label_width}}", "$muted")
    blank = Content(" " * label_width)
    return [
        Content.assemble(label if first else blank, line.stylize(style) if style else line)
        for first, line in ((index == 0, line) for index, line in enumerate(wrapped))
    ]
