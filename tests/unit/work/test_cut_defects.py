"""When a cut looks for defects, and that the session learns of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.matting.recipe import Recipe
from engine.matting.sight import Sight
from engine.session.session import Session
from engine.work import cutting
from engine.work.batch import Outcome
from engine.work.session_jobs import cut_job, record_cut

RECIPE = Recipe(model="u2netp", model_sha256="5" * 64, refine=False)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the models that the photos were shown to; each sees something cut off by the frame."""
    shown: list[str] = []

    def sight(pixels: NDArray[np.uint8], model: str, home: Path, **how: object) -> Sight:
        shown.append(model)
        seen = np.zeros((64, 64), np.float32)
        seen[20:50, 30:] = 1
        return Sight(seen, None)

    running = SimpleNamespace(provider="cpu", news=tuple)
    monkeypatch.setattr(cutting, "sight", sight)
    monkeypatch.setattr(cutting, "network", lambda model, home: running)
    return shown


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (256, 256), (180, 180, 180)).save(tmp_path / "SKU1-front.png")
    return tmp_path


def cut(session: Session) -> cutting.CutResult:
    (photo,) = session.photos()
    job = cut_job(session, photo, RECIPE, session.folder)
    result = cutting.cut(job)
    record_cut(session, photo.id, Outcome(job, result, None))
    return result


def kinds(session: Session) -> set[str] | None:
    (photo,) = session.photos()
    if photo.matte is None or photo.matte.defects is None:
        return None
    return {defect.kind for defect in photo.matte.defects}


def test_a_new_matte_is_measured_once(folder: Path, looks: list[str]) -> None:
    with Session.open(folder) as session:
        session.scan()
        assert cut(session).defects is not None
        assert "wrong crop" in (kinds(session) or ())
        assert cut(session).skipped
        assert "wrong crop" in (kinds(session) or ())


def test_a_matte_from_before_is_measured_without_another_look(
    folder: Path, looks: list[str]
) -> None:
    with Session.open(folder) as session:
        session.scan()
        (photo,) = session.photos()
        cutting.cut(cut_job(session, photo, RECIPE, folder))  # killed before it could be recorded
        assert kinds(session) is None
        assert not cut(session).skipped
        assert "wrong crop" in (kinds(session) or ())
        assert len(looks) == 1


def test_a_photo_that_was_cut_elsewhere_is_not_measured(folder: Path, looks: list[str]) -> None:
    alone = Image.new("RGBA", (256, 256), (180, 20, 20, 0))
    alone.paste((180, 20, 20, 255), (100, 100, 256, 200))
    alone.save(folder / "SKU1-front.png")
    with Session.open(folder) as session:
        session.scan()
        assert cut(session).defects == ()
        assert kinds(session) == set()
        assert looks == []
