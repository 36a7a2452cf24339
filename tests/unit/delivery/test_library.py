"""Every built-in preset makes a file of a real photo that passes its own rules."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from PIL import Image

from engine.delivery.deliver import OpenedPhoto, deliver, open_photo
from engine.delivery.naming.allowed import name_problem
from engine.delivery.naming.filename import NameParts, delivery_name
from engine.delivery.needs import Needs
from engine.delivery.provenance import Provenance
from engine.delivery.writing import write_delivery
from presets.loader import BUILT_IN, find_preset, list_presets

NAMES = sorted(path.stem for path in BUILT_IN.glob("*.toml"))
PHOTO = "SKU203-front"


@pytest.fixture(scope="module")
def opened(sample_photos: Path, sample_truth: Path) -> tuple[OpenedPhoto, Provenance]:
    """Return a sample photo, opened with its exact matte."""
    path = sample_photos / f"{PHOTO}.jpg"
    provenance = Provenance(hashlib.sha256(path.read_bytes()).hexdigest(), "ab" * 32)
    alpha = np.asarray(Image.open(sample_truth / f"{PHOTO}.png").convert("L"))
    return open_photo(path, alpha, provenance, needs=Needs(original=True)), provenance


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
    names = NameParts(PHOTO, "B07ABC1234", "front", asin="B07ABC1234")
    made = deliver(photo, preset, tmp_path, names, provenance)
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


UPLOAD = find_preset("amazon-upload").preset


def upload_name(view: str, sku: str = "B012345678") -> tuple[str, str | None]:
    """Return the name of a photo for Amazon's upload, and why it is refused."""
    parts = NameParts(f"{sku}-{view}", sku, view, asin=sku if sku.startswith("B0") else "")
    name = delivery_name(UPLOAD, parts)
    return name.as_posix(), name_problem(UPLOAD, parts, name)


@pytest.mark.parametrize(
    ("view", "variant"),
    [("front", "MAIN"), ("Left", "LEFT"), ("detail", "PT01"), ("pt07", "PT07"), ("pair", "PAIR")],
)
def test_amazons_own_names_for_views(view: str, variant: str) -> None:
    assert upload_name(view) == (f"amazon-upload/B012345678.{variant}.jpg", None)


def test_what_amazon_would_reject_is_not_exported() -> None:
    assert "allows only" in str(upload_name("three-quarter")[1])
    assert "it has no ASIN" in str(upload_name("front", "AB-12 34")[1])


def test_a_second_version_for_amazon_keeps_its_name(tmp_path: Path) -> None:
    name = PurePosixPath("amazon-upload/B012345678.MAIN.jpg")
    policy = UPLOAD.naming.collisions
    paths = [write_delivery(tmp_path, name, data, policy=policy).path for data in (b"1", b"2")]
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "amazon-upload/B012345678.MAIN.jpg",
        "amazon-upload/v2/B012345678.MAIN.jpg",
    ]


def test_ottos_names_are_plain() -> None:
    preset = find_preset("otto").preset
    name = delivery_name(preset, NameParts("x", "Größe&1", "front"))
    assert name.as_posix() == "otto/Groesse-1-front.jpg"


def test_the_markets_of_amazon_make_one_file_and_say_which_they_are() -> None:
    titles = [find_preset(f"amazon-main{market}").preset.title for market in ("", "-eu", "-uk")]
    assert ["US" in titles[0], "EU" in titles[1], "UK" in titles[2]] == [True] * 3
    settings = {
        find_preset(f"amazon-main{market}").preset.model_dump_json(
            include={"canvas", "background", "placement", "shadow", "file"}
        )
        for market in ("", "-eu", "-uk")
    }
    assert len(settings) == 1
