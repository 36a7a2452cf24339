"""Going from defect to defect of the photo's matte, close enough to judge each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.matting.defects.defect import Defect
from engine.session.records import PhotoRecord
from tui.photo.pane import PhotoPane
from tui.review.judging import Judging


class Pointing(Judging):
    """The judging actions, and those that point at defects; for a screen with a photo pane."""

    _pointed: tuple[int, int] | None = None  # the photo's id, and which of its defects

    def action_defect(self, step: int) -> None:
        """Look at the next defect of the photo, round and round, or at the one before."""
        row = self.photo_list.current
        matte = row.photo.matte if row else None
        if row is None or matte is None:
            self.app.tell("There is no matte yet that could have defects.")
        elif matte.defects is None:
            self.app.tell("This matte was not measured for defects.")
        elif not matte.defects:
            self.app.tell("No defect was found in this matte, which does not mean that it is good.")
        else:
            before = self._place_in(row.photo)
            start = before if before is not None else (-1 if step > 0 else 0)
            place = (start + step) % len(matte.defects)
            self._pointed = row.photo.id, place
            defect = matte.defects[place]
            self.query_one(PhotoPane).look_at((defect.x, defect.y, defect.width, defect.height))
            self.write_work_line()

    def pointed_text(self) -> str:
        """Return which defect of the current photo is looked at; empty where none is."""
        row = self.photo_list.current
        place = self._place_in(row.photo) if row else None
        if row is None or place is None:
            return ""
        defects = _defects(row.photo)
        reject = self.app.key_name("judge.reject")
        following = self.app.key_name("look.next_defect")
        return (
            f"Defect {place + 1} of {len(defects)}: {defects[place].kind}, "
            f"{defects[place].score:.0%}   {following} next   {reject} rejects for it"
        )

    def pointed_defect(self) -> Defect | None:
        """Return the defect of the current photo that is looked at."""
        row = self.photo_list.current
        place = self._place_in(row.photo) if row else None
        return None if row is None or place is None else _defects(row.photo)[place]

    def stop_pointing(self) -> None:
        """Look at no defect any more."""
        self._pointed = None

    def likely_reasons(self, photos: Sequence[PhotoRecord]) -> Iterable[str]:
        """Return the reason of the defect that is looked at, or else those of all defects."""
        place = self._place_in(photos[0]) if len(photos) == 1 else None
        if place is not None:
            return [_defects(photos[0])[place].kind]
        return super().likely_reasons(photos)

    def _place_in(self, photo: PhotoRecord) -> int | None:
        if self._pointed is None:
            return None
        photo_id, place = self._pointed
        return place if photo_id == photo.id and place < len(_defects(photo)) else None


def _defects(photo: PhotoRecord) -> Sequence[Defect]:
    return (photo.matte.defects if photo.matte else None) or ()
