"""Commands for a service in tests, as ``engine.serving.hatchery`` asks for them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from jobs_for_tests import NamedJob, gated_process_id, process_id

from engine.serving.pools import open_workers


def prepare() -> None:
    """Import nothing: it is all here."""


def run(arguments: Sequence[str]) -> int:
    """Run the command of the first argument's name."""
    return {"show": _show, "work": _work, "wait": _wait, "fail": _fail}[arguments[0]](arguments[1:])


def _show(words: Sequence[str]) -> int:
    _say(*words, Path.cwd(), os.environ.get("COLOUR"), sys.stdin.read().strip())
    sys.stderr.write("beside\n")
    return 7


def _work(words: Sequence[str]) -> int:
    """Print who did each of so many jobs; with a gate, each waits until that file is there."""
    count, *gate = words
    jobs = [NamedJob(Path(gate[0] if gate else "x"), number) for number in range(int(count))]
    try:
        with open_workers(len(jobs)) as pool:
            futures = [pool.submit(gated_process_id if gate else process_id, job) for job in jobs]
            _say("begun")
            _say(*(future.result() for future in futures))
    finally:
        if gate:
            Path(gate[0]).with_suffix(".left").touch()
    return 0


def _wait(words: Sequence[str]) -> int:
    try:
        _say("begun")
        time.sleep(60)
    except KeyboardInterrupt:
        Path(words[0]).write_text("stopped")
        return 130
    return 0


def _fail(words: Sequence[str]) -> int:
    raise RuntimeError("a fault of our own")


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()
