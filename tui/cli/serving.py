"""The open workstation as a warm service: commands of the same user borrow its workers.

A person's photos come first: while any is in the queue nobody is served, and commands that had
begun go on with workers of their own. Where a service is there already, it stays the one.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import OutputError
from tui.cli import served
from tui.queue.crew import Crew


@contextmanager
def serving(crew: Crew) -> Iterator[None]:
    """Serve, if it can be, until the end of the context, from a thread beside the interface."""
    if not hasattr(socket, "AF_UNIX"):
        yield
        return
    from engine.serving.holding import sweep, take_hold
    from engine.serving.place import own_place
    from engine.serving.service import Service

    try:
        hold = take_hold(own_place())
    except (OutputError, OSError):
        hold = None  # `packshot warm` says why; the workstation is complete without it
    if hold is None:
        yield
        return
    with hold:
        sweep(hold.place.folder)
        service = Service(
            hold.place,
            served.MODULE,
            crew.cutters,
            is_free=lambda: not crew.busy,
            prompt=False,
        )
        service.listen()
        hold.describe("workstation", "")
        thread = threading.Thread(target=service.serve, name="serving", daemon=True)
        thread.start()
        try:
            yield
        finally:
            service.stop()
            thread.join()
