"""``packshot privacy``: what is stored where, and the proof that nothing is sent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from models.store import ModelStore
from presets.user_folder import config_folder
from tui import cli
from tui.cli.main import run
from tui.log import log_path
from tui.privacy.stored import SENT

Captured = pytest.CaptureFixture[str]


def test_every_place_that_is_written_to_is_named(capsys: Captured) -> None:
    assert run(["privacy"]) == 0
    text = capsys.readouterr().out
    for place in (".packshot", "Output", ModelStore().home, config_folder(), log_path()):
        assert str(place) in text
    assert "Nothing is sent" in text
    assert run(["privacy", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert all(each["what"] and each["where"] and each["until"] for each in told["stored"])


def test_the_commands_that_reach_other_machines_are_named() -> None:
    commands = Path(cli.__file__).parent
    reaching = {
        path.stem
        for path in commands.glob("*.py")
        if re.search(r"\b(install_shown|other_hosts_allowed)\(", path.read_text("utf-8"))
    }
    assert reaching == {"models", "demo"}
    assert all(f"`packshot {name}" in " ".join(SENT) for name in reaching)


def test_a_photo_is_cut_while_the_system_refuses_every_network(
    model_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    status = run(["privacy", "--verify", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["problem"] == ""
    assert told["cut"]["model"] == "u2netp"
    assert told["cut"]["bytes"] > 0
    if told["filter"] == "":
        assert status == 0
        assert set(told["probes"].values()) == {"ended"}
        assert "No process of this cutout asked for a network socket" in told["proof"]
    else:
        assert told["passed"] == (status == 0)
        assert "No process of this cutout asked" not in told["proof"]


def test_without_a_network_to_cut_with_there_is_no_proof(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path))
    assert run(["privacy", "--verify"]) == 1
    text = " ".join(capsys.readouterr().out.split())
    assert "packshot models install" in text
    assert "there was no cutout to judge by" in text
