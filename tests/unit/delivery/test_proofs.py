"""The proof of a season: what was made under its lock, and what was not."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

from seasonal import RECIPE, change, deliver_all, jobs

from engine.delivery.export_job import export, export_jobs
from engine.delivery.recording import record_export
from engine.delivery.seasons.audit import AuditLog
from engine.delivery.seasons.events import log_deliveries, log_proof
from engine.delivery.seasons.lock import unlock_season
from engine.delivery.seasons.proofs import SeasonProofs, remade, season_proofs
from engine.delivery.seasons.season import lock_season
from engine.session.layout import store_path
from engine.session.session import Session
from presets.loader import find_preset


def proofs_of(session: Session) -> SeasonProofs:
    return season_proofs(session, "autumn", AuditLog(session.folder).entries())


def problems(session: Session) -> list[tuple[str, ...]]:
    """Return what speaks against each delivery, made again included."""
    found = []
    for proof in proofs_of(session).deliveries:
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


def test_what_was_made_while_the_lock_was_away_is_seen(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    deliver_all(session)
    unlock_season(session, "autumn", "only for a moment")
    change(session, "fill = 0.85", "fill = 0.5")
    slipped = find_preset("meta", session.folder).preset
    for job in export_jobs(session, [slipped]):
        record_export(session, job, export(job))
    log_deliveries(session)
    change(session, "fill = 0.5", "fill = 0.85")
    lock_season(session, "autumn", RECIPE)
    proofs = proofs_of(session)
    assert len(proofs.deliveries) == 6
    assert [proof.delivery.path for proof in proofs.deliveries if proof.problems] == [
        "Output/meta/SKU1-front-v2.jpg",
        "Output/meta/SKU2-front-v2.jpg",
    ]
    # Their rows are taken out of the database: the log still names them.
    with closing(sqlite3.connect(store_path(session.folder))) as database:
        database.execute("DELETE FROM delivery WHERE season IS NULL")
        database.commit()
    proofs = proofs_of(session)
    assert not any(proof.problems for proof in proofs.deliveries)
    told = [(stray.path, stray.problem) for stray in proofs.strays]
    assert [path for path, _ in told] == [
        "Output/meta/SKU1-front-v2.jpg",
        "Output/meta/SKU2-front-v2.jpg",
    ] * 2
    assert "anna@desk exported it" in told[0][1]
    assert "among the season's deliveries and is none of them" in told[2][1]


def test_what_was_made_before_and_for_other_channels_is_no_concern(session: Session) -> None:
    meta = find_preset("meta", session.folder).preset
    for job in export_jobs(session, [meta]):  # a try, before there was a lock
        record_export(session, job, export(job))
    lock_season(session, "autumn", RECIPE)
    for job in export_jobs(session, [find_preset("ebay").preset]):
        record_export(session, job, export(job))
    log_deliveries(session)
    assert proofs_of(session) == SeasonProofs((), ())


def test_a_picture_that_somebody_put_among_the_deliveries_is_named(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    deliver_all(session)
    output = session.folder / "Output"
    shutil.copy(output / "meta" / "SKU1-front.jpg", output / "meta" / "last-year.jpg")
    (output / "meta" / "deep").mkdir()
    shutil.copy(output / "meta" / "SKU1-front.jpg", output / "meta" / "deep" / "a.JPG")
    shutil.copy(output / "meta" / "SKU1-front.jpg", output / "elsewhere.jpg")
    (output / "meta" / "notes.txt").write_text("no picture", "utf-8")
    assert [stray.path for stray in proofs_of(session).strays] == [
        "Output/meta/deep/a.JPG",
        "Output/meta/last-year.jpg",
    ]


def test_each_delivery_is_in_the_log_once(session: Session) -> None:
    lock, _ = lock_season(session, "autumn", RECIPE)
    deliver_all(session)
    deliver_all(session)
    entries = [entry for entry in AuditLog(session.folder).entries() if entry.event == "deliver"]
    assert [(entry.details["preset"], entry.details["lock"]) for entry in entries] == [
        ("meta", lock.hash),
        ("email-comp", lock.hash),
    ]
    rows = session.deliveries.all()
    files = [file for entry in entries for file in entry.details["files"]]
    assert sorted(files) == sorted([row.path, row.sha256] for row in rows)
    assert {row.entry for row in rows} == {entry.number for entry in entries}


def test_what_a_killed_batch_left_is_logged_by_the_next(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    first, *rest = jobs(session)
    record_export(session, first, export(first))
    assert AuditLog(session.folder).entries()[-1].event == "lock"
    for job in rest:
        record_export(session, job, export(job))
    log_deliveries(session)
    assert session.deliveries.unlogged() == []
    assert len(proofs_of(session).deliveries) == 4


def test_a_proof_is_in_the_log_itself(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    log_proof(session, "autumn", deliveries=4, remade=2, unproven=["Output/a.jpg"])
    entry = AuditLog(session.folder).entries()[-1]
    assert (entry.event, entry.person) == ("verify", "anna@desk")
    assert entry.details == {"deliveries": 4, "remade": 2, "unproven": ["Output/a.jpg"]}
    with Session.open(session.folder, readonly=True) as looked_at:
        log_proof(looked_at, "autumn", deliveries=4, remade=2, unproven=[])
    assert len(AuditLog(session.folder).entries()) == 2


def test_the_outcome_of_the_check_is_kept(session: Session) -> None:
    deliver_all(session)
    for row in session.deliveries.all():
        data = (session.folder / row.path).read_bytes()
        assert row.bytes == len(data)
        assert row.findings
        assert {"rule", "severity", "message", "source"} <= row.findings[0].keys()
