"""Rules about where the pixels come from: blurred, enlarged, or from a messaging app.

What is only estimated can but warn, whatever the rule says: plain and soft products exist.
"""

from __future__ import annotations

import cv2
import numpy as np

from engine.delivery.checking.detail import LOOKED_AT, detail, edge_width
from engine.delivery.checking.known import Known
from engine.delivery.checking.measure import Measured
from engine.delivery.checking.outcome import Outcome
from engine.session.warnings import ENOUGH_EVIDENCE, has_copy_name, messaging_evidence
from presets.schema import Rule

BLURRED = 3.4
"""Pixels that the sharpest edges of a blurred product are wide, at the size it is looked at."""

ENLARGED = 3.1
"""Pixels that the sharpest edges of an enlarged product are wide, at the file's own size."""

MAYBE_ENLARGED = 2.7
"""The same where a trace of resampling is there as well."""

TRACE = 8.0
"""How far a period of the second differences stands out where resampling has left it."""

ENLARGED_ABOVE = 1.01
"""Pixels of the file per pixel of the photo above which a product was enlarged."""

_TOO_FEW = "too few edges to tell by"


def sharp(rule: Rule, measured: Measured, _: Known) -> Outcome:
    """Hold the sharpest edges against blur, at the size at which a product is looked at."""
    width = _width_as_looked_at(measured)
    if width is None:
        return Outcome("review", f"whether it is sharp: {_TOO_FEW}")
    told = f"its sharpest edges are {width:.1f} pixels wide at {LOOKED_AT} pixels"
    if width >= BLURRED:
        return Outcome("warn", f"it looks blurred: {told}", width)
    return Outcome("pass", told, width)


def not_upscaled(rule: Rule, measured: Measured, known: Known) -> Outcome:
    """Tell an enlarged product: from its scale where that is known, and from its pixels."""
    if known.scale is not None and known.scale > ENLARGED_ABOVE:
        told = f"it was enlarged {known.scale:.2f} times: it has too few pixels of its own"
        return Outcome(rule.severity, told, known.scale)
    found = detail(measured.shown.astype(np.float32), measured.product)
    if found is None:
        return Outcome("review", f"whether it was enlarged: {_TOO_FEW}")
    told = f"its sharpest edges are {found.width:.1f} pixels wide"
    if found.width >= ENLARGED:
        return Outcome("warn", f"it has the detail of a smaller picture: {told}", found.width)
    # Whoever has made the file smaller has left a trace as well: it says nothing then.
    resampled = known.scale is not None and known.scale != 1
    if found.width >= MAYBE_ENLARGED and found.trace >= TRACE and not resampled:
        told = f"it was probably enlarged: {told}, and resampling left a trace"
        return Outcome("warn", told, found.width)
    return Outcome("pass", told, found.width)


def original_source(rule: Rule, measured: Measured, known: Known) -> Outcome:
    """Look for the signs of a messaging app's copy, in the photo where it is known.

    A finished file for the web looks much like such a copy: small, of middling quality, without
    a camera. What it has and a copy lacks is a colour profile.
    """
    facts = known.source or measured.facts
    score, signs = messaging_evidence(facts)
    finished = known.source is None and measured.profile != "untagged" and not has_copy_name(facts)
    if score < ENOUGH_EVIDENCE or finished:
        return Outcome("pass", "no sign of a messaging app's copy", score)
    what = "the photo" if known.source else "the file"
    told = f"{what} is probably a copy from a messaging app ({', '.join(signs)})"
    return Outcome("warn", told, score)


def _width_as_looked_at(measured: Measured) -> float | None:
    """Return how wide the sharpest edges are once the product is no larger than on a page."""
    if measured.box is None:
        return None
    grey = measured.shown.astype(np.float32)
    factor = LOOKED_AT / max(measured.box.width, measured.box.height)
    if factor >= 1:
        return edge_width(grey, measured.product)
    size = (round(measured.width * factor), round(measured.height * factor))
    smaller = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    product = cv2.resize(measured.product.view(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return edge_width(smaller.astype(np.float32), product.astype(np.bool_))
