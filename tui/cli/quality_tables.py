"""Tables of figures: per photo and per group of photos, for one program or two side by side.

With two programs a third line compares the last with the first: what it has of the other's error
(0.5 is half), and by how much it is better or worse where higher is better (+0.15).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.cli.output import table

if TYPE_CHECKING:
    from engine.matting.metrics import Figure, Quality

    Figures = Mapping[str, Mapping[str, Quality]]
    """By program, then by photo."""


def print_photos(figures: Figures) -> None:
    """Print the figures of every photo."""
    stems = next(iter(figures.values()))
    rows = (
        (stem, *row)
        for stem in stems
        for row in _rows({name: measured[stem] for name, measured in figures.items()})
    )
    table(("photo", *_headings(figures)), rows)


def print_groups(figures: Figures, groups: Mapping[str, Sequence[str]]) -> None:
    """Print mean and median of every group of photos; holes are added up in both."""
    from engine.matting.metrics import mean_quality, median_quality

    rows = (
        (group, kind, *row)
        for group, stems in groups.items()
        for kind, summary in (("mean", mean_quality), ("median", median_quality))
        for row in _rows(
            {name: summary([measured[s] for s in stems]) for name, measured in figures.items()}
        )
    )
    table(("background", "", *_headings(figures)), rows)


def compared(figure: Figure, ours: Quality, theirs: Quality) -> float | None:
    """Return ours ÷ theirs of an error, ours − theirs of what is better when higher.

    None where one of the two was not measured, or where there is no error to be a part of.
    """
    own, other = figure.value(ours), figure.value(theirs)
    if own is None or other is None:
        return None
    if figure.better == "higher":
        return own - other
    return own / other if other else None


def _headings(figures: Figures) -> Iterator[str]:
    from engine.matting.metrics import FIGURES

    if len(figures) > 1:
        yield ""
    yield from (figure.heading for figure in FIGURES)


def _rows(qualities: Mapping[str, Quality]) -> Iterator[tuple[str, ...]]:
    """Yield a line per program, and one that compares the last of two with the first."""
    from engine.matting.metrics import FIGURES

    if len(qualities) == 1:
        (quality,) = qualities.values()
        yield tuple(figure.text(quality) for figure in FIGURES)
        return
    for name, quality in qualities.items():
        yield name, *(figure.text(quality) for figure in FIGURES)
    first, *_, last = qualities.values()
    yield "compared", *(_difference(figure, last, first) for figure in FIGURES)


def _difference(figure: Figure, ours: Quality, theirs: Quality) -> str:
    value = compared(figure, ours, theirs)
    if value is None or (figure.better == "lower" and not float(figure.text(theirs))):
        return "-"  # the ratio of two figures that are both printed as nothing says nothing
    return f"{value:+.3f}" if figure.better == "higher" else f"{value:.2f}"
