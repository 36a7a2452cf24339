"""What is recorded of a delivery, and what becomes of the records of an older packshot."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.session import store
from engine.session.layout import store_path
from engine.session.records import Terms
from engine.session.schema import MIGRATIONS
from engine.session.session import Session

CONTENT = {"name": "shopify", "placement": {"fill": 0.85}}


def deliver(session: Session, photo_id: int, path: str, terms: Terms) -> None:
    session.record_delivery(
        photo_id,
        preset="shopify",
        preset_digest="d1",
        path=path,
        sha256="ab" * 32,
        recipe_digest="cd" * 32,
        terms=terms,
    )


def test_a_delivery_keeps_the_terms_that_it_was_made_under(session: Session) -> None:
    terms = Terms("ef" * 32, CONTENT, "autumn", "12" * 32)
    deliver(session, 1, "Output/a.jpg", terms)
    deliver(session, 2, "Output/b.jpg", Terms("ef" * 32, CONTENT))
    (row,) = session.deliveries_for("autumn")
    assert (row.photo_id, row.path, row.person) == (1, "Output/a.jpg", "anna@desk")
    assert (row.season, row.lock, row.photo_sha256) == ("autumn", "12" * 32, "ef" * 32)
    assert session.deliveries(1) == [row]
    assert session.preset_content("d1") == CONTENT
    assert session.preset_content("d2") is None
    assert session.deliveries_for("spring") == []


def test_deliveries_of_an_older_packshot_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = MIGRATIONS[:2]
    monkeypatch.setattr(store, "MIGRATIONS", older)
    with Session.open(folder) as session:
        session.scan()
    with closing(sqlite3.connect(store_path(folder))) as database:
        database.execute(
            "INSERT INTO delivery (photo_id, preset, preset_digest, path, sha256, recipe_digest, "
            "person, at) VALUES (1, 'shopify', 'd1', ?, 'x', 'y', 'anna@desk', '2026')",
            (b"Output/a.jpg",),
        )
        database.commit()
    monkeypatch.undo()
    for readonly in (True, False):
        with Session.open(folder, readonly=readonly) as session:
            (row,) = session.deliveries(1)
            assert row.path == "Output/a.jpg"
            assert (row.season, row.lock, row.photo_sha256) == (None, None, None)
    with closing(sqlite3.connect(store_path(folder))) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
