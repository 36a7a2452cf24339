"""A program run to its end and measured as a whole: every process that it starts counts.

Wall and processor seconds come from the system's own accounts; memory is sampled: the proportional
set sizes of all processes of the tree, added up, so that what they share counts once. Linux only.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.work.tree_memory import tree_memory

_INTERVAL = 0.1  # seconds between two looks at the memory
_SETTLED = 0.3  # of a run, after which memory should not grow any more
_ADOPT = 36  # prctl(2): PR_SET_CHILD_SUBREAPER
_PATIENCE = 2.0  # seconds for what a program has left behind to end; a service stays


@dataclass(frozen=True)
class Run:
    """What a run took: seconds, and bytes at points in time, (n, 2) of seconds and bytes."""

    wall: float
    cpu: float
    memory: np.ndarray
    output: str

    @property
    def peak(self) -> float:
        """The most bytes that the whole tree had at once."""
        return float(self.memory[:, 1].max(initial=0))

    def growth(self, photos: int) -> float:
        """Return by how many bytes a photo the memory grew once all was warm: a line's slope.

        It is fitted to the highest of every stretch of a second: between photos there is little.
        """
        late = self.memory[self.memory[:, 0] > _SETTLED * self.wall]
        if len(late) < 3:
            return 0.0
        stretch = late[:, 0].astype(int)
        tops = np.array([late[stretch == second, 1].max() for second in np.unique(stretch)])
        if len(tops) < 3:
            return 0.0
        return float(np.polyfit(np.unique(stretch), tops, 1)[0]) * self.wall / photos


def measure(command: Sequence[str | Path], environment: Mapping[str, str]) -> Run:
    """Run a command to its end; exit with its error output if it fails."""
    # What a program leaves behind becomes this process's child, so that its time counts.
    ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    before = os.times()
    started = time.perf_counter()
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    samples: list[tuple[float, float]] = []
    over = threading.Event()

    def sample() -> None:
        while not over.wait(_INTERVAL):
            samples.append((time.perf_counter() - started, float(tree_memory(program.pid))))

    watching = threading.Thread(target=sample)
    watching.start()
    output, errors = program.communicate()
    wall = time.perf_counter() - started
    over.set()
    watching.join()
    _wait_for_others()
    after = os.times()
    if program.returncode:
        sys.exit(f"{command[0]} ended with status {program.returncode}:\n{errors[-2000:]}")
    # Children of children count as soon as their parent has waited for them.
    cpu = after.children_user - before.children_user
    cpu += after.children_system - before.children_system
    return Run(wall, cpu, np.array(samples or [(wall, 0.0)]), output)


def _wait_for_others() -> None:
    """Wait for what the program has left behind, but not for long."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.01)
