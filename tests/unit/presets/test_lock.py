"""A lock: one hash for one meaning, whatever is written, and a name for whatever was changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from presets.canonical import canonical, differences
from presets.errors import LockBroken
from presets.loader import content_of, digest, find_preset
from presets.lock import Lock, make_lock, read_lock
from presets.schema import Preset
from presets.seasons import find_season

AMAZON = content_of(find_preset("amazon-main").preset)
RULE = {"check": "human_review", "severity": "warn", "evidence": "packshot", "date": "2026-11"}

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
shares = st.floats(0.01, 1, allow_nan=False)


@st.composite
def presets(draw: st.DrawFn) -> Preset:
    """Return any preset on a fixed canvas, with texts of any kind."""
    side = draw(st.integers(2, 20_000))
    rules = [
        {**RULE, "source": draw(words), "note": "." + draw(words)}
        for _ in range(draw(st.integers(0, 3)))
    ]
    return Preset.model_validate(
        {
            **AMAZON,
            "title": draw(words),
            "description": draw(words),
            "canvas": {"kind": "fixed", "width": side, "height": draw(st.integers(1, 20_000))},
            "background": {"kind": "colour", "rgb": draw(st.tuples(*[st.integers(0, 255)] * 3))},
            "placement": {"fill": draw(shares), "upscale": draw(st.booleans())},
            "file": {"format": "jpeg", "quality": draw(st.integers(50, 100))},
            "rules": rules,
        }
    )


def locked(preset: Preset) -> Lock:
    season = find_season("sample").season.model_copy(update={"presets": (preset.name,)})
    return make_lock(
        season,
        {preset.name: preset},
        recipe={"model": "u2netp", "model_sha256": "ab" * 32, "edge_shift": 0.1, "refine": True},
        rendering={"version": 2},
        person="anna@desk",
        at="2026-11-24T03:00:00.000+00:00",
    )


@given(presets())
def test_loading_writing_and_loading_gives_the_same_hash(preset: Preset) -> None:
    again = Preset.model_validate(tomli.loads(tomli_w.dumps(content_of(preset))))
    assert digest(again) == digest(preset)
    assert locked(again).hash == locked(preset).hash


@given(preset=presets())
def test_a_lock_that_was_written_is_read_as_it_was(
    preset: Preset, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "sample.lock"
    lock = locked(preset)
    path.write_bytes(lock.to_toml().encode())
    assert read_lock(path) == lock
    assert read_lock(path).hash == lock.hash
    assert read_lock(path).changes_of(preset) == ()


@given(st.data())
def test_any_changed_byte_that_means_something_is_caught(data: st.DataObject) -> None:
    original = find_preset("amazon-main").preset
    source = find_preset("amazon-main").path.read_bytes()
    place = data.draw(st.integers(0, len(source) - 1))
    changed = bytearray(source)
    changed[place] = data.draw(st.integers(0, 255))
    try:
        content = tomli.loads(changed.decode())
        preset = Preset.model_validate(content)
    except (ValueError, ValidationError):
        return  # refused before it comes to the lock
    same_meaning = canonical(content_of(preset)) == canonical(content_of(original))
    if preset.name == original.name:
        assert bool(locked(original).changes_of(preset)) != same_meaning
    assert (locked(preset).hash == locked(original).hash) == same_meaning


def leaves(content: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every value of a content."""
    if isinstance(content, dict | list):
        pairs = content.items() if isinstance(content, dict) else enumerate(content)
        for key, value in pairs:
            yield from leaves(value, (*place, key))
    else:
        yield place


@pytest.mark.parametrize("place", leaves(AMAZON), ids=str)
def test_every_single_field_of_a_preset_counts(place: tuple[str | int, ...]) -> None:
    changed = tomli.loads(tomli_w.dumps(AMAZON))
    table: Any = changed
    for key in place[:-1]:
        table = table[key]
    table[place[-1]] = "something else"
    (found,) = differences(AMAZON, changed)
    assert str(place[0]) in found.field
    assert canonical(changed) != canonical(AMAZON)


def test_one_rule_more_is_one_difference() -> None:
    rules = list(AMAZON["rules"])
    more = {**AMAZON, "rules": [*rules[:2], {**RULE, "source": "us", "note": "look"}, *rules[2:]]}
    (found,) = differences(AMAZON, more)
    assert found.field == "rules (entry 3)"
    assert found.was is None
    (back,) = differences(more, AMAZON)
    assert back.now is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("fill = 0.85", "fill = 0.86"),
        ('model = "u2netp"', 'model = "u2net"'),
        ("version = 2", "version = 3"),
        ("ends = ", "end = "),
        ("schema_version = 1", "schema_version = 2"),
        ("[rendering]\nversion = 2", "rendering = 2"),
        ("fill = 0.85", "fill = nan"),
        ("fill = 0.85", "fill = 2026-01-01"),
        ("[presets.amazon-main]", "[presets.amazon]"),
        ("hash", "# hash"),
    ],
)
def test_a_lock_that_was_edited_is_refused(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.lock"
    text = locked(find_preset("amazon-main").preset).to_toml()
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(LockBroken):
        read_lock(path)
