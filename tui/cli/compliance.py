"""The page with pictures that ``report`` and ``check`` write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.output import note, progress

if TYPE_CHECKING:
    from engine.session.ticks import Standing
    from tui.html.compliance import Entry

HTML = click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page with pictures, one file that needs nothing else.",
)
"""Where the page goes."""


def write_page(
    target: Path,
    title: str,
    entries: Sequence[tuple[Path, Entry]],
    order: Sequence[str],
    checklists: Sequence[Standing] = (),
) -> None:
    """Write the page of files, each with a small picture where it can be decoded.

    Parameters
    ----------
    target : where
    title : its heading
    entries : each file with what is said of it
    order : the outcomes, the worst first
    checklists : how those of the session stand

    Raises
    ------
    OutputError and its branches : nothing was written
    """
    from engine.atomic import write_atomic
    from engine.work.thumbnails import thumbnails
    from tui.html.compliance import compliance_page

    paths = dict.fromkeys(path for path, _ in entries)
    with progress(len(paths), "picture") as bar:
        pictures: Mapping[Path, bytes] = thumbnails(paths, bar.step)
    shown = [replace(entry, picture=pictures.get(path)) for path, entry in entries]
    told = f"{datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC."
    html = compliance_page(title, told, shown, order, checklists)
    write_atomic(target, html.encode("utf-8"))
    note(f"Page: {target}")
