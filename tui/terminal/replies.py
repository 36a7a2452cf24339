"""Tells apart what a person types and what the terminal answers.

Both come on standard input. Textual takes an answer that it does not know for keys, so that a late
one opens panels and approves photos. Here answers are taken out before Textual reads, whole or in
pieces, and at any time.
"""

from __future__ import annotations

import re

_ANSWER = re.compile(
    r"""
      \x1b_G [^\x1b]* \x1b\\                   # kitty's, to a command of pictures
    | \x1bP [>01] [^\x1b]* \x1b\\              # a device control string: name and version
    | \x1b\] [0-9] [^\x1b\x07]* (?:\x1b\\|\x07)  # an operating system command: a colour
    | \x1b\[ [?>=] [0-9;]* c                   # device attributes
    | \x1b\[ [468] (?:;[0-9]+){2} t            # sizes of window, cell and text
    | \x1b\[ [03] n                            # status
    """,
    re.VERBOSE,
)

_BEGINNING = re.compile(
    r"""
      \x1b (?: _ (?: G [^\x1b]* \x1b? )?
             | P (?: [>01] [^\x1b]* \x1b? )?
             | \] (?: [0-9] [^\x1b\x07]* \x1b? )?
             | \[ (?: [?>=] [0-9;]* | [468] [0-9;]* | [03] )?
           )? \Z
    """,
    re.VERBOSE,
)

LOST_S = 2.0
"""Seconds after which the rest of an answer does not come any more."""

_LONGEST = 4096  # what is longer is no answer


class Replies:
    """Takes text as it comes, and hands out what was typed and what was answered."""

    def __init__(self) -> None:
        self._held = ""

    def take(self, text: str) -> tuple[str, list[str]]:
        """Return what was typed, and the answers; what may become an answer is held back."""
        text, self._held = self._held + text, ""
        answers = _ANSWER.findall(text)
        typed = _ANSWER.sub("", text)
        if (begun := _BEGINNING.search(typed)) and len(begun[0]) <= _LONGEST:
            typed, self._held = typed[: begun.start()], begun[0]
        return typed, answers

    @property
    def holds(self) -> bool:
        """Whether anything is held back."""
        return bool(self._held)

    def rest(self, seconds: float) -> str:
        """Return what was held back and is no answer, now that nothing followed for ``seconds``.

        An escape alone is a key. What certainly begins an answer was never typed: it is waited for,
        and in the end forgotten.
        """
        held = self._held
        certain = len(held) > 2
        if not certain or seconds > LOST_S:
            self._held = ""
        return "" if certain else held
