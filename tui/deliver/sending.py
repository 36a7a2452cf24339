"""What the keys of choice, export, dry run and report do on the Deliver screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import work

from engine.errors import SessionConfigInvalid, sentence
from engine.session.ticks import Standing
from tui.deliver.batch import Batch, BatchDialog
from tui.deliver.choosing import ChooseDialog, Chosen
from tui.deliver.exporting import preset_listing
from tui.deliver.outlook import FileKey, jobs_now
from tui.deliver.planning import Planning
from tui.deliver.report import ReportPanel
from tui.reporting import reported
from tui.safe_text import safe


class Sending(Planning):
    """Actions for a screen that knows its files; mixed into it."""

    @work(group="choose")
    @reported
    async def action_choose(self) -> None:
        """Ask what is delivered."""
        desk = self.desk
        await desk.look_at_seasons(all_of_them=True)
        listing = await desk.call(preset_listing, desk.session)
        season = self.outlook.season
        presets = () if season else self.outlook.names

        def answered(chosen: Chosen | None) -> None:
            if chosen is not None:
                self._choose(chosen)

        dialog = ChooseDialog(desk.seasons.standings, listing, Chosen(season, presets))
        self.app.push_screen(dialog, answered)

    def action_export(self) -> None:
        """Ask which files, and export them."""
        batches = self._batches()
        if batches is None or not self.app.may_change():
            return

        def answered(batch: Batch | None) -> None:
            if batch:
                self._export(batch.files)

        self.app.push_screen(BatchDialog(self.outlook, batches, self._date_warning()), answered)

    def action_dry_run(self) -> None:
        """Make and check all that is ready, or what is marked, and write nothing."""
        batches = self._batches()
        if batches is None:
            return
        chosen = next((batch for batch in batches if batch.files), None)
        jobs = [
            job for key in (chosen.files if chosen else ()) if (job := self.outlook.files[key].job)
        ]
        if not jobs:
            self.app.tell("Nothing is ready to be tried.")
            return
        count = self.desk.crew.rehearse(jobs)
        report = self.app.key_name("deliver.report")
        files = f"{count} file{' is' if count == 1 else 's are'}"
        self.app.tell(f"{files} tried, none is written. {report} then lists what is found.")

    @work(group="report")
    @reported
    async def action_report(self) -> None:
        """List what was delivered, what breaks a rule, what is blocked, and the checklists."""
        deliveries = await self.desk.call(self.desk.session.deliveries.all)
        checklists = await self._checklists()
        trials = {
            key: trial
            for key, file in self.outlook.files.items()
            if (trial := self.trial(file)) is not None
        }
        glyphs = self.desk.glyphs
        self.app.push_screen(ReportPanel(self.outlook, trials, deliveries, checklists, glyphs))

    async def _checklists(self) -> Sequence[Standing]:
        """Return how the checklists stand; one that cannot be used stops nothing."""
        try:
            return await self.desk.call(self.desk.session.ticks.standings)
        except SessionConfigInvalid as error:
            self.app.tell(safe(sentence(error)), "warning")
            return ()

    def _choose(self, chosen: Chosen) -> None:
        place = self.desk.place
        self.desk.place = replace(place, season=chosen.season, presets=chosen.presets)
        self.preset_name = ""
        self.app.follow_seasons()
        self.read_soon()

    @work(group="export")
    @reported
    async def _export(self, files: Sequence[FileKey]) -> None:
        desk = self.desk
        jobs = await desk.call(jobs_now, desk.session, self.outlook, files)
        count = desk.crew.export(jobs)
        self.photo_list.clear_marks()
        self.app.tell(f"{count} file{'' if count == 1 else 's'} queued.")

    def _batches(self) -> list[Batch] | None:
        """Return which files may be exported; None, with a notice, where nothing can be."""
        outlook = self.outlook
        if outlook.problem or not outlook.presets:
            self.app.tell(self.why_empty().replace("\n", " "), "warning")
            return None
        wanting = outlook.wanting(outlook.names)
        marked = {photo.id for photo in self.photo_list.marked}
        of_marked = [key for key in wanting if key[0] in marked]
        single = len(outlook.names) > 1
        groups = [("Marked", of_marked)] if marked else []
        groups += [("All", wanting)]
        batches = []
        for title, files in groups:
            batches.append(Batch(title, files))
            if single:
                own = [key for key in files if key[1] == self.preset_name]
                batches.append(Batch(f"{title}, {self.preset_name}", own))
        return batches

    def _date_warning(self) -> str:
        """Return what to know where today is outside of the season."""
        standing = self.desk.seasons.season
        if self.outlook.season is None or standing is None or standing.loaded is None:
            return ""
        season = standing.loaded.season
        today = self.desk.seasons.today
        return (
            "" if season.covers(today) else f"The season is from {season.starts} to {season.ends}."
        )
