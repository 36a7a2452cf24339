"""``packshot bench speed`` as a person runs it, on a plan small enough for a test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine.work import speed
from tui.cli.main import run


def test_a_machine_is_measured_kept_and_compared(
    tmp_path: Path,
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(model_home / "models", tmp_path / "models")
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path))
    monkeypatch.setattr(speed, "QUICK", speed.Plan({1: 1}, rounds=1))
    assert run(["bench", "speed", "--model", "u2netp", "--quick", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["changes"] is None
    assert printed["plan"] == "quick"
    assert printed["facts"]["processor"]
    figures = printed["figures"]
    assert {"command", "one photo, from nothing", "1 MP, network, CPU", "PNG, 1 MP, CPU"} <= set(
        figures
    )
    assert all(figure["value"] >= 0 for figure in figures.values())
    assert figures["command"]["value"] < figures["one photo, from nothing"]["value"]

    file = next((tmp_path / "bench").glob("speed-*.json"))
    kept = json.loads(file.read_text())
    kept["facts"]["processor"] = "an older one"
    file.write_text(json.dumps(kept))
    run(["doctor"])
    report = capsys.readouterr().out
    assert "1 MP" in report
    assert "was an older one" in report
