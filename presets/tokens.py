"""Tokens between braces, in templates of names, URLs and manifests."""

from __future__ import annotations

import string


def tokens_of(template: str) -> list[str]:
    """Return the tokens of a template, in their order.

    Raises
    ------
    ValueError : a brace that does not close, or anything that is more than a plain token
    """
    tokens = []
    for _, token, specification, conversion in string.Formatter().parse(template):
        if token is None:
            continue
        if specification or conversion or not token.isidentifier():
            raise ValueError(f"{{{token}}} is no plain token")
        tokens.append(token)
    return tokens
