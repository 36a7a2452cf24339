"""Every key of the keymap has an effect, and a test that presses it and looks.

A walk presses several keys in one run of the workstation and looks after each. What other tests
press in the course of their story is named in ``ELSEWHERE``, by the beginning of its id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from studio import cut_again, press, settle
from textual.widgets import Input

from engine.session.session import Session
from tui.adjust.bar import AdjustBar
from tui.app import Workstation
from tui.browse.photo_list import PhotoList
from tui.choices import Choices
from tui.keys.contexts import KEYS, find
from tui.photo.pane import PhotoPane
from tui.review.reject import ReasonList

ELSEWHERE = {
    "move": "test_browse_keys",
    "mark": "test_browse_keys",
    "look": "test_look_keys",
    "look.split_": "test_pixels",
    "look.readout": "test_pixels",
    "look.inspect": "test_inspector",
    "look.next_defect": "test_defects",
    "look.last_defect": "test_defects",
    "judge": "test_judge_keys",
    "judge.compare": "test_compare",
    "work": "test_work_keys",
    "work.rescan": "test_browse_keys",
    "work.copy": "test_browse_keys",
    "work.open": "test_judge_keys",
    "work.trash": "test_judge_keys",
    "work.alt": "test_alt_text",
    "dialog.alt": "test_alt_text",
    "work.adjust": "test_adjust",
    "work.copy_recipe": "test_adjust",
    "work.paste_recipe": "test_adjust",
    "adjust": "test_adjust",
    "queue": "test_queue",
    "compare": "test_compare",
    "checklist": "test_checklists",
    "deliver": "test_deliver",
    "deliver.choose": "test_deliver_holding",
    "deliver.copy": "test_deliver_holding",
    "deliver.lock": "test_deliver_holding",
    "deliver.recall": "test_deliver_holding",
    "dialog.choose_preset": "test_deliver_holding",
    "dialog.deliver": "test_deliver_holding",
    "dialog.batch": "test_deliver",
    "dialog.reason": "test_deliver_holding",
    "dialog.no_reason": "test_deliver_holding",
    "dialog.term": "test_help",
    "dialog.link": "test_help",
    "dialog.follow": "test_help",
    "dialog.back": "test_help",
    "dialog.copy": "test_help",
    "dialog.read": "test_help",
    "dialog.palette": "test_help",
    "app.palette": "test_help",
    "app.redraw": "test_look_keys",
    "dialog.close_inspector": "test_inspector",
    "dialog.yes": "test_work_keys",
    "dialog.no": "test_work_keys",
    "dialog.export": "test_work_keys",
    "app.suspend": "test_journal",
    "app.guide": "test_guide",
}
"""Where keys are pressed that no walk has, by how their ids begin; the longest counts."""

PRESSED_AS = {"app.suspend": r'"\x1a"'}
"""What a test sends instead of a key."""


@dataclass(frozen=True)
class Step:
    """A key by its id, or keys that lead on; then what is looked at, and what that has to be."""

    key: str
    seen: Callable[[Workstation], Any] = lambda app: None
    becomes: Any = None


def screen(app: Workstation) -> str:
    return type(app.screen).__name__


def chosen(app: Workstation) -> str:
    """Return the numbers of the reasons that are chosen."""
    reasons = app.screen.query_one(ReasonList)
    lines = str(reasons.render()).splitlines()
    return "".join(line.split()[0] for line in lines if "■" in line)


def reason(app: Workstation) -> int:
    """Return which reason the cursor is on, from 1."""
    return app.screen.query_one(ReasonList)._cursor + 1


def choice(app: Workstation) -> int | None:
    return app.screen.query_one(Choices).highlighted


def scrolled(app: Workstation) -> str:
    """Return where a page is: at its top, at its end, or in between."""
    page = app.screen.query_one("#scrolled")
    if not page.scroll_y:
        return "top"
    return "end" if page.scroll_y >= page.max_scroll_y else "between"


def state(app: Workstation) -> str:
    row = app.screen_stack[0].query_one(PhotoList).current
    return str(app.desk.state_of(row.photo)) if row else ""


def stars(app: Workstation) -> int:
    row = app.screen.query_one(PhotoList).current
    return row.photo.stars if row else -1


def centre(app: Workstation) -> tuple[bool, bool]:
    """Return whether the middle of what is seen is left of, and above, that of the photo."""
    x, y = app.screen.query_one(PhotoPane).zoom.centre
    return x < 0.5, y < 0.5


def knob(app: Workstation) -> int:
    return app.screen.query_one(AdjustBar)._knob


def typing(app: Workstation) -> bool:
    return isinstance(app.focused, Input)


def scrolling(close: str, back_to: str = "BrowseScreen") -> list[Step]:
    """Return the steps through a text that scrolls, and out of it."""
    return [
        Step("dialog.scroll_down", scrolled, "between"),
        Step("dialog.scroll_up", scrolled, "top"),
        Step("dialog.page_down", scrolled, "between"),
        Step("dialog.page_up", scrolled, "top"),
        Step("dialog.text_bottom", scrolled, "end"),
        Step("dialog.text_top", scrolled, "top"),
        Step(close, screen, back_to),
    ]


WALKS: dict[str, list[Step]] = {
    "the screens": [
        Step("app.queue", screen, "QueueScreen"),
        Step("queue.back", screen, "BrowseScreen"),
        Step("app.deliver", screen, "DeliverScreen"),
        Step("app.browse", screen, "BrowseScreen"),
        Step("app.glossary", screen, "GlossaryPanel"),
        Step("dialog.close", screen, "BrowseScreen"),
        Step("app.checklists", screen, "ChecklistsPanel"),
        Step("checklist.previous", lambda app: app.screen._shown > 0, True),
        Step("checklist.next", lambda app: app.screen._shown, 0),
        Step("checklist.close", screen, "BrowseScreen"),
        Step("app.theme", lambda app: app.theme, "packshot-light"),
        Step("app.keys", screen, "KeysPanel"),
        *scrolling("dialog.close_keys"),
        Step("app.journal", screen, "JournalPanel"),
        Step("dialog.close_log", screen, "BrowseScreen"),
        Step("app.quit", lambda app: app._exit, True),
    ],
    "the reasons": [
        Step("j"),
        Step("judge.reject", screen, "RejectDialog"),
        Step("dialog.last", reason, 9),
        Step("dialog.up", reason, 8),
        Step("dialog.first", reason, 1),
        Step("dialog.down", reason, 2),
        Step("dialog.toggle", chosen, "2"),
        Step("dialog.reason_1", chosen, "12"),
        Step("dialog.reason_2", chosen, "1"),
        *(
            Step(f"dialog.reason_{number}", chosen, "1" + "3456789"[: number - 2])
            for number in range(3, 10)
        ),
        Step("dialog.next", typing, True),
        Step("dialog.next", typing, False),
        Step("dialog.cancel", state, "cut"),
        Step("x,1"),
        Step("dialog.reject", state, "rejected"),
    ],
    "the lists": [
        Step("mark.sort", screen, "SortDialog"),
        Step("dialog.down", choice, 1),
        Step("dialog.sort", lambda app: app.screen.query_one(PhotoList).order.name, "taken"),
        Step("j"),
        Step("judge.stars_2", stars, 2),
        Step("work.export", screen, "ExportDialog"),
        Step("dialog.scope", lambda app: app.screen._scope, 0),
        Step("dialog.cancel", screen, "BrowseScreen"),
    ],
    "the knobs": [
        Step("j"),
        Step("work.adjust", lambda app: app.screen.query_one(AdjustBar).has_focus, True),
        Step("adjust.next", knob, 1),
        Step("adjust.previous", knob, 0),
        Step("adjust.leave", lambda app: app.screen.query_one(AdjustBar).has_focus, False),
    ],
    "what was exported": [
        Step("app.deliver", screen, "DeliverScreen"),
        Step("deliver.report", screen, "ReportPanel"),
        *scrolling("dialog.close_report", "DeliverScreen"),
    ],
    "two mattes": [
        Step("j,c", screen, "CompareScreen"),
        Step("compare.next", lambda app: app.screen._chosen, 0),
        Step("compare.previous", lambda app: app.screen._chosen, 1),
        Step("Z,plus,plus"),
        Step("compare.pan_left", centre, (True, False)),
        Step("compare.pan_right", centre, (False, False)),
        Step("compare.pan_up", centre, (False, True)),
        Step("compare.pan_down", centre, (False, False)),
        Step("compare.leave", screen, "BrowseScreen"),
    ],
}


def walked() -> set[str]:
    return {step.key for steps in WALKS.values() for step in steps if find(step.key)}


@pytest.mark.usefixtures("cut_all")
@pytest.mark.parametrize("walk", WALKS)
async def test_each_key_has_its_effect(
    app: Workstation, session: Session, walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    if walk == "two mattes":
        cut_again(session)
    if walk == "what was exported":
        photo = session.photos()[0]
        for number in range(40):
            session.deliveries.record(
                photo.id,
                preset="master-png",
                preset_digest="0" * 64,
                path=f"Output/master-png/{number}.png",
                sha256=f"{number:064x}",
                recipe_digest="0" * 64,
            )
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for place, step in enumerate(WALKS[walk]):
            key = find(step.key)
            await press(pilot, *(key.keys.split(",")[:1] if key else step.key.split(",")))
            if not app._exit:
                await settle(pilot)
            assert step.seen(app) == step.becomes, f"step {place}: {step.key}"


def test_every_key_is_pressed_by_a_test_that_checks_its_effect() -> None:
    folder = Path(__file__).parent
    for key in KEYS:
        if key.id in walked():
            continue
        begins = [begin for begin in ELSEWHERE if key.id.startswith(begin)]
        assert begins, f"no test checks what {key.id} does"
        text = (folder / f"{ELSEWHERE[max(begins, key=len)]}.py").read_text("utf-8")
        names = [f'"{name}"' for name in key.keys.split(",")]
        sent = PRESSED_AS.get(key.id)
        assert any(name in text for name in ([sent] if sent else names)), key.id
