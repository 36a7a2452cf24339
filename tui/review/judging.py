"""What the judging keys do, on every screen that shows photos to judge.

A verdict is about a matte: photos without one are left out, and the person is told. Stars are for
any photo.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import work

from engine.session.records import PhotoRecord
from engine.session.records import State as VerdictState
from engine.session.states import JUDGEABLE, State
from tui.browse.listing import Listing
from tui.reporting import reported
from tui.review.reject import RejectDialog, Rejection
from tui.safe_text import safe


class Judging(Listing):
    """Actions for a screen with a photo list; mixed into it."""

    auto_advance = False

    def action_approve(self) -> None:
        """Approve the selection, or take the approval back."""
        self._approve(self.photo_list.selection)

    def action_approve_sku(self) -> None:
        """Approve the current SKU, or take the approval back."""
        self._approve(self._sku())

    def action_reject(self) -> None:
        """Reject the selection with reasons, or take the rejection back."""
        self._reject(self.photo_list.selection)

    def action_reject_sku(self) -> None:
        """Reject the current SKU with reasons, or take the rejection back."""
        self._reject(self._sku())

    @work(group="judge")
    @reported
    async def action_rate(self, stars: int) -> None:
        """Give the selection stars; 0 takes them away."""
        photos = self.photo_list.selection
        if not photos or not self.app.may_change():
            return
        await self.desk.call(self.desk.session.rate, [photo.id for photo in photos], stars)
        if len(photos) > 1:
            undo = self.app.key_name("judge.undo")
            given = f"{stars} star{'' if stars == 1 else 's'}"
            self.app.tell(f"{called(photos)}: {given}. {undo} takes it back.")
        self.photo_list.clear_marks()
        await self.app.refresh_photos()

    @reported
    async def action_undo(self) -> None:
        """Take the person's last step back."""
        told = await self.desk.call(self.desk.session.undo)
        self.app.tell(f"Undone: {safe(told)}" if told else "Nothing to undo.")
        await self.app.refresh_photos()

    @reported
    async def action_redo(self) -> None:
        """Do a step again that was taken back."""
        told = await self.desk.call(self.desk.session.redo)
        self.app.tell(f"Done again: {safe(told)}" if told else "Nothing to redo.")
        await self.app.refresh_photos()

    def action_toggle_advance(self) -> None:
        """Switch auto-advance."""
        self.auto_advance = not self.auto_advance
        self.app.tell(
            "Auto-advance is on: a verdict goes to the next photo that waits for one."
            if self.auto_advance
            else "Auto-advance is off."
        )

    def _approve(self, photos: Sequence[PhotoRecord]) -> None:
        judgeable = self._judgeable(photos)
        if judgeable:
            approved = all(photo.verdict.state == "approved" for photo in judgeable)
            self._judge(judgeable, "pending" if approved else "approved")

    def _reject(self, photos: Sequence[PhotoRecord]) -> None:
        judgeable = self._judgeable(photos)
        if not judgeable:
            return
        if all(photo.verdict.state == "rejected" for photo in judgeable):
            self._judge(judgeable, "pending")
            return

        def answered(rejection: Rejection | None) -> None:
            if rejection:
                self._judge(judgeable, "rejected", rejection.reasons, rejection.note)

        title = f"Reject {called(judgeable)}"
        self.app.push_screen(RejectDialog(title, self.likely_reasons(judgeable)), answered)

    def likely_reasons(self, photos: Sequence[PhotoRecord]) -> Iterable[str]:
        """Return the reasons that speak for a rejection: the defects that all photos have."""
        kinds: list[set[str]] = [
            {defect.kind for defect in (photo.matte.defects if photo.matte else None) or ()}
            for photo in photos
        ]
        return set.intersection(*kinds) if kinds else ()

    @work(group="judge")
    @reported
    async def _judge(
        self,
        photos: Sequence[PhotoRecord],
        verdict: VerdictState,
        reasons: Sequence[str] = (),
        note: str = "",
    ) -> None:
        ids = [photo.id for photo in photos]
        await self.desk.call(self.desk.session.judge, ids, verdict, reasons, note)
        word = {"approved": "Approved", "rejected": "Rejected", "pending": "Verdict taken back:"}
        if len(photos) > 1:
            undo = self.app.key_name("judge.undo")
            self.app.tell(f"{word[verdict]} {called(photos)}. {undo} takes it back.")
        self.photo_list.clear_marks()
        if self.auto_advance and verdict != "pending":
            self._advance()
        await self.app.refresh_photos()

    def _advance(self) -> None:
        """Go to the next photo that waits for a verdict."""
        state_of = self.desk.state_of
        waiting = self.photo_list.go_to(
            lambda row: not row.heading and state_of(row.photo) is State.CUT
        )
        if not waiting:
            self.app.tell("No photo below waits for a verdict.")

    def _judgeable(self, photos: Sequence[PhotoRecord]) -> list[PhotoRecord]:
        """Return those that can be judged, and say why others cannot."""
        if not self.app.may_change():
            return []
        judgeable = [photo for photo in photos if self.desk.state_of(photo) in JUDGEABLE]
        if photos and not judgeable:
            key = self.app.key_name("work.cut")
            self.app.tell(f"There is no matte to judge yet. {key} queues the photo.", "warning")
        return judgeable

    def _sku(self) -> list[PhotoRecord]:
        row = self.photo_list.current
        if row is None:
            return []
        return [photo for photo in self.desk.photos if photo.sku == row.sku]


def called(photos: Sequence[PhotoRecord]) -> str:
    """Return what a person calls some photos: the name of one, the number of many."""
    return safe(photos[0].path.name) if len(photos) == 1 else f"{len(photos)} photos"
