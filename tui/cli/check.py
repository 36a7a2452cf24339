"""``packshot check``: files made by any tool, held against the rules of a preset or a season."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.compliance import HTML, write_page
from tui.cli.here import own_session
from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, note, progress
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.checking.findings import Finding
    from engine.work.checking import CheckedFile
    from presets.loader import LoadedPreset
    from tui.html.compliance import Entry

SIGNS = {"fail": "✗", "warn": "!", "review": "?", "pass": "✓"}
"""What stands before a finding; every sign comes with words, so that none is needed to read it."""

_ORDER = ("unreadable", "fails", "warns", "passes")


@click.command()
@click.argument("paths", metavar="PATH…", type=GIVEN_PATH, nargs=-1, required=True)
@click.option("--preset", "name", help="Whose rules.")
@click.option("--season", help="The rules of all presets of a season.")
@own_session
@click.option("--all", "everything", is_flag=True, help="Show the rules that are kept, too.")
@HTML
@JSON
def command(
    paths: tuple[Path, ...],
    name: str | None,
    season: str | None,
    session: Path | None,
    everything: bool,
    page: Path | None,
    as_json: bool,
) -> int:
    """Hold existing files, or all pictures of folders, against a preset's rules.

    The files may come from any tool. Where a file has no alpha, the product is estimated by its
    difference from the colour along the frame. Uncertain rules only warn, and say where they
    come from. The exit status is 1 when a file fails or cannot be read.

    With --season a file is held against the preset whose folder it lies in, and against all of
    the season's where it lies in none of their folders.
    """
    from engine.delivery.checking.files import pictures_in, presets_for
    from engine.work.checking import check_files

    loaded = _presets(name, season, session)
    origins = {each.preset.name: each.origin for each in loaded}
    presets = [each.preset for each in loaded]
    tasks = [(path, preset) for path in pictures_in(paths) for preset in presets_for(path, presets)]
    with progress(len(tasks), "check") as bar:
        checked = check_files(tasks, lambda path: bar.step(path.name))
    if page is not None:
        entries = [(each.path, _entry(each)) for each in checked]
        write_page(page, f"Check: {season or name}", entries, _ORDER)
    rows = [_row(each, origins) for each in checked]
    if as_json:
        echo_json(rows)
    else:
        if not rows:
            note("There is no picture in any of these folders.")
        for row in rows:
            _print(row, everything)
    return 0 if all(row["passed"] for row in rows) else 1


def _presets(name: str | None, season: str | None, session: Path | None) -> Sequence[LoadedPreset]:
    """Return the presets whose rules count.

    Raises
    ------
    PresetError : there is none of that name, or it cannot be used
    """
    from presets.loader import find_preset
    from presets.seasons import find_season

    if (name is None) == (season is None):
        raise click.UsageError("say whose rules: --preset NAME, or --season NAME")
    if name is not None:
        return [find_preset(name, session)]
    names = find_season(str(season), session).season.presets
    return [find_preset(each, session) for each in names]


def described(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Return findings as JSON knows them."""
    from dataclasses import asdict

    return [asdict(finding) for finding in findings]


def _row(checked: CheckedFile, origins: Mapping[str, str]) -> dict[str, Any]:
    from engine.delivery.checking.findings import failed, summary

    if checked.problem is not None:
        problem = str(checked.problem)
        return {"file": str(checked.path), "passed": False, "error": problem, "findings": []}
    preset = checked.preset
    return {
        "file": str(checked.path),
        "preset": preset.label,
        "origin": origins[preset.name],
        "passed": not failed(checked.findings),
        "summary": summary(preset, checked.findings),
        "findings": described(checked.findings),
    }


def _print(row: dict[str, Any], everything: bool) -> None:
    if "error" in row:
        echo(safe(row["error"]))
        return
    whose = "" if row["origin"] == "built-in" else f" [{row['origin']}]"
    echo(safe(f"{row['file']}: {row['summary']}{whose}"))
    for finding in row["findings"]:
        severity = finding["severity"]
        if severity == "pass" and not everything:
            continue
        origin = f" [{finding['source']}, {finding['date']}]" if severity != "pass" else ""
        echo(safe(f"  {SIGNS[severity]} {severity:<6} {finding['message']}{origin}"))


def _entry(checked: CheckedFile) -> Entry:
    from tui.html.compliance import Entry

    severities = {finding.severity for finding in checked.findings}
    outcome = "fails" if "fail" in severities else "warns" if "warn" in severities else "passes"
    return Entry(
        name=checked.path.name,
        outcome="unreadable" if checked.problem else outcome,
        facts=[checked.preset.label, str(checked.path.parent)],
        findings=described(checked.findings),
        problem=str(checked.problem) if checked.problem else "",
    )
