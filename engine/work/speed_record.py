"""Runs of ``bench speed``: kept as files, and compared in words.

A figure is seconds, or megabytes where its name says so; ``spread`` is the half range of what was
measured, as a share of the figure. Files that are damaged or of another shape are passed over.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.atomic import write_atomic
from engine.work.hardware import Facts, differences

_NOISE = 0.15  # of a figure; less is said to be the same, however often it was measured
_SMALL = 0.005  # seconds; a step below is too short to be compared
MEGABYTES = "MB"
"""How the names of figures end that are no seconds."""


@dataclass(frozen=True)
class Figure:
    """Something measured: the median, and how far it varied around it."""

    value: float
    spread: float = 0.0


@dataclass(frozen=True)
class SpeedRun:
    """One run: when (UTC, ISO 8601), with which model and provider, on what, and the figures.

    ``plan`` names how much was measured; ``busy`` says that other programs had the processor, so
    that no later run is held against this one.
    """

    made: str
    model: str
    provider: str
    facts: Facts
    figures: dict[str, Figure]
    plan: str = "full"
    busy: bool = False


def figure(values: list[float]) -> Figure:
    """Return the median of at least one value and the spread."""
    ordered = sorted(values)
    middle = ordered[len(ordered) // 2]
    return Figure(middle, (ordered[-1] - ordered[0]) / 2 / middle if middle > 0 else 0.0)


def save_run(home: Path, run: SpeedRun) -> Path:
    """Write a run beside the earlier ones and return its file.

    Raises
    ------
    OutputError : it could not be written
    """
    stamp = "".join(letter for letter in run.made if letter.isdigit() or letter == "T")
    path = home / "bench" / f"speed-{stamp}.json"
    write_atomic(path, json.dumps(asdict(run), indent=2).encode())
    return path


def last_run(home: Path) -> SpeedRun | None:
    """Return the newest run."""
    return next(_runs(home), None)


def last_like(home: Path, run: SpeedRun) -> SpeedRun | None:
    """Return the newest run that one can be held against: of its model and plan, undisturbed."""
    wanted = (run.model, run.plan, False)
    return next((e for e in _runs(home) if (e.model, e.plan, e.busy) == wanted), None)


def changes(then: SpeedRun, now: SpeedRun) -> list[str]:
    """Say what changed between two runs: the machine first, then every figure beyond the noise."""
    said = differences(then.facts, now.facts)
    if then.provider != now.provider:
        said.append(f"provider {now.provider}, was {then.provider}")
    for name, figure_now in now.figures.items():
        figure_then = then.figures.get(name)
        if figure_then is not None:
            said += _change(name, figure_then, figure_now)
    return said


def _change(name: str, then: Figure, now: Figure) -> list[str]:
    memory = name.endswith(MEGABYTES)
    if min(then.value, now.value) <= (0.0 if memory else _SMALL):
        return []
    ratio = now.value / then.value
    noise = 1 + max(_NOISE, then.spread + now.spread)
    if 1 / noise <= ratio <= noise:
        return []
    word = ("more" if ratio > 1 else "less") if memory else "slower" if ratio > 1 else "faster"
    before, after = (
        f"{each.value:.0f}" if memory else f"{each.value:.3g} s" for each in (then, now)
    )
    return [f"{name}: {word}, {after} instead of {before} ({_times(ratio)})"]


def _times(ratio: float) -> str:
    return f"{ratio:.1f} ×" if ratio > 1 else f"{100 * ratio:.0f} %"


def _runs(home: Path) -> Iterator[SpeedRun]:
    for path in sorted((home / "bench").glob("speed-*.json"), reverse=True):
        run = _read(path)
        if run is not None:
            yield run


def _read(path: Path) -> SpeedRun | None:
    try:
        values = json.loads(path.read_bytes())
        figures = {str(name): _figure(each) for name, each in values["figures"].items()}
        facts = {str(name): str(each) for name, each in values["facts"].items()}
        made, model, provider = (str(values[key]) for key in ("made", "model", "provider"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    plan, busy = str(values.get("plan", "full")), values.get("busy") is True
    return SpeedRun(made, model, provider, facts, figures, plan, busy)


def _figure(values: Mapping[str, object]) -> Figure:
    value, spread = float(str(values["value"])), float(str(values["spread"]))
    if not (math.isfinite(value) and math.isfinite(spread)):
        raise ValueError("not a number")
    return Figure(value, spread)
