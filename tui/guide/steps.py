"""The steps of the guided start.

A step is over when what it measures is another than when it began: it never asks for a key, so
that whoever finds another way gets on as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.adjust.bar import AdjustBar
from tui.deliver.choose import ExportDialog
from tui.help.panel import GlossaryPanel

if TYPE_CHECKING:
    from tui.app import Workstation


@dataclass(frozen=True)
class Step:
    """One thing to try.

    Attributes
    ----------
    title : what it is
    text : what to press and why; ``<judge.approve>`` stands for the key of that action
    measure : what becomes another when it is done; None where only a person says so
    """

    title: str
    text: str
    measure: Callable[[Workstation], object] | None = None


def _judged(state: str) -> Callable[[Workstation], object]:
    return lambda app: sum(photo.verdict.state == state for photo in app.desk.photos)


def _turns_knobs(app: Workstation) -> bool:
    return any(bar.recipe for bar in app.screen.query(AdjustBar))


STEPS = (
    Step(
        "Go through the list",
        "<move.down> goes to the next photo, <move.up> back. These are cut already: what you see "
        "is the product alone.",
        lambda app: app.desk.place.cursor,
    ),
    Step(
        "Change the light",
        "<look.black> shows it on black, <look.white> on white. A light rim is seen on black "
        "alone, a dark one on white.",
        lambda app: app.desk.place.view,
    ),
    Step(
        "Go close",
        "<look.double> shows 200%, where edges are judged; the arrows move, <look.fit> shows all "
        "of it again.",
        lambda app: app.desk.place.zoom,
    ),
    Step(
        "Approve",
        "<judge.approve> approves this matte. What is approved goes out with the next export; "
        "<judge.undo> takes any verdict back.",
        _judged("approved"),
    ),
    Step(
        "Reject",
        "Go to another photo and press <judge.reject>: a digit says what is wrong, Enter rejects. "
        "Whoever makes it again reads that.",
        _judged("rejected"),
    ),
    Step(
        "Mend",
        "<work.adjust> turns the knobs of a recipe: <adjust.more> and <adjust.less> change one "
        "and show it. Enter cuts so, Esc leaves.",
        _turns_knobs,
    ),
    Step(
        "Export",
        "<work.export> shows what each channel wants. Enter makes the files of one, Esc leaves.",
        lambda app: isinstance(app.screen, ExportDialog),
    ),
    Step(
        "Ask",
        "<app.glossary> explains what is in front of you, and any word that you type. Esc closes.",
        lambda app: isinstance(app.screen, GlossaryPanel),
    ),
    Step(
        "That was a day's work",
        "<app.keys> lists the keys that work where you are. <app.guide> ends this, and shows it "
        "again whenever you like.",
    ),
)
"""What a person goes through, in about two minutes."""
