"""The help's part of Markdown, laid out: every line fits, and no markup is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.help.markup import Link, Piece, as_plain, laid_out, link_to, linked, links, plain
from tui.help.pages import Page, pages


def shown(text: str, width: int) -> list[str]:
    return ["".join(piece.text for piece in line) for line in laid_out(text, width)]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.id)
@pytest.mark.parametrize("width", [20, 33, 47, 62, 120])
def test_a_page_fits_any_width_without_markup(page: Page, width: int) -> None:
    lines = shown(page.text, width)
    assert max(map(cell_len, lines)) <= width
    for markup in ("](", "|", "**", "`"):
        assert markup not in "\n".join(lines)


@given(text=st.text(max_size=400), width=st.integers(8, 60))
def test_any_text_fits_and_breaks_nothing(text: str, width: int) -> None:
    assert max(map(cell_len, shown(text, width)), default=0) <= width
    as_plain(text, width)


@given(text=st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=99))
def test_words_that_a_person_wrote_mean_no_markup(text: str) -> None:
    lines = laid_out(f"- **{plain(text)}**", 1000)
    assert "".join(piece.text for line in lines for piece in line) == f"- {text}"
    assert not links(plain(text))


def test_broken_lines_of_a_source_are_joined_and_lists_hang() -> None:
    text = "One\ntwo.\n\n1. First\n   item\n2. Second item that is long\n\n> a\n> quote"
    assert shown(text, 20) == [
        "One two.",
        "",
        "1. First item",
        "2. Second item that",
        "   is long",
        "",
        "  a quote",
    ]


def test_a_heading_stands_right_above_what_it_heads() -> None:
    assert shown("One.\n\n**Why**\n\nTwo.", 20) == ["One.", "", "Why", "Two."]


def test_a_row_of_a_table_stands_under_its_first_cell() -> None:
    table = "| role | decides |\n|---|---|\n| studio | light |\n| publish | names \\| URLs |"
    assert shown(table, 40) == [
        "studio",
        "  decides: light",
        "",
        "publish",
        "  decides: names | URLs",
    ]


def test_styles_and_links_are_told_apart() -> None:
    line = laid_out("**Now** see [the halo](term:halo) and `packshot cut`.", 80)[0]
    assert line == (
        Piece("Now", "strong"),
        Piece(" see "),
        Piece("the halo", "link", 0),
        Piece(" and "),
        Piece("packshot cut", "code"),
        Piece("."),
    )


def test_a_command_stays_on_one_line_where_there_is_room() -> None:
    assert shown("You may run `packshot cost --photos 3` today", 28) == [
        "You may run",
        "packshot cost --photos 3",
        "today",
    ]


def test_links_become_what_the_reader_of_a_text_wants() -> None:
    text = "See [the halo](term:halo), [a field](topic:preset:placement.fill) and [x](http://x)."
    assert links(text) == [Link("term", "halo"), Link("topic", "preset:placement.fill")]
    assert linked(text, lambda link: f"{link.kind}/{link.id}.md") == (
        "See [the halo](term/halo.md), [a field](topic/preset:placement.fill.md) and [x](http://x)."
    )
    assert links(link_to("a [b]", "term", "halo")) == [Link("term", "halo")]
