"""A file from a web server, as a stream of chunks.

https only (see ``is_trusted_url``), also after a redirect; every wait for the network ends.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Generator
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError

from models.errors import SourceFailed
from models.events import Arrived
from models.spec import UrlSource, is_trusted_url

_CHUNK = 1 << 18


class _TrustedRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to a trusted address, and never from https to plain http."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        downgraded = req.type == "https" and not newurl.lower().startswith("https:")
        if downgraded or not is_trusted_url(newurl):
            raise _failed_at(req.full_url, f"it leads on to {newurl}, which is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def read_url(source: UrlSource, patience: float, arrived: Arrived) -> Generator[bytes]:
    """Yield the file behind a URL in chunks.

    Parameters
    ----------
    patience : seconds without a byte after which the server is given up
    arrived : called with the bytes so far and in all

    Raises
    ------
    SourceFailed : no connection, an error of the server, silence, or an early end
    """
    request = urllib.request.Request(source.url, headers={"User-Agent": "packshot"})
    opener = urllib.request.build_opener(_TrustedRedirects)
    received = 0
    try:
        with opener.open(request, timeout=patience) as reply:
            length = reply.headers.get("Content-Length", "")
            total = int(length) if length.isdecimal() else None
            while chunk := reply.read1(_CHUNK):
                received += len(chunk)
                arrived(received, total)
                yield chunk
    # A server may also lead to something that is no address: urllib's ValueError.
    except (OSError, HTTPException, ValueError) as error:
        raise _failed_at(source.url, _reason(error, patience)) from error
    if total is not None and received < total:
        raise _failed_at(source.url, f"the connection ended after {received} of {total} bytes")


def _failed_at(url: str, problem: str) -> SourceFailed:
    return SourceFailed(url, problem, "Check the connection and try again.")


def _reason(error: OSError | HTTPException | ValueError, patience: float) -> str:
    if isinstance(error, HTTPError):
        return f"the server answered {error.code} {error.reason}"
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return f"nothing arrived for {patience:.0f} s"
    said = cause.strerror if isinstance(cause, OSError) else None
    return f"no connection ({said or cause or type(cause).__name__})"
