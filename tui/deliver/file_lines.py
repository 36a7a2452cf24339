"""A file in words: how it stands, which key mends what blocks it, its size, and its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widgets import Static

from engine.session.states import State
from tui.browse.facts import day_text, size_text
from tui.deliver.explained import findings_of
from tui.deliver.marks import STYLES, FileMark, glyph_of
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.ready import Readiness
    from engine.delivery.selection import Block
    from engine.session.records import DeliveryRecord
    from tui.queue.trials import Trial

KeyName = Callable[[str], str]
"""Returns the key of an action as a person reads it."""


class FileLines(Static):
    """A few lines below the picture of a file."""

    DEFAULT_CSS = """
    FileLines {
        height: 4; padding: 0 1; background: $surface; color: $foreground;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def show(
        self,
        file: Readiness | None,
        mark: FileMark,
        trial: Trial | None,
        glyphs: dict[State, str],
        key: KeyName,
    ) -> None:
        """Describe a file; the most urgent comes first."""
        if file is None:
            self.update("", layout=False)
            return
        lines = [
            *_standing(file, mark, glyph_of(mark, glyphs), key),
            *_measured(file, trial),
            *_findings(file, trial),
        ]
        room = max(1, self.size.height)
        if len(lines) > room:
            left = len(lines) - room + 1
            report = key("deliver.report")
            more = Content.styled(f"and {left} more: {report} lists all", "$muted")
            lines = [*lines[: room - 1], more]
        self.update(Content("\n").join(lines), layout=False)


def mend(block: Block, key: KeyName) -> str:
    """Return how a block is seen to: the key, and where it works."""
    cut, queue, show = key("work.cut"), key("app.queue"), key("deliver.show")
    in_browse = f"in Browse ({show})"
    other = f"{key('work.adjust')} tries other settings {in_browse}"
    told = {
        "missing": f"{key('work.rescan')} looks for it {in_browse}",
        "unreadable": f"{queue} lists what cannot be read",
        "failed": f"{cut} tries again {in_browse}",
        "not cut": f"{cut} cuts it {in_browse}",
        "rejected": other,
        "not approved": f"{key('judge.approve')} approves it {in_browse}",
        "recalled": other,
        "lock": "packshot run cuts it as the lock says",
        "requires": f"see to it {in_browse}",
        "alt text": f"{key('work.alt')} writes it",
        "name": "packshot products import says which",
    }
    return told[block.kind]


def _standing(file: Readiness, mark: FileMark, glyph: str, key: KeyName) -> list[Content]:
    style = f"bold ${STYLES[mark]}"
    last = file.last
    delivered = _delivered(last) if last else ""
    if file.blocks:
        return [*_blocks(file, glyph, style, key), *_still_there(file, delivered, key)]
    told = {
        FileMark.QUEUED: "being exported",
        FileMark.RECALLED: "recalled; a corrected file may follow",
        FileMark.DELIVERED: delivered,
        FileMark.OUTDATED: f"to be delivered anew; {delivered}",
        FileMark.READY: f"ready: {key('work.export')} exports it",
        FileMark.AGAINST: "; ".join(filter(None, ("breaks a rule", delivered))),
    }
    return [Content.styled(f"{glyph} {told[mark]}", style)]


def _delivered(last: DeliveryRecord) -> str:
    """Say when a file was delivered, and as what: the name first, for lines that end early."""
    path = PurePath(last.path)
    return f"delivered {day_text(last.at)} as {safe(path.name)}, in {safe(str(path.parent))}"


def _blocks(file: Readiness, glyph: str, style: str, key: KeyName) -> Iterator[Content]:
    """Yield what keeps a file from being exported, and how that is seen to."""
    for block in file.blocks:
        yield Content.styled(f"{glyph} {safe(block.told)}", style)
        yield Content.styled(f"  {mend(block, key)}", "$muted")


def _still_there(file: Readiness, delivered: str, key: KeyName) -> Iterator[Content]:
    """Yield where the file lies that was delivered before the next one was blocked."""
    if delivered:
        rejected = any(block.kind == "rejected" for block in file.blocks)
        recalls = f"{key('deliver.recall')} recalls it: " if rejected else ""
        yield Content.styled(f"  {recalls}{delivered}", "$foreground")


def _measured(file: Readiness, trial: Trial | None) -> list[Content]:
    """Return how many bytes the file has or will have, and what its rules came to."""
    before = file.last.bytes if file.last else None
    if trial is not None:
        size = size_text(trial.bytes)
        if before and before != trial.bytes:
            size += f" (was {size_text(before)})"
    elif before:
        size = size_text(before)
    else:
        return []
    findings = findings_of(file, trial)
    counts = [
        (_count(findings, "pass"), "kept"),
        (_count(findings, "fail"), "broken"),
        (_count(findings, "warn"), "warn"),
        (_count(findings, "review"), "to be looked at"),
    ]
    rules = ", ".join(f"{count} {word}" for count, word in counts if count)
    return [Content.assemble(size, (f"  rules: {rules}" if rules else "", "$muted"))]


def _findings(file: Readiness, trial: Trial | None) -> list[Content]:
    """Return what a person has to know of the rules, the worst first, and of the making."""
    findings = findings_of(file, trial)
    signs = {"fail": ("✗", "$error"), "warn": ("!", "$warning"), "review": ("?", "$muted")}
    lines = [
        Content.styled(f"{sign} {safe(found['message'])}", style)
        for severity, (sign, style) in signs.items()
        for found in findings
        if found["severity"] == severity
    ]
    notes = trial.notes if trial else ()
    return lines + [Content.styled(f"· {safe(note)}", "$muted") for note in notes]


def _count(findings: Sequence[Mapping[str, Any]], severity: str) -> int:
    return sum(finding["severity"] == severity for finding in findings)
