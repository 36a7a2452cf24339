"""A finished file against a preset's rules.

A pure function of the encoded bytes: what is judged is what a channel will decode, not what was
meant. Rules that are not certain only ever warn; the schema sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.delivery.checking.fidelity import not_upscaled, original_source, sharp
from engine.delivery.checking.figures import choice, file_name, number
from engine.delivery.checking.findings import Finding
from engine.delivery.checking.ground import clean_frame, white_background
from engine.delivery.checking.known import NOTHING, Known
from engine.delivery.checking.measure import Measured, measure
from engine.delivery.checking.outcome import Check, Outcome
from engine.delivery.checking.subject import fill, not_cropped, one_object
from presets.schema import CHOICE_CHECKS, NUMBER_CHECKS, Preset, Rule


def check(data: bytes, preset: Preset, name: str, known: Known = NOTHING) -> tuple[Finding, ...]:
    """Hold a finished file against every rule of a preset.

    Parameters
    ----------
    data : the encoded file
    preset : whose rules
    name : what the file is called
    known : what is known of it beside its bytes

    Raises
    ------
    PhotoUnreadable, PhotoUnsupported : the bytes are no picture that can be decoded
    """
    measured = measure(data, name, known.coverage)
    findings = []
    for rule in preset.rules:
        severity, message, value = CHECKS[rule.check](rule, measured, known)
        if rule.note and severity in {"fail", "warn"}:
            message = f"{message} ({rule.note})"
        findings.append(Finding(rule.check, severity, message, value, rule.source, rule.date))
    return tuple(findings)


def _human_review(rule: Rule, _: Measured, __: Known) -> Outcome:
    return Outcome("review", f"a person has to look: {rule.note}")


CHECKS: Mapping[str, Check] = {
    **dict.fromkeys(NUMBER_CHECKS, number),
    **dict.fromkeys(CHOICE_CHECKS, choice),
    "fill": fill,
    "white_background": white_background,
    "clean_frame": clean_frame,
    "not_cropped": not_cropped,
    "one_object": one_object,
    "sharp": sharp,
    "not_upscaled": not_upscaled,
    "original_source": original_source,
    "file_name": file_name,
    "human_review": _human_review,
}
"""What each ``check`` of a rule does."""
