"""The report: what was delivered, what breaks a rule, what is blocked, what nobody has ticked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content

from engine.session.records import DeliveryRecord
from engine.session.states import State
from engine.session.ticks import Standing
from tui.browse.facts import day_text, size_text
from tui.deliver.marks import STYLES, FileMark, glyph_of
from tui.deliver.outlook import FileKey, Outlook
from tui.dialog import TextDialog
from tui.keys.deliver import REPORT
from tui.keys.key import bindings
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.ready import Readiness
    from tui.queue.trials import Trial

_SHOWN = 200  # lines of one group; the commands list them all
_OPEN, _TICKED = Content("[ ]"), Content("[x]")  # as the checklists themselves have it


class ReportPanel(TextDialog):
    """All files of what is delivered: blocked, against a rule, tried, and the newest delivered.

    Parameters
    ----------
    outlook : the files that were planned
    trials : what is known of those that were only made and checked
    deliveries : every file that was exported, the oldest first
    checklists : how those of the session stand
    glyphs : those of the states, which tell what the terminal can show
    """

    KEYS = REPORT
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(REPORT))
    DEFAULT_CSS = "ReportPanel { #panel { width: 110; } }"

    def __init__(
        self,
        outlook: Outlook,
        trials: Mapping[FileKey, Trial],
        deliveries: Sequence[DeliveryRecord],
        checklists: Sequence[Standing],
        glyphs: dict[State, str],
    ) -> None:
        super().__init__(f"Report: {safe(outlook.season)}" if outlook.season else "Report")
        self._outlook, self._trials, self._glyphs = outlook, trials, glyphs
        self._deliveries, self._checklists = deliveries, checklists

    def help_places(self) -> Sequence[str]:
        """Return the rules that are broken, and where one is."""
        broken = dict.fromkeys(
            f"check:{finding.rule}"
            for trial in self._trials.values()
            for finding in trial.findings
            if finding.severity == "fail"
        )
        return (*broken, "screen:report")

    def text(self, width: int) -> Content:
        """Return the groups, those first that a person has to see to."""
        groups = [*self._blocked(), *self._findings(), *self._tried(), *self._delivered()]
        if groups:
            groups += self._ticked()
        if self._outlook.problem:
            groups.insert(0, Content.styled(safe(self._outlook.problem), "$error"))
        if not groups:
            return Content.styled("Nothing is ready yet, and nothing was exported.", "$muted")
        return Content("\n\n").join(
            Content("\n").join(line for part in group.split() for line in part.wrap(width))
            for group in groups
        )

    def _blocked(self) -> Iterator[Content]:
        kinds: dict[tuple[str, FileMark], list[str]] = defaultdict(list)
        for file in self._outlook.files.values():
            mark = FileMark.UNJUDGED if file.is_unjudged else FileMark.BLOCKED
            heading = "Delivered, and" if file.is_unjudged else "Blocked:"
            for block in file.blocks:
                name = f"{file.photo.path}  {file.preset}"
                kinds[f"{heading} {block.kind}", mark].append(f"{name}  {block.told}")
        for (heading, mark), told in kinds.items():
            yield self._marked(heading, mark, told)

    def _findings(self) -> Iterator[Content]:
        """Yield the rules that are broken or warn, each with its files."""
        for severity, verb, mark in (
            ("fail", "Breaks", FileMark.AGAINST),
            ("warn", "Warns on", FileMark.BLOCKED),
        ):
            rules: dict[tuple[str, str], list[str]] = defaultdict(list)
            for file in self._outlook.files.values():
                for rule, message in self._found(file, severity):
                    rules[file.preset, rule].append(f"{file.photo.path}  {message}")
            for (preset, rule), told in rules.items():
                yield self._marked(f"{verb} {rule} of {preset}", mark, told)

    def _found(self, file: Readiness, severity: str) -> Iterator[tuple[str, str]]:
        trial = self._trials.get((file.photo.id, file.preset))
        if trial is not None:
            for finding in trial.findings:
                if finding.severity == severity:
                    yield finding.rule, finding.message
        elif file.last is not None:
            for found in file.last.findings or ():
                if found["severity"] == severity:
                    yield str(found["rule"]), str(found["message"])

    def _tried(self) -> Iterator[Content]:
        """Yield what a dry run has found of each preset: bytes before and after."""
        lines = []
        for name in self._outlook.names:
            files = [file for file in self._outlook.files.values() if file.preset == name]
            tried = [
                (file, trial)
                for file in files
                if (trial := self._trials.get((file.photo.id, name))) is not None
            ]
            if not tried:
                continue
            after = sum(trial.bytes for _, trial in tried)
            before = sum(file.last.bytes or 0 for file, _ in tried if file.last)
            was = f", was {size_text(before)}" if before else ""
            lines.append(f"{name}  {len(tried)} files, {size_text(after)}{was}")
        if lines:
            yield self._marked("Tried, and not written", FileMark.READY, lines)

    def _delivered(self) -> Iterator[Content]:
        presets: dict[str, list[DeliveryRecord]] = defaultdict(list)
        for delivery in reversed(self._deliveries):
            presets[delivery.preset].append(delivery)
        for preset, rows in presets.items():
            folder = PurePath(rows[0].path).parent
            told = [f"{PurePath(row.path).name}  {day_text(row.at)}  {row.person}" for row in rows]
            yield self._marked(f"Delivered: {preset}, in {folder}", FileMark.DELIVERED, told)

    def _ticked(self) -> Iterator[Content]:
        """Yield of each checklist the points that are open, and who has ticked the others."""
        for standing in self._checklists:
            name = f"Checklist {standing.checklist.title}"
            is_open = [point.item.text for point in standing.points if not point.holds]
            if is_open:
                yield _group(f"{name}: open", _OPEN, is_open)
            ticked = [
                f"{point.item.text}  {day_text(point.tick.at)}  {point.tick.person}"
                for point in standing.points
                if point.tick and point.holds
            ]
            if ticked:
                yield _group(f"{name}: ticked", _TICKED, ticked)

    def _marked(self, heading: str, mark: FileMark, told: Sequence[str]) -> Content:
        sign = Content.styled(glyph_of(mark, self._glyphs), f"${STYLES[mark]}")
        return _group(heading, sign, told)


def _group(heading: str, sign: Content, told: Sequence[str]) -> Content:
    """Return lines under a heading with their number, each behind a sign."""
    lines = [Content.assemble((f"{safe(heading)} ", "bold $accent"), (f"{len(told)}", "$muted"))]
    lines += [Content.assemble("  ", sign, " ", safe(line)) for line in told[:_SHOWN]]
    if len(told) > _SHOWN:
        lines.append(Content.styled(f"  and {len(told) - _SHOWN} more", "$muted"))
    return Content("\n").join(lines)
