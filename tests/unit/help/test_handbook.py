"""One search over all of the help."""

from __future__ import annotations

import pytest

from tui.help.handbook import Handbook, Hit
from tui.help.markup import laid_out, links
from tui.help.reading import copied, read
from tui.keys.user import UserKeys

BOOK = Handbook()


@pytest.mark.parametrize(
    ("query", "kind", "found"),
    [
        ("halo", "term", "halo"),
        ("Freisteller", "term", "cutout"),
        ("P01", "topic", "error:P01"),
        ("too-small", "topic", "warning:too-small"),
        ("placement.fill", "topic", "preset:placement.fill"),
        ("edge_shift", "topic", "recipe:edge_shift"),
        ("incidents", "page", "incidents"),
        ("doctor", "command", "doctor"),
        ("packshot export", "command", "export"),
        ("seasons lock", "command", "seasons lock"),
        ("--readonly", "command", "open"),
        ("fold all", "key", "move.fold_all"),
        ("capture checklist", "checklist", "capture"),
    ],
)
def test_each_kind_of_help_is_found(query: str, kind: str, found: str) -> None:
    assert (kind, found) in [(hit.kind, hit.id) for hit in BOOK.search(query)[:3]]


def test_every_kind_is_there_and_hits_have_a_title_and_a_line() -> None:
    queries = ("export", "queue", "season", "preset", "checklist")
    hits = [hit for query in queries for hit in BOOK.search(query)]
    assert {hit.kind for hit in hits} == {"term", "topic", "page", "checklist", "command", "key"}
    assert all(hit.title and hit.line for hit in hits)


def test_nothing_is_found_for_nothing() -> None:
    assert BOOK.search("  ") == []
    assert BOOK.search("qqqqzzzz") == []
    assert len(BOOK.search("the photo", limit=3)) <= 3


def test_a_key_is_shown_as_the_person_has_set_it() -> None:
    book = Handbook(UserKeys({"judge.approve": "B"}))
    assert book.hit("key", "judge.approve").title == "Approve (B)"
    assert BOOK.hit("key", "judge.approve").title == "Approve (p)"


def test_a_place_is_explained_by_its_topic_and_then_its_terms() -> None:
    found = [(hit.kind, hit.id) for hit in BOOK.at(["defect:halo", "nowhere:at all"])]
    assert found[:2] == [("topic", "defect:halo"), ("term", "halo")]
    assert len(found) == len(set(found))
    assert BOOK.at(["nowhere:at all"]) == []


def test_everything_that_can_be_leafed_through_is_on_a_shelf() -> None:
    shelves = BOOK.shelves()
    assert list(shelves) == ["Playbook", "Checklists", "Glossary"]
    assert [hit.id for hit in shelves["Checklists"]] == ["capture", "qa"]


def test_what_no_link_can_lead_to_is_no_hit() -> None:
    assert BOOK.hit("term", "no-such-term") is None
    assert BOOK.hit("page", "roles") is not None


@pytest.mark.parametrize("hit", BOOK.everything(), ids=lambda hit: f"{hit.kind}-{hit.id}")
def test_whatever_is_in_the_book_can_be_read_and_copied(hit: Hit) -> None:
    reading = read(hit, BOOK)
    assert reading.title
    assert laid_out(reading.text, 40)
    assert copied(hit, BOOK).strip()
    for link in links(reading.text):
        assert BOOK.hit(link.kind, link.id), f"{link} leads nowhere"
