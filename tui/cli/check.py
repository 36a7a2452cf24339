"""``packshot check``: files made by any tool, held against a preset's rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.here import own_session
from tui.cli.output import echo, echo_json, progress
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.checking.findings import Finding

SIGNS = {"fail": "✗", "warn": "!", "review": "?", "pass": "✓"}
"""What stands before a finding; every sign comes with words, so that none is needed to read it."""


@click.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--preset", "name", required=True, help="Whose rules.")
@own_session
@click.option("--all", "everything", is_flag=True, help="Show the rules that are kept, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    files: tuple[Path, ...], name: str, session: Path | None, everything: bool, as_json: bool
) -> int:
    """Hold existing files against a preset's rules.

    The files may come from any tool. Where a file has no alpha, the product is estimated by its
    difference from the colour along the frame. Uncertain rules only warn, and say where they
    come from. The exit status is 1 when a file fails or cannot be read.
    """
    from engine.delivery.checking.check import check
    from engine.delivery.checking.findings import failed, summary
    from engine.errors import PhotoError, PhotoUnreadable
    from presets.loader import find_preset

    loaded = find_preset(name, session)
    rows: list[dict[str, Any]] = []
    with progress(len(files), "check") as bar:
        for path in files:
            try:
                findings = check(path.read_bytes(), loaded.preset, str(path))
            except PhotoError as error:
                rows.append(_unreadable(path, error))
            except OSError as error:
                problem = f"could not be read ({error.strerror})"
                rows.append(
                    _unreadable(path, PhotoUnreadable(str(path), problem, "Check the path."))
                )
            else:
                rows.append(
                    {
                        "file": str(path),
                        "preset": loaded.preset.label,
                        "origin": loaded.origin,
                        "passed": not failed(findings),
                        "summary": summary(loaded.preset, findings),
                        "findings": described(findings),
                    }
                )
            bar.step(path.name)
    if as_json:
        echo_json(rows)
    else:
        for row in rows:
            _print(row, everything)
    return 0 if all(row["passed"] for row in rows) else 1


def described(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Return findings as JSON knows them."""
    from dataclasses import asdict

    return [asdict(finding) for finding in findings]


def _unreadable(path: Path, error: Exception) -> dict[str, Any]:
    return {"file": str(path), "passed": False, "error": str(error), "findings": []}


def _print(row: dict[str, Any], everything: bool) -> None:
    if "error" in row:
        echo(safe(row["error"]))
        return
    echo(safe(f"{row['file']}: {row['summary']}"))
    for finding in row["findings"]:
        severity = finding["severity"]
        if severity == "pass" and not everything:
            continue
        origin = f" [{finding['source']}, {finding['date']}]" if severity != "pass" else ""
        echo(safe(f"  {SIGNS[severity]} {severity:<6} {finding['message']}{origin}"))
