"""A season of two presets on the Deliver screen, and what is read from there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio import press, settle
from textual.pilot import Pilot
from textual.widgets import Static

from engine.delivery.export_job import export, export_jobs
from engine.delivery.recording import record_export
from engine.session.session import Session
from presets.loader import find_preset
from tui.app import Workstation

SEASON = """\
schema_version = 1
name = "autumn"
title = "Autumn"
starts = 2020-01-01
ends = 2099-12-31
presets = ["tile", "shop"]
"""
PRESET = """\
schema_version = 1
name = "{name}"
version = "2026-11"
title = "{name}"
[canvas]
kind = "fixed"
width = 64
height = 64
[background]
kind = "colour"
rgb = [255, 255, 255]
[placement]
fill = 0.8
upscale = true
[file]
format = "png"
[naming]
template = "{{sku}}-{{view}}"
{more}
[[rules]]
check = "long_side"
minimum = {least}
severity = "fail"
evidence = "packshot"
source = "packshot"
date = "2026-11"
"""


def write_season(folder: Path) -> None:
    """Write the season and its presets; ``shop`` wants alt text."""
    for name in ("seasons", "presets"):
        (folder / name).mkdir()
    (folder / "seasons" / "autumn.toml").write_text(SEASON, "utf-8")
    write_preset(folder, "tile", least=60)
    write_preset(folder, "shop", least=600, more='[metadata]\nalt = "required"')


def write_preset(folder: Path, name: str, *, least: int, more: str = "") -> None:
    """Write one of the season's presets; its files have to be ``least`` pixels long."""
    text = PRESET.format(name=name, least=least, more=more)
    (folder / "presets" / f"{name}.toml").write_text(text, "utf-8")


def text_of(app: Workstation, selector: str) -> str:
    """Return the text of a widget."""
    return str(app.screen.query_one(selector, Static).visual)


def delivered(session: Session) -> list[str]:
    """Return the paths of all files that were delivered."""
    return sorted(row.path for row in session.deliveries.all())


def deliver_everything(session: Session, presets: Sequence[str]) -> None:
    """Deliver every photo that is cut, whether anybody has judged it or not."""
    chosen = [find_preset(name, session.folder).preset for name in presets]
    for job in export_jobs(session, chosen, everything=True):
        record_export(session, job, export(job))


async def to_deliver(pilot: Pilot[None], *keys: str) -> None:
    """Go to the Deliver screen, and press keys there."""
    await settle(pilot)
    await press(pilot, "f5", *keys)
