"""What the export key does, on every screen that has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from engine.delivery.selection import exportable
from engine.session.records import PhotoRecord
from engine.session.session import Session
from tui.deliver.choose import Choice, ExportDialog, Scope
from tui.reporting import reported

if TYPE_CHECKING:
    from engine.delivery.export_job import ExportJob
    from presets.loader import LoadedPreset, PresetListing
    from presets.schema import Preset
    from tui.frame import WorkScreen as Base
else:
    Base = object


class Exporting(Base):
    """Actions for a screen from which one can export; mixed into it."""

    def marked_photos(self) -> Sequence[PhotoRecord]:
        """Return the photos that were marked, on a screen that has marks."""
        return ()

    @reported
    async def action_export(self) -> None:
        """Ask for a preset and export with it."""
        if not self.app.may_change():
            return
        desk = self.desk
        marked = exportable(self.marked_photos(), everything=True)
        scopes = [
            *([Scope("Marked", marked)] if marked else []),
            Scope("Approved", exportable(desk.photos)),
            Scope("All that are cut", exportable(desk.photos, everything=True)),
        ]
        if not any(scope.photos for scope in scopes):
            key = self.app.key_name("work.cut")
            self.app.tell(f"Nothing is cut yet. {key} queues the photo.", "warning")
            return
        listing = await desk.call(preset_listing, desk.session)

        def answered(choice: Choice | None) -> None:
            if choice:
                self._export(choice)

        self.app.push_screen(ExportDialog(listing, scopes), answered)

    @work(group="export")
    @reported
    async def _export(self, choice: Choice) -> None:
        desk = self.desk
        jobs = await desk.call(_jobs, desk.session, choice.preset, choice.photos)
        count = desk.crew.export(jobs)
        self.app.tell(f"{count} file{'' if count == 1 else 's'} of {choice.preset.name} queued.")


def preset_listing(session: Session) -> PresetListing:
    """Return the presets as they will be wanted: used here before, the session's own, the rest."""
    # Presets are heavy to import: not before someone exports.
    from presets.loader import list_presets, origins  # noqa: PLC0415

    listing, used = list_presets(session.folder), session.deliveries.presets_used()
    nearest = [origin for origin, _ in origins(session.folder)]

    def wanted(loaded: LoadedPreset) -> tuple[int, int]:
        name = loaded.preset.name
        return (used.index(name) if name in used else len(used), nearest.index(loaded.origin))

    return replace(listing, presets=tuple(sorted(listing.presets, key=wanted)))


def _jobs(session: Session, preset: Preset, photos: Sequence[PhotoRecord]) -> list[ExportJob]:
    """Return the jobs for some photos; names are chosen with regard to all of the session."""
    from engine.delivery.export_job import export_jobs  # noqa: PLC0415 - as above

    wanted = {photo.id for photo in photos}
    jobs = export_jobs(session, [preset], everything=True)
    return [job for job in jobs if job.photo_id in wanted]
