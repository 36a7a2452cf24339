"""What is ready to be exported, what blocks the rest, and what a dry run says beforehand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from seasonal import RECIPE, add_cut, deliver_all

from engine.delivery.incidents.recall import recall
from engine.delivery.ready import Plan, plan
from engine.delivery.seasons.lock import unlock_season
from engine.delivery.seasons.season import lock_season
from engine.matting.recipe import Recipe
from engine.session.alt_texts import AltText
from engine.session.session import Session
from presets.loader import find_preset
from presets.schema import Preset
from tui.cli.main import run

OTHER = Recipe("u2netp", RECIPE.model_sha256, edge_shift=-1.0)


def presets(session: Session) -> list[Preset]:
    return [find_preset(name, session.folder).preset for name in ("meta", "email-comp")]


def states(planned: Plan, preset: str = "meta") -> list[str]:
    return [row.state for row in planned.rows if row.preset == preset]


def told(planned: Plan, preset: str = "meta") -> list[tuple[str, str]]:
    rows = [row for row in planned.rows if row.preset == preset]
    return [(block.kind, block.told) for row in rows for block in row.blocks]


def changed(preset: Preset, **fields: Any) -> Preset:
    return Preset.model_validate({**preset.model_dump(exclude_none=True), **fields})


def test_a_files_way_from_ready_to_outdated(session: Session) -> None:
    wanted = presets(session)
    lock_season(session, "autumn", RECIPE)
    assert states(plan(session, wanted)) == ["ready", "ready"]
    deliver_all(session)
    planned = plan(session, wanted)
    assert states(planned) == states(planned, "email-comp") == ["delivered", "delivered"]
    assert planned.states("meta") == {"delivered": 2}
    assert len(planned.jobs) == 4

    first, second = session.photos()
    add_cut(session, first.id, OTHER)
    session.judge([first.id], "approved")
    assert states(plan(session, wanted)) == ["outdated", "delivered"]
    (row, *_) = plan(session, wanted).rows
    assert row.last is not None
    assert row.last.path == "Output/meta/SKU1-front.jpg"

    (delivery, *_) = session.deliveries.of(second.id)
    recall(session, [delivery], "halo on the shop")
    planned = plan(session, wanted)
    assert states(planned) == ["outdated", "blocked"]
    assert [kind for kind, _ in told(planned)] == ["rejected", "recalled"]


def test_without_a_lock_what_was_delivered_under_one_stays_delivered(session: Session) -> None:
    wanted = presets(session)
    lock_season(session, "autumn", RECIPE)
    deliver_all(session)
    unlock_season(session, "autumn", "the season is over")
    assert states(plan(session, wanted)) == ["delivered", "delivered"]
    lock_season(session, "autumn", OTHER)
    assert states(plan(session, wanted)) == ["outdated", "outdated"]


def test_another_preset_or_input_makes_a_delivery_outdated(session: Session) -> None:
    deliver_all(session)
    meta, comp = presets(session)
    larger = changed(meta, version="2027-01")
    assert states(plan(session, [larger])) == ["outdated", "outdated"]
    assert states(plan(session, [comp]), "email-comp") == ["delivered", "delivered"]
    writing = changed(meta, metadata={"alt": "write"})
    session.alt_texts.save([AltText("SKU1", "front", "en", "A purple disc")])
    assert states(plan(session, [writing])) == ["outdated", "outdated"]


def test_everything_in_the_way_is_named(session: Session) -> None:
    first, second = session.photos()
    Image.new("RGB", (40, 40)).save(session.folder / "SKU3-front.png")
    (session.folder / "SKU4-front.jpg").write_bytes(b"no picture")
    session.scan()
    session.judge([second.id], "rejected", reasons=["halo"])
    assert [kind for kind, _ in told(plan(session, presets(session)))] == [
        "rejected",
        "not cut",
        "unreadable",
    ]
    session.judge([second.id], "pending")
    kinds = [kind for kind, _ in told(plan(session, presets(session)))]
    assert kinds[0] == "not approved"
    assert states(plan(session, presets(session), everything=True))[:2] == ["ready", "ready"]

    meta = presets(session)[0]
    strict = changed(
        meta,
        metadata={"alt": "required", "languages": ["de"]},
        naming={"template": "{gtin}", "required": ["gtin"]},
        requires={"approved": True, "second_person": True},
    )
    planned = plan(session, [strict])
    (row,) = [row for row in planned.rows if row.photo.id == first.id]
    assert [block.kind for block in row.blocks] == ["requires", "alt text", "name"]
    assert "it has no alt text in de" in [block.told for block in row.blocks]
    assert planned.blocks()["alt text"] == 2
    assert planned.jobs == []


def test_a_matte_that_the_lock_does_not_hold_is_blocked(session: Session) -> None:
    lock_season(session, "autumn", RECIPE)
    first, _ = session.photos()
    add_cut(session, first.id, Recipe("u2net", "cd" * 32))
    session.judge([first.id], "approved")
    planned = plan(session, presets(session), season="autumn")
    assert states(planned) == ["blocked", "ready"]
    assert told(planned)[0][0] == "lock"


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path): path.read_bytes() for path in paths if not path.name.endswith(("-wal", "-shm"))
    }


def dry(
    session: Session, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, Sequence[dict[str, Any]]]:
    command = ["export", str(session.folder), "--dry-run", "--workers", "1", "--json", *words]
    status = run(command)
    return status, json.loads(capsys.readouterr().out)


def test_a_dry_run_says_what_an_export_then_does_and_writes_nothing(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = session.photos()
    session.judge([second.id], "pending")
    before = files(session.folder)
    status, rows = dry(session, capsys, "--season", "autumn")
    assert files(session.folder) == before
    assert [row["state"] for row in rows] == ["new", "new", "blocked", "blocked"]
    assert rows[2]["blocks"] == [{"kind": "not approved", "told": "nobody has approved its matte"}]
    assert status == (0 if all(row["after"]["passed"] for row in rows[:2]) else 1)

    deliver_all(session)
    made = {delivery.path: delivery for delivery in session.deliveries.all()}
    for row in rows[:2]:
        assert made[f"Output/{row['after']['output']}"].sha256 == row["after"]["sha256"]
    _, rows = dry(session, capsys, "--season", "autumn")
    assert [row["state"] for row in rows] == ["unchanged", "unchanged", "blocked", "blocked"]

    add_cut(session, first.id, OTHER)
    session.judge([first.id], "approved")
    _, (row,) = (
        dry(session, capsys, "--preset", "meta", "--all")[0],
        [row for row in dry(session, capsys, "--preset", "meta")[1] if row["state"] != "blocked"],
    )
    assert (row["state"], row["after"]["output"]) == ("changed", "meta/SKU1-front-v2.jpg")
    assert row["before"]["sha256"] == made["Output/meta/SKU1-front.jpg"].sha256
    assert (row["gained"], row["lost"]) == ([], [])
    assert not (session.folder / "Output/meta/SKU1-front-v2.jpg").exists()

    run(["export", str(session.folder), "--dry-run", "--workers", "1", "--season", "autumn"])
    printed = capsys.readouterr().out
    assert "nothing was written" in printed
    assert "meta, email-comp  nobody has approved its matte\n" in printed

    session.judge([first.id], "pending")
    run(["export", str(session.folder), "--dry-run", "--workers", "1", "--season", "autumn"])
    told = "nobody has approved its matte (a file of it is delivered already)\n"
    assert told in capsys.readouterr().out
