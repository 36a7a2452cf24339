"""How one comes to each place of the workstation that has keys of its own."""

from __future__ import annotations

from studio import cut_again, settle
from textual.pilot import Pilot

from tui.app import Workstation
from tui.dialog import Confirm

WAYS: dict[str, tuple[str, ...]] = {
    "Browse": (),
    "Queue": ("f3",),
    "Deliver": ("f5",),
    "the knobs": ("j", "a"),
    "a comparison": ("j", "c"),
    "the reasons": ("j", "x"),
    "the orders": ("O",),
    "the presets": ("E",),
    "the alt text": ("j", "T"),
    "the seasons": ("f5", "c"),
    "the files": ("f5", "c", "enter", "E"),
    "a reason": ("f5", "c", "enter", "C"),
    "the report": ("f5", "r"),
    "a question": (),
    "the glossary": ("f1",),
    "the keys": ("question_mark",),
    "the inspector": ("i",),
    "the log": ("f8",),
    "the checklists": ("f6",),
    "the filter": ("slash",),
}
"""The keys that lead from the first screen to where others are active."""


async def go_to(pilot: Pilot[None], where: str) -> None:
    """Go from a start of the workstation to a place."""
    await settle(pilot)
    if where == "a comparison":
        assert isinstance(pilot.app, Workstation)
        cut_again(pilot.app.desk.session)
        await pilot.app.refresh_photos()
        await settle(pilot)
    for key in WAYS[where]:
        await pilot.press(key)
        await settle(pilot)
    if where == "a question":
        pilot.app.push_screen(Confirm("Really?", "It is a question."))
    await settle(pilot)
