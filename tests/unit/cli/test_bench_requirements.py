"""What packshot has to show beside another program is judged as it is written down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from engine.matting.metrics import Quality
from tui.cli.scenes import Scene

THEIRS = Quality(0.9, 0.02, 40, 0.01, 60, 0.6, 0.2, 0.3, 0.01, 0.05, 0.0, 0, 2, 20, 20, 8)
HALF = Quality(0.95, 0.01, 20, 0.005, 30, 0.75, 0.1, 0.2, 0.005, 0.02, 0.0, 2, 2, 10, 10, 4)
PAPER = {stem: Scene("white seamless", frozenset()) for stem in "ab"}
TABLE = {stem: Scene("tabletop", frozenset()) for stem in "ab"}


@pytest.fixture
def requirements(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    import importlib

    monkeypatch.syspath_prepend(Path(__file__).parents[3] / "bench")
    return importlib.import_module("requirements")


def failed(
    requirements: ModuleType, ours: Quality, scenes: dict[str, Scene], *, coarse: bool = True
) -> list[str]:
    checks = requirements.check_all(
        dict.fromkeys(scenes, ours), dict.fromkeys(scenes, THEIRS), scenes, coarse=coarse
    )
    return [check.what for check in checks if not check.holds]


def test_half_of_the_error_is_enough(requirements: ModuleType) -> None:
    assert failed(requirements, HALF, PAPER) == []
    assert failed(requirements, HALF, TABLE) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sad": 20.1}, "mean SAD"),
        ({"gradient": 31}, "median GRAD"),
        ({"band": 0.11}, "mean BAND"),
        ({"boundary_f": 0.74}, "mean BF"),
        ({"sad": 41}, "no photo worse"),
        ({"holes_open": 1}, "holes"),
        ({"solid_lost": 0.02}, "solid interior"),
        ({"delta_e": 4.1}, "mean dE"),
    ],
)
def test_each_shortcoming_is_named(
    requirements: ModuleType, change: dict[str, float], told: str
) -> None:
    worse = replace(HALF, **change)
    assert any(told in what for what in failed(requirements, worse, PAPER))


def test_a_finer_network_has_only_its_band_to_halve(requirements: ModuleType) -> None:
    ours = replace(HALF, sad=39, gradient=59, boundary_f=0.61)
    assert failed(requirements, ours, PAPER, coarse=False) == []
    assert len(failed(requirements, replace(ours, band=0.15), PAPER, coarse=False)) == 2


def test_on_a_tabletop_nothing_may_be_worse(requirements: ModuleType) -> None:
    ours = replace(THEIRS, gradient=59, boundary_f=0.61, holes_open=2, delta_e=4)
    assert failed(requirements, ours, TABLE) == []
    worse = failed(requirements, replace(ours, mse=0.011), TABLE)
    assert worse == ["other backgrounds: no mean figure worse"]


def test_glass_and_thin_parts_are_looked_at_by_themselves(requirements: ModuleType) -> None:
    scenes = PAPER | {"a": Scene("tabletop", frozenset({"glass", "thin legs"}))}
    ours = {"a": replace(HALF, sad=40.4), "b": HALF}
    checks = requirements.check_all(ours, dict.fromkeys(scenes, THEIRS), scenes, coarse=True)
    told = {check.what: check for check in checks if "glass" in check.what or "thin" in check.what}
    assert [check.holds for check in told.values()] == [False, False]
    assert all("a " in check.found for check in told.values())
