"""Every screen as it looks at three sizes and in two themes: a change of looks has to be meant.

After a change that is meant: ``pytest tests/tui/test_looks.py --snapshot-update``, and look at
every picture that differs; ``looks.py`` draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
import studio
import textual
from delivering import write_season
from looks import LookFiles, look, seen
from PIL import Image
from studio import OTHER_RECIPE, RECIPE, InstantWorkers, settle, workstation
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from engine.atomic import write_atomic
from engine.delivery.seasons.season import lock_season
from engine.imaging.encode import encode_matte
from engine.matting.defects.defect import Defect
from engine.matting.recipe import Recipe
from engine.session.layout import matte_path
from engine.session.session import Session
from engine.work.jobs import Picture
from presets.loader import PresetListing, list_presets
from tui.app import Workstation
from tui.help.handbook import Handbook
from tui.photo.drawing import scale_of
from tui.photo.request import PictureJob

pytestmark = pytest.mark.skipif(
    not textual.__version__.startswith("8.2"), reason="drawn with Textual 8.2"
)

SIZES = ((80, 24), (120, 36), (200, 50))
LOG = Path("/home/mara/.local/state/packshot/log/packshot.log")
THEMES = ("packshot-dark", "packshot-light")
PIXELS = (1200, 800)
SMALL, BROKEN = "SKU203-front.png", "SKU203-left.png"
LONG, WIDE = "Leinenkleid_mit_Knopfleiste_und_Taschen-front.png", "夏のワンピース-front.png"
NAMES = (
    "SKU201-back.png",
    "SKU201-front.png",
    "SKU201-left.png",
    "SKU202-front.png",
    "SKU202-left.png",
    SMALL,
    BROKEN,
    LONG,
    WIDE,
)
HALO = Defect("halo", 0.8, 300, 200, 60, 40)


SCREENS: Mapping[str, tuple[str, ...]] = {
    "browse": ("j", "j"),
    "close-look": ("j", "Z", "comma"),
    "knobs": ("j", "a", "l", "l", "j", "l"),
    "comparison": ("j", "c"),
    "presets": ("E", "j"),
    "alt-text": ("j", "T", *"Tin"),
    "inspector": ("j", "i"),
    "keys": ("question_mark",),
    "help": ("j", "f1"),
    "help-page": ("f1", *"cloud", "tab"),
    "palette": ("ctrl+p", *"cut"),
    "log": ("R", "f8"),
    "checklists": ("f6", "j"),
    "deliver": ("f5", "j", "j"),
    "seasons": ("f5", "c"),
    "report": ("f5", "r"),
    "queue": ("ctrl+a", "s", "f3", "j", "j"),
}
"""The keys that lead from the list to each screen, and to each dialog that takes much of it."""

SMALL_ONES: Mapping[str, tuple[str, ...]] = {
    "range": ("j", "v", "j", "j"),
    "filter": ("slash", *"front"),
    "reasons": ("j", "x", "1", "4"),
    "orders": ("O",),
    "files": ("f5", "E"),
    "preset-name": ("f5", "C"),
    "guide": ("f7",),
    "question": ("ctrl+a", "s", "q"),
}
"""The keys that lead to what looks the same in a large terminal, with more around it."""


def plain(asked: PictureJob) -> Picture:
    """Return a picture of two colours, which weighs nothing in a look: a box in its ground."""
    scale, zoom = scale_of(asked), asked.preview.zoom or 0.4
    width, height = (round(side * scale) for side in asked.preview.box)
    pixels = np.full((height, width, 3), 128, np.uint8)
    pixels[height // 4 : -height // 4, width // 4 : -width // 4] = (200, 90, 60)
    shown = [
        min(side, int(room / zoom)) for side, room in zip(PIXELS, (width, height), strict=True)
    ]
    return Picture(width, height, pixels.tobytes(), zoom, PIXELS, (0, 0, shown[0], shown[1]))


@pytest.fixture(autouse=True)
def _the_same_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show little of what grows, as the entries of the help, and nobody's own place of the log."""
    monkeypatch.setattr("tui.journal.log_path", lambda: LOG)
    search, shelves = Handbook.search, Handbook.shelves
    monkeypatch.setattr(Handbook, "search", lambda book, query: search(book, query, 1))
    monkeypatch.setattr(
        Handbook, "shelves", lambda book: {name: hits[:2] for name, hits in shelves(book).items()}
    )
    named = ("amazon-main", "master-png", "shop", "tile")

    def some(session: Path | None = None) -> PresetListing:
        listing = list_presets(session)
        return PresetListing(tuple(p for p in listing.presets if p.preset.name in named), ())

    monkeypatch.setattr("presets.loader.list_presets", some)
    monkeypatch.setattr("models.store.ModelStore.installed", lambda store: [])
    monkeypatch.setattr("engine.work.recipes.resolve_recipe", lambda store: RECIPE)
    monkeypatch.setattr(studio, "gradient", plain)


