"""The help's text, laid out for a terminal: a small part of Markdown, wrapped to a width.

A text has paragraphs, ``- `` and ``1. `` lists, ``> `` quotes and tables; within them
``**strong**``, `` `code` `` and links to other help by kind and id, ``[halo](term:halo)``. Written
by hand, it may break its lines anywhere. A paragraph that is strong as a whole is the heading of
what follows. A table has no room in a panel of fifty columns: each of
its rows becomes a small list under its first cell, which reads well at any width.

Nothing here needs Textual: the panel, the commands and the wiki work on the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rich.cells import cell_len

Style = Literal["", "strong", "code", "link"]

_KINDS = "term|topic|page|checklist|command|key"
_LINK = re.compile(rf"(?<!\\)\[((?:\\.|[^\]\\])+)\]\(({_KINDS}):([^)]+)\)")
_SIGN = r"[\\`*_{}\[\]<>|#]"  # what would mean something else without a backslash before it
_SIGNS = re.compile(f"({_SIGN})")
_ESCAPED = re.compile(rf"\\({_SIGN})")
_INLINE = re.compile(
    rf"\\(?P<sign>{_SIGN})|\*\*(?P<strong>(?:\\.|[^\\])+?)\*\*|`(?P<code>[^`]+)`|{_LINK.pattern}"
)
_HEADING = re.compile(r"\*\*(?:\\.|[^*\\])+\*\*")
_ITEM = re.compile(r"(?:- |(\d+)\. )")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Link:
    """A link of a text: to which kind of help, and to which of it."""

    kind: str
    id: str


@dataclass(frozen=True)
class Piece:
    """Text of one style on one line; ``link`` is the number of the link that it belongs to."""

    text: str
    style: Style = ""
    link: int | None = None


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class _Block:
    """A paragraph with what stands before its first line and before the others."""

    text: str
    first: str = ""
    rest: str = ""
    joined: bool = False
    """Whether it follows the block before without an empty line."""


def links(text: str) -> list[Link]:
    """Return the links of a text in their order."""
    return [Link(found[2], found[3]) for found in _LINK.finditer(text)]


def linked(text: str, target: Callable[[Link], str]) -> str:
    """Return a text with each link led to where ``target`` says."""
    return _LINK.sub(lambda found: f"[{found[1]}]({target(Link(found[2], found[3]))})", text)


def unlinked(text: str) -> str:
    """Return a text with the words of each link alone, for where there is nothing to lead to."""
    return _LINK.sub(lambda found: found[1], text)


def link_to(label: str, kind: str, id_: str) -> str:
    """Return a link as a text has it."""
    return f"[{plain(label)}]({kind}:{id_})"


def plain(text: str) -> str:
    """Return words that mean no markup, on one line: what a person or a file has written."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def laid_out(text: str, width: int, *, ticks: bool = False) -> list[Line]:
    """Return a text in lines of at most ``width`` cells.

    Parameters
    ----------
    text : in the help's part of Markdown
    width : cells of a line, at least 8
    ticks : keep the ticks around code, where no style shows what it is
    """
    lines: list[Line] = []
    number = 0
    below_heading = False
    for block in _blocks(text):
        if lines and not block.joined and not below_heading:
            lines.append(())
        below_heading = bool(_HEADING.fullmatch(block.text))
        words, number = _words(block.text, number, ticks)
        lines += _wrapped(words, width, block.first, block.rest)
    return lines


