"""What ``packshot scan --json`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.scan_told import by_sku, counted, defects, defects_of, state

if TYPE_CHECKING:
    from engine.session.findings import Finding
    from engine.session.records import PhotoRecord
    from engine.session.scan import ScanReport


def scan_json(
    session: Path,
    photos: Sequence[PhotoRecord],
    report: ScanReport,
    findings: Sequence[Finding],
) -> dict[str, Any]:
    """Return all that a scan has found."""
    from engine.session.groups import groups
    from tui.cli.groups import groups_json

    return {
        "session": str(session),
        "photos": len(photos),
        "states": counted(photos),
        "defects": defects(photos),
        "skus": [
            {"sku": str(sku), "photos": [_photo_json(photo) for photo in group]}
            for sku, group in by_sku(photos).items()
        ],
        "groups": groups_json(groups(photos)),
        "unreadable": [
            {"path": str(trouble.path), "problem": str(trouble.problem)}
            for trouble in (*report.unreadable, *report.troubles)
        ],
        "findings": [
            {
                "kind": finding.kind,
                "problem": finding.problem,
                "remedy": finding.remedy,
                "photos": [
                    {"path": str(path), "detail": str(detail)}
                    for path, detail in zip(finding.paths, finding.details, strict=True)
                ],
            }
            for finding in findings
        ],
        **changes_json(report),
        "ignored": [str(path) for path in report.ignored],
    }


def changes_json(report: ScanReport) -> dict[str, Any]:
    """Return what is different from the scan before."""
    return {
        "new": [str(path) for path in report.added],
        "changed": [str(path) for path in report.changed],
        "moved": [{"from": str(old), "to": str(new)} for old, new in report.moved],
        "missing": [str(path) for path in report.missing],
    }


def _photo_json(photo: PhotoRecord) -> dict[str, Any]:
    from dataclasses import asdict

    measured = defects_of(photo)
    return {
        "id": photo.id,
        "path": str(photo.path),
        "view": str(photo.view),
        "version": photo.version,
        "width": photo.width,
        "height": photo.height,
        "format": photo.format,
        "profile": photo.profile,
        "bytes": photo.bytes,
        "sha256": photo.sha256,
        "state": state(photo),
        "reasons": list(photo.verdict.reasons),
        "note": str(photo.verdict.note),
        "stars": photo.stars,
        "defects": None if measured is None else [asdict(defect) for defect in measured],
        "warnings": [warning.text for warning in photo.warnings],
        "warning_kinds": [warning.kind for warning in photo.warnings],
        "problem": photo.problem,
        "failure": photo.failure,
        "deliveries": photo.deliveries,
    }
