"""What the alt text key does, on every screen that shows pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from engine.session.alt_texts import AltText, view_key, without_text
from engine.session.records import PhotoRecord
from engine.session.session import Session
from tui.alt.editor import AltDialog, Written
from tui.reporting import reported
from tui.safe_text import safe

if TYPE_CHECKING:
    from tui.frame import WorkScreen as Base
else:
    Base = object


class Describing(Base):
    """The action of the key; mixed into a screen that says which pictures it is about."""

    @property
    def described(self) -> PhotoRecord | None:
        """The picture to begin with; None where the screen has none under a cursor."""
        raise NotImplementedError

    def to_describe(self) -> Sequence[PhotoRecord]:
        """Return the pictures to go through, in the order of the screen."""
        raise NotImplementedError

    def go_to_picture(self, photo: PhotoRecord) -> None:
        """Show the picture that is described next, where the screen can."""

    @work(group="alt")
    @reported
    async def action_alt(self) -> None:
        """Write the alt text of the picture under the cursor, or of the first that lacks one."""
        if not self.app.may_change():
            return
        photo = self.described or await self._next_without(None)
        if photo is not None:
            await self._open(photo)

    async def _open(self, photo: PhotoRecord) -> None:
        session = self.desk.session
        texts = await self.desk.call(session.alt_texts.of, photo.sku, photo.view)
        languages = session.config.alt.languages

        def answered(written: Written | None) -> None:
            if written is not None:
                self._keep(photo, written)

        self.app.push_screen(AltDialog(photo.sku, photo.view, texts, languages), answered)

    @work(group="alt")
    @reported
    async def _keep(self, photo: PhotoRecord, written: Written) -> None:
        texts = [
            AltText(photo.sku, photo.view, language, text)
            for language, text in written.texts.items()
        ]
        changed = await self.desk.call(self.desk.session.alt_texts.save, texts)
        if changed:
            self.app.tell(f"Alt text of {safe(photo.sku)} {safe(photo.view)} kept.")
        if written.go_on and (following := await self._next_without(photo)):
            self.go_to_picture(following)
            await self._open(following)

    async def _next_without(self, photo: PhotoRecord | None) -> PhotoRecord | None:
        """Return the picture after one that lacks a text, from the top again at the end."""
        pictures = self.to_describe()
        if not pictures:
            self.app.tell("No picture here is to go out yet.")
            return None
        missing = await self.desk.call(_missing, self.desk.session, pictures)
        here = next((at for at, each in enumerate(pictures) if photo and each.id == photo.id), -1)
        for each in (*pictures[here + 1 :], *pictures[: here + 1]):
            if view_key(each.sku, each.view) in missing:
                return each
        self.app.tell("Every picture here has its alt text.")
        return None


def _missing(session: Session, pictures: Sequence[PhotoRecord]) -> set[tuple[str, str]]:
    """Return the views that lack a text in some language of the session."""
    found = without_text(pictures, session.alt_texts.all(), session.config.alt.languages)
    return {view_key(photo.sku, photo.view) for photo, _ in found}
