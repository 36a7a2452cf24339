"""The question before many files are written: which, and what stays behind and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.deliver.outlook import FileKey, Outlook
from tui.dialog import Dialog
from tui.keys.deliver import BATCH
from tui.keys.key import bindings
from tui.safe_text import safe


@dataclass(frozen=True)
class Batch:
    """Some files, and what a person calls them."""

    title: str
    files: Sequence[FileKey]


class BatchDialog(Dialog[Batch | None]):
    """Says what will be written, and what is left out by what.

    Parameters
    ----------
    outlook : all files, and what they are for
    batches : the choices, the widest first
    warning : what a person should know before the answer, if anything
    """

    KEYS = BATCH
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(BATCH))
    DEFAULT_CSS = """
    BatchDialog {
        #panel { width: 70; }
        #batch-told { height: auto; }
        #batch-scope { height: 1; margin-top: 1; }
    }
    """

    def __init__(self, outlook: Outlook, batches: Sequence[Batch], warning: str = "") -> None:
        super().__init__(f"Export {safe(outlook.season)}" if outlook.season else "Export")
        self._outlook, self._batches, self._warning = outlook, batches, warning
        self._place = next((at for at, batch in enumerate(batches) if batch.files), 0)

    def compose_panel(self) -> Iterator[Widget]:
        yield Static(id="batch-told")
        yield Static(id="batch-scope")

    def on_mount(self) -> None:
        """Say what the first choice writes."""
        self._write()

    def help_places(self) -> Sequence[str]:
        """Return where one is."""
        return ("screen:batch", "screen:deliver")

    def action_next_scope(self) -> None:
        """Take other files."""
        self._place = (self._place + 1) % len(self._batches)
        self._write()

    def action_accept(self) -> None:
        """Answer with the files, if there are any."""
        batch = self._batches[self._place]
        if batch.files:
            self.dismiss(batch)
        else:
            self.app.bell()

    def _write(self) -> None:
        batch = self._batches[self._place]
        self.query_one("#batch-told", Static).update(Content("\n").join(self._told(batch)))
        scopes = Content(" ").join(
            Content.styled(
                f" {safe(each.title)} {len(each.files)} ",
                "$background on $accent" if each is batch else "$muted",
            )
            for each in self._batches
        )
        self.query_one("#batch-scope", Static).update(scopes)
        self.offer("dialog.batch", works=bool(batch.files))

    def _told(self, batch: Batch) -> Iterator[Content]:
        per_preset = Counter(preset for _, preset in batch.files)
        width = max(map(len, self._outlook.names), default=0)
        for name in self._outlook.names:
            style = "" if per_preset[name] else "$muted"
            yield Content.styled(f"{safe(name):<{width}}  {per_preset[name]:>5}", style)
        photos = len({photo for photo, _ in batch.files})
        count = len(batch.files)
        files = (
            f"{count} file{'' if count == 1 else 's'} of {photos} photo{'' if photos == 1 else 's'}"
        )
        yield Content.styled(files if count else "Nothing is ready to be exported.", "bold")
        blocks = Counter(
            block.kind
            for file in self._outlook.files.values()
            if file.state == "blocked"
            for block in file.blocks[:1]
        )
        if blocks:
            told = ", ".join(f"{count} {kind}" for kind, count in blocks.most_common())
            yield Content.styled(f"! {sum(blocks.values())} left out: {told}", "$warning")
        if self._warning:
            yield Content.styled(f"! {safe(self._warning)}", "$warning")
