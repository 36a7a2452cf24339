"""Keymap, footer, palette and keys panel say the same; the glossary explains its words."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from click.testing import CliRunner
from studio import settle
from textual.binding import ActiveBinding
from textual.widgets import OptionList, Static

from tui.app import Workstation
from tui.cli.glossary import command
from tui.help.glossary import lookup, search, terms
from tui.help.keys import KeysPanel, active_keys
from tui.help.panel import GlossaryPanel
from tui.keymap import APP, BROWSE, DELIVER, KEYS, LIST, QUEUE
from tui.keys import SECTIONS, Key, name_of
from tui.palette import ActionProvider

SIZE = (100, 40)
SCREENS = {"f2": (*LIST, *BROWSE, *APP), "f3": (*QUEUE, *APP), "f5": (*DELIVER, *APP)}


def ours(active: Mapping[str, ActiveBinding]) -> set[str]:
    return {str(binding.binding.id) for binding in active.values()}


def test_every_key_has_an_id_a_description_and_a_tooltip() -> None:
    for key in KEYS:
        assert key.id.partition(".")[0] in SECTIONS
        assert key.description
        assert key.tooltip.endswith(".")
    assert all(len(key.description) <= 16 for key in KEYS), "the footer is narrow"


@pytest.mark.parametrize("group", [(*LIST, *BROWSE, *APP), (*QUEUE, *APP), (*DELIVER, *APP)])
def test_no_key_means_two_things_on_a_screen(group: tuple[Key, ...]) -> None:
    names = [name for key in group for name in key.keys.split(",")]
    assert len(names) == len(set(names))


async def test_each_screen_binds_exactly_its_keys(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for screen, keys in SCREENS.items():
            await pilot.press(screen)
            await settle(pilot)
            assert ours(app.screen.active_bindings) == {key.id for key in keys}


async def test_every_action_of_a_binding_exists(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for screen in SCREENS:
            await pilot.press(screen)
            await settle(pilot)
            for active in app.screen.active_bindings.values():
                name = active.binding.action.partition("(")[0]
                owner, _, method = name.rpartition(".")
                node = app if owner == "app" else active.node
                assert hasattr(node, f"action_{method}"), active.binding


async def test_the_keys_panel_lists_exactly_the_bindings(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        listed = active_keys(app.screen.active_bindings)
        assert {name for names in listed.values() for name in names} == set(
            app.screen.active_bindings
        )
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, KeysPanel)
        text = " ".join(str(app.screen.query_one("#keys-text", Static).visual).split())
        for key, pressed in listed.items():
            assert " ".join(key.tooltip.split()) in text
            assert name_of(pressed[0]) in text
        await pilot.press("j", "k", "escape")
        assert not isinstance(app.screen, KeysPanel)


async def test_the_palette_offers_every_action(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        provider = ActionProvider(app.screen)
        offered = {hit.text async for hit in provider.discover()}
        assert offered == {key.description for key in SCREENS["f2"]}
        for key in SCREENS["f2"]:
            found = [hit.text async for hit in provider.search(key.description)]
            assert key.description in found


async def test_the_palette_runs_an_action(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await pilot.pause(0.3)
        await pilot.press(*"fold all")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.2)
        rows = app.screen.query_one("#photos").rows  # type: ignore[attr-defined]
        assert len(rows) == 3


def test_the_glossary_has_thirty_terms_that_refer_to_each_other() -> None:
    assert len(terms()) == 30
    names = {term.name for term in terms()}
    for term in terms():
        assert set(term.related) <= names - {term.name}
        assert term.related
        assert all([term.engineer, term.merchandiser, term.why])


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("matte", "matte"),
        ("MATTE", "matte"),
        ("fringe", "halo"),
        ("icc", "colour profile"),
        ("prem", "premultiplied alpha"),
        ("segmentaton", "segmentation"),
        ("bracelet", "hole"),
    ],
)
def test_search_finds_the_likeliest_first(query: str, name: str) -> None:
    assert search(query)[0].name == name


def test_search_finds_nothing_for_nonsense() -> None:
    assert search("qqqqzzzz") == []
    assert lookup("fringe") == lookup("halo")


async def test_the_glossary_panel_searches_while_one_types(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f1", *"halo")
        await pilot.pause()
        assert isinstance(app.screen, GlossaryPanel)
        meaning = app.screen.query_one("#meaning-text", Static)
        assert "line around the product" in str(meaning.visual)
        await pilot.press(*(["backspace"] * 4), "down")
        await pilot.pause()
        assert app.screen.query_one("#terms", OptionList).highlighted == 1
        await pilot.press("up", *"xyzzyq")
        await pilot.pause()
        assert "Not in the glossary" in str(meaning.visual)
        await pilot.press("escape")
        assert not isinstance(app.screen, GlossaryPanel)


def test_the_glossary_command() -> None:
    run = CliRunner().invoke
    assert "halo" in run(command, ["rim"], standalone_mode=False).output
    listed = json.loads(run(command, ["--json"], standalone_mode=False).output)
    assert len(listed) == 30
    assert set(listed[0]) == {"name", "also", "engineer", "merchandiser", "why", "related"}
    together = run(command, ["straight", "alpha"], standalone_mode=False)
    assert together.return_value == 0
    assert together.output.count("Engineers") == 1
    unknown = run(command, ["qqqqzzzz"], standalone_mode=False)
    assert unknown.return_value == 1
    assert "not in the glossary" in unknown.output
