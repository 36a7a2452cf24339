"""``packshot cut --out``: files and folders without a session."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from program import packshot, shell

PHOTO = "SKU201-front.jpg"


@pytest.fixture
def folder(tmp_path: Path, sample_photos: Path) -> Path:
    for sku in ("SKU1", "SKU2"):
        (tmp_path / "in" / sku).mkdir(parents=True)
        photo = Image.open(sample_photos / PHOTO)
        photo.thumbnail((400, 400))
        photo.save(tmp_path / "in" / sku / "front.jpg")
    return tmp_path / "in"


def test_the_tree_is_kept_and_the_master_has_the_photos_own_size(
    folder: Path, tmp_path: Path, model_home: Path
) -> None:
    ran = packshot("cut", folder, "--out", tmp_path / "out", home=model_home)
    assert ran.returncode == 0, ran.stderr
    for sku in ("SKU1", "SKU2"):
        master = Image.open(tmp_path / "out" / sku / "front.png")
        assert master.mode == "RGBA"
        assert master.size == Image.open(folder / sku / "front.jpg").size
        assert master.info.get("icc_profile") or "srgb" in master.info
    assert not (folder / ".packshot").exists()


def test_alpha_alone_is_an_8_bit_grey_picture(
    tmp_path: Path, sample_photos: Path, sample_truth: Path, model_home: Path
) -> None:
    out = tmp_path / "out"
    ran = packshot("cut", sample_photos / PHOTO, "--out", out, "--alpha", home=model_home)
    assert ran.returncode == 0, ran.stderr
    matte = Image.open(out / "SKU201-front.png")
    assert matte.mode == "L"
    truth = np.asarray(Image.open(sample_truth / "SKU201-front.png").convert("L")) > 127
    found = np.asarray(matte) > 127
    assert (truth & found).sum() / (truth | found).sum() > 0.9


def test_the_same_photo_twice_gives_the_same_bytes(
    folder: Path, tmp_path: Path, model_home: Path
) -> None:
    for out in ("one", "two"):
        assert packshot("cut", folder, "--out", tmp_path / out, home=model_home).returncode == 0
    one, two = (tmp_path / out / "SKU1" / "front.png" for out in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_picture_that_is_cut_already_keeps_its_alpha_and_colour(
    tmp_path: Path, model_home: Path
) -> None:
    pixels = np.zeros((120, 160, 4), np.uint8)
    pixels[20:100, 30:130] = (200, 100, 50, 128)
    pixels[40:80, 60:100, 3] = 255
    Image.fromarray(pixels).save(tmp_path / "soft.png")
    out = tmp_path / "out"
    assert packshot("cut", tmp_path / "soft.png", "--out", out, home=model_home).returncode == 0
    master = np.asarray(Image.open(out / "soft.png")).astype(int)
    seen = pixels[..., 3] > 0
    assert np.abs(master[..., 3] - pixels[..., 3]).max() <= 4
    assert np.abs(master[seen][:, :3] - (200, 100, 50)).max() <= 6


def test_a_file_that_packshot_did_not_make_is_never_replaced(
    folder: Path, model_home: Path
) -> None:
    original = folder / "SKU1" / "front.png"
    shutil.copy(folder / "SKU1" / "front.jpg", original)
    before = original.read_bytes()
    ran = packshot("cut", folder / "SKU1" / "front.jpg", "--out", folder / "SKU1", home=model_home)
    assert ran.returncode == 1
    assert "was not made by packshot" in ran.stderr
    assert original.read_bytes() == before


def test_masters_beside_the_photos_do_not_become_photos(folder: Path, model_home: Path) -> None:
    for word in ("cut", "unchanged"):
        ran = packshot("cut", folder, "--out", folder, home=model_home)
        assert ran.stdout == f"2 {word}\n"
    assert sorted(path.name for path in folder.rglob("*.*")) == sorted(
        ["front.jpg", "front.png"] * 2
    )


def test_a_folder_that_cannot_be_written_is_named(
    folder: Path, tmp_path: Path, model_home: Path
) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    ran = packshot("cut", folder, "--out", tmp_path / "out", "--json", home=model_home)
    assert ran.returncode != 0
    assert str(tmp_path / "out") in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_long_way_to_the_temporary_files_is_no_hindrance(
    folder: Path, tmp_path: Path, model_home: Path
) -> None:
    temporary = tmp_path / ("far" * 30)
    temporary.mkdir()
    environment = {**shell(), "TMPDIR": str(temporary)}
    ran = packshot(
        "cut", folder, "--out", tmp_path / "out", home=model_home, environment=environment
    )
    assert ran.returncode == 0, ran.stderr
    assert len(list((tmp_path / "out").rglob("*.png"))) == 2


def test_a_missing_model_says_how_to_get_one(folder: Path, tmp_path: Path) -> None:
    ran = packshot("cut", folder, "--out", tmp_path / "out", home=tmp_path / "empty-home")
    assert ran.returncode == 3
    assert "packshot models install u2netp" in ran.stderr
    assert "packshot models import" in ran.stderr


def test_results_as_json_name_their_steps(folder: Path, tmp_path: Path, model_home: Path) -> None:
    ran = packshot("cut", folder, "--out", tmp_path / "out", "--json", home=model_home)
    rows = json.loads(ran.stdout)
    assert [row["state"] for row in rows] == ["cut", "cut"]
    assert all({"decode", "network", "encode"} <= row["seconds"].keys() for row in rows)


def test_what_is_wanted_first_is_cut_first(tmp_path: Path, model_home: Path) -> None:
    for name in ("a", "b", "Chair-front"):
        Image.new("RGBA", (30, 20), (200, 100, 50, 128)).save(tmp_path / f"{name}.png")
    wanted = ("--first", "chair*", "--workers", "1", "--json")
    ran = packshot("cut", tmp_path, "--out", tmp_path / "out", *wanted, home=model_home)
    names = [Path(row["photo"]).stem for row in json.loads(ran.stdout)]
    assert names == ["Chair-front", "a", "b"]
