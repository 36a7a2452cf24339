"""Photos that were shot alike: a partition, whatever order they come in."""

from __future__ import annotations

import random
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imaging.look import Look
from engine.session.groups import groups
from engine.session.naming import NamingPattern
from engine.session.records import PhotoRecord, Verdict
from engine.session.similarity import similar

GREY, NEAR, BLUE = (150, 150, 150), (155, 152, 148), (90, 120, 190)


def shot(
    number: int, name: str, capture: str | None = None, look: Look | None = None
) -> PhotoRecord:
    path = PurePosixPath(name)
    said = NamingPattern().parse(path)
    return PhotoRecord(
        id=number, path=path, sku=said.sku, view=said.view, version=said.version, bytes=1,
        mtime_ns=1, width=1600, height=1200, sha256=None, format="JPEG", profile="sRGB",
        warnings=(), problem=None, matte=None, verdict=Verdict(), failure=None, deliveries=0,
        capture=capture, look=look,
    )  # fmt: skip


def names(photos: list[PhotoRecord]) -> list[set[str]]:
    return [{each.path.stem for each in group.photos} for group in groups(photos)]


def test_one_view_or_family_before_one_backdrop_is_a_group() -> None:
    photos = [
        shot(1, "SKU1-front.jpg", look=Look(0, GREY)),
        shot(2, "SKU2-front.jpg", look=Look(2**64 - 1, NEAR)),
        shot(3, "SKU2-back.jpg", look=Look(2**32 - 1, GREY)),
        shot(4, "SKU3-front.jpg", look=Look(0, BLUE)),
    ]
    assert names(photos) == [{"SKU1-front", "SKU2-front", "SKU2-back"}, {"SKU3-front"}]
    title = groups(photos)[0].title
    assert title == "2 families, 2 views, 1600 × 1200 JPEG, backdrop #969696"


def test_another_exposure_is_another_group() -> None:
    photos = [shot(n, f"SKU{n}-front.jpg", "1/60 s" if n % 2 else "1/125 s") for n in range(4)]
    assert sorted(map(len, names(photos))) == [2, 2]


def test_names_that_say_nothing_are_grouped_by_what_they_show() -> None:
    photos = [
        shot(1, "mug.jpg", look=Look(0b1111, GREY)),
        shot(2, "vase.jpg", look=Look(0b0111, GREY)),
        shot(3, "shoe.jpg", look=Look(2**64 - 1, GREY)),
    ]
    assert names(photos) == [{"mug", "vase"}, {"shoe"}]


@pytest.mark.parametrize(("backdrop", "alike"), [(NEAR, True), (BLUE, False)])
def test_similar_photos_have_the_same_backdrop(backdrop: tuple[int, int, int], alike: bool) -> None:
    first = shot(1, "SKU1-front.jpg", look=Look(0, GREY))
    second = shot(2, "SKU2-front.jpg", look=Look(0, backdrop))
    assert (second in similar([first, second], first)) is alike
    assert first in similar([first, second], first)


LOOKS = st.none() | st.builds(
    Look, st.sampled_from([0, 3, 2**64 - 1]), st.tuples(*[st.sampled_from([0, 7, 8, 20, 90])] * 3)
)


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("ab"), LOOKS), max_size=15))
def test_groups_part_the_photos_whatever_their_order(
    made: list[tuple[int, str, Look | None]],
) -> None:
    photos = [
        shot(number, f"SKU{sku}-{view}-{number}.jpg", None, look)
        for number, (sku, view, look) in enumerate(made)
    ]
    found = names(photos)
    assert sum(map(len, found)) == len(photos)
    assert len(set().union(*found)) == len(photos) if photos else not found
    random.Random(1).shuffle(photos)
    assert sorted(map(sorted, names(photos))) == sorted(map(sorted, found))
