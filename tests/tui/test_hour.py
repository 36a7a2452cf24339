"""An hour of work in small: keys at random, sizes and themes, and nothing goes wrong.

``bench/soak.py`` does the same with twenty thousand keys in a real terminal, and kills workers.
"""

from __future__ import annotations

import random

import pytest
from studio import settle

from tui.app import Workstation
from tui.keys.contexts import KEYS

LEFT_OUT = {
    "app.quit",
    "app.suspend",  # there is no shell
    "judge.note",  # nor an editor
    "work.open",
    "dialog.export",  # which takes its time
}
SIZES = ((80, 24), (120, 36), (64, 18), (50, 12))
COUNT = 240


@pytest.mark.usefixtures("cut_all")
async def test_keys_at_random_do_no_harm(app: Workstation) -> None:
    quits = {name for key in KEYS if key.id == "app.quit" for name in key.keys.split(",")}
    keys = [
        name
        for key in KEYS
        if key.id not in LEFT_OUT
        for name in key.keys.split(",")
        if name not in quits
    ]
    draw = random.Random(5)
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        for number in range(COUNT):
            # A third of all keys goes to the next photo or back: so many are looked at.
            await pilot.press(draw.choice("jk") if number % 3 else draw.choice(keys))
            if number % 60 == 59:
                await pilot.resize_terminal(*draw.choice(SIZES))
        await pilot.resize_terminal(*SIZES[0])
        while len(app.screen_stack) > 1:
            await pilot.press("escape")
        await pilot.press("f2", "escape", "escape", "g")
        await settle(pilot)
        assert app.fault is None
        told = [notice.text for notice in app.journal.notices if notice.severity == "error"]
        assert told == []
