"""Recalls deliveries as the command does, for the tests of incidents."""

from __future__ import annotations

import pytest

from engine.delivery.export_job import ExportJob, export
from engine.delivery.incidents.incident import Incident
from engine.delivery.incidents.recall import affected, find_deliveries, recall
from engine.errors import Recalled
from engine.session.session import Session

META = "Output/meta/SKU1-front.jpg"
MAIL = "Output/email-comp/SKU1-front.png"


def take_back(session: Session, target: str, *, blocks_matte: bool = True) -> Incident:
    """Recall as the command does."""
    chosen = affected(session, find_deliveries(session, target), blocks_matte=blocks_matte)
    return recall(session, chosen, "halo at the cap", blocks_matte=blocks_matte, fault="halo")


def refused(job: ExportJob) -> str:
    """Return why a job is refused; nothing of it is written."""
    before = sorted(job.target.rglob("*"))
    with pytest.raises(Recalled) as caught:
        export(job)
    assert sorted(job.target.rglob("*")) == before
    return str(caught.value)


def photo_id(session: Session, sku: str = "SKU1") -> int:
    return next(photo.id for photo in session.photos() if photo.sku == sku)
