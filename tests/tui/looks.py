"""What a screen looks like, as text that a person can read and a difference can show.

A look is the characters of a screen in the frame of the terminal, then the style of each run of
them, then what the styles are in every theme. Pictures of looks, to see them as they are seen:

    python tests/tui/looks.py DIR tests/tui/__snapshots__/test_looks/*.txt
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from pathlib import Path
from string import ascii_letters

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App

Cell = tuple[str, str]
"""A character, empty behind one that is two cells wide, and its style in words."""

_STYLES = "styles"
_NAMES = ascii_letters + "αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
_CHANGES = (  # what no two runs have alike
    (re.compile(r"\d{4}-\d\d-\d\d([T ])\d\d:\d\d"), r"2026-11-24\g<1>09:30"),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "09:30:00"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "2026-11-24"),
)


class LookFiles(SingleFileSnapshotExtension):
    """Keeps each look in a file of its own."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


def seen(app: App[object]) -> list[list[Cell]]:
    """Return the cells of every line of the screen."""
    strips = app.screen._compositor.render_strips(app.size)
    return [list(_cells(strip)) for strip in strips]


def look(themes: dict[str, list[list[Cell]]]) -> str:
    """Return the look of a screen that is the same in every theme but for its styles."""
    screens = list(themes.values())
    texts = {"\n".join(_framed(screen)) for screen in screens}
    assert len(texts) == 1, "\n\n".join(texts)
    names: dict[tuple[str, ...], str] = {}
    runs = []
    for lines in zip(*screens, strict=True):
        styles = list(zip(*([style for _, style in line] for line in lines), strict=True))
        for each in styles:
            names.setdefault(each, _NAMES[len(names)])
        runs.append(" ".join(f"{names[each]}{len(list(run))}" for each, run in groupby(styles)))
    legend = [f"{name} = {' | '.join(styles)}" for styles, name in names.items()]
    return "\n".join([*texts, f"{_STYLES}: {' | '.join(themes)}", *runs, *legend, ""])


def pictures(text: str) -> Iterator[tuple[str, str]]:
    """Yield each theme of a look with its picture as SVG."""
    framed, _, rest = text.partition(f"\n{_STYLES}: ")
    lines = [line[1:-1] for line in framed.split("\n")[1:-1]]
    themes, *rest = rest.rstrip("\n").split("\n")
    runs, legend = rest[: len(lines)], [line.split(" = ", 1) for line in rest[len(lines) :]]
    width = len(framed.split("\n")[0]) - 2
    for number, theme in enumerate(themes.split(" | ")):
        styles = {name: Style.parse(told.split(" | ")[number]) for name, told in legend}
        console = Console(
            width=width, record=True, file=StringIO(), force_terminal=True,
            color_system="truecolor", legacy_windows=False,
        )  # fmt: skip
        for line, run in zip(lines, runs, strict=True):
            console.print(_styled(line, run.split(), styles), soft_wrap=True)
        yield theme, console.export_svg(title=theme)


def _cells(segments: Iterable[Segment]) -> Iterator[Cell]:
    for text, style, _ in segments:
        told = str(style) if style else "none"
        for character in Text(text):
            yield str(character), told
            for _ in range(character.cell_len - 1):
                yield "", told


def _framed(screen: Sequence[Sequence[Cell]]) -> Iterator[str]:
    edge = "─" * len(screen[0])
    yield f"┌{edge}┐"
    for line in screen:
        text = "".join(character for character, _ in line)
        for changing, fixed in _CHANGES:
            text = changing.sub(fixed, text)
        yield f"│{text}│"
    yield f"└{edge}┘"


def _styled(line: str, runs: Sequence[str], styles: dict[str, Style]) -> Text:
    """Return a line in its styles; a run counts cells, of which some characters have two."""
    text, rest = Text(end="\n"), Text(line)
    for run in runs:
        part = rest.copy()
        part.truncate(int(run[1:]))
        text.append(part.plain, styles[run[0]])
        rest = rest[len(part.plain) :]
    return text


def main() -> None:
    """Write the picture of every look that is named, in every theme, into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        for theme, svg in pictures(Path(name).read_text(encoding="utf-8")):
            (folder / f"{Path(name).stem}-{theme}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
