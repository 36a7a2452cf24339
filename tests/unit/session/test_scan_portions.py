"""Many new photos come in portions: the first are there at once, and nothing is read in vain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.session.session import Session

Save = Callable[..., Path]


class Stop(Exception):
    """Stops a scan."""


@pytest.fixture
def many(tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with nine photos, which are read one, two, four and two at a time."""
    monkeypatch.setattr("engine.session.scan._FIRST_PORTION", 1)
    for number in range(9):
        save(tmp_path / "shoot" / f"SKU{number}-front.jpg", number)
    return tmp_path / "shoot"


def test_whoever_follows_sees_the_first_before_the_last_are_read(many: Path) -> None:
    with Session.open(many) as session, Session.open(many) as follower:
        seen: list[tuple[int, int, int]] = []
        session.scan(lambda done, total: seen.append((done, total, len(follower.photos()))))
        assert [done for done, _, _ in seen] == list(range(1, 10))
        assert {total for _, total, _ in seen} == {9}
        assert [there for _, _, there in seen] == [0, 1, 1, 3, 3, 3, 3, 7, 7]
        assert len(follower.photos()) == 9


def test_the_report_tells_all_portions(many: Path) -> None:
    with Session.open(many) as session:
        report = session.scan()
        assert report.total == len(report.added) == 9
        assert list(report.added) == sorted(report.added)
        assert session.scan().added == ()


def test_a_scan_that_is_stopped_keeps_what_it_has_written(many: Path) -> None:
    def stop(done: int, _: int) -> None:
        if done == 5:
            raise Stop

    with Session.open(many) as session:
        with pytest.raises(Stop):
            session.scan(stop)
        assert len(session.photos()) == 3
        assert len(session.scan().added) == 6


def test_photos_that_another_scan_has_found_meanwhile_are_not_added_twice(many: Path) -> None:
    with Session.open(many) as session, Session.open(many) as other:

        def interfere(done: int, _: int) -> None:
            if done == 4:
                other.scan()

        session.scan(interfere)
        assert len(session.photos()) == 9
