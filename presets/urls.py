"""Where a delivered file is online: its URL, from a template.

SKUs and file names are untrusted; every value is percent-encoded (RFC 3986, 2.1), so that none of
them can add a query, a fragment or another path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from presets.tokens import tokens_of

URL_TOKENS = ("sku", "gtin", "view", "preset", "season", "version", "file", "name", "sha256")
"""What a URL template may contain; ``file`` keeps its slashes."""

_LITERAL = re.compile(r"[!-~]+")  # printable ASCII without the space: what a URL is made of


def checked_template(template: str) -> str:
    """Return a URL template unchanged.

    Raises
    ------
    ValueError : no http address, an unknown token, or a token inside the host's name; the message
        is for a person
    """
    require_tokens(template)
    if not _LITERAL.fullmatch(template):
        raise ValueError("a URL has no spaces and no letters with accents; encode them")
    parts = urlsplit(template)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("a URL starts with https:// and a host")
    if "{" in parts.netloc:
        raise ValueError("the host of a URL cannot come from a file's name")
    return template


def require_tokens(template: str) -> str:
    """Return a template unchanged.

    Raises
    ------
    ValueError : a token that is none of ``URL_TOKENS``
    """
    for token in tokens_of(template):
        if token not in URL_TOKENS:
            known = ", ".join(f"{{{each}}}" for each in URL_TOKENS)
            raise ValueError(f"{{{token}}} is no token of a URL; known are {known}")
    return template


def url_of(template: str, values: Mapping[str, str]) -> str:
    """Return the URL of a file.

    Parameters
    ----------
    template : from `checked_template`
    values : a text for each of ``URL_TOKENS``
    """
    return template.format(**{token: _encoded(token, values[token]) for token in URL_TOKENS})


def path_of(url: str) -> str:
    """Return the path of a URL, with its query, as a CDN's distribution knows it."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _encoded(token: str, value: str) -> str:
    # A file's name need not be Unicode: its own bytes are encoded then.
    return quote(value, safe="/" if token == "file" else "", errors="surrogateescape")
