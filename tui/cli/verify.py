"""``packshot verify``: what made a file, and whether it still is what was delivered."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import JSON, SESSION_FOLDER
from tui.cli.output import echo, echo_json

if TYPE_CHECKING:
    from engine.delivery.tracing import Traced, Tracer

STATES = {
    "delivered": "delivered, byte for byte",
    "altered": "saved anew since it was delivered: its bytes are others",
    "foreign": "made by packshot, of a photo or with a preset that this session does not know",
    "unknown": "says nothing of its making, and this session never wrote these bytes",
}
"""What each state means to a person."""


@click.command(name="verify")
@click.argument("files", type=click.Path(path_type=Path, dir_okay=False), nargs=-1, required=True)
@click.option(
    "--session",
    type=SESSION_FOLDER,
    help="Whose deliveries; by default the session that a file lies in, or that you are in.",
)
@JSON
def command(files: tuple[Path, ...], session: Path | None, as_json: bool) -> int:
    """Say what made FILES, and whether they are still what was delivered.

    A file says itself which photo, recipe and preset made it. The session knows the rest: when,
    by whom, under which lock, whether the bytes are still the same, whether there is a newer
    version, and whether it was recalled. Exit status 1: a file is no delivery that stands.
    """
    from engine.errors import PhotoError, sentence

    rows: list[dict[str, Any]] = []
    with _Tracers() as tracers:
        for path in files:
            home = session or _session_around(path) or _session_around(Path.cwd() / path.name)
            try:
                rows.append(_row(tracers.of(home).trace(path), home))
            except PhotoError as error:
                rows.append({"file": str(path), "sound": False, "error": sentence(error)})
    if as_json:
        echo_json(rows)
    else:
        for row in rows:
            _print(row)
    return 0 if all(row["sound"] for row in rows) else 1


def _session_around(path: Path) -> Path | None:
    """Return the nearest folder above a file that a session was started in."""
    above = path.absolute().parents
    return next((folder for folder in above if (folder / ".packshot").is_dir()), None)


class _Tracers(ExitStack):
    """A tracer for each session that files lie in; the sessions stay open until the end."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Path | None, Tracer] = {}

    def of(self, home: Path | None) -> Tracer:
        """Return the tracer of a session; None: the one of files that lie in none."""
        from engine.delivery.tracing import Tracer
        from engine.session.session import Session

        if home not in self._known:
            opened = None
            if home is not None:
                opened = self.enter_context(Session.open(home, readonly=True, create=False))
            self._known[home] = Tracer(opened)
        return self._known[home]


def _row(traced: Traced, home: Path | None) -> dict[str, Any]:
    origin, delivery, photo = traced.origin, traced.delivery, traced.photo
    row: dict[str, Any] = {
        "file": str(traced.path),
        "sha256": traced.sha256,
        "session": str(home) if home else None,
        "state": traced.state if home else None,
        "sound": traced.sound,
        "says": None,
        "delivery": None,
        "newer": traced.newer.path if traced.newer else None,
        "recalled": traced.recalled.told if traced.recalled else None,
    }
    if origin is not None:
        row["says"] = {
            "photo": origin.photo,
            "recipe": origin.recipe,
            "preset": origin.preset,
            "preset_digest": origin.preset_digest,
        }
    if delivery is not None:
        row["delivery"] = {
            "path": delivery.path,
            "photo": str(photo.path) if photo else None,
            "sku": photo.sku if photo else None,
            "view": photo.view if photo else None,
            "version": delivery.version,
            "preset": delivery.preset,
            "season": delivery.season,
            "lock": delivery.lock,
            "person": delivery.person,
            "at": delivery.at,
        }
    return row


def _print(row: dict[str, Any]) -> None:
    if "error" in row:
        echo(row["error"])
        return
    state = STATES[row["state"]] if row["state"] else "not held against any session: name one"
    # That it was taken back is the first that whoever asks has to know.
    echo(f"{row['file']}: {row['recalled'] or state}")
    if row["recalled"]:
        echo(f"  file      {state}")
    if said := row["says"]:
        made = f"photo {said['photo'][:12]}, recipe {said['recipe'][:12]}"
        preset = f", preset {said['preset']}" if said["preset"] else ""
        echo(f"  says      {made}{preset}")
    if (made_of := row["delivery"]) is not None:
        echo(f"  delivered {made_of['at'][:19]} by {made_of['person']} as {made_of['path']}")
        echo(f"  photo     {made_of['photo'] or 'not in the session any more'}")
        lock = f"lock {made_of['lock'][:12]}" if made_of["lock"] else "not locked"
        season = f"season {made_of['season']}, {lock}" if made_of["season"] else "no season"
        echo(f"  preset    {made_of['preset']}, {season}")
    if row["newer"]:
        echo(f"  newer     {row['newer']}")
