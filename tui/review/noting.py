"""Writing a note on photos in the person's own editor."""

from __future__ import annotations

from collections.abc import Sequence

import click
from textual.app import SuspendNotSupported

from engine.session.records import PhotoRecord
from tui.browse.listing import Listing
from tui.reporting import reported
from tui.review.judging import called
from tui.safe_text import safe

_COMMENT = "# "
"""What begins a line that is no part of the note, as in a commit message of git."""


class Noting(Listing):
    """The action for a screen with a photo list; mixed into it."""

    @reported
    async def action_note(self) -> None:
        """Let the note of the selection be written, and keep it."""
        photos = self.photo_list.selection
        if not photos or not self.app.may_change():
            return
        before = _common_note(photos)
        try:
            # The editor has the terminal: there is nothing that could be drawn meanwhile.
            with self.app.suspend():
                written = click.edit(_text(photos, before))
        except SuspendNotSupported:
            self.app.tell("An editor cannot be opened in this terminal.", "warning")
            return
        except click.ClickException as error:
            self.app.tell(
                f"The note was not written: {safe(error.format_message())}. "
                "Set EDITOR to an editor that works here.",
                "error",
            )
            return
        note = before if written is None else _note(written)
        if note == before:
            self.app.tell("The note stays as it is.")
            return
        ids = [photo.id for photo in photos]
        await self.desk.call(self.desk.session.annotate, ids, note)
        self.app.tell(f"{called(photos)}: {'note written' if note else 'note taken away'}.")
        self.photo_list.clear_marks()
        await self.app.refresh_photos()


def _common_note(photos: Sequence[PhotoRecord]) -> str:
    """Return the note that all photos have; empty where they differ."""
    notes = {photo.verdict.note for photo in photos}
    return notes.pop() if len(notes) == 1 else ""


def _text(photos: Sequence[PhotoRecord], note: str) -> str:
    """Return what the editor begins with: the note, and what it is about."""
    told = (
        f"A note on {called(photos)}. Save and leave the editor to keep it.",
        "Lines that begin with # are left out; an empty note is taken away.",
    )
    return "\n".join((note, "", *(_COMMENT + line for line in told), ""))


def _note(text: str) -> str:
    """Return the note in what an editor has left, as one paragraph: its lines are no lines here."""
    lines = [line for line in text.splitlines() if not line.startswith(_COMMENT.strip())]
    return " ".join(" ".join(lines).split())
