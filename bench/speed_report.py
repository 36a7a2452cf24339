"""Figures held against marks: what a comparison of speed prints, and writes for programs."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tui.cli.output import echo, table


@dataclass(frozen=True)
class Mark:
    """What a figure has to reach: at least or at most so much; None: it is only told."""

    wanted: float | None = None
    least: bool = True

    def reached(self, value: float) -> bool:
        """Return whether a value is good enough."""
        if self.wanted is None:
            return True
        return value >= self.wanted if self.least else value <= self.wanted

    def __str__(self) -> str:
        return "" if self.wanted is None else f"{'≥' if self.least else '≤'} {self.wanted:g}"


TOLD = Mark()
"""Of a figure that nothing is asked of."""


@dataclass(frozen=True)
class Row:
    """A figure, measured in one or several rounds."""

    what: str
    values: tuple[float, ...]
    mark: Mark
    unit: str

    @property
    def middle(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.values)


@dataclass
class Report:
    """All figures of a run; ``facts`` say what they were measured on."""

    facts: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, values: Sequence[float], mark: Mark = TOLD, unit: str = "") -> None:
        """Note a figure of one or several rounds."""
        self.rows.append(Row(what, tuple(values), mark, unit))

    @property
    def missed(self) -> list[str]:
        """The figures that do not reach their marks."""
        return [row.what for row in self.rows if not row.mark.reached(row.middle)]

    def show(self) -> None:
        """Print every figure: median, least and greatest, its mark, and whether it is missed."""
        shown = [
            (
                row.what,
                f"{row.middle:.2f}{row.unit}",
                f"{min(row.values):.2f}…{max(row.values):.2f}" if len(row.values) > 1 else "",
                str(row.mark),
                "missed" if row.what in self.missed else "",
            )
            for row in self.rows
        ]
        echo()
        table(("", "median", "spread", "wanted", ""), shown)
        echo("\n" + "; ".join(f"{name} {value}" for name, value in self.facts.items()))
        echo(f"missed: {', '.join(self.missed) or 'nothing'}")

    def write(self, path: Path) -> None:
        """Write every figure as JSON."""
        rows = [asdict(row) | {"median": row.middle} for row in self.rows]
        told = {"facts": dict(self.facts), "figures": rows, "missed": self.missed}
        path.write_text(json.dumps(told, indent=2, ensure_ascii=False), encoding="utf-8")
