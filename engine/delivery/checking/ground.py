"""Rules about what is not the product: a white ground, and a frame without bars and shadows."""

from __future__ import annotations

from engine.delivery.checking.known import Known
from engine.delivery.checking.measure import Measured
from engine.delivery.checking.outcome import Outcome
from engine.delivery.checking.white import whiteness
from presets.schema import Rule

_NEGLIGIBLE = 0.0002
"""Share of the ground that a soft edge may darken where the product's outline is estimated."""


def white_background(rule: Rule, measured: Measured, _: Known) -> Outcome:
    """Hold the ground against pure white, strictly beyond the reach of JPEG's ringing."""
    if measured.alpha == "transparent":
        told = "the background is transparent, not white"
        return Outcome(rule.severity, told, "transparent")
    found = whiteness(measured.pixels, measured.product)
    told = f"{found.stained:.2%} of the background is not 255,255,255, down to {found.lowest}"
    if found.stained == 0:
        if found.glow:
            told = "a shadow or glow lies close around the product"
            return Outcome("warn", told, found.lowest)
        return Outcome("pass", "the background is pure white", found.lowest)
    if measured.estimated and found.stained == found.near <= _NEGLIGIBLE:
        told = "the background is pure white, but for a trace of the product's soft edge"
        return Outcome("pass", told, found.lowest)
    if measured.estimated and found.stained == found.near:
        told = f"{told}, at the product: a shadow, or a pale part of it"
        return Outcome("warn", told, found.lowest)
    return Outcome(rule.severity, told, found.lowest)


def clean_frame(rule: Rule, measured: Measured, _: Known) -> Outcome:
    """Look for a border, a bar or a shadow along the frame."""
    if not measured.bars:
        return Outcome("pass", "nothing lies along the frame")
    told = ", ".join(f"{bar.side} ({bar.thickness} px)" for bar in measured.bars)
    darkest = min(bar.level for bar in measured.bars)
    return Outcome(rule.severity, f"a border or shadow lies along the frame: {told}", darkest)
