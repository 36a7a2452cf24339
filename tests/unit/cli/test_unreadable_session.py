"""A session's folder that this process may not list: every command says what to do about it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from tui.cli.main import packshot, run


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that the system lets nobody list, the administrator neither."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    listed, may = os.scandir, os.access

    def scandir(path: Any) -> Any:
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder and may(path, mode))
    return folder


@pytest.mark.parametrize(
    "command",
    [
        "scan {closed}",
        "cut {closed}",
        "judge {closed} --approve any.jpg",
        "alt missing --session {closed}",
        "seasons list --session {closed}",
        "incident list --session {closed}",
        "products list --session {closed}",
        "presets list --session {closed}",
        "check any.jpg --preset amazon-main --session {closed}",
        "cost --session {closed}",
        "verify any.jpg --session {closed}",
        "docs export {closed}/../wiki --session {closed}",
    ],
)
def test_it_is_said_what_to_do(
    command: str, closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command.format(closed=closed).split()) == 3
    told = capsys.readouterr().err
    assert f"{closed}: cannot be read (Permission denied). Check the folder's permissions" in told
    assert "[S00]" in told


def test_it_is_a_file_that_fails_where_files_are_checked(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for given in (closed, closed.parent):
        assert run(["check", str(given), "--preset", "amazon-main"]) == 1
        captured = capsys.readouterr()
        assert f"{closed}: could not be read" in captured.out


def test_whatever_takes_a_session_leaves_that_to_the_engine() -> None:
    taken = {
        name: each.type
        for name, command in _below(packshot, ())
        for each in command.params
        if isinstance(each.type, click.Path) and "session" in _called(each)
    }
    assert {"scan", "alt missing", "verify"} <= taken.keys()
    assert [name for name, path in taken.items() if path.readable or path.exists] == []


def _called(parameter: click.Parameter) -> str:
    return " ".join((*parameter.opts, parameter.metavar or "")).lower()


def _below(command: click.Command, names: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    yield " ".join(names), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _below(inner, (*names, name))
