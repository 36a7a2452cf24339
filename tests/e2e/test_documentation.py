"""Tutorial and how-to pages, line by line: what they tell people to type works, on real photos."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import PACKSHOT

from presets.loader import digest, read_preset
from tui.cli.main import run

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = (
    *("tutorial", "how-to/capture", "how-to/mask-qa", "how-to/publish", "how-to/scripts"),
    *("presets", "recipes"),
)
PHOTOS = ("SKU201-front.jpg", "SKU202-front.jpg")
NOT_RUN = {
    "packshot-demo": "opens the workstation: test_workstation.py",
    "scan shoot --watch": "stays until Ctrl+C",
    "run packshot-demo --season sample": "test_season.py; below, under the changed preset",
    "export shoot --season sample --dry-run": "test_season_again.py",
    "export shoot --preset master-png --json": "makes what the season's export has made",
    "archive shoot --out DAM": "test_worked_example.py",
    "cut shoot --json": "test_cut_session.py",
    "cut photos --out masters": "test_cut_files.py",
    "check masters --preset master-png": "needs the line before",
    "cut photos/ --out masters/ --recipe glass.toml": "test_recipe.py",
}
"""How lines begin that start worker processes once more, and what runs them; all are parsed."""


def typed(page: str) -> Iterator[list[str]]:
    """Yield the words of each line of a page that calls packshot."""
    text = (DOCS / f"{page}.md").read_text("utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            words = shlex.split(line.partition(" > ")[0], comments=True)
            if words[:1] == ["packshot"]:
                yield words[1:]


def is_run(words: list[str]) -> bool:
    return not any(words[: len(each)] == each for each in map(str.split, NOT_RUN))


def prove_the_lock(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Do what the tutorial's last part tells one to do by hand."""
    output = sorted((demo / "Output").rglob("*"))
    preset = demo / "presets" / "amazon-main.toml"
    text, locked = preset.read_text("utf-8"), digest(read_preset(preset))
    preset.write_text(text.replace("fill = 0.85", "fill = 0.7"), "utf-8")
    assert run(["run", str(demo), "--season", "sample"]) == 1
    assert "fill" in "".join(capsys.readouterr())
    assert sorted((demo / "Output").rglob("*")) == output
    assert run(["seasons", "restore", "sample", "--session", str(demo)]) == 0
    assert digest(read_preset(preset)) == locked


def test_the_pages_can_be_followed(
    tmp_path: Path,
    model_home: Path,
    sample_photos: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The demo is the real one, of two photos; the how-to pages have a copy of it to work on."""
    (tmp_path / "photos").mkdir()
    photos = [Path(shutil.copy(sample_photos / name, tmp_path / "photos")) for name in PHOTOS]
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    monkeypatch.setattr("tui.cli.demo.sample_photos", lambda: photos)
    monkeypatch.setenv("EDITOR", "true")  # leaves what it is given as it is
    monkeypatch.setattr("sys.argv", [str(PACKSHOT)])
    monkeypatch.chdir(tmp_path)
    ran = 0
    for page in PAGES:
        for words in filter(is_run, typed(page)):
            status = run(words)
            told = capsys.readouterr().err
            differs = words[:2] == ["presets", "diff"]  # says so by its status
            assert status == differs, f"{page}: packshot {shlex.join(words)}\n{told}"
            ran += 1
            if words[0] == "demo":
                shutil.copytree(tmp_path / "packshot-demo", tmp_path / "shoot")
    assert ran > 30
    assert (tmp_path / "products.csv").read_text("utf-8").count("Coral red mug") >= 1
    prove_the_lock(tmp_path / "packshot-demo", capsys)
