"""What a runtime's results and speed depend on: the processor, its driver, the libraries.

What was measured or made ready holds only while this stays the same.
"""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from collections.abc import Sequence
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_NVIDIA = Path("/proc/driver/nvidia/version")
RUNTIMES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "openvino")
"""Packages that run networks, by their names in the registry."""


@functools.cache
def cpu_model() -> str:
    """Return the processor's name as the system tells it."""
    return _cpu_line("model name") or platform.processor() or platform.machine()


@functools.cache
def cpu_features() -> frozenset[str]:
    """Return the instruction sets of the processor, as Linux names them; elsewhere empty."""
    return frozenset((_cpu_line("flags") or _cpu_line("Features")).split())


def gpu_driver() -> str:
    """Return the first line of what NVIDIA's driver says about itself, or nothing."""
    try:
        return _NVIDIA.read_text(encoding="utf-8", errors="replace").partition("\n")[0].strip()
    except OSError:
        return ""


def gpu_names() -> str:
    """Return the NVIDIA GPUs of this machine by name, or nothing."""
    names = []
    for told in sorted(_NVIDIA.parent.glob("gpus/*/information")):
        try:
            lines = told.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        names += [line.partition(":")[2].strip() for line in lines if line.startswith("Model:")]
    return ", ".join(names)


def runtime_versions(libraries: Sequence[str] = RUNTIMES) -> dict[str, str]:
    """Return the versions of the libraries that run networks, as far as they are installed."""
    found = {name: _version(name) for name in libraries}
    return {name: version for name, version in found.items() if version}


@functools.cache
def _version(library: str) -> str | None:
    """Return an installed library's version; nothing is installed while this process runs."""
    import importlib.metadata  # noqa: PLC0415 - it takes as long as everything else here

    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return None


def fingerprint(*more: str, libraries: Sequence[str] = RUNTIMES) -> str:
    """Return 16 hex digits that change with the processor, its driver, a library or ``more``."""
    facts = (
        platform.system(),
        platform.machine(),
        cpu_model(),
        sorted(cpu_features()),
        gpu_driver(),
        gpu_names(),
        sorted(runtime_versions(libraries).items()),
        more,
    )
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def _cpu_line(field: str) -> str:
    try:
        lines = _CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name.strip() == field:
            return value.strip()
    return ""
