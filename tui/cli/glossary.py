"""``packshot glossary``: explains words of the trade."""

from __future__ import annotations

import dataclasses
import textwrap
from typing import TYPE_CHECKING

import click

from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from tui.help.glossary import Term

_WIDTH = 88


@click.command()
@click.argument("words", metavar="[TERM]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the terms as JSON.")
def command(words: tuple[str, ...], as_json: bool) -> int:
    """Explain a word of the trade: what engineers and what merchandisers mean by it.

    Without a TERM, list all of them. A misspelled one finds the nearest.
    """
    from tui.help.glossary import terms

    found, unknown = _find(words) if words else (list(terms()), [])
    if as_json:
        echo_json([dataclasses.asdict(term) for term in found])
    elif words:
        for term in found:
            _print(term)
    else:
        for term in found:
            echo(f"{term.name:<20} {textwrap.shorten(term.merchandiser, _WIDTH - 21)}")
        note("\npackshot glossary TERM explains one; in the workstation press F1.")
    for word in unknown:
        note(f"{safe(word)}: not in the glossary. `packshot glossary` lists every term.")
    return 1 if unknown else 0


def _find(words: tuple[str, ...]) -> tuple[list[Term], list[str]]:
    """Return the term for each word, and the words that have none.

    Words that are a term only together (``straight alpha`` without quotes) are one.
    """
    from tui.help.glossary import lookup, search

    if whole := lookup(" ".join(words)):
        return [whole], []
    found: list[Term] = []
    unknown: list[str] = []
    for word in words:
        term = lookup(word) or next(iter(search(word)), None)
        if term is None:
            unknown.append(word)
        elif term not in found:
            found.append(term)
    return found, unknown


def _print(term: Term) -> None:
    also = f"  ({', '.join(term.also)})" if term.also else ""
    echo(f"{term.name}{also}")
    for heading, text in (
        ("Engineers", term.engineer),
        ("Merchandisers", term.merchandiser),
        ("Why it matters", term.why),
        ("Related", ", ".join(term.related)),
    ):
        echo(
            textwrap.fill(
                f"{heading:<16}{text}",
                _WIDTH,
                initial_indent="  ",
                subsequent_indent=" " * 18,
            )
        )
    echo()
