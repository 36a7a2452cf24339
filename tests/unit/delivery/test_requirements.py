"""What quality control a preset requires before it makes a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, get_args

import pytest
from seasonal import add_cut

from engine.delivery.export_job import export, export_jobs
from engine.delivery.requirements import unmet_requirement
from engine.errors import RequirementUnmet
from engine.matting.defects.defect import KINDS, Defect
from engine.session.records import MatteRecord, PhotoRecord, Verdict
from engine.session.session import Session
from presets.loader import find_preset
from presets.schema import DefectName, Preset

META = find_preset("meta").preset
HALO = Defect("halo", 0.9, 1, 1, 5, 5)


def requiring(**requires: Any) -> Preset:
    content = META.model_dump(exclude_none=True)
    return Preset.model_validate(content | {"requires": requires})


def photo(verdict: Verdict, defects: tuple[Defect, ...] | None = ()) -> PhotoRecord:
    matte = MatteRecord("0" * 64, "1" * 64, "u2netp", {}, 9, 9, 0, (), "anna@desk", "", defects)
    return PhotoRecord(
        id=1,
        path=PurePosixPath("a.jpg"),
        sku="a",
        view="",
        version=1,
        bytes=1,
        mtime_ns=1,
        width=9,
        height=9,
        sha256="0" * 64,
        format="JPEG",
        profile="sRGB",
        warnings=(),
        problem=None,
        matte=matte,
        verdict=verdict,
        failure=None,
        deliveries=0,
    )


PENDING = Verdict()
BY_ANNA = Verdict("approved", person="anna@desk")
BY_BEN = Verdict("approved", person="ben@desk")


@pytest.mark.parametrize(
    ("requires", "verdict", "defects", "told"),
    [
        ({}, PENDING, (), None),
        ({"approved": True}, PENDING, (), "nobody has approved"),
        ({"approved": True}, BY_ANNA, (), None),
        ({"second_person": True}, PENDING, (), "nobody has approved"),
        ({"second_person": True}, BY_ANNA, (), "anna@desk has cut and approved it"),
        ({"second_person": True}, BY_BEN, (), None),
        ({"without": ("halo",)}, BY_ANNA, (HALO,), "a defect: halo"),
        ({"without": ("islands",)}, BY_ANNA, (HALO,), None),
        ({"without": ("halo",)}, BY_ANNA, None, "never measured"),
        ({"without": ("halo",), "second_person": True}, BY_BEN, (HALO,), "a defect: halo"),
    ],
)
def test_what_is_required_and_not_so_is_named(
    requires: dict[str, Any], verdict: Verdict, defects: Any, told: str | None
) -> None:
    found = unmet_requirement(photo(verdict, defects), requiring(**requires))
    assert (found is None) if told is None else told in str(found)


def test_without_requirements_nothing_is_asked() -> None:
    assert unmet_requirement(photo(PENDING, None), META) is None
    assert unmet_requirement(replace(photo(PENDING), matte=None), META) is None


def test_the_preset_knows_every_defect_that_is_measured() -> None:
    assert get_args(DefectName) == KINDS


def test_a_photo_that_nobody_has_seen_is_not_exported_with_the_rest(session: Session) -> None:
    first = session.photos()[0]
    session.judge([first.id], "pending")
    wanted = requiring(approved=True)
    unseen, seen = export_jobs(session, [wanted], everything=True)
    assert export(seen).path.is_file()
    with pytest.raises(RequirementUnmet, match="nobody has approved"):
        export(unseen)


def test_who_cuts_anew_has_to_be_seen_by_another(session: Session) -> None:
    add_cut(session, session.photos()[0].id)
    wanted = requiring(second_person=True)
    with pytest.raises(RequirementUnmet, match="two people have to"):
        export(export_jobs(session, [wanted])[0])
