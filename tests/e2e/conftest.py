"""A session of real photos, cut, that the tests of pictures open: made once, copied for each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pictured import make_session


@pytest.fixture(scope="session")
def _cut_session(
    tmp_path_factory: pytest.TempPathFactory, sample_photos: Path, sample_truth: Path
) -> Path:
    return make_session(tmp_path_factory.mktemp("pictured") / "autumn", sample_photos, sample_truth)


@pytest.fixture
def cut_session(_cut_session: Path, tmp_path: Path) -> Path:
    """Return a session of three photos with their mattes, that nobody has looked at yet."""
    return shutil.copytree(_cut_session, tmp_path / "autumn")
