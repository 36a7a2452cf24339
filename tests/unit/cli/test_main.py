"""The frame of the command: names, help, errors as one line, exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli.main import SUMMARIES, run

_DESIGNED = {
    "demo",
    "scan",
    "cut",
    "export",
    "run",
    "check",
    "seasons",
    "presets",
    "models",
    "bench",
    "glossary",
}


def test_the_commands_of_the_design_are_there() -> None:
    assert set(SUMMARIES) >= _DESIGNED


@pytest.mark.parametrize("name", sorted(SUMMARIES))
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"packshot {name}" in capsys.readouterr().out


def test_a_wrong_option_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cut", "--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err


def test_an_unknown_word_is_taken_as_a_session(capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["no-such-folder"])
    captured = capsys.readouterr()
    assert status == 3
    assert "no-such-folder" in captured.err
    assert "Traceback" not in captured.err


def test_a_name_with_control_characters_is_made_harmless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", str(tmp_path / "a\x1b[2Jb")]) == 3
    assert "\x1b" not in capsys.readouterr().err
