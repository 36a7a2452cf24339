"""``extends``: what a child says, what it takes over, and how a mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from presets.errors import PresetInvalid
from presets.loader import BUILT_IN, find_preset, read_preset
from presets.schema import PngFile
from presets.user_folder import config_folder

HEAD = 'schema_version = 1\nversion = "2026-11"\ntitle = "Ours"\n'


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(f'name = "{name}"\n' + text, encoding="utf-8")
    return path


def test_a_child_says_only_what_differs(tmp_path: Path) -> None:
    text = HEAD + 'extends = "amazon-main"\n[placement]\nfill = 0.9\n'
    path = put(tmp_path / "presets", "ours", text)
    loaded = find_preset("ours", tmp_path)
    parent = find_preset("amazon-main").preset
    assert loaded.origin == "session"
    assert loaded.path == path
    assert loaded.parents == (BUILT_IN / "amazon-main.toml",)
    assert loaded.preset.placement is not None
    assert loaded.preset.placement.fill == 0.9
    assert loaded.preset.extends is None
    assert loaded.preset.canvas == parent.canvas
    assert loaded.preset.rules == parent.rules


def test_its_rules_replace_those_that_check_the_same(tmp_path: Path) -> None:
    rule = (
        'extends = "amazon-main"\n[[rules]]\ncheck = "long_side"\nminimum = 3000\n'
        'severity = "warn"\nevidence = "packshot"\nsource = "ours"\ndate = "2026-11"\n'
    )
    put(tmp_path / "presets", "ours", HEAD + rule)
    rules = find_preset("ours", tmp_path).preset.rules
    before = find_preset("amazon-main").preset.rules
    assert [rule.minimum for rule in rules if rule.check == "long_side"] == [3000]
    others = [rule for rule in before if rule.check != "long_side"]
    assert [rule for rule in rules if rule.check != "long_side"] == others


def test_another_form_of_a_table_takes_nothing_over(tmp_path: Path) -> None:
    text = HEAD + 'extends = "amazon-main"\n[file]\nformat = "png"\n'
    put(tmp_path / "presets", "ours", text)
    assert find_preset("ours", tmp_path).preset.file == PngFile(format="png")


def test_a_preset_may_extend_the_farther_one_of_its_name(tmp_path: Path) -> None:
    own = 'extends = "shopify"\n'
    put(config_folder() / "presets", "shopify", own + "[placement]\nmargin = 0.01\n")
    put(tmp_path / "presets", "shopify", own + "[placement]\nfill = 0.7\n")
    loaded = find_preset("shopify", tmp_path)
    assert loaded.parents == (
        config_folder() / "presets" / "shopify.toml",
        BUILT_IN / "shopify.toml",
    )
    assert loaded.preset.placement is not None
    assert (loaded.preset.placement.fill, loaded.preset.placement.margin) == (0.7, 0.01)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('extends = "amazon-mian"\n', "no preset has this name. Did you mean amazon-main?"),
        ('extends = "ours"\n', "extends ours, which goes round in a circle"),
        ('extends = "other"\n', "extends ours, which goes round in a circle"),
        ('extends = "amazon-main"\n[placement]\nfil = 1\n', "placement.fil. Did you mean fill?"),
        ('extend = "amazon-main"\n', "unknown field extend"),
        ("extends = 3\n", "extends"),
    ],
)
def test_a_mistake_is_named(text: str, told: str, tmp_path: Path) -> None:
    path = put(tmp_path / "presets", "ours", HEAD + text)
    put(tmp_path / "presets", "other", HEAD + 'extends = "ours"\n')
    with pytest.raises(PresetInvalid) as caught:
        read_preset(path, tmp_path)
    assert told in str(caught.value)
