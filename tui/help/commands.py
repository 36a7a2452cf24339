"""Every command of packshot with its options, as its own help says it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import click

from tui.cli.main import packshot


@dataclass(frozen=True)
class Option:
    """An option or argument as it is typed, and what it is for."""

    typed: str
    about: str


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes
    ----------
    name : as it is typed behind ``packshot``: ``seasons lock``
    usage : what comes behind the name
    about : what it does: a sentence, and paragraphs that may follow
    options : its options, without --help
    """

    name: str
    usage: str
    about: str
    options: tuple[Option, ...]


@functools.cache
def commands() -> Mapping[str, Command]:
    """Return every command by its name; imports the modules of all of them."""
    return {command.name: command for command in _below(packshot, click.Context(packshot), ())}


def _below(
    command: click.Command, context: click.Context, names: tuple[str, ...]
) -> Iterator[Command]:
    if names:
        yield _described(command, context, " ".join(names))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                below = click.Context(inner, info_name=name, parent=context)
                yield from _below(inner, below, (*names, name))


def _described(command: click.Command, context: click.Context, name: str) -> Command:
    records = [param.get_help_record(context) for param in command.get_params(context)]
    options = (Option(*record) for record in records if record and "--help" not in record[0])
    return Command(
        name=name,
        usage=" ".join(command.collect_usage_pieces(context)),
        about=inspect.cleandoc(command.help or "").replace("\b\n", ""),
        options=tuple(options),
    )
