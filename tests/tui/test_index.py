"""Keeping the list current at the cost of what changes gives what reading all anew would give."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.matting.defects.defect import Defect
from engine.session.ordering import natural_key
from engine.session.records import MatteRecord, PhotoRecord, Verdict
from engine.session.states import State, state_of
from tui.browse.arrangement import Arrangement
from tui.browse.index import PhotoIndex
from tui.browse.order import BY_NAME, ORDERS, Order, order_called
from tui.browse.rows import tally


def matte(score: float) -> MatteRecord:
    defects = (Defect("halo", score, 0, 0, 1, 1),) if score else ()
    return MatteRecord("0", "1", "u2netp", {}, 8, 8, 1.0, (), "mara", "", defects)


def photo(number: int, sku: int = 1, **changes: Any) -> PhotoRecord:
    values: dict[str, Any] = {
        "id": number,
        "path": PurePosixPath(f"SKU{sku}-{number}.jpg"),
        "sku": f"SKU{sku}",
        "view": "",
        "version": 1,
        "bytes": 10,
        "mtime_ns": number,
        "width": 100 * number,
        "height": 80,
        "sha256": None,
        "format": "JPEG",
        "profile": "sRGB",
        "warnings": (),
        "problem": None,
        "matte": None,
        "verdict": Verdict(),
        "failure": None,
        "deliveries": 0,
    }
    return PhotoRecord(**(values | changes))


photos = st.builds(
    lambda number, sku, cut, verdict, missing, score: photo(
        number,
        sku,
        matte=matte(score) if cut else None,
        verdict=Verdict(verdict),
        missing=missing,
    ),
    st.integers(1, 9),
    st.integers(1, 4),
    st.booleans(),
    st.sampled_from(["pending", "approved", "rejected"]),
    st.booleans(),
    st.sampled_from([0.0, 0.3, 0.9]),
)
news = st.lists(st.lists(photos, max_size=4, unique_by=lambda each: each.id), max_size=6)


def by_path(records: dict[int, PhotoRecord]) -> list[int]:
    return sorted(records, key=lambda each: natural_key(str(records[each].path)))


@given(news, st.lists(photos, max_size=9, unique_by=lambda each: each.id))
def test_an_index_that_follows_is_one_that_was_read_anew(
    steps: list[list[PhotoRecord]], last: list[PhotoRecord]
) -> None:
    index, known = PhotoIndex(state_of), dict[int, PhotoRecord]()
    for step in steps:
        before = dict(known)
        known |= {each.id: each for each in step}
        listing = index.listing
        changed = index.update(step)
        assert changed == {each for each in known if known[each] != before.get(each)}
        assert index.records == known
        same_places = before.keys() == known.keys() and all(
            before[each].path == known[each].path for each in known
        )
        assert (index.listing == listing) is same_places
    assert list(index.order) == by_path(known)
    assert index.counts == tally(map(state_of, known.values()))
    gone = known.keys() - {each.id for each in last}
    assert gone <= index.update(last, complete=True)
    assert [each.id for each in index.photos] == by_path({each.id: each for each in last})
    assert index.counts == tally(map(state_of, last))


def test_states_follow_the_queue() -> None:
    waiting: set[int] = set()
    index = PhotoIndex(lambda each: state_of(each, waiting))
    index.update([photo(1), photo(2)])
    waiting.add(2)
    assert index.counts == [(State.NEW, 2)], "not looked at yet"
    assert index.restate({1, 2, 77}) == {2}
    assert index.counts == [(State.NEW, 1), (State.QUEUED, 1)]
    assert [each.id for each in index.in_state(State.QUEUED)] == [2]
    assert index.in_state(State.CUT) == []


def test_a_photo_that_fails_as_it_did_before_is_not_left_as_being_cut() -> None:
    running: set[int] = set()
    failed = photo(1, failure="is truncated")
    index = PhotoIndex(lambda each: state_of(each, running=running))
    index.update([failed])
    running.add(1)
    index.restate({1})
    running.clear()
    assert index.update([failed]) == {1}
    assert index.counts == [(State.FAILED, 1)]


@given(
    news,
    st.sampled_from(["", "is:cut", "!is:approved", "sku1", "has:halo", "verdict:rejected"]),
    st.sampled_from(ORDERS),
    st.sets(st.sampled_from(["SKU1", "SKU2"])),
)
def test_lines_that_need_no_rebuilding_are_right(
    steps: list[list[PhotoRecord]], text: str, order: Order, folded: set[str]
) -> None:
    def arranged() -> Arrangement:
        arrangement = Arrangement(index)
        arrangement.filter, arrangement.order, arrangement.folded = text, order, folded
        arrangement.build()
        return arrangement

    index = PhotoIndex(state_of)
    following = arranged()
    for step in steps:
        changed = index.update(step)
        if following.is_outdated(changed):
            following.build()
        fresh = arranged()
        assert list(following.rows) == list(fresh.rows)
        assert following.shown == fresh.shown
        assert all(following.shows(each) == (each in fresh.shown) for each in index.records)
        assert sorted(each for row in fresh.rows if row.counts for each in row.ids) == sorted(
            fresh.shown
        )


def test_a_sku_stands_where_its_first_photo_does() -> None:
    index = PhotoIndex(state_of)
    index.update(
        [photo(1, 1), photo(2, 1, matte=matte(0.3)), photo(3, 2, matte=matte(0.9)), photo(4, 3)]
    )
    arrangement = Arrangement(index)
    arrangement.order = order_called("defect")
    arrangement.build()
    assert arrangement.shown == (3, 2, 1, 4)
    assert [row.sku for row in arrangement.rows if row.heading or row.alone] == [
        "SKU2",
        "SKU1",
        "SKU3",
    ]


def test_an_order_that_is_unknown_is_that_of_names() -> None:
    assert order_called("by colour of the moon") is BY_NAME
