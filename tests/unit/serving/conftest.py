"""A runtime folder of its own for every test: no test meets a service of the person's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.work.workers import Workers

_HELPERS = Path(__file__).parents[1] / "work"


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder for sockets, whose path is short enough for them."""
    with tempfile.TemporaryDirectory(prefix="ps-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setenv("PYTHONPATH", str(_HELPERS), prepend=os.pathsep)
        yield Path(folder)


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    """Return a pool of one worker, which a service lends."""
    with Workers(1) as pool:
        yield pool
