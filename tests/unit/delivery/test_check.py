"""The checker on files with planted faults: each found, and none on clean ones."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from engine.delivery.checking.check import check
from engine.delivery.checking.findings import Finding, failed, summary
from engine.delivery.checking.known import Known
from engine.errors import PhotoUnreadable
from presets.loader import BUILT_IN, read_preset
from presets.schema import Preset

AMAZON = read_preset(BUILT_IN / "amazon-main.toml")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def packshot(side: int = 1600, share: float = 0.86) -> NDArray[np.uint8]:
    """Return a red and black disc on pure white that spans a share of a square."""
    rows, columns = np.mgrid[:side, :side] - (side - 1) / 2
    distance = np.hypot(rows, columns)
    edge = (side * share / 2 - distance + 0.5).clip(0, 1)[..., None]
    colour = np.where((columns > 0)[..., None], (190, 20, 30), (15, 15, 15))
    return np.rint(colour * edge + 255 * (1 - edge)).astype(np.uint8)


def file(pixels: NDArray[np.uint8], file_format: str = "JPEG", **settings: object) -> bytes:
    if file_format == "JPEG":
        settings = {"quality": 95, "subsampling": "4:4:4"} | settings
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, file_format, **({"icc_profile": SRGB} | settings))
    return stream.getvalue()


def broken(data: bytes, preset: Preset = AMAZON, **known: object) -> dict[str, Finding]:
    """Return the rules that are broken, the last finding of each."""
    findings = check(data, preset, "file.jpg", Known(**known))
    return {found.rule: found for found in findings if found.severity in {"fail", "warn"}}


@pytest.mark.parametrize("quality", [70, 90, 95, 100])
@pytest.mark.parametrize("side", [1600, 2000])
def test_a_clean_file_keeps_every_rule(quality: int, side: int) -> None:
    assert broken(file(packshot(side), quality=quality)) == {}


def test_what_a_person_has_to_judge_is_never_passed() -> None:
    findings = check(file(packshot()), AMAZON, "file.jpg")
    review = [found for found in findings if found.rule == "human_review"]
    assert [found.severity for found in review] == ["review"]
    assert "watermark" in review[0].message


def test_fill_just_under_is_found_and_measured_both_ways() -> None:
    found = broken(file(packshot(share=0.84)))
    assert found["fill"].severity == "fail"
    assert found["fill"].measured == pytest.approx(0.84, abs=0.003)
    assert "at least 85% asked" in found["fill"].message
    assert "of the area" in found["fill"].message
    assert found.keys() == {"fill"}


@pytest.mark.parametrize("level", [254, 250, 235])
def test_an_off_white_corner_fails(level: int) -> None:
    pixels = packshot()
    pixels[:40, :40] = level
    found = broken(file(pixels, "PNG"))
    assert found["white_background"].severity == "fail"
    assert found["white_background"].measured == level


def test_an_off_white_background_fails() -> None:
    pixels = np.minimum(packshot(), 250)
    assert broken(file(pixels))["white_background"].severity == "fail"


def test_a_stain_far_from_the_product_fails() -> None:
    pixels = packshot(share=0.85)
    pixels[60:64, 60:64] = 246
    assert broken(file(pixels, "PNG"))["white_background"].severity == "fail"


def test_a_dark_speck_far_from_the_product_is_no_product() -> None:
    pixels = packshot(share=0.86)
    pixels[30:36, 30:36] = (40, 60, 40)
    found = broken(file(pixels, "PNG"))
    assert found["white_background"].severity == "fail"
    assert found.keys() == {"white_background"}


def test_a_blown_out_part_of_the_product_only_warns() -> None:
    pixels = packshot()
    pixels[500:800, 900:1200] = 255
    pixels[640:660, 1040:1060] = 252
    pixels[500:800, 1150:] = 255
    assert broken(file(pixels, "PNG"))["white_background"].severity == "warn"


def test_a_soft_shadow_at_the_product_warns_where_the_outline_is_a_guess() -> None:
    pixels = packshot()
    shadow = 255 - np.rint(20 * np.linspace(1, 0, 60)).astype(np.uint8)[:, None]
    band = pixels[1470:1530, 700:900]
    band[...] = np.minimum(band, shadow[..., None])
    assert broken(file(pixels, "PNG"))["white_background"].severity == "warn"


def test_the_same_shadow_fails_where_the_matte_is_known() -> None:
    clean = packshot()
    coverage = np.where(clean.min(axis=2) < 255, 255, 0).astype(np.uint8)
    shaded = clean.copy()
    shaded[1520:1560, 700:900] = 248
    found = broken(file(shaded, "PNG"), coverage=coverage)
    assert found["white_background"].severity == "fail"


def test_ringing_close_to_the_product_is_tolerated_even_at_coarse_colour() -> None:
    found = broken(file(packshot(), subsampling="4:2:0"))
    assert found.keys() == {"chroma"}
    assert found["chroma"].severity == "warn"
    assert found["chroma"].measured == "4:2:0"


def test_alpha_left_in_is_found() -> None:
    pixels = packshot()
    alpha = np.where(pixels.min(axis=2) < 255, 255, 0).astype(np.uint8)
    found = broken(file(np.dstack([pixels, alpha]), "PNG"))
    assert found["alpha"].measured == "transparent"
    assert found["white_background"].severity == "fail"
    opaque = broken(file(np.dstack([pixels, np.full_like(alpha, 255)]), "PNG"))
    assert opaque["alpha"].measured == "opaque"
    assert opaque.keys() == {"alpha"}


def test_one_pixel_too_few_is_found_but_uncertain_rules_only_warn() -> None:
    found = check(file(packshot(499)), AMAZON, "file.jpg")
    sizes = [finding for finding in found if finding.rule == "long_side"]
    assert [finding.severity for finding in sizes] == ["warn", "warn", "warn", "pass"]
    assert "499 pixels, at least 500 pixels asked" in sizes[0].message
    assert not failed(found)
    assert summary(AMAZON, found) == "passes preset amazon-main 2026-11 (4 warnings)"
    assert broken(file(packshot(499)))["product_side"].measured == pytest.approx(429, abs=2)


def test_a_product_that_touches_the_frame_is_found() -> None:
    pixels = np.full((1600, 1600, 3), 255, np.uint8)
    pixels[100:1600, 300:1300] = (20, 40, 90)
    found = broken(file(pixels))
    assert found["not_cropped"].measured == "bottom"
    assert "touches the frame" in found["not_cropped"].message


def test_cropped_in_the_source_is_told_from_cropped_by_placement() -> None:
    pixels = packshot()
    coverage = np.where(pixels.min(axis=2) < 255, 255, 0).astype(np.uint8)
    found = broken(file(pixels), coverage=coverage, cut=frozenset({"left", "bottom"}))
    assert found["not_cropped"].message.startswith("cropped in the source photo: bottom, left")


def test_profiles_are_told_apart() -> None:
    untagged = broken(file(packshot(), icc_profile=None))
    assert untagged["profile"].measured == "untagged"
    assert untagged["profile"].severity == "warn"
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert "profile" in broken(file(packshot(), icc_profile=lab))


def test_formats_ratio_and_bytes() -> None:
    assert broken(file(packshot(), "WEBP", lossless=True))["format"].severity == "fail"
    wide = np.pad(packshot(), ((0, 0), (60, 60), (0, 0)), constant_values=255)
    assert broken(file(wide))["ratio"].measured == pytest.approx(1720 / 1600)
    noise = np.random.default_rng(1).integers(0, 256, (2000, 2000, 3), np.uint8)
    assert broken(file(noise, quality=100))["bytes"].severity == "warn"


def test_findings_carry_source_and_date_and_uncertain_ones_never_fail() -> None:
    findings = check(file(np.zeros((20, 30, 3), np.uint8), "BMP"), AMAZON, "file.bmp")
    uncertain = {
        (rule.check, rule.source)
        for rule in AMAZON.rules
        if rule.evidence in {"secondary", "uncertain"}
    }
    for found in findings:
        assert found.source
        assert found.date == "2026-11"
        assert found.severity != "fail" or (found.rule, found.source) not in uncertain
    assert summary(AMAZON, findings).startswith("fails preset amazon-main 2026-11")


def test_an_empty_picture_has_no_product() -> None:
    found = broken(file(np.full((1600, 1600, 3), 255, np.uint8)))
    assert found["fill"].message == "no product found in the picture"
    assert found.keys() == {"fill", "product_side"}


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", file(packshot(400))[:-2000]],
    ids=["empty", "text", "truncated"],
)
def test_what_is_no_picture_is_named(data: bytes) -> None:
    with pytest.raises(PhotoUnreadable, match=r"broken\.jpg"):
        check(data, AMAZON, str(Path("broken.jpg")))


def test_a_master_is_checked_for_what_a_master_is() -> None:
    master = read_preset(BUILT_IN / "master-png.toml")
    pixels = packshot(400)
    alpha = np.where(pixels.min(axis=2) < 255, 255, 0).astype(np.uint8)
    assert broken(file(np.dstack([pixels, alpha]), "PNG"), master) == {}
    assert broken(file(pixels), master).keys() == {"format", "alpha"}
