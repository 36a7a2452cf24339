"""A season's way with the real program and real weights: lock, run, refuse, prove."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from program import packshot

from engine.errors import RecipeInvalid
from engine.session.session import Session
from engine.work.recipes import recipe_to_lock, resolve_recipe
from models.store import ModelStore
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
    """Return the pictures; manifests and sidecars aside."""
    output = shoot / "Output"
    paths = sorted(path.relative_to(output) for path in output.rglob("*.*"))
    return [
        path.as_posix() for path in paths if len(path.parts) > 1 and path.parts[0] != "provenance"
    ]


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
    assert run_here(["seasons", "unlock", "sampel", *session, "--reason", "a slip"]) == 2
    assert "Did you mean sample?" in capsys.readouterr().err
    assert run_here(["seasons", "list", "--session", str(shoot / "nowhere")]) == 3
    assert run_here(["presets", "list", "--session", str(shoot / "nowhere")]) == 3
    assert run_here(["seasons", "show", "sample", *session]) == 0
    assert "# not locked" in capsys.readouterr().out


def test_the_session_that_one_is_in_is_meant(
    shoot: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def origin(*words: str) -> str:
        capsys.readouterr()
        assert run_here([*words, "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        name = "sample" if words[0] == "seasons" else "amazon-main"
        (row,) = [row for row in rows if row["name"] == name]
        return str(row["origin"])

    assert origin("seasons", "list") == origin("presets", "list") == "built-in"
    monkeypatch.chdir(shoot)
    assert origin("seasons", "list") == origin("presets", "list") == "session"


def test_a_lock_is_sent_taken_over_and_what_was_changed_written_back(
    shoot: Path, model_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = ["seasons", "lock", "sample", "--session", str(shoot), "--model", "u2netp"]
    assert packshot(*lock, home=model_home).returncode == 0
    file = shoot / "seasons" / "sample.lock"
    there = tmp_path / "there"
    there.mkdir()
    shutil.copy(shoot / "SKU203-front.jpg", there)
    assert run_here(["seasons", "adopt", str(file), "--session", str(there)]) == 0
    adopted = capsys.readouterr().out
    assert "seal " in adopted
    assert run_here(["seasons", "show", "sample", "--session", str(there)]) == 0
    shown = capsys.readouterr().out
    (seal,) = [line.split()[-1] for line in adopted.splitlines() if "seal" in line]
    assert f"# seal: {seal}" in shown
    assert " adopt by " in shown

    (there / "presets").mkdir()
    (there / "presets" / "master-png.toml").write_text("[", "utf-8")
    assert run_here(["seasons", "list", "--session", str(there)]) == 1
    assert "changed" in capsys.readouterr().out
    assert run_here(["seasons", "restore", "sample", "--session", str(there)]) == 0
    assert "what was there: master-png.toml.old1" in capsys.readouterr().out
    assert run_here(["seasons", "list", "--session", str(there)]) == 0


def test_a_season_is_locked_with_the_network_of_what_is_approved(
    shoot: Path, model_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ModelStore(model_home)
    other = store.spec("u2net")
    with Session.open(shoot) as session:
        session.scan()
        first, second = session.photos()
        for photo, model in ((first, "u2netp"), (second, "u2netp")):
            recipe = resolve_recipe(store, model)
            session.record_cut(
                photo.id, sha256="0" * 64, size=(8, 8), recipe=recipe, seconds=0.1, notes=()
            )
        session.judge([first.id, second.id], "approved")
        monkeypatch.setattr(store, "default", lambda: other)
        assert recipe_to_lock(session, store).model == "u2netp"
        recipe = replace(resolve_recipe(store, "u2netp"), model="u2net")
        session.record_cut(
            second.id, sha256="1" * 64, size=(8, 8), recipe=recipe, seconds=0.1, notes=()
        )
        session.judge([second.id], "approved")
        with pytest.raises(RecipeInvalid, match="1 with u2netp, 1 with u2net"):
            recipe_to_lock(session, store)
        assert recipe_to_lock(session, store, "u2netp").model == "u2netp"
