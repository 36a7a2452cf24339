"""Whether a photo has been through the quality control that a preset requires."""

from __future__ import annotations

from engine.session.records import MatteRecord, PhotoRecord, Verdict
from presets.schema import Preset, Requires


def unmet_requirement(photo: PhotoRecord, preset: Preset) -> str | None:
    """Return what a preset requires of a photo and is not so; None where all is as it has to be.

    Parameters
    ----------
    photo : with its verdict and its matte
    preset : what it requires
    """
    if preset.requires is None:
        return None
    if photo.matte is None:
        return "it is not cut"
    return _unseen(preset.requires, photo.verdict, photo.matte) or _defective(
        preset.requires, photo.matte
    )


def _unseen(wanted: Requires, verdict: Verdict, matte: MatteRecord) -> str | None:
    if verdict.state != "approved":
        asked = wanted.approved or wanted.second_person
        return "nobody has approved its matte" if asked else None
    if wanted.second_person and verdict.person == matte.person:
        return f"{verdict.person} has cut and approved it, and two people have to"
    return None


def _defective(wanted: Requires, matte: MatteRecord) -> str | None:
    if wanted.without is None:
        return None
    if matte.defects is None:
        return "the defects of its matte were never measured"
    found = {defect.kind for defect in matte.defects} & set(wanted.without)
    return f"its matte has a defect: {', '.join(sorted(found))}" if found else None
