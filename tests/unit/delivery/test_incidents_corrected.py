"""An incident stays open until what was recalled has been replaced."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from recalling import photo_id, take_back
from seasonal import RECIPE, add_cut, deliver_all, jobs

from engine.delivery.after_batch import after_batch
from engine.delivery.export_job import export
from engine.delivery.incidents.replacing import next_names
from engine.delivery.incidents.standing import standings
from engine.delivery.manifest.rows import manifest_rows
from engine.delivery.recording import record_export
from engine.delivery.seasons.audit import AuditLog
from engine.session.products import Product
from engine.session.session import Session


def test_an_incident_is_open_until_corrected_files_are_there(delivered: Session) -> None:
    incident = take_back(delivered, "SKU1")
    names = next_names(delivered, incident.files)
    assert {str(name) for name in names.values()} == {
        "meta/SKU1-front-v2.jpg",
        "email-comp/SKU1-front-v2.png",
    }
    add_cut(delivered, photo_id(delivered), replace(RECIPE, edge_shift=-1.0))
    delivered.judge([photo_id(delivered)], "approved")
    first, second = [job for job in jobs(delivered) if job.photo.stem == "SKU1-front"]
    record_export(delivered, first, export(first))
    after_batch(delivered)
    (standing,) = standings(delivered)
    assert standing.is_open
    assert [file.preset for file in standing.missing] == [second.preset.name]
    record_export(delivered, second, export(second))
    after_batch(delivered)
    (standing,) = standings(delivered)
    assert standing.missing == ()
    assert standing.closed is not None
    assert standing.closed.details["why"] == "corrected files were delivered"
    events = [entry.event for entry in AuditLog(delivered.folder).entries()]
    assert [event for event in events if event != "deliver"] == ["recall", "close"]
    assert {row.name for row in manifest_rows(delivered) if row.sku == "SKU1"} == {
        "SKU1-front-v2.jpg",
        "SKU1-front-v2.png",
    }


@pytest.mark.parametrize(
    ("naming", "expected"),
    [
        ('template = "{asin}.{view}"\ncollision = "folder"', "meta/v2/B07ABC1234.front.jpg"),
        ('template = "{season}-{sku}"', "meta/autumn-SKU1-v2.jpg"),
        ('collision = "refuse"', None),
    ],
)
def test_the_name_of_a_correction_is_the_one_that_its_export_gives_it(
    session: Session, naming: str, expected: str | None
) -> None:
    session.products.save([Product("SKU1", asin="B07ABC1234")])
    path = session.folder / "presets" / "meta.toml"
    path.write_text(re.sub(r"(?<=\[naming\]\n)[^\[]*", f"{naming}\n\n", path.read_text()))
    deliver_all(session)
    incident = take_back(session, "SKU1")
    (file,) = [file for file in incident.files if file.preset == "meta"]
    name = next_names(session, incident.files).get(file.delivery)
    assert (None if name is None else str(name)) == expected
    if expected is not None:
        add_cut(session, photo_id(session), replace(RECIPE, edge_shift=-1.0))
        session.judge([photo_id(session)], "approved")
        (job,) = [each for each in jobs(session) if each.photo.stem == "SKU1-front"][:1]
        assert export(job).path == session.folder / "Output" / expected


def test_a_correction_that_is_recalled_corrects_nothing(delivered: Session) -> None:
    first = take_back(delivered, "SKU1")
    add_cut(delivered, photo_id(delivered), replace(RECIPE, edge_shift=-1.0))
    delivered.judge([photo_id(delivered)], "approved")
    for job in jobs(delivered):
        record_export(delivered, job, export(job))
    second = take_back(delivered, "Output/meta/SKU1-front-v2.jpg")
    after_batch(delivered)
    assert [each.is_open for each in standings(delivered)] == [True, True]
    assert {file.sha256 for file in first.files}.isdisjoint(file.sha256 for file in second.files)
