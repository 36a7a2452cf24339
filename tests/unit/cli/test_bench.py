"""``packshot bench quality`` on a person's own ground truth."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.matting.metrics import FIGURES, Quality
from tui.cli import bench
from tui.cli.main import run
from tui.cli.quality_tables import compared
from tui.cli.scenes import Scene, by_background, read_scenes

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


@pytest.fixture
def tiny(tmp_path: Path) -> list[str]:
    """Return the folders of two tiny photos and of their truth, for commands that only score."""
    images, alphas = tmp_path / "tiny", tmp_path / "tiny-truth"
    images.mkdir()
    alphas.mkdir()
    alpha = np.zeros((120, 100), np.uint8)
    alpha[30:90, 20:80] = 255
    for stem in STEMS:
        cv2.imwrite(str(images / f"{stem}.jpg"), alpha)
        cv2.imwrite(str(alphas / f"{stem}.png"), alpha)
    return [str(images), str(alphas)]


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
    assert mean["delta_e"] > 1
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


def test_backgrounds_of_a_manifest_have_their_own_figures(
    tiny: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(tiny[1]) / "manifest.csv").write_text(
        "stem,background,tags\n"
        f'{STEMS[0]},gray sweep,"metal, thin"\n'
        f"{STEMS[1]},\x1b[2Jtabletop,\n"
        "SKU9-front,gray sweep,\n",
        encoding="utf-8",
    )
    command = ["bench", "quality", *tiny, "--predictions", tiny[1]]
    assert run([*command, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result["backgrounds"]) == {"gray sweep", "\x1b[2Jtabletop"}
    assert result["backgrounds"]["gray sweep"]["mean"] == result["photos"][STEMS[0]]

    assert run(command) == 0
    printed = capsys.readouterr().out
    assert "gray sweep" in printed and "all 2 photos" in printed
    assert "\x1b" not in printed


def test_a_second_program_is_put_beside(
    tiny: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, part in (("made", 0.9), ("other", 0.5)):
        (tmp_path / folder).mkdir()
        for stem in STEMS:
            alpha = cv2.imread(str(Path(tiny[1], f"{stem}.png")), cv2.IMREAD_UNCHANGED)
            cv2.imwrite(str(tmp_path / folder / f"{stem}.png"), (alpha * part).astype(np.uint8))
    command = ["bench", "quality", *tiny, "--predictions", str(tmp_path / "made")]
    command += ["--beside", str(tmp_path / "other")]
    assert run([*command, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["beside"]["mean"]["sad"] == pytest.approx(5 * result["mean"]["sad"], rel=0.1)

    assert run(command) == 0
    lines = capsys.readouterr().out.splitlines()
    sad = lines[0].split().index("SAD") + 1  # no word stands over the programs' names
    rows = [line.split() for line in lines if line.startswith(STEMS[0])]
    assert [row[1] for row in rows] == ["other", "made", "compared"]
    assert float(rows[2][sad]) == pytest.approx(0.2, abs=0.02)

    (tmp_path / "other" / f"{STEMS[0]}.png").unlink()
    assert run(command) == 1  # with a file of the other missing nothing is compared fairly


def test_a_figure_is_compared_as_a_part_or_as_a_gain() -> None:
    figures = {figure.heading: figure for figure in FIGURES}
    good = Quality(1, 0, 1, 0, 0, 0.9, 0, 0, 0, 0, holes_open=3, holes_total=4)
    bad = Quality(1, 0, 4, 0, 0, 0.7, 0, 0, 0, 0, holes_open=1, holes_total=4)
    assert compared(figures["SAD"], good, bad) == 0.25
    assert compared(figures["BF"], good, bad) == pytest.approx(0.2)
    assert compared(figures["HOLES"], good, bad) == 0.5
    assert compared(figures["MAE"], good, bad) is None  # no error to be a part of
    assert compared(figures["dE"], good, bad) is None  # was not measured


def test_a_manifest_may_lie_above_the_truth_or_say_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "alpha"
    folder.mkdir()
    assert read_scenes(folder) == {}
    manifest = tmp_path / "manifest.csv"
    manifest.write_text('stem,background,tags\na,paper,"thin,  metal"\nb,,\n')
    assert read_scenes(folder) == {"a": Scene("paper", frozenset({"thin", "metal"}))}
    assert by_background(["a", "b", "c"], read_scenes(folder)) == {"paper": ["a"]}
    manifest.write_text("name,size\na,3\n")
    assert read_scenes(folder) == {}


@pytest.mark.parametrize("name", bench.SUMMARIES)
def test_every_measurement_can_be_asked_for_help(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["bench", name, "--help"]) == 0
    assert name in capsys.readouterr().out
    assert run(["bench", name + "s-unknown"]) == 2
