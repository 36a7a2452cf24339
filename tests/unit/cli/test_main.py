"""The frame of the command: names, help, errors as one line, exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli.main import SUMMARIES, run
from tui.help.commands import commands

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


@pytest.mark.parametrize("name", commands())
def test_whatever_is_typed_wrongly_is_told_with_its_code(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*name.split(), "--no-such-option"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1] == "Error: No such option '--no-such-option'. [U00]"
    assert lines[0].startswith("Usage: packshot ")
    assert run(["explain", "U00"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["open", "{none}"], "S01"),
        (["scan", "{none}"], "S01"),
        (["cut", "{none}"], "S01"),
        (["run", "{none}", "--season", "sample"], "S01"),
        (["export", "{none}", "--preset", "amazon-main"], "S01"),
        (["export", "{none}"], "U00"),
        (["presets", "show", "no-such-preset"], "E01"),
        (["seasons", "show", "no-such-season"], "E03"),
        (["models", "install", "no-such-model"], "M01"),
        (["docs", "export", "{none}", "--session", "{none}"], "S01"),
        (["cost", "--photos", "-1"], "U00"),
    ],
)
def test_every_failing_command_ends_its_message_with_a_code(
    arguments: list[str], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([each.format(none=tmp_path / "none") for each in arguments]) != 0
    assert f"[{code}]" in capsys.readouterr().err


def test_photos_without_a_place_to_write_to_are_answered_with_an_example(
    tmp_path: Path,
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    one, other = tmp_path / "left shoe.jpg", tmp_path / "right.jpg"
    one.write_bytes(b"")
    assert run(["cut", str(one)]) == 2
    assert f"such as packshot cut '{one}' --out cutouts [U00]" in capsys.readouterr().err
    assert run(["cut", str(one), str(other)]) == 2
    assert f"such as packshot cut '{one}' … --out cutouts [U00]" in capsys.readouterr().err


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
