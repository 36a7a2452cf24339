"""Making a season's deliveries again, for ``packshot seasons verify``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.output import progress

if TYPE_CHECKING:
    from engine.delivery.seasons.proofs import Proof, SeasonProofs


def evenly(proofs: Sequence[Proof], count: int | None) -> list[Proof]:
    """Return so many of them, evenly chosen; all where there are no more, or no count is given."""
    if count is None or count >= len(proofs):
        return list(proofs)
    return [proofs[index * len(proofs) // count] for index in range(count)]


def make_again(
    proofs: Sequence[Proof], problems: dict[int, list[str]], workers: int | None
) -> None:
    """Make deliveries again and add what did not come out the same to their problems."""
    from engine.delivery.seasons.proofs import remade
    from engine.errors import sentence
    from engine.serving.pools import open_workers
    from engine.work.batch import outcomes

    jobs = {id(proof.again): proof.delivery for proof in proofs}
    wanted = [proof.again for proof in proofs if proof.again is not None]
    if not wanted:
        return
    with open_workers(len(wanted), workers) as pool, progress(len(wanted), "verify") as bar:
        for outcome in outcomes(pool, remade, wanted):
            delivery = jobs[id(outcome.job)]
            if isinstance(outcome.error, Exception):
                problems[delivery.id].append(f"cannot be made again: {sentence(outcome.error)}")
            elif outcome.result != delivery.sha256:
                problems[delivery.id].append("made again, it comes out otherwise")
            bar.step(Path(delivery.path).name)


def proof_json(
    name: str, proofs: SeasonProofs, again: Sequence[Proof], problems: dict[int, list[str]]
) -> dict[str, Any]:
    """Return the outcome for a script."""
    made = {proof.delivery.id for proof in again}
    return {
        "season": name,
        "proven": not any(problems.values()) and not proofs.strays,
        "deliveries": [
            {
                "path": proof.delivery.path,
                "sha256": proof.delivery.sha256,
                "preset": proof.delivery.preset,
                "lock": proof.delivery.lock,
                "made_again": proof.delivery.id in made,
                "problems": problems[proof.delivery.id],
            }
            for proof in proofs.deliveries
        ],
        "strays": [{"path": each.path, "problem": each.problem} for each in proofs.strays],
    }
