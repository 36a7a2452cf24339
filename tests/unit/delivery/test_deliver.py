"""One photo to one checked file: provenance, repetition, refusals, every format."""

from __future__ import annotations

import hashlib
import io
import pickle
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, JpegImagePlugin

from engine.delivery.deliver import Delivered, deliver, open_photo
from engine.delivery.naming.filename import NameParts
from engine.delivery.provenance import Origin, Provenance, read_provenance
from engine.errors import MatteOutdated, NothingToPlace, PhotoUnreadable
from presets.loader import BUILT_IN, content_of, digest, read_preset
from presets.schema import Preset

AMAZON = read_preset(BUILT_IN / "amazon-main.toml")
MASTER = read_preset(BUILT_IN / "master-png.toml")
RECIPE = "ab" * 32
NAMES = NameParts("SKU1-front", "SKU1", "front")


def source(folder: Path, background: int = 120) -> tuple[Path, NDArray[np.uint8]]:
    """Write a photo of a blue disc 1400 pixels across with a soft edge; return it and its alpha."""
    rows, columns = np.mgrid[:1500, :1600]
    distance = np.hypot(rows - 750, columns - 800)
    coverage = ((700 - distance) / 6 + 0.5).clip(0, 1)
    colour = np.array([30, 60, 160])
    mixed = coverage[..., None] * colour + (1 - coverage[..., None]) * background
    path = folder / "SKU1-front.png"
    Image.fromarray(np.rint(mixed).astype(np.uint8)).save(path, compress_level=1)
    return path, np.rint(coverage * 255).astype(np.uint8)


def made(
    folder: Path, preset: Preset, matte: NDArray[np.uint8] | None = None, recipe: str = RECIPE
) -> Delivered:
    photo, alpha = source(folder)
    identity = hashlib.sha256(photo.read_bytes()).hexdigest()
    provenance = Provenance(identity, recipe)
    opened = open_photo(photo, alpha if matte is None else matte, provenance)
    return deliver(opened, preset, folder / "out", NAMES, provenance)


def test_the_amazon_file_is_what_the_preset_promises(tmp_path: Path) -> None:
    delivered = made(tmp_path, AMAZON)
    assert delivered.path == tmp_path / "out" / "amazon-main" / "SKU1-front.jpg"
    data = delivered.path.read_bytes()
    assert delivered.sha256 == hashlib.sha256(data).hexdigest()
    assert [found.message for found in delivered.findings if found.severity == "fail"] == []
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    assert image.size == (delivered.width, delivered.height)
    assert image.width == image.height
    assert JpegImagePlugin.get_sampling(image) == 0
    profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    pixels = np.asarray(image)
    far = np.s_[:100, :100]
    assert (pixels[far] == 255).all()
    product = (pixels.min(axis=2) < 140).any(axis=0)
    assert product.sum() / image.width == pytest.approx(0.85, abs=0.002)


def test_a_master_keeps_frame_and_alpha_and_cleans_the_edge(tmp_path: Path) -> None:
    delivered = made(tmp_path, MASTER)
    _, alpha = source(tmp_path)
    pixels = np.asarray(Image.open(delivered.path))
    assert pixels.shape == (1500, 1600, 4)
    assert np.array_equal(pixels[..., 3], alpha)
    soft = (alpha > 60) & (alpha < 250)
    assert np.abs(pixels[soft][:, :3].astype(int) - (30, 60, 160)).max() <= 6
    assert not delivered.notes or "sRGB" in " ".join(delivered.notes)


@pytest.mark.parametrize(
    ("settings", "suffix", "name"),
    [
        ({"format": "webp", "lossless": True}, ".webp", "WEBP"),
        ({"format": "webp", "quality": 80}, ".webp", "WEBP"),
        ({"format": "tiff"}, ".tif", "TIFF"),
        ({"format": "png"}, ".png", "PNG"),
    ],
)
def test_every_format_keeps_alpha_and_profile(
    settings: dict[str, object], suffix: str, name: str, tmp_path: Path
) -> None:
    preset = Preset.model_validate(MASTER.model_dump() | {"file": settings, "rules": ()})
    delivered = made(tmp_path, preset)
    assert delivered.path.suffix == suffix
    image = Image.open(delivered.path)
    assert (image.format, image.mode) == (name, "RGBA")
    assert image.info["icc_profile"]
    assert np.array_equal(np.asarray(image)[..., 3], source(tmp_path)[1])


