"""What packshot has to show beside another program with the same weights, and whether it does.

On seamless backdrops (gray sweep, white seamless, coloured paper) edges and holes have to be much
better than the other's; anywhere else nothing may be worse. Photos without a known background
count as seamless.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.matting.metrics import FIGURES, Figure, Quality, mean_quality, median_quality
from tui.cli.quality_tables import compared
from tui.cli.scenes import Scene

SEAMLESS = frozenset({"gray sweep", "white seamless", "coloured paper"})
_HARD = frozenset({"glass", "reflecting glass", "metal", "gold", "low contrast"})
_THIN = ("thin", "teeth", "mesh", "cable")  # words within tags

_HALF = 0.5
_BOUNDARY_GAIN = 0.15
_NOT_MUCH_WORSE = 1.02
_HOLES_OPEN = 0.9
_SOLID_LOST = 0.02
_THIN_BOUNDARY = 0.85  # the contour of thin parts is where it should be, but for a few places

_BY_NAME = {figure.name: figure for figure in FIGURES}
_SUMMARIES = (("mean", mean_quality), ("median", median_quality))

Measured = Mapping[str, Quality]  # by photo


@dataclass(frozen=True)
class Check:
    """One requirement: what it asks, what was found, and whether that holds."""

    what: str
    found: str
    holds: bool


def split(stems: Sequence[str], scenes: Mapping[str, Scene]) -> tuple[list[str], list[str]]:
    """Return the photos on seamless backdrops, and the others."""
    other = [s for s in stems if s in scenes and scenes[s].background not in SEAMLESS]
    return [s for s in stems if s not in other], other


def check_all(
    ours: Measured, theirs: Measured, scenes: Mapping[str, Scene], *, coarse: bool
) -> Iterator[Check]:
    """Yield every requirement that the photos can tell something of.

    Parameters
    ----------
    ours, theirs : the figures of the same photos
    scenes : what the photos show
    coarse : whether the network sees 320² pixels; of a finer one, whose contours lie better from
        the start, only the error in the band has to be halved
    """
    seamless, other = split(list(ours), scenes)
    if seamless:
        yield from _check_seamless(_of(ours, seamless), _of(theirs, seamless), coarse=coarse)
    if other:
        yield from _check_other(_of(ours, other), _of(theirs, other))
    yield _check_photos(ours, theirs, "no photo worse by more than 2 % of SAD", _NOT_MUCH_WORSE)
    hard = [stem for stem in ours if stem in scenes and scenes[stem].tags & _HARD]
    if hard:
        what = "glass, metal, product on its own colour: SAD never worse"
        yield _check_photos(_of(ours, hard), _of(theirs, hard), what, 1)
    thin = [stem for stem in ours if stem in scenes and _is_thin(scenes[stem])]
    if thin:
        yield _check_thin(_of(ours, thin))
    yield from _check_holes(ours)
    if _BY_NAME["delta_e"].value(mean_quality(list(ours.values()))) is not None:
        yield _at_most_half(_BY_NAME["delta_e"], "mean", ours, theirs)


def check_level(ours: Measured, finer: Measured, name: str) -> Iterator[Check]:
    """Yield whether packshot with a small network is level with a finer network alone."""
    for figure in (_BY_NAME["sad"], _BY_NAME["gradient"], _BY_NAME["band"]):
        own, other = (mean_quality(list(measured.values())) for measured in (ours, finer))
        ratio = compared(figure, own, other)
        yield Check(
            f"mean {figure.heading} level with {name}",
            f"{figure.text(own)} : {figure.text(other)}",
            ratio is None or ratio <= 1,
        )


def _of(measured: Measured, stems: Sequence[str]) -> Measured:
    return {stem: measured[stem] for stem in stems}


def _is_thin(scene: Scene) -> bool:
    return any(word in tag for tag in scene.tags for word in _THIN)


def _check_seamless(ours: Measured, theirs: Measured, *, coarse: bool) -> Iterator[Check]:
    names = ("sad", "gradient", "band") if coarse else ("band",)
    for name in names:
        for kind, _ in _SUMMARIES:
            yield _at_most_half(_BY_NAME[name], kind, ours, theirs, "seamless: ")
    if coarse:
        for kind, summary in _SUMMARIES:
            own, other = (summary(list(measured.values())) for measured in (ours, theirs))
            gain = own.boundary_f - other.boundary_f
            yield Check(
                f"seamless: {kind} BF higher by at least {_BOUNDARY_GAIN}",
                f"{gain:+.3f}",
                gain >= _BOUNDARY_GAIN,
            )


def _at_most_half(
    figure: Figure, kind: str, ours: Measured, theirs: Measured, where: str = ""
) -> Check:
    summary = dict(_SUMMARIES)[kind]
    own, other = (summary(list(measured.values())) for measured in (ours, theirs))
    ratio = compared(figure, own, other)
    return Check(
        f"{where}{kind} {figure.heading} at most half",
        "-" if ratio is None else f"{ratio:.2f}",
        ratio is None or ratio <= _HALF,
    )


def _check_other(ours: Measured, theirs: Measured) -> Iterator[Check]:
    own, other = (mean_quality(list(measured.values())) for measured in (ours, theirs))
    worse = [figure.heading for figure in FIGURES if _gain(figure, own, other) < 0]
    yield Check("other backgrounds: no mean figure worse", ", ".join(worse) or "none", not worse)
    for name in ("gradient", "boundary_f"):
        figure = _BY_NAME[name]
        yield Check(
            f"other backgrounds: mean {figure.heading} better",
            f"{figure.text(own)} : {figure.text(other)}",
            _gain(figure, own, other) > 0,
        )


def _gain(figure: Figure, ours: Quality, theirs: Quality) -> float:
    """Return by how much a figure is better, as far as it is printed; 0 if it was not measured."""
    own, other = figure.value(ours), figure.value(theirs)
    if own is None or other is None:
        return 0
    gain = round(own, figure.decimals) - round(other, figure.decimals)
    return gain if figure.better == "higher" else -gain


def _check_photos(ours: Measured, theirs: Measured, what: str, limit: float) -> Check:
    ratios = {stem: ours[stem].sad / max(theirs[stem].sad, 1e-9) for stem in ours}
    bad = {stem: ratio for stem, ratio in ratios.items() if ratio > limit}
    found = bad or {stem: ratio for stem, ratio in ratios.items() if ratio == max(ratios.values())}
    return Check(what, ", ".join(f"{stem} {ratio:.2f}" for stem, ratio in found.items()), not bad)


def _check_thin(ours: Measured) -> Check:
    bad = {stem: q.boundary_f for stem, q in ours.items() if q.boundary_f < _THIN_BOUNDARY}
    found = bad or {"lowest": min(q.boundary_f for q in ours.values())}
    return Check(
        f"thin structures: BF at least {_THIN_BOUNDARY} in every photo",
        ", ".join(f"{stem} {value:.3f}" for stem, value in found.items()),
        not bad,
    )


def _check_holes(ours: Measured) -> Iterator[Check]:
    mean = mean_quality(list(ours.values()))
    holes = _BY_NAME["holes_open"]
    share = holes.value(mean)
    if share is not None:
        closed = {stem: holes.text(q) for stem, q in ours.items() if q.holes_open < q.holes_total}
        told = ", ".join(f"{stem} {text}" for stem, text in closed.items())
        yield Check(
            f"holes: at least {_HOLES_OPEN:.0%} open",
            f"{holes.text(mean)} ({told})" if told else holes.text(mean),
            share >= _HOLES_OPEN,
        )
    worst = max(ours, key=lambda stem: ours[stem].solid_lost)
    yield Check(
        f"solid interior: less than {_SOLID_LOST:.0%} lost in the mean",
        f"{mean.solid_lost:.4f} (most: {worst} {ours[worst].solid_lost:.4f})",
        mean.solid_lost < _SOLID_LOST,
    )
