"""Photos exported while they are cut: decoded once, the same files as first cut, then exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from test_exporting import Here

from engine.delivery import deliver as delivering
from engine.delivery.deliver import Delivered
from engine.delivery.export_job import export, export_jobs
from engine.delivery.planning import plans_before_cut
from engine.errors import RequirementUnmet
from engine.matting.recipe import Recipe
from engine.serving import pools
from engine.session.session import Session
from engine.work import cutting
from engine.work.batch import Outcome
from engine.work.jobs import CutJob, CutResult, cut
from engine.work.session_jobs import cut_job, record_cut
from presets.loader import find_preset
from presets.schema import Preset, Requires
from tui.cli.main import run

RECIPE = Recipe(model="u2netp", model_sha256="5" * 64, keep_shadow=True)
SEASON = """\
schema_version = 1
name = "autumn"
title = "Autumn"
starts = 2026-09-01
ends = 2027-02-28
presets = ["master-png", "meta"]
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Yield a session with two photos that came with an alpha, so that no network is needed."""
    for view, level in (("front", 40), ("back", 90)):
        rows, columns = np.mgrid[:300, :320]
        pixels = np.full((300, 320, 4), level, np.uint8)
        pixels[..., 3] = (120 - np.hypot(rows - 150, columns - 160)).clip(0, 1) * 255
        Image.fromarray(pixels).save(tmp_path / f"SKU1-{view}.png", compress_level=1)
    with Session.open(tmp_path, person="anna@desk") as opened:
        opened.scan()
        yield opened


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the photos that were decoded, in order."""
    seen: list[str] = []
    for module in (cutting, delivering):
        read_photo = module.read_photo

        def noting(path: Path, stream: Any, read_photo: Any = read_photo) -> Any:
            seen.append(path.name)
            return read_photo(path, stream)

        monkeypatch.setattr(module, "read_photo", noting)
    return seen


def presets(session: Session, *names: str) -> list[Preset]:
    return [find_preset(name, session.folder).preset for name in names]


def planned(session: Session, wanted: list[Preset]) -> list[CutJob]:
    plans = plans_before_cut(session, session.photos(), wanted)
    return [
        replace(cut_job(session, photo, RECIPE, session.folder), exports=plans[photo.id])
        for photo in session.photos()
    ]


def made(result: CutResult) -> list[Delivered]:
    return [each for _, each in result.delivered if isinstance(each, Delivered)]


def test_files_are_those_of_cutting_and_exporting_apart(
    session: Session, decoded: list[str], tmp_path: Path
) -> None:
    wanted = presets(session, "master-png", "amazon-main", "meta")
    jobs = planned(session, wanted)
    master = tmp_path / "out" / "master.png"
    results = [cut(replace(jobs[0], master=master)), *map(cut, jobs[1:])]
    assert sorted(decoded) == ["SKU1-back.png", "SKU1-front.png"]
    assert [len(made(result)) for result in results] == [3, 3]
    for photo, job, result in zip(session.photos(), jobs, results, strict=True):
        record_cut(session, photo.id, Outcome(job, result, None))
    # Apart: the same exports find the very same bytes under their names.
    apart = [export(job) for job in export_jobs(session, wanted, everything=True)]
    assert all(each.unchanged for each in apart)
    assert {each.path for each in apart} == {e.path for result in results for e in made(result)}
    cut(replace(jobs[0], exports=(), master=tmp_path / "out" / "alone.png"))
    assert (tmp_path / "out" / "alone.png").read_bytes() == master.read_bytes()


def test_an_export_that_is_refused_costs_nothing_else(session: Session) -> None:
    (seen,) = presets(session, "meta")
    strict = seen.model_copy(update={"name": "strict", "requires": Requires(approved=True)})
    result = cut(planned(session, [strict, seen])[0])
    refused, delivered = (each for _, each in result.delivered)
    assert isinstance(refused, RequirementUnmet)
    assert isinstance(delivered, Delivered)
    assert result.coverage is not None


def test_what_takes_other_mattes_or_was_judged_is_not_exported_at_once(session: Session) -> None:
    (alone,) = presets(session, "amazon-main")
    assert alone.placement is not None
    together = alone.model_copy(
        update={"name": "scaled", "placement": alone.placement.model_copy(update={"scale": "sku"})}
    )
    (job, _) = planned(session, [alone, together])
    assert [plan.preset.name for plan in job.exports] == ["amazon-main"]
    record_cut(session, session.photos()[0].id, Outcome(job, cut(job), None))
    session.judge([session.photos()[0].id], "approved")
    (job, other) = planned(session, [alone])
    assert (len(job.exports), len(other.exports)) == (0, 1)


def test_a_night_decodes_each_photo_once(
    session: Session,
    decoded: list[str],
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (session.folder / "seasons").mkdir()
    (session.folder / "seasons" / "autumn.toml").write_text(SEASON, "utf-8")
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    monkeypatch.setattr(pools, "Workers", Here)
    night = ["run", str(session.folder), "--season", "autumn", "--all", "--json"]
    assert run(night) == 0
    printed = capsys.readouterr()
    first = json.loads(printed.out)
    assert printed.err.count("2 photos: no colour profile: sRGB is assumed") == 1
    assert sorted(decoded) == ["SKU1-back.png", "SKU1-front.png"]
    assert [row["state"] for row in first["exported"]] == ["exported"] * 4
    assert len(session.deliveries.all()) == 4
    assert run(night) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["cut"] == []
    assert [row["state"] for row in again["exported"]] == ["unchanged"] * 4
    assert len(session.deliveries.all()) == 4
