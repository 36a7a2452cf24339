"""Fixtures of the tests of deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from seasonal import autumn, deliver_all

from engine.session.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Return a session with a season ``autumn`` of its own and two approved photos."""
    yield from autumn(tmp_path / "shoot")


@pytest.fixture
def delivered(session: Session) -> Session:
    """Return the session with its season delivered."""
    deliver_all(session)
    return session
