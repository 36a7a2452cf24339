"""The entry point: finds the command, runs it, and turns every error into a line and a status.

Exit status: 0 all done, 1 some failed, 2 usage, 3 nothing could start.

``packshot --help`` must come at once, so that a command's module is imported only when that
command runs; the one-line summaries are kept here for the same reason.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from engine.offline import forbid_other_hosts
from tui import __version__
from tui.cli.output import note
from tui.safe_text import safe

SUMMARIES = {
    "open": "Open the workstation on a session (also: packshot SESSION).",
    "demo": "Write, cut and export a sample session, ready to open.",
    "scan": "Say what is in a session and which photos will cause trouble.",
    "cut": "Make mattes and transparent PNG masters.",
    "export": "Write the files of a preset from finished mattes.",
    "check": "Hold existing files against a preset's rules.",
    "presets": "List, show and check export presets.",
    "models": "List, install, import, verify and remove networks.",
    "glossary": "Explain a word of the trade.",
    "bench": "Measure quality on your own ground truth.",
    "doctor": "Say what this terminal and this machine can do.",
}
"""Every command by name, in the order of the help."""


class LazyCommands(click.Group):
    """A group whose commands live in ``tui/cli/<name>.py`` as ``command``, imported on use.

    A first word that is no command is taken as the session to open.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUMMARIES:
            return None
        module = importlib.import_module(f"tui.cli.{cmd_name}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"tui.cli.{cmd_name}.command is no click command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in SUMMARIES:
            return super().resolve_command(ctx, ["open", *args])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


@click.group(
    cls=LazyCommands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="packshot", message="%(prog)s %(version)s")
@click.pass_context
def packshot(context: click.Context) -> None:
    """Cut product photos out of their background, on this machine.

    packshot SESSION opens the workstation on a folder of photos.
    No pixel leaves the machine.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the ``packshot`` command and exit with its status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the ``packshot`` command and return its exit status."""
    forbid_other_hosts()
    try:
        result = packshot.main(args=arguments, prog_name="packshot", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        note("\nStopped. What was finished is kept; run the same command to go on.")
        return 130
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough.
        sys.stderr.close()
        return 0
    except Exception as error:
        return _report(error)
    return result if isinstance(result, int) else 0


def _report(error: Exception) -> int:
    """Print an error of the tree as one line; let a fault of packshot's own through."""
    from engine.errors import REPORTED

    if not isinstance(error, REPORTED):
        raise error
    note(f"packshot: {safe(error)}")
    status = getattr(error, "exit_status", 1)
    return int(status)
