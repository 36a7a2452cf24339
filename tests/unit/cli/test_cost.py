"""``packshot cost``: the figures of this machine against a cloud's price."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.store import ModelStore
from tui.cli.main import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path / "home"))
    return ModelStore()


def test_the_time_is_what_was_measured_here(store: ModelStore, capsys: Captured) -> None:
    store.record_timing(store.default().id, 2.5)
    assert run(["cost", "--photos", "3600", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["assumptions"]["seconds"] == 2.5
    assert store.default().id in told["assumptions"]["seconds_source"]
    assert told["result"]["busy_hours"] == pytest.approx(2.5)


def test_without_a_measurement_it_has_to_be_given(store: ModelStore, capsys: Captured) -> None:
    assert run(["cost"]) == 2
    assert "--seconds" in capsys.readouterr().err
    assert run(["cost", "--seconds", "1"]) == 0
    assert "1.00 s each (given)" in capsys.readouterr().out


def test_a_session_without_mattes_gives_no_time(sample_photos: Path, capsys: Captured) -> None:
    assert run(["cost", "--session", str(sample_photos)]) == 2
    assert "no mattes yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        ([], "from 251 images a month on"),
        (["--cloud-price", "0"], "never becomes cheaper"),
        (["--machine-price", "0"], "cheaper at every volume"),
        (["--cloud-price", "0.011", "--seconds", "600"], "more than one machine can do"),
    ],
)
def test_the_last_line_says_which_is_cheaper(
    capsys: Captured, arguments: list[str], verdict: str
) -> None:
    assert run(["cost", "--seconds", "1", *arguments]) == 0
    captured = capsys.readouterr()
    assert verdict in captured.out
    assert "65 W" in captured.err


@pytest.mark.parametrize("amount", ["nan", "inf", "-1", "x"])
@pytest.mark.parametrize("option", ["--seconds", "--watts", "--machine-years"])
def test_what_is_no_amount_is_a_usage_error(option: str, amount: str) -> None:
    assert run(["cost", "--seconds", "1", option, amount]) == 2


def test_nothing_may_be_divided_by_zero() -> None:
    for option in ("--seconds", "--hours", "--machine-years"):
        assert run(["cost", "--seconds", "1", option, "0"]) == 2
    assert run(["cost", "--seconds", "1", "--photos", "0"]) == 0
