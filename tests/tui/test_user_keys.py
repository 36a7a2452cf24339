"""A person's own keys: taken from the config file, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from studio import InstantWorkers, press, settle, workstation
from textual.widgets import Static

from engine.session.session import Session
from tui.app import Workstation
from tui.keys.contexts import CONTEXTS, KEYS
from tui.keys.names import key_from, name_of
from tui.keys.user import UserKeys, config_file, read_user_keys
from tui.palette import ActionProvider

SIZE = (100, 40)


def keys_in(tmp_path: Path, text: str) -> UserKeys:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return read_user_keys(path)


def test_without_a_file_nothing_changes(tmp_path: Path) -> None:
    assert read_user_keys(tmp_path / "config.toml") == UserKeys()


def test_keys_are_written_as_people_write_them(tmp_path: Path) -> None:
    text = '[keys]\n"look.matte" = ["M", "Ctrl+G"]\njudge.approve = "F12"\nmark.filter = ";"\n'
    read = keys_in(tmp_path, text)
    assert read.problems == ()
    assert read.keys == {
        "look.matte": "M,ctrl+g",
        "judge.approve": "f12",
        "mark.filter": "semicolon",
    }
    assert read.name_of("judge.approve") == "F12"
    assert read.name_of("judge.reject") == "x"


def test_two_keys_may_change_places(tmp_path: Path) -> None:
    read = keys_in(tmp_path, '[keys]\n"judge.approve" = "x"\n"judge.reject" = "p"\n')
    assert read == UserKeys({"judge.approve": "x", "judge.reject": "p"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"judge.aprove" = "a"', "judge.aprove: there is no such action; did you mean judge."),
        ('"judge.approve" = "x"', "judge.approve: x is taken by judge.reject (Reject)"),
        ('"look.matte" = "D"\n"look.black" = "D"', "look.black: D is taken by look.matte (Matte)"),
        ('"judge.approve" = "hyper+a"', "“hyper+a” is no key"),
        ('"judge.approve" = ""', "it takes a key"),
        ('"judge.approve" = 3', "it takes a key"),
        ('"app.quit" = []', "it takes a key"),
        ('"judge.approve" = "ctrl+m"', "a terminal sends Ctrl+M as Enter"),
        ('"mark.close_filter" = "w"', "w is needed for typing"),
        ('"judge.approve" = "\\u001b"', "is no key"),
    ],
)
def test_what_cannot_be_used_is_told_by_name(tmp_path: Path, text: str, told: str) -> None:
    read = keys_in(tmp_path, f"[keys]\n{text}\n")
    assert len(read.problems) == 1
    assert told in read.problems[0]
    assert "\x1b" not in read.problems[0]
    assert len(read.keys) == (1 if "look.matte" in text else 0)


@pytest.mark.parametrize("text", ["[keys", "keys = 3", "[colours]\nx = 1", "\x00"])
def test_a_file_that_is_wrong_as_a_whole_is_told_too(tmp_path: Path, text: str) -> None:
    read = keys_in(tmp_path, text)
    assert read.keys == {}
    assert len(read.problems) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([key.id for key in KEYS]),
        st.sampled_from(["a", "p", "x", "q", "j", "ctrl+g", "f9", "enter", "escape", "T"]),
        max_size=8,
    )
)
def test_whatever_the_file_says_no_key_has_two_meanings(
    tmp_path: Path, wanted: dict[str, str]
) -> None:
    text = "[keys]\n" + "".join(f'"{key_id}" = "{key}"\n' for key_id, key in wanted.items())
    read = keys_in(tmp_path, text)
    for context in CONTEXTS.values():
        names = [name for key in context for name in read.keys_of(key.id)]
        assert len(names) == len(set(names))
    assert len(read.keys) + len(read.problems) == len(wanted)


@pytest.mark.parametrize("key", sorted({name for key in KEYS for name in key.keys.split(",")}))
def test_every_key_can_be_written_as_it_is_shown(key: str) -> None:
    shown = name_of(key)
    if shown.isascii() or len(shown) > 1:
        assert key_from(shown) == key


@pytest.mark.usefixtures("cut_all")
async def test_a_changed_key_works_and_is_shown_everywhere(
    session: Session, workers: InstantWorkers
) -> None:
    config_file().write_text('[keys]\n"judge.approve" = "D"\n"app.queue" = "f12"\n')
    app = workstation(session, workers)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "p")
        assert app.desk.photos[0].verdict.state == "pending", "the old key does nothing"
        assert "D approves this matte" in str(app.screen.query_one("#work-line", Static).visual)
        await press(pilot, "D")
        assert app.desk.photos[0].verdict.state == "approved"
        assert "F12 Queue" in str(app.screen.query_one("#top-bar", Static).visual)
        titles = [str(hit.prompt) async for hit in ActionProvider(app.screen).discover()]
        assert "Approve  ·  D" in titles
        await press(pilot, "question_mark")
        await pilot.pause()
        text = str(app.screen.query_one("#scrolled-text", Static).visual)
        assert "F12 " in text
        assert "F3 " not in text
        await press(pilot, "escape", "f12")
        assert app.current_mode == "queue"


async def test_problems_are_told_at_the_start(session: Session, workers: InstantWorkers) -> None:
    lines = "".join(f'"look.nothing{number}" = "a"\n' for number in range(7))
    config_file().write_text(f"[keys]\n{lines}")
    app: Workstation = workstation(session, workers)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        told = " ".join(notice.message for notice in app._notifications)
        assert "look.nothing0: there is no such action" in told
        assert "And 3 more" in told
