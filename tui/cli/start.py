"""What the ``packshot`` script calls: have the command run by a warm service, or run it here.

A command that is served ends here, before ``click`` or anything else of a size is imported.
"""

from __future__ import annotations

import sys

from tui.cli.served import COMMANDS


def main() -> None:
    """Run the ``packshot`` command, in a warm service or here, and exit with its status."""
    try:
        _main(sys.argv[1:])
    except KeyboardInterrupt:  # so early that the command itself could not say more
        sys.exit(130)


def _main(arguments: list[str]) -> None:
    if arguments and arguments[0] in COMMANDS:
        from engine.serving.client import served

        status = served(arguments)
        if status is not None:
            sys.exit(status)
        if "--help" not in arguments:
            # No worker is here to borrow: what its own are forked from loads while click does.
            from engine.work.nursery import start_ahead

            start_ahead()
    from tui.cli.main import main as run_here

    run_here(arguments)
