"""A group of commands that imports a command's module only when that command runs.

Help must come at once, so that the one-line summaries stand in a table beside the group.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group whose commands are found by name, each in a module of its own as ``command``.

    Parameters
    ----------
    summaries : every command with its line in the help, in the help's order
    prefix : this and a command's name make the name of its module
    settings : those of any group
    """

    def __init__(self, *, summaries: Mapping[str, str], prefix: str, **settings: Any) -> None:
        super().__init__(**settings)
        self.summaries = summaries
        self._prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.summaries:
            return None
        module = importlib.import_module(self._prefix + cmd_name)
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__}.command is no click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))
