"""A process that has imported everything and does nothing but fork: a guest for each command.

It has one thread, as a process that forks should; the service, which has several, asks it over a
socket. It ends with its service. The guests are nobody's children then, and go on.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from types import ModuleType

from engine.offline import forbid_other_hosts
from engine.serving.guest import attend

_PROGRAM = "import sys; from engine.serving.hatchery import main; main(*sys.argv[1:])"


class Hatchery:
    """The service's end.

    Parameters
    ----------
    commands : name of a module with ``prepare()``, which imports what commands need, and
        ``run(arguments)``, which runs one
    """

    def __init__(self, commands: str) -> None:
        self._nest, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                # -P: the folder that a person happens to be in holds photos, not modules.
                [sys.executable, "-P", "-c", _PROGRAM, commands, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def hatch(self, client: socket.socket, service: Connection) -> None:
        """Have a guest attend to a client; both ends that it takes may be closed here.

        Raises
        ------
        OSError : the process has died; the client is told by the end of its socket
        """
        socket.send_fds(self._nest, [b"."], [client.fileno(), service.fileno()])

    def close(self) -> None:
        """End the process; its guests go on."""
        self._nest.close()
        self._process.wait()


def main(commands: str, descriptor: str) -> None:
    """Be the hatchery, until the service closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the service's to handle
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system itself buries the guests
    forbid_other_hosts()
    nest = socket.socket(fileno=int(descriptor))
    module = importlib.import_module(commands)
    module.prepare()
    gc.freeze()  # what is shared with the guests stays shared
    while True:
        asked, descriptors, _, _ = socket.recv_fds(nest, 1, 2)
        if not asked:
            return
        if os.fork() == 0:
            nest.close()
            _be_guest(descriptors, module)
        for each in descriptors:
            os.close(each)


def _be_guest(descriptors: list[int], module: ModuleType) -> None:
    """Attend to a client and end this process; runs in the fork."""
    os.setsid()  # the service's terminal is not the client's
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    client, service = descriptors
    try:
        attend(socket.socket(fileno=client), Connection(service), module.run)
    finally:
        # Nothing of the hatchery's is to be cleaned up here.
        os._exit(0)
