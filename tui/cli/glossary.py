"""``packshot glossary``: explains words of the trade, also as a snippet for a briefing."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Literal

import click

from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from tui.help.glossary import Term

_NAME_WIDTH = 24


@click.command()
@click.argument("words", metavar="[TERM]...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["txt", "md", "json"]),
    default="txt",
    help="How to print: text, Markdown for a briefing, or JSON.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(words: tuple[str, ...], form: Literal["txt", "md", "json"], as_json: bool) -> int:
    """Explain words of the trade: what engineers and what merchandisers mean by them.

    A TERM may be English, German, French, Spanish or Polish, another word for it, or misspelled.
    Without a TERM, list all of them. The exit status is 1 when a word was not found; what is near
    to it is named.
    """
    from tui.help.glossary import terms
    from tui.help.snippet import WIDTH, as_data, as_markdown, as_text

    found, unknown = _find(words) if words else (list(terms()), [])
    if as_json or form == "json":
        echo_json([as_data(term) for term in found])
    elif form == "md":
        echo(as_markdown(found))
    elif words:
        for term in found:
            echo(f"{as_text(term)}\n")
    else:
        for term in found:
            meaning = textwrap.shorten(term.merchandiser, WIDTH - _NAME_WIDTH - 1)
            echo(f"{term.name:<{_NAME_WIDTH}} {meaning}")
        note("\npackshot glossary TERM explains one; in the workstation press F1.")
    for word in unknown:
        note(f"{safe(word)}: not in the glossary. {_suggestion(word)}")
    return 1 if unknown else 0


def _find(words: tuple[str, ...]) -> tuple[list[Term], list[str]]:
    """Return the term for each word, and the words that have none.

    Words that are a term together (``straight alpha`` without quotes) are one; words that are
    terms by themselves (``alpha matte``) are several, unless together they are a term's name.
    """
    from tui.help.glossary import likeliest, lookup

    together = " ".join(words)
    whole = lookup(together)
    if whole and (whole.name.casefold() == together.casefold() or not all(map(lookup, words))):
        return [whole], []
    found: list[Term] = []
    unknown: list[str] = []
    for word in words:
        term = lookup(word) or likeliest(word)
        if term is None:
            unknown.append(word)
        elif term not in found:
            found.append(term)
    return found, unknown


def _suggestion(word: str) -> str:
    """Return what may have been meant, or how to see every term."""
    from tui.help.glossary import search

    near = [term.name for term in search(word)[:3]] if word.strip() else []
    if near:
        return f"Near to it: {', '.join(near)}."
    return "`packshot glossary` lists every term."
