"""Every built-in preset makes a file of a real photo that passes its own rules."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.delivery.deliver import OpenedPhoto, deliver, open_photo
from engine.delivery.naming.filename import NameParts, delivery_name
from engine.delivery.provenance import Provenance
from presets.loader import BUILT_IN, find_preset, list_presets

NAMES = sorted(path.stem for path in BUILT_IN.glob("*.toml"))
PHOTO = "SKU203-front"


@pytest.fixture(scope="module")
def opened(sample_photos: Path, sample_truth: Path) -> tuple[OpenedPhoto, Provenance]:
    """Return a sample photo, opened with its exact matte."""
    path = sample_photos / f"{PHOTO}.jpg"
    provenance = Provenance(hashlib.sha256(path.read_bytes()).hexdigest(), "ab" * 32)
    alpha = np.asarray(Image.open(sample_truth / f"{PHOTO}.png").convert("L"))
    return open_photo(path, alpha, provenance), provenance


def test_all_of_them_can_be_used() -> None:
    listing = list_presets()
    assert listing.problems == ()
    assert [loaded.preset.name for loaded in listing.presets] == NAMES
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_a_real_photo_passes_its_rules(
    name: str, opened: tuple[OpenedPhoto, Provenance], tmp_path: Path
) -> None:
    photo, provenance = opened
    preset = find_preset(name).preset
    made = deliver(photo, preset, tmp_path, NameParts(PHOTO, "B07ABC1234", "front"), provenance)
    assert [found.message for found in made.findings if found.severity == "fail"] == []
    assert len(made.findings) == len(preset.rules)
    with Image.open(io.BytesIO(made.path.read_bytes())) as image:
        assert image.format == preset.file.format.upper()
        assert (image.mode == "RGBA") == (preset.background.kind == "transparent")
        assert image.info.get("icc_profile")
        if preset.canvas.kind == "fixed":
            assert image.width <= preset.canvas.width
            assert max(image.size) >= (preset.canvas.smallest_side or max(image.size))
            asked = preset.canvas.width / preset.canvas.height
            assert image.width / image.height == pytest.approx(asked, rel=0.003)
        else:
            assert image.size == photo.cutout.alpha.shape[::-1]


@pytest.mark.parametrize("name", NAMES)
def test_each_rule_says_where_it_comes_from(name: str) -> None:
    preset = find_preset(name).preset
    assert preset.rules
    for rule in preset.rules:
        assert rule.source
        if rule.evidence in {"secondary", "uncertain"}:
            assert rule.severity == "warn"


@pytest.mark.parametrize(
    ("view", "name"),
    [("front", "B0AB.MAIN.jpg"), ("Left", "B0AB.LEFT.jpg"), ("sole", "B0AB.sole.jpg")],
)
def test_amazons_own_names_for_views(view: str, name: str) -> None:
    preset = find_preset("amazon-upload").preset
    made = delivery_name(preset, NameParts(f"B0AB-{view}", "B0AB", view, 2))
    assert made.as_posix() == f"amazon-upload/{name}"
