"""Keymap, footer, palette and keys panel say the same; the glossary explains its words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from studio import press, settle
from textual.binding import ActiveBinding
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static
from textual.widgets._footer import FooterKey
from ways import go_to

from tui.app import Workstation
from tui.footing import KeyFooter
from tui.help.glossary import lookup, related, search
from tui.help.keys import KeysPanel, active_keys
from tui.help.panel import GlossaryPanel
from tui.help.snippet import as_text
from tui.keys.contexts import CONTEXTS, KEYS
from tui.keys.key import SECTIONS
from tui.keys.names import name_of
from tui.palette import ActionProvider
from tui.queue.screen import QueueScreen

SIZE = (100, 40)
SCREENS = {"f2": CONTEXTS["Browse"], "f3": CONTEXTS["Queue"], "f5": CONTEXTS["Deliver"]}
PALETTES = {
    where: keys for where, keys in CONTEXTS.items() if where not in {"the knobs", "the filter"}
}


async def found(pilot: Pilot[None]) -> None:
    """Wait until the search has found what there is."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def ours(active: Mapping[str, ActiveBinding]) -> set[str]:
    return {str(binding.binding.id) for binding in active.values()}


def test_every_key_has_an_id_a_description_and_a_tooltip() -> None:
    for key in KEYS:
        assert key.id.partition(".")[0] in SECTIONS
        assert key.description
        assert key.tooltip.endswith(".")
    assert all(len(key.description) <= 16 for key in KEYS), "the footer is narrow"


@pytest.mark.parametrize("where", CONTEXTS)
def test_no_key_means_two_things_in_one_place(where: str) -> None:
    names = [name for key in CONTEXTS[where] for name in key.keys.split(",")]
    assert len(names) == len(set(names))


def test_an_id_means_the_same_in_all_places() -> None:
    everywhere = [key for context in CONTEXTS.values() for key in context]
    assert {(key.id, key) for key in everywhere} == {(key.id, key) for key in KEYS}
    assert len({key.id for key in everywhere}) == len(KEYS)


