"""A lock that travels as one file, and what was changed under one written back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from seasonal import RECIPE, add_cut, change, jobs

from engine.delivery.export_job import export
from engine.delivery.seasons.audit import AuditLog
from engine.delivery.seasons.lock import unlock_season
from engine.delivery.seasons.season import lock_season
from engine.delivery.seasons.sharing import adopt_file, restore_season
from engine.delivery.seasons.standing import standing
from engine.errors import SessionReadOnly
from engine.session.session import Session
from presets.errors import ChangedUnderLock, LockBroken, SeasonUnknown
from presets.loader import find_preset
from presets.lock import Lock, lock_path


@pytest.fixture
def sent(session: Session, tmp_path: Path) -> Path:
    """Return the lock of a season with a preset of its own, as it comes by e-mail."""
    change(session, "fill = 0.85", "fill = 0.8")
    lock_season(session, "autumn", RECIPE)
    file = tmp_path / "mail" / "lock from Anna.txt"
    file.parent.mkdir()
    shutil.copy(lock_path(session.folder, "autumn"), file)
    return file


@pytest.fixture
def there(session: Session, tmp_path: Path) -> Iterator[Session]:
    """Return a colleague's session: the same photos, and nothing of the season."""
    folder = tmp_path / "there"
    folder.mkdir()
    for photo in session.photos():
        shutil.copy(session.folder / photo.path, folder)
    with Session.open(folder, person="ben@mac") as other:
        other.scan()
        for photo in other.photos():
            add_cut(other, photo.id)
        other.judge([photo.id for photo in other.photos()], "approved")
        yield other


def test_the_file_alone_brings_all_that_a_season_needs(
    sent: Path, there: Session, session: Session
) -> None:
    adopted = adopt_file(there, sent)
    assert adopted.changes == ()
    assert sorted(path.relative_to(there.folder).as_posix() for path in adopted.written) == [
        "presets/meta.toml",
        "seasons/autumn.lock",
        "seasons/autumn.toml",
    ]  # email-comp is built in, and says the same
    (entry,) = AuditLog(there.folder).entries()
    assert (entry.event, entry.person, entry.details["seal"]) == (
        "adopt",
        "ben@mac",
        adopted.lock.seal,
    )
    assert adopt_file(there, sent).written == ()
    assert len(AuditLog(there.folder).entries()) == 1
    mine = {job.preset.name: export(job).sha256 for job in jobs(session)}
    theirs = {job.preset.name: export(job).sha256 for job in jobs(there)}
    assert mine == theirs


def test_what_is_there_already_stays_and_is_told(sent: Path, there: Session) -> None:
    (there.folder / "presets").mkdir()
    own = there.folder / "presets" / "meta.toml"
    shutil.copy(find_preset("meta").path, own)
    before = own.read_bytes()
    adopted = adopt_file(there, sent)
    assert [change.field for change in adopted.changes] == ["presets.meta.placement.fill"]
    assert own.read_bytes() == before
    with pytest.raises(ChangedUnderLock, match="seasons restore autumn"):
        jobs(there)
    ((written, kept),) = restore_season(there, "autumn")
    assert written == own
    assert kept is not None
    assert kept.read_bytes() == before
    assert find_preset("meta", there.folder).preset.placement.fill == 0.8
    assert len(jobs(there)) == 4
    assert AuditLog(there.folder).entries()[-1].event == "restore"


@pytest.mark.parametrize("harm", ["changed", "broken", "gone", "all gone"])
def test_a_season_is_written_back_as_it_was_locked(session: Session, harm: str) -> None:
    change(session, "fill = 0.85", "fill = 0.8")
    lock, _ = lock_season(session, "autumn", RECIPE)
    preset = session.folder / "presets" / "meta.toml"
    match harm:
        case "changed":
            change(session, "fill = 0.8", "fill = 0.9")
        case "broken":
            preset.write_text("[", "utf-8")
        case "gone":
            preset.unlink()
        case "all gone":
            preset.unlink()
            (session.folder / "seasons" / "autumn.toml").unlink()
    assert standing(session.folder, "autumn").state == "changed"
    restore_season(session, "autumn")
    assert standing(session.folder, "autumn").state == "locked"
    assert {job.lock for job in jobs(session)} == {lock.hash}
    assert restore_season(session, "autumn") == []


def test_files_that_were_set_aside_before_are_kept(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    change(session, "fill = 0.85", "fill = 0.8")
    restore_season(session, "autumn")
    change(session, "fill = 0.85", "fill = 0.7")
    restore_season(session, "autumn")
    kept = sorted(path.name for path in (session.folder / "presets").glob("*.old*"))
    assert kept == ["meta.toml.old1", "meta.toml.old2"]


def test_only_a_locked_season_can_be_restored(session: Session) -> None:
    with pytest.raises(LockBroken, match="is not locked"):
        restore_season(session, "autumn")
    with pytest.raises(SeasonUnknown):
        restore_season(session, "winter")


def test_another_rendering_cannot_be_restored(
    session: Session, sent: Path, there: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.delivery.seasons.season.RENDERING_VERSION", 99)
    with pytest.raises(ChangedUnderLock, match=r"rendering\.version"):
        restore_season(session, "autumn")
    with pytest.raises(ChangedUnderLock, match=r"rendering\.version"):
        adopt_file(there, sent)
    assert not (there.folder / "seasons").exists()


def test_another_lock_in_force_is_not_replaced(sent: Path, session: Session) -> None:
    unlock_season(session, "autumn", "other recipe")
    lock_season(session, "autumn", replace(RECIPE, edge_shift=1.0))
    with pytest.raises(LockBroken, match="under another lock here, of anna@desk"):
        adopt_file(session, sent)


def test_a_lock_that_was_unlocked_is_taken_over_by_a_person(sent: Path, session: Session) -> None:
    unlock_season(session, "autumn", "a mistake")
    adopted = adopt_file(session, sent)
    assert {job.lock for job in jobs(session)} == {adopted.lock.hash}
    events = [entry.event for entry in AuditLog(session.folder).entries()]
    assert events == ["lock", "unlock", "adopt"]


@pytest.mark.parametrize("name", ["../../evil", "a/b", "x\x1b[2J"])
def test_a_lock_writes_nowhere_else(
    sent: Path, session: Session, there: Session, name: str
) -> None:
    locked = standing(session.folder, "autumn").lock
    assert locked is not None
    before = sorted(there.folder.parent.rglob("*"))
    for evil in (_renamed_season(locked, name), _renamed_preset(locked, name)):
        sent.write_text(evil.to_toml(), "utf-8")
        with pytest.raises((LockBroken, SeasonUnknown)):
            adopt_file(there, sent)
    assert sorted(there.folder.parent.rglob("*")) == before


def _renamed_season(lock: Lock, name: str) -> Lock:
    return replace(lock, season={**lock.season, "name": name})


def _renamed_preset(lock: Lock, name: str) -> Lock:
    return replace(
        lock,
        season={**lock.season, "presets": [name, "email-comp"]},
        presets={name: {**lock.presets["meta"], "name": name}, **dict([*lock.presets.items()][1:])},
    )


def test_nothing_is_written_into_a_session_that_is_only_looked_at(
    sent: Path, there: Session
) -> None:
    with Session.open(there.folder, readonly=True) as looked_at:
        with pytest.raises(SessionReadOnly):
            adopt_file(looked_at, sent)
        with pytest.raises(SessionReadOnly):
            restore_season(looked_at, "autumn")
