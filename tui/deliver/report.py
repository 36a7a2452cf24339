"""The report: what was delivered, what breaks a rule, what is blocked, what nobody has ticked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content

from engine.session.records import DeliveryRecord
from engine.session.states import State
from engine.session.ticks import Standing
from tui.browse.facts import day_text, size_text
from tui.deliver.explained import findings_of
from tui.deliver.marks import STYLES, FileMark, glyph_of
from tui.deliver.outlook import FileKey, Outlook
from tui.dialog import TextDialog
from tui.keys.deliver import REPORT
from tui.keys.key import bindings
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.ready import Readiness
    from tui.queue.trials import Trial

_COLUMN_SHARE = 0.45  # of the width, at most, that a column takes
_SHOWN = 200  # lines of one group; the commands list them all
_OPEN, _TICKED = Content("[ ]"), Content("[x]")  # as the checklists themselves have it


Row = tuple[str, ...]
"""What is said of a file, part by part."""


class _Group(NamedTuple):
    """What the same is to be said of."""

    heading: str
    sign: Content
    rows: Sequence[Row]


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
        parts = [Content("\n").join(_lines(group, width)) for group in groups]
        if self._outlook.problem:
            parts.insert(0, Content.styled(safe(self._outlook.problem), "$error"))
        if not parts:
            return Content.styled("Nothing is ready yet, and nothing was exported.", "$muted")
        return Content("\n\n").join(parts)

    def _blocked(self) -> Iterator[_Group]:
        kinds: dict[tuple[str, FileMark], list[Row]] = defaultdict(list)
        for file in self._outlook.files.values():
            mark = FileMark.UNJUDGED if file.is_unjudged else FileMark.BLOCKED
            heading = "Delivered, and" if file.is_unjudged else "Blocked:"
            for block in file.blocks:
                row = str(file.photo.path), file.preset, block.told
                kinds[f"{heading} {block.kind}", mark].append(row)
        for (heading, mark), told in kinds.items():
            yield self._marked(heading, mark, told)

    def _findings(self) -> Iterator[_Group]:
        """Yield the rules that are broken or warn, each with its files."""
        for severity, verb, mark in (
            ("fail", "Breaks", FileMark.AGAINST),
            ("warn", "Warns on", FileMark.BLOCKED),
        ):
            rules: dict[tuple[str, str], list[Row]] = defaultdict(list)
            for file in self._outlook.files.values():
                for rule, message in self._found(file, severity):
                    rules[file.preset, rule].append((str(file.photo.path), message))
            for (preset, rule), told in rules.items():
                yield self._marked(f"{verb} {rule} of {preset}", mark, told)

    def _found(self, file: Readiness, severity: str) -> Iterator[tuple[str, str]]:
        for found in findings_of(file, self._trials.get((file.photo.id, file.preset))):
            if found["severity"] == severity:
                yield str(found["rule"]), str(found["message"])

    def _tried(self) -> Iterator[_Group]:
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
            lines.append((name, f"{len(tried)} files, {size_text(after)}{was}"))
        if lines:
            yield self._marked("Tried, and not written", FileMark.READY, lines)

    def _delivered(self) -> Iterator[_Group]:
        presets: dict[str, list[DeliveryRecord]] = defaultdict(list)
        for delivery in reversed(self._deliveries):
            presets[delivery.preset].append(delivery)
        for preset, rows in presets.items():
            folder = PurePath(rows[0].path).parent
            told = [(PurePath(row.path).name, day_text(row.at), row.person) for row in rows]
            yield self._marked(f"Delivered: {preset}, in {folder}", FileMark.DELIVERED, told)

    def _ticked(self) -> Iterator[_Group]:
        """Yield of each checklist the points that are open, and who has ticked the others."""
        for standing in self._checklists:
            name = f"Checklist {standing.checklist.title}"
            is_open = [(point.item.text,) for point in standing.points if not point.holds]
            if is_open:
                yield _Group(f"{name}: open", _OPEN, is_open)
            ticked = [
                (day_text(point.tick.at), point.tick.person, point.item.text)
                for point in standing.points
                if point.tick and point.holds
            ]
            if ticked:
                yield _Group(f"{name}: ticked", _TICKED, ticked)

    def _marked(self, heading: str, mark: FileMark, rows: Sequence[Row]) -> _Group:
        sign = Content.styled(glyph_of(mark, self._glyphs), f"${STYLES[mark]}")
        return _Group(heading, sign, rows)


def _lines(group: _Group, width: int) -> Iterator[Content]:
    """Yield a group with its files below each other, in columns."""
    count = len(group.rows)
    yield Content.assemble((f"{safe(group.heading)} ", "bold $accent"), (f"{count}", "$muted"))
    sign = Content.assemble("  ", group.sign, " ")
    rows = [tuple(safe(part) for part in row) for row in group.rows[:_SHOWN]]
    columns = list(zip(*rows, strict=True))[:-1]
    most = int(width * _COLUMN_SHARE)  # a longer name goes beyond its column
    widths = [min(most, max(map(cell_len, column))) for column in columns]
    for *parts, last in rows:
        filled = (
            part + " " * max(0, room - cell_len(part))
            for part, room in zip(parts, widths, strict=True)
        )
        first, *more = Content("  ".join([*filled, last])).wrap(width - sign.cell_length)
        yield Content.assemble(sign, first)
        for line in more:
            yield Content.assemble(" " * sign.cell_length, line)
    if count > _SHOWN:
        yield Content.styled(f"  and {count - _SHOWN} more", "$muted")
