"""``extends``: a preset that says only in what it differs from another one.

Works on what TOML gave, before the schema looks at it, so that a child may leave out whatever its
parent has. Nothing that comes in is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Table = dict[str, Any]

_TAGS = ("kind", "format")
"""Fields that choose a form of their table; another form has other fields."""


def extended(parent: Table, child: Table) -> Table:
    """Return the effective content of a preset: its parent's, with what it says itself.

    Tables are merged field by field, unless the child chooses another form of it (another
    ``kind`` or ``format``): then nothing of the parent's table stays. The child's rules come
    first; they take the place of the parent's rules that check the same thing. Every other list
    replaces the parent's.

    Parameters
    ----------
    parent : effective content of the preset that is extended
    child : content of the file, with its ``extends``
    """
    own = {name: value for name, value in child.items() if name != "extends"}
    merged = _merged(parent, own)
    rules = own.get("rules")
    if isinstance(rules, list):
        checked = {rule.get("check") for rule in rules if isinstance(rule, Mapping)}
        kept = [rule for rule in parent.get("rules", []) if rule["check"] not in checked]
        merged["rules"] = [*rules, *kept]
    return merged


def _merged(parent: Table, child: Table) -> Table:
    merged = dict(parent)
    for name, value in child.items():
        before = parent.get(name)
        if isinstance(before, dict) and isinstance(value, dict) and same_form(before, value):
            merged[name] = _merged(before, value)
        else:
            merged[name] = value
    return merged


def same_form(parent: Table, child: Table) -> bool:
    """Return whether a child's table goes on with its parent's, or is of another form."""
    return all(child.get(tag, parent.get(tag)) == parent.get(tag) for tag in _TAGS)