def test_the_same_delivery_is_made_once_and_another_one_gets_a_version(tmp_path: Path) -> None:
    first = made(tmp_path, AMAZON)
    again = made(tmp_path, AMAZON)
    assert (first.unchanged, again.unchanged) == (False, True)
    assert (again.path, again.sha256) == (first.path, first.sha256)

    other = made(tmp_path, AMAZON, recipe="cd" * 32)
    assert other.path.name == "SKU1-front-v2.jpg"
    assert not other.unchanged
    assert made(tmp_path, AMAZON).path == first.path
    assert len(list(first.path.parent.iterdir())) == 2


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif", "tiff"])
def test_files_of_every_format_say_what_made_them(tmp_path: Path, kind: str) -> None:
    photo = hashlib.sha256(source(tmp_path)[0].read_bytes()).hexdigest()
    preset = Preset.model_validate({**content_of(AMAZON), "file": {"format": kind}})
    said = read_provenance(made(tmp_path, preset).path)
    assert said == Origin(photo, RECIPE, "amazon-main 2026-11", digest(preset))


def test_a_preset_may_leave_it_out(tmp_path: Path) -> None:
    silent = {"metadata": {"provenance": False}}
    preset = Preset.model_validate({**content_of(AMAZON), **silent})
    assert read_provenance(made(tmp_path, preset).path) is None


def test_an_empty_matte_is_refused_and_nothing_written(tmp_path: Path) -> None:
    empty = np.zeros((1500, 1600), np.uint8)
    with pytest.raises(NothingToPlace, match=r"SKU1-front\.png: its matte is empty"):
        made(tmp_path, AMAZON, empty)
    assert not (tmp_path / "out").exists()


def test_a_matte_of_another_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MatteOutdated, match=r"its matte is 10 × 20, the photo 1600 × 1500"):
        made(tmp_path, AMAZON, np.full((20, 10), 255, np.uint8))


def test_a_photo_that_has_changed_is_refused(tmp_path: Path) -> None:
    photo, alpha = source(tmp_path)
    with pytest.raises(MatteOutdated, match="has changed since its matte was made"):
        open_photo(photo, alpha, Provenance("0" * 64, RECIPE))


def test_a_missing_photo_is_named(tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable, match=r"gone\.jpg: does not exist"):
        open_photo(tmp_path / "gone.jpg", np.zeros((1, 1), np.uint8), Provenance("0" * 64, RECIPE))


def test_the_photo_itself_is_never_touched(tmp_path: Path) -> None:
    photo, _ = source(tmp_path)
    before = photo.read_bytes()
    made(tmp_path, MASTER)
    assert photo.read_bytes() == before


def test_results_and_errors_cross_process_borders(tmp_path: Path) -> None:
    delivered = made(tmp_path, AMAZON)
    assert pickle.loads(pickle.dumps(delivered)) == delivered
    error = MatteOutdated("a.jpg", "is old", "Cut it again.")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("name", "setting", "smaller"),
    [
        ("master-png", {"level": 9}, True),
        ("master-tiff", {"level": 9}, True),
        ("master-tiff", {"compression": "none"}, False),
        ("web-hero", {"effort": 0}, False),
        ("web-hero-avif", {"speed": 10}, None),
    ],
)
def test_how_hard_a_file_is_compressed_is_the_presets_choice(
    tmp_path: Path, name: str, setting: dict[str, object], smaller: bool | None
) -> None:
    preset = read_preset(BUILT_IN / f"{name}.toml")
    other = preset.model_copy(update={"file": preset.file.model_copy(update=setting)})
    before, after = made(tmp_path, preset), made(tmp_path, other)
    assert before.sha256 != after.sha256
    if smaller is not None:
        assert (after.bytes < before.bytes) is smaller
    assert not [found for found in after.findings if found.severity == "fail"]


@pytest.mark.parametrize("name", ["master-png", "master-tiff"])
def test_a_transparent_master_does_not_hold_the_studio(tmp_path: Path, name: str) -> None:
    delivered = made(tmp_path, read_preset(BUILT_IN / f"{name}.toml"))
    with Image.open(delivered.path) as image:
        pixels = np.asarray(image)
    hidden = pixels[pixels[..., 3] == 0]
    assert len(hidden) > 500_000
    assert not hidden.any()
