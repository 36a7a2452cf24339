"""What about a file the help can explain: what blocks it, the rules it breaks, how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.help.places import message_places
from tui.help.topics import note_places

if TYPE_CHECKING:
    from engine.delivery.ready import Readiness
    from engine.delivery.selection import Block, BlockKind
    from engine.session.records import PhotoRecord
    from tui.queue.trials import Trial

_BLOCKED: Mapping[BlockKind, str] = {
    "not approved": "term:verdict",
    "recalled": "error:D04",
    "lock": "error:D03",
    "requires": "error:D08",
    "alt text": "error:D07",
    "name": "error:D05",
    "unreadable": "error:P01",
}
"""What explains a block: the error that an export would end with, where there is one."""


def file_places(file: Readiness, trial: Trial | None) -> list[str]:
    """Return places of the help about a file, what keeps it from going out first."""
    places = [place for block in file.blocks for place in _block_places(block, file.photo)]
    findings = findings_of(file, trial)
    for severity in ("fail", "warn"):
        places += [f"check:{each['rule']}" for each in findings if each["severity"] == severity]
    return places + note_places(trial.notes if trial else ())


def findings_of(file: Readiness, trial: Trial | None) -> Sequence[Mapping[str, Any]]:
    """Return what is known of a file's rules: from a trial, or from its last delivery."""
    if trial is not None:
        return [
            {"severity": finding.severity, "message": finding.message, "rule": finding.rule}
            for finding in trial.findings
        ]
    return (file.last.findings or ()) if file.last else ()


def _block_places(block: Block, photo: PhotoRecord) -> Iterator[str]:
    yield from message_places(block.told)
    if block.kind in _BLOCKED:
        yield _BLOCKED[block.kind]
    if block.kind == "rejected":
        yield from (f"reason:{reason}" for reason in photo.verdict.reasons)
