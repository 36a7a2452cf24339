"""A season under lock: what it forbids, what it lets pass, and what the log says of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from seasonal import RECIPE, add_cut, change, jobs

from engine.delivery.export_job import export, export_jobs
from engine.delivery.own_presets import copy_preset, replace_preset, require_editable
from engine.delivery.seasons.audit import AuditLog
from engine.delivery.seasons.lock import lock_in_force, unlock_season
from engine.delivery.seasons.season import (
    held_presets,
    lock_season,
    locked_recipe,
    open_season,
    season_for,
    unheld,
)
from engine.delivery.seasons.standing import standing, standings
from engine.errors import AuditBroken, MatteNotHeld, SessionReadOnly
from engine.matting import recipe as recipe_module
from engine.session.session import Session
from presets.errors import ChangedUnderLock, LockBroken, PresetLocked, SeasonUnknown
from presets.loader import find_preset
from presets.lock import lock_path


def test_a_lock_holds_all_that_decides_the_files(session: Session) -> None:
    lock, is_new = lock_season(session, "autumn", RECIPE)
    assert is_new
    assert set(lock.presets) == {"meta", "email-comp"}
    assert lock.recipe == RECIPE.content()
    assert lock.rendering["version"] == recipe_module.RENDERING_VERSION
    assert lock_in_force(session.folder, "autumn") == lock
    assert lock_season(session, "autumn", RECIPE) == (lock, False)
    (entry,) = AuditLog(session.folder).entries()
    assert (entry.event, entry.season, entry.person) == ("lock", "autumn", "anna@desk")
    assert entry.details["lock"] == lock.hash


@pytest.mark.parametrize(
    ("name", "before", "after", "field"),
    [
        ("presets/meta.toml", "fill = 0.85", "fill = 0.9", "presets.meta.placement.fill"),
        ("presets/meta.toml", "minimum = 500", "minimum = 501", "presets.meta.rules (entry 1)"),
        ("seasons/autumn.toml", "2027-02-28", "2027-03-01", "season.ends"),
        ("seasons/autumn.toml", ', "email-comp"', "", "presets.email-comp"),
    ],
)
def test_what_was_changed_is_refused_and_named(
    session: Session, name: str, before: str, after: str, field: str
) -> None:
    lock_season(session, "autumn", RECIPE)
    change(session, before, after, name)
    with pytest.raises(ChangedUnderLock) as caught:
        open_season(session.folder, "autumn")
    assert caught.value.exit_status == 1
    assert caught.value.differences[0].field.startswith(field)
    assert field in str(caught.value)


@pytest.mark.parametrize("text", ["[canvas", 'title = "only"', None])
def test_a_locked_preset_that_cannot_be_read_is_a_change(
    session: Session, text: str | None
) -> None:
    lock_season(session, "autumn", RECIPE)
    if text is None:
        (session.folder / "seasons" / "autumn.toml").unlink()
    else:
        (session.folder / "presets" / "meta.toml").write_text(text)
    with pytest.raises(ChangedUnderLock):
        open_season(session.folder, "autumn")


def test_comments_and_copies_are_no_change(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    change(session, "[canvas]", "# ours\n[canvas]")
    open_season(session.folder, "autumn")
    (session.folder / "presets" / "meta.toml").unlink()  # the built-in one says the same
    open_season(session.folder, "autumn")


def test_a_preset_of_a_locked_season_is_held_however_it_is_exported(session: Session) -> None:
    lock, _ = lock_season(session, "autumn", RECIPE)
    meta = find_preset("meta", session.folder).preset
    held = {job.lock for job in export_jobs(session, [meta])}
    assert held == {lock.hash}
    changed = meta.model_copy(update={"title": "Ours"})
    with pytest.raises(ChangedUnderLock, match="title"):
        export_jobs(session, [changed])
    free = find_preset("ebay").preset
    assert {(job.lock, job.season) for job in export_jobs(session, [free])} == {(None, None)}


def test_another_rendering_is_refused(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    lock_season(session, "autumn", RECIPE)
    monkeypatch.setattr("engine.delivery.seasons.season.RENDERING_VERSION", 99)
    with pytest.raises(ChangedUnderLock, match=r"rendering\.version.*No preset was changed"):
        held_presets(session, [find_preset("meta", session.folder).preset])


def test_a_matte_of_another_network_is_not_exported(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    first, second = session.photos()
    add_cut(session, first.id, replace(RECIPE, model="other", model_sha256="cd" * 32))
    add_cut(session, second.id, replace(RECIPE, edge_shift=-1.0))
    session.judge([first.id, second.id], "approved")
    by_photo = {job.photo_id: job for job in jobs(session)}
    with pytest.raises(MatteNotHeld):
        export(by_photo[first.id])
    assert export(by_photo[second.id]).path.is_file()  # a choice for one photo is allowed


def test_another_file_of_the_network_is_refused(session: Session) -> None:
    lock, _ = lock_season(session, "autumn", RECIPE)
    assert locked_recipe(lock, RECIPE.model_sha256) == RECIPE
    with pytest.raises(ChangedUnderLock, match=r"recipe\.model_sha256"):
        locked_recipe(lock, "cd" * 32)


def test_unlocking_takes_a_reason_and_stays_in_the_log(session: Session) -> None:
    lock, _ = lock_season(session, "autumn", RECIPE)
    with pytest.raises(ValueError, match="reason"):
        unlock_season(session, "autumn", "  ")
    assert unlock_season(session, "autumn", "larger fill\x1b[2J") == lock.hash
    assert unlock_season(session, "autumn", "again") is None
    with pytest.raises(SeasonUnknown, match="Did you mean autumn"):
        unlock_season(session, "autum", "a slip")
    assert not lock_path(session.folder, "autumn").exists()
    change(session, "fill = 0.85", "fill = 0.9")
    assert open_season(session.folder, "autumn").lock is None
    second, is_new = lock_season(session, "autumn", RECIPE)
    assert is_new
    assert second.hash != lock.hash
    log = AuditLog(session.folder).entries()
    assert [entry.event for entry in log] == ["lock", "unlock", "lock"]
    assert log[1].details == {"lock": lock.hash, "reason": "larger fill\x1b[2J"}


def test_a_lock_that_is_deleted_or_exchanged_is_refused(session: Session) -> None:
    lock, _ = lock_season(session, "autumn", RECIPE)
    path = lock_path(session.folder, "autumn")
    text = path.read_text("utf-8")
    path.unlink()
    with pytest.raises(LockBroken, match="anna@desk had locked the season"):
        jobs(session)
    other = replace(lock, recipe=replace(RECIPE, edge_shift=1.0).content())
    path.write_text(other.to_toml(), "utf-8")
    with pytest.raises(LockBroken, match="another lock than the one in force"):
        jobs(session)
    path.write_text(text.replace("fill = 0.85", "fill = 0.9"), "utf-8")
    with pytest.raises(LockBroken, match="its hash does not fit"):
        jobs(session)
    assert unlock_season(session, "autumn", "a new lock comes from the team") == lock.hash
    path.write_text(other.to_toml(), "utf-8")
    assert {job.lock for job in jobs(session)} == {other.hash}
    events = [entry.event for entry in AuditLog(session.folder).entries()]
    assert [event for event in events if event != "refuse"] == ["lock", "unlock", "adopt"]


@pytest.mark.parametrize(
    ("field", "now"), [("person", 'person = "boss@hq"'), ("at", 'at = "2020-01-01T00:00:00"')]
)
def test_who_locked_a_season_and_when_is_vouched_for(
    session: Session, field: str, now: str
) -> None:
    lock_season(session, "autumn", RECIPE)
    path = lock_path(session.folder, "autumn")
    lines = path.read_text("utf-8").splitlines()
    changed = [now if line.startswith(f"{field} = ") else line for line in lines]
    assert changed != lines
    path.write_text("\n".join(changed), "utf-8")
    with pytest.raises(LockBroken, match="who locked it, or when"):
        jobs(session)
    # Nor by a new seal, which anybody can reckon: the log knows who it was.
    older = [line for line in changed if not line.startswith("seal = ")]
    older = ["schema_version = 1" if "schema_version = 2" in line else line for line in older]
    path.write_text("\n".join(older), "utf-8")
    with pytest.raises(LockBroken, match="the audit log says anna@desk"):
        jobs(session)


def test_a_lock_that_was_unlocked_and_comes_back_is_not_taken_over(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    path = lock_path(session.folder, "autumn")
    text = path.read_bytes()
    unlock_season(session, "autumn", "larger fill")
    path.write_bytes(text)  # as a synchronised folder brings it back
    with pytest.raises(LockBroken, match=r"unlocked by anna@desk .*larger fill.* has come back"):
        jobs(session)
    assert standing(session.folder, "autumn").state == "broken"
    path.unlink()
    assert {job.lock for job in jobs(session)} == {None}


def test_a_refusal_is_in_the_log(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    change(session, "fill = 0.85", "fill = 0.9")
    with pytest.raises(ChangedUnderLock):
        season_for(session, "autumn")
    with pytest.raises(ChangedUnderLock):
        export_jobs(session, [find_preset("meta", session.folder).preset])
    looked_at = Session.open(session.folder, readonly=True)
    with looked_at, pytest.raises(ChangedUnderLock):
        season_for(looked_at, "autumn")
    log = AuditLog(session.folder).entries()
    assert [(entry.event, entry.season) for entry in log] == [
        ("lock", "autumn"),
        ("refuse", "autumn"),
        ("refuse", "autumn"),
    ]
    assert "presets.meta.placement.fill: 0.85 → 0.9" in log[1].details["problem"]


def test_how_each_season_stands(session: Session) -> None:
    def states() -> dict[str, str]:
        return {each.name: each.state for each in standings(session.folder)}

    assert states() == {"autumn": "open", "sample": "open"}
    lock, _ = lock_season(session, "autumn", RECIPE)
    assert standing(session.folder, "autumn").lock == lock
    assert states()["autumn"] == "locked"
    change(session, "fill = 0.85", "fill = 0.9")
    assert standing(session.folder, "autumn").changes[0].field == "presets.meta.placement.fill"
    (session.folder / "seasons" / "autumn.toml").unlink()
    assert states()["autumn"] == "changed"  # its lock alone is there
    lock_path(session.folder, "autumn").write_text("[", "utf-8")
    assert states()["autumn"] == "broken"
    with pytest.raises(SeasonUnknown):
        standing(session.folder, "winter")


def test_approved_photos_that_a_lock_does_not_hold_are_counted(session: Session) -> None:
    first, _ = session.photos()
    add_cut(session, first.id, replace(RECIPE, model="other", model_sha256="cd" * 32))
    session.judge([first.id], "approved")
    lock, _ = lock_season(session, "autumn", RECIPE)
    assert unheld(session, lock) == 1


def test_a_colleagues_lock_is_taken_over_once(session: Session, tmp_path: Path) -> None:
    lock, _ = lock_season(session, "autumn", RECIPE)
    there = tmp_path / "there"
    for name in ("seasons", "presets"):
        shutil.copytree(session.folder / name, there / name)
    for photo in session.photos():
        shutil.copy(session.folder / photo.path, there)
    with Session.open(there, person="ben@mac") as other:
        other.scan()
        for photo in other.photos():
            add_cut(other, photo.id)
        other.judge([photo.id for photo in other.photos()], "approved")
        assert {job.lock for job in jobs(other)} == {lock.hash}
        jobs(other)
        (entry,) = AuditLog(there).entries()
    assert (entry.event, entry.person) == ("adopt", "ben@mac")
    assert entry.details["locked_by"] == "anna@desk"


def test_a_session_that_is_open_read_only_stays_as_it_is(session: Session) -> None:
    with Session.open(session.folder, readonly=True) as looked_at:
        with pytest.raises(SessionReadOnly):
            lock_season(looked_at, "autumn", RECIPE)
        with pytest.raises(SessionReadOnly):
            unlock_season(looked_at, "autumn", "why")
    assert not lock_path(session.folder, "autumn").exists()
    assert not AuditLog(session.folder).path.exists()


def test_an_altered_log_stops_exports(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    log = AuditLog(session.folder).path
    log.write_bytes(log.read_bytes().replace(b"anna", b"hans"))
    with pytest.raises(AuditBroken, match="line 1"):
        jobs(session)


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "", "a b", "sample\n"])
def test_no_name_leads_out_of_the_folder(session: Session, name: str) -> None:
    outside = session.folder / "outside.lock"
    outside.write_text("somebody's own", "utf-8")
    (session.folder / "seasons" / "Not Ours.lock").write_text("somebody's own", "utf-8")
    with pytest.raises(SeasonUnknown):
        unlock_season(session, name, "why")
    assert outside.exists()
    assert jobs(session)


def test_an_unknown_season_is_named(session: Session) -> None:
    with pytest.raises(SeasonUnknown, match="autum"):
        open_season(session.folder, "autumm")


def test_a_preset_that_a_lock_holds_cannot_be_edited_only_copied(session: Session) -> None:
    loaded = find_preset("meta", session.folder)
    require_editable(loaded, session.folder)
    lock_season(session, "autumn", RECIPE)
    with pytest.raises(PresetLocked, match="held by the lock of season autumn"):
        require_editable(loaded, session.folder)
    with pytest.raises(PresetLocked):
        edited = session.folder / "meta.toml"
        edited.write_text(loaded.path.read_text("utf-8").replace("0.85", "0.8"), "utf-8")
        replace_preset(loaded, edited, session.folder)
    path = copy_preset("meta", "meta-two", session.folder, into_session=True)
    require_editable(find_preset("meta-two", session.folder), session.folder)
    assert path.is_file()
    unlock_season(session, "autumn", "a test")
    require_editable(loaded, session.folder)
