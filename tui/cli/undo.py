"""``packshot undo``: the journal of what a person has decided, step by step."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, table


@click.command("undo")
@click.argument("session", type=GIVEN_PATH)
@click.option("--redo", is_flag=True, help="Do again what was taken back last.")
@click.option("--steps", type=click.IntRange(1), default=1, show_default=True, help="How many.")
@click.option("--list", "only_list", is_flag=True, help="Change nothing; list the next steps.")
@JSON
def command(session: Path, redo: bool, steps: int, only_list: bool, as_json: bool) -> int:
    """Take back your last step in SESSION: verdicts, stars, notes, cuts that replaced mattes.

    Without limit, also what was done days ago or in the workstation. Everybody takes back only
    their own, and a photo that somebody has changed since stays as it is.

    Exit status 1: there was nothing to take back, or less than was asked for.
    """
    from engine.session.session import Session

    with Session.open(session, create=False, readonly=only_list) as opened:
        if only_list:
            waiting = opened.steps(undone=redo)
            if as_json:
                echo_json([asdict(step) for step in waiting])
            else:
                table(("when", "what"), [(step.at, step.summary) for step in waiting])
            return 0
        move = opened.redo if redo else opened.undo
        done: list[str] = []
        while len(done) < steps and (summary := move()) is not None:
            done.append(summary)
    if as_json:
        echo_json(done)
    else:
        for summary in done:
            echo(f"{'Done again' if redo else 'Undone'}: {summary}")
        if not done:
            echo(f"Nothing to {'redo' if redo else 'undo'}.")
    return 0 if len(done) == steps else 1