def as_plain(text: str, width: int) -> str:
    """Return a text laid out without its styles."""
    return "\n".join(
        "".join(piece.text for piece in line).rstrip() for line in laid_out(text, width, ticks=True)
    )


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the paragraphs, list items and table rows of a text, each on one line."""
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines() or [""]
        if lines[0].startswith("|"):
            yield from _table(lines)
        elif lines[0].startswith(">"):
            yield _Block(" ".join(line.lstrip("> ") for line in lines), "  ", "  ")
        else:
            yield from _paragraphs(lines)


def _paragraphs(lines: Sequence[str]) -> Iterator[_Block]:
    """Yield the items of a list, or what is no list as one paragraph."""
    gathered: _Block | None = None
    for line in lines:
        mark = _ITEM.match(line)
        if gathered is not None and not mark:
            gathered = replace(gathered, text=f"{gathered.text} {line.strip()}")
            continue
        if gathered is not None:
            yield gathered
        first = mark[0] if mark else ""
        gathered = _Block(line[len(first) :].strip(), first, " " * len(first), gathered is not None)
    if gathered is not None:
        yield gathered


def _table(lines: Sequence[str]) -> Iterator[_Block]:
    """Yield each row of a table as its first cell with the others below it."""
    rows = [
        [cell.strip() for cell in _CELL.split(line.strip().strip("|"))]
        for line in lines
        if not _RULE.fullmatch(line.strip())
    ]
    for row in rows[1:]:
        yield _Block(row[0] if "](" in row[0] else f"**{row[0]}**")
        for heading, cell in zip(rows[0][1:], row[1:], strict=False):
            yield _Block(f"{heading}: {cell}" if heading else cell, "  ", "    ", joined=True)


def _words(text: str, number: int, ticks: bool) -> tuple[list[Line], int]:
    """Return the words of a paragraph, each of one or more pieces, and the next link's number.

    Code is one word, so that a command stays on its line where there is room.
    """
    words: list[Line] = []
    glued = False
    for run in _runs(text):
        piece = replace(run, link=number) if run.style == "link" else run
        number += run.style == "link"
        for part in _parts(piece, ticks):
            if part.isspace():
                glued = False
            elif glued:
                words[-1] = (*words[-1], replace(piece, text=part))
            else:
                words.append((replace(piece, text=part),))
                glued = True
    return words, number


def _parts(piece: Piece, ticks: bool) -> list[str]:
    """Return the words of a run and the spaces between them."""
    if piece.style == "code":
        code = " ".join(piece.text.split())
        return [f"`{code}`" if ticks else code]
    return [part for part in re.split(r"(\s+)", piece.text) if part]


def _runs(text: str, style: Style = "") -> Iterator[Piece]:
    """Yield a paragraph's text piece by piece, without its markup."""
    place = 0
    for found in _INLINE.finditer(text):
        yield Piece(text[place : found.start()], style)
        place = found.end()
        if found["sign"]:
            yield Piece(found["sign"], style)
        elif found["strong"]:
            yield from _runs(found["strong"], "strong")
        elif found["code"]:
            yield Piece(found["code"], "code")
        else:
            yield Piece(_ESCAPED.sub(r"\1", found[4]), "link")
    yield Piece(text[place:], style)


def _wrapped(words: Sequence[Line], width: int, first: str, rest: str) -> Iterator[Line]:
    """Yield lines of as many words as have room, the first and the others behind what they need."""
    line: list[Piece] = [Piece(first)] if first else []
    room = width - cell_len(first)
    begun = False
    for word in (part for each in words for part in _broken(each, width - len(rest))):
        needed = sum(cell_len(piece.text) for piece in word)
        if begun and needed + 1 > room:
            yield _merged(line)
            line = [Piece(rest)] if rest else []
            room, begun = width - len(rest), False
        if begun:
            last, next_ = line[-1], word[0]
            same = (last.style, last.link) == (next_.style, next_.link)
            line.append(replace(next_, text=" ") if same else Piece(" "))
            room -= 1
        line += word
        room -= needed
        begun = True
    yield _merged(line)


def _broken(word: Line, width: int) -> Iterator[Line]:
    """Yield a word, in parts where a line has no room for it: at its spaces, then anywhere."""
    if sum(cell_len(piece.text) for piece in word) <= width:
        yield word
        return
    for piece in word:
        for text in piece.text.split():
            for part in _cut(text, width):
                yield (replace(piece, text=part),)


def _cut(text: str, width: int) -> Iterator[str]:
    """Yield a text in parts of at most ``width`` cells, of which a letter may take two."""
    part, cells = "", 0
    for letter in text:
        needed = cell_len(letter)
        if cells + needed > width:
            yield part
            part, cells = "", 0
        part, cells = part + letter, cells + needed
    if part:
        yield part


def _merged(pieces: Sequence[Piece]) -> Line:
    """Return a line with pieces of the same kind joined."""
    line: list[Piece] = []
    for piece in pieces:
        if line and (line[-1].style, line[-1].link) == (piece.style, piece.link):
            line[-1] = replace(piece, text=line[-1].text + piece.text)
        else:
            line.append(piece)
    return tuple(line)
