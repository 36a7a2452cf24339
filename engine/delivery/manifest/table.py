"""Manifest rows laid out as a format wants them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.delivery.manifest.row import ManifestRow
from presets.manifest import Column, ManifestFormat
from presets.tokens import tokens_of

Value = str | int


@dataclass(frozen=True)
class Table:
    """A manifest: its columns, its rows, the files that are listed, and what was left out.

    ``rows`` have a SKU and a value for each column; ``problems`` say in a sentence each which file
    or SKU is missing, and why.
    """

    format: ManifestFormat
    rows: tuple[tuple[str, tuple[Value, ...]], ...]
    files: tuple[ManifestRow, ...]
    problems: tuple[str, ...]


def lay_out(format_: ManifestFormat, rows: Iterable[ManifestRow]) -> Table:
    """Return delivered files as a format lists them.

    A file, or a SKU, that lacks a value which the format requires is left out and named.

    Parameters
    ----------
    format_ : columns, and what a row is
    rows : current files, those of a SKU in the order of their positions
    """
    wanted = [row for row in rows if format_.presets is None or row.preset in format_.presets]
    groups: dict[str, list[ManifestRow]] = defaultdict(list)
    for row in wanted:
        groups[row.sku if format_.per == "sku" else row.file].append(row)
    laid: list[tuple[str, tuple[Value, ...]]] = []
    files: list[ManifestRow] = []
    problems = _missing_values(format_)
    for name, group in groups.items():
        values = [_value(format_, column, group) for column in format_.columns]
        missing = [
            column.header
            for column, value in zip(format_.columns, values, strict=True)
            if column.required and value == ""
        ]
        if missing:
            problems.append(f"{name}: has no {' and no '.join(missing)}")
            continue
        laid.append((group[0].sku, tuple(values)))
        files += group
    return Table(format_, tuple(laid), tuple(files), tuple(problems))


def _missing_values(format_: ManifestFormat) -> list[str]:
    """Return what a feed cannot do without, and only its owner knows."""
    if format_.kind != "amazon-listings":
        return []
    return [
        f"format {format_.name}: its {name} is empty; set it under [values] in a copy of the format"
        for name in ("seller_id", "marketplace_id", "product_type")
        if not format_.values.get(name)
    ]


def _value(format_: ManifestFormat, column: Column, group: Sequence[ManifestRow]) -> Value:
    row = _meant(column, group)
    if row is None:
        return ""
    known: Mapping[str, Value] = {**format_.values, **row.values(column.language)}
    tokens = tokens_of(column.value)
    if len(tokens) == 1 and column.value == f"{{{tokens[0]}}}":
        return known[tokens[0]]  # a number stays one
    filled = column.value.format(**known)
    # A text that says nothing but what surrounds the tokens says nothing.
    return filled if not tokens or any(known[token] != "" for token in tokens) else ""


def _meant(column: Column, group: Sequence[ManifestRow]) -> ManifestRow | None:
    """Return the file that a column is about; None where the SKU has none."""
    if column.view is not None:
        wanted = column.view.casefold()
        return next((row for row in group if row.view.casefold() == wanted), None)
    if column.position is not None:
        # Files of several presets share positions: they follow each other.
        return group[column.position - 1] if column.position <= len(group) else None
    return group[0]
