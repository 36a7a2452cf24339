"""What the inspector says of a matte's defects."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from PIL import Image

from engine.matting.defects.defect import Defect
from engine.matting.recipe import Recipe
from engine.session.session import Session
from tui.browse.facts import defect_texts, matte_facts, outcome

HALO = Defect("halo", 0.8, 10, 10, 5, 5)
HOLE = Defect("hole filled", 0.6, 40, 40, 9, 9)


def test_defects_are_named_once_with_how_often(tmp_path: Path) -> None:
    Image.new("RGB", (80, 80)).save(tmp_path / "SKU1-front.jpg")
    with Session.open(tmp_path) as session:
        session.scan()
        photo = session.photos()[0]
        session.record_cut(
            photo.id,
            sha256="a" * 64,
            size=(80, 80),
            recipe=Recipe(model="u2netp", model_sha256="b" * 64),
            seconds=1.0,
            notes=(),
            defects=(HALO, HALO, HOLE),
        )
        photo = session.photos()[0]
    named = [fact.value for fact in matte_facts(photo) if fact.label == "Defect"]
    assert named == ["halo, 2 places", "hole filled"]
    assert "halo, 2 places  hole filled" in outcome(photo)


def test_a_matte_without_defects_says_nothing() -> None:
    assert defect_texts(SimpleNamespace(defects=())) == []  # type: ignore[arg-type]
    assert defect_texts(SimpleNamespace(defects=None)) == []  # type: ignore[arg-type]
