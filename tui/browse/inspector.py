"""What is known of the photo: two lines below the picture, or a column where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from engine.session.records import DeliveryRecord, PhotoRecord
from engine.session.states import State
from tui.browse.facts import (
    Fact,
    delivery_facts,
    matte_facts,
    outcome,
    photo_facts,
    summary,
    verdict_facts,
)
from tui.browse.states import LABELS

_LABEL_WIDTH = 9


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
        self,
        photo: PhotoRecord | None,
        state: State,
        glyph: str,
        deliveries: Sequence[DeliveryRecord] = (),
    ) -> None:
        """Describe a photo."""
        target = self.query_one("#inspector-facts", Static)
        if photo is None:
            target.update("")
            return
        width = max(10, self.size.width - 3)
        parts = [Content.styled(f"{glyph} {LABELS[state]}", f"bold $state-{state}")]
        parts += _group("", verdict_facts(photo), width)
        parts += _group("Matte", matte_facts(photo), width)
        parts += _group("Photo", photo_facts(photo), width)
        parts += _group("Exported", delivery_facts(deliveries), width)
        target.update(Content("\n").join(parts))


def _group(heading: str, facts: Sequence[Fact], width: int) -> list[Content]:
    """Return facts under their heading, if there are any, with an empty line before it."""
    if not facts:
        return []
    start = [Content(""), Content.styled(heading, "bold $accent")] if heading else []
    return start + [line for fact in facts for line in _lines(fact, width)]


def _lines(fact: Fact, width: int) -> list[Content]:
    """Return a fact with its value beside its label, going on below itself."""
    style = "$warning" if fact.alert else ""
    if not fact.label:
        return Content.styled(fact.value, style).wrap(width)
    room = max(8, width - _LABEL_WIDTH)
    wrapped = Content(fact.value).wrap(room) if fact.value else [Content("")]
    label = Content.styled(f"{fact.label[: _LABEL_WIDTH - 1]:<{_LABEL_WIDTH}}", "$muted")
    blank = Content(" " * _LABEL_WIDTH)
    return [
        Content.assemble(label if first else blank, line.stylize(style) if style else line)
        for first, line in ((index == 0, line) for index, line in enumerate(wrapped))
    ]
