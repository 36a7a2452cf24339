"""A contact sheet of models side by side: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.work.trial import Trial
from tui.html.page import page, picture, text

_STYLE = """
.sheet thead th { position: sticky; top: 0; background: #1b1c1e; border-bottom: 1px solid #55585e; }
.sheet tbody tr { border-bottom: 1px solid #34363a; }
.sheet img { display: block; width: 240px; height: auto; background: #2a2b2e; }
.pair { display: flex; gap: 4px; }
.sheet .pair img { width: 200px; }
.pair img:hover { outline: 2px solid #6ea8fe; }
figcaption { color: #a9abb0; max-width: 404px; padding-top: .35rem; overflow-wrap: anywhere; }
.name { color: #e6e6e6; max-width: 240px; }
.defects { color: #f0b35a; }
"""


@dataclass(frozen=True)
class Column:
    """A model's heading and its row of figures: what was measured by name, as text."""

    model: str
    figures: Mapping[str, str]


def sheet(
    session: str,
    made: str,
    columns: Sequence[Column],
    rows: Mapping[str, Mapping[str, Trial]],
) -> str:
    """Return the sheet as HTML.

    Parameters
    ----------
    session : what the photos belong to
    made : when, for a person
    columns : the models in their order
    rows : by photo name, then by model; a model that failed on a photo is left out
    """
    told = (
        f"<p>{text(made)}. Each cell: the cutout on magenta, which no product hides in, and "
        "its matte. Look for halos along the edge, filled holes and missing parts. "
        "“Differs” and IoU compare a model with the middle one of the others.</p>"
    )
    parts = (told, _figures(columns), _pictures(columns, rows))
    return page(f"Models on {session}", _STYLE, parts)


def _figures(columns: Sequence[Column]) -> str:
    names = list(dict.fromkeys(name for column in columns for name in column.figures))
    head = "".join(f"<th>{text(name)}</th>" for name in ("model", *names))
    body = "".join(
        f"<tr><th>{text(column.model)}</th>"
        + "".join(f'<td class="number">{text(column.figures.get(n, ""))}</td>' for n in names)
        + "</tr>\n"
        for column in columns
    )
    return f'<table class="figures">\n<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>'


def _pictures(columns: Sequence[Column], rows: Mapping[str, Mapping[str, Trial]]) -> str:
    head = "".join(f"<th>{text(name)}</th>" for name in ("photo", *(c.model for c in columns)))
    body = "\n".join(_row(name, trials, columns) for name, trials in rows.items())
    return (
        f'<table class="sheet">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'
    )


def _row(name: str, trials: Mapping[str, Trial], columns: Sequence[Column]) -> str:
    first = next(iter(trials.values()), None)
    shown = picture(first.photo_picture, name) if first else ""
    cells = [f'<td><figure>{shown}<figcaption class="name">{text(name)}</figcaption></figure></td>']
    cells += [_cell(trials.get(column.model)) for column in columns]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(trial: Trial | None) -> str:
    if trial is None:
        return "<td>could not be cut</td>"
    defects = ", ".join(dict.fromkeys(trial.defects))
    said = f'<span class="defects">{text(defects)}</span>' if defects else "no defects found"
    pictures = picture(trial.cutout_picture, "cutout") + picture(trial.matte_picture, "matte")
    return (
        f'<td><figure><div class="pair">{pictures}</div>'
        f"<figcaption>{trial.seconds:.2f} s · {said}</figcaption></figure></td>"
    )
