"""The service: takes clients in, has guests hatched for them, and lends the guests its workers.

One thread does everything and waits for nothing but news on its sockets. Errands reach the workers
one of each guest in turn, and never more at once than there are workers: so no guest waits
behind another's long folder, and an errand that is taken back has usually not begun.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from engine.serving import wire
from engine.serving.errand import Answer, Errand, Withdrawal, perform
from engine.serving.hatchery import Hatchery
from engine.serving.place import Place
from engine.serving.turns import Turns
from engine.work.workers import Workers

_BACKLOG = 64


@dataclass(frozen=True, eq=False)
class _Guest:
    """A guest's end of the pipe."""

    pipe: Connection


@dataclass(frozen=True)
class _Source:
    """Where news may come from, and what is done then."""

    source: socket.socket | Connection
    heed: Callable[[], Any]


class Service:
    """Serves the commands of this user's other processes.

    Parameters
    ----------
    place : where to listen; this process holds it
    commands : name of the module that runs commands, see `Hatchery`
    workers : gives the pool; called when the first guest comes
    is_free : says whether guests may use the workers now; while they may not, nobody is taken in,
        and guests go on with workers of their own
    prompt : prepare the hatchery at once instead of when the first client comes
    """

    def __init__(
        self,
        place: Place,
        commands: str,
        workers: Callable[[], Workers],
        *,
        is_free: Callable[[], bool] = lambda: True,
        prompt: bool = True,
    ) -> None:
        self._place = place
        self._commands = commands
        self._workers = workers
        self._is_free = is_free
        self._hatchery = Hatchery(commands) if prompt else None
        self._selector = selectors.DefaultSelector()
        self._ear, self._mouth = socket.socketpair()
        self._turns: Turns[_Guest, Errand] = Turns()
        self._running: dict[Future[bytes], tuple[_Guest, int]] = {}
        self._ended: deque[Future[bytes]] = deque()
        self._guests: set[_Guest] = set()
        self._busy_until = time.monotonic()
        self._stopped = False
        self._watch(self._ear, partial(self._ear.recv, 4096))

    def stop(self) -> None:
        """End ``serve`` soon; may be called from any thread and from a signal's handler."""
        self._stopped = True
        self._wake()

    def listen(self) -> None:
        """Open the socket; from now on clients wait until they are served, or lose patience."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(self._place.socket))  # in a private folder: its mode may come later
        self._place.socket.chmod(0o600)
        listener.listen(_BACKLOG)
        self._watch(listener, partial(self._accept, listener))

    def serve(self, idle: float | None = None) -> None:
        """Serve, after ``listen``, until ``stop`` is called or nobody came for ``idle`` seconds.

        Guests that are at work then go on with workers of their own.
        """
        self._busy_until = time.monotonic()
        try:
            while not self._stopped and not self._is_idle(idle):
                for key, _ in self._selector.select(self._patience(idle)):
                    key.data.heed()
                self._answer()
                self._hand_out()
        finally:
            self._close()

    # Clients

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            client, _ = listener.accept()
            if not (wire.is_own(client) and self._is_free()):
                client.close()
                return
            self._watch(client, partial(self._take_in, client))
            client.send(wire.READY)

    def _take_in(self, client: socket.socket) -> None:
        """Have a guest attend to a client that has begun to speak, or has gone."""
        self._selector.unregister(client)
        with client, suppress(OSError):
            if not client.recv(1, socket.MSG_PEEK):
                return
            if self._hatchery is None or not self._hatchery.is_alive:
                self._hatchery = Hatchery(self._commands)
            ours, theirs = Pipe()
            with theirs:
                self._hatchery.hatch(client, theirs)
            guest = _Guest(ours)
            ours.send(self._workers().count)
            self._guests.add(guest)
            self._watch(ours, partial(self._hear, guest))

    # Guests

    def _hear(self, guest: _Guest) -> None:
        """Note what a guest wants, or that it has gone."""
        try:
            message: Errand | Withdrawal = guest.pipe.recv()
        except (EOFError, OSError):
            self._forget(guest)
            return
        if isinstance(message, Errand):
            self._turns.add(guest, message)
        else:
            self._turns.take_back(guest, lambda errand: errand.number == message.number)

    def _forget(self, guest: _Guest) -> None:
        self._selector.unregister(guest.pipe)
        self._guests.discard(guest)
        self._turns.leave(guest)
        self._busy_until = time.monotonic()
        guest.pipe.close()

    # Errands

    def _hand_out(self) -> None:
        """Begin as many errands as there are free workers."""
        if not self._is_free():
            self._send_away()
            return
        while self._turns and len(self._running) < self._workers().count:
            guest, errand = self._turns.next()
            future = self._workers().submit(perform, errand, errand.timeout)
            self._running[future] = guest, errand.number
            future.add_done_callback(self._note_end)

    def _send_away(self) -> None:
        """Leave the guests to their own workers, each as soon as nothing is done for it."""
        served = {guest for guest, _ in self._running.values()}
        for guest in self._guests - served:
            self._forget(guest)

    def _note_end(self, future: Future[bytes]) -> None:
        """Remember an errand that has ended; runs in a thread of the pool."""
        self._ended.append(future)
        self._wake()

    def _answer(self) -> None:
        """Tell guests what became of their errands."""
        while self._ended:
            future = self._ended.popleft()
            guest, number = self._running.pop(future)
            if guest not in self._guests or future.cancelled():
                continue
            error = future.exception()
            answer = Answer(number, error=error) if error else Answer(number, future.result())
            with suppress(OSError):  # a guest that has gone is heard of soon
                guest.pipe.send(answer)

    # The loop

    def _watch(self, source: socket.socket | Connection, heed: Callable[[], Any]) -> None:
        self._selector.register(source, selectors.EVENT_READ, _Source(source, heed))

    def _wake(self) -> None:
        with suppress(OSError):
            self._mouth.send(b".")

    def _is_idle(self, idle: float | None) -> bool:
        return idle is not None and not self._guests and time.monotonic() - self._busy_until >= idle

    def _patience(self, idle: float | None) -> float | None:
        """Return how long to wait for news, in seconds."""
        if idle is None or self._guests:
            return None
        return max(0.0, self._busy_until + idle - time.monotonic())

    def _close(self) -> None:
        self._place.socket.unlink(missing_ok=True)
        for key in list(self._selector.get_map().values()):
            self._selector.unregister(key.fileobj)
            key.data.source.close()
        self._selector.close()
        self._mouth.close()
        if self._hatchery is not None:
            self._hatchery.close()
