"""Every key of the keymap, pressed where it is active, runs its action and no other."""

from __future__ import annotations

from typing import Any

import pytest
from studio import RECIPE, press
from ways import WAYS, go_to

from tui.app import Workstation
from tui.keys.contexts import CONTEXTS, KEYS

OURS = {key.action for key in KEYS}


def test_there_is_a_way_to_every_key() -> None:
    assert set(WAYS) == set(CONTEXTS)


@pytest.mark.usefixtures("cut_all")
@pytest.mark.parametrize("where", WAYS)
async def test_a_key_runs_its_action(
    app: Workstation, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    monkeypatch.setattr("engine.work.recipes.resolve_recipe", lambda store: RECIPE)
    run: list[str] = []

    async def note(action: str, *_: Any, **__: Any) -> bool:
        if action not in OURS:
            return False  # Textual's own, as a line's scrolling, which passes the key on
        run.append(action)
        return True

    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, where)
        monkeypatch.setattr(app, "run_action", note)
        for key in CONTEXTS[where]:
            for name in key.keys.split(","):
                run.clear()
                await press(pilot, name)
                assert run == [key.action], f"{key.id}: {name}"
