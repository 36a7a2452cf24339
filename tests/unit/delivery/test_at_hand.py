"""Which season a session works for."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from engine.delivery.seasons.at_hand import at_hand
from engine.delivery.seasons.standing import Standing
from presets.loader import Origin
from presets.seasons import LoadedSeason, Season

TODAY = datetime.date(2026, 11, 27)
LOCK: Any = object()


def season(name: str, origin: Origin = "session", *, now: bool = True, **facts: Any) -> Standing:
    starts = TODAY if now else TODAY - datetime.timedelta(90)
    ends = starts + datetime.timedelta(30)
    read = Season(
        schema_version=1, name=name, title=name, starts=starts, ends=ends, presets=("ebay",)
    )
    return Standing(
        name, LoadedSeason(read, origin, Path(name)), **{"state": "open", "lock": None} | facts
    )


PAST = season("past", now=False)
MINE = season("mine", "user")
OURS = season("ours")
LOCKED = season("locked", state="locked", lock=LOCK)
LATE = season("late", now=False, state="locked", lock=LOCK)
SAMPLE = season("sample", "built-in")
LOST = Standing("lost", None, None, "broken", "the lock is gone")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([SAMPLE], None),
        ([], None),
        ([PAST, SAMPLE], PAST),
        ([MINE, PAST], MINE),
        ([MINE, OURS, PAST], OURS),
        ([LATE, OURS], LATE),
        ([LATE, LOCKED, OURS], LOCKED),
        ([LOST, OURS], LOST),
    ],
)
def test_the_nearest_season_is_at_hand(known: list[Standing], expected: Standing | None) -> None:
    assert at_hand(known, TODAY) == expected


def test_a_person_may_want_another_one() -> None:
    assert at_hand([LOCKED, PAST, SAMPLE], TODAY, "past") == PAST
    assert at_hand([LOCKED, PAST, SAMPLE], TODAY, "sample") == SAMPLE
    assert at_hand([LOCKED, PAST], TODAY, "gone") == LOCKED
