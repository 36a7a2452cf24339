"""Draw the workstation for the README: docs/screenshot.svg.

    packshot demo DEMO
    python bench/screenshot.py DEMO docs/screenshot.svg

The demo session is copied first; it stays as it is. The same session gives the same picture.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from engine.session.session import Session
from tui.app import Workstation
from tui.browse.states import UNICODE
from tui.desk import Desk
from tui.photo.pane import PhotoPane
from tui.queue.crew import Crew
from tui.terminal.graphics import Graphics
from tui.terminal.terminal import Terminal

SIZE = (148, 42)
PATIENCE = 30.0  # seconds to wait for the picture
APPROVED = ("SKU201-front", "SKU201-back", "SKU202-front", "SKU204-front", "SKU205-front")
REJECTED = {"SKU202-right": (("halo",), "light rim at the shoulder")}
SHOWN = "SKU201-front"
FONTS = "Menlo, 'DejaVu Sans Mono', 'Cascadia Mono', Consolas, monospace"


def main() -> None:
    """Read the arguments and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("session", type=Path, help="a session made by packshot demo")
    parser.add_argument("picture", type=Path, nargs="?", default=Path("docs/screenshot.svg"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "autumn-catalogue"
        shutil.copytree(arguments.session, folder)
        svg = asyncio.run(draw(folder))
    arguments.picture.parent.mkdir(parents=True, exist_ok=True)
    arguments.picture.write_text(svg, encoding="utf-8")
    print(f"{arguments.picture}: {len(svg) / 1000:.0f} kB")


async def draw(folder: Path) -> str:
    """Return the Browse screen of a session as SVG, after some verdicts were given."""
    with Session.open(folder, person="mara@studio") as session:
        judge(session)
        desk = Desk(session, Terminal(Graphics()), UNICODE, Crew(session))
        app = Workstation(desk, scan=False)
        try:
            async with app.run_test(size=SIZE) as pilot:
                await show(app, pilot)
                return reproducible(app.export_screenshot(title="packshot"))
        finally:
            desk.close()


def judge(session: Session) -> None:
    """Give the verdicts that the picture shows."""
    ids = {photo.path.stem: photo.id for photo in session.photos()}
    session.judge([ids[name] for name in APPROVED], "approved")
    for name, (reasons, note) in REJECTED.items():
        session.judge([ids[name]], "rejected", reasons, note)


async def show(app: Workstation, pilot: Pilot[None]) -> None:
    """Go to the photo that is shown and wait for its picture."""
    while not app.desk.loaded:
        await pilot.pause(0.05)
    names = [photo.path.stem for photo in app.desk.photos]
    await pilot.press(*"j" * (names.index(SHOWN) + 1))
    pane = app.screen.query_one(PhotoPane)
    for _ in range(int(PATIENCE / 0.05)):
        await pilot.pause(0.05)
        if pane.ready:
            await pilot.pause(0.5)
            return
    raise SystemExit("The picture did not come.")


def reproducible(svg: str) -> str:
    """Return the SVG with a fixed time, and without fonts from elsewhere, which no README loads."""
    # The verdicts were given just now; any other minute would do.
    svg = re.sub(r"\d{4}-\d\d-\d\d&#160;\d\d:\d\d", "2026-11-24&#160;09:30", svg)
    svg = re.sub(r"@font-face\s*{[^}]*}\s*", "", svg)
    return re.sub(r"font-family: ?Fira Code, ?monospace", f"font-family: {FONTS}", svg)


if __name__ == "__main__":
    main()
