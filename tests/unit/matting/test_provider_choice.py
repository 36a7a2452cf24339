"""Which provider is taken: the faster one that says the same; made up here, but for the last."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.matting.network import Network
from engine.matting.runtime import choice, openvino, ort
from engine.matting.runtime.choice import (
    FORCE,
    FULL_PRECISION,
    choose,
    kept,
    measure,
    measure_and_keep,
)
from engine.matting.runtime.truncate import truncate
from models.calibrated import Calibration
from models.ready import Ready
from models.spec import ModelSpec
from models.store import ModelStore

Blob = NDArray[np.float32]


class _Clock:
    """A clock that goes on only when somebody works."""

    now = 0.0

    worked = 0.0

    def perf_counter(self) -> float:
        return self.now

    def process_time(self) -> float:
        return self.worked


class _Made:
    """A network that answers with its input's red channel, off by so much, after so long.

    All of them wait for other programs that have the processor: ``waits``.
    """

    waits = 0.0

    def __init__(self, provider: str, off: float, seconds: float) -> None:
        self.provider, self._off, self._seconds = provider, off, seconds

    def run(self, blob: Blob) -> Blob:
        _CLOCK.now += self._seconds + self.waits
        _CLOCK.worked += 0 if self.provider == "cuda" else self._seconds
        return blob[:, :1].clip(0.2, 0.8) + np.float32(self._off)


_CLOCK = _Clock()
SIDE = 32


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "time", _CLOCK)


@pytest.fixture
def spec() -> ModelSpec:
    return ModelSpec(
        id="made-up",
        licence="MIT",
        input_size=32,
        mean=(0, 0, 0),
        std=(1, 1, 1),
        file="made-up.onnx",
        bytes=1,
        sha256="cd" * 32,
    )


def _loader(**made: tuple[float, float]) -> Callable[[str], _Made]:
    def load(name: str) -> _Made:
        if name not in made:
            raise RuntimeError("no driver\nand a page of detail")
        return _Made(name, *made[name])

    return load


def test_a_faster_one_that_says_the_same_wins(spec: ModelSpec) -> None:
    found = measure(spec, SIDE, ["cpu", "cuda"], _loader(cpu=(0, 0.02), cuda=(0.0001, 0.0)))
    assert found.provider == "cuda"
    assert found.seconds["cuda"] < found.seconds["cpu"]


def test_other_programs_do_not_decide_between_what_runs_on_the_processor(
    spec: ModelSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Made, "waits", 5.0)
    found = measure(spec, SIDE, ["cpu", "openvino"], _loader(cpu=(0, 0.02), openvino=(0, 0.01)))
    assert found.provider == "openvino"
    assert found.seconds == pytest.approx({"cpu": 0.02, "openvino": 0.01})


def test_a_choice_can_be_measured_again(spec: ModelSpec, tmp_path: Path) -> None:
    ready = Ready(tmp_path, spec.sha256)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choice, "offered", lambda: ["cpu", "openvino"])
        choose(spec, SIDE, ready, _loader(cpu=(0, 0.01), openvino=(0, 0.02)))
        assert kept(spec, ready).provider == "cpu"
        measure_and_keep(spec, SIDE, ready, _loader(cpu=(0, 0.02), openvino=(0, 0.01)))
        assert kept(spec, ready).provider == "openvino"
        assert choose(spec, SIDE, ready, _loader())[0].provider == "openvino"


def test_one_that_says_something_else_is_refused_however_fast(spec: ModelSpec) -> None:
    found = measure(spec, SIDE, ["cpu", "cuda"], _loader(cpu=(0, 0.01), cuda=(0.1, 0.0)))
    assert found.provider == "cpu"
    assert "0.1" in found.refused["cuda"]
    assert not found.failed


def test_what_is_not_a_number_is_refused(spec: ModelSpec) -> None:
    found = measure(spec, SIDE, ["cpu", "cuda"], _loader(cpu=(0, 0.01), cuda=(float("nan"), 0.0)))
    assert found.provider == "cpu"
    assert "cuda" in found.refused


def test_one_hardly_faster_is_not_worth_it(spec: ModelSpec) -> None:
    found = measure(spec, SIDE, ["cpu", "cuda"], _loader(cpu=(0, 0.02), cuda=(0, 0.019)))
    assert found.provider == "cpu"


def test_one_that_fails_is_named_in_a_line_and_left_out(spec: ModelSpec) -> None:
    found = measure(spec, SIDE, ["cpu", "cuda"], _loader(cpu=(0, 0)))
    assert (found.provider, found.failed) == ("cpu", {"cuda": "no driver"})


def test_a_choice_is_measured_once_and_kept(
    spec: ModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(FORCE, raising=False)
    monkeypatch.setattr(choice, "offered", lambda: ["cpu", "cuda"])
    ready = Ready(tmp_path, spec.sha256)
    first, told = choose(spec, SIDE, ready, _loader(cpu=(0, 0.02), cuda=(0, 0)))
    assert (first.provider, told) == ("cuda", True)
    slower_now = _loader(cpu=(0, 0), cuda=(0, 0.02))
    assert choose(spec, SIDE, ready, slower_now) == (first, False)
    assert kept(spec, ready) == first

    monkeypatch.setattr(choice, "offered", lambda: ["cpu", "cuda", "openvino"])
    assert choose(spec, SIDE, ready, slower_now)[0].provider == "cpu"


def test_what_was_measured_before_the_integers_counts_no_more(
    spec: ModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "offered", lambda: ["cpu", "openvino"])
    ready = Ready(tmp_path, spec.sha256)
    choose(spec, SIDE, ready, _loader(cpu=(0, 0.02), openvino=(0, 0.01)))
    assert kept(spec, ready) is not None
    measured = Calibration({}, frozenset(), "12345678")
    monkeypatch.setattr(choice, "calibration", lambda *_: measured)
    assert kept(spec, ready) is None


@pytest.mark.parametrize("damage", ["", "[]", '{"provider": "abacus"}', '{"provider": 3, "x": 1}'])
def test_a_damaged_note_is_measured_again(
    spec: ModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.delenv(FORCE, raising=False)
    monkeypatch.setattr(choice, "offered", lambda: ["cpu", "cuda"])
    ready = Ready(tmp_path, spec.sha256)
    choose(spec, SIDE, ready, _loader(cpu=(0, 0)))
    next(tmp_path.rglob("provider-*.json")).write_text(damage)
    assert kept(spec, ready) is None
    assert choose(spec, SIDE, ready, _loader(cpu=(0, 0)))[0].provider == "cpu"


def test_a_person_has_the_last_word(
    spec: ModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "offered", lambda: ["cpu", "cuda"])
    ready = Ready(tmp_path, spec.sha256)
    monkeypatch.setenv(FORCE, "CUDA")
    assert choose(spec, SIDE, ready, _loader())[0].provider == "cuda"
    for name in ("coreml", "abacus"):
        monkeypatch.setenv(FORCE, name)
        found, told = choose(spec, SIDE, ready, _loader())
        assert (found.provider, told) == ("cpu", True)
        assert name in found.failed


@pytest.fixture
def store(tmp_path: Path, model_home: Path) -> ModelStore:
    """Return a store with u2netp of which nothing was made ready."""
    store = ModelStore(tmp_path)
    store.import_file(ModelStore(model_home).verified_path("u2netp"))
    return store


def test_integers_are_not_held_against_the_processor_but_what_differs_from_full_precision_is(
    model_home: Path,
) -> None:
    spec = ModelStore(model_home).spec("u2netp")
    made = {"cpu": (0.1, 0.02), FULL_PRECISION: (0, 0.05), "cuda": (0, 0.03), "openvino": (0.1, 0)}
    found = measure(spec, SIDE, ["cpu", "cuda", "openvino"], _loader(**made))
    assert found.provider == "cpu"
    assert list(found.seconds) == ["cpu", "cuda"]
    assert list(found.refused) == ["openvino"]


def test_a_network_from_what_was_made_ready_says_the_same(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FORCE, FULL_PRECISION)
    path, spec = store.verified_path("u2netp"), store.spec("u2netp")
    blob = (
        np.random.default_rng(1)
        .normal(size=(1, 3, spec.quick.side, spec.quick.side))
        .astype(np.float32)
    )
    part = truncate(path.read_bytes(), spec.quick.output, spec.quick.side)
    plain = ort.OrtNetwork(ort.session(part, 1), "cpu").run(blob)
    Network(path, spec, threads=1)
    ready = next(path.parent.glob(".ready/*/cpu-*"))
    (ready / "weights.bin").write_bytes(b"damaged")
    assert Network(path, spec, threads=1).provider == FULL_PRECISION
    assert (ort.open_prepared(ready, 1).run(blob) == plain).all()
    store.remove("u2netp")
    assert not list(path.parent.glob(".ready/*"))


def test_a_provider_that_fails_when_it_is_wanted_costs_only_its_speed(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "offered", lambda: ["cpu", "cuda"])
    monkeypatch.setenv(FORCE, "cuda")
    network = Network(store.verified_path("u2netp"), store.spec("u2netp"), threads=1)
    assert network.provider == "cpu"
    assert "cuda" in network.news()[0]
    assert not network.news()


def test_openvino_says_what_the_processor_says(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("openvino") is None:
        pytest.skip("the extra openvino is not installed")
    path, spec = store.verified_path("u2netp"), store.spec("u2netp")
    pixels = np.full((600, 600, 3), 240, np.uint8)
    pixels[200:450, 250:350] = (30, 60, 90)
    said = {}
    for name in (FULL_PRECISION, "openvino"):
        monkeypatch.setenv(FORCE, name)
        network = Network(path, spec, threads=1)
        assert network.provider == name
        said[name] = network.probability(pixels, network.spec.quick)
    assert np.abs(said[FULL_PRECISION] - said["openvino"]).max() < 1e-3
    assert openvino.offered()
    # It reports every import to its makers by that package, which must not have been loaded.
    assert "openvino_telemetry.main" not in sys.modules
