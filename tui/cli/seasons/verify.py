"""``packshot seasons verify``."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.here import this_session
from tui.cli.output import echo, echo_json
from tui.cli.seasons.proofs import evenly, make_again, proof_json


@click.command(name="verify")
@click.argument("name")
@this_session
@click.option("--sample", type=click.IntRange(1), help="Make only so many again, evenly chosen.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, folder: Path, sample: int | None, workers: int | None, as_json: bool) -> int:
    """Prove that every delivery of a season was made under its lock.

    The audit log is checked, each delivery's lock, preset and network are held against it, and
    every file is made again from photo, matte and preset: the bytes have to be the same. Files
    made with a preset of the season while it was unlocked are found, too, and pictures among the
    deliveries that are none. Nothing is written but a line in the audit log. Exit status 1:
    something is not proven.

    Verify on the kind of machine that exported: another processor may pack a PNG or a TIFF of the
    same pixels into other bytes.
    """
    from engine.delivery.seasons.audit import AuditLog
    from engine.delivery.seasons.events import log_proof
    from engine.delivery.seasons.proofs import season_proofs
    from engine.session.session import Session
    from presets.seasons import find_season

    with Session.open_if_writable(folder) as session:
        log = AuditLog(session.folder).entries()
        proofs = season_proofs(session, name, log)
        if not proofs.deliveries and not any(entry.season == name for entry in log):
            find_season(name, folder)  # says so where there is none of that name
        problems = {proof.delivery.id: list(proof.problems) for proof in proofs.deliveries}
        chosen = evenly([proof for proof in proofs.deliveries if proof.again is not None], sample)
        make_again(chosen, problems, workers)
        unproven = [each.delivery.path for each in proofs.deliveries if problems[each.delivery.id]]
        strays = [stray.path for stray in proofs.strays]
        log_proof(
            session,
            name,
            deliveries=len(proofs.deliveries),
            remade=len(chosen),
            unproven=[*unproven, *strays],
        )
    if as_json:
        echo_json(proof_json(name, proofs, chosen, problems))
    else:
        for proof in proofs.deliveries:
            for problem in problems[proof.delivery.id]:
                echo(f"{proof.delivery.path}: {problem}")
        for stray in proofs.strays:
            echo(f"{stray.path}: {stray.problem}")
        count = len(proofs.deliveries)
        echo(
            f"{count - len(unproven)} of {count} deliveries of {name} proven, {len(chosen)} of "
            f"them made again; {len(log)} entries of the audit log are whole"
        )
    return 1 if unproven or strays else 0
