"""``packshot report``: how what was delivered keeps the rules of its presets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.compliance import HTML, write_page
from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, table

if TYPE_CHECKING:
    from engine.delivery.report import Reported
    from engine.session.ticks import Standing
    from tui.html.compliance import Entry


@click.command(name="report")
@click.argument("folder", metavar="SESSION", type=GIVEN_PATH)
@click.option("--season", help="Only what was exported for a season.")
@HTML
@JSON
def command(folder: Path, season: str | None, page: Path | None, as_json: bool) -> int:
    """Say how the delivered files of SESSION keep the rules of their presets.

    Of each view and preset the newest file counts. What is told is what its check found when it
    was exported: `packshot check` looks at files again, `packshot seasons verify` proves that they
    are the ones that were delivered. At the end stands what of the checklists is ticked. Exit
    status 1: a file fails its preset, or was recalled.
    """
    from engine.delivery.report import OUTCOMES, reported
    from engine.session.session import Session
    from tui.cli.checklists import standings_of

    with Session.open(folder, readonly=True, create=False) as session:
        rows = reported(session, season)
        checklists = standings_of(session)
        title = f"{season or 'Deliveries'}: {session.folder.name}"
    if page is not None:
        entries = [(row.path, _entry(row)) for row in rows]
        write_page(page, title, entries, OUTCOMES, checklists)
    if as_json:
        echo_json(_as_json(rows, checklists))
    else:
        _print(rows)
        _print_checklists(checklists)
    return 1 if any(row.outcome in {"fails", "recalled"} for row in rows) else 0


def _print(rows: Sequence[Reported]) -> None:
    from engine.delivery.report import OUTCOMES

    if not rows:
        echo("Nothing was delivered yet.")
        return
    presets = sorted({row.delivery.preset for row in rows})
    counts = Counter((row.delivery.preset, row.outcome) for row in rows)
    seen = [
        outcome for outcome in reversed(OUTCOMES) if any(row.outcome == outcome for row in rows)
    ]
    table(
        ("preset", "files", *seen),
        [
            (name, sum(counts[name, each] for each in seen), *(counts[name, each] for each in seen))
            for name in presets
        ],
    )
    if rules := _rules(rows):
        echo()
        table(("files", "preset", "rule", "source"), rules)
    if worth := [row for row in rows if row.outcome not in {"passes", "unchecked"}]:
        echo()
        table(("file", "photo", "outcome", "what is wrong"), [_cells(row) for row in worth])


def _print_checklists(checklists: Sequence[Standing]) -> None:
    from tui.cli.checklists import counts

    if checklists:
        echo()
        echo(f"Checklists: {counts(checklists)}.")


def _rules(rows: Sequence[Reported]) -> list[tuple[int, str, str, str]]:
    """Return which rules are broken or left to a person by how many files, most frequent first."""
    found = Counter(
        (row.delivery.preset, _told(finding["severity"], finding["rule"]), finding["source"])
        for row in rows
        for finding in row.findings
        if finding["severity"] != "pass"
    )
    return [(count, *rule) for rule, count in found.most_common()]


def _told(severity: str, rule: str) -> str:
    if rule == "human_review":
        return "a person has to look"
    return {"fail": f"fails {rule}", "warn": f"warns on {rule}"}.get(severity, f"{rule} undecided")


def _cells(row: Reported) -> tuple[str, str, str, str]:
    return (row.delivery.path, str(row.photo.path), row.outcome, _wrong(row))


def _wrong(row: Reported) -> str:
    wanted = {"fails": "fail", "warns": "warn"}.get(row.outcome)
    found = [finding["message"] for finding in row.findings if finding["severity"] == wanted]
    return "; ".join(([row.recalled] if row.recalled else []) + found)


def _as_json(rows: Sequence[Reported], checklists: Sequence[Standing]) -> dict[str, Any]:
    from tui.cli.checklists import standing_json

    return {
        "files": [_file_json(row) for row in rows],
        "checklists": [standing_json(each) for each in checklists],
    }


def _file_json(row: Reported) -> dict[str, Any]:
    made = row.delivery
    return {
        "photo": str(row.photo.path),
        "sku": row.photo.sku,
        "view": row.photo.view,
        "preset": made.preset,
        "season": made.season,
        "lock": made.lock,
        "output": made.path,
        "version": made.version,
        "sha256": made.sha256,
        "bytes": made.bytes,
        "width": made.width,
        "height": made.height,
        "person": made.person,
        "at": made.at,
        "outcome": row.outcome,
        "recalled": row.recalled,
        "findings": list(row.findings),
    }


def _entry(row: Reported) -> Entry:
    from tui.html.compliance import Entry

    made = row.delivery
    size = f"{made.width} × {made.height}, {made.bytes / 1000:,.0f} kB" if made.bytes else ""
    season = f"{made.preset}, {made.season}" if made.season else made.preset
    return Entry(
        name=Path(made.path).name,
        outcome=row.outcome,
        facts=[fact for fact in (season, str(row.photo.path), size) if fact],
        findings=row.findings,
        problem=row.recalled or "",
    )
