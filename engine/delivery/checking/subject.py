"""Rules about the product in the picture: how much it fills, that it is whole, that it is one."""

from __future__ import annotations

from engine.delivery.checking.known import Known
from engine.delivery.checking.measure import Measured
from engine.delivery.checking.outcome import Outcome
from presets.schema import Rule

FILL_TOLERANCE = 2
"""Pixels by which a product may fall short of its fill: encoding blurs both of its edges."""

OWN_PART = 0.01
"""Share of all that the product encloses from which a separate piece may be another object."""


def fill(rule: Rule, measured: Measured, _: Known) -> Outcome:
    """Hold the product's span against the least and the greatest; tell the box's area, too.

    No channel publishes which of the two it means.
    """
    if measured.box is None:
        return Outcome(rule.severity, "no product found in the picture")
    box = measured.box
    value = max(box.width / measured.width, box.height / measured.height)
    area = box.width * box.height / (measured.width * measured.height)
    how = ", estimated by colour" if measured.estimated else ""
    told = f"the product spans {value:.1%} of the canvas (its box is {area:.1%} of the area{how})"
    tolerance = FILL_TOLERANCE / max(measured.width, measured.height)
    if rule.minimum is not None and value < rule.minimum - tolerance:
        return Outcome(rule.severity, f"{told}, at least {rule.minimum:.0%} asked", value)
    if rule.maximum is not None and value > rule.maximum + tolerance:
        return Outcome(rule.severity, f"{told}, at most {rule.maximum:.0%} asked", value)
    return Outcome("pass", told, value)


def not_cropped(rule: Rule, measured: Measured, known: Known) -> Outcome:
    """Tell a product that the photo's frame cuts from one that the canvas does."""
    if known.cut:
        sides = _sides(known.cut)
        return Outcome(rule.severity, f"cropped in the source photo: {sides}", sides)
    box = measured.box
    if box is not None and (touched := box.touches(measured.width, measured.height)):
        sides = _sides(touched)
        return Outcome(rule.severity, f"the product touches the frame: {sides}", sides)
    return Outcome("pass", "the product is whole")


def one_object(rule: Rule, measured: Measured, _: Known) -> Outcome:
    """Count the pieces of the product that are large enough to be an object of their own."""
    pieces = [share for share in measured.parts if share >= OWN_PART]
    if len(pieces) < 2:
        return Outcome("pass", "the product is in one piece", float(len(pieces)))
    shares = ", ".join(f"{share:.0%}" for share in pieces)
    told = f"{len(pieces)} separate objects ({shares}): a set, or something that is not sold"
    return Outcome("warn", told, float(len(pieces)))


def _sides(sides: frozenset[str]) -> str:
    return ", ".join(sorted(sides))
