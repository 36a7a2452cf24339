"""Rules that hold a number, a word or a name against what is allowed."""

from __future__ import annotations

from collections.abc import Callable

from engine.delivery.checking.known import Known
from engine.delivery.checking.measure import Measured
from engine.delivery.checking.outcome import Outcome
from presets.schema import Rule, matches


def _own_pixels(measured: Measured, known: Known) -> float | None:
    """Return the product's longer side in pixels of its own: enlarging adds none."""
    if measured.box is None:
        return None
    side = max(measured.box.width, measured.box.height)
    return side / max(1.0, known.scale or 1.0)


def _pixels(value: float) -> str:
    return f"{value:.0f} pixels"


_NUMBERS: dict[
    str,
    tuple[str, Callable[[Measured, Known], float | None], Callable[[float], str]],
] = {
    "width": ("the width", lambda m, _: m.width, _pixels),
    "height": ("the height", lambda m, _: m.height, _pixels),
    "long_side": ("the longer side", lambda m, _: max(m.width, m.height), _pixels),
    "short_side": ("the shorter side", lambda m, _: min(m.width, m.height), _pixels),
    "product_side": ("the product's longer side", _own_pixels, _pixels),
    "megapixels": (
        "the size",
        lambda m, _: m.width * m.height / 1e6,
        lambda v: f"{v:.3g} megapixels",
    ),
    "bytes": ("the file", lambda m, _: m.bytes, lambda v: f"{v / 1e6:.3g} MB"),
    "bits": ("the depth", lambda m, _: m.bits, lambda v: f"{v:.0f} bits a channel"),
    "ratio": ("width by height", lambda m, _: m.width / m.height, lambda v: f"{v:.3f}"),
}


def number(rule: Rule, measured: Measured, known: Known) -> Outcome:
    """Hold a number against its least and greatest."""
    label, value_of, text = _NUMBERS[rule.check]
    value = value_of(measured, known)
    if value is None:
        return Outcome(rule.severity, "no product found in the picture")
    told = f"{label} is {text(value)}"
    if rule.minimum is not None and value < rule.minimum:
        return Outcome(rule.severity, f"{told}, at least {text(rule.minimum)} asked", value)
    if rule.maximum is not None and value > rule.maximum:
        return Outcome(rule.severity, f"{told}, at most {text(rule.maximum)} asked", value)
    return Outcome("pass", told, value)


_CHOICES: dict[str, tuple[str, Callable[[Measured], str | None]]] = {
    "format": ("the format", lambda m: m.format),
    "profile": ("the colour profile", lambda m: m.profile),
    "chroma": ("the colour resolution", lambda m: m.facts.subsampling),
    "alpha": ("the alpha channel", lambda m: m.alpha),
}


def choice(rule: Rule, measured: Measured, _: Known) -> Outcome:
    """Hold a word against those that are allowed."""
    label, value_of = _CHOICES[rule.check]
    value = value_of(measured)
    if value is None:
        return Outcome("pass", f"{label} does not apply to {measured.format}")
    if value in rule.allowed:
        return Outcome("pass", f"{label} is {value}", value)
    asked = " or ".join(rule.allowed)
    if rule.check == "profile" and value == "untagged" and "sRGB" in rule.allowed:
        # Viewers take an untagged file for sRGB; whether it is, the file does not say.
        told = f"{label} is missing, {asked} asked: viewers will take it for sRGB"
        return Outcome("warn", told, value)
    return Outcome(rule.severity, f"{label} is {value}, {asked} asked", value)


def file_name(rule: Rule, measured: Measured, _: Known) -> Outcome:
    """Hold the file's name, with its suffix, against a pattern."""
    name = measured.facts.name
    if rule.pattern is None or matches(rule.pattern, name):
        return Outcome("pass", f"the name is {name}", name)
    return Outcome(rule.severity, f"the name is {name}, which is not of the form asked", name)
