"""Help in its place: F1 opens on what a person looks at, and both help keys work everywhere."""

from __future__ import annotations

import pytest
from studio import RECIPE, SIZE, InstantWorkers, press, settle, sha256_of
from textual.widgets import OptionList, Static
from ways import WAYS, go_to

from engine.matting.defects.defect import Defect
from engine.session.session import Session
from tui.app import Workstation
from tui.help.keys import KeysPanel
from tui.help.panel import GlossaryPanel


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let knobs be turned without a network's file."""
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    monkeypatch.setattr("engine.work.recipes.resolve_recipe", lambda store: RECIPE)


@pytest.fixture
def measured(session: Session, cut_all: None) -> None:
    """Give every photo two defects."""
    for photo in session.photos():
        defects = (Defect("islands", 0.9, 4, 4, 6, 6), Defect("halo", 0.6, 30, 20, 8, 4))
        session.record_cut(
            photo.id,
            sha256=sha256_of(session.folder / photo.path),
            size=SIZE,
            recipe=RECIPE,
            seconds=0.4,
            notes=(),
            defects=defects,
        )


def reading(app: Workstation) -> list[str]:
    """Return the lines of what the help panel says."""
    assert isinstance(app.screen, GlossaryPanel)
    return str(app.screen.query_one("#meaning-text", Static).visual).splitlines()


def listed(app: Workstation) -> list[str]:
    titles = app.screen.query_one("#terms", OptionList)
    return [str(titles.get_option_at_index(at).prompt) for at in range(titles.option_count)]


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("keys", "title"),
    [
        (("slash", *"zzz", "enter"), "Browse"),  # no photo
        (("j",), "Islands"),  # the worst defect
        (("j", "J", "J"), "Halo"),  # the one that is looked at
        (("j", "a"), "edge_shift: Edge shift"),
        (("j", "a", "j", "j"), "hole_sensitivity: Hole sensitivity"),
        (("j", "x"), "Halo"),
        (("j", "x", "9"), "other: Another reason"),
        (("E",), "Export"),
        (("j", "T"), "Alt text"),
        (("slash",), "Filter"),
        (("f3",), "Queue"),
        (("f5",), "Deliver"),
        (("f8",), "Log"),
        (("question_mark",), "Keys"),
    ],
)
async def test_the_help_opens_on_what_is_in_front_of_one(
    app: Workstation, keys: tuple[str, ...], title: str
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        await press(pilot, "f1")
        assert reading(app)[0] == title
        assert listed(app)[0] == "Here"
        assert {"Playbook", "Checklists", "Glossary"} <= set(listed(app))


async def test_a_warning_is_explained_where_no_defect_is_graver(app: Workstation) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "f1")
        assert reading(app)[0] == "too-small: Too small"


@pytest.mark.usefixtures("cut_all")
async def test_the_keys_of_a_preset_are_listed_in_the_export_dialog(app: Workstation) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "E", "f1")
        assert {"placement.fill (preset)", "file.format (preset)"} <= set(listed(app))
        await press(pilot, *["down"] * listed(app)[1:].index("placement.fill (preset)"))
        assert reading(app)[0] == "placement.fill"
        assert "Left out, it is 0.85." in reading(app)


async def test_what_failed_is_explained(app: Workstation, workers: InstantWorkers) -> None:
    workers.broken.add("SKU201-front.png")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+a", "s")
        await press(pilot, "f3", "f1")
        assert reading(app)[0].startswith("P01: ")
        await press(pilot, "escape", "f2")
        app.tell("/shoot: the session is open read-only. Open it for changes. [S03]", "error")
        await press(pilot, "f8", "f1")
        assert reading(app)[0].startswith("S03: ")


@pytest.mark.usefixtures("cut_all")
@pytest.mark.parametrize("where", [where for where in WAYS if where != "the glossary"])
async def test_both_help_keys_work_everywhere_and_lead_back(app: Workstation, where: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await go_to(pilot, where)
        screen, focused = app.screen, app.focused
        await press(pilot, "f1")
        assert isinstance(app.screen, GlossaryPanel)
        await press(pilot, "escape")
        assert (app.screen, app.focused) == (screen, focused)
        # There it closes the list, or is typed.
        if where not in {"the keys", "the filter", "the alt text", "a reason"}:
            await press(pilot, "question_mark")
            assert isinstance(app.screen, KeysPanel)
            await press(pilot, "f1")
            assert isinstance(app.screen, GlossaryPanel), "help on top of the keys"
            await press(pilot, "f1")
            await press(pilot, "question_mark")
            assert (app.screen, app.focused) == (screen, focused)


async def test_the_keys_of_what_has_the_focus_come_first(app: Workstation, cut_all: None) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "a", "question_mark")
        text = app.screen.query_one("#scrolled-text", Static)
        assert str(text.visual).splitlines()[0] == "Adjust"
        await press(pilot, "pagedown")
        assert app.screen.query_one("#scrolled").scroll_y > 5
        await press(pilot, "G")
        end = app.screen.query_one("#scrolled").scroll_y
        await press(pilot, "g")
        assert app.screen.query_one("#scrolled").scroll_y == 0 < end


async def test_lines_of_the_keys_fit_a_narrow_terminal(app: Workstation) -> None:
    async with app.run_test(size=(64, 18)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        text = app.screen.query_one("#scrolled-text", Static)
        assert max(map(len, str(text.visual).splitlines())) <= text.content_size.width
