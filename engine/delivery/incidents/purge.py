"""Purge lists: what a content delivery network has to forget, in the form that it takes.

Each request is a JSON object that the network's own interface or command takes as it is, cut into
pieces of the size that the network allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

from presets.urls import path_of

Cdn = Literal["fastly", "cloudflare", "cloudfront"]

CDNS: tuple[Cdn, ...] = get_args(Cdn)

FASTLY_KEYS = 256
"""Surrogate keys of one request (Fastly, "Purge multiple surrogate key tags")."""

CLOUDFLARE_FILES = 30
"""URLs of one request (Cloudflare, "Purge cache by URL")."""

CLOUDFRONT_PATHS = 3000
"""Paths that one distribution may have under invalidation (Amazon CloudFront, quotas)."""


def purge_requests(
    cdn: Cdn,
    urls: Iterable[str],
    *,
    keys: Iterable[str] = (),
    reference: str = "",
    variants: bool = False,
) -> list[dict[str, Any]]:
    """Return the requests that make a network forget files, in their order.

    Parameters
    ----------
    cdn : whose form
    urls : of the files
    keys : surrogate keys under which Fastly knows them; without any, each URL is purged by itself
    reference : CloudFront's name for the batch; the same name twice is one invalidation
    variants : also forget what was asked for with any query, such as other sizes; CloudFront does
        it by ``*`` at the end of a path, the others purge a URL with its queries only as the zone
        is set up, which is left to them

    Returns
    -------
    Fastly: bodies of ``POST /service/ID/purge``, or without keys the URLs to be asked for with the
    method PURGE, one by one. Cloudflare: bodies of ``POST /zones/ID/purge_cache``. CloudFront:
    files for ``aws cloudfront create-invalidation --invalidation-batch``.
    """
    unique = list(dict.fromkeys(urls))
    if cdn == "fastly":
        known = list(dict.fromkeys(keys))
        if known:
            return [{"surrogate_keys": part} for part in _parts(known, FASTLY_KEYS)]
        return [{"method": "PURGE", "urls": unique}] if unique else []
    if cdn == "cloudflare":
        return [{"files": part} for part in _parts(unique, CLOUDFLARE_FILES)]
    # A path is case-sensitive and stays percent-encoded, as viewers ask for it.
    paths = list(dict.fromkeys(path_of(url) + ("*" if variants else "") for url in unique))
    return [
        {
            "Paths": {"Quantity": len(part), "Items": part},
            "CallerReference": f"{reference}-{number}" if number > 1 else reference,
        }
        for number, part in enumerate(_parts(paths, CLOUDFRONT_PATHS), 1)
    ]


def _parts(items: Sequence[str], size: int) -> list[list[str]]:
    return [list(items[start : start + size]) for start in range(0, len(items), size)]
