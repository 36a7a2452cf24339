"""``packshot explain``: what a message, a defect, a warning or a field means, and what to do."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from tui.help.topics import Topic

_WIDTH = 88
_HEADINGS = {
    "error": "message",
    "check": "rule",
    "preset": "preset field",
    "season": "season field",
    "session": "packshot.toml",
}


@click.command()
@click.argument("words", metavar="[CODE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(words: tuple[str, ...], as_json: bool) -> int:
    """Explain the code at the end of a message, and what else packshot names.

    CODE is what stands in brackets after a message (P01), a defect (hole filled), a warning of a
    scan (too-small), a rule (white_background), a field of a preset (placement.fill), of a season
    (starts) or of packshot.toml (naming.pattern), a value of a recipe (edge_shift) or a screen
    (queue). Without one, list all of them. The exit status is 1 when it is not known.
    """
    from tui.help.topics import explain, topics

    if not words:
        _list(list(topics().values()), as_json)
        return 0
    word = " ".join(words)
    topic = explain(word)
    if topic is None:
        note(f"{safe(word)}: there is nothing of that name to explain. {_suggestion(word)}")
        return 1
    if as_json:
        echo_json(_described(topic))
    else:
        _print(topic)
    return 0


def _list(found: list[Topic], as_json: bool) -> None:
    if as_json:
        echo_json([_described(topic) for topic in found])
        return
    for topic in found:
        meaning = topic.what if topic.says_no_more else topic.title
        echo(f"{_kind(topic):<13} {topic.name:<24} {textwrap.shorten(meaning, _WIDTH - 39)}")
    note("\npackshot explain NAME explains one.")


def _print(topic: Topic) -> None:
    from tui.help.topics import terms_of

    echo(topic.title if topic.says_no_more else f"{topic.name}: {topic.title}")
    terms = ", ".join(term.name for term in terms_of(topic.place))
    for heading, text in (
        ("What", topic.what),
        ("Why", topic.why),
        ("" if topic.is_field else "What to do", topic.do),
        ("Glossary", terms),
    ):
        if text:
            echo(
                textwrap.fill(
                    f"{heading:<12}{text}",
                    _WIDTH,
                    initial_indent="  ",
                    subsequent_indent=" " * 14,
                )
            )


def _suggestion(word: str) -> str:
    from tui.help.glossary import lookup
    from tui.help.topics import near

    if term := lookup(word):
        return f"As a word of the trade: packshot glossary {term.id}"
    names = [topic.name for topic in near(word)]
    if names:
        return f"Near to it: {', '.join(names)}."
    return "`packshot explain` lists all that there is."


def _described(topic: Topic) -> dict[str, Any]:
    from tui.help.topics import terms_of

    return {
        "kind": _kind(topic),
        "name": topic.name,
        "title": topic.title,
        "what": topic.what,
        "why": topic.why,
        "do": topic.do,
        "terms": [term.id for term in terms_of(topic.place)],
    }


def _kind(topic: Topic) -> str:
    kind = topic.place.partition(":")[0]
    return _HEADINGS.get(kind, kind)
