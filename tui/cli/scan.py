"""``packshot scan``: what is in a session, and which photos will cause trouble.

Exit status 1 when a photo or a folder cannot be read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.output import echo, echo_json, note, progress, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.matting.defects.defect import Defect
    from engine.session.findings import Finding
    from engine.session.records import PhotoRecord
    from engine.session.scan import ScanReport
    from engine.session.session import Session

_SHOWN_OF_EACH = 20
"""Paths that are printed of one finding; ``--json`` names all."""

_READS_SHOWN_FROM = 200
"""Headers to read from which a progress display is worth its line."""


@click.command("scan")
@click.argument("session", type=click.Path(path_type=Path))
@click.option(
    "--filter",
    "filter_text",
    default="",
    metavar="WORDS",
    help="Only photos that all words hold for, as in the workstation: left is:cut !has:halo.",
)
@click.option(
    "--groups",
    "with_groups",
    is_flag=True,
    help="Also look at every photo, and list those that were shot alike.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--readonly", is_flag=True, help="Change nothing in the folder; remember nothing.")
@click.option(
    "--set-aside",
    is_flag=True,
    help="Keep a damaged database under another name, save what can be read, start a new one.",
)
def command(
    session: Path,
    filter_text: str,
    with_groups: bool,
    as_json: bool,
    readonly: bool,
    set_aside: bool,
) -> int:
    """Say what is in SESSION and which photos will cause trouble.

    Headers are read, and files that may be the same picture; the photos stay as they are.
    Exit status 1: something cannot be read.
    """
    from engine.session.filter import problem
    from engine.session.findings import find_anti_patterns
    from engine.session.groups import groups
    from engine.session.hashing import sha256_of
    from engine.session.session import Session
    from tui.cli.groups import looked_at, print_groups

    if wrong := problem(filter_text):
        raise click.BadParameter(wrong, param_hint="--filter")
    if set_aside:
        _set_aside(session)
    with Session.open(session, readonly=readonly) as opened:
        report = _scan(opened)
        photos = looked_at(opened, opened.photos()) if with_groups else opened.photos()
        findings = [
            *_recalled(opened, photos),
            *find_anti_patterns(photos, lambda path: sha256_of(opened.folder / path)),
        ]
    if filter_text:
        photos = _matching(photos, filter_text)
        findings = _about(findings, photos)
    if as_json:
        echo_json(_as_json(session, photos, report, findings))
    else:
        _print_skus(photos)
        if with_groups:
            print_groups(groups(photos))
        _print_unreadable(report)
        for finding in findings:
            _print_finding(finding)
        _print_summary(photos, report)
    return 1 if report.unreadable or report.troubles else 0


def _set_aside(folder: Path) -> None:
    from engine.session.repair import set_aside

    aside, saved = set_aside(folder)
    note(f"The damaged database is kept as {safe(aside)}; {saved} rows of it were saved.")


def _scan(session: Session) -> ScanReport:
    """Scan, with a progress display when many headers have to be read."""
    with ExitStack() as display:
        bar: progress | None = None

        def on_progress(_done: int, total: int) -> None:
            nonlocal bar
            if bar is None and total >= _READS_SHOWN_FROM:
                bar = display.enter_context(progress(total, "read"))
            if bar is not None:
                bar.step()

        return session.scan(on_progress)


def _recalled(session: Session, photos: Sequence[PhotoRecord]) -> list[Finding]:
    """Return the photos that are files which were recalled, here or in another session."""
    from engine.delivery.incidents.blocklist import known_incidents
    from engine.delivery.incidents.search import recalled_among
    from engine.session.hashing import sha256_of

    incidents = known_incidents(session)
    found = recalled_among(photos, incidents, lambda path: sha256_of(session.folder / path))
    return [found] if found else []


def _matching(photos: Sequence[PhotoRecord], text: str) -> list[PhotoRecord]:
    from engine.session.filter import matcher
    from engine.session.states import state_of

    matches = matcher(text)
    return [photo for photo in photos if matches(photo, state_of(photo))]


def _about(findings: Sequence[Finding], photos: Sequence[PhotoRecord]) -> list[Finding]:
    """Return what was found about some photos."""
    from dataclasses import replace

    wanted = {photo.path for photo in photos}
    kept = []
    for finding in findings:
        pairs = [
            pair for pair in zip(finding.paths, finding.details, strict=True) if pair[0] in wanted
        ]
        if pairs:
            paths, details = zip(*pairs, strict=True)
            kept.append(replace(finding, paths=paths, details=details))
    return kept


def _by_sku(photos: Sequence[PhotoRecord]) -> dict[str, list[PhotoRecord]]:
    from engine.session.similarity import order_for_batch

    groups: dict[str, list[PhotoRecord]] = defaultdict(list)
    for photo in order_for_batch(photos):
        groups[photo.sku].append(photo)
    return groups


def _print_skus(photos: Sequence[PhotoRecord]) -> None:
    rows = [
        (sku, len(group), _views(group), _sizes(group), _states(group))
        for sku, group in _by_sku(photos).items()
    ]
    table(("SKU", "photos", "views", "pixels", "state"), rows)


def _views(group: Sequence[PhotoRecord]) -> str:
    return _shortened(dict.fromkeys(photo.view or "–" for photo in group))


def _sizes(group: Sequence[PhotoRecord]) -> str:
    return _shortened(
        dict.fromkeys(f"{photo.width} × {photo.height}" for photo in group if photo.width)
    )


def _states(group: Sequence[PhotoRecord]) -> str:
    return ", ".join(f"{count} {state}" for state, count in _counted(group).items())


def _shortened(texts: dict[str, None], limit: int = 4) -> str:
    shown = list(texts)[:limit]
    more = len(texts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _state(photo: PhotoRecord) -> str:
    """Return the one word that says where a photo stands."""
    if photo.problem is not None:
        return "unreadable"
    if photo.verdict.state != "pending":
        return photo.verdict.state
    if photo.failure is not None:
        return "failed"
    return "to review" if photo.matte is not None else "to cut"


def _counted(photos: Sequence[PhotoRecord]) -> dict[str, int]:
    counts = Counter(_state(photo) for photo in photos)
    order = ("to cut", "to review", "approved", "rejected", "failed", "unreadable")
    return {state: counts[state] for state in order if counts[state]}


def _print_unreadable(report: ScanReport) -> None:
    troubles = [*report.unreadable, *report.troubles]
    if troubles:
        _print_list(
            f"Cannot be read ({len(troubles)})",
            [f"{trouble.path}: {trouble.problem}" for trouble in troubles],
        )


def _print_finding(finding: Finding) -> None:
    lines = [
        f"{path}: {detail}" for path, detail in zip(finding.paths, finding.details, strict=True)
    ]
    title = finding.problem[0].upper() + finding.problem[1:]
    _print_list(f"{title} ({len(finding.paths)}). {finding.remedy}", lines)


def _print_list(title: str, lines: Sequence[str]) -> None:
    echo()
    echo(title)
    for line in lines[:_SHOWN_OF_EACH]:
        echo(f"  {safe(line)}")
    if len(lines) > _SHOWN_OF_EACH:
        echo(f"  … and {len(lines) - _SHOWN_OF_EACH} more; --json names all")


def _print_summary(photos: Sequence[PhotoRecord], report: ScanReport) -> None:
    echo()
    skus = len({photo.sku for photo in photos})
    states = ", ".join(f"{count} {state}" for state, count in _counted(photos).items())
    echo(f"{_number(len(photos), 'photo')} of {_number(skus, 'SKU')}: {states}.")
    if defects := _defects(photos):
        kinds = ", ".join(f"{count} {kind}" for kind, count in defects.items())
        echo(f"Photos with a defect in their matte: {kinds}.")
    changes = [
        f"{len(paths)} {word}"
        for word, paths in (
            ("new", report.added),
            ("changed", report.changed),
            ("moved", report.moved),
            ("missing", report.missing),
        )
        if paths
    ]
    if changes:
        echo(f"Since the last scan: {', '.join(changes)}.")
    if report.ignored:
        echo(f"Left out: {', '.join(safe(path) + '/' for path in report.ignored)}")


def _defects(photos: Sequence[PhotoRecord]) -> dict[str, int]:
    """Return in how many photos each kind of defect was found, the most frequent first."""
    counts: Counter[str] = Counter()
    for photo in photos:
        counts.update({defect.kind for defect in _defects_of(photo) or ()})
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _defects_of(photo: PhotoRecord) -> tuple[Defect, ...] | None:
    return None if photo.matte is None else photo.matte.defects


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _as_json(
    session: Path,
    photos: Sequence[PhotoRecord],
    report: ScanReport,
    findings: Sequence[Finding],
) -> dict[str, Any]:
    from engine.session.groups import groups
    from tui.cli.groups import groups_json

    return {
        "session": str(session),
        "photos": len(photos),
        "states": _counted(photos),
        "defects": _defects(photos),
        "skus": [
            {"sku": str(sku), "photos": [_photo_json(photo) for photo in group]}
            for sku, group in _by_sku(photos).items()
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
        "new": [str(path) for path in report.added],
        "changed": [str(path) for path in report.changed],
        "moved": [{"from": str(old), "to": str(new)} for old, new in report.moved],
        "missing": [str(path) for path in report.missing],
        "ignored": [str(path) for path in report.ignored],
    }


def _photo_json(photo: PhotoRecord) -> dict[str, Any]:
    from dataclasses import asdict

    defects = _defects_of(photo)
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
        "state": _state(photo),
        "reasons": list(photo.verdict.reasons),
        "note": str(photo.verdict.note),
        "defects": None if defects is None else [asdict(defect) for defect in defects],
        "warnings": [warning.text for warning in photo.warnings],
        "warning_kinds": [warning.kind for warning in photo.warnings],
        "problem": photo.problem,
        "failure": photo.failure,
        "deliveries": photo.deliveries,
    }
