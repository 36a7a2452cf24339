"""Runs of ``bench speed``: kept, read back whatever lies beside them, compared in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.work.hardware import differences, facts
from engine.work.speed_record import (
    Figure,
    SpeedRun,
    changes,
    figure,
    last_like,
    last_run,
    save_run,
)

RUN = SpeedRun(
    made="2026-11-24T02:51:19+00:00",
    model="u2netp",
    provider="cpu",
    facts={"processor": "one", "onnxruntime": "1.31.0"},
    figures={"24 MP, network": Figure(0.4, 0.02), "24 MP, peak, MB": Figure(900.0)},
)


def _with(name: str, value: float, spread: float = 0.0) -> SpeedRun:
    return replace(RUN, figures=RUN.figures | {name: Figure(value, spread)})


def test_the_newest_run_of_a_model_is_found_again(tmp_path: Path) -> None:
    assert last_run(tmp_path) is None
    save_run(tmp_path, RUN)
    later = replace(RUN, made="2026-11-25T00:00:00+00:00", model="u2net")
    save_run(tmp_path, later)
    assert last_run(tmp_path) == later
    assert last_like(tmp_path, RUN) == RUN
    assert last_like(tmp_path, replace(RUN, model="modnet")) is None


def test_like_is_held_against_like_and_never_against_a_busy_moment(tmp_path: Path) -> None:
    save_run(tmp_path, RUN)
    save_run(tmp_path, replace(RUN, made="2026-11-26T00:00:00+00:00", plan="quick"))
    save_run(tmp_path, replace(RUN, made="2026-11-27T00:00:00+00:00", busy=True))
    assert last_like(tmp_path, RUN) == RUN
    assert last_run(tmp_path).busy


@pytest.mark.parametrize(
    "damage", ["", "[]", "{}", '{"figures": {"a": 3}}', json.dumps({"figures": {}, "facts": []})]
)
def test_a_damaged_run_is_passed_over(tmp_path: Path, damage: str) -> None:
    save_run(tmp_path, RUN)
    (tmp_path / "bench" / "speed-20270101T0000000000.json").write_text(damage)
    assert last_run(tmp_path) == RUN


def test_the_same_again_is_no_change() -> None:
    assert changes(RUN, RUN) == []
    assert changes(RUN, _with("24 MP, network", 0.44)) == []


def test_another_machine_and_library_are_named_first() -> None:
    now = replace(_with("24 MP, network", 0.9), facts={"processor": "two"}, provider="openvino")
    said = changes(RUN, now)
    assert said[:3] == [
        "processor two, was one",
        "onnxruntime missing, was 1.31.0",
        "provider openvino, was cpu",
    ]
    assert said[3] == "24 MP, network: slower, 0.9 s instead of 0.4 s (2.2 ×)"


def test_what_varies_much_has_to_change_more() -> None:
    assert changes(RUN, _with("24 MP, network", 0.5, spread=0.5)) == []
    (said,) = changes(RUN, _with("24 MP, network", 0.3))
    assert said == "24 MP, network: faster, 0.3 s instead of 0.4 s (75 %)"


def test_memory_is_no_time() -> None:
    (said,) = changes(RUN, _with("24 MP, peak, MB", 1800.0))
    assert said == "24 MP, peak, MB: more, 1800 instead of 900 (2.0 ×)"


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=9))
def test_a_figure_lies_among_what_was_measured(values: list[float]) -> None:
    found = figure(values)
    assert found.value in values
    assert found.spread >= 0


def test_this_machine_is_the_same_as_itself() -> None:
    here = facts()
    assert here["processor"]
    assert int(here["cores"]) >= 1
    assert differences(here, facts()) == []