async def test_each_screen_binds_exactly_its_keys(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for screen, keys in SCREENS.items():
            await press(pilot, screen)
            assert ours(app.screen.active_bindings) == {key.id for key in keys}


async def test_every_action_of_a_binding_exists(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for screen in SCREENS:
            await press(pilot, screen)
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
        await press(pilot, "question_mark")
        await pilot.pause()
        assert isinstance(app.screen, KeysPanel)
        text = " ".join(str(app.screen.query_one("#scrolled-text", Static).visual).split())
        for key, pressed in listed.items():
            assert " ".join(key.tooltip.split()) in text
            assert name_of(pressed[0]) in text
        await press(pilot, "j", "k", "escape")
        assert not isinstance(app.screen, KeysPanel)


@pytest.mark.usefixtures("cut_all")
async def test_the_palette_offers_every_action_everywhere(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        for where in sorted(PALETTES):
            await go_to(pilot, where)
            await press(pilot, "ctrl+p")
            await pilot.pause()
            assert isinstance(app.screen, CommandPalette)
            await press(pilot, "escape")
            provider = ActionProvider(app.screen)
            offered = [hit.text async for hit in provider.discover()]
            assert sorted(map(str, offered)) == sorted(
                key.description for key in CONTEXTS[where]
            ), where
            while len(app.screen_stack) > 1:
                await press(pilot, "escape")
            await press(pilot, "f2")


async def test_the_palette_may_be_left_before_the_last_key_has_arrived(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p")
        palette = app.screen
        await palette.query(CommandList).remove()  # as its screen is taken down, below first
        palette.post_message(Input.Changed(palette.query_one(Input), "c"))
        await press(pilot, "escape")
        assert app.fault is None
        assert not isinstance(app.screen, CommandPalette)


@pytest.mark.parametrize(
    ("query", "told"), [("brand colour", "names under [look] brand"), ("preset before", "·  [")]
)
async def test_the_palette_takes_no_bracket_for_a_style(
    app: Workstation, query: str, told: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go_to(pilot, "Deliver")
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = query
        await settle(pilot)
        options = app.screen.query_one(CommandList).options
        assert told in str(options[0].prompt)


async def test_the_palette_finds_the_actions_of_every_screen(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        provider = ActionProvider(app.screen)
        for keys in SCREENS.values():
            for key in keys:
                found = [hit.text async for hit in provider.search(key.description)]
                assert key.description in found
        hits = [hit async for hit in provider.search("Retry all")]
        there = next(hit for hit in hits if hit.text == "Retry all")
        there.command()
        await settle(pilot)
        assert isinstance(app.screen, QueueScreen)
        assert "Nothing has failed." in [notice.message for notice in app._notifications]


def footer(app: Workstation) -> str:
    """Return what the last line shows."""
    keys = app.screen_stack[0].query(FooterKey)
    return "  ".join(f"{key.key_display} {key.description}" for key in keys)


@pytest.mark.usefixtures("cut_all")
async def test_the_footer_has_the_keys_of_where_one_is_and_no_more_than_fit(
    app: Workstation,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = app.screen.query_one(KeyFooter)
        assert footer(app).startswith("Space Mark  / Filter  s Cut")
        assert footer(app).endswith("? Keys  F1 Help  q Quit")
        await press(pilot, "slash")
        assert footer(app) == "↓ Keep  Esc Clear  F1 Help  Ctrl+Q Quit", "others are typed"
        await press(pilot, "escape", "j", "a")
        assert footer(app).startswith("h Less  l More  c Before  a Which photos  Enter Cut so")
        assert footer(app).endswith("? Keys  F1 Help  q Quit")
        assert line.virtual_size.width <= 80, "nothing is cut off"
        await press(pilot, "escape", "x")
        assert not line.visible, "a dialog has its own"
        await press(pilot, "escape")
        assert line.visible


async def test_the_palette_runs_an_action(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "colon")
        await pilot.pause(0.3)
        await press(pilot, *"fold all")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        rows = app.screen.query_one("#photos").rows  # type: ignore[attr-defined]
        assert len(rows) == 3


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
        await press(pilot, "f1", *"halo")
        await found(pilot)
        assert isinstance(app.screen, GlossaryPanel)
        meaning = app.screen.query_one("#meaning-text", Static)
        assert "line around the product" in str(meaning.visual)
        await press(pilot, *(["backspace"] * 4))
        await found(pilot)
        await press(pilot, "down")
        await pilot.pause()
        assert app.screen.query_one("#terms", OptionList).highlighted == 2, "below “Here”"
        await press(pilot, "up", *"xyzzyq")
        await found(pilot)
        assert "Nothing in the help" in str(meaning.visual)
        await press(pilot, "escape")
        assert not isinstance(app.screen, GlossaryPanel)


@pytest.mark.parametrize(
    ("query", "title", "said"),
    [
        ("Freisteller", "cutout", "German"),
        ("approve sku", "Approve SKU", "judge.approve_sku"),
        ("P01", "P01", "What to do"),
        ("packshot doctor", "packshot doctor", "--json"),
    ],
)
async def test_the_search_goes_over_all_of_the_help(
    app: Workstation, query: str, title: str, said: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f1")
        app.screen.query_one("#search", Input).value = query
        await found(pilot)
        text = str(app.screen.query_one("#meaning-text", Static).visual)
        assert title in text.splitlines()[0]
        assert said in text


async def test_related_terms_are_followed_and_copied(app: Workstation) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f1", *"halo")
        await found(pilot)
        halo = lookup("halo")
        assert halo is not None
        following = related(halo)[1]
        await press(pilot, "tab", "tab", "enter")
        await pilot.pause()
        meaning = app.screen.query_one("#meaning-text", Static)
        assert str(meaning.visual).splitlines()[0] == following.name
        await press(pilot, "ctrl+y")
        assert app.clipboard == as_text(following)
        await press(pilot, "ctrl+b", "shift+tab", "pagedown", "pageup")
        assert str(meaning.visual).splitlines()[0] == "halo"
        assert app.screen.query_one("#search", Input).has_focus
