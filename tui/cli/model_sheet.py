"""A contact sheet of models side by side: one HTML file that needs nothing else.

Pictures are inside as data URIs. There is no script, and a policy in the file keeps a browser
from loading anything; every name is escaped.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.work.trial import Trial

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

_STYLE = """
:root { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 2rem; background: #1b1c1e; color: #e6e6e6;
       font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.4rem; font-weight: 600; margin: 0 0 .25rem; }
p { color: #a9abb0; max-width: 60rem; margin: .25rem 0 1.5rem; }
table { border-collapse: collapse; margin-bottom: 2.5rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; }
th { font-weight: 600; white-space: nowrap; }
.figures td, .figures th { border-bottom: 1px solid #34363a; }
.figures th + th { text-align: right; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.sheet thead th { position: sticky; top: 0; background: #1b1c1e; border-bottom: 1px solid #55585e; }
.sheet tbody tr { border-bottom: 1px solid #34363a; }
.sheet img { display: block; width: 240px; height: auto; background: #2a2b2e; }
.pair { display: flex; gap: 4px; }
.sheet .pair img { width: 200px; }
.pair img:hover { outline: 2px solid #6ea8fe; }
figure { margin: 0; }
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
    title = f"Models on {session}"
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            f"<h1>{_text(title)}</h1>",
            f"<p>{_text(made)}. Each cell: the cutout on magenta, which no product hides in, and "
            "its matte. Look for halos along the edge, filled holes and missing parts. "
            "“Differs” and IoU compare a model with the middle one of the others.</p>",
            _figures(columns),
            _pictures(columns, rows),
            "</body>\n</html>\n",
        )
    )


def _figures(columns: Sequence[Column]) -> str:
    names = list(dict.fromkeys(name for column in columns for name in column.figures))
    head = "".join(f"<th>{_text(name)}</th>" for name in ("model", *names))
    body = "".join(
        f"<tr><th>{_text(column.model)}</th>"
        + "".join(f'<td class="number">{_text(column.figures.get(n, ""))}</td>' for n in names)
        + "</tr>\n"
        for column in columns
    )
    return f'<table class="figures">\n<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>'


def _pictures(columns: Sequence[Column], rows: Mapping[str, Mapping[str, Trial]]) -> str:
    head = "".join(f"<th>{_text(name)}</th>" for name in ("photo", *(c.model for c in columns)))
    body = "\n".join(_row(name, trials, columns) for name, trials in rows.items())
    return (
        f'<table class="sheet">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'
    )


def _row(name: str, trials: Mapping[str, Trial], columns: Sequence[Column]) -> str:
    first = next(iter(trials.values()), None)
    picture = _picture(first.photo_picture, name) if first else ""
    cells = [
        f'<td><figure>{picture}<figcaption class="name">{_text(name)}</figcaption></figure></td>'
    ]
    cells += [_cell(trials.get(column.model)) for column in columns]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(trial: Trial | None) -> str:
    if trial is None:
        return "<td>could not be cut</td>"
    defects = ", ".join(dict.fromkeys(trial.defects))
    said = f'<span class="defects">{_text(defects)}</span>' if defects else "no defects found"
    pictures = _picture(trial.cutout_picture, "cutout") + _picture(trial.matte_picture, "matte")
    return (
        f'<td><figure><div class="pair">{pictures}</div>'
        f"<figcaption>{trial.seconds:.2f} s · {said}</figcaption></figure></td>"
    )


def _picture(data: bytes, name: str) -> str:
    encoded = base64.b64encode(data).decode("ascii")
    return f'<img alt="{_text(name)}" src="data:image/jpeg;base64,{encoded}">'


def _text(value: str) -> str:
    """Return a name as text that no browser takes for markup; what cannot be written is marked."""
    return html.escape(value.encode("utf-8", "replace").decode("utf-8"), quote=True)
