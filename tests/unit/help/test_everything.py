"""One search over all of the help."""

from __future__ import annotations

from collections import Counter

import pytest

from tui.help.everything import search_all


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
        ("fold all", "key", "move.fold_all"),
    ],
)
def test_each_kind_of_help_is_found(query: str, kind: str, found: str) -> None:
    assert (kind, found) in [(hit.kind, hit.id) for hit in search_all(query)[:3]]


def test_every_kind_is_there_and_hits_have_a_title_and_a_line() -> None:
    hits = [hit for query in ("export", "queue", "season", "preset") for hit in search_all(query)]
    assert set(Counter(hit.kind for hit in hits)) == {"term", "topic", "page", "command", "key"}
    assert all(hit.title and hit.line for hit in hits)


def test_nothing_is_found_for_nothing() -> None:
    assert search_all("  ") == []
    assert search_all("qqqqzzzz") == []
    assert len(search_all("the photo", limit=3)) <= 3
