"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from models.store import ModelStore

# ONNX Runtime collects telemetry on import unless it is told not to.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# How long an example takes depends on who else is using the machine; it is never a failure.
settings.register_profile("packshot", deadline=None)
settings.load_profile("packshot")

# Where the tests run behind a shell's prompt, Ctrl+C is ignored, by all that they start, too.
signal.signal(signal.SIGINT, signal.default_int_handler)

PROJECT = Path(__file__).resolve().parents[1]


def pytest_collection_finish() -> None:
    """Leave all that was imported for the tests out of what the interface tidies while it rests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def model_home() -> Path:
    """Return a packshot home with the real u2netp weights, kept between runs of the tests.

    The weights come through ``ModelStore.install``, the way that a new user gets them.
    """
    home = Path(os.environ.get("PACKSHOT_TEST_HOME", PROJECT / ".cache" / "test-home"))
    store = ModelStore(home)
    if not store.is_installed("u2netp"):
        store.install("u2netp")
    return home


@pytest.fixture(scope="session")
def sample_photos() -> Path:
    """Return the folder of the demo's thirteen photos."""
    return PROJECT / "tui" / "demo" / "photos"


@pytest.fixture(scope="session")
def sample_truth() -> Path:
    """Return the folder of the exact alpha of the demo's photos."""
    return PROJECT / "tests" / "data" / "sample-alpha"


@pytest.fixture(autouse=True)
def _own_config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests away from the configuration of the person who runs them."""
    monkeypatch.setenv("PACKSHOT_CONFIG", str(tmp_path_factory.mktemp("config")))
