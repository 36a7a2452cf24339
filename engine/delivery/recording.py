"""What a session learns of a delivery: its row in the store, and the sidecar beside the file."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from engine.delivery.checking.findings import summary
from engine.delivery.deliver import Delivered
from engine.delivery.export_job import ExportJob
from engine.delivery.sidecar import sidecar_path, write_sidecar
from engine.session.records import FileFacts, Terms
from engine.session.session import Session
from engine.session.text import now
from presets.loader import content_of, digest


def record_export(session: Session, job: ExportJob, delivered: Delivered) -> None:
    """Record a delivery in its session and in its sidecar, once for each file and lock.

    Raises
    ------
    OutputError and its branches : the sidecar could not be written
    """
    path = delivered.path
    inside = path.is_relative_to(session.folder)
    told = path.relative_to(session.folder).as_posix() if inside else str(path)
    known = session.deliveries.of(job.photo_id)
    made = (told, delivered.sha256, job.season, job.lock)
    is_known = any((row.path, row.sha256, row.season, row.lock) == made for row in known)
    if not is_known:
        session.deliveries.record(
            job.photo_id,
            preset=job.preset.name,
            preset_digest=digest(job.preset),
            path=told,
            sha256=delivered.sha256,
            recipe_digest=job.provenance.recipe,
            terms=Terms(
                job.provenance.photo,
                content_of(job.preset),
                job.season,
                job.lock,
                job.inputs.content(),
            ),
            facts=FileFacts(
                version=delivered.version,
                bytes=delivered.bytes,
                width=delivered.width,
                height=delivered.height,
                findings=tuple(asdict(finding) for finding in delivered.findings),
            ),
        )
    if not is_known or not sidecar_path(job.target, path).exists():
        write_sidecar(job.target, path, _said_beside(session, job, delivered))


def _said_beside(session: Session, job: ExportJob, delivered: Delivered) -> dict[str, Any]:
    """Return what the sidecar of a delivery says."""
    return {
        "sha256": delivered.sha256,
        "bytes": delivered.bytes,
        "width": delivered.width,
        "height": delivered.height,
        "version": delivered.version,
        "photo": {"name": job.photo.name, "sha256": job.provenance.photo},
        "recipe": job.provenance.recipe,
        "preset": {
            "name": job.preset.name,
            "version": job.preset.version,
            "digest": digest(job.preset),
        },
        "season": job.season,
        "lock": job.lock,
        "person": session.person,
        "at": now(),
        "check": summary(job.preset, delivered.findings),
    }
