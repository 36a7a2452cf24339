"""``packshot seasons adopt``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.changes import changes_json, show_changes
from tui.cli.here import this_session
from tui.cli.output import echo, echo_json, note
from tui.cli.seasons.described import lock_json


@click.command(name="adopt")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@this_session
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(file: Path, folder: Path, as_json: bool) -> int:
    """Take over a colleague's lock from FILE, with the season and the presets in it.

    The lock comes by version control, e-mail or a shared folder. What the session lacks of its
    season and presets is written from it; files of your own stay, and a difference is shown:
    nothing is exported until it is gone. Compare the seal with the sender's to know that the lock
    is the one that was signed off. Exit status 1: something differs.
    """
    from engine.delivery.seasons.sharing import adopt_file
    from engine.session.session import Session

    with Session.open(folder) as session:
        adopted = adopt_file(session, file)
    lock = adopted.lock
    if as_json:
        echo_json(
            {
                **lock_json(lock),
                "written": [str(path) for path in adopted.written],
                "changes": changes_json(adopted.changes),
            }
        )
    else:
        echo(f"Adopted: season {lock.name}, locked by {lock.person} on {lock.at[:19]}")
        echo(f"  lock {lock.hash}")
        echo(f"  seal {lock.seal if lock.sealed else '– (of an older packshot)'}")
        for path in adopted.written:
            echo(f"  wrote {path}")
        show_changes(adopted.changes)
    if adopted.changes:
        note(
            "What is here is not what the lock holds, and nothing is exported. "
            f"`packshot seasons restore {lock.name}` writes it back as it was locked."
        )
    return 1 if adopted.changes else 0
