"""The wiki's page of a season: its days, its lock, and the presets that are in force."""

from __future__ import annotations

from collections.abc import Iterator

from engine.delivery.seasons.season import OpenSeason
from presets.loader import digest
from presets.lock import Lock
from tui.help.markdown import plain, table


def season_path(opened: OpenSeason) -> str:
    """Return where the page is."""
    return f"seasons/{opened.season.name}.md"


def season_lines(opened: OpenSeason) -> Iterator[str]:
    """Yield the lines of the page."""
    season, name = opened.season, opened.season.name
    if season.description:
        yield plain(season.description)
        yield ""
    yield f"- delivered from {season.starts} to {season.ends}"
    if opened.lock:
        yield from _lock(opened.lock)
        yield ""
        yield (
            "While the lock holds, a preset that was changed exports nothing, and names the "
            f"change. `packshot seasons verify {name}` makes every file again from what is kept, "
            "and proves "
            "that it is the one that was delivered."
        )
    else:
        yield f"- not locked: presets may change; `packshot seasons lock {name}` holds them fast"
    yield ""
    yield from table(
        ("preset", "version", "what it is", "digest"),
        [
            (
                f"[{loaded.preset.name}](../presets/{loaded.preset.name}.md)",
                plain(loaded.preset.version),
                plain(loaded.preset.title),
                f"`{digest(loaded.preset)[:12]}`",
            )
            for loaded in opened.presets
        ],
    )


def _lock(lock: Lock) -> Iterator[str]:
    vouched = "" if lock.sealed else ", by an older packshot that does not vouch for who and when"
    yield f"- locked by {plain(lock.person)} on {lock.at[:10]}{vouched}"
    yield f"- hash of the lock `{lock.hash}`"
    yield f"- network `{plain(str(lock.recipe.get('model', '')))}`"
