"""A finished file against a preset's rules.

A pure function of the encoded bytes: what is judged is what a channel will decode, not what was
meant. Rules that are not certain only ever warn; the schema sees to that.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.delivery.checking.findings import Finding, Severity
from engine.delivery.checking.measure import Measured, measure
from engine.delivery.checking.white import whiteness
from presets.schema import CHOICE_CHECKS, NUMBER_CHECKS, Preset, Rule

FILL_TOLERANCE = 2
"""Pixels by which a product may fall short of its fill: encoding blurs both of its edges."""

Outcome = tuple[Severity, str, float | str | None]


def check(
    data: bytes,
    preset: Preset,
    name: str,
    *,
    coverage: NDArray[np.uint8] | None = None,
    cut: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """Hold a finished file against every rule of a preset.

    Parameters
    ----------
    data : the encoded file
    preset : whose rules
    name : what the file is called, for errors
    coverage : (H, W) the product's alpha in the file where it is known, 0…255
    cut : sides on which the photo's own frame cuts the product, where that is known

    Raises
    ------
    PhotoUnreadable, PhotoUnsupported : the bytes are no picture that can be decoded
    """
    measured = measure(data, name, coverage)
    findings = []
    for rule in preset.rules:
        severity, message, value = _outcome(rule, measured, cut)
        if rule.note and severity in {"fail", "warn"}:
            message = f"{message} ({rule.note})"
        findings.append(Finding(rule.check, severity, message, value, rule.source, rule.date))
    return tuple(findings)


def _outcome(rule: Rule, measured: Measured, cut: frozenset[str]) -> Outcome:
    if rule.check == "fill":
        return _fill(rule, measured)
    if rule.check in NUMBER_CHECKS:
        return _number(rule, measured)
    if rule.check in CHOICE_CHECKS:
        return _choice(rule, measured)
    if rule.check == "white_background":
        return _white(rule, measured)
    if rule.check == "not_cropped":
        return _cropped(rule, measured, cut)
    return "review", f"a person has to look: {rule.note}", None


_NUMBERS: dict[str, tuple[str, Callable[[Measured], float], Callable[[float], str]]] = {
    "width": ("the width", lambda m: m.width, lambda v: f"{v:.0f} pixels"),
    "height": ("the height", lambda m: m.height, lambda v: f"{v:.0f} pixels"),
    "long_side": ("the longer side", lambda m: max(m.width, m.height), lambda v: f"{v:.0f} pixels"),
    "short_side": (
        "the shorter side",
        lambda m: min(m.width, m.height),
        lambda v: f"{v:.0f} pixels",
    ),
    "megapixels": (
        "the size",
        lambda m: m.width * m.height / 1e6,
        lambda v: f"{v:.3g} megapixels",
    ),
    "bytes": ("the file", lambda m: m.bytes, lambda v: f"{v / 1e6:.3g} MB"),
    "ratio": ("width by height", lambda m: m.width / m.height, lambda v: f"{v:.3f}"),
}


def _number(rule: Rule, measured: Measured) -> Outcome:
    label, value_of, text = _NUMBERS[rule.check]
    value = value_of(measured)
    told = f"{label} is {text(value)}"
    if rule.minimum is not None and value < rule.minimum:
        return rule.severity, f"{told}, at least {text(rule.minimum)} asked", value
    if rule.maximum is not None and value > rule.maximum:
        return rule.severity, f"{told}, at most {text(rule.maximum)} asked", value
    return "pass", told, value


_CHOICES: dict[str, tuple[str, Callable[[Measured], str | None]]] = {
    "format": ("the format", lambda m: m.format),
    "profile": ("the colour profile", lambda m: m.profile),
    "chroma": ("the colour resolution", lambda m: m.chroma),
    "alpha": ("the alpha channel", lambda m: m.alpha),
}


def _choice(rule: Rule, measured: Measured) -> Outcome:
    label, value_of = _CHOICES[rule.check]
    value = value_of(measured)
    if value is None:
        return "pass", f"{label} does not apply to {measured.format}", None
    if value in rule.allowed:
        return "pass", f"{label} is {value}", value
    asked = " or ".join(rule.allowed)
    if rule.check == "profile" and value == "untagged" and "sRGB" in rule.allowed:
        # Viewers take an untagged file for sRGB; whether it is, the file does not say.
        return "warn", f"{label} is missing, {asked} asked: viewers will take it for sRGB", value
    return rule.severity, f"{label} is {value}, {asked} asked", value


def _fill(rule: Rule, measured: Measured) -> Outcome:
    if measured.box is None:
        return rule.severity, "no product found in the picture", None
    box = measured.box
    value = max(box.width / measured.width, box.height / measured.height)
    area = box.width * box.height / (measured.width * measured.height)
    how = ", estimated by colour" if measured.estimated else ""
    told = f"the product spans {value:.1%} of the canvas (its box is {area:.1%} of the area{how})"
    tolerance = FILL_TOLERANCE / max(measured.width, measured.height)
    if rule.minimum is not None and value < rule.minimum - tolerance:
        return rule.severity, f"{told}, at least {rule.minimum:.0%} asked", value
    if rule.maximum is not None and value > rule.maximum + tolerance:
        return rule.severity, f"{told}, at most {rule.maximum:.0%} asked", value
    return "pass", told, value


def _white(rule: Rule, measured: Measured) -> Outcome:
    if measured.alpha == "transparent":
        return rule.severity, "the background is transparent, not white", "transparent"
    found = whiteness(measured.pixels, measured.product)
    told = f"{found.stained:.2%} of the background is not 255,255,255, down to {found.lowest}"
    if found.stained == 0:
        if found.glow:
            return "warn", "a shadow or glow lies close around the product", found.lowest
        return "pass", "the background is pure white", found.lowest
    if measured.estimated and found.stained == found.near:
        return "warn", f"{told}, at the product: a shadow, or a pale part of it", found.lowest
    return rule.severity, told, found.lowest


def _cropped(rule: Rule, measured: Measured, cut: frozenset[str]) -> Outcome:
    touched = measured.box.touches(measured.width, measured.height) if measured.box else frozenset()
    if cut:
        return rule.severity, f"cropped in the source photo: {_sides(cut)}", _sides(cut)
    if touched:
        return rule.severity, f"the product touches the frame: {_sides(touched)}", _sides(touched)
    return "pass", "the product is whole", None


def _sides(sides: frozenset[str]) -> str:
    return ", ".join(sorted(sides))
