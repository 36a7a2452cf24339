"""Which column of somebody's list is which: by what the person says, or by its usual headings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from engine.errors import CsvInvalid

_SIGNS = re.compile(r"[\W_]+")


def columns_of(
    subject: str,
    columns: Sequence[str],
    usual: Mapping[str, Sequence[str]],
    chosen: Mapping[str, str],
) -> dict[str, str]:
    """Return the column of each field that the list has.

    Parameters
    ----------
    subject : the list, for an error
    columns : its headings
    usual : for each field the headings that mean it, in any spelling
    chosen : the heading of some fields, as a person says; these win

    Raises
    ------
    CsvInvalid : an unknown field or heading is chosen, or two headings mean one field
    """
    found: dict[str, str] = {}
    for field, heading in chosen.items():
        if field not in usual:
            raise CsvInvalid(subject, f"{field} is no field", f"Fields are {', '.join(usual)}.")
        if heading not in columns:
            near = difflib.get_close_matches(heading, columns, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"It has {', '.join(columns)}."
            raise CsvInvalid(subject, f"has no column {heading!r}", hint)
        found[field] = heading
    for field, headings in usual.items():
        wanted = {_plain(heading) for heading in (field, *headings)}
        alike = [column for column in columns if _plain(column) in wanted]
        if field in found or not alike:
            continue
        if len(alike) > 1:
            raise CsvInvalid(
                subject,
                f"has {' and '.join(map(repr, alike))}, and both may be the {field}",
                f"Say which with --map {field}=HEADING.",
            )
        found[field] = alike[0]
    return found


def _plain(heading: str) -> str:
    return _SIGNS.sub("", heading).casefold()
