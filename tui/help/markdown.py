"""Markdown as the wiki's pages have it: front matter, tables, and text that means no markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from tui.safe_text import safe

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#])")
_CODE = re.compile(r"(`[^`]*`)")


def front(kind: str, title: str, lines: Iterable[str]) -> str:
    """Return a page with its front matter (a JSON string is a YAML string, too) and heading."""
    head = f"---\ntitle: {json.dumps(safe(title), ensure_ascii=False)}\nkind: {kind}\n---\n"
    return f"{head}\n# {plain(title)}\n\n" + "\n".join(lines).rstrip() + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def plain(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _MARKUP.sub(r"\\\1", safe(" ".join(text.split())))


def prose(text: str) -> str:
    """Return one paragraph in which `code` between backticks stays code, and the rest is plain."""
    pieces = _CODE.split(safe(" ".join(text.split())))
    pieces[::2] = [_MARKUP.sub(r"\\\1", piece) for piece in pieces[::2]]
    return "".join(pieces)


def cell(text: str) -> str:
    """Return Markdown as it has to be inside a table: no bar of it ends the cell."""
    return re.sub(r"(?<!\\)\|", r"\\|", text)
