"""What a key of the workstation is."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class Key:
    """One action with the keys that run it.

    Attributes
    ----------
    id : section and name, ``judge.approve``
    keys : alternatives, separated by commas, in Textual's names
    action : what Textual runs
    description : the word or two that the footer and the palette show
    tooltip : a sentence about what it does
    footer : whether the footer shows it
    """

    id: str
    keys: str
    action: str
    description: str
    tooltip: str
    footer: bool = False

    @property
    def section(self) -> str:
        """Return the heading under which the keys panel lists it."""
        return SECTIONS[self.id.partition(".")[0]]

    def binding(self) -> Binding:
        """Return Textual's form of it."""
        return Binding(
            self.keys,
            self.action,
            self.description,
            show=self.footer,
            tooltip=self.tooltip,
            id=self.id,
        )


SECTIONS = {
    "move": "Move",
    "mark": "Mark and filter",
    "look": "Look",
    "judge": "Judge",
    "work": "Work",
    "deliver": "Deliver",
    "adjust": "Adjust",
    "compare": "Compare",
    "queue": "Queue",
    "app": "Workstation",
    "checklist": "Checklists",
    "dialog": "Dialog",
}
"""Headings of the keys panel by the first part of an id, in its order."""


def bindings(keys: tuple[Key, ...]) -> list[Binding]:
    """Return Textual's bindings for a group of keys."""
    return [key.binding() for key in keys]
