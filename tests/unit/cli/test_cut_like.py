"""``packshot cut --like``: what is like one photo, cut with the recipe that this one was given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from test_exporting import Here

from engine.serving import pools
from engine.session.session import Session
from engine.work.batch import Outcome
from engine.work.jobs import cut
from engine.work.recipes import resolve_recipe
from engine.work.session_jobs import cut_job, record_cut
from models.store import ModelStore
from tui.cli.main import run


def edge_shifts(folder: Path) -> dict[str, object]:
    with Session.open(folder) as session:
        return {
            photo.path.stem: photo.matte and photo.matte.recipe["edge_shift"]
            for photo in session.photos()
        }


def test_the_others_like_one_photo_get_its_recipe(
    tmp_path: Path,
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    monkeypatch.setattr(pools, "Workers", Here)
    for name in ("SKU1-front", "SKU2-front", "SKU3-back"):
        # With an alpha of its own, so that no network is needed.
        Image.new("RGBA", (30, 20), (200, 100, 50, 128)).save(tmp_path / f"{name}.png")
    like = ["cut", str(tmp_path), "--no-masters", "--like", "SKU1-front.png"]
    assert run(like) == 2
    assert "not cut yet: cut it first" in capsys.readouterr().err

    with Session.open(tmp_path) as session:
        model = session.photos()[0]
        recipe = replace(resolve_recipe(ModelStore(model_home), "u2netp"), edge_shift=2.0)
        job = cut_job(session, model, recipe, model_home)
        record_cut(session, model.id, Outcome(job, cut(job), None))
    assert run(like) == 0
    assert edge_shifts(tmp_path) == {"SKU1-front": 2.0, "SKU2-front": 2.0, "SKU3-back": None}
    assert run(like) == 0
    told = capsys.readouterr()
    assert "every photo like SKU1-front.png is cut already" in told.err
    assert told.out.endswith("nothing to cut\n")
    assert run([*like[:-1], "SKU9.png"]) == 2
    assert run([*like, "--model", "u2netp"]) == 2
