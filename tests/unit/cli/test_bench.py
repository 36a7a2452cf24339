"""``packshot bench quality`` on a person's own ground truth."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from tui.cli.main import run

STEMS = ("SKU203-front", "SKU206-front")


@pytest.fixture
def images(tmp_path: Path, sample_photos: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    for stem in STEMS:
        shutil.copy(sample_photos / f"{stem}.jpg", folder)
    return folder


@pytest.fixture
def truth(tmp_path: Path, sample_truth: Path) -> Path:
    folder = tmp_path / "truth" / "alpha"
    folder.mkdir(parents=True)
    for stem in STEMS:
        shutil.copy(sample_truth / f"{stem}.png", folder)
    return folder.parent


def test_photos_are_cut_and_scored(
    images: Path,
    truth: Path,
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    assert run(["bench", "quality", str(images), str(truth), "--model", "u2netp", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert sorted(result["photos"]) == sorted(STEMS)
    assert result["photos"]["SKU206-front"]["iou"] > 0.98
    assert result["mean"]["band"] < 0.15
    assert result["mean"]["halo_green"] is None  # there are no true colours
    values = [result["photos"][stem]["sad"] for stem in STEMS]
    assert result["mean"]["sad"] == pytest.approx(np.mean(values))


def test_a_recipe_is_used(
    images: Path,
    truth: Path,
    tmp_path: Path,
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    recipe = tmp_path / "plain.toml"
    recipe.write_text('model = "u2netp"\nrefine = false\n')
    command = ["bench", "quality", str(images), str(truth), "--json"]
    assert run([*command, "--recipe", str(recipe)]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert run([*command, "--model", "u2netp"]) == 0
    refined = json.loads(capsys.readouterr().out)
    assert refined["mean"]["band"] < 0.7 * plain["mean"]["band"]


def test_finished_files_are_scored_without_a_model(
    images: Path, truth: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "made"
    made.mkdir()
    alpha = cv2.imread(str(truth / "alpha" / f"{STEMS[0]}.png"), cv2.IMREAD_UNCHANGED)
    cv2.imwrite(str(made / f"{STEMS[0]}_alpha.png"), alpha)
    other = cv2.imread(str(truth / "alpha" / f"{STEMS[1]}.png"), cv2.IMREAD_UNCHANGED)
    cutout = np.dstack([np.full((*other.shape, 3), 90, np.uint8), other // 2])
    cv2.imwrite(str(made / f"{STEMS[1]}.png"), cutout)

    command = ["bench", "quality", str(images), str(truth), "--predictions", str(made)]
    assert run([*command, "--json"]) == 0
    photos = json.loads(capsys.readouterr().out)["photos"]
    assert photos[STEMS[0]]["sad"] == 0
    assert photos[STEMS[1]]["sad"] == pytest.approx(other.sum() / 255 / 2 / 1000, rel=0.01)

    assert run(command) == 0
    printed = capsys.readouterr().out
    for word in (*STEMS, "IoU", "GRAD", "BF", "BAND", "mean", "median"):
        assert word in printed


def test_true_colours_add_the_halo(
    images: Path, truth: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, colours = tmp_path / "made", truth / "fg"
    made.mkdir()
    colours.mkdir()
    alpha = cv2.imread(str(truth / "alpha" / f"{STEMS[0]}.png"), cv2.IMREAD_UNCHANGED)
    for folder, name, level in ((colours, f"{STEMS[0]}_fg", 100), (made, STEMS[0], 130)):
        cutout = np.dstack([np.full((*alpha.shape, 3), level, np.uint8), alpha])
        cv2.imwrite(str(folder / f"{name}.png"), cutout)
    (images / f"{STEMS[1]}.jpg").unlink()
    command = ["bench", "quality", str(images), str(truth), "--predictions", str(made), "--json"]
    assert run(command) == 0
    printed = capsys.readouterr()
    mean = json.loads(printed.out)["mean"]
    assert 5 < mean["halo_green"] < 25  # 30 levels on the inner half of the band
    assert mean["halo_white"] == pytest.approx(mean["halo_green"])
    assert STEMS[1] in printed.err  # a truth without a photo is named


def test_what_is_missing_or_broken_is_named_and_the_status_tells(
    images: Path,
    truth: Path,
    tmp_path: Path,
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    empty = tmp_path / "empty"
    empty.mkdir()
    command = ["bench", "quality", str(images), str(truth)]
    assert run([*command, "--predictions", str(empty), "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["mean"]["iou"] == 0
    assert "counts as an empty matte" in printed.err

    (images / f"{STEMS[0]}.jpg").write_text("no picture")
    assert run([*command, "--model", "u2netp", "--json"]) == 1
    printed = capsys.readouterr()
    assert list(json.loads(printed.out)["photos"]) == [STEMS[1]]
    assert f"{STEMS[0]}.jpg" in printed.err

    assert run(["bench", "quality", str(empty), str(truth)]) == 2
    assert run(["bench", "quality", str(tmp_path / "nowhere"), str(truth)]) == 2
