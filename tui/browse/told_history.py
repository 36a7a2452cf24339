"""What happened to a photo, in words: every matte, verdict, star and note, and who it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.session.history.reading import Event
from engine.session.records import DeliveryRecord, MatteRecord
from engine.work.recipes import recipe_of
from tui.adjust.knobs import told
from tui.browse.facts import Fact, day_text
from tui.safe_text import safe


@dataclass(frozen=True)
class Past:
    """What the store keeps of a photo beside what holds now; all of it the oldest first."""

    events: Sequence[Event] = ()
    mattes: Sequence[MatteRecord] = ()
    deliveries: Sequence[DeliveryRecord] = ()


def history_facts(past: Past) -> list[Fact]:
    """Return what happened, the newest first, a time and a sentence each."""
    happened = [
        *((matte.at, matte.person, _matte(matte)) for matte in past.mattes),
        *_events(past.events),
        *((each.at, each.person, f"exported with {each.preset}") for each in past.deliveries),
    ]
    # Of the same moment, what follows from a cut stands above it: sorted first, then turned round.
    happened.sort(key=lambda entry: entry[0])
    return [
        Fact(day_text(at), safe(f"{what}, {person}" if person else what))
        for at, person, what in reversed(happened)
    ]


def _matte(matte: MatteRecord) -> str:
    recipe = recipe_of(matte)
    return f"cut: {told(recipe)}" if recipe else f"cut with {matte.model}"


def _events(events: Iterable[Event]) -> Iterator[tuple[str, str, str]]:
    for event in events:
        what = _what(event)
        if what:
            back = event.standing in {"undone", "superseded"}
            yield event.at, event.person, f"{what} (taken back)" if back else what


def _what(event: Event) -> str:
    """Return what an event was; empty for a matte that was just cut, which is told already."""
    after = event.after or {}
    if event.kind == "rating":
        stars = after.get("stars")
        return f"{stars} star{'' if stars == 1 else 's'}" if stars else "stars taken away"
    if event.kind == "matte":
        return "another matte counts" if event.before else ""
    reasons = ", ".join(after.get("reasons") or ())
    note = f" “{after['note']}”" if after.get("note") else ""
    return f"{after.get('state', 'pending')}{f' ({reasons})' if reasons else ''}{note}"
