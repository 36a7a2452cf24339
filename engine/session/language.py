"""Names of languages: the tags of BCP 47 as far as catalogues need them."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)


def language_tag(text: str) -> str:
    """Return a language's tag in its usual spelling: ``de``, ``pt-BR``, ``zh-Hant-TW``.

    Raises
    ------
    ValueError : it is no such tag; the message is for a person
    """
    tag = text.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        raise ValueError(f"{text!r} is no language: write en, de or pt-BR")
    language, *rest = tag.split("-")
    return "-".join([language.lower(), *(_spelled(part) for part in rest)])


def _spelled(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper()
