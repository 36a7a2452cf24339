"""The dialog that asks what is delivered: a season, or single presets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.choices import Choices
from tui.deliver.told import background_told, canvas_told, file_told
from tui.dialog import Dialog
from tui.keys.deliver import CHOICE
from tui.keys.key import bindings
from tui.safe_text import safe
from tui.season.shown import SIGNS

if TYPE_CHECKING:
    from engine.delivery.seasons.standing import Standing
    from presets.loader import LoadedPreset, PresetListing


@dataclass(frozen=True)
class Chosen:
    """The answer: a season, or presets."""

    season: str | None = None
    presets: tuple[str, ...] = ()


class ChooseDialog(Dialog[Chosen | None]):
    """Seasons on top, then every preset; below what the line under the cursor stands for.

    Parameters
    ----------
    seasons : every season of the session, and how it stands
    listing : every preset, those that will be wanted first
    chosen : what is delivered now
    """

    KEYS = CHOICE
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(CHOICE))
    DEFAULT_CSS = """
    ChooseDialog {
        #panel { width: 76; }
        Choices { max-height: 38vh; }
        #choice-detail { height: 4; margin-top: 1; }
    }
    """

    def __init__(self, seasons: Sequence[Standing], listing: PresetListing, chosen: Chosen) -> None:
        super().__init__("What is delivered")
        self._seasons = seasons
        self._presets = listing.presets
        self._added = list(chosen.presets)
        self._begin = chosen

    def compose_panel(self) -> Iterator[Widget]:
        yield Choices(*(Option(line) for line in self._lines()), id="choices")
        yield Static(id="choice-detail")

    def on_mount(self) -> None:
        """Begin with what is delivered now."""
        names = [each.name for each in self._seasons]
        if self._begin.season in names and not self._added:
            self.query_one(Choices).highlighted = names.index(self._begin.season)
        self._write()

    def on_option_list_option_highlighted(self) -> None:
        """Describe what is under the cursor."""
        self._write()

    def on_option_list_option_selected(self) -> None:
        """A click chooses."""
        self.action_accept()

    def help_places(self) -> Sequence[str]:
        """Return where one is."""
        return ("screen:seasons", "command:seasons", "command:presets")

    def action_add(self) -> None:
        """Add the preset under the cursor, or take it away."""
        under = self._under()
        if under is None or not isinstance(under, str):
            self.app.bell()
            return
        if under in self._added:
            self._added.remove(under)
        else:
            self._added.append(under)
        choices = self.query_one(Choices)
        index = choices.highlighted or 0
        choices.replace_option_prompt_at_index(index, self._lines()[index])

    def action_accept(self) -> None:
        """Answer with the season, with the presets that were added, or with the one preset."""
        under = self._under()
        if under is None:
            self.app.bell()
        elif not isinstance(under, str):
            self.dismiss(Chosen(season=under.name))
        else:
            self.dismiss(Chosen(presets=tuple(self._added) or (under,)))

    def _under(self) -> Standing | str | None:
        index = self.query_one(Choices).highlighted
        if index is None:
            return None
        if index < len(self._seasons):
            return self._seasons[index]
        return self._presets[index - len(self._seasons)].preset.name

    def _lines(self) -> list[Content]:
        return [
            *(self._season_line(each) for each in self._seasons),
            *(self._preset_line(each) for each in self._presets),
        ]

    def _season_line(self, standing: Standing) -> Content:
        sign = SIGNS[standing.state]
        title = safe(standing.loaded.season.title) if standing.loaded else ""
        return Content.assemble(
            (f" {sign.glyph if self._signs else sign.ascii} ", sign.style),
            (f"{safe(standing.name):<18}", "bold"),
            title,
            (f"  season, {sign.word}", "$muted"),
        )

    def _preset_line(self, loaded: LoadedPreset) -> Content:
        preset = loaded.preset
        added = "[x]" if preset.name in self._added else "[ ]"
        origin = "" if loaded.origin == "built-in" else f"  ({loaded.origin})"
        return Content.assemble(
            f"{added} ", (f"{preset.name:<18}", "bold"), safe(preset.title), (origin, "$muted")
        )

    @property
    def _signs(self) -> bool:
        from tui.browse.states import UNICODE  # noqa: PLC0415

        return self.app.desk.glyphs is UNICODE

    def _write(self) -> None:
        self.query_one("#choice-detail", Static).update(self._detail())

    def _detail(self) -> Content:
        index = self.query_one(Choices).highlighted
        if index is None:
            return Content()
        if index < len(self._seasons):
            return _season_told(self._seasons[index])
        preset = self._presets[index - len(self._seasons)].preset
        told = f"{canvas_told(preset)}\n{background_told(preset)}\n{file_told(preset)}"
        return Content.styled(
            f"{told}\n{len(preset.rules)} rules, as of {preset.version}", "$muted"
        )


def _season_told(standing: Standing) -> Content:
    lines = []
    if standing.loaded:
        season = standing.loaded.season
        lines.append(f"{season.starts} to {season.ends}: {', '.join(season.presets)}")
    if standing.lock:
        lines.append(f"locked by {standing.lock.person} on {standing.lock.at[:10]}")
    if standing.problem:
        lines.append(standing.problem)
    return Content.styled("\n".join(safe(line) for line in lines), "$muted")
