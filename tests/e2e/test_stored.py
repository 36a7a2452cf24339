"""The privacy page names every place that packshot writes to: held against the real program."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from program import packshot
from terminal import Terminal
from written_down import WrittenDown

from engine.work.speed_record import SpeedRun, save_run
from tui.cli.demo import write_season

F9, F1, ESCAPE = "\x1b[20~", "\x1bOP", "\x1b"


@pytest.fixture
def written(tmp_path: Path, model_home: Path) -> WrittenDown:
    """Return a user's home in which nothing lies but a network."""
    written = WrittenDown(tmp_path)
    models = written.home / ".local" / "share" / "packshot" / "models"
    models.mkdir(parents=True)
    os.link(model_home / "models" / "u2netp.onnx", models / "u2netp.onnx")
    return written


@pytest.fixture
def session(tmp_path: Path, sample_photos: Path) -> Path:
    """Return a session of one photo, with a season of its own."""
    folder = tmp_path / "session"
    write_season(folder)
    shutil.copy(sample_photos / "SKU205-front.jpg", folder)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="the workstation needs a pseudo-terminal")
def test_nothing_is_written_but_where_the_page_says(
    written: WrittenDown, session: Path, tmp_path: Path
) -> None:
    def run(*arguments: str | Path) -> str:
        ended = packshot(*arguments, environment=written.environment)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    page = json.loads(run("privacy", "--json"))
    run("seasons", "lock", "sample", "--session", session)
    asked_for = tmp_path / "masters"
    run("cut", session / "SKU205-front.jpg", "--out", asked_for)  # no service runs yet
    run("warm", "--detach")
    run("run", session, "--season", "sample", "--all")
    run("warm", "--stop")
    run("incident", "recall", "SKU205", "--session", session, "--reason", "the rim is cut off")
    run("bench", "models", session, "--sample", "1")
    # What `bench speed` keeps; to measure first would take minutes.
    save_run(_home(page), SpeedRun("2026-11-27T10:00:00", "u2netp", "cpu", {}, {}))
    for options in ([], ["--readonly"]):
        with Terminal(session, *options, environment=written.environment) as terminal:
            terminal.wait_for("SKU205")
            terminal.press("j", "p", F9, F1)
            terminal.wait_for("Search: a term")
            terminal.press(ESCAPE)
            terminal.wait_for(lambda screen: "Search: a term" not in screen)
            terminal.press("q")
            assert terminal.wait_for_end() == 0

    places = [asked_for] + [
        Path(each["where"].replace("SESSION/", f"{session}/"))
        for each in page["stored"]
        if "/" in each["where"]
    ]
    paths = written.paths()
    assert not {path for path in paths if not any(_covers(place, path) for place in places)}
    unused = {place for place in places if not any(_covers(place, path) for path in paths)}
    assert not unused, "the page names no more than there is"


def _covers(place: Path, path: Path) -> bool:
    """Whether a path is a place, in it, a folder on the way to it, or an older one of its files."""
    beside = place.suffix and path.parent == place.parent and path.name.startswith(place.name)
    return path.is_relative_to(place) or (path.is_dir() and place.is_relative_to(path)) or beside


def _home(page: dict[str, list[dict[str, str]]]) -> Path:
    return next(Path(each["where"]) for each in page["stored"] if "timings" in each["where"]).parent
