"""A cut says which provider ran its network, and nothing where no network ran."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.matting.runtime.choice import FORCE
from engine.work import warm
from engine.work.jobs import CutJob, cut
from engine.work.recipes import resolve_recipe
from models.store import ModelStore


def test_a_cut_names_its_provider_and_tells_trouble_once(
    tmp_path: Path, model_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FORCE, "abacus")
    monkeypatch.setattr(warm, "_networks", {})
    pixels = np.full((60, 80, 3), 240, np.uint8)
    pixels[20:40, 30:50] = (30, 60, 90)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    recipe = resolve_recipe(ModelStore(model_home), "u2netp")
    job = CutJob(tmp_path / "a.png", recipe, model_home, force=True)
    first, second = cut(job), cut(job)
    assert first.provider == second.provider == "cpu"
    assert any("abacus" in note for note in first.notes)
    assert not any("abacus" in note for note in second.notes)

    Image.fromarray(np.dstack((pixels, pixels[..., 0]))).save(tmp_path / "a.png")
    assert cut(job).provider is None
