"""Where things are inside a session."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.session.layout import matte_path, state_folder

SESSION = Path("/shoot")
DIGEST = re.compile(r"[0-9a-f]{64}")


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_each_photo_and_recipe_has_a_file_of_its_own(photo: bytes, recipe: bytes) -> None:
    path = matte_path(SESSION, photo.hex(), recipe.hex())
    assert path.is_relative_to(state_folder(SESSION))
    assert (photo.hex(), recipe.hex()) == tuple(path.stem.split("-"))


@given(st.text())
@example("../../etc/passwd")
@example("A" * 64)
@example("a" * 64 + "\n")
def test_nothing_but_a_hash_becomes_a_path(text: str) -> None:
    if DIGEST.fullmatch(text):
        return
    for pair in ((text, "a" * 64), ("a" * 64, text)):
        with pytest.raises(ValueError, match="not a SHA-256"):
            matte_path(SESSION, *pair)
