"""The entry point: finds the command, runs it, and turns every error into a line and a status.

Exit status: 0 all done, 1 some failed, 2 usage, 3 nothing could start.

``packshot --help`` must come at once, so that a command's module is imported only when that
command runs; the one-line summaries are kept here for the same reason.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

import click

from engine.offline import forbid_other_hosts
from tui import __version__
from tui.cli.lazy import LazyGroup
from tui.cli.output import note
from tui.safe_text import safe

USAGE_CODE = "U00"
"""What `packshot explain` knows every message about wrong usage by."""

SUMMARIES = {
    "open": "Open the workstation on a session (also: packshot SESSION).",
    "demo": "Write, cut and export a sample session, ready to open.",
    "scan": "Say what is in a session and which photos will cause trouble.",
    "cut": "Make mattes and transparent PNG masters.",
    "judge": "Approve, reject, rate and annotate photos.",
    "mattes": "List every matte of a photo, and choose which one counts.",
    "trash": "Move photos to the session's Trash folder, and back with undo.",
    "undo": "Take back what you decided, or do it again.",
    "export": "Write the files of a preset from finished mattes.",
    "run": "Scan, cut and export a season's approved photos, overnight.",
    "check": "Hold existing files against a preset's rules.",
    "report": "Say how what was delivered keeps the rules of its presets.",
    "verify": "Say what made a file, and whether it is still what was delivered.",
    "presets": "List, show, compare and check export presets.",
    "seasons": "List, show, lock, unlock and verify seasons.",
    "handoff": "Hand photos to an outside cutout service and take its masks back.",
    "archive": "Write masters for an image library, by version, with notes.",
    "incident": "Recall published files, purge caches, find copies, follow up.",
    "manifest": "List delivered files for shop, PIM and marketplace.",
    "products": "List, import and mark what is known of a session's SKUs.",
    "alt": "List, write, import and export alt text.",
    "checklists": "List and tick what has to be true before a session goes on.",
    "models": "List, install, import, verify and remove networks.",
    "warm": "Keep a network loaded for the commands that follow.",
    "cost": "Compare the cost of an image cut here with a cloud's price.",
    "glossary": "Explain a word of the trade.",
    "explain": "Explain a message's code, a defect, a warning or a preset field.",
    "playbook": "Print a page of practice: a day, a season, incidents, cost.",
    "docs": "Write glossary, playbook and presets as Markdown for a wiki.",
    "privacy": "Say what is stored where, and prove that nothing is sent.",
    "bench": "Measure speed, quality and models on this machine.",
    "doctor": "Say what this terminal and this machine can do.",
}
"""Every command by name, in the order of the help."""


class Commands(LazyGroup):
    """Every command; a first word that is none is taken as the session to open."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in SUMMARIES:
            return super().resolve_command(ctx, ["open", *args])
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    prefix="tui.cli.",
    summaries=SUMMARIES,
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
        if sys.stdout.isatty():
            click.echo(
                "\nNew here? packshot demo makes a sample session; opened, it leads you through in "
                "two minutes."
            )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the ``packshot`` command in this process and exit with its status."""
    status = run(arguments)
    gc.freeze()  # or else all that was imported is searched once more for what nobody needs: 16 ms
    sys.exit(status)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the ``packshot`` command and return its exit status."""
    forbid_other_hosts()
    try:
        result = packshot.main(args=arguments, prog_name="packshot", standalone_mode=False)
    except click.ClickException as error:
        _report_usage(error)
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


def _report_usage(error: click.ClickException) -> None:
    """Print what was typed wrongly as click does, with the code of such messages."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        note(f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n")
    note(f"Error: {safe(error.format_message())} [{USAGE_CODE}]")


def _report(error: Exception) -> int:
    """Print an error of the tree as one line; let a fault of packshot's own through."""
    from engine.errors import REPORTED, sentence

    if not isinstance(error, REPORTED):
        raise error
    note(f"packshot: {safe(sentence(error))}\nMore about it: packshot explain {error.code}")
    return error.exit_status
