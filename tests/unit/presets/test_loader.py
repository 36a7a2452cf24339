"""Where presets come from: the nearest origin wins and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from presets.errors import PresetInvalid, PresetUnknown
from presets.loader import BUILT_IN, find_preset, list_presets
from presets.user_folder import config_folder


def put(folder: Path, name: str = "shopify", title: str = "Mine") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = (BUILT_IN / "shopify.toml").read_text(encoding="utf-8")
    text = text.replace('name = "shopify"', f'name = "{name}"')
    text = text.replace("Shopify product image: 2048 square on white", title)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_session_wins_over_the_user_who_wins_over_the_built_in(tmp_path: Path) -> None:
    session = tmp_path / "session"
    assert find_preset("shopify", session).origin == "built-in"

    users = put(config_folder() / "presets", title="The user's")
    found = find_preset("shopify", session)
    assert (found.origin, found.path, found.preset.title) == ("user", users, "The user's")

    sessions = put(session / "presets", title="The session's")
    found = find_preset("shopify", session)
    assert (found.origin, found.path, found.preset.title) == (
        "session",
        sessions,
        "The session's",
    )
    assert find_preset("shopify").origin == "user"


def test_a_listing_names_each_preset_once_with_its_origin(tmp_path: Path) -> None:
    put(tmp_path / "presets")
    put(tmp_path / "presets", "our-shop")
    listing = list_presets(tmp_path)
    origins = {loaded.preset.name: loaded.origin for loaded in listing.presets}
    assert len(origins) == len(listing.presets)
    own = {name for name, origin in origins.items() if origin == "session"}
    assert own == {"our-shop", "shopify"}
    assert set(origins) == own | {path.stem for path in BUILT_IN.glob("*.toml")}


def test_a_broken_preset_hides_the_farther_one_instead_of_falling_back(tmp_path: Path) -> None:
    path = put(tmp_path / "presets")
    path.write_text("nonsense", encoding="utf-8")
    with pytest.raises(PresetInvalid):
        find_preset("shopify", tmp_path)
    listing = list_presets(tmp_path)
    assert "shopify" not in {loaded.preset.name for loaded in listing.presets}
    assert [problem.subject for problem in listing.problems] == [str(path)]
    assert find_preset("amazon-main", tmp_path).origin == "built-in"


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(PresetUnknown, match="Did you mean amazon-main") as caught:
        find_preset("amazon")
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("name", ["../shopify", "/etc/passwd", "channels/shopify", ""])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(PresetUnknown):
        find_preset(name)
