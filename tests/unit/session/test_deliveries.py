"""What is recorded of a delivery, and what becomes of the records of an older packshot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engine.matting.recipe import Recipe
from engine.session import store
from engine.session.layout import store_path
from engine.session.records import NO_FACTS, NO_TERMS, FileFacts, Terms
from engine.session.schema import MIGRATIONS
from engine.session.session import Session

Cut = Callable[..., str]
MakeRecipe = Callable[..., Recipe]

CONTENT = {"name": "shopify", "placement": {"fill": 0.85}}


def deliver(
    session: Session, photo_id: int, path: str, terms: Terms, facts: FileFacts = NO_FACTS
) -> None:
    session.deliveries.record(
        photo_id,
        preset="shopify",
        preset_digest="d1",
        path=path,
        sha256="ab" * 32,
        recipe_digest="cd" * 32,
        terms=terms,
        facts=facts,
    )


def test_a_delivery_keeps_the_terms_that_it_was_made_under(session: Session) -> None:
    terms = Terms("ef" * 32, CONTENT, "autumn", "12" * 32)
    deliver(session, 1, "Output/a.jpg", terms)
    deliver(session, 2, "Output/b.jpg", Terms("ef" * 32, CONTENT))
    (row,) = session.deliveries.of_season("autumn")
    assert (row.photo_id, row.path, row.person) == (1, "Output/a.jpg", "anna@desk")
    assert (row.season, row.lock, row.photo_sha256) == ("autumn", "12" * 32, "ef" * 32)
    assert session.deliveries.of(1) == [row]
    assert session.deliveries.preset_content("d1") == CONTENT
    assert session.deliveries.preset_content("d2") is None
    assert session.deliveries.of_season("spring") == []


def test_what_was_measured_and_what_else_entered_the_file_is_kept(session: Session) -> None:
    finding = {"rule": "width", "severity": "pass", "measured": 1000.0}
    facts = FileFacts(2, 12_345, 1000, 800, (finding,))
    deliver(session, 1, "Output/a-v2.jpg", Terms(inputs={"scale": 0.25, "alt": "A mug"}), facts)
    (row,) = session.deliveries.all()
    assert (row.version, row.bytes, row.width, row.height) == (2, 12_345, 1000, 800)
    assert row.findings == (finding,)
    assert row.inputs == {"scale": 0.25, "alt": "A mug"}


def test_a_delivery_is_marked_once_the_audit_log_names_it(session: Session) -> None:
    for name in ("a", "b", "c"):
        deliver(session, 1, f"Output/{name}.jpg", NO_TERMS)
    first, _, third = session.deliveries.unlogged()
    session.deliveries.mark_logged([first.id, third.id], 7)
    assert [row.path for row in session.deliveries.unlogged()] == ["Output/b.jpg"]
    assert [row.entry for row in session.deliveries.all()] == [7, None, 7]


def test_a_photo_counts_its_files_and_those_of_its_newest_matte(
    session: Session, cut: Cut, make_recipe: MakeRecipe
) -> None:
    old, new = make_recipe("u2netp"), make_recipe("isnet")

    def export(recipe: Recipe) -> None:
        session.deliveries.record(
            1,
            preset="shopify",
            preset_digest="d1",
            path="Output/a.jpg",
            sha256="ab" * 32,
            recipe_digest=recipe.digest(),
            terms=Terms(session.photo(1).sha256),
        )

    cut(session, 1, old)
    export(old)
    photo = session.photo(1)
    assert (photo.deliveries, photo.current) == (1, 1)
    cut(session, 1, new)
    photo = session.photo(1)
    assert (photo.deliveries, photo.current) == (1, 0)
    export(new)
    photo = session.photo(1)
    assert (photo.deliveries, photo.current) == (2, 1)


def test_deliveries_of_an_older_packshot_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MIGRATIONS", MIGRATIONS[:2])
    store_path(folder).parent.mkdir()
    store.Store(store_path(folder)).close()
    monkeypatch.undo()
    with closing(sqlite3.connect(store_path(folder))) as database:
        database.execute("INSERT INTO photo (path, bytes, mtime_ns) VALUES (?, 1, 1)", (b"a.jpg",))
        database.execute(
            "INSERT INTO delivery (photo_id, preset, preset_digest, path, sha256, recipe_digest, "
            "person, at) VALUES (1, 'shopify', 'd1', ?, 'x', 'y', 'anna@desk', '2026')",
            (b"Output/a.jpg",),
        )
        database.commit()
    for readonly in (True, False):
        with Session.open(folder, readonly=readonly) as session:
            (row,) = session.deliveries.of(1)
            assert row.path == "Output/a.jpg"
            assert (row.season, row.lock, row.photo_sha256) == (None, None, None)
            assert (row.bytes, row.findings, dict(row.inputs), row.entry) == (None, None, {}, 0)
            assert session.deliveries.unlogged() == []
    with closing(sqlite3.connect(store_path(folder))) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
