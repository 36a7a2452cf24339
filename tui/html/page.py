"""The frame of a self-contained page, and what names and pictures become in it."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable

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
figure { margin: 0; }
"""


def page(title: str, style: str, body: Iterable[str]) -> str:
    """Return a page as HTML; a policy in it keeps a browser from loading anything.

    Parameters
    ----------
    title : its heading; escaped here
    style : CSS beside that of every page
    body : what follows the heading, as HTML
    """
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>",
            f"<h1>{text(title)}</h1>",
            *body,
            "</body>\n</html>\n",
        )
    )


def picture(jpeg: bytes, name: str) -> str:
    """Return a JPEG file as a picture inside the page."""
    encoded = base64.b64encode(jpeg).decode("ascii")
    return f'<img alt="{text(name)}" src="data:image/jpeg;base64,{encoded}">'


def text(value: object) -> str:
    """Return a name as text that no browser takes for markup; what cannot be written is marked."""
    return html.escape(str(value).encode("utf-8", "replace").decode("utf-8"), quote=True)
