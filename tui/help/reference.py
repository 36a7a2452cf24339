"""What packshot can do, listed from the code itself: commands, keys, files' fields, messages.

The pages are text by name and the same on every machine. Keys and messages are chapters of the wiki
as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tui.help.commands import Command, commands
from tui.help.glossary import Term, term
from tui.help.markdown import cell, plain, prose, table
from tui.help.schema_fields import schema_fields
from tui.help.topics import Topic, topics
from tui.keys.key import Key
from tui.keys.names import name_of

_KINDS = {
    "error": "Messages",
    "defect": "Defects of a matte",
    "warning": "Warnings of a scan",
    "check": "Checks of a file",
    "note": "Notes on a matte or a file",
}
_FILES = {"session": "packshot.toml", "season": "A season"}
_ABOUT_FILES = {
    "session": "Settings of one session: `packshot.toml` in its folder. Without it, what is said "
    "under “left out” holds.",
    "season": "A file in a session's `seasons/`, called like the season: `autumn.toml`.",
}


def reference_pages(keys: Sequence[Key]) -> dict[str, str]:
    """Return every page of the reference by the name of its file."""
    return {
        "commands.md": _page("Commands", _commands(commands().values())),
        "keys.md": _page("Keys", _keys(keys)),
        "files.md": _page("Fields of packshot.toml and of seasons", _fields()),
        "messages.md": _page("Messages, defects, warnings, checks and notes", _told()),
    }


def keymap(keys: Iterable[Key]) -> Iterator[str]:
    """Yield the lines that list keys by section, each action once."""
    sections: dict[str, list[Key]] = {}
    for key in keys:
        listed = sections.setdefault(key.section, [])
        if all(key.id != other.id for other in listed):
            listed.append(key)
    for section, listed in sections.items():
        yield f"## {section}"
        yield ""
        yield from table(
            ("keys", "action", "what it does", "id"),
            [
                (
                    ", ".join(plain(name_of(name)) for name in key.keys.split(",")),
                    key.description,
                    plain(key.tooltip),
                    f"`{key.id}`",
                )
                for key in listed
            ],
        )
        yield ""


def messages(links: Callable[[Sequence[Term]], str]) -> Iterator[str]:
    """Yield the lines that explain every message, defect, warning, check and note.

    Parameters
    ----------
    links : terms of the glossary as the page leads to them
    """
    by_kind: Mapping[str, list[Topic]] = {
        kind: [each for each in topics().values() if each.place.startswith(f"{kind}:")]
        for kind in _KINDS
    }
    for kind, heading in _KINDS.items():
        yield f"## {heading}"
        yield ""
        for each in by_kind[kind]:
            yield f"### {each.title if each.says_no_more else f'{each.name}: {each.title}'}"
            yield ""
            yield prose(f"{each.what} {each.why}")
            yield ""
            found = links([term(term_id) for term_id in each.terms])
            yield f"**What to do:** {prose(each.do)} See {found}."
            yield ""


def _page(title: str, lines: Iterable[str]) -> str:
    return f"# {title}\n\n" + "\n".join(lines).rstrip() + "\n"


def _commands(listed: Iterable[Command]) -> Iterator[str]:
    yield "What `packshot COMMAND --help` says, of every command. Exit status: 0 all done, 1 some"
    yield "failed, 2 wrong usage, 3 nothing could start."
    yield ""
    for command in listed:
        yield f"## packshot {command.name}"
        yield ""
        yield "```text"
        yield f"packshot {command.name} {command.usage}"
        yield "```"
        yield ""
        yield from _about(command.about)
        if command.options:
            yield from table(
                ("option", "what it does"),
                [(cell(f"`{each.typed}`"), cell(prose(each.about))) for each in command.options],
            )
            yield ""


def _about(text: str) -> Iterator[str]:
    """Yield paragraphs; lines that are set in stay as they are, as a block."""
    for paragraph in text.split("\n\n"):
        if paragraph.startswith(" "):
            yield from ("```text", paragraph, "```")
        else:
            yield prose(paragraph)
        yield ""


def _keys(keys: Iterable[Key]) -> Iterator[str]:
    yield "The keyboard of the workstation; `?` shows the part of it that works where you are."
    yield "`[keys]` in `config.toml` in the config folder gives an action other keys, by its id:"
    yield '`"judge.approve" = "B"`.'
    yield ""
    yield from keymap(keys)


def _fields() -> Iterator[str]:
    yield "`packshot explain FIELD` explains a field. Those of a preset are in"
    yield "[Presets](../presets.md)."
    yield ""
    for kind, heading in _FILES.items():
        yield f"## {heading}"
        yield ""
        yield _ABOUT_FILES[kind]
        yield ""
        yield from table(
            ("field", "what it says", "left out"),
            [
                (f"`{place.partition(':')[2]}`", cell(prose(meaning)), cell(prose(absent)))
                for place, (meaning, absent) in schema_fields().items()
                if place.startswith(f"{kind}:")
            ],
        )
        yield ""


def _told() -> Iterator[str]:
    yield "`packshot explain CODE` prints one of these; `packshot glossary TERM` explains the words"
    yield "that they name."
    yield ""
    yield from messages(lambda found: ", ".join(each.name for each in found))
