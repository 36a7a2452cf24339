"""The dialog that asks with which preset to export, and which photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from engine.session.records import PhotoRecord
from tui.choices import Choices
from tui.deliver.told import background_told, canvas_told, file_told
from tui.dialog import Dialog
from tui.keys.deliver import PRESETS
from tui.keys.key import bindings
from tui.safe_text import safe

if TYPE_CHECKING:
    from presets.loader import LoadedPreset, PresetListing
    from presets.schema import Preset

_SAID = ("preset:canvas", "preset:placement.fill", "preset:background", "preset:file.format")
"""Fields of a preset that the dialog speaks of."""


@dataclass(frozen=True)
class Scope:
    """Some photos that can be exported, and what a person calls them."""

    title: str
    photos: Sequence[PhotoRecord]


@dataclass(frozen=True)
class Choice:
    """The answer: which preset for which photos."""

    preset: Preset
    photos: Sequence[PhotoRecord]


class ExportDialog(Dialog[Choice | None]):
    """Presets on top, what the chosen one makes below them, and the photos at the end."""

    KEYS = PRESETS
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(PRESETS))
    DEFAULT_CSS = """
    ExportDialog {
        #panel { width: 76; }
        #presets { max-height: 26vh; }
        #preset-detail { height: auto; max-height: 25vh; margin-top: 1; color: $foreground; }
        #export-scope { height: 1; margin-top: 1; }
    }
    """

    def __init__(self, listing: PresetListing, scopes: Sequence[Scope]) -> None:
        super().__init__("Export")
        self._listing = listing
        self._scopes = scopes
        self._scope = next((index for index, scope in enumerate(scopes) if scope.photos), 0)

    def compose_panel(self) -> Iterator[Widget]:
        yield Choices(*(_option(loaded) for loaded in self._listing.presets), id="presets")
        yield Static(id="preset-detail")
        yield Static(id="export-scope")

    def on_mount(self) -> None:
        """Say what the first preset makes."""
        self._write()

    def on_option_list_option_highlighted(self) -> None:
        """Say what the preset under the cursor makes."""
        self._write()

    def on_option_list_option_selected(self) -> None:
        """A click on a preset chooses it."""
        self.action_accept()

    def help_places(self) -> Sequence[str]:
        """Return where one is, what is said of the chosen preset, and what it is checked for."""
        problems = [f"error:{problem.code}" for problem in self._listing.problems]
        loaded = self._chosen()
        rules = [f"check:{rule.check}" for rule in loaded.preset.rules] if loaded else []
        return (*problems, "screen:export", *_SAID, *rules)

    def action_next_scope(self) -> None:
        """Take other photos."""
        self._scope = (self._scope + 1) % len(self._scopes)
        self._write()

    def action_accept(self) -> None:
        """Answer with the preset under the cursor."""
        loaded = self._chosen()
        scope = self._scopes[self._scope]
        if loaded and scope.photos:
            self.dismiss(Choice(loaded.preset, scope.photos))
        elif not scope.photos:
            self.app.bell()

    def _chosen(self) -> LoadedPreset | None:
        index = self.query_one(Choices).highlighted
        return None if index is None else self._listing.presets[index]

    def _write(self) -> None:
        loaded = self._chosen()
        problems = [Content.styled(safe(problem), "$warning") for problem in self._listing.problems]
        detail = [*(_detail(loaded) if loaded else []), *problems]
        self.query_one("#preset-detail", Static).update(Content("\n").join(detail))
        scopes = Content("  ").join(
            Content.styled(
                f" {scope.title} {len(scope.photos)} ",
                "$background on $accent" if index == self._scope else "$muted",
            )
            for index, scope in enumerate(self._scopes)
        )
        self.query_one("#export-scope", Static).update(Content.assemble("Photos  ", scopes))
        self.offer("dialog.export", works=bool(loaded and self._scopes[self._scope].photos))


def _option(loaded: LoadedPreset) -> Content:
    preset = loaded.preset
    origin = "" if loaded.origin == "built-in" else f"  ({loaded.origin})"
    return Content.assemble((f" {preset.name:<18}", "bold"), safe(preset.title), (origin, "$muted"))


def _detail(loaded: LoadedPreset) -> list[Content]:
    preset = loaded.preset
    facts = [
        ("Canvas", _canvas(preset)),
        ("Background", background_told(preset)),
        ("File", file_told(preset)),
        ("Checked", f"{len(preset.rules)} rules, as of {preset.version}"),
    ]
    lines = [Content.assemble((f"{label:<12}", "$muted"), value) for label, value in facts]
    if preset.description:
        lines.append(Content.styled(safe(" ".join(preset.description.split())), "$muted"))
    return lines


def _canvas(preset: Preset) -> str:
    size = canvas_told(preset)
    return f"{size}, product fills {preset.placement.fill:.0%}" if preset.placement else size
