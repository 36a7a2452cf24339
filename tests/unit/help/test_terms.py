"""The glossary's content: complete, linked, and named in every language."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import fields
from typing import get_args

import pytest

from engine.matting.defects.defect import KINDS
from engine.matting.recipe import Recipe
from engine.session.records import REASONS
from presets.schema import Rule
from tui.cli.main import SUMMARIES
from tui.help.glossary import LANGUAGES, lookup, related, term, terms, terms_at
from tui.help.places import in_words
from tui.help.schema_fields import schema_fields
from tui.help.search import fold
from tui.help.topics import topics
from tui.help.wiki import SUBJECTS

CHECKS = get_args(Rule.model_fields["check"].annotation)
PLACES = (
    {"preset:", "season:", "session:"}
    | {f"check:{name}" for name in CHECKS}
    | {f"recipe:{field.name}" for field in fields(Recipe)}
    | {f"defect:{kind}" for kind in KINDS}
    | {f"reason:{reason}" for reason in REASONS}
    | {f"command:{name}" for name in SUMMARIES}
    | {place for place in topics() if place.startswith(("warning:", "screen:"))}
    | set(schema_fields())
)


def test_there_are_at_least_eighty_terms_with_ids_of_their_own() -> None:
    ids = [each.id for each in terms()]
    assert len(ids) == len(set(ids)) >= 80
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in ids)


def test_a_term_is_complete() -> None:
    for each in terms():
        for text in (each.engineer, each.merchandiser, each.why):
            assert text.endswith((".", "”"))
            assert text == " ".join(text.split())
            assert len(text) <= 160
        assert each.engineer != each.merchandiser
        assert set(each.names) == set(LANGUAGES)
        assert all(names and all(names) for names in each.names.values())
        assert each.subject in SUBJECTS


def test_every_link_leads_to_another_term_or_to_a_place_that_exists() -> None:
    for each in terms():
        assert each.related
        assert each not in related(each)
        assert len(set(each.related)) == len(each.related)
        assert set(each.where) <= PLACES
        assert all(in_words(place) for place in each.where)


def test_every_term_is_reached_by_a_link_from_another() -> None:
    reached = {term_id for each in terms() for term_id in each.related}
    assert {each.id for each in terms()} <= reached


def test_no_word_names_two_terms() -> None:
    meant = defaultdict(set)
    for each in terms():
        for word in (each.name, *each.others):
            meant["".join(fold(word))].add(each.id)
    assert {word: ids for word, ids in meant.items() if len(ids) > 1} == {}


def test_each_of_its_names_looks_it_up() -> None:
    for each in terms():
        for word in (
            each.id,
            each.name,
            *each.also,
            *(n for ns in each.names.values() for n in ns),
        ):
            assert lookup(word) is each
            assert lookup(f" {word.upper()} ") is each


def test_a_place_has_its_most_telling_term_first() -> None:
    assert terms_at("defect:halo")[0].id == "halo"
    assert terms_at("check:profile")[0].id == "colour-profile"
    assert terms_at("preset:placement.fill")[0].id == "fill"
    assert terms_at("preset:rules.date") == terms_at("preset:rules")
    assert terms_at("preset:no.such.field") == terms_at("preset:")
    assert terms_at("nowhere:at.all") == ()


def test_what_a_preset_checks_and_why_a_matte_is_rejected_is_explained() -> None:
    for place in [f"check:{name}" for name in CHECKS] + [f"reason:{name}" for name in REASONS]:
        assert terms_at(place), place


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(KeyError):
        term("no-such-term")
