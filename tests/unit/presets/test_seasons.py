"""Where seasons come from, and how a mistake in one is named."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from presets.errors import SeasonInvalid, SeasonUnknown
from presets.loader import find_preset
from presets.seasons import BUILT_IN, find_season, list_seasons, read_season
from presets.user_folder import config_folder

SAMPLE = (BUILT_IN / "sample.toml").read_text("utf-8")


def put(folder: Path, text: str = SAMPLE) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_nearest_origin_wins_and_is_named(tmp_path: Path) -> None:
    assert find_season("sample", tmp_path).origin == "built-in"
    put(config_folder() / "seasons")
    assert find_season("sample", tmp_path).origin == "user"
    own = put(tmp_path / "seasons")
    (tmp_path / "seasons" / "sample.lock").write_text("no season")
    assert find_season("sample", tmp_path).origin == "session"
    assert find_season("sample", tmp_path).path == own
    assert find_season("sample").origin == "user"
    assert [loaded.season.name for loaded in list_seasons(tmp_path).seasons] == ["sample"]


def test_the_presets_of_the_built_in_seasons_are_there() -> None:
    for loaded in list_seasons().seasons:
        for name in loaded.season.presets:
            find_preset(name)


def test_both_days_belong_to_the_season() -> None:
    season = find_season("sample").season
    assert season.covers(season.starts)
    assert season.covers(season.ends)
    assert not season.covers(season.ends + datetime.timedelta(days=1))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("presets =", "preset =", "unknown field preset (1 more). Did you mean presets?"),
        ('"master-png", ', '"amazon-main", ', "presets: a preset is named twice"),
        ("2027-08-31", "2025-08-31", "the season ends before it starts"),
        ("starts = 2026-09-01\n", "", "starts is missing"),
        ('name = "sample"', 'name = "autumn"', "is named autumn inside"),
        ('["master-png", "amazon-main"]', "[]", "presets"),
        ("title =", "title", "is no valid TOML"),
    ],
)
def test_a_mistake_is_named(before: str, after: str, told: str, tmp_path: Path) -> None:
    assert before in SAMPLE
    path = put(tmp_path, SAMPLE.replace(before, after, 1))
    with pytest.raises(SeasonInvalid) as caught:
        read_season(path)
    assert told in str(caught.value)


def test_an_unknown_season_is_answered_with_the_nearest() -> None:
    with pytest.raises(SeasonUnknown, match=r"Did you mean sample\?"):
        find_season("sampel")


def test_a_broken_season_is_listed_with_its_reason(tmp_path: Path) -> None:
    put(tmp_path / "seasons", "title = 1\n")
    listing = list_seasons(tmp_path)
    assert listing.seasons == ()
    assert len(listing.problems) == 1
