"""``packshot export --dry-run``: what an export would write, held against what was delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui.cli.output import echo, progress, table

if TYPE_CHECKING:
    from engine.delivery.deliver import Delivered
    from engine.delivery.export_job import ExportJob
    from engine.delivery.ready import Plan, Readiness
    from engine.session.records import DeliveryRecord
    from engine.work.batch import Outcome

_STATES = ("new", "changed", "unchanged", "failed", "blocked")


def rehearse(plan: Plan, workers: int | None = None) -> list[dict[str, Any]]:
    """Make and check every file of a plan without writing any; return what would become of each.

    Parameters
    ----------
    plan : what is ready, and what is blocked
    workers : worker processes; None: as many as the machine can feed
    """
    from engine.serving.pools import open_workers
    from engine.work.exporting import export_outcomes

    jobs = [replace(job, dry=True) for job in plan.jobs]
    rows = {(row.photo.id, row.preset): row for row in plan.rows}
    told = {key: _blocked(row) for key, row in rows.items() if row.state == "blocked"}
    with open_workers(len(jobs), workers) as pool, progress(len(jobs), "dry run") as bar:
        for outcome in export_outcomes(pool, jobs):
            key = outcome.job.photo_id, outcome.job.preset.name
            told[key] = _rehearsed(rows[key], outcome)
            bar.step(outcome.job.photo.name)
    return [told[key] for key in rows if key in told]


def report(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print what would happen, by preset, and each file that needs a look."""
    echo("Dry run: nothing was written.")
    for preset in dict.fromkeys(row["preset"] for row in rows):
        states = Counter(row["state"] for row in rows if row["preset"] == preset)
        counts = ", ".join(f"{states[state]} {state}" for state in _STATES if states[state])
        echo(f"{preset}: {counts}")
    if seen := [row for row in rows if row["state"] in {"new", "changed"} and _worth_a_look(row)]:
        echo()
        table(("photo", "preset", "file", "before", "after", "rules"), map(_cells, seen))
    if stuck := [row for row in rows if row["state"] in {"blocked", "failed"}]:
        echo()
        table(("photo", "preset", "why it is not exported"), _reasons(stuck))


def is_sound(row: Mapping[str, Any]) -> bool:
    """Return whether nothing failed, and a file that would be made passes its preset."""
    after = row["after"]
    return row["state"] != "failed" and (after is None or bool(after["passed"]))


def _worth_a_look(row: Mapping[str, Any]) -> bool:
    return row["state"] == "changed" or bool(row["gained"] or row["lost"])


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    before, after = row["before"], row["after"]
    rules = [f"now {rule}" for rule in row["gained"]] + [f"no more {rule}" for rule in row["lost"]]
    return (
        row["photo"],
        row["preset"],
        after["output"],
        _size(before["bytes"] if before else None),
        _size(after["bytes"]),
        ", ".join(rules),
    )


def _size(count: int | None) -> str:
    return "–" if count is None else f"{count / 1000:,.0f} kB"


def _reasons(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Return why files are not exported; what holds for all presets of a photo, once."""
    presets: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        why = row.get("error") or "; ".join(block["told"] for block in row["blocks"])
        if row["before"]:
            why += " (a file of it is delivered already)"
        presets.setdefault((row["photo"], why), []).append(row["preset"])
    return [(photo, ", ".join(names), why) for (photo, why), names in presets.items()]


def _blocked(row: Readiness) -> dict[str, Any]:
    blocks = [{"kind": block.kind, "told": block.told} for block in row.blocks]
    return _row(row, "blocked", blocks=blocks)


def _rehearsed(row: Readiness, outcome: Outcome[ExportJob, Delivered]) -> dict[str, Any]:
    from engine.errors import sentence

    made = outcome.result
    if made is None:
        why = sentence(outcome.error) if isinstance(outcome.error, Exception) else "cancelled"
        return _row(row, "failed", error=why)
    found, known = _broken_now(made), _broken_then(row.last)
    return _row(
        row,
        _state(row.last, made),
        after=_after(outcome.job, made),
        gained=sorted(found - known),
        lost=sorted(known - found),
    )


def _state(last: DeliveryRecord | None, made: Delivered) -> str:
    if made.unchanged or (last is not None and last.sha256 == made.sha256):
        return "unchanged"
    return "new" if last is None else "changed"


def _row(row: Readiness, state: str, **more: Any) -> dict[str, Any]:
    last = row.last
    before = None
    if last is not None:
        before = {"output": last.path, "sha256": last.sha256, "bytes": last.bytes}
    told: dict[str, Any] = {"blocks": [], "before": before, "after": None, "gained": [], "lost": []}
    return {"photo": str(row.photo.path), "preset": row.preset, "state": state, **told, **more}


def _after(job: ExportJob, made: Delivered) -> dict[str, Any]:
    from engine.delivery.checking.findings import failed, summary
    from tui.cli.check import described

    return {
        "output": made.path.relative_to(job.target).as_posix(),
        "sha256": made.sha256,
        "bytes": made.bytes,
        "width": made.width,
        "height": made.height,
        "passed": not failed(made.findings),
        "summary": summary(job.preset, made.findings),
        "findings": described(made.findings),
        "notes": list(made.notes),
    }


def _broken_now(made: Delivered) -> set[str]:
    """Return what a file would be said to break: ``fails fill``, ``warns on sharp``."""
    return {_told(finding.severity, finding.rule) for finding in made.findings} - {""}


def _broken_then(last: DeliveryRecord | None) -> set[str]:
    findings = (last.findings if last else None) or ()
    return {_told(finding["severity"], finding["rule"]) for finding in findings} - {""}


def _told(severity: str, rule: str) -> str:
    return {"fail": f"fails {rule}", "warn": f"warns on {rule}"}.get(severity, "")
