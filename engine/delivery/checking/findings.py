"""What checking a file found, and how it is told.

packshot says which of a preset's rules a file keeps, never what a channel will do with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from presets.schema import Preset

Severity = Literal["fail", "warn", "review", "pass"]


@dataclass(frozen=True)
class Finding:
    """One rule's outcome on one file.

    ``review`` is for what no program can decide: a person has to look. ``source`` and ``date``
    say where the rule comes from and when that was read.
    """

    rule: str
    severity: Severity
    message: str
    measured: float | str | None
    source: str
    date: str


def failed(findings: Sequence[Finding]) -> bool:
    """Return whether a rule is broken that counts as failure."""
    return any(finding.severity == "fail" for finding in findings)


def summary(preset: Preset, findings: Sequence[Finding]) -> str:
    """Return the outcome in one line: ``fails preset amazon-main 2026-11 (2 rules, 1 warning)``."""
    failures = sum(finding.severity == "fail" for finding in findings)
    warnings = sum(finding.severity == "warn" for finding in findings)
    parts = []
    if failures:
        parts.append(f"{failures} {'rule' if failures == 1 else 'rules'}")
    if warnings:
        parts.append(f"{warnings} {'warning' if warnings == 1 else 'warnings'}")
    detail = f" ({', '.join(parts)})" if parts else ""
    return f"{'fails' if failures else 'passes'} preset {preset.label}{detail}"
