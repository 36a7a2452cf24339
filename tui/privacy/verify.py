"""A real cutout in a process to which the operating system refuses every network.

Three measures, the strongest that can be had: a network namespace with nothing in it, a filter
that ends whoever asks for a network socket (both Linux, both without special rights), and
packshot's own guard, which is always there but sees only Python.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

_SAMPLE = "SKU203-front.jpg"
_SECONDS = 600.0
_INTERNET = ("AF_INET", "AF_INET6")


@dataclass(frozen=True)
class Verification:
    """What was tried and what came of it.

    Attributes
    ----------
    namespace, filter : "" where the measure holds, else why it could not be had
    probes : what came of asking for a socket, by family (see ``tui.privacy.probes``)
    cut : facts of the cutout; empty when there is none
    problem : why there is no cutout; "" when there is one
    """

    namespace: str
    filter: str
    probes: Mapping[str, str]
    cut: Mapping[str, Any]
    problem: str

    @property
    def enforced(self) -> bool:
        """Whether the operating system refused the networks, as the probes say.

        A namespace still gives sockets of some families; what counts is that none leads out.
        """
        if not self.filter:
            judged = list(self.probes.values())
        elif not self.namespace:
            judged = [self.probes[name] for name in _INTERNET if name in self.probes]
        else:
            return False
        return bool(judged) and "open" not in judged

    @property
    def passed(self) -> bool:
        """Whether a photo was cut while the operating system refused the networks."""
        return self.enforced and not self.problem

    @property
    def proof(self) -> str:
        """Say what this proves, and what it does not."""
        if self.problem:
            return "Nothing: there was no cutout to judge by."
        if not self.enforced:
            return (
                "Little: this system offers no way to refuse networks to a program, so that only "
                "packshot's own guard was there, and it does not see native code. Cut a photo with "
                "the network unplugged, or watch packshot with a firewall."
            )
        if not self.filter:
            ended = Counter(self.probes.values())["ended"]
            return (
                "No process of this cutout asked for a network socket: the system would have ended "
                f"it, as it ended all {ended} probes, and there would be no cutout."
            )
        return (
            "This cutout was made without any way to another host of the internet or the house's "
            "network. It does not prove that none was looked for."
        )


def verify() -> Verification:
    """Cut a sample photo in a confined child process and return what came of it.

    Nothing is kept of it. Takes as long as loading a network and cutting one small photo.
    """
    sample = files("tui.demo") / "photos" / _SAMPLE
    with tempfile.TemporaryDirectory(prefix="packshot-") as name, as_file(sample) as photo:
        report, master = Path(name) / "report.json", Path(name) / "master.png"
        # -P: what lies in the current folder is no module of packshot's.
        arguments = [sys.executable, "-P", "-m", "tui.privacy.confined"]
        try:
            ended = subprocess.run(
                [*arguments, str(report), str(photo), str(master)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _judged(report, f"the cutout took more than {_SECONDS:.0f} seconds")
        return _judged(report, _how_it_ended(ended))


def _how_it_ended(ended: subprocess.CompletedProcess[str]) -> str:
    if ended.returncode == 0:
        return ""
    if -ended.returncode == getattr(signal, "SIGSYS", None):  # Windows has no such signal
        return "the system ended packshot: it asked for a network socket"
    last = ended.stderr.strip().rpartition("\n")[2]
    return last or f"packshot ended with status {ended.returncode}"


def _judged(report: Path, problem: str) -> Verification:
    told = json.loads(report.read_text("utf-8")) if report.is_file() else {}
    cut = dict(told.get("cut", {}))
    return Verification(
        namespace=told.get("namespace", "not tried"),
        filter=told.get("filter", "not tried"),
        probes=told.get("probes", {}),
        cut={} if "error" in cut else cut,
        problem=problem or cut.get("error", ""),
    )
