"""``packshot manifest``: lists of delivered files for shop, PIM and marketplace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.here import own_session
from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, echo_toml, note, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from presets.manifest import LoadedManifest


@click.group()
def command() -> None:
    """Write a list of delivered files in the columns that the importing system wants.

    Formats are files: a session's manifests/ wins over your own and over packshot's. Only current
    files are listed, and none that was recalled.
    """


@command.command()
@click.argument("folder", metavar="SESSION", type=GIVEN_PATH)
@click.option("--format", "name", default="generic", help="See `packshot manifest formats`.")
@click.option("--season", help="Only files that were exported for it.")
@click.option(
    "--preset", "presets", multiple=True, help="Only files of it; by default the format's own."
)
@click.option("--url", help="Template of the URLs; by default that of packshot.toml.")
@click.option("--out", type=click.Path(path_type=Path), help="The file; by default it is printed.")
@click.option(
    "--zip", "package", type=click.Path(path_type=Path), help="A ZIP file with list and pictures."
)
def write(
    folder: Path,
    name: str,
    season: str | None,
    presets: tuple[str, ...],
    url: str | None,
    out: Path | None,
    package: Path | None,
) -> int:
    """Write the manifest of SESSION.

    A file that lacks what the format requires is left out and named; the exit status is 1 then.
    """
    from engine.atomic import write_atomic
    from engine.delivery.manifest.files import manifest_bytes
    from engine.delivery.manifest.package import write_package
    from engine.delivery.manifest.rows import manifest_rows
    from engine.delivery.manifest.table import lay_out
    from engine.session.session import Session
    from presets.manifest import find_manifest
    from presets.urls import checked_template

    try:
        template = None if url is None else checked_template(url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--url") from error
    with Session.open(folder, create=False, readonly=True) as session:
        found = find_manifest(name, session.folder).format
        if presets:
            found = found.model_copy(update={"presets": None})  # a person's choice wins
        rows = manifest_rows(session, presets=presets, season=season, url=template)
        laid = lay_out(found, rows)
        problems = list(laid.problems)
        if package is not None:
            problems += write_package(session.folder, laid, package)
    if out is not None:
        write_atomic(out, manifest_bytes(laid))
    if out is None and package is None:
        click.echo(manifest_bytes(laid).decode("utf-8-sig"), nl=False)
    for problem in problems:
        note(safe(problem))
    if rows and not (laid.rows or problems):
        delivered = ", ".join(sorted({row.preset for row in rows}))
        wanted = ", ".join(found.presets or ())
        note(
            safe(
                f"Nothing is listed: format {name} lists files of {wanted}, and delivered were "
                f"files of {delivered}; --preset chooses among those."
            )
        )
    for path in filter(None, (out, package)):
        note(safe(f"{path}: {len(laid.rows)} rows, {len(laid.files)} files"))
    return 1 if problems else 0


@command.command()
@own_session
@JSON
def formats(session: Path | None, as_json: bool) -> int:
    """List every format with its origin."""
    from presets.manifest import list_manifests

    found, problems = list_manifests(session)
    if as_json:
        echo_json([_described(loaded) for loaded in found])
    else:
        table(
            ("format", "kind", "row", "origin", "title"),
            [
                (
                    each.format.name,
                    each.format.kind,
                    each.format.per,
                    each.origin,
                    each.format.title,
                )
                for each in found
            ],
        )
    for problem in problems:
        note(safe(problem))
    return 1 if problems else 0


@command.command()
@click.argument("name")
@own_session
@JSON
def show(name: str, session: Path | None, as_json: bool) -> int:
    """Print one format: copy it into your session's manifests/ to change its columns."""
    from presets.manifest import find_manifest

    loaded = find_manifest(name, session)
    if as_json:
        echo_json(_described(loaded))
    else:
        echo(f"# origin: {loaded.origin} ({safe(loaded.path)})")
        echo()
        echo_toml(loaded.format.model_dump(mode="json", exclude_defaults=True))
    return 0


def _described(loaded: LoadedManifest) -> dict[str, object]:
    content = loaded.format.model_dump(mode="json", exclude_none=True)
    return {**content, "origin": loaded.origin, "path": str(loaded.path)}
