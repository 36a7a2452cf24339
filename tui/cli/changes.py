"""How differences between two presets, or from what a lock holds, are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tui.cli.output import echo, echo_json, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from presets.canonical import Difference

_COLUMN = 40  # characters; longer values stand below each other instead of side by side


@contextmanager
def changes_shown(as_json: bool = False) -> Iterator[None]:
    """Print, on stdout, what was changed under a lock before the error goes on its way."""
    from presets.errors import ChangedUnderLock

    try:
        yield
    except ChangedUnderLock as error:
        if as_json:
            echo_json({"error": str(error), "changes": changes_json(error.differences)})
        else:
            show_changes(error.differences)
        raise


def show_changes(changes: Sequence[Difference], was: str = "locked", now: str = "now") -> None:
    """Print differences, a field a row; nothing where there are none."""
    rows = [(change.field, *change.told()) for change in changes]
    short = [row for row in rows if max(map(len, row[1:])) <= _COLUMN]
    if short:
        table(("field", was, now), short)
    width = max(len(was), len(now))
    for field, before, after in (row for row in rows if row not in short):
        echo(safe(field))
        echo(f"  {safe(was):<{width}}  {safe(before)}")
        echo(f"  {safe(now):<{width}}  {safe(after)}")


def changes_json(changes: Sequence[Difference]) -> list[dict[str, Any]]:
    """Return differences for a script."""
    return [{"field": each.field, "was": each.was, "now": each.now} for each in changes]
