"""A season's way with the real program and real weights: lock, run, refuse, prove."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from program import packshot

from engine.session.session import Session
from tui.cli.demo import write_season
from tui.cli.main import run as run_here

PHOTOS = ("SKU201-front", "SKU203-front")


@pytest.fixture
def shoot(tmp_path: Path, sample_photos: Path) -> Path:
    """Return a folder with two photos, and the season that the demo writes."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    for name in PHOTOS:
        shutil.copy(sample_photos / f"{name}.jpg", folder)
    write_season(folder)
    return folder


def run(shoot: Path, home: Path, status: int) -> dict[str, Any]:
    """Run the season and return what it tells."""
    ran = packshot("run", shoot, "--season", "sample", "--json", home=home)
    assert ran.returncode == status, ran.stderr
    assert "Traceback" not in ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def approve(shoot: Path, count: int) -> None:
    with Session.open(shoot) as session:
        cut = [photo.id for photo in session.photos() if photo.matte is not None]
        session.judge(cut[:count], "approved")


def states(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(str(row["state"]) for row in rows)


def delivered(shoot: Path) -> list[str]:
    output = shoot / "Output"
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*.*"))


def test_a_season_from_the_first_night_to_its_proof(
    shoot: Path, model_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = ["seasons", "lock", "sample", "--session", str(shoot), "--model", "u2netp"]
    assert packshot(*lock, home=model_home).returncode == 0

    night = run(shoot, model_home, 0)
    assert states(night["cut"]) == ["cut", "cut"]
    assert (night["exported"], night["waiting"]) == ([], 2)

    # A photo that cannot be read costs itself alone, and what is done is not done again.
    approve(shoot, 1)
    (shoot / "SKU9-front.jpg").write_bytes(b"\xff\xd8\xff no photo")
    night = run(shoot, model_home, 1)
    assert night["cut"] == []
    assert [line.partition(":")[0] for line in night["unreadable"]] == ["SKU9-front.jpg"]
    assert states(night["exported"]) == ["exported", "exported"]
    files = ["amazon-main/SKU201-front.jpg", "master-png/SKU201-front.png"]
    assert delivered(shoot) == files

    # One byte of a locked preset is changed: the difference is shown, nothing is exported.
    approve(shoot, 2)
    preset = shoot / "presets" / "amazon-main.toml"
    text = preset.read_bytes()
    preset.write_bytes(text.replace(b"fill = 0.85", b"fill = 0.95", 1))
    refused = run(shoot, model_home, 1)
    assert refused["changes"] == [
        {"field": "presets.amazon-main.placement.fill", "was": 0.85, "now": 0.95}
    ]
    for refusing in (
        ["run", str(shoot), "--season", "sample"],
        ["export", str(shoot), "--season", "sample"],
        ["export", str(shoot), "--preset", "amazon-main"],
    ):
        assert run_here(refusing) == 1
        printed = capsys.readouterr()
        assert "presets.amazon-main.placement.fill  0.85    0.95" in printed.out
        assert "[E06]" in printed.err
    assert delivered(shoot) == files

    preset.write_bytes(text)
    export = packshot("export", shoot, "--season", "sample", "--json", home=model_home)
    assert export.returncode == 0
    assert states(json.loads(export.stdout)) == ["exported", "exported", "unchanged", "unchanged"]

    before = {path: path.read_bytes() for path in (shoot / "Output").rglob("*.*")}
    verify = ["seasons", "verify", "sample", "--session", str(shoot), "--workers", "2"]
    proven = packshot(*verify, "--json", home=model_home)
    assert proven.returncode == 0, proven.stdout + proven.stderr
    rows = json.loads(proven.stdout)["deliveries"]
    assert [(row["made_again"], row["problems"]) for row in rows] == [(True, [])] * 4
    assert before == {path: path.read_bytes() for path in (shoot / "Output").rglob("*.*")}

    (shoot / files[0].replace("amazon-main", "Output/amazon-main")).write_bytes(b"other")
    verify = ["seasons", "verify", "sample", "--session", str(shoot), "--sample", "1"]
    proven = packshot(*verify, home=model_home)
    assert proven.returncode == 1
    assert f"{files[0]}: the file was changed since it was written" in proven.stdout


def test_what_the_words_of_the_commands_come_to(
    shoot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = ["--session", str(shoot)]
    assert run_here(["run", str(shoot), "--season", "sampel"]) == 2
    assert "Did you mean sample?" in capsys.readouterr().err
    assert run_here(["export", str(shoot)]) == 2
    assert run_here(["seasons", "unlock", "sample", *session]) == 2
    assert run_here(["seasons", "unlock", "sample", *session, "--reason", " "]) == 2
    capsys.readouterr()
    assert run_here(["seasons", "list", *session, "--json"]) == 0
    assert [
        (row["name"], row["origin"], row["lock"]) for row in json.loads(capsys.readouterr().out)
    ] == [("sample", "session", "open")]
    assert run_here(["seasons", "show", "sample", *session]) == 0
    assert "# not locked" in capsys.readouterr().out
