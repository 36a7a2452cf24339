"""Ticks of a session's checklists: stored with who and when, through rewording and old sessions."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import SessionConfigInvalid, SessionReadOnly
from engine.session import store
from engine.session.checklists import BUILT_IN, FILE_NAME, Item, read_checklists
from engine.session.layout import store_path
from engine.session.schema import MIGRATIONS
from engine.session.session import Session
from tui.cli.main import run

CHAINS = """
[[checklist]]
id = "jewellery"
title = "Jewellery"

[[checklist.item]]
id = "chains"
text = "{text}"

[[checklist.item]]
id = "dust"
text = "No dust."
"""


def own(folder: Path, text: str = "Chains are untangled.") -> str:
    content = CHAINS.format(text=text)
    (folder / FILE_NAME).write_text(content, encoding="utf-8")
    return content


def point(list_id: str, item_id: str, folder: Path | None = None) -> Item:
    item = read_checklists(folder).find(list_id, item_id)
    assert item is not None
    return item


def test_a_tick_is_kept_with_who_made_it_first(session: Session) -> None:
    session.ticks.tick("capture", point("capture", "focus"))
    with Session.open(session.folder, person="ben@loft") as other:
        other.ticks.tick("capture", point("capture", "focus"))
        other.ticks.tick("qa", point("qa", "zoom"))
    capture, qa = session.ticks.standings()
    assert (capture.done, qa.done) == (1, 1)
    (ticked,) = [each.tick for each in capture.points if each.tick]
    assert (ticked.item, ticked.person) == ("focus", "anna@desk")
    session.ticks.untick("qa", "zoom")
    assert [each.done for each in session.ticks.standings()] == [1, 0]


def test_a_reworded_point_is_open_again_and_says_how_it_read(session: Session) -> None:
    own(session.folder)
    session.ticks.tick("jewellery", point("jewellery", "chains", session.folder))
    own(session.folder, "Chains are untangled and closed.")
    (standing,) = session.ticks.standings()
    chains = standing.points[0]
    assert (standing.done, chains.reworded) == (0, True)
    assert chains.tick is not None and chains.tick.text == "Chains are untangled."
    session.ticks.tick("jewellery", chains.item)
    assert session.ticks.standings()[0].done == 1


def test_a_tick_of_a_point_that_is_gone_is_kept_and_named(session: Session) -> None:
    content = own(session.folder)
    session.ticks.tick("jewellery", point("jewellery", "dust", session.folder))
    shorter = content[: content.rindex("[[checklist.item]]")]
    (session.folder / FILE_NAME).write_text(shorter, encoding="utf-8")
    (standing,) = session.ticks.standings()
    assert standing.done == 0
    assert [tick.text for tick in standing.gone] == ["No dust."]
    (session.folder / FILE_NAME).write_text(content, encoding="utf-8")
    assert session.ticks.standings()[0].done == 1


def test_nobody_ticks_in_a_session_that_is_only_looked_at(session: Session) -> None:
    session.ticks.tick("qa", point("qa", "zoom"))
    with Session.open(session.folder, readonly=True) as looking:
        assert ("qa", "zoom") in looking.ticks.all()
        with pytest.raises(SessionReadOnly):
            looking.ticks.tick("qa", point("qa", "black"))
        with pytest.raises(SessionReadOnly):
            looking.ticks.untick("qa", "zoom")


def test_a_session_from_before_can_be_ticked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = next(at for at, each in enumerate(MIGRATIONS) if "CREATE TABLE tick" in each[0])
    monkeypatch.setattr(store, "MIGRATIONS", MIGRATIONS[:before])
    store_path(folder).parent.mkdir()
    store.Store(store_path(folder)).close()
    monkeypatch.undo()
    with Session.open(folder, readonly=True) as looking:
        assert looking.ticks.all() == {}
    with Session.open(folder) as opened:
        opened.ticks.tick("qa", point("qa", "zoom"))
    with closing(sqlite3.connect(store_path(folder))) as database:
        assert database.execute("SELECT list, item FROM tick").fetchall() == [("qa", "zoom")]


def test_the_command_ticks_lists_and_takes_back(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--session", str(session.folder)]
    assert run(["checklists", "tick", "capture.light", "qa.black", *at]) == 0
    assert "Capture 1 of 11, Mask QA 1 of 9" in capsys.readouterr().err
    assert run(["checklists", "list", *at]) == 0
    printed = capsys.readouterr().out
    assert "[x] capture.light: The light is soft" in printed
    assert "[ ] capture.focus: " in printed
    assert run(["checklists", "list", "--open", "--json", *at]) == 0
    capture, _ = json.loads(capsys.readouterr().out)
    assert (capture["points"], capture["ticked"], len(capture["items"])) == (11, 1, 10)
    assert run(["checklists", "untick", "qa.black", *at]) == 0
    assert list(session.ticks.all()) == [("capture", "light")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("tick", "capture.focus", "capture.nothing"), "no point capture.nothing"),
        (("tick", "focus"), "not LIST.POINT"),
        (("untick", "qa.zoom"), "not ticked"),
    ],
)
def test_a_point_that_is_unknown_changes_nothing(
    session: Session, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    assert run(["checklists", *arguments, "--session", str(session.folder)]) == 2
    assert told in capsys.readouterr().err
    assert session.ticks.all() == {}


def test_the_team_gets_a_copy_to_change_once(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--session", str(session.folder)]
    session.ticks.tick("qa", point("qa", "zoom"))
    assert run(["checklists", "write", *at]) == 0
    copy = session.folder / FILE_NAME
    assert copy.read_bytes() == BUILT_IN.read_bytes()
    assert read_checklists(session.folder).origin == "session"
    assert session.ticks.standings()[1].done == 1, "ticks stay with their points"
    own(session.folder)
    assert run(["checklists", "write", *at]) == 1
    assert "has checklists of its own" in capsys.readouterr().err
    assert "jewellery" in copy.read_text(encoding="utf-8")


def test_a_file_in_error_is_told(session: Session) -> None:
    (session.folder / FILE_NAME).write_text("[[checklist]", encoding="utf-8")
    with pytest.raises(SessionConfigInvalid, match="not valid TOML"):
        session.ticks.standings()
