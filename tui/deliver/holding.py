"""What the keys of lock, copy and recall do on the Deliver screen: each asks before it acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from engine.session.records import DeliveryRecord
from engine.session.session import Session
from tui.deliver.planning import Planning
from tui.deliver.reason import LineDialog
from tui.dialog import Confirm
from tui.reporting import reported
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.delivery.seasons.standing import Standing


class Holding(Planning):
    """Actions for a screen that knows its files; mixed into it."""

    def action_lock(self) -> None:
        """Lock the season, or unlock it."""
        season = self.desk.seasons.season
        if not self.app.may_change():
            return
        if season is None or season.state == "unusable":
            key = self.app.key_name("deliver.choose")
            why = safe(season.problem) if season else "There is no season here."
            self.app.tell(f"{why} {key} chooses one.", "warning")
        elif season.state == "open":
            self._ask_lock(season)
        else:
            self._ask_unlock(season)

    def action_copy_preset(self) -> None:
        """Copy the preset that is shown."""
        name = self.preset_name
        if not name or not self.app.may_change():
            return

        def answered(new: str | None) -> None:
            if new is not None:
                self._copy(name, new)

        told = "The copy says everything itself, and belongs to this session."
        self.app.push_screen(
            LineDialog(f"Copy {name}", told, "name of the copy", "command:presets"), answered
        )

    def action_recall(self) -> None:
        """Take back the newest file of what is shown."""
        last = self.file.last if self.file else None
        if last is None:
            self.app.tell("Nothing of this photo was delivered with this preset.")
        elif self.app.may_change():
            self._ask_recall(last)

    def _ask_lock(self, season: Standing) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._lock(season.name)

        presets = ", ".join(season.loaded.season.presets) if season.loaded else ""
        question = (
            f"From now on nothing is exported of it with a preset, recipe, network or rendering "
            f"that was changed. It holds: {safe(presets)}."
        )
        self.app.push_screen(Confirm(f"Lock {safe(season.name)}?", question), answered)

    def _ask_unlock(self, season: Standing) -> None:
        def answered(reason: str | None) -> None:
            if reason is not None:
                self._unlock(season.name, reason)

        by = f"Locked by {season.lock.person} on {season.lock.at[:10]}. " if season.lock else ""
        told = f"{by}Files may look different from then on. Who, when and why stays in the log."
        dialog = LineDialog(f"Unlock {safe(season.name)}", told, "reason", "command:seasons")
        self.app.push_screen(dialog, answered)

    @work(group="hold")
    @reported
    async def _lock(self, name: str) -> None:
        others = await self.desk.call(_lock_season, self.desk.session, name)
        told = f"{safe(name)} is locked."
        if others:
            told += f" {others} approved were cut otherwise: they have to be cut and judged anew."
        self.app.tell(told, "warning" if others else "information")
        self.app.follow_seasons()

    @work(group="hold")
    @reported
    async def _unlock(self, name: str, reason: str) -> None:
        from engine.delivery.seasons.lock import unlock_season  # noqa: PLC0415 - heavy to import

        await self.desk.call(unlock_season, self.desk.session, name, reason)
        self.app.tell(f"{safe(name)} is unlocked.", "warning")
        self.app.follow_seasons()

    @work(group="hold")
    @reported
    async def _copy(self, name: str, new: str) -> None:
        path = await self.desk.call(_copy_preset, self.desk.session, name, new)
        inside = path.relative_to(self.desk.session.folder)
        self.app.tell(f"{safe(inside)} written: packshot presets edit {safe(new)} changes it.")
        self.app.follow_seasons()

    @work(group="hold")
    @reported
    async def _ask_recall(self, last: DeliveryRecord) -> None:
        files = await self.desk.call(_affected, self.desk.session, last)

        def answered(reason: str | None) -> None:
            if reason is not None:
                self._recall(files, reason)

        names = "\n".join(safe(each.path) for each in files[:4])
        more = f"\nand {len(files) - 4} more" if len(files) > 4 else ""
        count = f"{len(files)} file{'' if len(files) == 1 else 's'}"
        told = f"{count} of this matte, never to be delivered again:\n{names}{more}"
        self.app.push_screen(LineDialog("Recall", told, "reason", "command:incident"), answered)

    @work(group="hold")
    @reported
    async def _recall(self, files: list[DeliveryRecord], reason: str) -> None:
        incident, purged = await self.desk.call(_recall_files, self.desk.session, files, reason)
        lists = " Purge lists are in the output folder." if purged else ""
        self.app.tell(f"Recalled: incident {incident}.{lists}", "warning")


def _lock_season(session: Session, name: str) -> int:
    """Lock a season; return how many approved mattes its lock does not hold."""
    from engine.delivery.seasons.season import lock_season, unheld  # noqa: PLC0415 - as above
    from engine.work.recipes import recipe_to_lock  # noqa: PLC0415
    from models.store import ModelStore  # noqa: PLC0415

    lock, _ = lock_season(session, name, recipe_to_lock(session, ModelStore()))
    return unheld(session, lock)


def _copy_preset(session: Session, name: str, new: str) -> Path:
    from engine.delivery.own_presets import copy_preset  # noqa: PLC0415 - as above

    return copy_preset(name, new, session.folder, into_session=True)


def _affected(session: Session, last: DeliveryRecord) -> list[DeliveryRecord]:
    from engine.delivery.incidents.recall import affected  # noqa: PLC0415 - as above

    return affected(session, [last])


def _recall_files(session: Session, files: list[DeliveryRecord], reason: str) -> tuple[str, int]:
    """Recall files; return the incident's id, and how many purge lists were written."""
    from engine.delivery.incidents.recall import recall  # noqa: PLC0415 - as above
    from engine.delivery.incidents.replacing import write_purge_lists  # noqa: PLC0415
    from engine.delivery.manifest.standing import renew_manifest  # noqa: PLC0415

    incident = recall(session, files, reason)
    lists = write_purge_lists(session, incident)
    renew_manifest(session)
    return incident.id, len(lists)
