"""Search: what people type finds what they mean."""

from __future__ import annotations

from pathlib import Path

import tomli
from hypothesis import given
from hypothesis import strategies as st

from tui.help.glossary import likeliest, lookup, search, terms
from tui.help.handbook import Handbook
from tui.help.search import Entry, Index, fold, similarity, spellings
from tui.help.topics import terms_of

QUERIES = tomli.loads(
    (Path(__file__).parents[2] / "data" / "glossary_queries.toml").read_text("utf-8")
)
WORDS = st.text("abcdeé ßł-", max_size=12)


def missed(queries: dict[str, str]) -> dict[str, list[str]]:
    """Return the queries whose first hit is another term, with what they found."""
    found = {query: [each.id for each in search(query)[:3]] for query in queries}
    return {
        query: found[query] for query, wanted in queries.items() if found[query][:1] != [wanted]
    }


def test_the_queries_are_a_hundred_and_name_terms() -> None:
    every = {**QUERIES["tuned"], **QUERIES["apart"]}
    assert len(every) >= 100
    assert set(every.values()) <= {each.id for each in terms()}


def test_at_least_95_of_100_queries_find_their_term_first() -> None:
    every = {**QUERIES["tuned"], **QUERIES["apart"]}
    wrong = missed(every)
    assert 1 - len(wrong) / len(every) >= 0.95, wrong


def test_the_panel_s_search_over_all_of_the_help_finds_that_term_first_as_often() -> None:
    """First of everything, or behind what explains it for its place: the defect of its name."""
    book = Handbook()

    def is_first(query: str, wanted: str) -> bool:
        hit = book.search(query, 1)[:1]
        meant = {each.id for each in terms_of(hit[0].id)} if hit and hit[0].kind == "topic" else ()
        return bool(hit) and (hit[0].id == wanted or wanted in meant)

    every = {**QUERIES["tuned"], **QUERIES["apart"]}
    wrong = [query for query, wanted in every.items() if not is_first(query, wanted)]
    assert 1 - len(wrong) / len(every) >= 0.95, wrong


def test_a_word_inside_a_compound_is_found() -> None:
    assert {each.id for each in search("Schatten")[:2]} == {"contact-shadow", "drop-shadow"}


def test_what_may_mean_anything_is_no_answer() -> None:
    assert likeliest("x$(id)") is None
    assert likeliest("segmentaton") is lookup("segmentation")


def test_queries_that_the_search_was_not_tuned_with_do_nearly_as_well() -> None:
    wrong = missed(QUERIES["apart"])
    assert 1 - len(wrong) / len(QUERIES["apart"]) >= 0.85, wrong


def test_every_name_finds_its_term_first() -> None:
    for each in terms():
        for name in (each.name, *each.others):
            assert search(name)[0] is each, name


def test_a_swapped_letter_in_a_long_name_does_not_matter() -> None:
    for each in terms():
        if len(each.name) >= 8:
            middle = len(each.name) // 2
            name = each.name
            swapped = name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]
            assert each in search(swapped)[:3], swapped


def test_nonsense_finds_nothing_and_nothing_finds_everything() -> None:
    assert search("qqqqzzzz") == []
    assert search("?!") == []
    assert search("  ") == list(terms())


def test_umlauts_may_be_typed_three_ways() -> None:
    assert spellings("Weißabgleich für Flächen") == [
        ["weissabgleich", "fur", "flachen"],
        ["weissabgleich", "fuer", "flaechen"],
    ]
    assert fold("Głębia, ścieżka") == ["glebia", "sciezka"]


def test_a_name_counts_more_than_another_word_and_that_more_than_the_text() -> None:
    index = Index(
        [
            Entry("text", "one", text="about seamless paper"),
            Entry("other", "two", ("seamless",)),
            Entry("name", "seamless"),
        ]
    )
    assert [key for key, _ in index.find("seamless")] == ["name", "other", "text"]


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_one_only_for_the_same(first: str, second: str) -> None:
    likeness = similarity(first, second)
    assert 0 <= likeness <= 1
    assert likeness == similarity(second, first)
    assert (likeness == 1) == (first == second)


@given(st.text(max_size=60))
def test_any_text_can_be_searched_for(query: str) -> None:
    assert set(search(query)) <= set(terms())


@given(st.text(max_size=60))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    words = fold(text)
    assert fold(" ".join(words)) == words
