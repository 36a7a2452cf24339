"""A session's checklists on a page: every point, and who has ticked it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.session.ticks import Point, Standing
from tui.html.page import text

STYLE = """
.checklist { margin: 0 0 1.5rem; }
.checklist .open { color: #f0b35a; }
.checklist .who { color: #8b8e94; }
@media print { .checklist .open { color: #850; } .checklist .who { color: #444; } }
"""
"""What the sections need beside the style of every page."""


def checklist_sections(standings: Sequence[Standing]) -> Iterator[str]:
    """Yield a section of HTML for each list, in their order."""
    for standing in standings:
        count = f"{standing.done} of {len(standing.points)}"
        points = "\n".join(map(_point, standing.points))
        yield (
            f"<h2>Checklist {text(standing.checklist.title)}: {count}</h2>\n"
            f'<ul class="checklist">\n{points}\n</ul>'
        )


def _point(point: Point) -> str:
    tick, words = point.tick, text(point.item.text)
    if tick is None:
        return f'<li class="open">☐ {words}</li>'
    who = f'<span class="who">{text(tick.person)}, {text(tick.at[:16].replace("T", " "))}</span>'
    if point.reworded:
        return f'<li class="open">☐ {words} (ticked as “{text(tick.text)}”: {who})</li>'
    return f"<li>☑ {words} {who}</li>"
