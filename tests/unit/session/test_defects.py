"""The defects of a matte: kept with it, and told by ``packshot scan``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from engine.matting.defects.defect import Defect
from engine.matting.recipe import Recipe
from engine.session import store
from engine.session.layout import store_path
from engine.session.repair import set_aside
from engine.session.schema import MIGRATIONS
from engine.session.session import Session
from tui.cli.main import run

MakeRecipe = Callable[..., Recipe]

HALO = Defect("halo", 0.9, 10, 20, 300, 400)
HOLE = Defect("hole filled", 0.6, 30, 40, 50, 60)


def record(
    session: Session, photo_id: int, recipe: Recipe, defects: tuple[Defect, ...] | None
) -> None:
    session.record_cut(
        photo_id,
        sha256=str(photo_id) * 64,
        size=(1200, 1000),
        recipe=recipe,
        seconds=1.0,
        notes=(),
        defects=defects,
    )


def defects_of(session: Session, photo_id: int) -> tuple[Defect, ...] | None:
    matte = session.photo(photo_id).matte
    assert matte is not None
    return matte.defects


def test_defects_are_kept_with_the_matte(session: Session, make_recipe: MakeRecipe) -> None:
    record(session, 1, make_recipe("u2netp"), (HALO, HOLE))
    record(session, 2, make_recipe("u2netp"), ())
    record(session, 3, make_recipe("u2netp"), None)
    assert [defects_of(session, photo_id) for photo_id in (1, 2, 3)] == [(HALO, HOLE), (), None]
    record(session, 1, make_recipe("isnet"), (HOLE,))
    assert [matte.defects for matte in session.mattes("1" * 64)] == [(HOLE,), (HALO, HOLE)]


def test_a_cut_that_found_all_done_forgets_no_defect(
    session: Session, make_recipe: MakeRecipe
) -> None:
    record(session, 1, make_recipe(), (HALO,))
    record(session, 1, make_recipe(), None)
    assert defects_of(session, 1) == (HALO,)
    record(session, 1, make_recipe(), ())
    assert defects_of(session, 1) == ()


@pytest.fixture
def older(folder: Path, make_recipe: MakeRecipe, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a session with a matte, as it was before there were defects."""
    monkeypatch.setattr(store, "MIGRATIONS", MIGRATIONS[:1])
    store_path(folder).parent.mkdir()
    store.Store(store_path(folder)).close()
    monkeypatch.undo()
    sha256, recipe = "1" * 64, make_recipe()
    file = (folder / "SKU1-front.jpg").stat()
    with closing(sqlite3.connect(store_path(folder))) as database:
        database.execute(
            "INSERT INTO photo (path, bytes, mtime_ns, sha256) VALUES (?, ?, ?, ?)",
            (b"SKU1-front.jpg", file.st_size, file.st_mtime_ns, sha256),
        )
        database.execute(
            "INSERT INTO matte (photo_sha256, recipe_digest, model, recipe, width, height, "
            "seconds, notes, person, at) VALUES (?, ?, ?, ?, 8, 6, 0.5, '[]', 'anna@desk', '2026')",
            (sha256, recipe.digest(), recipe.model, json.dumps(asdict(recipe))),
        )
        database.commit()
    return folder


def test_a_session_from_before_is_brought_up_to_date(older: Path, make_recipe: MakeRecipe) -> None:
    with Session.open(older) as session:
        assert defects_of(session, 1) is None
        record(session, 1, make_recipe(), (HALO,))
        assert defects_of(session, 1) == (HALO,)
    with closing(sqlite3.connect(store_path(older))) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)


def test_a_session_from_before_can_be_looked_at_read_only(older: Path) -> None:
    with Session.open(older, readonly=True) as session:
        assert defects_of(session, 1) is None
    with closing(sqlite3.connect(store_path(older))) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == 1


def test_mattes_are_saved_from_a_damaged_session_from_before(older: Path) -> None:
    with closing(sqlite3.connect(store_path(older))) as database:
        database.execute("CREATE TABLE ballast (text)")
        database.execute("INSERT INTO ballast VALUES (?)", ("x" * 200_000,))
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = store_path(older)
    data = bytearray(path.read_bytes())
    data[-100_000:] = b"\xa5" * 100_000
    path.write_bytes(data)
    set_aside(older)
    with Session.open(older) as session:
        session.scan()
        assert defects_of(session, 1) is None


def test_scan_tells_them(
    session: Session, make_recipe: MakeRecipe, capsys: pytest.CaptureFixture[str]
) -> None:
    record(session, 1, make_recipe(), (HALO, HALO, HOLE))
    record(session, 2, make_recipe(), (HALO,))
    assert run(["scan", str(session.folder)]) == 0
    assert "Photos with a defect in their matte: 2 halo, 1 hole filled." in capsys.readouterr().out
    assert run(["scan", str(session.folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["defects"] == {"halo": 2, "hole filled": 1}
    photos = {each["id"]: each for sku in told["skus"] for each in sku["photos"]}
    assert photos[2]["defects"] == [
        {"kind": "halo", "score": 0.9, "x": 10, "y": 20, "width": 300, "height": 400}
    ]
    assert photos[3]["defects"] is None
