"""A season under lock: what it forbids, what it lets pass, and what the log says of it."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.atomic import write_atomic
from engine.delivery.export_job import ExportJob, export, export_jobs, record_export
from engine.delivery.seasons.audit import AuditLog
from engine.delivery.seasons.lock import lock_in_force, unlock_season
from engine.delivery.seasons.proofs import remade, season_proofs
from engine.delivery.seasons.season import (
    held_presets,
    lock_season,
    locked_recipe,
    open_season,
)
from engine.errors import AuditBroken, MatteNotHeld, SessionReadOnly
from engine.imaging.encode import encode_matte
from engine.matting import recipe as recipe_module
from engine.matting.recipe import Recipe
from engine.session.layout import matte_path, store_path
from engine.session.session import Session
from presets.errors import ChangedUnderLock, LockBroken, SeasonUnknown
from presets.loader import BUILT_IN, find_preset
from presets.lock import lock_path

RECIPE = Recipe(model="u2netp", model_sha256="ab" * 32)
SEASON = """\
schema_version = 1
name = "autumn"
title = "Autumn"
starts = 2026-09-01
ends = 2027-02-28
presets = ["meta", "email-comp"]
"""


def add_cut(session: Session, photo_id: int, recipe: Recipe = RECIPE) -> None:
    """Give a photo the matte of its disc."""
    photo = session.photo(photo_id)
    data = (session.folder / photo.path).read_bytes()
    alpha = np.zeros((360, 400), np.uint8)
    cv2.circle(alpha, (200, 180), 149, 255, -1, cv2.LINE_AA)
    sha256 = hashlib.sha256(data).hexdigest()
    write_atomic(matte_path(session.folder, sha256, recipe.digest()), encode_matte(alpha))
    session.record_cut(
        photo_id, sha256=sha256, size=(400, 360), recipe=recipe, seconds=0.1, notes=()
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Return a session with a season of its own and two approved photos."""
    folder = tmp_path / "shoot"
    (folder / "seasons").mkdir(parents=True)
    (folder / "presets").mkdir()
    (folder / "seasons" / "autumn.toml").write_text(SEASON, "utf-8")
    shutil.copy(BUILT_IN / "meta.toml", folder / "presets")
    for number in (1, 2):
        pixels = np.full((360, 400, 3), 180, np.uint8)
        cv2.circle(pixels, (200, 180), 150, (20, number, 120), -1, cv2.LINE_AA)
        Image.fromarray(pixels).save(folder / f"SKU{number}-front.png", compress_level=1)
    with Session.open(folder, person="anna@desk") as opened:
        opened.scan()
        for photo in opened.photos():
            add_cut(opened, photo.id)
        opened.judge([photo.id for photo in opened.photos()], "approved")
        yield opened


def change(session: Session, before: str, after: str, name: str = "presets/meta.toml") -> None:
    path = session.folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def jobs(session: Session, season: str | None = "autumn") -> list[ExportJob]:
    presets = [loaded.preset for loaded in open_season(session.folder, "autumn").presets]
    return export_jobs(session, presets, season=season)


def deliver_all(session: Session) -> None:
    for job in jobs(session):
        record_export(session, job, export(job))


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
    with pytest.raises(ChangedUnderLock, match=r"rendering\.version"):
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
    assert events == ["lock", "unlock", "adopt"]


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


def problems(session: Session) -> list[tuple[str, ...]]:
    """Return what speaks against each delivery, made again included."""
    found = []
    for proof in season_proofs(session, "autumn", AuditLog(session.folder).entries()):
        again = () if proof.again is None else (remade(proof.again),)
        differs = () if again in {(), (proof.delivery.sha256,)} else ("differs",)
        found.append((*proof.problems, *differs))
    return found


def test_every_delivery_of_a_locked_season_is_proven(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    deliver_all(session)
    deliver_all(session)  # what is there already is no further delivery
    assert problems(session) == [()] * 4
    shutil.move(session.folder / "SKU1-front.png", session.folder / "SKU1-moved.png")
    session.scan()
    unlock_season(session, "autumn", "the season is over")
    assert problems(session) == [()] * 4


def test_what_is_not_proven_is_named(session: Session) -> None:
    deliver_all(session)
    assert problems(session) == [("it was exported while the season was not locked",)] * 4
    lock_season(session, "autumn", RECIPE)
    deliver_all(session)
    assert problems(session) == [()] * 4
    first = session.deliveries.of_season("autumn")[4]
    assert first.lock
    (session.folder / first.path).write_bytes(b"other bytes")
    assert problems(session)[0] == ("the file was changed since it was written",)
    with closing(sqlite3.connect(store_path(session.folder))) as database:
        database.execute("UPDATE delivery SET lock = ? WHERE id = ?", ("ef" * 32, first.id))
        database.execute("UPDATE delivery SET sha256 = 'x' WHERE id = ?", (first.id + 1,))
        database.commit()
    found = problems(session)
    assert found[0][0] == "the audit log knows no lock efefefefefef"
    assert ("the file was changed since it was written", "differs") in found


def test_a_delivery_whose_matte_is_gone_is_not_proven(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    deliver_all(session)
    with closing(sqlite3.connect(store_path(session.folder))) as database:
        database.execute("DELETE FROM matte")
        database.commit()
    assert {told for (told,) in problems(session)} == {"its matte is not in the session any more"}