@pytest.fixture
def shoot(tmp_path: Path) -> Iterator[Session]:
    """Return a session with photos in every state, and a locked season."""
    folder = tmp_path / "autumn-shoot"
    folder.mkdir()
    for tone, name in enumerate(NAMES):
        size = (480, 320) if name == SMALL else PIXELS
        Image.new("RGB", size, (tone * 20, 90, 90)).save(folder / name, compress_level=1)
    (folder / BROKEN).write_bytes((folder / BROKEN).read_bytes()[:40])
    write_season(folder)
    with Session.open(folder, person="mara@studio") as session:
        session.scan()
        photos = {photo.path.name: photo.id for photo in session.photos()}
        cut(session, list(NAMES[:4]), RECIPE, [HALO])
        cut(session, ["SKU201-back.png"], OTHER_RECIPE, [])
        cut(session, [LONG, WIDE], RECIPE, [])
        session.record_failure(photos["SKU202-left.png"], "the network ran out of memory.")
        session.judge([photos["SKU201-front.png"], photos[WIDE]], "approved")
        session.judge([photos["SKU201-left.png"]], "rejected", ["halo"], "left of the handle")
        session.rate([photos[LONG]], 4)
        lock_season(session, "autumn", RECIPE)
        yield session


def cut(session: Session, names: list[str], recipe: Recipe, defects: list[Defect]) -> None:
    """Give photos a matte: a box of full coverage in the middle."""
    alpha = np.zeros(PIXELS[::-1], np.uint8)
    alpha[200:600, 300:900] = 255
    encoded = encode_matte(alpha)
    for photo in session.photos():
        if photo.path.name in names:
            sha256 = studio.sha256_of(session.folder / photo.path)
            write_atomic(matte_path(session.folder, sha256, recipe.digest()), encoded)
            session.record_cut(
                photo.id, sha256=sha256, size=PIXELS, recipe=recipe, seconds=0.4, notes=(),
                defects=defects,
            )  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=[f"{columns}x{rows}" for columns, rows in SIZES])
async def test_every_screen(
    snapshot: SnapshotAssertion, shoot: Session, workers: InstantWorkers, size: tuple[int, int]
) -> None:
    workers.held = True
    app = workstation(shoot, workers)
    compare(snapshot, await walked(app, size, SCREENS))


async def test_every_small_dialog(
    snapshot: SnapshotAssertion, shoot: Session, workers: InstantWorkers
) -> None:
    workers.held = True
    app = workstation(shoot, workers)
    compare(snapshot, await walked(app, SIZES[0], SMALL_ONES))


async def test_a_terminal_that_is_too_small(
    snapshot: SnapshotAssertion, shoot: Session, workers: InstantWorkers
) -> None:
    compare(snapshot, await walked(workstation(shoot, workers), (60, 16), {"too-small": ()}))


async def walked(
    app: Workstation, size: tuple[int, int], places: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Return the look of each place that keys lead to, in every theme."""
    looks = {}
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for name, keys in places.items():
            await press(pilot, *keys)
            themes = {}
            # The theme before is the first one now: to change it takes longer than anything else.
            for theme in sorted(THEMES, key=lambda each: each != app.theme):
                app.theme = theme
                await rest(pilot)
                themes[theme] = seen(app)
            looks[name] = look({theme: themes[theme] for theme in THEMES})
            if name == "guide":
                await pilot.press("f7")
            while len(app.screen_stack) > 1:
                await pilot.press("escape")
            await pilot.press("f2", "escape", "escape", "escape", "g")
            await settle(pilot)
    return looks


def compare(snapshot: SnapshotAssertion, looks: Mapping[str, str]) -> None:
    """Hold every look against what is kept of it, before any is complained of."""
    kept = snapshot.use_extension(LookFiles)
    assert [name for name, each in looks.items() if each != kept(name=name)] == []


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys; those that open another screen are waited for."""
    for key in keys:
        await pilot.press(key)
        if len(key) > 1:
            await settle(pilot)
    await settle(pilot)


async def rest(pilot: Pilot[None]) -> None:
    """Wait until nothing moves: no cursor blinks, and no notice goes away by the clock."""
    for field in pilot.app.screen.query("Input, TextArea"):
        assert isinstance(field, Input | TextArea)
        field.cursor_blink = False
    pilot.app.clear_notifications()
    await settle(pilot)
    pilot.app.stylesheet.update(pilot.app.screen)  # the palette takes no other theme by itself
    await pilot.pause()
