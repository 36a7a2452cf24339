"""What comes of one rule on one file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engine.delivery.checking.findings import Severity
from engine.delivery.checking.known import Known
from engine.delivery.checking.measure import Measured
from presets.schema import Rule


class Outcome(NamedTuple):
    """How a rule stands, why in words, and what was measured."""

    severity: Severity
    message: str
    measured: float | str | None = None


Check = Callable[[Rule, Measured, Known], Outcome]
"""Holds a measured file against a rule, with what is known of the file beside its bytes."""
