"""``packshot models``: which networks are here, and the one command that fetches them."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from tui.cli.output import echo, echo_json, note, progress, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from collections.abc import Collection

    from models.events import InstallEvent
    from models.spec import ModelSpec
    from models.store import ModelStore

_MEGABYTE = 1_000_000


@click.group()
def command() -> None:
    """List, install, import, verify and remove networks.

    A network (a model) is one file of weights. Its SHA-256 is known, and no file with another one
    is ever used. The best one installed is used unless another is named.
    """


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_command(as_json: bool) -> None:
    """Show every network, what it is for and what is here.

    The default is marked with an asterisk. Speed is seconds per whole photo with all cores at
    work, measured on this machine in earlier work.
    """
    from models.store import ModelStore

    store = ModelStore()
    default = store.default().id
    rows = [_row(store, spec, default) for spec in store.specs()]
    if as_json:
        echo_json(rows)
        return
    table(
        ("name", "", "installed", "size", "speed here", "licence", "what for"),
        [
            (
                row["name"],
                "*" if row["default"] else "",
                "yes" if row["installed"] else "no",
                _size(row["bytes"]),
                "-" if row["seconds"] is None else f"{row['seconds']:.2f} s",
                row["licence"] if row["commercial"] else f"{row['licence']} (non-commercial)",
                row["purpose"],
            )
            for row in rows
        ],
    )
    echo("\n* used unless another is named")


@command.command(name="install")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--accept-licence",
    "accepted",
    multiple=True,
    metavar="LICENCE",
    help="Accept a licence by its name, for example AGPL-3.0. May be given more than once.",
)
def install_command(names: tuple[str, ...], accepted: tuple[str, ...]) -> int:
    """Fetch networks and check them.

    This is the one thing in packshot that connects to other machines. Sources are tried in order
    until one delivers the right file. An interrupted installation leaves nothing behind that is
    used; run the same command again.

    Licences other than Apache-2.0, MIT and BSD have to be accepted by name.
    """
    from models.errors import ModelError
    from models.store import ModelStore

    store = ModelStore()
    # Nothing is fetched while a name or a licence is still in doubt.
    for name in names:
        spec = store.spec(name)
        if not store.is_installed(name):
            spec.require_licence(accepted)
    failures: list[ModelError] = []
    for name in dict.fromkeys(names):
        try:
            install_shown(store, name, accepted)
        except ModelError as error:
            if len(names) == 1:
                raise
            note(safe(error))
            failures.append(error)
    if not failures:
        return 0
    return failures[-1].exit_status if len(failures) == len(set(names)) else 1


@command.command(name="import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--describe",
    "description",
    type=click.Path(path_type=Path),
    metavar="TOML",
    help="Describe a network of your own.",
)
def import_command(path: Path, description: Path | None) -> None:
    """Bring in a network from a local file.

    For a machine without a network connection: fetch the file of any listed network elsewhere;
    it is recognised by its SHA-256, whatever it is called.

    For an ONNX network of your own, describe it in a small file:

    \b
        id = "my-model"             # the name you will use
        licence = "MIT"
        input_size = 1024           # pixels, square
        mean = [0.5, 0.5, 0.5]      # input is (rgb / 255 - mean) / std
        std = [1.0, 1.0, 1.0]

    \b
    and, where it differs from what is shown here:
        fit = "squash"              # or "letterbox": keeps the proportions
        activation = "none"         # or "sigmoid": its output still needs one
        rank = 0                    # 20 is u2netp, 50 isnet-general-use
        commercial = true           # false: used only when it is named
        title = ""
        purpose = ""
    """
    from models.store import ModelStore

    spec = ModelStore().import_file(path, description)
    echo(safe(f"imported {spec.id} ({_size(spec.bytes)}, {spec.licence})"))
    if not spec.commercial:
        note(safe(f"{spec.id}: {spec.licence} allows no commercial use"))


@command.command(name="verify")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify_command(name: str | None, as_json: bool) -> int:
    """Read installed networks again and check them.

    Each file's SHA-256 is compared with the one expected: of NAME, or without it of every
    installed one. The exit status is 1 when a file was changed.
    """
    from models.errors import ModelChanged
    from models.store import ModelStore

    store = ModelStore()
    results: list[dict[str, Any]] = []
    for model_id in [name] if name else [spec.id for spec in store.installed()]:
        try:
            store.verify(model_id)
            results.append({"name": model_id, "right": True, "problem": None})
        except ModelChanged as error:
            results.append({"name": model_id, "right": False, "problem": error.problem})
            note(safe(error))
    if as_json:
        echo_json(results)
    elif results:
        table(
            ("name", "state"),
            [(row["name"], "right" if row["right"] else "CHANGED") for row in results],
        )
    else:
        echo("No network is installed. Install one: packshot models install u2netp")
    return 0 if all(row["right"] for row in results) else 1


@command.command(name="remove")
@click.argument("name")
def remove_command(name: str) -> None:
    """Delete the file of a network; it can be installed again."""
    from models.store import ModelStore

    ModelStore().remove(name)
    echo(safe(f"removed {name}"))


def install_shown(store: ModelStore, model_id: str, accepted: Collection[str] = ()) -> None:
    """Install a model with its progress on stderr.

    Raises
    ------
    ModelUnknown, LicenceNotAccepted, SourceFailed, StoreNotWritable : see ``ModelStore.install``
    """
    from engine.offline import other_hosts_allowed

    with other_hosts_allowed(), _InstallDisplay() as display:
        store.install(model_id, accepted_licences=accepted, report=display.show)


class _InstallDisplay:
    """The news of one installation: a line per source, and a bar in megabytes."""

    def __init__(self) -> None:
        self._bars = ExitStack()
        self._bar: progress | None = None
        self._shown = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close_bar()

    def show(self, event: InstallEvent) -> None:
        """Show one piece of news."""
        if event.stage == "receiving":
            self._advance(event)
            return
        self._close_bar()
        note(safe(f"  {event.text}" if event.stage == "failed" else event.text))

    def _advance(self, event: InstallEvent) -> None:
        if event.total is None:
            return
        if self._bar is None:
            steps = max(1, event.total // _MEGABYTE)
            self._bar = self._bars.enter_context(progress(steps, f"{event.model}, MB"))
            self._shown = 0
        while self._shown < min(event.received, event.total) // _MEGABYTE:
            self._bar.step()
            self._shown += 1

    def _close_bar(self) -> None:
        self._bars.close()
        self._bar = None


def _row(store: ModelStore, spec: ModelSpec, default: str) -> dict[str, Any]:
    return {
        "name": spec.id,
        "title": spec.title,
        "default": spec.id == default,
        "installed": store.is_installed(spec.id),
        "bytes": spec.bytes,
        "seconds": store.timing(spec.id),
        "licence": spec.licence,
        "commercial": spec.commercial,
        "purpose": spec.purpose,
        "sha256": spec.sha256,
    }


def _size(count: int) -> str:
    if count < 1000 * _MEGABYTE:
        return f"{count / _MEGABYTE:.1f} MB"
    return f"{count / (1000 * _MEGABYTE):.2f} GB"
