"""``packshot scan``: what is in a session, and which photos will cause trouble.

Exit status 1 when a photo or a folder cannot be read. With ``--watch`` the command stays and
tells what happens in the folder.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import GIVEN_PATH
from tui.cli.output import echo, echo_json, note, progress
from tui.cli.scan_json import changes_json, scan_json
from tui.cli.scan_told import print_scan
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.session.findings import Finding
    from engine.session.records import PhotoRecord
    from engine.session.scan import ScanReport
    from engine.session.session import Session
    from engine.session.watch import Growing, Watcher

_READS_SHOWN_FROM = 200
"""Headers to read from which a progress display is worth its line."""


@click.command("scan")
@click.argument("session", type=GIVEN_PATH)
@click.option(
    "--filter",
    "filter_text",
    default="",
    metavar="WORDS",
    help="Only photos that all words hold for, as in the workstation: left is:cut !has:halo.",
)
@click.option(
    "--groups",
    "with_groups",
    is_flag=True,
    help="Also look at every photo, and list those that were shot alike.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--readonly", is_flag=True, help="Change nothing in the folder; remember nothing.")
@click.option(
    "--watch",
    is_flag=True,
    help="Stay, and tell what is new, changed or missing, until Ctrl+C; JSON: one line each time.",
)
@click.option(
    "--set-aside",
    is_flag=True,
    help="Keep a damaged database under another name, save what can be read, start a new one.",
)
def command(
    session: Path,
    filter_text: str,
    with_groups: bool,
    as_json: bool,
    readonly: bool,
    watch: bool,
    set_aside: bool,
) -> int:
    """Say what is in SESSION and which photos will cause trouble.

    Headers are read, and files that may be the same picture; the photos stay as they are.
    Exit status 1: something cannot be read.
    """
    from engine.session.filter import problem
    from engine.session.findings import find_anti_patterns
    from engine.session.hashing import sha256_of
    from engine.session.session import Session
    from engine.session.watch import Watcher
    from tui.cli.groups import looked_at

    if wrong := problem(filter_text):
        raise click.BadParameter(wrong, param_hint="--filter")
    if set_aside:
        _set_aside(session)
    with Session.open(session, readonly=readonly) as opened:
        watcher = Watcher(opened) if watch else None
        report = _scan(opened)
        photos = looked_at(opened, opened.photos()) if with_groups else opened.photos()
        findings = [
            *_recalled(opened, photos),
            *find_anti_patterns(photos, lambda path: sha256_of(opened.folder / path)),
        ]
        if filter_text:
            photos = _matching(photos, filter_text)
            findings = _about(findings, photos)
        if as_json:
            echo_json(scan_json(session, photos, report, findings), one_line=watch)
        else:
            print_scan(photos, report, findings, with_groups=with_groups)
        if watcher:
            _watch(opened, watcher, as_json=as_json)
    return 1 if report.unreadable or report.troubles else 0


def _set_aside(folder: Path) -> None:
    from engine.session.repair import set_aside

    aside, saved = set_aside(folder)
    note(f"The damaged database is kept as {safe(aside)}; {saved} rows of it were saved.")


def _scan(session: Session) -> ScanReport:
    """Scan, with a progress display when many headers have to be read."""
    with ExitStack() as display:
        bar: progress | None = None

        def on_progress(_done: int, total: int) -> None:
            nonlocal bar
            if bar is None and total >= _READS_SHOWN_FROM:
                bar = display.enter_context(progress(total, "read"))
            if bar is not None:
                bar.step()

        return session.scan(on_progress)


def _watch(session: Session, watcher: Watcher, *, as_json: bool) -> None:
    """Tell what changes in the folder until the command is interrupted."""
    from engine.errors import SessionError, sentence

    def changed(growing: Growing) -> None:
        try:
            report = session.scan(leave=growing)
        except SessionError as error:  # as settings that are just being edited
            note(f"packshot: {sentence(error)}")
            return
        if told := report.told():
            at = time.strftime("%H:%M:%S")
            if as_json:
                echo_json({"at": at, **changes_json(report)}, one_line=True)
            else:
                echo(f"{at}  {told}")

    note("Watching the folder; Ctrl+C ends it.")
    watcher.watch(changed, threading.Event())


def _recalled(session: Session, photos: Sequence[PhotoRecord]) -> list[Finding]:
    """Return the photos that are files which were recalled, here or in another session."""
    from engine.delivery.incidents.blocklist import known_incidents
    from engine.delivery.incidents.search import recalled_among
    from engine.session.hashing import sha256_of

    incidents = known_incidents(session)
    found = recalled_among(photos, incidents, lambda path: sha256_of(session.folder / path))
    return [found] if found else []


def _matching(photos: Sequence[PhotoRecord], text: str) -> list[PhotoRecord]:
    from engine.session.filter import matcher
    from engine.session.states import state_of

    matches = matcher(text)
    return [photo for photo in photos if matches(photo, state_of(photo))]


def _about(findings: Sequence[Finding], photos: Sequence[PhotoRecord]) -> list[Finding]:
    """Return what was found about some photos."""
    from dataclasses import replace

    wanted = {photo.path for photo in photos}
    kept = []
    for finding in findings:
        pairs = [
            pair for pair in zip(finding.paths, finding.details, strict=True) if pair[0] in wanted
        ]
        if pairs:
            paths, details = zip(*pairs, strict=True)
            kept.append(replace(finding, paths=paths, details=details))
    return kept
