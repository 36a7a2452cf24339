"""What ``packshot scan`` prints: SKUs, what was found, and how many photos are in which state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.groups import print_groups
from tui.cli.output import echo, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.matting.defects.defect import Defect
    from engine.session.findings import Finding
    from engine.session.records import PhotoRecord
    from engine.session.scan import ScanReport

_SHOWN_OF_EACH = 20
"""Paths that are printed of one finding; ``--json`` names all."""


def print_scan(
    photos: Sequence[PhotoRecord],
    report: ScanReport,
    findings: Sequence[Finding],
    *,
    with_groups: bool,
) -> None:
    """Print what a session holds and what will cause trouble."""
    from engine.session.groups import groups

    _print_skus(photos)
    if with_groups:
        print_groups(groups(photos))
    _print_unreadable(report)
    for finding in findings:
        _print_finding(finding)
    _print_summary(photos, report)


def by_sku(photos: Sequence[PhotoRecord]) -> dict[str, list[PhotoRecord]]:
    """Return the photos of each SKU, in the order of a batch."""
    from engine.session.similarity import order_for_batch

    groups: dict[str, list[PhotoRecord]] = defaultdict(list)
    for photo in order_for_batch(photos):
        groups[photo.sku].append(photo)
    return groups


def _print_skus(photos: Sequence[PhotoRecord]) -> None:
    rows = [
        (sku, len(group), _views(group), _sizes(group), _states(group))
        for sku, group in by_sku(photos).items()
    ]
    table(("SKU", "photos", "views", "pixels", "state"), rows)


def _views(group: Sequence[PhotoRecord]) -> str:
    return _shortened(dict.fromkeys(photo.view or "–" for photo in group))


def _sizes(group: Sequence[PhotoRecord]) -> str:
    return _shortened(
        dict.fromkeys(f"{photo.width} × {photo.height}" for photo in group if photo.width)
    )


def _states(group: Sequence[PhotoRecord]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counted(group).items())


def _shortened(texts: dict[str, None], limit: int = 4) -> str:
    shown = list(texts)[:limit]
    more = len(texts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def state(photo: PhotoRecord) -> str:
    """Return the one word that says where a photo stands."""
    if photo.problem is not None:
        return "unreadable"
    if photo.verdict.state != "pending":
        return photo.verdict.state
    if photo.failure is not None:
        return "failed"
    return "to review" if photo.matte is not None else "to cut"


def counted(photos: Sequence[PhotoRecord]) -> dict[str, int]:
    """Return how many photos are in each state, in the order of the work."""
    counts = Counter(state(photo) for photo in photos)
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
    states = ", ".join(f"{count} {state}" for state, count in counted(photos).items())
    echo(f"{_number(len(photos), 'photo')} of {_number(skus, 'SKU')}: {states}.")
    if found := defects(photos):
        kinds = ", ".join(f"{count} {kind}" for kind, count in found.items())
        echo(f"Photos with a defect in their matte: {kinds}.")
    if changes := report.told():
        echo(f"Since the last scan: {changes}.")
    if report.ignored:
        echo(f"Left out: {', '.join(safe(path) + '/' for path in report.ignored)}")


def defects(photos: Sequence[PhotoRecord]) -> dict[str, int]:
    """Return in how many photos each kind of defect was found, the most frequent first."""
    counts: Counter[str] = Counter()
    for photo in photos:
        counts.update({defect.kind for defect in defects_of(photo) or ()})
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def defects_of(photo: PhotoRecord) -> tuple[Defect, ...] | None:
    """Return what was measured to be wrong with a matte; None: nothing was measured."""
    return None if photo.matte is None else photo.matte.defects


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
