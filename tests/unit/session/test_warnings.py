"""Signs of trouble in a single photo."""

from __future__ import annotations

import pytest

from engine.session.warnings import Facts, messaging_evidence, photo_warnings

GOOD = Facts("SKU1-front.jpg", "JPEG", 4000, 3000, "Canon EOS R5", 95, "4:4:4")


def kinds(facts: Facts) -> list[str]:
    return [warning.kind for warning in photo_warnings(facts)]


def test_a_good_photo_has_no_warning() -> None:
    assert kinds(GOOD) == []
    assert messaging_evidence(GOOD).score == 0


@pytest.mark.parametrize(
    "name",
    [
        "IMG-20260412-WA0007.jpg",
        "WhatsApp Image 2026-04-12 at 09.30.11.jpeg",
        "WhatsApp Image 2026-04-12 at 09.30.11 (1).jpeg",
        "photo_2026-04-12_09-30-11.jpg",
        "photo_5435923452345.jpg",
    ],
)
def test_the_name_that_an_app_gives_is_enough(name: str) -> None:
    assert kinds(GOOD._replace(name=name)) == ["messaging-copy"]


def test_without_the_name_all_signs_are_needed() -> None:
    copy = Facts("SKU1-front.jpg", "JPEG", 1200, 1600, None, 75, "4:2:0")
    (warning,) = photo_warnings(copy)
    assert warning.kind == "messaging-copy"
    assert "score 0.60: long side 1600 px, JPEG quality 75" in warning.text
    for missing in (
        {"height": 1700},
        {"camera": "Canon"},
        {"jpeg_quality": 92},
        {"jpeg_quality": None},
        {"subsampling": "4:4:4"},
    ):
        assert kinds(copy._replace(**missing)) == []


def test_the_score_never_exceeds_one() -> None:
    copy = Facts("IMG-20260412-WA0007.jpg", "JPEG", 1200, 1600, None, 75, "4:2:0")
    assert messaging_evidence(copy).score == 1
    assert len(messaging_evidence(copy).signs) == 5


def test_a_small_photo_says_how_small() -> None:
    (warning,) = photo_warnings(GOOD._replace(width=999, height=400))
    assert warning.text == "too small (999 × 400 px; the long side should have at least 1000)"
    assert kinds(GOOD._replace(width=400, height=1000)) == []


def test_an_unreadable_photo_has_no_warning() -> None:
    assert kinds(Facts("IMG-20260412-WA0007.jpg", None, None, None, None, None, None)) == []
